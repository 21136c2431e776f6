//! Responses.

use super::grammar::Members;
use super::walk::Walker;
use crate::diagnostic::Code;
use crate::parse::trail::Trail;
use serde_json::{Map, Value};

/// Whether a key is a status or a range of them; `openapiv3` skips all others.
pub(super) fn is_status(key: &str) -> bool {
    match key.as_bytes() {
        [b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => true,
        [b'1'..=b'9', tens, units] => tens.is_ascii_digit() && units.is_ascii_digit(),
        _ => false,
    }
}

/// `4xx` is `4XX`, and is so called from here on.
pub(super) fn conclude(
    walker: &mut Walker<'_>,
    responses: &mut Members,
    trail: &Trail<'_>,
) -> bool {
    let lower = |key: &&String| is_status(key) && key.contains('x');
    let keys: Vec<String> = responses.keys().filter(lower).cloned().collect();
    for key in keys {
        let upper = key.to_ascii_uppercase();
        let Some(response) = responses.shift_remove(&key) else {
            continue;
        };
        if responses.contains_key(&upper) {
            let at = Trail::Key(trail, &key);
            let message = format!("{} is `{upper}`, which stands here too", at.subject());
            walker
                .report_key(Code::Malformed, &at, message)
                .help("it was left out");
            continue;
        }
        walker.origins.renamed(trail, &key, &upper);
        responses.insert(upper, response);
    }
    true
}

/// Nothing (`204:`) and a bare string are responses with a description only.
pub(super) fn prepare(walker: &mut Walker<'_>, value: &mut Value, trail: &Trail<'_>) {
    walker.expand(value, "description", trail);
    if value.is_null() {
        *value = Value::Object(Map::new());
    }
    // OpenAPI 3.2 does not ask for one.
    if let (true, Value::Object(response)) = (walker.modern, value)
        && !response.contains_key("$ref")
    {
        response
            .entry("description")
            .or_insert_with(|| Value::from(""));
    }
}
