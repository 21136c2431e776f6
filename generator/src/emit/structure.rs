//! A struct: its definition, its table, its constructor and setters.

use super::attributes::{deprecated, doc_line, docs, too_many_arguments};
use super::checks::{defaults, field_checks};
use super::enums::literal;
use super::moved::moved;
use super::ty::{Scope, converted, is_plain};
use crate::model::{Field, FieldKind, Rest, Struct, Type};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

/// The struct, its table and its methods.
pub(super) fn structure(item: &Struct, scope: Scope<'_>) -> Vec<TokenStream> {
    let items = [definition(item, scope), table(item), methods(item, scope)];
    let optional = [default(item), defaults(item, scope), field_checks(item)];
    items
        .into_iter()
        .chain(optional.into_iter().flatten())
        .collect()
}

/// `pub struct Thing { … }`
fn definition(item: &Struct, scope: Scope<'_>) -> TokenStream {
    let docs = moved(docs(&item.docs));
    let deprecated = deprecated(item.deprecated);
    let default = is_empty(item).then(|| quote! { , Default });
    let name = &item.ident;
    let fields = item.fields.iter();
    let fields = fields.map(|field| moved(self::field(field, scope)));
    let rest = item.rest.iter().map(|rest| rest_field(rest, scope));
    quote! {
        #docs
        #deprecated
        #[derive(Clone #default)]
        #[non_exhaustive]
        pub struct #name {
            #(#fields,)*
            #(#rest,)*
        }
    }
}

/// `pub name: Option<String>`
fn field(field: &Field, scope: Scope<'_>) -> TokenStream {
    let docs = moved(docs(&field.docs));
    let deprecated = deprecated(field.deprecated);
    let name = &field.ident;
    let ty = moved(field_type(field, scope));
    quote! {
        #docs
        #deprecated
        pub #name: #ty
    }
}

