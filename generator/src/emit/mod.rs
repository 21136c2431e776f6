//! From the model to tokens: one small module per kind of output file, one function per Rust item.
//!
//! Nothing is decided here and nothing can fail. A function binds its parts first and ends in one
//! `quote!` that is shaped like what it prints; identifiers come from the model as they are.

mod attributes;
mod body;
mod checks;
mod client;
mod contract;
mod enums;
mod headers;
mod library;
mod manifest;
mod moved;
mod operation;
mod operations;
mod outcome;
mod pages;
mod places;
mod request;
mod runtime;
mod servers;
mod structure;
mod table;
mod ty;
mod types;
mod unions;
mod uses;

pub(crate) use attributes::doc_text;
pub(crate) use contract::calls;
pub use manifest::{dependencies, manifest};
pub(crate) use places::type_text;
pub use runtime::runtime;

use crate::model;
use proc_macro2::TokenStream;

/// A Rust file before formatting.
#[derive(Clone, Debug)]
pub struct EmittedFile {
    /// Where it goes, relative to the crate, with `/` between the parts.
    pub path: String,
    /// Documentation of the module, one entry a line, without the `//!`.
    pub docs: Vec<String>,
    /// The items in order, each whole: attributes, item, or a table of the runtime's macros.
    pub items: Vec<TokenStream>,
}

/// Every Rust file that is made from the document: all but the runtime's. Each is made when it is
/// asked for, since the tokens of a whole crate are larger than all else that there is of it.
pub fn emit(model: &model::Crate) -> impl Iterator<Item = EmittedFile> {
    [library::file(model), client::file(&model.client)]
        .into_iter()
        .chain(types::files(&model.type_files))
        .chain(operations::files(&model.operation_files))
        .chain(headers::file(&model.headers))
}
