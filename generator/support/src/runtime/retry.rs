//! When a request is sent again, and how long to wait before.

use super::api::Repeat;
use super::clock::{chance, since_1970};
use super::transport::TransportErrorKind;
use http::{HeaderMap, Method, StatusCode, header};
use std::time::{Duration, SystemTime};

/// When and how often a request is sent again.
///
/// A request whose method is idempotent, or that carries an idempotency key, is sent again after a
/// transport error, and after 429, 500, 502, 503 and 504. Any request is sent again when there was
/// no connection, and after a 429 or 503 that its operation declares or that says how long to wait
/// (`Retry-After`, or a rate-limit reset header), since the server then has not acted on it.
/// The pauses grow from one attempt to the next, with some chance in them; what the server asks
/// for goes first. Nothing is waited for that would end after the call's own time limit, and all
/// calls of a client share a [budget](super::ClientBuilder::retry_budget).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RetryPolicy {
    max_retries: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_server_delay: Duration,
}

impl Default for RetryPolicy {
    /// Three retries, pauses from half a second to eight, and up to a minute on request.
    fn default() -> Self {
        Self {
            max_retries: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_server_delay: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// Every request is sent once.
    #[must_use]
    pub fn none() -> Self {
        Self::default().max_retries(0)
    }

    /// How often a request is sent again at most.
    #[must_use]
    pub const fn max_retries(mut self, retries: u32) -> Self {
        self.max_retries = retries;
        self
    }

    /// The pause before the first retry; each further one is twice as long.
    #[must_use]
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The longest pause of our own choice.
    #[must_use]
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The longest pause that a server can ask for. When it asks for more, its answer is the
    /// result of the call: to come back earlier would be of no use.
    #[must_use]
    pub const fn max_server_delay(mut self, delay: Duration) -> Self {
        self.max_server_delay = delay;
        self
    }

    /// The pause before retry number `retry` (from 0) after a transport error.
    pub(super) fn after_error(
        &self,
        allowed: Allowed,
        retry: u32,
        kind: TransportErrorKind,
    ) -> Option<Duration> {
        let is_allowed = match kind {
            TransportErrorKind::BodyTooLarge => false,
            // The server has seen nothing of it.
            TransportErrorKind::Connect => true,
            TransportErrorKind::Timeout
            | TransportErrorKind::Exchange
            | TransportErrorKind::Body => allowed.always,
        };
        (is_allowed && retry < self.max_retries).then(|| self.backoff(retry))
    }

    /// The pause before retry number `retry` (from 0) after a response.
    pub(super) fn after_response(
        &self,
        allowed: Allowed,
        retry: u32,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Option<Duration> {
        let status = status.as_u16();
        let asks_to_wait = matches!(status, 429 | 503);
        if retry >= self.max_retries || !(asks_to_wait || matches!(status, 500 | 502 | 504)) {
            return None;
        }
        if asks_to_wait && let Some(delay) = server_delay(headers) {
            // A reset in the past: our clocks differ, or it was a moment ago.
            return match delay {
                Duration::ZERO => Some(self.backoff(retry)),
                delay if delay > self.max_server_delay => None,
                // All that wait for one moment should not come back at the same one.
                delay => Some(delay.saturating_add(part(self.base_delay / 2))),
            };
        }
        let is_allowed = allowed.always || allowed.statuses.contains(&status);
        is_allowed.then(|| self.backoff(retry))
    }

    /// Between half of the full delay and the full one, which doubles up to the limit.
    fn backoff(&self, retry: u32) -> Duration {
        let factor = 1_u32.checked_shl(retry).unwrap_or(u32::MAX);
        let full = self.base_delay.saturating_mul(factor).min(self.max_delay);
        full / 2 + part(full / 2)
    }
}

/// What an operation allows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowed {
    /// Whether the same request twice does what it does once.
    always: bool,
    /// The statuses after which nothing has been done.
    statuses: &'static [u16],
}

impl Allowed {
    /// What is allowed of a request with this method.
    pub(super) fn of(repeat: Repeat, method: &Method) -> Self {
        let (has_key, statuses): (_, &[u16]) = match repeat {
            Repeat::ByMethod => (false, &[]),
            Repeat::After(statuses) => (false, statuses),
            Repeat::Key(_) => (true, &[]),
        };
        Self {
            always: has_key || method.is_idempotent(),
            statuses,
        }
    }
}

/// A part of a time, by chance.
fn part(whole: Duration) -> Duration {
    whole.mul_f64((chance() % 1024) as f64 / 1024.0)
}

/// How long a server asks to wait: `Retry-After` first, then the reset of its rate limit.
///
/// Some servers tell their rate limit with every response: a limit that is not used up is not what
/// stopped the request, so its reset says nothing.
pub(super) fn server_delay(headers: &HeaderMap) -> Option<Duration> {
    let now = since_1970();
    let left = |name| text(headers, name).is_some_and(|left| left != "0");
    retry_after(headers, now).or_else(|| {
        let reset = |name| rate_limit_reset(text(headers, name)?, now);
        let is_used_up = !left("ratelimit-remaining") && !left("x-ratelimit-remaining");
        let reset = reset("ratelimit-reset").or_else(|| reset("x-ratelimit-reset"));
        reset.filter(|_| is_used_up)
    })
}

/// Seconds or an HTTP date.
fn retry_after(headers: &HeaderMap, now: Duration) -> Option<Duration> {
    let text = text(headers, header::RETRY_AFTER.as_str())?;
    if let Some(delay) = seconds(text) {
        return Some(delay);
    }
    let date = httpdate::parse_http_date(text).ok()?;
    let date = date.duration_since(SystemTime::UNIX_EPOCH);
    Some(date.unwrap_or_default().saturating_sub(now))
}

/// Seconds from now, or since 1970: there is no standard, but nobody waits for thirty years, and
/// no epoch of ours is before 2001. Milliseconds since 1970 are told apart in the same way.
fn rate_limit_reset(text: &str, now: Duration) -> Option<Duration> {
    const FIRST_EPOCH: u64 = 1_000_000_000;
    const FIRST_EPOCH_MILLISECONDS: u64 = 1_000_000_000_000;
    let number = seconds(text)?;
    if number == Duration::MAX {
        return Some(number);
    }
    let epoch = match number.as_secs() {
        0..FIRST_EPOCH => return Some(number),
        FIRST_EPOCH..FIRST_EPOCH_MILLISECONDS => number,
        milliseconds => Duration::from_millis(milliseconds),
    };
    Some(epoch.saturating_sub(now))
}

/// A number of seconds, with or without a fraction; more than can be waited is as long as can be.
fn seconds(text: &str) -> Option<Duration> {
    let is_number = text.starts_with(|first: char| first.is_ascii_digit())
        && text
            .chars()
            .all(|character| character.is_ascii_digit() || character == '.');
    let number: f64 = text.parse().ok().filter(|_| is_number)?;
    Some(Duration::try_from_secs_f64(number).unwrap_or(Duration::MAX))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    Some(headers.get(name)?.to_str().ok()?.trim())
}
