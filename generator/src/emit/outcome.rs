//! The types of results: one, or an enum over the bodies of several statuses.

use super::attributes::docs;
use super::ty::Scope;
use crate::model::{Content, Outcome, OutcomeEnum, OutcomeVariant};
use proc_macro2::TokenStream;
use quote::quote;

/// The type of a success or of an error.
pub(super) fn outcome(outcome: &Outcome, scope: Scope<'_>) -> TokenStream {
    match outcome {
        Outcome::Undocumented => quote! { Undocumented },
        Outcome::One(content) => content_type(content, scope),
        Outcome::Enum(name) => quote! { #name },
    }
}

/// The type of a response body.
fn content_type(content: &Content, scope: Scope<'_>) -> TokenStream {
    match content {
        Content::Json(ty) | Content::Form(ty, _) => scope.ty(ty),
        Content::Text => quote! { String },
        Content::Bytes => quote! { bytes::Bytes },
        Content::Empty => quote! { () },
    }
}

/// `pub enum ListThingsResponse { … }`
pub(super) fn outcome_enum(item: &OutcomeEnum, scope: Scope<'_>) -> TokenStream {
    let docs = docs(&item.docs);
    let name = &item.ident;
    let variants = item
        .variants
        .iter()
        .map(|variant| self::variant(variant, scope));
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
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
    let payload = match &variant.content {
        Content::Empty => None,
        Content::Json(_) | Content::Form(..) | Content::Text | Content::Bytes => {
            let ty = content_type(&variant.content, scope);
            Some(quote! { (#ty) })
        }
    };
    quote! {
        #docs
        #name #payload
    }
}
