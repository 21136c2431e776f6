//! Media types by their names: what of a body can be told before anything else is known.

/// The name of a media type without its parameters, in lower case.
#[must_use]
pub fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type is JSON, by its name without parameters.
#[must_use]
pub fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether a media type is that of server-sent events.
#[must_use]
pub fn is_events(essence: &str) -> bool {
    essence == "text/event-stream"
}

/// Whether a media type is that of JSON values one after the other.
#[must_use]
pub fn is_sequence(essence: &str) -> bool {
    let subtype = essence.strip_prefix("application/").unwrap_or_default();
    let subtype = subtype.strip_prefix("x-").unwrap_or(subtype);
    subtype.ends_with("json-seq")
        || matches!(
            subtype,
            "ndjson" | "nd-json" | "jsonl" | "jsonlines" | "json-lines" | "stream+json"
        )
}

/// Whether a body of this media type is a stream of items.
#[must_use]
pub fn is_of_items(essence: &str) -> bool {
    is_events(essence) || is_sequence(essence)
}
