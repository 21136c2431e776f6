//! Sending a prepared request: attempts, redirects, limits. Nothing here depends on the types of an
//! operation, so that all of it is compiled once.

use super::Body;
use super::again::Again;
use super::answer::{Answer, is_bodiless, is_left};
use super::client::Settings;
use super::clock::Instant;
use super::error::CallError;
use super::hooks::IncomingResponse;
use super::limit::{self, End, Watched, within};
use super::prepared::{Prepared, message};
use super::provider::Provision;
use super::redirect::{MAX_REDIRECTS, redirect};
use super::response::RawResponse;
use super::retry::Allowed;
use super::trace::Span;
use super::transport::{TransportError, TransportErrorKind};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::borrow::Cow;
use std::ops::ControlFlow::{self, Break, Continue};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

/// How much of the body of an error status is read. There is no failing on its length: the status
/// is worth more than the body.
const MAX_ERROR_BYTES: u64 = 1024 * 1024;

/// Sends a request, as often as its policy allows, within its time limit.
pub(super) async fn execute(
    settings: &Arc<Settings>,
    request: Box<Prepared>,
) -> Result<Answer, CallError> {
    let span = Span::new(request.operation, &request.method);
    let timer = request.timeout.map(|limit| settings.transport.sleep(limit));
    let result = {
        let work = pin!(span.around(attempts(settings, &request, &span)));
        within(work, timer).await
    };
    // What was not done in time is dropped before anybody hears of it.
    let result = result.unwrap_or_else(|| {
        let result = Err(timed_out());
        span.ended(&result, 0);
        result
    });
    match result {
        Ok(mut answer) => {
            Again::note(&mut answer, settings, request);
            Ok(answer)
        }
        Err(CallError::Request(error)) => Err(CallError::Request(error.of(request.operation.id))),
        Err(error) => Err(error),
    }
}

async fn attempts(
    settings: &Arc<Settings>,
    request: &Prepared,
    span: &Span,
) -> Result<Answer, CallError> {
    let start = Instant::now();
    let mut retries = 0;
    let mut provision = Provision::default();
    // A result is passed on and never lent: what is lent has room in the future until its end.
    loop {
        let number = retries + 1;
        let result = timed_attempt(settings, request, number, &mut provision).await;
        let result = match refusal(request, &provision, result) {
            Break(result) => result,
            // In a box, as few calls need it.
            Continue(refused) => {
                Box::pin(renewed(settings, request, number, &mut provision, refused)).await
            }
        };
        match next(settings, request, span, (start, retries), result) {
            Break(result) => return result,
            Continue(delay) => settings.transport.sleep(delay).await,
        }
        retries += 1;
    }
}

/// The result of an attempt, or the answer that refuses credentials of which there may be new ones.
fn refusal(
    request: &Prepared,
    provision: &Provision,
    result: Result<Answer, CallError>,
) -> ControlFlow<Result<Answer, CallError>, Answer> {
    match result {
        Ok(answer)
            if answer.status() == StatusCode::UNAUTHORIZED
                && request.body.is_replayable()
                && provision.can_renew() =>
        {
            Continue(answer)
        }
        result => Break(result),
    }
}

/// The same attempt once more, if there are new credentials.
async fn renewed(
    settings: &Arc<Settings>,
    request: &Prepared,
    number: u32,
    provision: &mut Provision,
    refused: Answer,
) -> Result<Answer, CallError> {
    match provision.renew(settings, &request.provided).await? {
        true => {
            drop(refused);
            timed_attempt(settings, request, number, provision).await
        }
        false => Ok(refused),
    }
}

/// How a call ends, or how long to wait before the next attempt.
fn next(
    settings: &Settings,
    request: &Prepared,
    span: &Span,
    (start, retries): (Instant, u32),
    result: Result<Answer, CallError>,
) -> ControlFlow<Result<Answer, CallError>, Duration> {
    // What could only end with the time limit is worth less than what there is now.
    let in_time = |delay: &Duration| {
        let ends = start.elapsed().saturating_add(*delay);
        request.timeout.is_none_or(|limit| ends < limit)
    };
    let delay = pause(request, retries, &result).filter(in_time);
    if let Some(delay) = delay.filter(|_| settings.retry_budget.take()) {
        span.again(&result, delay);
        return Continue(delay);
    }
    if result.as_ref().is_ok_and(is_served) {
        settings.retry_budget.succeeded(retries);
    }
    span.ended(&result, retries);
    Break(result)
}

/// One attempt within its time limit; the hooks hear how it ended.
async fn timed_attempt(
    settings: &Arc<Settings>,
    request: &Prepared,
    number: u32,
    provision: &mut Provision,
) -> Result<Answer, CallError> {
    let start = (!settings.response_hooks.is_empty()).then(Instant::now);
    let timer = request
        .attempt_timeout
        .map(|limit| settings.transport.sleep(limit));
    let result = {
        let work = pin!(attempt(settings, request, number, provision));
        within(work, timer).await
    };
    let result = result.unwrap_or_else(|| Err(timed_out()));
    let shown = match &result {
        Ok(answer) => Some(Ok(&answer.response)),
        Err(CallError::Transport(error)) => Some(Err(error)),
        Err(CallError::Request(_)) => None,
    };
    if let (Some(start), Some(result)) = (start, shown) {
        let response = IncomingResponse {
            operation: request.operation,
            method: &request.method,
            attempt: number,
            elapsed: start.elapsed(),
            result,
        };
        settings
            .response_hooks
            .iter()
            .for_each(|hook| hook(&response));
    }
    result
}

