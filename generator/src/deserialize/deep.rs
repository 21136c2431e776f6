//! What references lead to, where `openapiv3` has no place for it.

use super::objects::path_item;
use super::referable;
use super::schema::schema;
use crate::diagnostic::unescaped;
use crate::uri;
use openapiv3::{PathItem, ReferenceOr, Schema};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Schemas that references name by their place rather than as a component, deserialised.
#[derive(Debug, Default)]
pub(crate) struct DeepReferences {
    pub schemas: BTreeMap<String, ReferenceOr<Schema>>,
    /// Path items that do not stand at a path: `openapiv3` knows no other place for them.
    pub path_items: BTreeMap<String, ReferenceOr<PathItem>>,
}

impl DeepReferences {
    /// Finds all of them in one walk over the document.
    pub fn collect(document: &Value) -> Self {
        let mut deep = Self::default();
        deep.walk(document, document);
        let shared = document.pointer("/components/pathItems");
        for (name, item) in shared.and_then(Value::as_object).into_iter().flatten() {
            if let Ok(item) = referable(path_item)(item) {
                deep.path_items.insert(name.clone(), item);
            }
        }
        deep
    }

    fn walk(&mut self, node: &Value, root: &Value) {
        match node {
            Value::Object(members) => {
                for (key, member) in members {
                    match member {
                        Value::String(reference) if key == "$ref" => self.add(reference, root),
                        member => self.walk(member, root),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| self.walk(item, root)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn add(&mut self, reference: &str, root: &Value) {
        // Nearly all references are such.
        let component = reference.strip_prefix("#/components/schemas/");
        if component.is_some_and(|name| !name.contains(['/', '%'])) {
            return;
        }
        let Some(pointer) = local_pointer(reference) else {
            return;
        };
        if component_name(&pointer, "schemas").is_some() || self.schemas.contains_key(&pointer) {
            return;
        }
        let found = root.pointer(&pointer).map(|found| match found {
            // `additionalProperties: true` is a schema too.
            Value::Bool(accepts) => referable(schema)(&boolean(*accepts)),
            found => referable(schema)(found),
        });
        // What is not a schema there is resolved as what the reference stands for, or reported there.
        if let Some(Ok(schema)) = found {
            self.schemas.insert(pointer, schema);
        }
    }
}

/// The schema that any value fits, or none.
fn boolean(accepts: bool) -> Value {
    if accepts {
        json!({})
    } else {
        json!({"not": {}})
    }
}

/// The JSON pointer of a reference into this document, percent-decoded.
pub(crate) fn local_pointer(reference: &str) -> Option<String> {
    reference.strip_prefix('#').map(uri::decoded)
}

/// The name in `/components/<kind>/<name>`.
pub(crate) fn component_name(pointer: &str, kind: &str) -> Option<String> {
    let name = pointer
        .strip_prefix("/components/")?
        .strip_prefix(kind)?
        .strip_prefix('/')?;
    (!name.contains('/')).then(|| unescaped(name))
}
