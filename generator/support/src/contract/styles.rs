//! Parameters and forms, read by their styles as a server reads them: the inverse of writing them.

use super::compare::says;
use serde_json::Value;

/// Raw names and values of a query, a form or a list of cookies.
pub type Pairs = Vec<(String, String)>;

/// How a value is written, as the document says it.
#[derive(Clone, Copy, Debug)]
pub struct Written<'d> {
    /// The name.
    pub name: &'d str,
    /// `simple`, `form`, …, or `json`.
    pub style: &'d str,
    /// Whether its parts are apart.
    pub explode: bool,
}

/// Whether raw pairs of a query, a form or a list of cookies hold a value. Those that do are taken out.
pub fn in_pairs(how: Written<'_>, value: &Value, pairs: &mut Pairs) -> bool {
    let is_deep = how.style == "deepObject";
    let is_exploded =
        how.explode && matches!(how.style, "form" | "spaceDelimited" | "pipeDelimited");
    let apart = is_exploded || is_deep;
    // What lists are in `deepObject`, and lists of lists and of objects anywhere, is not said;
    // brackets are in use.
    let is_nested = is_deep && value.is_array()
        || value.as_array().is_some_and(|items| {
            let mut items = items.iter();
            items.any(|item| item.is_object() || item.is_array())
        });
    match value {
        Value::Object(_) | Value::Array(_) if apart && (value.is_object() || is_nested) => {
            let inside = is_deep || is_nested;
            let path = |key: &str| match (inside, bracketed(key)) {
                (true, (name, path)) => (name == how.name).then_some(path),
                (false, (name, mut path)) => {
                    path.insert(0, name.clone());
                    value.get(&name).map(|_| path)
                }
            };
            let mut found = Vec::new();
            pairs.retain(|(key, text)| match path(&decoded(key)) {
                Some(path) => {
                    found.push((path, decoded(text)));
                    false
                }
                None => true,
            });
            are_leaves(value, &found)
        }
        Value::Array(items) if is_exploded => {
            let texts = take(how.name, pairs);
            texts.len() == items.len()
                && texts
                    .iter()
                    .zip(items)
                    .all(|(text, item)| says(&decoded(text), item))
        }
        _ => match take(how.name, pairs).as_slice() {
            [text] => in_text(how, value, text),
            _ => false,
        },
    }
}

fn take(name: &str, pairs: &mut Pairs) -> Vec<String> {
    let mut texts = Vec::new();
    pairs.retain(|(key, text)| {
        let is_it = decoded(key) == name;
        if is_it {
            texts.push(text.clone());
        }
        !is_it
    });
    texts
}

/// Whether one raw text is a value.
pub fn in_text(how: Written<'_>, value: &Value, raw: &str) -> bool {
    let text = match how.style {
        "label" => raw.strip_prefix('.'),
        "matrix" => raw.strip_prefix(';'),
        _ => Some(raw),
    };
    let Some(text) = text else {
        return false;
    };
    if how.style == "json" {
        return serde_json::from_str::<Value>(&decoded(text))
            .is_ok_and(|read| super::compare::difference("", value, &read).is_none());
    }
    if how.style == "matrix" && !(how.explode && (value.is_object() || value.is_array())) {
        let Some((name, text)) = text.split_once('=') else {
            return false;
        };
        let plain = Written {
            style: "simple",
            ..how
        };
        return decoded(name) == how.name && in_text(plain, value, text);
    }
    in_parts(how, value, text)
}

/// Whether the parts of a text are those of a value, or the whole text is a scalar.
fn in_parts(how: Written<'_>, value: &Value, text: &str) -> bool {
    let separator = match (how.style, how.explode) {
        ("label", true) => ".",
        ("matrix", _) => ";",
        ("spaceDelimited", _) => "%20",
        ("pipeDelimited", _) => "%7C",
        _ => ",",
    };
    let text = match separator {
        "%20" => text.replace('+', "%20"),
        "%7C" => text.replace('|', "%7C"),
        _ => text.to_owned(),
    };
    let parts = || text.split(separator);
    match value {
        Value::Array(items) => {
            let parts: Vec<&str> = parts().collect();
            let unnamed = |part: &str| match how.style {
                "matrix" => part.split_once('=').map(|(_, text)| decoded(text)),
                _ => Some(decoded(part)),
            };
            parts.len() == items.len()
                && parts
                    .iter()
                    .zip(items)
                    .all(|(part, item)| unnamed(part).is_some_and(|part| says(&part, item)))
        }
        Value::Object(_) => {
            let pairs: Vec<(Vec<String>, String)> = if how.explode {
                let pairs = parts().filter_map(|part| part.split_once('='));
                pairs
                    .map(|(key, text)| (path(&decoded(key)), decoded(text)))
                    .collect()
            } else {
                let parts: Vec<&str> = parts().collect();
                let pairs = parts.chunks(2).filter_map(|pair| match pair {
                    [key, text] => Some((vec![decoded(key)], decoded(text))),
                    _ => None,
                });
                pairs.collect()
            };
            are_leaves(value, &pairs)
        }
        scalar => says(&decoded(&text), scalar),
    }
}

/// `a[b][]` is `a`, and below it `b`. Numbers and empty brackets are places of lists.
fn bracketed(key: &str) -> (String, Vec<String>) {
    let mut path = path(key);
    let name = if path.is_empty() {
        String::new()
    } else {
        path.remove(0)
    };
    (name, path)
}

fn path(key: &str) -> Vec<String> {
    let mut parts = key.split('[');
    let mut path = vec![parts.next().unwrap_or_default().to_owned()];
    path.extend(parts.map(|part| part.trim_end_matches(']').to_owned()));
    path
}

/// Whether texts by path are the scalars of a value. A part may be JSON text.
fn are_leaves(value: &Value, found: &[(Vec<String>, String)]) -> bool {
    let mut left: Vec<_> = found.iter().collect();
    let mut path = Vec::new();
    is_there(value, &mut path, &mut left) && left.is_empty()
}

fn is_there(value: &Value, path: &mut Vec<String>, left: &mut Vec<&(Vec<String>, String)>) -> bool {
    let whole = left
        .iter()
        .position(|(known, text)| known == path && says(text, value));
    if let Some(index) = whole {
        left.remove(index);
        return true;
    }
    match value {
        Value::Null => true,
        Value::Object(members) => members.iter().all(|(key, value)| {
            path.push(key.clone());
            let is_there = is_there(value, path, left);
            path.pop();
            is_there
        }),
        Value::Array(items) => items.iter().enumerate().all(|(index, value)| {
            [Some(index.to_string()), Some(String::new()), None]
                .into_iter()
                .any(|step| {
                    let depth = path.len();
                    path.extend(step);
                    let is_there = is_there(value, path, left);
                    path.truncate(depth);
                    is_there
                })
        }),
        _ => false,
    }
}

/// The pairs of a query or form, still encoded.
pub fn pairs(text: &str, separator: char) -> Pairs {
    let parts = text
        .split(separator)
        .map(str::trim)
        .filter(|part| !part.is_empty());
    let pairs = parts.map(|part| part.split_once('=').unwrap_or((part, "")));
    pairs
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

/// Without percent-encoding; `+` stays.
pub fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Without percent-encoding, as forms have it: `+` is a space.
fn decoded(text: &str) -> String {
    percent_decoded(&text.replace('+', " "))
}
