//! The pages of an operation: a table of the runtime.

use super::outcome::outcome;
use super::ty::Scope;
use crate::model::{NextPage, Operation};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `pages! { ListThingsRequest -> types::Things, types::ApiError { … } }`
pub(super) fn pages(operation: &Operation, scope: Scope<'_>) -> Option<TokenStream> {
    let pages = operation.pages.as_ref()?;
    let name = &operation.request.as_ref()?.ident;
    let success = outcome(&operation.success, scope);
    let failure = outcome(&operation.failure, scope);
    let next = next(&pages.next);
    let more = match &pages.more {
        Some(pointer) => quote! { Some(#pointer) },
        None => quote! { None },
    };
    let pointer = pages.items.as_ref().map_or("", |(pointer, _)| pointer);
    let item = pages.items.as_ref().map(|(_, item)| {
        let item = scope.ty(item);
        quote! { => #item }
    });
    Some(quote! {
        pages! { #name -> #success, #failure {
            next = #next;
            more = #more;
            items = #pointer #item;
        } }
    })
}

/// `Next::Cursor("/next", "cursor")`
fn next(next: &NextPage) -> TokenStream {
    match next {
        NextPage::Cursor { parameter, pointer } => quote! { Next::Cursor(#pointer, #parameter) },
        NextPage::CursorHeader { parameter, header } => {
            quote! { Next::CursorHeader(#header, #parameter) }
        }
        NextPage::Offset { parameter } => quote! { Next::Offset(#parameter) },
        NextPage::Page { parameter, first } => {
            let first = Literal::u64_unsuffixed(*first);
            quote! { Next::Page(#parameter, #first) }
        }
        NextPage::Link => quote! { Next::Link },
        NextPage::Url(pointer) => quote! { Next::Url(#pointer) },
    }
}
