//! Media types by their names: what of a body can be told before anything else is known.

/// The name of a media type without its parameters, in lower case.
#[must_use]
pub fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// What tells a media type from the others that are declared beside it: its name, with the parameters
/// where another one has the same. How text is encoded makes no other media type.
#[must_use]
pub fn telling<'n>(name: &str, all: impl Iterator<Item = &'n str>) -> String {
    let own = essence(name);
    let same = all.filter(|other| essence(other) == own);
    if same.count() < 2 {
        return own;
    }
    let parameters = name.to_ascii_lowercase().replace('"', "");
    let parameters = parameters.split(';').skip(1).map(str::trim);
    let is_telling = |part: &&str| !part.is_empty() && !part.starts_with("charset");
    std::iter::once(own.as_str())
        .chain(parameters.filter(is_telling))
        .collect::<Vec<_>>()
        .join("; ")
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

#[cfg(test)]
mod tests {
    use super::telling;

    #[test]
    fn parameters_count_where_names_are_the_same() {
        let cases: &[(&str, &[&str], &str)] = &[
            ("Text/CSV; header=present", &["text/plain"], "text/csv"),
            ("a/b; V=\"2\" ;w", &["a/b"], "a/b; v=2; w"),
            ("a/b; charset=utf-8", &["a/b; v=2"], "a/b"),
            ("a/b", &["A/B; v=2"], "a/b"),
        ];
        for (name, others, expected) in cases {
            let all = others.iter().copied().chain([*name]);
            assert_eq!(telling(name, all), *expected, "{name} beside {others:?}");
        }
    }
}
