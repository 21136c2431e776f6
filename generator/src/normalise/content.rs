//! Media types, references to them, and streams of items.
//!
//! OpenAPI 3.0 has no references here, but documents have, and 3.2 allows them; `openapiv3` cannot
//! hold them. So they are followed at once, into `components.mediaTypes` and nowhere else.

use super::dialect::unexpressed;
use super::grammar::Members;
use super::walk::Walker;
use crate::beside;
use crate::diagnostic::{Code, unescaped};
use crate::parse::trail::Trail;
use serde_json::{Map, Value};

/// Where references from `content` lead.
const SHARED: &str = "#/components/mediaTypes/";

/// The media types that may be referred to.
pub(super) fn shared(document: &Value) -> Map<String, Value> {
    let shared = document
        .pointer("/components/mediaTypes")
        .and_then(Value::as_object);
    shared.cloned().unwrap_or_default()
}

/// Makes a media type of what stands for one, with one schema for the whole body.
pub(super) fn prepare_media_type(walker: &mut Walker<'_>, value: &mut Value, trail: &Trail<'_>) {
    prepare(walker, value, trail);
    if let Value::Object(media_type) = value {
        stream(walker, media_type, trail);
        for (key, private) in POSITIONAL {
            put_aside(walker, media_type, key, private, trail);
        }
    }
}

/// The encodings of OpenAPI 3.2 that go by position, and where they stand from here on.
const POSITIONAL: [(&str, &str); 2] = [
    ("itemEncoding", beside::ITEM_ENCODING),
    ("prefixEncoding", beside::PREFIX_ENCODING),
];

/// Puts encodings aside that `openapiv3` has no room for. What is none is of no use, and stays.
fn put_aside(
    walker: &mut Walker<'_>,
    media_type: &mut Members,
    key: &str,
    private: &str,
    trail: &Trail<'_>,
) {
    media_type.shift_remove(private);
    let is_one = |value: &Value| match value {
        Value::Array(items) => items.iter().all(Value::is_object),
        value => value.is_object(),
    };
    if media_type.get(key).is_some_and(is_one)
        && let Some(value) = media_type.shift_remove(key)
    {
        media_type.insert(private.to_owned(), value);
        walker.origins.prepared(trail, &[key], &[private]);
    }
}

/// `itemSchema` of OpenAPI 3.2 describes each item of a stream (`application/jsonl`,
/// `text/event-stream`): the whole body is a list of them.
fn stream(walker: &mut Walker<'_>, media_type: &mut Members, trail: &Trail<'_>) {
    media_type.shift_remove(beside::STREAM);
    let is_schema = |item: &Value| item.is_object() || item.is_boolean();
    let Some(item) = media_type.get("itemSchema").filter(|item| is_schema(item)) else {
        return;
    };
    let list = Map::from_iter([
        (String::from("type"), Value::from("array")),
        (String::from("items"), item.clone()),
    ]);
    media_type.shift_remove("itemSchema");
    if media_type.contains_key("schema") {
        unexpressed(
            walker,
            trail,
            "schema",
            "the body as a whole has a schema beside that of its items",
        )
        .help("it was ignored: the type is that of an item");
    }
    media_type.insert(String::from("schema"), Value::Object(list));
    walker
        .origins
        .prepared(trail, &["itemSchema"], &["schema", "items"]);
    media_type.insert(beside::STREAM.to_owned(), Value::Bool(true));
}

/// Follows a reference that stands for all media types of a body, or for one of them. Nothing
/// (`text/plain:`) is a media type without a schema.
pub(super) fn prepare(walker: &mut Walker<'_>, value: &mut Value, trail: &Trail<'_>) {
    if value.is_null() {
        let message = format!("{} must be an object, not null", trail.subject());
        walker
            .report_key(Code::Malformed, trail, message)
            .help("it was read as a media type without a schema");
        *value = Value::Object(Map::new());
    }
    let Some(target) = value.get("$ref").and_then(Value::as_str) else {
        return;
    };
    let name = target.strip_prefix(SHARED).map(unescaped);
    let found = name.and_then(|name| walker.shared_content.get(&name));
    // A media type has content of its own only in the headers of its encoding, and it is only
    // there that such references could lead in a circle.
    let is_safe = |found: &&Value| found.get("$ref").is_none() && !trail.passes("encoding");
    if let Some(found) = found.filter(is_safe) {
        *value = found.clone();
        return;
    }
    let at = Trail::Key(trail, "$ref");
    walker
        .report(
            Code::DanglingReference,
            &at,
            "the reference leads to no media type",
        )
        .help("any body is accepted here");
    *value = Value::Object(Map::new());
}

/// Says whether a list is spread over several pairs, which depends on the style: once it is left out,
/// `openapiv3` knows no more than that it is not.
pub(super) fn conclude_encoding(
    _walker: &mut Walker<'_>,
    encoding: &mut Members,
    _trail: &Trail<'_>,
) -> bool {
    let style = encoding.get("style").and_then(Value::as_str);
    let is_form = style.is_none_or(|style| style == "form");
    encoding
        .entry("explode")
        .or_insert_with(|| Value::from(is_form));
    true
}
