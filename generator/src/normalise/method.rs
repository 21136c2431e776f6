//! Operations with methods for which OpenAPI 3.0 has no field: `query` and `additionalOperations`.

use super::grammar::Members;
use super::walk::Walker;
use crate::beside;
use crate::diagnostic::Code;
use crate::parse::trail::Trail;
use crate::token::is_token;
use serde_json::{Map, Value};

/// The methods that have a field of their own.
const FIELDS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Puts them beside: `openapiv3` has no room for them.
pub(super) fn conclude(walker: &mut Walker<'_>, item: &mut Members, trail: &Trail<'_>) -> bool {
    if let Some(operation) = item.shift_remove("query") {
        walker.origins.renamed(trail, "query", beside::QUERY);
        item.insert(beside::QUERY.to_owned(), operation);
    }
    if let Some(Value::Object(additional)) = item.shift_remove("additionalOperations") {
        let at = Trail::Key(trail, "additionalOperations");
        let mut kept = Map::new();
        for (method, operation) in additional {
            if is_usable(walker, &method, &at) {
                kept.insert(method, operation);
            }
        }
        if !kept.is_empty() {
            walker
                .origins
                .renamed(trail, "additionalOperations", beside::OPERATIONS);
            item.insert(beside::OPERATIONS.to_owned(), Value::Object(kept));
        }
    }
    true
}

/// A method is a token of HTTP, and one with a field is written there.
fn is_usable(walker: &mut Walker<'_>, method: &str, trail: &Trail<'_>) -> bool {
    let lower = method.to_ascii_lowercase();
    let has_field = lower == "query" || FIELDS.contains(&lower.as_str());
    if is_token(method) && !has_field {
        return true;
    }
    let at = Trail::Key(trail, method);
    let message = format!("{} is not an additional method", at.subject());
    let help = if has_field {
        format!("it was left out; write it as `{lower}` of the path item")
    } else {
        String::from("it was left out; a method is a word, such as `COPY`")
    };
    walker.report_key(Code::Malformed, &at, message).help(help);
    false
}
