//! What came back: a decoded response, a decoded error response, or the raw one.

use super::header::{self, Header, HeaderError};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::borrow::Cow;
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::str::FromStr;

/// A success: the decoded body, which it derefs to, with the status and the headers.
///
/// `Debug` shows only those header values that are known to hold no secret.
#[derive(Clone)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    /// A response of these parts, for tests of code that takes one.
    #[inline]
    pub const fn new(status: StatusCode, headers: HeaderMap, body: T) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }

    /// The status.
    #[inline]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[inline]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of a declared header; `None` when the response does not have it.
    #[inline]
    pub fn header<H: FromStr>(&self, key: Header<H>) -> Option<Result<H, HeaderError>> {
        header::read(&self.headers, key)
    }

    /// The body.
    #[inline]
    pub const fn body(&self) -> &T {
        &self.body
    }

    /// The body itself, without status and headers.
    #[inline]
    pub fn into_body(self) -> T {
        self.body
    }

    /// Status, headers and body.
    #[inline]
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        (self.status, self.headers, self.body)
    }
}

impl<T> Deref for Response<T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        &self.body
    }
}

impl<T> DerefMut for Response<T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.body
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(
            "Response",
            self.status,
            &self.headers,
            &self.body,
            formatter,
        )
    }
}

/// An error that the document declares for the status: its decoded body, which it derefs to,
/// with the status and the headers.
///
/// `Debug` shows only those header values that are known to hold no secret.
#[derive(Clone)]
pub struct ErrorResponse<E> {
    status: StatusCode,
    headers: HeaderMap,
    body: E,
}

impl<E> ErrorResponse<E> {
    /// An error response of these parts, for tests of code that takes one.
    #[inline]
    pub const fn new(status: StatusCode, headers: HeaderMap, body: E) -> Self {
        Self {
            status,
            headers,
            body,
        }
    }

    /// The status.
    #[inline]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[inline]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of a declared header; `None` when the response does not have it.
    #[inline]
    pub fn header<H: FromStr>(&self, key: Header<H>) -> Option<Result<H, HeaderError>> {
        header::read(&self.headers, key)
    }

    /// The body.
    #[inline]
    pub const fn body(&self) -> &E {
        &self.body
    }

    /// The body itself, without status and headers.
    #[inline]
    pub fn into_body(self) -> E {
        self.body
    }
}

impl<E> Deref for ErrorResponse<E> {
    type Target = E;

    #[inline]
    fn deref(&self) -> &E {
        &self.body
    }
}

impl<E: fmt::Debug> fmt::Debug for ErrorResponse<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        debug(
            "ErrorResponse",
            self.status,
            &self.headers,
            &self.body,
            formatter,
        )
    }
}

/// A response as it came, its body bounded and not decoded.
///
/// `Debug` shows the number of bytes only: the body may hold anything.
#[derive(Clone)]
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    truncated: bool,
}

impl RawResponse {
    /// A response of these parts.
    pub(super) const fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self {
            status,
            headers,
            body,
            truncated: false,
        }
    }

    /// The same response, whose body went on beyond what was kept.
    pub(super) const fn cut_off(mut self, truncated: bool) -> Self {
        self.truncated = truncated;
        self
    }

    /// The same response with at most `limit` bytes of its body, for an error to carry.
    pub(super) fn shortened(mut self, limit: usize) -> Self {
        if self.body.len() > limit {
            // A copy, so that the rest of a large body is freed.
            self.body = Bytes::copy_from_slice(&self.body[..limit]);
            self.truncated = true;
        }
        self
    }

    /// The status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of a declared header; `None` when the response does not have it.
    #[inline]
    pub fn header<H: FromStr>(&self, key: Header<H>) -> Option<Result<H, HeaderError>> {
        header::read(&self.headers, key)
    }

    /// The bytes of the body.
    #[must_use]
    pub const fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// The body as text; what is not UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }

    /// Whether the body went on beyond the bytes that are here.
    #[must_use]
    pub const fn is_truncated(&self) -> bool {
        self.truncated
    }

    /// Status, headers and body.
    #[must_use]
    pub fn into_parts(self) -> (StatusCode, HeaderMap, Bytes) {
        (self.status, self.headers, self.body)
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let more = if self.truncated { " and more" } else { "" };
        let body = format_args!("[{} bytes{more}]", self.body.len());
        debug("RawResponse", self.status, &self.headers, &body, formatter)
    }
}

/// What the three have in common.
fn debug(
    name: &str,
    status: StatusCode,
    headers: &HeaderMap,
    body: &dyn fmt::Debug,
    formatter: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    formatter
        .debug_struct(name)
        .field("status", &status.as_u16())
        .field("headers", &header::Shown(headers))
        .field("body", body)
        .finish()
}
