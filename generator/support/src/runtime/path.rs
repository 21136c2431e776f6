//! Paths and query strings: encoding, and refusing what would reach another endpoint.

use super::error::{RequestError, RequestErrorKind};
use super::url::Url;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;

/// Room for the values of a path, in bytes: few are longer.
const ROOM_FOR_VALUES: usize = 16;

/// Everything but the unreserved characters of RFC 3986.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What cannot stand for itself in the fixed text of a path.
const TEXT: &AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A value for a path segment or a query string, with every reserved character encoded.
pub(super) fn encode(value: &str) -> String {
    Cow::from(utf8_percent_encode(value, VALUE)).into_owned()
}

/// The same of a value that is not needed any more: nearly every one is written as it is.
pub(super) fn encode_owned(value: String) -> String {
    let encoded = match Cow::from(utf8_percent_encode(&value, VALUE)) {
        // A single sign is borrowed as it is encoded.
        Cow::Borrowed(text) => (text != value).then(|| text.to_owned()),
        Cow::Owned(encoded) => Some(encoded),
    };
    encoded.unwrap_or(value)
}

/// A value for a query string, with reserved characters as they are, and what is encoded already: all
/// but `#`, which ends a query, `&`, `;` and `+`, which mean something in it, and `'`, which parsers of
/// URLs encode.
pub(super) fn encode_reserved(value: &str) -> String {
    const RESERVED: &AsciiSet = &VALUE
        .remove(b':')
        .remove(b'/')
        .remove(b'?')
        .remove(b'[')
        .remove(b']')
        .remove(b'@')
        .remove(b'!')
        .remove(b'$')
        .remove(b'(')
        .remove(b')')
        .remove(b'*')
        .remove(b',')
        .remove(b'=');
    let mut encoded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, after)) = rest.split_once('%') {
        encoded.extend(utf8_percent_encode(before, RESERVED));
        let digits = after.bytes().take(2).filter(u8::is_ascii_hexdigit).count();
        encoded.push_str(if digits == 2 { "%" } else { "%25" });
        rest = after;
    }
    encoded.extend(utf8_percent_encode(rest, RESERVED));
    encoded
}

/// A query string that the user has written: only what cannot stand in one is encoded.
pub(super) fn whole_query(query: &str) -> String {
    const QUERY: &AsciiSet = &TEXT.add(b'\'').remove(b'?').remove(b'[').remove(b']');
    utf8_percent_encode(query, QUERY).to_string()
}

/// Whether a path parameter can be sent: not if it is empty or would be read as a step in the
/// path. Encoding its dots would not help, since URL parsers take `%2e%2e` for `..` as well.
pub(super) fn check_value(name: &str, value: &str) -> Result<(), RequestError> {
    let refuse = |what: &str| {
        let message = format!("the path parameter `{name}` {what}");
        Err(RequestError::new(RequestErrorKind::Path, message))
    };
    if value.is_empty() {
        return refuse("is empty");
    }
    match percent_decode_str(value).decode_utf8_lossy().as_ref() {
        "." | ".." => refuse("would change the path"),
        _ => Ok(()),
    }
}

/// The URL of a template below `base`, with its parameters filled in, and the query of the template, if it
/// has one: same origin, and segment for segment what was asked for. The values are encoded already. A
/// fragment only tells operations apart: it is not sent.
pub(super) fn join(
    base: &Url,
    template: &str,
    values: &[(&'static str, String)],
) -> Result<(Url, Option<String>), RequestError> {
    let template = template.split('#').next().unwrap_or_default();
    let (path, query) = match template.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (template, None),
    };
    let folder = base.folder();
    let mut expanded = String::with_capacity(folder.len() + path.len() + ROOM_FOR_VALUES);
    expanded.push_str(folder);
    if !path.starts_with('/') && !path.is_empty() {
        expanded.push('/');
    }
    fill(&mut expanded, path, values)?;
    let query = query.map(|query| {
        let mut expanded = String::with_capacity(query.len() + ROOM_FOR_VALUES);
        fill(&mut expanded, query, values).map(|()| expanded)
    });
    let query = query.transpose()?;
    // The parser removes dot segments and the like. What it would change is not sent.
    match base.with_path(expanded) {
        Some(url) => Ok((url, query)),
        None => Err(RequestError::new(
            RequestErrorKind::Path,
            "the path would be read as another one",
        )),
    }
}

/// Appends a part of a template with its parameters filled in.
fn fill(
    expanded: &mut String,
    template: &str,
    values: &[(&'static str, String)],
) -> Result<(), RequestError> {
    let mut rest = template;
    while let Some((text, parameter)) = rest.split_once('{') {
        let Some((name, after)) = parameter.split_once('}') else {
            break;
        };
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name) else {
            let message = format!("the path parameter `{name}` is not set");
            return Err(RequestError::new(RequestErrorKind::Path, message));
        };
        expanded.extend(utf8_percent_encode(text, TEXT));
        expanded.push_str(value);
        rest = after;
    }
    expanded.extend(utf8_percent_encode(rest, TEXT));
    Ok(())
}

/// The base URL in a configuration, if a client can use it.
pub(super) fn parse_base(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text)?;
    if url.query().is_some() {
        return Err("it has a query or a fragment");
    }
    Ok(url)
}
