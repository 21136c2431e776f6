//! `type`: one of six names in OpenAPI 3.0; a list of them, and null, in JSON Schema.

use super::dialect::unexpressed;
use super::grammar::Members;
use super::keywords::{self, Kind};
use super::scalar;
use super::walk::Walker;
use crate::diagnostic::Code;
use crate::parse::trail::Trail;
use serde_json::Value;

/// Keywords with which a schema says of itself what its values are.
const TYPED: &[&str] = &[
    "type",
    "$ref",
    "enum",
    "const",
    "properties",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
];

/// `type: [string, "null"]`, and lists of several types, which become a union.
pub(super) fn list(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    let Some(Value::Array(listed)) = schema.shift_remove("type") else {
        return;
    };
    let at = Trail::Key(trail, "type");
    if !walker.modern {
        let message = "a list of types is not part of OpenAPI 3.0";
        walker
            .report(Code::Malformed, &at, message)
            .help("it was read as OpenAPI 3.1 reads it");
    }
    let is_null = |name: &Value| name.is_null() || name.as_str() == Some("null");
    let has_null = listed.iter().any(is_null);
    let mut kinds: Vec<Kind> = Vec::new();
    for name in listed.iter().filter(|name| !is_null(name)) {
        match name.as_str().and_then(Kind::parse) {
            Some(kind) if kinds.contains(&kind) => {}
            Some(kind) => kinds.push(kind),
            None => {
                let found = scalar::describe(name);
                let message = format!("{found} is not a type of JSON Schema");
                walker
                    .report(Code::Malformed, &at, message)
                    .help("it was left out of the list");
            }
        }
    }
    if kinds.contains(&Kind::Number) {
        kinds.retain(|kind| *kind != Kind::Integer);
    }
    narrow_to_values(schema, &mut kinds);
    match kinds.as_slice() {
        [] if has_null => only_null(schema),
        [] => {}
        [kind] => {
            schema.insert(String::from("type"), Value::from(kind.as_str()));
        }
        _ => several(walker, schema, &kinds, trail),
    }
    if has_null {
        schema.insert(String::from("nullable"), Value::Bool(true));
    }
}

/// Of the types of an enumeration, only those of its values matter; one that has values of several
/// types says itself what they are.
fn narrow_to_values(schema: &Members, kinds: &mut Vec<Kind>) {
    let values = match (schema.get("const"), schema.get("enum")) {
        (Some(value), _) => std::slice::from_ref(value),
        (None, Some(Value::Array(values))) => values,
        _ => return,
    };
    let mut found: Vec<Kind> = Vec::new();
    for value in values {
        let kind = kinds.iter().find(|kind| kind.admits(value));
        found.extend(kind.filter(|kind| !found.contains(kind)));
    }
    if !found.is_empty() {
        *kinds = found;
    }
}

/// Several types, each with the keywords that are for it.
fn several(walker: &mut Walker<'_>, schema: &mut Members, kinds: &[Kind], trail: &Trail<'_>) {
    if schema.contains_key("enum") || schema.contains_key("const") {
        // The values say what they are.
        schema.retain(|key, _| !keywords::is_for_some_kinds(key));
        return;
    }
    let unions = ["anyOf", "oneOf"].into_iter();
    if let Some(union) = unions.clone().find(|union| schema.contains_key(*union)) {
        let says_types = |branch: &Value| TYPED.iter().any(|key| branch.get(*key).is_some());
        let branches = schema.get(union).and_then(Value::as_array);
        if branches.is_some_and(|branches| branches.iter().all(says_types)) {
            // The alternatives say it again, and better.
            return;
        }
        unexpressed(
            walker,
            trail,
            union,
            "the alternatives only constrain the types beside them",
        )
        .help("a value is of any of the types; the alternatives are not checked");
        unions.for_each(|union| {
            schema.shift_remove(union);
        });
    }
    let branches: Vec<_> = kinds
        .iter()
        .map(|kind| keywords::branch(schema, *kind))
        .collect();
    for (index, branch) in branches.iter().enumerate() {
        let index = index.to_string();
        let moved = branch.as_object().into_iter().flat_map(Members::keys);
        for key in moved.filter(|key| *key != "type") {
            walker
                .origins
                .prepared(trail, &[key], &["anyOf", &index, key]);
        }
    }
    schema.retain(|key, _| !keywords::is_for_some_kinds(key));
    schema.insert(String::from("anyOf"), Value::Array(branches));
}

