//! `contentEncoding` and its companions: strings that hold something else.
//!
//! Specification: <https://json-schema.org/draft/2020-12/json-schema-validation#section-8>.

use super::dialect::{code, note, unexpressed};
use super::grammar::Members;
use super::walk::Walker;
use crate::parse::trail::Trail;
use serde_json::Value;

/// Turns them into the formats of OpenAPI 3.0 where there is one, and into words where not.
pub(super) fn rewrite(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    let encoding = text(schema.shift_remove("contentEncoding"));
    let media_type = text(schema.shift_remove("contentMediaType"));
    let has_schema = schema.shift_remove("contentSchema").is_some();
    let format = match encoding.as_deref().map(str::to_ascii_lowercase).as_deref() {
        Some("base64") => Some("byte"),
        Some("base64url") => Some("base64url"),
        Some("binary") => Some("binary"),
        None if media_type.as_deref().is_some_and(is_binary) => Some("binary"),
        _ => None,
    };
    if let Some(format) = format {
        // `binary` beside `contentEncoding` is what generators write for files of any kind.
        let known = schema.get("format").and_then(Value::as_str);
        if known.is_none_or(|known| known == "binary") {
            schema.insert(String::from("format"), Value::from(format));
        }
        schema
            .entry("type")
            .or_insert_with(|| Value::from("string"));
    } else if let Some(encoding) = &encoding {
        note(schema, &format!("Encoded as {}.", code(encoding)));
    }
    if let Some(media_type) = media_type {
        note(schema, &format!("Holds {}.", code(&media_type)));
    }
    if has_schema {
        let message = "the text of this string has a schema";
        unexpressed(walker, trail, "contentSchema", message)
            .help("the type is that of the encoded string; decode it yourself");
    }
}

fn text(value: Option<Value>) -> Option<String> {
    value.and_then(|value| value.as_str().map(str::to_owned))
}

/// Whether values of a media type are bytes when nothing is said of an encoding.
fn is_binary(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let (kind, subtype) = essence.split_once('/').unwrap_or_default();
    match kind {
        "image" => !subtype.ends_with("+xml"),
        "audio" | "video" | "font" => true,
        "application" => matches!(subtype, "octet-stream" | "pdf" | "zip" | "gzip"),
        _ => false,
    }
}
