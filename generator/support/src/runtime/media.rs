//! Media types: what a response says that it is, and which of the declared ones that means.

use http::HeaderMap;
use http::header::CONTENT_TYPE;
use std::borrow::Cow;

/// The `Content-Type` of a response, without parameters and in lower case; empty where it has none,
/// and `None` where nobody can read it.
pub(super) fn essence(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    let Some(value) = headers.get(CONTENT_TYPE) else {
        return Some(Cow::Borrowed(""));
    };
    value.to_str().ok().map(essence_of)
}

/// A media type without its parameters, in lower case.
pub(super) fn essence_of(media_type: &str) -> Cow<'_, str> {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    match essence.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(essence.to_ascii_lowercase()),
        false => Cow::Borrowed(essence),
    }
}

/// A parameter of the `Content-Type` of a response, such as `charset`, in lower case.
pub(super) fn parameter(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let mut parameters = value.split(';').skip(1);
    parameters.find_map(|parameter| {
        let (known, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        let value = value.trim().trim_matches('"');
        (known.trim().eq_ignore_ascii_case(name)).then(|| value.to_ascii_lowercase())
    })
}

/// Whether a media type is JSON, by its name.
pub(super) fn is_json(essence: &str) -> bool {
    matches!(essence, "application/json" | "text/json") || essence.ends_with("+json")
}

/// Whether a media type is what servers say that do not care, or says nothing.
pub(super) fn is_generic(essence: &str) -> bool {
    matches!(essence, "" | "text/plain" | "application/octet-stream")
}

/// A declared media type without its parameters.
fn bare(name: &str) -> &str {
    name.split(';').next().unwrap_or_default()
}

/// Whether a response names a media type with all its parameters.
fn is_named(headers: &HeaderMap, answered: &str, name: &str) -> bool {
    let mut parts = name.split(';').map(str::trim);
    parts.next() == Some(answered)
        && parts.all(|part| {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            parameter(headers, name).is_some_and(|known| known == value)
        })
}

/// Which of the declared media types a response is of: the one that it names, with most parameters,
/// before another kind of JSON, before a range such as `text/*`, before what may stand behind a type
/// that says nothing. Declared ones have parameters where nothing else tells them apart.
pub(super) fn choose(headers: &HeaderMap, declared: &[&'static str]) -> Option<&'static str> {
    // Nearly every response is of the only type that there is, and says so in the same words.
    if let ([only], Some(value)) = (declared, headers.get(CONTENT_TYPE))
        && only.as_bytes() == value.as_bytes()
    {
        return Some(only);
    }
    let answered = essence(headers)?;
    let find = |matches: &dyn Fn(&str) -> bool| declared.iter().copied().find(|name| matches(name));
    let first_json = || find(&|name| is_json(bare(name)));
    let named = declared.iter().copied();
    let exact = named
        .filter(|name| is_named(headers, &answered, name))
        .max_by_key(|name| name.matches(';').count());
    let other_parameters = || find(&|name| bare(name) == answered);
    let json = || is_json(&answered).then(first_json).flatten();
    let range = || {
        let (kind, _) = answered.split_once('/')?;
        find(&|name| name.strip_suffix("/*") == Some(kind))
    };
    let any = || find(&|name| name == "*/*");
    let generic = || is_generic(&answered).then(first_json).flatten();
    let nothing = || (answered.is_empty()).then(|| declared.first().copied())?;
    exact
        .or_else(other_parameters)
        .or_else(json)
        .or_else(range)
        .or_else(any)
        .or_else(generic)
        .or_else(nothing)
}
