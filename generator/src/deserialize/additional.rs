//! Operations that stand beside, because `openapiv3` has no room for them.

use super::objects::operation;
use crate::beside;
use crate::diagnostic::Pointer;
use openapiv3::Operation;
use serde_json::Value;
use std::collections::BTreeMap;

/// Where path items stand that references lead to.
const SHARED: &str = "/components/pathItems";

/// The operations, each with its method; nothing for `QUERY`, which has a field of its own in OpenAPI 3.2.
#[derive(Debug, Default)]
pub(crate) struct Additional {
    /// Operations of a path item, by its pointer.
    operations: BTreeMap<String, Vec<(Option<String>, Operation, Pointer)>>,
}

impl Additional {
    /// All of a document.
    pub fn collect(document: &Value) -> Self {
        let mut additional = Self::default();
        for list in ["/paths", SHARED] {
            let Some(Value::Object(items)) = document.pointer(list) else {
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
            found.push((None, operation, pointer.child(beside::QUERY)));
        }
        let additional = item.get(beside::OPERATIONS).and_then(Value::as_object);
        for (token, value) in additional.into_iter().flatten() {
            if let Ok(operation) = operation(value) {
                let place = pointer.child(beside::OPERATIONS).child(token);
                found.push((Some(token.clone()), operation, place));
            }
        }
        if !found.is_empty() {
            self.operations.insert(pointer.path.clone(), found);
        }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Operation> {
        let all = self.operations.values().flatten();
        all.map(|(_, operation, _)| operation)
    }

    /// The operations that stand beside those of a path item, and where.
    pub fn operations(
        &self,
        item: &Pointer,
    ) -> impl Iterator<Item = (Option<&str>, &Operation, Pointer)> + use<'_> {
        let found = self.operations.get(&item.path);
        found
            .into_iter()
            .flatten()
            .map(|(method, operation, pointer)| (method.as_deref(), operation, pointer.clone()))
    }
}
