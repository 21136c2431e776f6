//! References: where they may lead, and what may stand beside them.
//!
//! They are not resolved here, and `bundle` has made them local as far as they can be followed. What
//! is settled is that a reference is a string, and alone: `openapiv3` ignores everything beside it.

use super::bundle::{self, Refusal};
use super::scalar::describe;
use super::walk::Walker;
use crate::diagnostic::Code;
use crate::parse::trail::Trail;
use serde_json::{Map, Value};

/// What stands at a place that may hold a reference.
pub(super) enum Found {
    /// No reference: the object itself.
    Nothing,
    /// A usable reference, alone.
    Reference,
    /// A reference that is not followed; it was reported.
    Unusable,
}

/// Members beside a `$ref` that describe the place and not the schema. OpenAPI 3.0 says to ignore
/// them (<https://spec.openapis.org/oas/v3.0.4#reference-object>), but everybody means them.
const ANNOTATIONS: &[&str] = &[
    "description",
    "nullable",
    "deprecated",
    "readOnly",
    "writeOnly",
    "default",
];

/// Members beside a `$ref` that say nothing, or nothing that the reference does not say better.
const SILENT: &[&str] = &[
    "type",
    "title",
    "example",
    "examples",
    "summary",
    "xml",
    "externalDocs",
];

/// Looks for a reference, and makes it one that `openapiv3` and lowering understand.
pub(super) fn check(
    walker: &mut Walker<'_>,
    value: &mut Value,
    is_schema: bool,
    trail: &Trail<'_>,
) -> Found {
    let Some(members) = value.as_object_mut() else {
        return Found::Nothing;
    };
    let at = Trail::Key(trail, "$ref");
    let target = match members.get("$ref") {
        None => return Found::Nothing,
        Some(Value::String(target)) if !target.is_empty() => target,
        Some(other) => {
            let message = format!("`$ref` must be a reference, not {}", describe(other));
            walker
                .report(Code::Malformed, &at, message)
                .help("it was ignored");
            members.shift_remove("$ref");
            return Found::Nothing;
        }
    };
    if !target.starts_with('#') {
        let index = bundle::refused(target);
        return refused(walker, value, index, is_schema, &at);
    }
    if members.len() > 1 {
        if is_schema {
            siblings(walker, members, trail);
            return if members.contains_key("$ref") {
                Found::Reference
            } else {
                Found::Nothing
            };
        }
        describe_target(walker, members, trail);
        members.retain(|key, _| key == "$ref");
    }
    Found::Reference
}

/// A reference to something else than a schema may describe it; all else has no effect.
fn describe_target(walker: &mut Walker<'_>, members: &Map<String, Value>, trail: &Trail<'_>) {
    let words = ["description", "summary"].iter();
    let words = words.filter_map(|key| members.get(*key)?.as_str());
    if let Some(words) = words.map(str::trim).find(|words| !words.is_empty()) {
        walker.described.insert(trail.pointer(), words.to_owned());
    }
    for key in members.keys() {
        let is_known = matches!(key.as_str(), "$ref" | "description" | "summary")
            || SILENT.contains(&key.as_str())
            || key.starts_with("x-");
        if !is_known {
            let message = format!("`{}` has no effect beside `$ref`", key.escape_debug());
            walker
                .report_key(Code::Malformed, &Trail::Key(trail, key), message)
                .help("it was ignored; write it where the reference leads");
        }
    }
}

/// A reference that is not followed.
fn refused(
    walker: &mut Walker<'_>,
    value: &mut Value,
    index: Option<usize>,
    is_schema: bool,
    at: &Trail<'_>,
) -> Found {
    let refusal = index.and_then(|index| walker.refusals.get(index));
    // References at places that no document has are not looked at before the walk.
    let (code, message, label, advice) = refusal.unwrap_or(&Refusal::Outside).words();
    let done = if is_schema {
        "any value is accepted here"
    } else {
        "the node was left out"
    };
    walker
        .report(code, at, message)
        .label(label)
        .help(format!("{done}; {advice}"));
    if !is_schema {
        return Found::Unusable;
    }
    if let Some(members) = value.as_object_mut() {
        members.retain(|key, _| ANNOTATIONS.contains(&key.as_str()));
    }
    Found::Nothing
}

/// A schema reference with other members: those that mean something are put around the reference,
/// `{allOf: [{$ref}], …}`.
fn siblings(walker: &mut Walker<'_>, members: &mut Map<String, Value>, trail: &Trail<'_>) {
    let modern = walker.modern;
    let mut ignored = Vec::new();
    members.retain(|key, value| {
        let key = key.as_str();
        if key == "$ref" {
            return true;
        }
        if ANNOTATIONS.contains(&key) {
            return !matches!(value, Value::Null | Value::Bool(false)) || key == "default";
        }
        if SILENT.contains(&key) || key.starts_with("x-") {
            return false;
        }
        if !modern {
            ignored.push(key.to_owned());
        }
        modern
    });
    for key in ignored {
        let at = Trail::Key(trail, &key);
        walker
            .report_key(
                Code::Malformed,
                &at,
                format!("`{key}` has no effect beside `$ref`"),
            )
            .help("it was ignored; put both into an `allOf` to combine them");
    }
    if members.len() == 1 {
        return;
    }
    let Some(reference) = members.shift_remove("$ref") else {
        return;
    };
    let reference = Value::Object(Map::from_iter([(String::from("$ref"), reference)]));
    match members.get_mut("allOf") {
        Some(Value::Array(parts)) => parts.push(reference),
        _ => {
            members.insert(String::from("allOf"), Value::Array(vec![reference]));
        }
    }
}
