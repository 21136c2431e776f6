//! Where the nodes that references mean can be found in the end.

use super::super::role::{Node, Role};
use crate::diagnostic::unescaped;
use serde_json::Value;

/// Where Swagger 2.0 or OpenAPI 3.x keeps what is referred to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    is_swagger: bool,
}

impl Places {
    /// The places of one of the two.
    pub(super) fn new(is_swagger: bool) -> Self {
        Self { is_swagger }
    }

    /// The pointer of the mapping that holds all shared nodes of this role.
    pub(super) fn mapping(self, role: Role) -> Option<String> {
        let components = role.components()?;
        Some(match components {
            "schemas" if self.is_swagger => String::from("/definitions"),
            "securitySchemes" if self.is_swagger => String::from("/securityDefinitions"),
            "parameters" | "responses" if self.is_swagger => format!("/{components}"),
            components => format!("/components/{components}"),
        })
    }

    /// Whether a path of the entry document is that of a shared node of this role.
    pub(super) fn holds(self, path: &str, role: Role) -> bool {
        let is_in = |mapping: &str| {
            let name = path.strip_prefix(mapping);
            let name = name.and_then(|name| name.strip_prefix('/'));
            name.is_some_and(|name| !name.is_empty() && !name.contains('/'))
        };
        (role == Role::PathItem && is_in("/paths"))
            || self.mapping(role).is_some_and(|mapping| is_in(&mapping))
    }

    /// Whether what stands at a path of the entry document is a schema that keeps its place through
    /// all rewriting, so that it can be referred to where it stands.
    pub(super) fn keeps(self, entry: &Value, path: &str, role: Role) -> bool {
        if self.is_swagger || role != Role::Schema {
            return false;
        }
        let (mut node, mut value) = (Node::One(Role::Document), entry);
        for segment in path.split('/').skip(1) {
            let key = unescaped(segment);
            let inner = match value {
                Value::Object(members) => members.get(&key),
                Value::Array(items) => key.parse::<usize>().ok().and_then(|at| items.get(at)),
                _ => None,
            };
            let Some(inner) = inner else {
                return false;
            };
            if value.is_object() {
                if moves(node, &key, value) {
                    return false;
                }
                node = node.child(&key);
            }
            value = inner;
        }
        node == Node::One(Role::Schema)
    }

    /// Whether what stands at a path of the entry document is not what holds everything else.
    pub(super) fn is_movable(path: &str) -> bool {
        let mut segments = path.split('/').skip(1);
        let first = segments.next().unwrap_or_default();
        let is_structure = matches!(
            first,
            "paths"
                | "webhooks"
                | "components"
                | "definitions"
                | "parameters"
                | "responses"
                | "securityDefinitions"
        );
        !first.is_empty() && (!is_structure || segments.nth(1).is_some())
    }
}

/// Whether a member of this node may stand elsewhere after the walk, or nowhere.
fn moves(node: Node, key: &str, value: &Value) -> bool {
    match node {
        Node::One(Role::Schema) => {
            value.get("type").is_some_and(Value::is_array)
                || value.get("$ref").is_some()
                || !matches!(
                    key,
                    "properties"
                        | "items"
                        | "additionalProperties"
                        | "allOf"
                        | "$defs"
                        | "definitions"
                )
        }
        Node::One(Role::Callback | Role::Link | Role::Example) => true,
        Node::One(_) => matches!(
            key,
            "webhooks" | "callbacks" | "itemSchema" | "query" | "additionalOperations" | "encoding"
        ),
        Node::Map(_) => key.starts_with("x-"),
    }
}
