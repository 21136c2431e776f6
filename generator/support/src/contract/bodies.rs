//! Whether a body is what the document says of the media type in which it was to be sent.

use super::compare::{difference, short};
use super::media;
use super::parts;
use super::server::Received;
use super::styles::{Written, in_pairs, pairs};
use serde_json::Value;

/// What is wrong with the body of a request; `sent` says what was given, and in which media type.
pub fn body(received: &Received, operation: &Value, sent: &Value) -> Option<String> {
    let Some(value) = sent.get("body") else {
        let is_empty = received.body.is_empty();
        return (!is_empty).then(|| "there is a body that was not given".to_owned());
    };
    let Some(described) = described(operation, sent) else {
        return Some("the body is none of those of the document".to_owned());
    };
    let word = |key: &str| {
        let word = described.get(key).and_then(Value::as_str);
        word.unwrap_or_default()
    };
    let (declared, sent_as) = (
        word("media"),
        received.header("content-type").unwrap_or_default(),
    );
    if !media::is_of(&sent_as, declared) {
        return Some(format!("the body is `{sent_as}` and not `{declared}`"));
    }
    let text = String::from_utf8_lossy(&received.body);
    match word("kind") {
        "json" => match serde_json::from_slice::<Value>(&received.body) {
            Ok(read) => difference("body", value, &read),
            Err(error) => Some(format!("the body is not JSON: {error}")),
        },
        "form" => form(&text, described.get("encoding"), value),
        "items" => parts::items(&text, value),
        "multipart" | "parts" => parts::parts(&sent_as, &text, value),
        _ => (value.as_str() != Some(&text)).then(|| "the body is another one".to_owned()),
    }
}

/// What the document says of the body that was chosen.
fn described<'o>(operation: &'o Value, sent: &Value) -> Option<&'o Value> {
    let bodies = operation.get("bodies").and_then(Value::as_array)?;
    let mut bodies = bodies.iter();
    bodies.find(|body| body.get("choice") == sent.get("choice"))
}

/// Each property in its own style.
fn form(text: &str, encodings: Option<&Value>, value: &Value) -> Option<String> {
    let mut left = pairs(text, '&');
    for (name, value) in value.as_object().into_iter().flatten() {
        let encoding = encodings.and_then(|encodings| encodings.get(name));
        let word = |key: &str| encoding.and_then(|encoding| encoding.get(key));
        let style = word("style").and_then(Value::as_str).unwrap_or("form");
        let explode = word("explode")
            .and_then(Value::as_bool)
            .unwrap_or(style == "form");
        let is_nested = value.is_object()
            || value
                .as_array()
                .is_some_and(|items| items.iter().any(|item| item.is_object() || item.is_array()));
        // What a form does with objects is not said; brackets and JSON are both in use.
        let style = if is_nested { "deepObject" } else { style };
        let how = Written {
            name,
            style,
            explode,
        };
        let before = left.clone();
        let is_empty = value.is_null() || value.as_array().is_some_and(Vec::is_empty);
        if !in_pairs(how, value, &mut left) && !is_empty {
            left = before;
            let json = Written {
                style: "json",
                explode: false,
                ..how
            };
            if !in_pairs(json, value, &mut left) {
                return Some(format!(
                    "the form's `{name}` does not say {}: {text}",
                    short(value)
                ));
            }
        }
    }
    let (name, _) = left.first()?;
    Some(format!("the form has `{name}`, which was not given"))
}
