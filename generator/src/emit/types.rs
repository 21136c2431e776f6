//! `types/`: a file per component, and the module that collects them.

use super::EmittedFile;
use super::attributes::{deprecated, docs};
use super::enums::{integer_enum, string_enum, value_enum};
use super::structure::structure;
use super::ty::Scope;
use super::unions::union;
use super::uses::Uses;
use crate::model::{Alias, Item, TypeFile};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// All files below `types/`; none when there are no types.
pub(super) fn files(files: &[TypeFile]) -> impl Iterator<Item = EmittedFile> {
    let module = (!files.is_empty()).then(|| module(files));
    module.into_iter().chain(files.iter().map(file))
}

/// `types/mod.rs`
fn module(files: &[TypeFile]) -> EmittedFile {
    let modules = files.iter().map(|file| {
        let module = &file.module;
        quote! { mod #module; }
    });
    let exports = files.iter().map(|file| {
        let module = &file.module;
        let names = file.items.iter().map(name);
        match file.items.as_slice() {
            [only] => {
                let only = name(only);
                quote! { pub use #module::#only; }
            }
            _ => quote! { pub use #module::{#(#names),*}; },
        }
    });
    EmittedFile {
        path: "src/types/mod.rs".to_owned(),
        docs: vec!["The types that the document names, and those inside them.".to_owned()],
        items: modules.chain(exports).collect(),
    }
}

/// `types/thing.rs`
fn file(file: &TypeFile) -> EmittedFile {
    let mut uses = Uses::default();
    file.items.iter().for_each(|item| uses.item(item));
    let mut items = uses.in_types();
    items.extend(
        file.items
            .iter()
            .flat_map(|item| self::item(item, Scope::Types)),
    );
    EmittedFile {
        path: format!("src/types/{}.rs", file_name(&file.module)),
        docs: Vec::new(),
        items,
    }
}

/// A module's file, without the `r#` that its name may need in Rust.
pub(super) fn file_name(module: &Ident) -> String {
    let name = module.to_string();
    name.strip_prefix("r#").map(str::to_owned).unwrap_or(name)
}

/// The name of a type.
fn name(item: &Item) -> &Ident {
    match item {
        Item::Struct(item) => &item.ident,
        Item::StringEnum(item) => &item.ident,
        Item::IntegerEnum(item) => &item.ident,
        Item::ValueEnum(item) => &item.ident,
        Item::Union(item) => &item.ident,
        Item::Alias(item) => &item.ident,
    }
}

/// All Rust items of one type.
pub(super) fn item(item: &Item, scope: Scope<'_>) -> Vec<TokenStream> {
    match item {
        Item::Struct(item) => structure(item, scope),
        Item::StringEnum(item) => string_enum(item).into(),
        Item::IntegerEnum(item) => integer_enum(item).into(),
        Item::ValueEnum(item) => value_enum(item).into(),
        Item::Union(item) => union(item, scope),
        Item::Alias(item) => vec![alias(item, scope)],
    }
}

/// `pub type Things = Vec<Thing>;`
fn alias(item: &Alias, scope: Scope<'_>) -> TokenStream {
    let docs = docs(&item.docs);
    let deprecated = deprecated(item.deprecated);
    let name = &item.ident;
    let ty = scope.ty(&item.ty);
    quote! {
        #docs
        #deprecated
        pub type #name = #ty;
    }
}