/// The type of a field, presence and null included.
fn field_type(field: &Field, scope: Scope<'_>) -> TokenStream {
    let ty = scope.ty(&field.ty);
    match field.kind {
        FieldKind::Required | FieldKind::List => ty,
        FieldKind::Optional
        | FieldKind::OptionalAny
        | FieldKind::ReadOnly
        | FieldKind::WriteOnly => {
            quote! { Option<#ty> }
        }
        FieldKind::Nullable | FieldKind::ReadOnlyNullable => quote! { Nullable<#ty> },
    }
}

/// `pub additional_properties: AdditionalProperties`
fn rest_field(rest: &Rest, scope: Scope<'_>) -> TokenStream {
    let docs = doc_line("Properties that the document does not name.");
    let name = &rest.ident;
    let ty = rest_type(rest.value.as_ref(), scope);
    quote! {
        #docs
        pub #name: #ty
    }
}

/// The type of the field for properties that the document does not name.
fn rest_type(value: Option<&Type>, scope: Scope<'_>) -> TokenStream {
    match value {
        Some(value) => {
            let value = scope.ty(value);
            quote! { BTreeMap<String, #value> }
        }
        None => quote! { AdditionalProperties },
    }
}

/// `object! { Thing { … } }`
fn table(item: &Struct) -> TokenStream {
    let name = &item.ident;
    let constants = item.constants.iter().map(|(name, value)| {
        let value = literal(value);
        quote! { #name = #value }
    });
    let rows = item.fields.iter().map(|field| moved(row(field)));
    let rest = item.rest.as_ref().map(|rest| {
        let name = &rest.ident;
        quote! { ..#name }
    });
    let complete = (item.defaults.on_decode && !item.defaults.fields.is_empty())
        .then(|| quote! { with with_defaults });
    let default = is_optional(item).then(|| quote! { : Default });
    let table = format_ident!("{}", item.table());
    quote! {
        #table! { #name #default #complete {
            #(#constants;)*
            #(#rows;)*
            #rest
        } }
    }
}

/// `required id = "id"`
fn row(field: &Field) -> TokenStream {
    let name = &field.ident;
    let wire = &field.wire;
    let kind = match field.kind {
        FieldKind::Required => quote! { required },
        FieldKind::List => quote! { list },
        FieldKind::Optional => quote! { optional },
        FieldKind::OptionalAny => quote! { optional_any },
        FieldKind::Nullable => quote! { nullable },
        FieldKind::ReadOnly => quote! { read_only },
        FieldKind::ReadOnlyNullable => quote! { read_only_nullable },
        FieldKind::WriteOnly => quote! { write_only },
    };
    quote! { #kind #name = #wire }
}

/// `impl Thing { … }`
fn methods(item: &Struct, scope: Scope<'_>) -> TokenStream {
    let name = &item.ident;
    let new = moved(if is_empty(item) {
        empty_new(item)
    } else {
        new(item, scope)
    });
    let setters = item
        .fields
        .iter()
        .filter(|field| item.setters && has_setter(field))
        .map(|field| moved(setter(field, scope)));
    quote! {
        impl #name {
            #new
            #(#setters)*
        }
    }
}

/// Whether `new` has no arguments, and the struct therefore a `Default`.
fn takes_nothing(item: &Struct) -> bool {
    !item.fields.iter().any(|field| field.argument)
}

/// Whether nothing is in it at first, so that its `Default` can be derived.
fn is_empty(item: &Struct) -> bool {
    let mut fields = item.fields.iter();
    takes_nothing(item) && !fields.any(|field| field.constant.is_some())
}

/// Whether its `Default` is what an object without any property is read as, and something is read into it.
fn is_optional(item: &Struct) -> bool {
    let is_demanded = |field: &Field| matches!(field.kind, FieldKind::Required | FieldKind::List);
    let has_slots = !item.fields.is_empty() || item.rest.is_some();
    has_slots && is_empty(item) && !item.fields.iter().any(is_demanded)
}

/// `impl Default for Thing`, where what `new` sets is not what fields are by default.
fn default(item: &Struct) -> Option<TokenStream> {
    let name = &item.ident;
    (takes_nothing(item) && !is_empty(item)).then(|| {
        quote! {
            impl Default for #name {
                #[inline]
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    })
}

/// Whether the field is set by a method of its own.
fn has_setter(field: &Field) -> bool {
    match field.kind {
        FieldKind::ReadOnly | FieldKind::ReadOnlyNullable => false,
        FieldKind::Required
        | FieldKind::List
        | FieldKind::Optional
        | FieldKind::OptionalAny
        | FieldKind::Nullable
        | FieldKind::WriteOnly => !field.argument && field.constant.is_none(),
    }
}

/// `pub fn new() -> Self`
fn empty_new(item: &Struct) -> TokenStream {
    let docs = doc_line("Without any property.");
    // A setter of this name would be found before the trait's function.
    let hidden = item.fields.iter().any(|field| field.ident == "default");
    let this = if hidden {
        quote! { <Self as Default> }
    } else {
        quote! { Self }
    };
    quote! {
        #docs
        #[inline]
        #[must_use]
        pub fn new() -> Self {
            #this::default()
        }
    }
}

/// `pub fn new(id: impl Into<String>, …) -> Self`
fn new(item: &Struct, scope: Scope<'_>) -> TokenStream {
    let docs = doc_line(match takes_nothing(item) {
        true => "With the properties that have but one value, and no other.",
        false => "With every required property, and no other.",
    });
    let taken = || item.fields.iter().filter(|field| field.argument);
    let expect = too_many_arguments(taken().count());
    let arguments = taken().map(|field| {
        let name = &field.ident;
        let ty = moved(argument_type(field, scope));
        moved(quote! { #name: #ty })
    });
    let values = item.fields.iter();
    let values = values.map(|field| moved(initial(field, scope)));
    let rest = item.rest.iter().map(initial_rest);
    quote! {
        #docs
        #expect
        #[inline]
        #[must_use]
        pub fn new(#(#arguments),*) -> Self {
            Self {
                #(#values,)*
                #(#rest,)*
            }
        }
    }
}

/// `id: id.into()` or `description: None`: a field's value in `new`.
fn initial(field: &Field, scope: Scope<'_>) -> TokenStream {
    let name = &field.ident;
    let is_value = matches!(field.kind, FieldKind::Required | FieldKind::List);
    if field.argument && is_value && is_plain(&field.ty) {
        return quote! { #name };
    }
    let value = match &field.constant {
        Some((ty, variant)) => constant(field, ty, variant, scope),
        None if field.argument => set_value(field),
        None => absent(field.kind),
    };
    let value = moved(value);
    quote! { #name: #value }
}

/// `PetKind::Cat`, boxed where the field is.
fn constant(field: &Field, ty: &Ident, variant: &Ident, scope: Scope<'_>) -> TokenStream {
    let ty = scope.ty(&Type::Named(ty.clone()));
    match field.ty {
        Type::Box(_) => quote! { Box::new(#ty::#variant) },
        _ => quote! { #ty::#variant },
    }
}

/// The value of a field that nothing was given for.
fn absent(kind: FieldKind) -> TokenStream {
    match kind {
        FieldKind::Nullable | FieldKind::ReadOnlyNullable => quote! { Nullable::Absent },
        FieldKind::Optional
        | FieldKind::OptionalAny
        | FieldKind::ReadOnly
        | FieldKind::WriteOnly => {
            quote! { None }
        }
        FieldKind::Required | FieldKind::List => quote! { Default::default() },
    }
}

/// `additional_properties: AdditionalProperties::new()`
fn initial_rest(rest: &Rest) -> TokenStream {
    let name = &rest.ident;
    match rest.value {
        Some(_) => quote! { #name: BTreeMap::new() },
        None => quote! { #name: AdditionalProperties::new() },
    }
}

/// `pub fn description(mut self, description: impl Into<String>) -> Self`
fn setter(field: &Field, scope: Scope<'_>) -> TokenStream {
    let docs = moved(docs(&field.docs));
    let deprecated = deprecated(field.deprecated);
    let name = &field.ident;
    let ty = moved(argument_type(field, scope));
    let value = moved(set_value(field));
    quote! {
        #docs
        #deprecated
        #[inline]
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// The argument's type in `new` and in a setter.
fn argument_type(field: &Field, scope: Scope<'_>) -> TokenStream {
    match field.kind {
        FieldKind::Nullable | FieldKind::ReadOnlyNullable => {
            let ty = match &field.ty {
                Type::Box(value) => scope.ty(value),
                ty => scope.ty(ty),
            };
            quote! { impl Into<Nullable<#ty>> }
        }
        FieldKind::Required
        | FieldKind::List
        | FieldKind::Optional
        | FieldKind::OptionalAny
        | FieldKind::ReadOnly
        | FieldKind::WriteOnly => scope.argument(&field.ty),
    }
}

/// The field's value, from the argument that [`argument_type`] describes.
fn set_value(field: &Field) -> TokenStream {
    let name = &field.ident;
    let value = converted(name, &field.ty);
    match field.kind {
        FieldKind::Required | FieldKind::List => value,
        FieldKind::Nullable | FieldKind::ReadOnlyNullable => match &field.ty {
            Type::Box(_) => quote! { #name.into().map(Box::new) },
            _ => quote! { #name.into() },
        },
        FieldKind::Optional
        | FieldKind::OptionalAny
        | FieldKind::ReadOnly
        | FieldKind::WriteOnly => {
            quote! { Some(#value) }
        }
    }
}
