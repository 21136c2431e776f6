//! Schemas: what stands for one in real documents, and the dialects that are not OpenAPI 3.0.

use super::grammar::Members;
use super::keywords::{self, Kind};
use super::walk::Walker;
use super::{enumeration, scalar};
use crate::diagnostic::Code;
use crate::parse::trail::Trail;
use serde_json::{Map, Value};

/// Makes an object of the value, and rewrites what OpenAPI 3.0 says in another way.
pub(super) fn prepare(walker: &mut Walker<'_>, value: &mut Value, trail: &Trail<'_>) {
    match value {
        Value::Object(members) if members.contains_key("$ref") => {}
        Value::Object(members) => rewrite(walker, members, trail),
        Value::Bool(accepts) => {
            let accepts = *accepts;
            if !walker.modern {
                let help = if accepts {
                    "any value is accepted"
                } else {
                    "no value fits"
                };
                walker.unexpected(value, "a schema", trail).help(help);
            }
            *value = Value::Object(Map::new());
            if let (false, Value::Object(members)) = (accepts, value) {
                members.insert(String::from("not"), Value::Object(Map::new()));
            }
        }
        Value::String(name) => {
            let named = Kind::parse(name);
            let diagnostic = walker.unexpected(value, "a schema", trail);
            *value = Value::Object(Map::new());
            if let (Some(kind), Value::Object(members)) = (named, value) {
                diagnostic.help("it was read as the `type` of a schema");
                members.insert(String::from("type"), Value::from(kind.as_str()));
            } else {
                diagnostic.help("any value is accepted");
            }
        }
        Value::Null | Value::Number(_) | Value::Array(_) => {
            walker
                .unexpected(value, "a schema", trail)
                .help("any value is accepted");
            *value = Value::Object(Map::new());
        }
    }
}

/// Settles `type` first, then what depends on it.
pub(super) fn conclude(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) -> bool {
    let kind = settle_type(walker, schema, trail);
    keywords::exclusive_bounds(walker, schema, trail);
    enumeration::settle(walker, schema, kind, trail);
    for list in ["allOf", "oneOf", "anyOf"] {
        if schema
            .get(list)
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
        {
            let at = Trail::Key(trail, list);
            walker
                .report(Code::Malformed, &at, format!("`{list}` is empty"))
                .help("it was ignored");
            schema.shift_remove(list);
        }
    }
    if let Some(kind) = kind {
        keywords::integral_bounds(walker, schema, kind, trail);
        keywords::applicable(walker, schema, kind, trail);
    }
    true
}

/// Keywords that the grammar describes in the form of OpenAPI 3.0, and that have another form in
/// 3.1 or in old drafts of JSON Schema.
fn rewrite(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    if schema.get("type").is_some_and(Value::is_array) {
        type_list(walker, schema, trail);
    }
    if schema.get("items").is_some_and(Value::is_array) {
        let at = Trail::Key(trail, "items");
        let message = "`items` with a schema for each place is not supported yet";
        walker
            .report_key(Code::Unsupported, &at, message)
            .help("items of any kind are accepted");
        schema.shift_remove("items");
    }
    if schema.get("required").is_some_and(Value::is_boolean) {
        let at = Trail::Key(trail, "required");
        walker
            .report(
                Code::Malformed,
                &at,
                "`required` must be a list of property names",
            )
            .help(
                "it was ignored; name the property in the `required` of the object it belongs to",
            );
        schema.shift_remove("required");
    }
    if walker.modern {
        for union in ["anyOf", "oneOf"] {
            null_branch(schema, union);
        }
    }
}

/// `type: [string, "null"]`, and lists of several types, which become a union.
fn type_list(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    let Some(Value::Array(listed)) = schema.get("type") else {
        return;
    };
    let is_null = |name: &Value| name.is_null() || name.as_str() == Some("null");
    let has_null = listed.iter().any(is_null);
    let names: Vec<Value> = listed
        .iter()
        .filter(|name| !is_null(name))
        .cloned()
        .collect();
    if !walker.modern {
        let at = Trail::Key(trail, "type");
        walker
            .report(
                Code::Malformed,
                &at,
                "a list of types is not part of OpenAPI 3.0",
            )
            .help("it was read as OpenAPI 3.1 reads it");
    }
    if has_null {
        schema.insert(String::from("nullable"), Value::Bool(true));
    }
    if names.len() < 2 {
        match names.into_iter().next() {
            Some(name) => schema.insert(String::from("type"), name),
            None => schema.shift_remove("type"),
        };
        return;
    }
    let kinds: Vec<Kind> = names
        .iter()
        .filter_map(Value::as_str)
        .filter_map(Kind::parse)
        .collect();
    schema.shift_remove("type");
    if kinds.is_empty() || schema.contains_key("anyOf") {
        let at = Trail::Key(trail, "type");
        walker
            .report(
                Code::Unsupported,
                &at,
                "this list of types is not supported yet",
            )
            .help("it was ignored");
        return;
    }
    let branches = kinds
        .into_iter()
        .map(|kind| keywords::branch(schema, kind))
        .collect();
    schema.retain(|key, _| !keywords::is_for_some_kinds(key));
    schema.insert(String::from("anyOf"), Value::Array(branches));
}

/// `anyOf: [{…}, {type: "null"}]`, the way of 3.1 to say that null is allowed.
fn null_branch(schema: &mut Members, union: &str) {
    let Some(Value::Array(branches)) = schema.get_mut(union) else {
        return;
    };
    let before = branches.len();
    branches.retain(|branch| branch.get("type").and_then(Value::as_str) != Some("null"));
    if branches.len() == before || branches.is_empty() {
        return;
    }
    let single = branches.len() == 1;
    if single
        && !schema.contains_key("allOf")
        && let Some(branches) = schema.shift_remove(union)
    {
        schema.insert(String::from("allOf"), branches);
    }
    schema.insert(String::from("nullable"), Value::Bool(true));
}

/// Makes `type` one of the six of OpenAPI 3.0, or removes it.
fn settle_type(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) -> Option<Kind> {
    let written = schema.get("type")?;
    if let Some(kind) = written.as_str().and_then(Kind::exact) {
        return Some(kind);
    }
    let at = Trail::Key(trail, "type");
    let name = written.as_str().unwrap_or_default().to_owned();
    if written.is_null() || name == "null" {
        if !walker.modern {
            let message = "`null` is not a type of OpenAPI 3.0";
            walker
                .report(Code::Malformed, &at, message)
                .help("it was read as `nullable: true`");
        }
        schema.shift_remove("type");
        schema.insert(String::from("nullable"), Value::Bool(true));
        return None;
    }
    let found = scalar::describe(written);
    let message = format!("`type` must be one of the types of JSON Schema, not {found}");
    let diagnostic = walker.report(Code::Malformed, &at, message);
    if name == "file" {
        diagnostic.help("it was read as a string of format `binary`");
        schema.insert(String::from("type"), Value::from("string"));
        schema.insert(String::from("format"), Value::from("binary"));
        return Some(Kind::String);
    }
    let kind = Kind::parse(&name);
    match kind {
        Some(kind) => {
            diagnostic.help(format!("it was read as `{}`", kind.as_str()));
            schema.insert(String::from("type"), Value::from(kind.as_str()));
        }
        None => {
            diagnostic.help("it was ignored");
            schema.shift_remove("type");
        }
    }
    kind
}
