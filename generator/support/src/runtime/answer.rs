//! What the executor hands to the decoders: a response whose body was read, or is still arriving.

use super::Body;
use super::again::Again;
use super::api::Unread;
use super::media;
use super::response::RawResponse;
use http::{HeaderMap, Method, StatusCode};
use std::sync::Arc;

/// A response on its way to a decoder.
pub struct Answer {
    /// Status and headers, and the body where it was read.
    pub(super) response: RawResponse,
    /// The body where it was not.
    pub(super) body: Option<Body>,
    /// How to ask for that body once more, where that can be done.
    pub(super) again: Option<Arc<Again>>,
}

impl Answer {
    /// A response that has been read.
    pub(super) const fn read(response: RawResponse) -> Self {
        Self {
            response,
            body: None,
            again: None,
        }
    }

    /// A response whose body is still arriving.
    pub(super) const fn arriving(status: StatusCode, headers: HeaderMap, body: Body) -> Self {
        Self {
            response: RawResponse::new(status, headers, bytes::Bytes::new()),
            body: Some(body),
            again: None,
        }
    }

    /// The body: what is still arriving, or what was read.
    pub(super) fn take_body(&mut self) -> Body {
        let read = || Body::bytes(self.response.bytes().clone());
        self.body.take().unwrap_or_else(read)
    }

    /// The number of the status, which tables are over.
    #[inline]
    pub fn code(&self) -> u16 {
        self.response.status().as_u16()
    }

    /// The status.
    pub(super) const fn status(&self) -> StatusCode {
        self.response.status()
    }

    /// The headers.
    pub(super) const fn headers(&self) -> &HeaderMap {
        self.response.headers()
    }
}

/// Whether a response has no body by the rules of HTTP, whatever its headers say.
pub(super) fn is_bodiless(method: &Method, status: StatusCode) -> bool {
    *method == Method::HEAD || has_no_body(status)
}

/// Whether no response with this status has one.
pub(super) fn has_no_body(status: StatusCode) -> bool {
    status.is_informational() || matches!(status.as_u16(), 204 | 304)
}

/// Whether a decoder wants the body of this success to be left alone.
pub(super) fn is_left(rows: &[Unread], status: StatusCode, headers: &HeaderMap) -> bool {
    let code = status.as_u16();
    let mut rows = rows.iter();
    let row = rows.find(|row| (row.first..=row.last).contains(&code));
    status.is_success()
        && row.is_some_and(|row| {
            let chosen = media::choose(headers, row.media);
            chosen.is_some_and(|name| row.left.contains(&name))
        })
}
