//! Enums of strings, of integers, and of values of several types.

use super::attributes::{deprecated, doc_line, docs};
use super::moved::moved;
use super::ty::Scope;
use crate::model::{
    Docs, IntegerEnum, Literal as Wire, StringEnum, StringVariant, Type, ValueEnum,
};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// The enum and its table.
pub(super) fn string_enum(item: &StringEnum) -> [TokenStream; 2] {
    [string_definition(item), string_table(item)]
}

/// The enum and its table.
pub(super) fn integer_enum(item: &IntegerEnum) -> [TokenStream; 2] {
    [integer_definition(item), integer_table(item)]
}

/// The enum and its table.
pub(super) fn value_enum(item: &ValueEnum) -> [TokenStream; 2] {
    [value_definition(item), value_table(item)]
}

/// `pub enum Action { …, Unrecognized(String) }`
fn string_definition(item: &StringEnum) -> TokenStream {
    let docs = docs(&item.docs);
    let deprecated = deprecated(item.deprecated);
    let derive_default = item.default.as_ref().map(|_| quote! { , Default });
    let name = &item.ident;
    let variants = item
        .variants
        .iter()
        .map(|variant| moved(string_variant(variant, item.default.as_ref())));
    let fallback = fallback(item.fallback.as_ref(), &Type::String);
    quote! {
        #docs
        #deprecated
        #[derive(Clone #derive_default)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #fallback
        }
    }
}

/// `Create`
fn string_variant(variant: &StringVariant, default: Option<&Ident>) -> TokenStream {
    let docs = moved(docs(&variant.docs));
    let name = &variant.ident;
    let default = (default == Some(name)).then(|| quote! { #[default] });
    quote! {
        #docs
        #default
        #name
    }
}

/// `Unrecognized(String),`; nothing in a closed enum.
fn fallback(name: Option<&Ident>, payload: &Type) -> Option<TokenStream> {
    let docs = doc_line("A value that the document does not know.");
    let payload = Scope::Types.ty(payload);
    name.map(|name| {
        quote! {
            #docs
            #name(#payload),
        }
    })
}

/// `..Other`, where the variant for unknown values does not have the name that the tables expect.
fn fallback_row(name: Option<&Ident>) -> Option<TokenStream> {
    name.filter(|name| *name != "Unrecognized")
        .map(|name| quote! { ..#name })
}

/// `closed`, where there is no variant for unknown values.
fn closed(fallback: Option<&Ident>) -> Option<TokenStream> {
    fallback.is_none().then(|| quote! { closed })
}

/// `string_enum! { Action { … } }`
fn string_table(item: &StringEnum) -> TokenStream {
    let name = &item.ident;
    let closed = closed(item.fallback.as_ref());
    let fallback = fallback_row(item.fallback.as_ref());
    let rows = item.variants.iter().map(|variant| {
        let name = &variant.ident;
        let wire = &variant.wire;
        moved(quote! { #name = #wire })
    });
    quote! {
        string_enum! { #closed #name {
            #(#rows;)*
            #fallback
        } }
    }
}

/// `pub enum Priority { …, Unrecognized(i64) }`
fn integer_definition(item: &IntegerEnum) -> TokenStream {
    let docs = docs(&item.docs);
    let deprecated = deprecated(item.deprecated);
    let name = &item.ident;
    let variants = item
        .variants
        .iter()
        .map(|variant| plain_variant(&variant.docs, &variant.ident));
    let fallback = fallback(item.fallback.as_ref(), &item.repr);
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #fallback
        }
    }
}

/// `Low`
fn plain_variant(docs: &Docs, name: &Ident) -> TokenStream {
    let docs = self::docs(docs);
    quote! {
        #docs
        #name
    }
}

/// `integer_enum! { Priority: i64 { … } }`
fn integer_table(item: &IntegerEnum) -> TokenStream {
    let name = &item.ident;
    let repr = Scope::Types.ty(&item.repr);
    let closed = closed(item.fallback.as_ref());
    let fallback = fallback_row(item.fallback.as_ref());
    let rows = item.variants.iter().map(|variant| {
        let name = &variant.ident;
        let wire = integer(variant.wire);
        quote! { #name = #wire }
    });
    quote! {
        integer_enum! { #closed #name: #repr {
            #(#rows;)*
            #fallback
        } }
    }
}

/// A literal; the sign is a token of its own, as when it is read back.
fn integer(value: i128) -> TokenStream {
    let sign = (value < 0).then(|| quote! { - });
    let digits = Literal::u128_unsuffixed(value.unsigned_abs());
    quote! { #sign #digits }
}

/// `pub enum Level { …, Unrecognized(serde_json::Value) }`
fn value_definition(item: &ValueEnum) -> TokenStream {
    let docs = docs(&item.docs);
    let deprecated = deprecated(item.deprecated);
    let name = &item.ident;
    let variants = item
        .variants
        .iter()
        .map(|variant| plain_variant(&variant.docs, &variant.ident));
    let fallback = fallback(item.fallback.as_ref(), &Type::Value);
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #fallback
        }
    }
}

/// `value_enum! { Level { Half = Number(0.5); … } }`
fn value_table(item: &ValueEnum) -> TokenStream {
    let name = &item.ident;
    let closed = closed(item.fallback.as_ref());
    let fallback = fallback_row(item.fallback.as_ref());
    let rows = item.variants.iter().map(|variant| {
        let name = &variant.ident;
        let wire = literal(&variant.wire);
        quote! { #name = #wire }
    });
    quote! {
        value_enum! { #closed #name {
            #(#rows;)*
            #fallback
        } }
    }
}

/// `Number(0.5)`
pub(super) fn literal(wire: &Wire) -> TokenStream {
    match wire {
        Wire::Text(text) => quote! { Text(#text) },
        Wire::Integer(value) => {
            let value = integer(*value);
            quote! { Integer(#value) }
        }
        Wire::Number(value) => {
            let sign = value.is_sign_negative().then(|| quote! { - });
            let digits = Literal::f64_unsuffixed(value.abs());
            quote! { Number(#sign #digits) }
        }
        Wire::Boolean(value) => quote! { Boolean(#value) },
    }
}
