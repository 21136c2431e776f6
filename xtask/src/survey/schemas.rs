//! Schemas: which are reachable, and which say something about the type of a value.

use serde_json::Value;

use super::{Node, Place, Schema, Walker};

/// How many references and combinations deep the question is followed; then the answer is yes.
const DEPTH: usize = 32;

impl Node<'_> {
    /// Where a schema stands.
    pub(super) fn place(&self) -> Schema {
        Schema {
            pointer: self.pointer.clone(),
            meant: self.meant.clone(),
        }
    }
}

impl<'d> Walker<'d> {
    /// Notes a schema and all schemas inside it.
    pub(super) fn schema(&mut self, schema: &Node<'d>) {
        if !schema.value.is_object() || !self.seen.insert(schema.pointer.clone()) {
            return;
        }
        if self.says(schema, 0) {
            self.survey.places.push(Place {
                realm: self.realm,
                schema: self.standing(schema),
            });
        }
        self.own_samples(schema);
        if let Some(target) = self.files.target(schema) {
            self.schema(&target);
            if !self.modern {
                return;
            }
        }
        for (keyword, kind) in [
            ("properties", "object"),
            ("patternProperties", "object"),
            ("allOf", ""),
            ("oneOf", ""),
            ("anyOf", ""),
            ("prefixItems", "array"),
        ] {
            let Some(node) = schema.get(keyword).filter(|_| allows(schema, kind)) else {
                continue;
            };
            node.members().for_each(|(_, inner)| self.schema(&inner));
            let is_only = keyword != "prefixItems" && is_only_branch(node.value);
            for mut inner in node.items() {
                if is_only && keyword != "allOf" {
                    inner.meant.clone_from(&schema.meant);
                }
                self.schema(&inner);
            }
        }
        for (keyword, kind) in [("items", "array"), ("additionalProperties", "object")] {
            if let Some(node) = schema.get(keyword).filter(|_| allows(schema, kind)) {
                self.schema(&node);
            }
        }
    }

    /// Where a schema stands. One that is nothing but a reference into another file is what it refers
    /// to: it is not a type of its own.
    fn standing(&self, schema: &Node<'d>) -> Schema {
        let is_alone = schema.value.as_object().is_some_and(|all| all.len() == 1);
        let target = self.files.target(schema).filter(|_| is_alone);
        let mut place = schema.place();
        if let Some(target) = target.filter(|target| target.pointer.file != place.pointer.file) {
            place.meant = target.pointer;
        }
        place
    }

    /// Whether a schema says something about the type of its values.
    fn says(&self, schema: &Node<'d>, depth: usize) -> bool {
        if depth > DEPTH {
            return true;
        }
        if schema.value.get("$ref").is_some_and(Value::is_string) {
            let target = self.files.target(schema);
            let says = target.is_none_or(|target| self.says(&target, depth + 1));
            if says || !self.modern {
                return says;
            }
        }
        let Some(members) = schema.value.as_object() else {
            return false;
        };
        let mut own = members
            .iter()
            .filter(|(keyword, _)| allows_keyword(schema, keyword));
        let own = own.any(|(keyword, value)| match keyword.as_str() {
            "type" => names_some_types(value),
            "const" => !value.is_null(),
            "enum" => {
                let values = value.as_array().map_or(&[][..], Vec::as_slice);
                values.iter().any(|value| !value.is_null())
            }
            "format" => value.is_string(),
            "properties" | "patternProperties" => {
                value.as_object().is_some_and(|members| !members.is_empty())
            }
            "items" => value.is_object(),
            "prefixItems" => value.as_array().is_some_and(|items| !items.is_empty()),
            _ => false,
        });
        own || self.inner_says(schema, depth)
    }

    /// Whether the parts of a schema say something about it.
    fn inner_says(&self, schema: &Node<'d>, depth: usize) -> bool {
        let parts = |keyword: &str| {
            let list = schema.get(keyword);
            let parts = list.iter().flat_map(Node::items);
            parts
                .filter(|part| !is_null(part.value))
                .collect::<Vec<_>>()
        };
        // One branch that allows anything makes the whole allow anything.
        let each = |keyword: &str| {
            let parts = parts(keyword);
            !parts.is_empty() && parts.iter().all(|part| self.says(part, depth + 1))
        };
        let additional = schema.get("additionalProperties");
        parts("allOf").iter().any(|part| self.says(part, depth + 1))
            || each("oneOf")
            || each("anyOf")
            || additional.is_some_and(|node| self.says(&node, depth + 1))
    }
}

/// Whether the values of a schema may be of a kind at all; `""` stands for any.
fn allows(schema: &Node<'_>, kind: &str) -> bool {
    match schema.value.get("type") {
        Some(Value::String(name)) => kind.is_empty() || name == kind,
        Some(Value::Array(names)) => kind.is_empty() || names.iter().any(|name| name == kind),
        _ => true,
    }
}

/// Keywords of one kind of value mean nothing for others.
fn allows_keyword(schema: &Node<'_>, keyword: &str) -> bool {
    match keyword {
        "properties" | "patternProperties" => allows(schema, "object"),
        "items" | "prefixItems" => allows(schema, "array"),
        _ => true,
    }
}

/// Whether `type` leaves something out, and more than null in.
fn names_some_types(value: &Value) -> bool {
    match value {
        Value::String(name) => name != "null",
        Value::Array(names) => {
            let has = |wanted: &str| names.iter().any(|name| name == wanted);
            let all = ["string", "number", "boolean", "object", "array"];
            !all.into_iter().all(has) && names.iter().any(|name| name != "null")
        }
        _ => false,
    }
}

/// Whether all alternatives but one are null.
fn is_only_branch(list: &Value) -> bool {
    let branches = list.as_array().map_or(&[][..], Vec::as_slice);
    branches.iter().filter(|branch| !is_null(branch)).count() == 1
}

/// Whether null is the only value of a schema.
fn is_null(schema: &Value) -> bool {
    let only = |values: &Value| {
        values
            .as_array()
            .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null))
    };
    schema.get("type").is_some_and(|name| name == "null")
        || schema.get("enum").is_some_and(only)
        || schema.get("const").is_some_and(Value::is_null)
}
