//! Unions: an enum over the types, and its table.

use super::attributes::{deprecated, doc_line, docs};
use super::checks::variant_checks;
use super::ty::Scope;
use crate::model::{Looks, ObjectLooks, Tags, Union, UnionVariant};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The enum and its table.
pub(super) fn union(item: &Union, scope: Scope<'_>) -> Vec<TokenStream> {
    let items = [definition(item, scope), table(item)];
    items.into_iter().chain(variant_checks(item)).collect()
}

/// `pub enum Pet { Cat(Cat), …, Unrecognized(Unmatched) }`
fn definition(item: &Union, scope: Scope<'_>) -> TokenStream {
    let docs = docs(&item.docs);
    let deprecated = deprecated(item.deprecated);
    let name = &item.ident;
    let variants = item
        .variants
        .iter()
        .map(|variant| self::variant(variant, scope));
    let fallback = &item.fallback;
    let fallback_docs = doc_line("A value that fits nothing that the document names.");
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #fallback_docs
            #fallback(Unmatched),
        }
    }
}

/// `Cat(Cat)`, or `Auto` where there is but one value.
fn variant(variant: &UnionVariant, scope: Scope<'_>) -> TokenStream {
    let docs = docs(&variant.docs);
    let name = &variant.ident;
    let payload = constant(variant).is_none().then(|| {
        let ty = scope.ty(&variant.ty);
        quote! { (#ty) }
    });
    quote! {
        #docs
        #name #payload
    }
}

/// The text that the variant stands for, if it has no payload.
fn constant(variant: &UnionVariant) -> Option<&str> {
    match &variant.looks {
        Looks::Text(text) => Some(text),
        _ => None,
    }
}

/// `union! { Pet { … } }`
fn table(item: &Union) -> TokenStream {
    let name = &item.ident;
    let constants = item.variants.iter().filter_map(|variant| {
        let text = constant(variant)?;
        let name = &variant.ident;
        Some(quote! { #text => #name })
    });
    let others = item.variants.iter();
    let rows = others
        .filter(|variant| constant(variant).is_none())
        .map(row);
    quote! {
        union! { #name {
            #(#constants;)*
            #(#rows;)*
        } }
    }
}

/// `Cat = object::<Cat>(&[("kind", &["cat"])]), tag "kind" = "cat"`
fn row(variant: &UnionVariant) -> TokenStream {
    let name = &variant.ident;
    let looks = looks(&variant.looks);
    let tag = variant
        .tag
        .as_ref()
        .map(|(property, value)| quote! { , tag #property = #value });
    quote! { #name = #looks #tag }
}

/// What the runtime compares a value with.
fn looks(looks: &Looks) -> TokenStream {
    match looks {
        Looks::Boolean => quote! { boolean() },
        Looks::Integer => quote! { integer() },
        Looks::IntegerOf(values) => {
            let values = values.iter().map(|value| Literal::i128_unsuffixed(*value));
            quote! { integer_of(&[#(#values),*]) }
        }
        Looks::Number => quote! { number() },
        Looks::String => quote! { string() },
        Looks::Text(text) => quote! { text(#text) },
        Looks::Formatted => quote! { formatted() },
        Looks::TextOf(ty) => {
            let ty = Scope::Types.ty(ty);
            quote! { text_of::<#ty>() }
        }
        Looks::StringOf(name) => quote! { string_of(#name::known()) },
        Looks::Array => quote! { array() },
        Looks::ArrayOf(item) => {
            let item = self::looks(item);
            quote! { array_of(&#item) }
        }
        Looks::Object(object) => self::object(object),
        Looks::Map => quote! { map() },
        Looks::OneOf(name, tags) if tags.is_empty() => quote! { one_of::<#name>() },
        Looks::OneOf(name, exact) => {
            let exact = tags(exact);
            quote! { one_tagged::<#name>(#exact) }
        }
        Looks::Any => quote! { any() },
    }
}

/// `object::<Cat>(&[("kind", &["cat"])])`
fn object(object: &ObjectLooks) -> TokenStream {
    let name = &object.ident;
    let exact = tags(&object.tags);
    let likes = (!object.likes.is_empty()).then(|| {
        let likes = tags(&object.likes);
        quote! { .likes(#likes) }
    });
    let inside = object.inside.as_ref().map(|(property, inner)| {
        let inner = tags(inner);
        quote! { .inside(#property, #inner) }
    });
    let kind = if object.is_closed {
        quote! { closed }
    } else {
        quote! { object }
    };
    quote! { #kind::<#name>(#exact) #likes #inside }
}

/// `&[("kind", &["cat"])]`
fn tags(tags: &Tags) -> TokenStream {
    let tags = tags
        .iter()
        .map(|(property, values)| quote! { (#property, &[#(#values),*]) });
    quote! { &[#(#tags),*] }
}
