//! Operations, in the order of their paths and methods.

use super::Lowering;
use crate::diagnostic::{Code, Pointer};
use crate::ir::{self, Method, Scheme};
use openapiv3::{Operation, PathItem};
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Lowering<'a, '_> {
    /// Every operation, and how many the document has.
    pub(super) fn operations(&mut self, schemes: &[Scheme]) -> (Vec<ir::Operation>, usize) {
        let mut operations: Vec<ir::Operation> = Vec::new();
        let mut total = 0;
        let mut ids: BTreeMap<String, Pointer> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let base = Pointer::root().child("paths");
        for (path, item) in &self.api.paths.paths {
            let pointer = base.child(path);
            let Some((item, pointer)) = self.path_item(item, pointer) else {
                continue;
            };
            let additional = self.additional.operations(&pointer);
            let additional = additional.map(|(token, operation, place)| {
                let method = token.map(|token| Method::Extension(token.to_owned()));
                (method.unwrap_or(Method::Query), operation, place)
            });
            let own = methods(item).map(|(method, operation)| {
                let place = pointer.child(method.key());
                (method, operation, place)
            });
            for (method, operation, own_pointer) in own.chain(additional) {
                total += 1;
                let place = Place {
                    path,
                    item,
                    item_pointer: &pointer,
                    pointer: own_pointer,
                    method,
                    operation,
                };
                let mut operation = self.operation(&place, operations.len(), schemes);
                // A path item that several paths share has one `operationId` for all of them.
                if !seen.insert(operation.pointer.clone()) {
                    operation.id = operation.method.name_at(path);
                    operations.push(operation);
                    continue;
                }
                self.check_operation_id(&operation, &place, &mut ids);
                operations.push(operation);
            }
        }
        (operations, total)
    }

    fn operation(
        &mut self,
        place: &Place<'a, '_>,
        index: usize,
        schemes: &[Scheme],
    ) -> ir::Operation {
        let Operation {
            tags,
            summary,
            description,
            external_docs: _, // a link to read, nothing to generate
            operation_id,
            parameters: _, // with those of the path item, below
            request_body,
            responses,
            callbacks: _, // the server calls these; a client does not serve them
            deprecated,
            security,
            servers,
            extensions: _, // vendors' own
        } = place.operation;
        let pointer = place.pointer();
        let id = operation_id.clone().filter(|id| !id.trim().is_empty());
        let security = match security {
            Some(own) => self.security(own, schemes, &pointer.child("security")),
            None => {
                let global = self.api.security.as_deref().unwrap_or_default();
                self.security(global, schemes, &Pointer::root().child("security"))
            }
        };
        let servers = match servers.as_slice() {
            [] => self.servers(&place.item.servers),
            own => self.servers(own),
        };
        let body = request_body
            .as_ref()
            .and_then(|body| self.body(body, &pointer.child("requestBody"), index));
        let is_head = place.method == Method::Head;
        let (responses, accept) =
            self.responses(responses, &pointer.child("responses"), index, is_head);
        let (path, parameters) = self.parameters(place, index);
        let id = id.unwrap_or_else(|| place.method.name_at(place.path));
        let repeat = self.repeat(&id, &place.method, &responses);
        ir::Operation {
            id,
            method: place.method.clone(),
            path,
            group: tags
                .first()
                .cloned()
                .unwrap_or_else(|| first_segment(place.path)),
            summary: summary.clone(),
            description: description.clone(),
            deprecated: *deprecated,
            parameters,
            body,
            responses,
            accept,
            security,
            servers,
            repeat,
            pages: self.declared_pages(place.operation, &pointer),
            pointer,
        }
    }

    fn check_operation_id(
        &mut self,
        operation: &ir::Operation,
        place: &Place<'_, '_>,
        ids: &mut BTreeMap<String, Pointer>,
    ) {
        let key = crate::diagnostic::Place::Key(operation.pointer.clone());
        if place
            .operation
            .operation_id
            .as_deref()
            .is_none_or(|id| id.trim().is_empty())
        {
            self.diagnostics
                .report(Code::MissingOperationId, key, "this operation has no `operationId`")
                .help(format!("it is called `{}`, from its method and path; add an `operationId` to name it yourself", operation.id));
        } else if let Some(first) = ids.get(&operation.id) {
            self.diagnostics
                .report(Code::DuplicateOperationId, key, format!("`operationId: {}` stands twice", operation.id))
                .related(first.clone(), "the first one")
                .help("the one with the longer path is called by its method and path; give each operation a name of its own");
        } else {
            ids.insert(operation.id.clone(), operation.pointer.clone());
        }
    }
}

/// An operation and where it stands.
pub(super) struct Place<'a, 'p> {
    pub path: &'a str,
    pub item: &'a PathItem,
    pub item_pointer: &'p Pointer,
    pub pointer: Pointer,
    pub method: Method,
    pub operation: &'a Operation,
}

impl Place<'_, '_> {
    pub fn pointer(&self) -> Pointer {
        self.pointer.clone()
    }
}

fn methods(item: &PathItem) -> impl Iterator<Item = (Method, &Operation)> {
    let PathItem {
        summary: _,     // says nothing of one operation
        description: _, // likewise
        get,
        put,
        post,
        delete,
        options,
        head,
        patch,
        trace,
        servers: _,    // with the operation's
        parameters: _, // with the operation's
        extensions: _,
    } = item;
    [
        (Method::Get, get),
        (Method::Put, put),
        (Method::Post, post),
        (Method::Delete, delete),
        (Method::Options, options),
        (Method::Head, head),
        (Method::Patch, patch),
        (Method::Trace, trace),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation.as_ref()?)))
}

fn first_segment(path: &str) -> String {
    let first = path
        .split('/')
        .find(|segment| !segment.is_empty() && !segment.contains('{'));
    first.unwrap_or("default").to_owned()
}
