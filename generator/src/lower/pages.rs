//! Which operations have pages: by the configuration, or by `x-pagination` of the document.

use super::Lowering;
use crate::diagnostic::{Code, Place, Pointer};
use crate::ir::{Kind, Location, Operation, ParameterShape, Shape, Types, Use};
use crate::pagination::{NextPage, Pagination};

impl Lowering<'_, '_> {
    /// What the document itself says of the pages of an operation.
    pub(super) fn declared_pages(
        &mut self,
        operation: &openapiv3::Operation,
        pointer: &Pointer,
    ) -> Option<Pagination> {
        let declared = operation.extensions.get("x-pagination")?;
        let reason = match Pagination::from_value(declared) {
            Ok(pages) => return Some(pages),
            Err(reason) => reason,
        };
        self.diagnostics
            .report(
                Code::Malformed,
                pointer.child("x-pagination"),
                format!("this does not say how pages hang together: {reason}"),
            )
            .help("it was left out");
        None
    }

    /// Adds what the configuration says, and settles where the items are; or reports why there are
    /// no pages.
    pub(super) fn settle_pages(&mut self, operations: &mut [Operation]) {
        let rules = &self.options.pagination;
        let mut used = vec![false; rules.len()];
        for operation in &mut *operations {
            for (rule, used) in rules.iter().zip(&mut used) {
                // A rule for all is for those that it fits; who is named has to fit.
                let is_meant = match rule.operations.as_slice() {
                    [] => settled(&self.types, operation, &rule.pagination).is_ok(),
                    named => named.contains(&operation.id),
                };
                if is_meant {
                    *used = true;
                    operation.pages = Some(rule.pagination.clone());
                    break;
                }
            }
            let Some(pages) = operation.pages.take() else {
                continue;
            };
            match settled(&self.types, operation, &pages) {
                Ok(pages) => operation.pages = Some(pages),
                Err(reason) => {
                    let message =
                        format!("the pages of `{}` are not followed: {reason}", operation.id);
                    self.diagnostics
                        .report(
                            Code::Unsupported,
                            Place::Key(operation.pointer.clone()),
                            message,
                        )
                        .help("its request has neither `pages` nor `items`");
                }
            }
        }
        self.check_pagination(operations, &used);
    }

    /// Whatever the configuration names must be there.
    fn check_pagination(&mut self, operations: &[Operation], used: &[bool]) {
        let mut problems = Vec::new();
        for (rule, used) in self.options.pagination.iter().zip(used) {
            if !used && rule.operations.is_empty() {
                problems.push("a rule of the configured pagination fits no operation".to_owned());
            }
            for id in &rule.operations {
                if !operations.iter().any(|operation| operation.id == *id) {
                    problems.push(format!(
                        "`{id}` of the configured pagination is not an operation of the document"
                    ));
                }
            }
        }
        for problem in problems {
            self.diagnostics
                .report(Code::ConfigUnmatched, Pointer::root(), problem)
                .help("write names in the document's spelling, or remove it");
        }
    }
}

/// The same, with the place of the items; or why it cannot be followed.
fn settled(types: &Types, operation: &Operation, pages: &Pagination) -> Result<Pagination, String> {
    if let Some(name) = pages.next.parameter()
        && !operation.parameters.iter().any(|parameter| {
            parameter.name == name
                && parameter.location == Location::Query
                && parameter.shape == ParameterShape::Single
        })
    {
        return Err(format!("it has no query parameter `{name}` with one value"));
    }
    let body = operation.page_body().ok_or("a success has no JSON body")?;
    let items = match &pages.items {
        Some(pointer) => match types.items_at(body, pointer) {
            Some(_) => Some(pointer.clone()),
            None => return Err(format!("there is no list at `{pointer}` of its success")),
        },
        None => only_list(types, body),
    };
    if items.is_none() && matches!(pages.next, NextPage::Offset { .. } | NextPage::Page { .. }) {
        return Err("`items` does not say where its list is".to_owned());
    }
    Ok(Pagination {
        items,
        ..pages.clone()
    })
}

/// The body itself where it is a list, or its only property that is one.
fn only_list(types: &Types, body: &Use) -> Option<String> {
    if types.items_at(body, "").is_some() {
        return Some(String::new());
    }
    let Kind::Named(id) = body.kind else {
        return None;
    };
    let Shape::Object(object) = &types.get(id).shape else {
        return None;
    };
    let mut lists = object.properties.iter().filter_map(|property| {
        let pointer = format!("/{}", property.name.replace('~', "~0").replace('/', "~1"));
        types.items_at(body, &pointer).map(|_| pointer)
    });
    lists.next().filter(|_| lists.next().is_none())
}
