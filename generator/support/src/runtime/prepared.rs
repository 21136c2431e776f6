//! A request that can be sent, and the HTTP messages that are made of it: one for each attempt.

use super::Body;
use super::api::OperationInfo;
use super::client::Settings;
use super::error::{CallError, RequestError, RequestErrorKind};
use super::framing::{add_plain_headers, is_framing, replace};
use super::hooks::OutgoingRequest;
use super::parameter::add_cookies;
use super::payload::Payload;
use super::provider::{Provided, Provision};
use super::retry::RetryPolicy;
use super::secret::Secret;
use super::url::Url;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use std::borrow::Cow;
use std::time::Duration;

/// A request that was accepted, with everything that it takes to send it more than once.
#[derive(Clone)]
pub(super) struct Prepared {
    pub(super) operation: &'static OperationInfo,
    pub(super) method: Method,
    /// Without credentials.
    pub(super) url: Url,
    /// Those of parameters and of the body.
    pub(super) headers: HeaderMap,
    /// Encoded pairs, by the parameter that they are of.
    pub(super) cookies: Vec<(&'static str, String)>,
    /// The credentials that are sent together.
    pub(super) security: &'static [&'static str],
    /// Credentials that go to the query: encoded pairs.
    pub(super) secret_query: Vec<Secret>,
    /// Credentials that are asked for with each attempt.
    pub(super) provided: Vec<Provided>,
    /// The headers that the user has set for this call.
    pub(super) extra_headers: Option<Box<HeaderMap>>,
    /// The key by which the server knows the request again, unless the user has set one.
    pub(super) key: Option<Box<(HeaderName, HeaderValue)>>,
    pub(super) body: Payload,
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) retry: RetryPolicy,
}

impl Prepared {
    /// The headers of a message to the API itself, without credentials that are asked for. They are put
    /// together for each message: nearly every request is sent once, and a copy to keep would cost as much.
    fn headers(&self, settings: &Settings) -> HeaderMap {
        let mut headers = settings.default_headers.clone();
        add_plain_headers(&mut headers, settings, self.operation);
        replace(&mut headers, &self.headers);
        add_cookies(&mut headers, self.cookies.iter().map(|(_, pair)| &**pair));
        settings.credentials.apply(self.security, &mut headers);
        if let Some(extra) = &self.extra_headers {
            replace(&mut headers, extra);
        }
        if let Some((name, value)) = self.key.as_deref() {
            headers.entry(name).or_insert_with(|| value.clone());
        }
        headers
    }
}

/// The HTTP message for `url`: with everything at home, where it has the number of an attempt and the
/// credentials for it, and with next to nothing elsewhere.
pub(super) fn message(
    settings: &Settings,
    request: &Prepared,
    url: &Url,
    at_home: Option<(u32, &Provision)>,
) -> Result<http::Request<Body>, CallError> {
    let mut url = Cow::Borrowed(url);
    let mut body = Body::empty();
    let mut headers;
    if let Some((_, provision)) = at_home {
        headers = request.headers(settings);
        let provided = provision.apply(request.extra_headers.as_deref(), &mut headers);
        if !request.secret_query.is_empty() || !provided.is_empty() {
            let secrets = request.secret_query.iter().chain(&provided);
            append_query(url.to_mut(), secrets);
        }
        body = request.body.body().ok_or_else(|| {
            let message = "its body is a stream, and would have to be sent a second time";
            CallError::Request(RequestError::new(RequestErrorKind::Body, message))
        })?;
    } else {
        headers = HeaderMap::new();
        add_plain_headers(&mut headers, settings, request.operation);
    }
    if let Some((number, _)) = at_home {
        run_hooks(settings, request, &url, number, &mut headers);
    }
    let Some(uri) = url.uri() else {
        let reason = "its URL is not valid in HTTP";
        let error = RequestError::new(RequestErrorKind::Path, reason);
        return Err(CallError::Request(error));
    };
    let mut message = http::Request::new(body);
    *message.method_mut() = request.method.clone();
    *message.headers_mut() = headers;
    *message.uri_mut() = uri;
    Ok(message)
}

/// Lets the hooks change the headers for the API itself.
fn run_hooks(
    settings: &Settings,
    request: &Prepared,
    url: &Url,
    attempt: u32,
    headers: &mut HeaderMap,
) {
    if settings.request_hooks.is_empty() {
        return;
    }
    let url = url.text();
    let mut outgoing = OutgoingRequest {
        operation: request.operation,
        method: &request.method,
        url: &url,
        attempt,
        headers: &mut *headers,
        body: request.body.as_bytes(),
    };
    for hook in &settings.request_hooks {
        hook(&mut outgoing);
    }
    let framing: Vec<_> = headers.keys().filter(|name| is_framing(name)).collect();
    for name in framing.into_iter().cloned().collect::<Vec<_>>() {
        headers.remove(name);
    }
}

/// Appends credentials to the query, unless a redirect has copied them there already.
fn append_query<'p>(url: &mut Url, pairs: impl Iterator<Item = &'p Secret>) {
    let mut query = url.query().unwrap_or_default().to_owned();
    for pair in pairs {
        if !query.split('&').any(|known| known == pair.expose()) {
            if !query.is_empty() {
                query.push('&');
            }
            query.push_str(pair.expose());
        }
    }
    if !query.is_empty() {
        url.set_query(query);
    }
}
