//! Open enums of strings and of integers.

use super::attributes::{deprecated, doc_line, docs};
use super::ty::Scope;
use crate::model::{IntegerEnum, IntegerVariant, StringEnum, StringVariant, Type};
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

/// `pub enum Action { …, Unrecognized(String) }`
fn string_definition(item: &StringEnum) -> TokenStream {
    let docs = docs(&item.docs);
    let deprecated = deprecated(item.deprecated);
    let derive_default = item.default.as_ref().map(|_| quote! { , Default });
    let name = &item.ident;
    let variants = item
        .variants
        .iter()
        .map(|variant| string_variant(variant, item.default.as_ref()));
    let fallback = fallback(&item.fallback, &Type::String);
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug #derive_default)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #fallback,
        }
    }
}

/// `Create`
fn string_variant(variant: &StringVariant, default: Option<&Ident>) -> TokenStream {
    let docs = docs(&variant.docs);
    let name = &variant.ident;
    let default = (default == Some(name)).then(|| quote! { #[default] });
    quote! {
        #docs
        #default
        #name
    }
}

/// `Unrecognized(String)`
fn fallback(name: &Ident, payload: &Type) -> TokenStream {
    let docs = doc_line("A value that the document does not know.");
    let payload = Scope::Types.ty(payload);
    quote! {
        #docs
        #name(#payload)
    }
}

/// `..Other`, where the variant for unknown values does not have the name that the tables expect.
fn fallback_row(name: &Ident) -> Option<TokenStream> {
    (name != "Unrecognized").then(|| quote! { ..#name })
}

/// `string_enum! { Action { … } }`
fn string_table(item: &StringEnum) -> TokenStream {
    let name = &item.ident;
    let fallback = fallback_row(&item.fallback);
    let rows = item.variants.iter().map(|variant| {
        let name = &variant.ident;
        let wire = &variant.wire;
        quote! { #name = #wire }
    });
    quote! {
        string_enum! { #name {
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
    let variants = item.variants.iter().map(integer_variant);
    let fallback = fallback(&item.fallback, &item.repr);
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #fallback,
        }
    }
}

/// `Low`
fn integer_variant(variant: &IntegerVariant) -> TokenStream {
    let docs = docs(&variant.docs);
    let name = &variant.ident;
    quote! {
        #docs
        #name
    }
}

/// `integer_enum! { Priority: i64 { … } }`
fn integer_table(item: &IntegerEnum) -> TokenStream {
    let name = &item.ident;
    let repr = Scope::Types.ty(&item.repr);
    let fallback = fallback_row(&item.fallback);
    let rows = item.variants.iter().map(|variant| {
        let name = &variant.ident;
        let wire = integer(variant.wire);
        quote! { #name = #wire }
    });
    quote! {
        integer_enum! { #name: #repr {
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
