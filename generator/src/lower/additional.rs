//! Operations that stand beside, because `openapiv3` has no room for them.

use crate::beside;
use crate::deserialize::{Spec, operation};
use crate::diagnostic::Pointer;
use crate::ir::Method;
use openapiv3::Operation;
use serde_json::Value;
use std::collections::BTreeMap;

/// Where path items stand that references lead to.
const SHARED: &str = "/components/pathItems";

/// They are deserialised before anything is lowered, so that they can be borrowed as the rest is.
#[derive(Debug, Default)]
pub(super) struct Additional {
    /// Operations of a path item, by its pointer.
    operations: BTreeMap<String, Vec<(Method, Operation, Pointer)>>,
}

impl Additional {
    /// All of a document.
    pub fn collect(spec: &Spec) -> Self {
        let mut additional = Self::default();
        for list in ["/paths", SHARED] {
            let Some(Value::Object(items)) = spec.value.pointer(list) else {
                continue;
            };
            let list_pointer = Pointer {
                path: list.to_owned(),
                ..Pointer::root()
            };
            for (name, item) in items {
                additional.beside(item, &list_pointer.child(name));
            }
        }
        additional
    }

    fn beside(&mut self, item: &Value, pointer: &Pointer) {
        let mut found = Vec::new();
        if let Some(Ok(operation)) = item.get(beside::QUERY).map(operation) {
            found.push((Method::Query, operation, pointer.child(beside::QUERY)));
        }
        let additional = item.get(beside::OPERATIONS).and_then(Value::as_object);
        for (token, value) in additional.into_iter().flatten() {
            if let Ok(operation) = operation(value) {
                let place = pointer.child(beside::OPERATIONS).child(token);
                found.push((Method::Extension(token.clone()), operation, place));
            }
        }
        if !found.is_empty() {
            self.operations.insert(pointer.path.clone(), found);
        }
    }

    /// The operations that stand beside those of a path item, and where.
    pub fn operations(
        &self,
        item: &Pointer,
    ) -> impl Iterator<Item = (Method, &Operation, Pointer)> + use<'_> {
        let found = self.operations.get(&item.path);
        found
            .into_iter()
            .flatten()
            .map(|(method, operation, pointer)| (method.clone(), operation, pointer.clone()))
    }
}