/// How long to wait before the next attempt, if there is one.
fn pause(request: &Prepared, retry: u32, result: &Result<Answer, CallError>) -> Option<Duration> {
    let policy = &request.retry;
    if !request.body.is_replayable() {
        return None;
    }
    let allowed = Allowed::of(request.operation.repeat, &request.method);
    match result {
        Ok(response) => {
            policy.after_response(allowed, retry, response.status(), response.headers())
        }
        Err(CallError::Transport(error)) => policy.after_error(allowed, retry, error.kind()),
        Err(CallError::Request(_)) => None,
    }
}

/// Whether the server has dealt with the request, whatever came of it.
fn is_served(answer: &Answer) -> bool {
    !answer.status().is_server_error() && answer.status().as_u16() != 429
}

/// The request, the redirects that are followed, and the last response's body.
async fn attempt(
    settings: &Arc<Settings>,
    request: &Prepared,
    number: u32,
    provision: &mut Provision,
) -> Result<Answer, CallError> {
    if !request.provided.is_empty() {
        Box::pin(provision.obtain(settings, &request.provided)).await?;
    }
    let (status, headers, body) = exchange(settings, request, number, provision).await?;
    match reading(settings, request, status, &headers) {
        Reading::Nothing => Ok(Answer::read(RawResponse::new(
            status,
            headers,
            Bytes::new(),
        ))),
        Reading::Later => {
            let body = left(settings, body);
            Ok(Answer::arriving(status, headers, body))
        }
        Reading::Now { limit } => {
            let collected = limit::collect(body, limit).await;
            read(status, headers, collected).map_err(CallError::Transport)
        }
    }
}

/// The response to the request, or to the last redirect that was followed.
async fn exchange(
    settings: &Settings,
    request: &Prepared,
    number: u32,
    provision: &Provision,
) -> Result<(StatusCode, HeaderMap, Body), CallError> {
    let mut url = Cow::Borrowed(&request.url);
    let mut is_at_home = true;
    let mut redirects = 0;
    loop {
        let message = message(
            settings,
            request,
            &url,
            is_at_home.then_some((number, provision)),
        )?;
        let response = settings
            .transport
            .send(message)
            .await
            .map_err(CallError::Transport)?;
        let (status, headers, body) = pieces(response);
        if redirects < MAX_REDIRECTS
            && let Some(next) = redirect(&request.method, &url, status, &headers)
        {
            url = Cow::Owned(next.url);
            // Once another server has had a say, nothing secret goes anywhere, not even back.
            is_at_home &= next.is_same_origin;
            redirects += 1;
            continue;
        }
        return Ok((status, headers, body));
    }
}

/// What counts of a response: a future that holds the rest is larger than it need be.
fn pieces(response: http::Response<Body>) -> (StatusCode, HeaderMap, Body) {
    let (head, body) = response.into_parts();
    (head.status, head.headers, body)
}

/// What becomes of the body of the response that counts.
enum Reading {
    /// There can be none.
    Nothing,
    /// Whoever made the call reads it.
    Later,
    /// It is read, up to a limit in bytes.
    Now { limit: u64 },
}

fn reading(
    settings: &Settings,
    request: &Prepared,
    status: StatusCode,
    headers: &HeaderMap,
) -> Reading {
    if is_bodiless(&request.method, status) {
        return Reading::Nothing;
    }
    if is_left(request.operation.unread, status, headers) {
        return Reading::Later;
    }
    let limit = settings.max_response_bytes;
    Reading::Now {
        limit: match is_error(status) {
            true => limit.min(MAX_ERROR_BYTES),
            false => limit,
        },
    }
}

/// A body that is left to whoever made the call, within the client's limits.
fn left(settings: &Arc<Settings>, body: Body) -> Body {
    let body = match settings.idle_timeout {
        Some(limit) => Body::stream(Watched::new(body, limit, Arc::clone(settings))),
        None => body,
    };
    body.limited(settings.max_response_bytes)
}

/// A response whose body was read, as far as it was.
fn read(
    status: StatusCode,
    headers: HeaderMap,
    limit::Collected { bytes, end }: limit::Collected,
) -> Result<Answer, TransportError> {
    let response = RawResponse::new(status, headers, bytes);
    match end {
        End::Complete => Ok(Answer::read(response)),
        End::Limit | End::Broken(_) if is_error(status) => Ok(Answer::read(response.cut_off(true))),
        End::Limit => Err(TransportError::plain(TransportErrorKind::BodyTooLarge)),
        End::Broken(error) => Err(TransportError::of_body(error)),
    }
}

fn is_error(status: StatusCode) -> bool {
    status.is_client_error() || status.is_server_error()
}

fn timed_out() -> CallError {
    CallError::Transport(TransportError::plain(TransportErrorKind::Timeout))
}
