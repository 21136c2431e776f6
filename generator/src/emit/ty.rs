//! Types as they are printed in fields, results and arguments.

use crate::model::Type;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// From which file a generated type is named.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope<'a> {
    /// From a file of `types`, which imports what it names.
    Types,
    /// From outside `types`: `types::Name`, but for the types of the file itself.
    Outside(&'a BTreeSet<&'a Ident>),
}

impl Scope<'_> {
    /// A generated type by name.
    fn named(self, name: &Ident) -> TokenStream {
        match self {
            Scope::Outside(local) if !local.contains(name) => quote! { types::#name },
            Scope::Outside(_) | Scope::Types => quote! { #name },
        }
    }

    /// A type as a field or a result has it.
    pub(super) fn ty(self, ty: &Type) -> TokenStream {
        match ty {
            Type::Bool => quote! { bool },
            Type::I8 => quote! { i8 },
            Type::I16 => quote! { i16 },
            Type::I32 => quote! { i32 },
            Type::I64 => quote! { i64 },
            Type::U8 => quote! { u8 },
            Type::U16 => quote! { u16 },
            Type::U32 => quote! { u32 },
            Type::U64 => quote! { u64 },
            Type::I128 => quote! { i128 },
            Type::U128 => quote! { u128 },
            Type::F64 => quote! { f64 },
            Type::String => quote! { String },
            Type::Secret => quote! { Secret },
            Type::Timestamp => quote! { jiff::Timestamp },
            Type::Date => quote! { jiff::civil::Date },
            Type::Uuid => quote! { uuid::Uuid },
            Type::Base64 => quote! { Base64 },
            Type::File => quote! { File },
            Type::Formatted(value) => {
                let value = self.ty(value);
                quote! { Formatted<#value> }
            }
            Type::OrEmpty(value) => {
                let value = self.ty(value);
                quote! { OrEmpty<#value> }
            }
            Type::StringOr(value) => {
                let value = self.ty(value);
                quote! { StringOr<#value> }
            }
            Type::External(path) => quote! { #(#path)::* },
            Type::Value => quote! { serde_json::Value },
            Type::Named(name) => self.named(name),
            Type::Vec(item) => {
                let item = self.ty(item);
                quote! { Vec<#item> }
            }
            Type::Map(value) => {
                let value = self.ty(value);
                quote! { BTreeMap<String, #value> }
            }
            Type::Option(value) => {
                let value = self.ty(value);
                quote! { Option<#value> }
            }
            Type::Box(value) => {
                let value = self.ty(value);
                quote! { Box<#value> }
            }
        }
    }

    /// The type of an argument that a caller can pass without ceremony.
    pub(super) fn argument(self, ty: &Type) -> TokenStream {
        match ty {
            ty if is_converted_whole(ty) => {
                let target = self.ty(ty);
                quote! { impl Into<#target> }
            }
            Type::Vec(item) if is_converted(item) => {
                let item = self.ty(item);
                quote! { impl IntoIterator<Item = impl Into<#item>> }
            }
            Type::Vec(item) => {
                let item = self.ty(item);
                quote! { impl IntoIterator<Item = #item> }
            }
            Type::Map(value) => {
                let value = self.ty(value);
                quote! { impl IntoIterator<Item = (impl Into<String>, #value)> }
            }
            Type::Box(value) => self.ty(value),
            _ => self.ty(ty),
        }
    }
}

/// Whether a caller may pass whatever becomes a value of the type.
fn is_converted_whole(ty: &Type) -> bool {
    matches!(
        ty,
        Type::String
            | Type::Secret
            | Type::Value
            | Type::Base64
            | Type::File
            | Type::Formatted(_)
            | Type::StringOr(_)
    )
}

/// Whether the items of a list are converted one by one.
fn is_converted(item: &Type) -> bool {
    matches!(
        item,
        Type::String | Type::File | Type::Formatted(_) | Type::StringOr(_)
    )
}

/// The field's value, from an argument of the type that [`Scope::argument`] prints.
pub(super) fn converted(argument: &Ident, ty: &Type) -> TokenStream {
    match ty {
        ty if is_converted_whole(ty) => quote! { #argument.into() },
        Type::Vec(item) if is_converted(item) => {
            quote! { #argument.into_iter().map(Into::into).collect() }
        }
        Type::Vec(_) => quote! { #argument.into_iter().collect() },
        Type::Map(_) => quote! {
            #argument.into_iter().map(|(name, value)| (name.into(), value)).collect()
        },
        Type::Box(_) => quote! { Box::new(#argument) },
        _ => quote! { #argument },
    }
}

/// Whether [`converted`] is the argument itself.
pub(super) fn is_plain(ty: &Type) -> bool {
    !is_converted_whole(ty) && !matches!(ty, Type::Vec(_) | Type::Map(_) | Type::Box(_))
}
