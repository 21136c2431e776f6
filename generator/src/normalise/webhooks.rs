//! Webhooks: requests that a server sends. A client has no method for them, but whoever serves
//! them needs their types, so inline bodies become components.
//!
//! `x-webhooks` is what documents of OpenAPI 3.0 call them.

use super::grammar::Members;
use crate::beside;
use serde_json::{Map, Value};

/// Moves inline bodies into the components, and counts the operations.
pub(super) fn prepare(document: &mut Value) {
    let Value::Object(document) = document else {
        return;
    };
    document.shift_remove(beside::WEBHOOKS);
    let mut operations = 0_usize;
    let mut bodies: Vec<(String, Value)> = Vec::new();
    for key in ["webhooks", "x-webhooks"] {
        let Some(Value::Object(webhooks)) = document.get_mut(key) else {
            continue;
        };
        for (name, item) in webhooks {
            for operation in item.as_object_mut().into_iter().flat_map(Map::values_mut) {
                if operation.get("responses").is_some() || operation.get("requestBody").is_some() {
                    operations += 1;
                    let named = operation.get("operationId").and_then(Value::as_str);
                    let name = format!("{}Body", named.unwrap_or(name));
                    bodies.extend(body(operation).map(|schema| (name, schema)));
                }
            }
        }
    }
    add(document, bodies);
    if operations > 0 {
        document.insert(beside::WEBHOOKS.to_owned(), Value::from(operations));
    }
}

/// The inline schema of the first media type that has one. A reference leads to a component.
fn body(operation: &Value) -> Option<Value> {
    let content = operation.pointer("/requestBody/content")?.as_object()?;
    let mut schemas = content.values().filter_map(|media| media.get("schema"));
    let schema = schemas.find(|schema| schema.is_object())?;
    schema.get("$ref").is_none().then(|| schema.clone())
}

/// A component of the name stays what it is.
fn add(document: &mut Members, bodies: Vec<(String, Value)>) {
    if bodies.is_empty() {
        return;
    }
    let components = document
        .entry("components")
        .or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(components) = components else {
        return;
    };
    let schemas = components
        .entry("schemas")
        .or_insert_with(|| Value::Object(Map::new()));
    let Value::Object(schemas) = schemas else {
        return;
    };
    for (name, schema) in bodies {
        schemas.entry(name).or_insert(schema);
    }
}
