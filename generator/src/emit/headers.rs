//! `headers.rs`: typed keys of response headers.

use super::EmittedFile;
use super::attributes::docs;
use super::ty::Scope;
use super::uses::Uses;
use crate::model::{HeaderKey, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// `headers.rs`; none when no response header is declared.
pub(super) fn file(keys: &[HeaderKey]) -> Option<EmittedFile> {
    let mut uses = Uses::default();
    keys.iter().for_each(|key| uses.header(key));
    let scope = Scope::Outside(uses.defined());
    let mut items = uses.outside();
    items.extend(keys.iter().map(|key| self::key(key, scope)));
    (!keys.is_empty()).then(|| EmittedFile {
        path: "src/headers.rs".to_owned(),
        docs: vec!["Response headers that the document names, for `Response::header`.".to_owned()],
        items,
    })
}

/// `pub const X_RATE_LIMIT: Header<i64> = Header::new("x-rate-limit");`
fn key(key: &HeaderKey, scope: Scope<'_>) -> TokenStream {
    let docs = docs(&key.docs);
    let name = &key.ident;
    let wire = &key.wire;
    let (ty, value) = match &key.ty {
        Type::Vec(item) => {
            let item = scope.ty(item);
            (quote! { HeaderList<#item> }, quote! { Header::list(#wire) })
        }
        ty => (scope.ty(ty), quote! { Header::new(#wire) }),
    };
    quote! {
        #docs
        pub const #name: Header<#ty> = #value;
    }
}
