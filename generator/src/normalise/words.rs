//! Words of OpenAPI 3.1 and 3.2 that 3.0 has no field for: they go into the description.

use super::dialect::{code, note};
use super::grammar::Members;
use super::walk::Walker;
use crate::parse::trail::Trail;
use serde_json::Value;

/// A `summary` stands before the description.
pub(super) fn summary(_: &mut Walker<'_>, node: &mut Members, _: &Trail<'_>) -> bool {
    lead(node, "summary");
    true
}

/// The `name` of a server stands before its description.
pub(super) fn name(_: &mut Walker<'_>, server: &mut Members, _: &Trail<'_>) -> bool {
    lead(server, "name");
    true
}

/// The `summary` of a tag, and the tag that it is a part of.
pub(super) fn tag(_: &mut Walker<'_>, tag: &mut Members, _: &Trail<'_>) -> bool {
    lead(tag, "summary");
    if let Some(Value::String(parent)) = tag.shift_remove("parent") {
        note(tag, &format!("Part of {}.", code(&parent)));
    }
    true
}

fn lead(node: &mut Members, key: &str) {
    let Some(Value::String(words)) = node.shift_remove(key) else {
        return;
    };
    let description = node
        .get("description")
        .and_then(Value::as_str)
        .filter(|description| !description.trim().is_empty());
    let description = match description {
        Some(description) if description.trim() != words.trim() => {
            format!("{words}\n\n{description}")
        }
        _ => words,
    };
    if !description.trim().is_empty() {
        node.insert(String::from("description"), Value::String(description));
    }
}
