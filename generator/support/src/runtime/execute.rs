//! Sending a prepared request: attempts, redirects, limits. Nothing here depends on the types of an
//! operation, so that all of it is compiled once.

use super::Body;
use super::answer::{Answer, is_bodiless, is_left};
use super::api::Unread;
use super::client::Settings;
use super::error::{CallError, RequestError, RequestErrorKind};
use super::limit::{self, End, Watched, within};
use super::redirect::{MAX_REDIRECTS, redirect};
use super::response::RawResponse;
use super::retry::RetryPolicy;
use super::secret::Secret;
use super::transport::{TransportError, TransportErrorKind};
use super::url::Url;
use bytes::Bytes;
use http::{HeaderMap, Method};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How much of the body of an error status is read. There is no failing on its length: the status
/// is worth more than the body.
const MAX_ERROR_BYTES: u64 = 1024 * 1024;

/// A request that was accepted, with everything that it takes to send it more than once.
pub(super) struct Prepared {
    pub(super) method: Method,
    /// Without credentials.
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    /// The headers that may go to another origin.
    pub(super) plain_headers: HeaderMap,
    /// Credentials that go to the query: encoded pairs.
    pub(super) secret_query: Vec<Secret>,
    pub(super) body: Bytes,
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) retry: RetryPolicy,
    pub(super) unread: &'static [Unread],
}

/// Sends a request, as often as its policy allows, within its time limit.
pub(super) async fn execute(
    settings: &Arc<Settings>,
    request: Prepared,
) -> Result<Answer, CallError> {
    let timer = request.timeout.map(|limit| settings.transport.sleep(limit));
    let work = Box::pin(attempts(settings, &request));
    within(work, timer)
        .await
        .unwrap_or_else(|| Err(timed_out()))
}

async fn attempts(settings: &Arc<Settings>, request: &Prepared) -> Result<Answer, CallError> {
    let start = Instant::now();
    let mut retry = 0;
    loop {
        let timer = request
            .attempt_timeout
            .map(|limit| settings.transport.sleep(limit));
        let work = Box::pin(attempt(settings, request));
        let result = within(work, timer)
            .await
            .unwrap_or_else(|| Err(timed_out()));
        let Some(delay) = pause(request, retry, &result) else {
            return result;
        };
        // What could only end with the time limit is worth less than what there is now.
        let ends = start.elapsed().saturating_add(delay);
        if request.timeout.is_some_and(|limit| ends >= limit) {
            return result;
        }
        settings.transport.sleep(delay).await;
        retry += 1;
    }
}

/// How long to wait before the next attempt, if there is one.
fn pause(request: &Prepared, retry: u32, result: &Result<Answer, CallError>) -> Option<Duration> {
    let Prepared {
        method,
        retry: policy,
        ..
    } = request;
    match result {
        Ok(answer) => policy.after_response(method, retry, answer.status(), answer.headers()),
        Err(CallError::Transport(error)) if error.kind() != TransportErrorKind::BodyTooLarge => {
            policy.after_error(method, retry)
        }
        Err(CallError::Transport(_) | CallError::Request(_)) => None,
    }
}

/// One attempt: the request, the redirects that are followed, and the last response.
async fn attempt(settings: &Arc<Settings>, request: &Prepared) -> Result<Answer, CallError> {
    let mut url = request.url.clone();
    let mut is_at_home = true;
    let mut redirects = 0;
    loop {
        let message = message(request, &url, is_at_home)?;
        let response = settings
            .transport
            .send(message)
            .await
            .map_err(CallError::Transport)?;
        let (head, body) = response.into_parts();
        if redirects < MAX_REDIRECTS
            && let Some(next) = redirect(&request.method, &url, head.status, &head.headers)
        {
            url = next.url;
            // Once another server has had a say, nothing secret goes anywhere, not even back.
            is_at_home &= next.is_same_origin;
            redirects += 1;
            continue;
        }
        return receive(settings, request, head, body)
            .await
            .map_err(CallError::Transport);
    }
}

/// The HTTP message for `url`: with everything at home, with next to nothing elsewhere.
fn message(
    request: &Prepared,
    url: &Url,
    is_at_home: bool,
) -> Result<http::Request<Body>, CallError> {
    let mut url = url.clone();
    let mut body = Body::empty();
    let mut headers = request.plain_headers.clone();
    if is_at_home {
        append_query(&mut url, &request.secret_query);
        headers = request.headers.clone();
        if !request.body.is_empty() {
            body = Body::bytes(request.body.clone());
        }
    }
    let mut message = http::Request::new(body);
    *message.method_mut() = request.method.clone();
    *message.headers_mut() = headers;
    match url.to_string().parse() {
        Ok(uri) => *message.uri_mut() = uri,
        Err(_) => {
            let reason = "its URL is not valid in HTTP";
            let error = RequestError::new(RequestErrorKind::Path, reason);
            return Err(CallError::Request(error));
        }
    }
    Ok(message)
}

/// Appends credentials to the query, unless a redirect has copied them there already.
fn append_query(url: &mut Url, pairs: &[Secret]) {
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

/// Reads the body of the response that counts, unless there can be none or it is to be read later.
async fn receive(
    settings: &Arc<Settings>,
    request: &Prepared,
    head: http::response::Parts,
    body: Body,
) -> Result<Answer, TransportError> {
    if is_bodiless(&request.method, head.status) {
        let response = RawResponse::new(head.status, head.headers, Bytes::new());
        return Ok(Answer::read(response));
    }
    if is_left(request.unread, head.status, &head.headers) {
        let body = match settings.idle_timeout {
            Some(limit) => Body::stream(Watched::new(body, limit, Arc::clone(settings))),
            None => body,
        };
        let body = body.limited(settings.max_response_bytes);
        return Ok(Answer::arriving(head.status, head.headers, body));
    }
    let is_error = head.status.is_client_error() || head.status.is_server_error();
    let limit = match is_error {
        true => settings.max_response_bytes.min(MAX_ERROR_BYTES),
        false => settings.max_response_bytes,
    };
    let limit::Collected { bytes, end } = limit::collect(body, limit).await;
    let response = RawResponse::new(head.status, head.headers, bytes);
    match end {
        End::Complete => Ok(Answer::read(response)),
        End::Limit | End::Broken(_) if is_error => Ok(Answer::read(response.cut_off(true))),
        End::Limit => Err(TransportError::plain(TransportErrorKind::BodyTooLarge)),
        End::Broken(error) => Err(TransportError::of_body(error)),
    }
}

fn timed_out() -> CallError {
    CallError::Transport(TransportError::plain(TransportErrorKind::Timeout))
}
