//! `operations/`: a file per tag, and the module that collects them.

use super::EmittedFile;
use super::body::body_enum;
use super::operation::methods;
use super::outcome::outcome_enum;
use super::pages::pages;
use super::request::{request, setters};
use super::servers::servers;
use super::table::table;
use super::ty::Scope;
use super::types::{file_name, item};
use super::uses::Uses;
use crate::model::{Operation, OperationFile};
use proc_macro2::TokenStream;
use quote::quote;

/// All files below `operations/`; none when there are no operations.
pub(super) fn files(files: &[OperationFile]) -> impl Iterator<Item = EmittedFile> {
    let module = (!files.is_empty()).then(|| module(files));
    module.into_iter().chain(files.iter().map(file))
}

/// `operations/mod.rs`
fn module(files: &[OperationFile]) -> EmittedFile {
    let modules = files.iter().map(|file| {
        let module = &file.module;
        quote! { pub mod #module; }
    });
    EmittedFile {
        path: "src/operations/mod.rs".to_owned(),
        docs: vec!["The operations: methods of [`Client`](crate::Client), and the requests that they make.".to_owned()],
        items: modules.collect(),
    }
}

/// `operations/things.rs`
fn file(file: &OperationFile) -> EmittedFile {
    let mut uses = Uses::default();
    file.operations
        .iter()
        .for_each(|operation| uses.operation(operation));
    let scope = Scope::Outside(uses.defined());
    let mut items = uses.outside();
    let tables = file.operations.iter();
    items.extend(tables.map(|operation| table(operation, scope)));
    items.push(methods(&file.operations, scope));
    items.extend(
        file.operations
            .iter()
            .flat_map(|operation| parts(operation, scope)),
    );
    EmittedFile {
        path: format!("src/operations/{}.rs", file_name(&file.module)),
        docs: file.docs.lines.clone(),
        items,
    }
}

/// What belongs to one operation beside its method: the request, its outcomes and inline types.
fn parts(operation: &Operation, scope: Scope<'_>) -> Vec<TokenStream> {
    let mut items = Vec::new();
    if let Some(request) = &operation.request {
        items.extend(self::request(operation, request, scope));
        items.extend(setters(operation, request, scope));
    }
    items.extend(pages(operation, scope));
    let own = operation.servers.iter();
    items.extend(own.flat_map(|(_, own)| servers(own)));
    let body = operation.body.iter();
    items.extend(body.flat_map(|body| body_enum(body, scope)));
    items.extend(operation.enums.iter().map(|item| outcome_enum(item, scope)));
    items.extend(
        operation
            .items
            .iter()
            .flat_map(|inline| item(inline, scope)),
    );
    items
}