/// Null is the only value: 3.0 says so with an enumeration.
fn only_null(schema: &mut Members) {
    schema.shift_remove("const");
    schema.insert(String::from("enum"), Value::Array(vec![Value::Null]));
    schema.insert(String::from("nullable"), Value::Bool(true));
}

/// Branches of `anyOf` and `oneOf` that no value fits, and those that only null fits: 3.0 has
/// `nullable` for them.
pub(super) fn branches(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    for union in ["anyOf", "oneOf"] {
        let Some(Value::Array(branches)) = schema.get_mut(union) else {
            continue;
        };
        let before = branches.len();
        let mut has_null = false;
        let (mut index, mut kept) = (0, Vec::new());
        branches.retain(|branch| {
            let is_null = is_only_null(branch);
            has_null |= is_null;
            let keep = !is_null && *branch != Value::Bool(false);
            if keep {
                kept.push(index);
            }
            index += 1;
            keep
        });
        let left = branches.len();
        if left == before {
            continue;
        }
        if has_null && !walker.modern {
            let at = Trail::Key(trail, union);
            let message = "`null` is not a type of OpenAPI 3.0";
            walker
                .report(Code::Malformed, &at, message)
                .help("it was read as `nullable: true`");
        }
        if left == 0 {
            schema.shift_remove(union);
            if has_null {
                only_null(schema);
            }
            continue;
        }
        let mut now = union;
        if left == 1
            && !schema.contains_key("allOf")
            && let Some(branches) = schema.shift_remove(union)
        {
            schema.insert(String::from("allOf"), branches);
            now = "allOf";
        }
        for (new, old) in kept.iter().enumerate() {
            let (new, old) = (new.to_string(), old.to_string());
            walker.origins.prepared(trail, &[union, &old], &[now, &new]);
        }
        if has_null {
            schema.insert(String::from("nullable"), Value::Bool(true));
        }
    }
}

/// Whether a schema says that null is its only value, in one of the many ways.
fn is_only_null(schema: &Value) -> bool {
    let is_null = |name: &Value| name.is_null() || name.as_str() == Some("null");
    let by_type = match schema.get("type") {
        Some(Value::Array(names)) => !names.is_empty() && names.iter().all(is_null),
        Some(name) => is_null(name),
        None => false,
    };
    by_type || schema.get("const").is_some_and(Value::is_null)
}

/// The type of a format that stands alone: whoever names one means the values that it is for.
fn by_format(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) -> Option<Kind> {
    let format = schema.get("format")?.as_str()?;
    let is_typed = TYPED.iter().any(|key| schema.contains_key(*key));
    // A part of another schema may have its type beside it.
    let is_part = ["allOf", "anyOf", "oneOf", "not"]
        .iter()
        .any(|key| trail.passes(key));
    let kind = Kind::of_format(format)?;
    if is_typed || is_part || keywords::has_others(schema, kind) {
        return None;
    }
    let message = "`format` says nothing without a `type`";
    walker
        .report(Code::Malformed, trail, message)
        .help(format!("the type was read as `{}`", kind.as_str()));
    schema.insert(String::from("type"), Value::from(kind.as_str()));
    Some(kind)
}

/// Makes `type` one of the six of OpenAPI 3.0, or removes it.
pub(super) fn settle(
    walker: &mut Walker<'_>,
    schema: &mut Members,
    trail: &Trail<'_>,
) -> Option<Kind> {
    let Some(written) = schema.get("type") else {
        return by_format(walker, schema, trail);
    };
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
        only_null(schema);
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
