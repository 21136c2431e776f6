//! The seam between this crate and an HTTP library.

use super::Body;
use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

/// A future on the heap that any executor can run.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// An error of any kind.
pub type BoxError = Box<dyn Error + Send + Sync>;

/// Sends one HTTP request. `reqwest` is the default; tests and other stacks bring their own.
///
/// Redirects, retries, time limits and the size of bodies are not its business: it sends what
/// it is given and hands over what comes back, whatever the status.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request and waits for the head of the response; the body may still be arriving. It is called
    /// where its future is polled, within the runtime that the transport needs.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;

    /// Waits. Time limits and the pauses between attempts are made of this.
    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        (**self).sleep(duration)
    }
}

/// What went wrong between sending a request and having the whole response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection to the server came about.
    Connect,
    /// A time limit passed.
    Timeout,
    /// The request could not be sent, or no response came back for it.
    Exchange,
    /// The response's body broke off.
    Body,
    /// The response's body is longer than the client accepts.
    BodyTooLarge,
}

impl TransportErrorKind {
    /// The kind in one word, for logs and measurements.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Timeout => "timeout",
            Self::Exchange => "exchange",
            Self::Body => "body",
            Self::BodyTooLarge => "body_too_large",
        }
    }
}

/// The request was sent, or was about to be, and there is no response to show for it.
///
/// Its text names no URL.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<BoxError>,
}

impl TransportError {
    /// An error of this kind. The text of `source` must not hold secrets, nor a URL with them.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self {
            kind,
            source: Some(source.into()),
        }
    }

    /// An error of this kind about which nothing more is known.
    pub(super) const fn plain(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// An error in the stream of a body.
    pub(super) fn of_body(error: BoxError) -> Self {
        Self::of(TransportErrorKind::Body, error)
    }

    /// An error of this kind; one of a transport keeps its own.
    pub(super) fn of(kind: TransportErrorKind, error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(error) => *error,
            Err(error) => Self::new(kind, error),
        }
    }

    /// The same error, caused by what was done there.
    pub(super) fn context(self, message: String) -> Self {
        let kind = self.kind;
        let text = match &self.source {
            Some(source) => format!("{message}: {self}: {source}"),
            None => format!("{message}: {self}"),
        };
        Self::new(kind, text)
    }

    /// What went wrong.
    #[must_use]
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether a time limit passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind == TransportErrorKind::Timeout
    }

    /// Whether there was no connection, so that the server has seen nothing of the request.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.kind == TransportErrorKind::Connect
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect to the server",
            TransportErrorKind::Timeout => "the time limit of the request passed",
            TransportErrorKind::Exchange => "no response came back",
            TransportErrorKind::Body => "the response broke off",
            TransportErrorKind::BodyTooLarge => "the response is longer than the client accepts",
        })
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}
