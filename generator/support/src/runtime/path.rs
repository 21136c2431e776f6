//! Paths and query strings: encoding, and refusing what would reach another endpoint.

use super::error::{RequestError, RequestErrorKind};
use super::url::Url;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

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
    utf8_percent_encode(value, VALUE).to_string()
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

/// The path of a template with its parameters filled in. The values are encoded already.
pub(super) fn expand(
    template: &str,
    values: &[(&'static str, String)],
) -> Result<String, RequestError> {
    let mut path = String::with_capacity(template.len() + 16);
    if !template.starts_with('/') && !template.is_empty() {
        path.push('/');
    }
    let mut rest = template;
    while let Some((text, parameter)) = rest.split_once('{') {
        let Some((name, after)) = parameter.split_once('}') else {
            break;
        };
        let Some((_, value)) = values.iter().find(|(known, _)| *known == name) else {
            let message = format!("the path parameter `{name}` is not set");
            return Err(RequestError::new(RequestErrorKind::Path, message));
        };
        path.extend(utf8_percent_encode(text, TEXT));
        path.push_str(value);
        rest = after;
    }
    path.extend(utf8_percent_encode(rest, TEXT));
    Ok(path)
}

/// The URL of `path` below `base`: same origin, and segment for segment what was asked for.
pub(super) fn join(base: &Url, path: &str) -> Result<Url, RequestError> {
    // The parser removes dot segments and the like. What it would change is not sent.
    base.append_path(path).ok_or_else(|| {
        let message = "the path would be read as another one";
        RequestError::new(RequestErrorKind::Path, message)
    })
}

/// The base URL in a configuration, if a client can use it.
pub(super) fn parse_base(text: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text)?;
    if url.query().is_some() {
        return Err("it has a query or a fragment");
    }
    Ok(url)
}
