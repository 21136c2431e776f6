//! The types of results: one, or an enum over the bodies of several statuses.

use super::attributes::docs;
use super::ty::Scope;
use crate::model::{Outcome, OutcomeEnum, OutcomeVariant, Reading};
use proc_macro2::TokenStream;
use quote::quote;

/// The type of a success or of an error.
pub(super) fn outcome(outcome: &Outcome, scope: Scope<'_>) -> TokenStream {
    match outcome {
        Outcome::Undocumented => quote! { Undocumented },
        Outcome::One(reading) => reading_type(reading, scope),
        Outcome::Enum(name) => quote! { #name },
    }
}

/// The type of a response body.
fn reading_type(reading: &Reading, scope: Scope<'_>) -> TokenStream {
    match reading {
        Reading::Json(ty) | Reading::Form(ty) => scope.ty(ty),
        Reading::Text => quote! { String },
        Reading::Bytes => quote! { bytes::Bytes },
        Reading::Stream => quote! { Body },
        Reading::Events(ty) | Reading::EventObjects(ty) => {
            let ty = scope.ty(ty);
            quote! { EventStream<#ty> }
        }
        Reading::TextEvents => quote! { EventStream<String> },
        Reading::Items(ty) => {
            let ty = scope.ty(ty);
            quote! { JsonStream<#ty> }
        }
        Reading::Empty => quote! { () },
    }
}

/// `pub enum ListThingsResponse { … }`
pub(super) fn outcome_enum(item: &OutcomeEnum, scope: Scope<'_>) -> TokenStream {
    let docs = docs(&item.docs);
    let name = &item.ident;
    // What is still arriving cannot be copied or compared.
    let is_left = |variant: &OutcomeVariant| variant.reading.is_left();
    let derives = match item.variants.iter().any(is_left) {
        true => quote! { #[derive(Debug)] },
        false => quote! { #[derive(Clone, Debug, PartialEq)] },
    };
    let variants = item
        .variants
        .iter()
        .map(|variant| self::variant(variant, scope));
    quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }
    }
}

/// `Accepted(types::Job)`
fn variant(variant: &OutcomeVariant, scope: Scope<'_>) -> TokenStream {
    let docs = docs(&variant.docs);
    let name = &variant.ident;
    let payload = match &variant.reading {
        Reading::Empty => None,
        _ => {
            let ty = reading_type(&variant.reading, scope);
            Some(quote! { (#ty) })
        }
    };
    quote! {
        #docs
        #name #payload
    }
}
