//! The request that a mock waits for, and whether one that has arrived is it.

use super::api::{Api, SchemeKind};
use super::call::Call;
use super::error::RequestError;
use super::header::latin;
use super::loopback::Received;
use super::media;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A request, as far as the operation decides about it.
#[derive(Debug)]
pub(super) struct Expected {
    pub(super) operation: &'static str,
    method: String,
    /// Path and query.
    target: String,
    /// The path with variables, below the path of the server.
    template: String,
    headers: HeaderMap,
    cookies: Vec<String>,
    /// Nothing for a stream, which can be read only once.
    body: Option<Vec<u8>>,
    /// Query parameters that are credentials.
    secrets: Vec<&'static str>,
    /// Whether the arguments of the operation do not matter.
    pub(super) any_arguments: bool,
}

impl Expected {
    /// What a call would send.
    pub(super) fn of(call: Call<'_>) -> Result<Self, RequestError> {
        if let Some(error) = call.refused {
            return Err(error);
        }
        let settings = &call.client.settings;
        let url = call.url()?.to_string();
        let server = call.server_url()?.to_string();
        let mut headers = call.headers;
        headers.extend(call.extra_headers.into_iter().flat_map(|extra| *extra));
        Ok(Self {
            operation: call.operation.id,
            method: call.method.to_string(),
            target: path_of(&url).to_owned(),
            template: format!(
                "{}{}",
                path_of(&server).trim_end_matches('/'),
                call.operation
                    .path
                    .split(['?', '#'])
                    .next()
                    .unwrap_or_default()
            ),
            headers,
            cookies: call.cookies.iter().map(|(_, pair)| pair.clone()).collect(),
            body: call.body.as_bytes().map(<[u8]>::to_vec),
            secrets: secrets(settings.api),
            any_arguments: false,
        })
    }

    /// Method and path, for messages.
    pub(super) fn shown(&self) -> String {
        let place = match self.any_arguments {
            true => &self.template,
            false => &self.target,
        };
        format!("{} {place}", self.method)
    }

    /// What is different about a request; nothing where it is the one.
    pub(super) fn difference(&self, received: &Received) -> Option<String> {
        if received.method != self.method {
            return Some("the method is another one".to_owned());
        }
        let (path, query) = halves(&received.target);
        if self.any_arguments {
            let fits = same_segments(&self.template, path, fits);
            return (!fits).then(|| "the path is another one".to_owned());
        }
        let (expected_path, expected_query) = halves(&self.target);
        if !same_segments(expected_path, path, |one, other| decoded(one) == other) {
            return Some("the path is another one".to_owned());
        }
        let query = self.pairs(query);
        let expected_query = self.pairs(expected_query);
        if query != expected_query {
            return Some(format!("the query is not {expected_query:?}"));
        }
        let differs = |name: &str, value: &HeaderValue| {
            let (value, known) = (latin(value), received.header(name).unwrap_or_default());
            let is_multipart = |value: &str| value.starts_with("multipart/");
            known != value && !(is_multipart(&value) && is_multipart(&known))
        };
        let mut headers = self.headers.iter();
        if let Some((name, _)) = headers.find(|(name, value)| differs(name.as_str(), value)) {
            return Some(format!("the header `{name}` is another one"));
        }
        let cookies = received.header("cookie").unwrap_or_default();
        let cookies: Vec<&str> = cookies.split(';').map(str::trim).collect();
        if self
            .cookies
            .iter()
            .any(|pair| !cookies.contains(&pair.as_str()))
        {
            return Some("a cookie is not there".to_owned());
        }
        let same = self
            .body
            .as_ref()
            .is_none_or(|body| self.is_body(body, received));
        (!same).then(|| "the body is another one".to_owned())
    }

    /// The pairs of a query by name, those of one name in their order, without credentials.
    fn pairs(&self, query: &str) -> Vec<(String, String)> {
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
        let pairs = pairs.map(|(name, value)| (decoded(name), decoded(value)));
        let mut pairs: Vec<_> = pairs
            .filter(|(name, _)| !self.secrets.contains(&name.as_str()))
            .collect();
        pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
        pairs
    }

    /// JSON is compared as values, and in forms of several parts the boundary does not matter.
    fn is_body(&self, expected: &[u8], received: &Received) -> bool {
        if media::essence(&self.headers).is_some_and(|essence| media::is_json(&essence))
            && let (Ok(one), Ok(other)) = (
                serde_json::from_slice::<Value>(expected),
                serde_json::from_slice::<Value>(&received.body),
            )
        {
            return one == other;
        }
        let known = self.headers.get(CONTENT_TYPE).map(latin);
        let other = received.header(CONTENT_TYPE.as_str());
        let boundaries = known.as_deref().and_then(boundary);
        match (boundaries, other.as_deref().and_then(boundary)) {
            (Some(one), Some(two)) => without(expected, one) == without(&received.body, two),
            _ => expected == received.body,
        }
    }
}

/// The query parameters of an API that are credentials.
fn secrets(api: &'static Api) -> Vec<&'static str> {
    let schemes = api.schemes.iter();
    schemes
        .filter_map(|scheme| match scheme.kind {
            SchemeKind::ApiKeyQuery(name) => Some(name),
            _ => None,
        })
        .collect()
}

/// Path and query of a URL.
fn path_of(url: &str) -> &str {
    let after = url.split_once("://").map_or(url, |(_, rest)| rest);
    after.find('/').map_or("/", |start| &after[start..])
}

fn halves(target: &str) -> (&str, &str) {
    target.split_once('?').unwrap_or((target, ""))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Whether two paths have the same segments. Those of the second are decoded one by one: a slash that is
/// encoded is a part of its segment.
fn same_segments(one: &str, path: &str, is_same: fn(&str, &str) -> bool) -> bool {
    let mut segments = path.split('/').map(decoded);
    one.split('/').all(|one| {
        segments
            .next()
            .is_some_and(|segment| is_same(one, &segment))
    }) && segments.next().is_none()
}

/// Whether a segment is one of a template: what stands in braces is any text.
fn fits(template: &str, segment: &str) -> bool {
    let Some((text, rest)) = template.split_once('{') else {
        return decoded(template) == segment;
    };
    let Some((_, rest)) = rest.split_once('}') else {
        return false;
    };
    let Some(segment) = segment.strip_prefix(&*decoded(text)) else {
        return false;
    };
    let ends = segment.char_indices().map(|(index, _)| index).skip(1);
    let mut ends = ends.chain((!segment.is_empty()).then_some(segment.len()));
    ends.any(|end| fits(rest, &segment[end..]))
}

fn boundary(media: &str) -> Option<&str> {
    let (_, after) = media.split_once("boundary=")?;
    let value = after.split(';').next().unwrap_or_default();
    Some(value.trim().trim_matches('"'))
}

fn without(body: &[u8], boundary: &str) -> String {
    String::from_utf8_lossy(body).replace(boundary, "")
}
