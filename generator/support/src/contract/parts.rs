//! Bodies of parts, and bodies of lines, compared with what was given.

use super::compare::{difference, short};
use serde_json::Value;

/// What is wrong with a body of JSON values, one after the other.
pub fn items(text: &str, value: &Value) -> Option<String> {
    let lines = text.split(['\n', '\u{1e}']).map(str::trim);
    let lines = lines.filter(|line| !line.is_empty());
    let read: Result<Vec<Value>, _> = lines.map(serde_json::from_str).collect();
    match read {
        Ok(read) => difference("body", value, &Value::Array(read)),
        Err(error) => Some(format!("a line of the body is not JSON: {error}")),
    }
}

/// What is wrong with a body of parts: each property is a part, and each item of a list.
pub fn parts(media: &str, text: &str, value: &Value) -> Option<String> {
    let boundary = media.split_once("boundary=").map(|(_, rest)| {
        let boundary = rest.split(';').next().unwrap_or_default();
        boundary.trim_matches('"')
    });
    let Some(boundary) = boundary else {
        return Some(format!("`{media}` has no boundary"));
    };
    let marker = format!("\r\n--{boundary}");
    let text = format!("\r\n{text}");
    let mut sections: Vec<&str> = text.split(&marker).skip(1).collect();
    if sections.pop().map(str::trim_end) != Some("--") {
        return Some("the body of parts has no end".to_owned());
    }
    let mut left: Vec<(String, &str)> = Vec::new();
    for section in sections {
        let Some((head, body)) = section.split_once("\r\n\r\n") else {
            return Some("a part has no head".to_owned());
        };
        let name = head
            .split_once("name=\"")
            .and_then(|(_, rest)| rest.split_once('"'));
        left.push((name.map_or("", |(name, _)| name).replace("%22", "\""), body));
    }
    if let Value::Array(items) = value {
        return in_order(&left, items);
    }
    let given = value.as_object().into_iter().flatten();
    for (name, value) in given.filter(|(_, value)| !value.is_null()) {
        if let Some(found) = left
            .iter()
            .position(|(known, body)| known == name && says(body, value))
        {
            left.remove(found);
            continue;
        }
        let items = value.as_array().map_or(&[][..], Vec::as_slice);
        if value.is_array() {
            for item in items {
                let found = left
                    .iter()
                    .position(|(known, body)| known == name && says(body, item));
                match found {
                    Some(found) => _ = left.remove(found),
                    None => return Some(format!("no part `{name}` says {}", short(item))),
                }
            }
            continue;
        }
        return Some(format!("no part `{name}` says {}", short(value)));
    }
    let (name, _) = left.first()?;
    Some(format!("there is a part `{name}`, which was not given"))
}

/// What is wrong with parts that have no names: each item is one.
fn in_order(parts: &[(String, &str)], items: &[Value]) -> Option<String> {
    if parts.len() != items.len() {
        return Some(format!("{} parts came of {}", parts.len(), items.len()));
    }
    let mut pairs = parts.iter().zip(items);
    let (_, item) = pairs.find(|((_, body), item)| !says(body, item))?;
    Some(format!("a part does not say {}", short(item)))
}

/// Whether the text of a part is a value: as it is, or as JSON.
fn says(text: &str, value: &Value) -> bool {
    if value.as_str() == Some(text) {
        return true;
    }
    let read = serde_json::from_str::<Value>(text);
    read.is_ok_and(|read| difference("", value, &read).is_none())
}
