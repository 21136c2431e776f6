//! Request bodies: the argument, how it gets into the call, and the enum where there is a choice.

use super::attributes::docs;
use super::operation::style;
use super::ty::Scope;
use crate::model::{Body, Choice, Content, Encoding, PartTypes};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// `body: types::Thing`
pub(super) fn body_argument(body: &Body, scope: Scope<'_>) -> TokenStream {
    let name = &body.ident;
    let ty = match (&body.choice, body.choices.first()) {
        (Some(choice), _) => {
            let choice = &choice.ident;
            quote! { impl Into<#choice> }
        }
        (None, Some(only)) => match &only.content {
            Content::Text => quote! { impl Into<String> },
            Content::Bytes => quote! { impl Into<Body> },
            content => held(content, scope),
        },
        (None, None) => quote! { () },
    };
    quote! { #name: #ty }
}

/// What a variant holds.
fn held(content: &Content, scope: Scope<'_>) -> TokenStream {
    match content {
        Content::Json(ty) | Content::Form(ty, _) | Content::Multipart(Some(ty), _) => scope.ty(ty),
        Content::Items(ty) => {
            let ty = scope.ty(ty);
            quote! { Vec<#ty> }
        }
        Content::Multipart(None, _) => quote! { Multipart },
        Content::Text => quote! { String },
        Content::Bytes => quote! { Body },
    }
}

/// `request.call.json_body("application/json", &body);`, or a `match` over the choices.
pub(super) fn body_set(body: &Body, request: &TokenStream) -> TokenStream {
    let name = &body.ident;
    let Some(choice) = &body.choice else {
        let sets = body.choices.iter().map(|only| set(only, name));
        return quote! { #(#request.call.#sets;)* };
    };
    let choice = &choice.ident;
    let arms = body.choices.iter().map(|one| {
        let variant = &one.ident;
        let set = set(one, name);
        quote! { #choice::#variant(#name) => call.#set }
    });
    quote! {
        let call = &mut #request.call;
        match #name.into() { #(#arms,)* }
    }
}

/// `json_body("application/json", &body)`
fn set(choice: &Choice, name: &Ident) -> TokenStream {
    let content_type = &choice.content_type;
    match &choice.content {
        Content::Json(_) => quote! { json_body(#content_type, &#name) },
        Content::Items(_) => quote! { items_body(#content_type, &#name) },
        Content::Form(_, encodings) => {
            let encodings = encodings.iter().map(encoding);
            quote! { form_body(#content_type, &[#(#encodings),*], &#name) }
        }
        Content::Multipart(Some(_), PartTypes::Named(types)) => {
            let types = types.iter().map(|(name, ty)| quote! { (#name, #ty) });
            quote! { multipart_body(#content_type, &[#(#types),*], &#name) }
        }
        Content::Multipart(Some(_), PartTypes::Placed { first, rest }) => {
            let first = first.iter().map(optional);
            let rest = optional(rest);
            quote! { listed_body(#content_type, &[#(#first),*], #rest, &#name) }
        }
        Content::Multipart(None, _) => quote! { parts_body(#content_type, #name) },
        Content::Text => quote! { text_body(#content_type, #name) },
        Content::Bytes => quote! { raw_body(#content_type, #name) },
    }
}

/// `Some("image/png")`
fn optional(content_type: &Option<String>) -> TokenStream {
    match content_type {
        Some(content_type) => quote! { Some(#content_type) },
        None => quote! { None },
    }
}

/// `Encoding::new("tags", Style::DeepObject, true)`
fn encoding(encoding: &Encoding) -> TokenStream {
    let Encoding {
        name,
        style,
        explode,
        allow_reserved,
    } = encoding;
    let style = self::style(*style);
    let reserved = allow_reserved.then(|| quote! { .reserved() });
    quote! { Encoding::new(#name, #style, #explode) #reserved }
}

/// `pub enum IngestBody { … }`, if there is a choice, and what becomes it by itself.
pub(super) fn body_enum(body: &Body, scope: Scope<'_>) -> Vec<TokenStream> {
    let Some(choice) = &body.choice else {
        return Vec::new();
    };
    let docs = docs(&choice.docs);
    let name = &choice.ident;
    let is_raw = |choice: &Choice| choice.content == Content::Bytes;
    let derives = match body.choices.iter().any(is_raw) {
        true => quote! { #[derive(Debug)] },
        false => quote! { #[derive(Clone, Debug, PartialEq)] },
    };
    let variants = body.choices.iter().map(|choice| {
        let docs = self::docs(&choice.docs);
        let variant = &choice.ident;
        let held = held(&choice.content, scope);
        quote! {
            #docs
            #variant(#held)
        }
    });
    let item = quote! {
        #docs
        #derives
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }
    };
    let typed = body
        .choices
        .iter()
        .filter(|choice| choice.is_unique && choice.content.ty().is_some());
    let conversions = typed.map(|choice| {
        let variant = &choice.ident;
        let held = held(&choice.content, scope);
        quote! {
            impl From<#held> for #name {
                #[inline]
                fn from(body: #held) -> Self {
                    Self::#variant(body)
                }
            }
        }
    });
    std::iter::once(item).chain(conversions).collect()
}
