//! What a call can end with, other than success.

use super::header::{self, Header, HeaderError};
use super::response::{ErrorResponse, RawResponse};
use super::retry;
use super::transport::TransportError;
use http::{HeaderMap, StatusCode};
use std::error::Error as StdError;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// A call did not succeed. `E` is the body of the errors that the document declares.
///
/// No text of it shows a raw body, a credential of the client, or the query of a URL. A declared
/// error's body is shown, but for what the document calls a secret or does not name.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The server answered with an error that the document declares for the status.
    Api(Box<ErrorResponse<E>>),
    /// The server answered something that the document does not declare: another status, or
    /// another kind of content.
    Undeclared(Box<RawResponse>),
    /// The body is not what the document declares for the status.
    Decode(Box<DecodeError>),
    /// No whole response arrived.
    Transport(TransportError),
    /// The request was refused before it was sent.
    Request(RequestError),
}

impl<E> Error<E> {
    /// The status, if there was a response.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(response) => Some(response.status()),
            Self::Undeclared(response) => Some(response.status()),
            Self::Decode(error) => Some(error.response.status()),
            Self::Transport(_) | Self::Request(_) => None,
        }
    }

    /// The headers, if there was a response.
    pub fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Api(response) => Some(response.headers()),
            Self::Undeclared(response) => Some(response.headers()),
            Self::Decode(error) => Some(error.response.headers()),
            Self::Transport(_) | Self::Request(_) => None,
        }
    }

    /// The value of a declared header; `None` when there is no response, or it does not have it.
    pub fn header<H: FromStr>(&self, key: Header<H>) -> Option<Result<H, HeaderError>> {
        header::read(self.headers()?, key)
    }

    /// The error that the document declares, if it is one.
    pub fn api(&self) -> Option<&ErrorResponse<E>> {
        match self {
            Self::Api(response) => Some(response),
            Self::Undeclared(_) | Self::Decode(_) | Self::Transport(_) | Self::Request(_) => None,
        }
    }

    /// The response as it came, where it could not be decoded.
    pub fn raw(&self) -> Option<&RawResponse> {
        match self {
            Self::Undeclared(response) => Some(response),
            Self::Decode(error) => Some(&error.response),
            Self::Api(_) | Self::Transport(_) | Self::Request(_) => None,
        }
    }

    /// How long the server asks to wait before the next request, if it says so.
    pub fn retry_after(&self) -> Option<Duration> {
        retry::server_delay(self.headers()?)
    }

    /// Whether a time limit passed.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_timeout())
    }

    /// Whether there was no connection, so that the server has seen nothing of the request.
    pub fn is_connect(&self) -> bool {
        matches!(self, Self::Transport(error) if error.is_connect())
    }
}

impl<E: fmt::Debug> fmt::Display for Error<E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(response) => {
                write!(
                    formatter,
                    "the server answered {}: {:?}",
                    response.status(),
                    response.body()
                )
            }
            Self::Undeclared(response) => write!(
                formatter,
                "the server answered {} with content that the API does not declare ({} bytes)",
                response.status(),
                response.bytes().len()
            ),
            Self::Decode(error) => error.fmt(formatter),
            Self::Transport(error) => error.fmt(formatter),
            Self::Request(error) => error.fmt(formatter),
        }
    }
}

impl<E: fmt::Debug> StdError for Error<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            // Their own text is the text of this error, so what follows is their source.
            Self::Transport(error) => error.source(),
            Self::Request(error) => error.source(),
            Self::Api(_) | Self::Undeclared(_) | Self::Decode(_) => None,
        }
    }
}

impl<E> From<CallError> for Error<E> {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Transport(error) => Self::Transport(error),
            CallError::Request(error) => Self::Request(error),
        }
    }
}

/// The errors that do not depend on the operation.
#[derive(Debug)]
pub(super) enum CallError {
    Transport(TransportError),
    Request(RequestError),
}

/// The body of errors of an operation that declares none. There is no value of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Undocumented {}

impl fmt::Display for Undocumented {
    fn fmt(&self, _formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

/// A body is not what the document declares. Its text quotes no value of the body.
#[derive(Debug)]
pub struct DecodeError {
    path: String,
    message: String,
    response: RawResponse,
}

impl DecodeError {
    pub(super) const fn new(path: String, message: String, response: RawResponse) -> Self {
        Self {
            path,
            message,
            response,
        }
    }

    /// Where in the JSON text, for instance `$.items[3].name`.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong there.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The response as it came, its body cut off at 64 KiB.
    #[must_use]
    pub const fn response(&self) -> &RawResponse {
        &self.response
    }

    /// The response itself.
    #[must_use]
    pub fn into_response(self) -> RawResponse {
        self.response
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            path,
            message,
            response,
        } = self;
        write!(
            formatter,
            "the body of {} does not decode: {path}: {message}",
            response.status()
        )
    }
}

impl StdError for DecodeError {}

/// A body that is read as it arrives is not what it should be.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamError {
    /// It arrived, and does not decode.
    Decode(Box<DecodeError>),
    /// What the server answered when a stream was connected to again.
    Undeclared(Box<RawResponse>),
    /// It broke off, was silent for too long, or is longer than the client accepts.
    Transport(TransportError),
}

impl fmt::Display for StreamError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(error) => error.fmt(formatter),
            Self::Undeclared(response) => write!(
                formatter,
                "the server answered {} instead of going on with the stream",
                response.status()
            ),
            Self::Transport(error) => error.fmt(formatter),
        }
    }
}

impl StdError for StreamError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Decode(_) | Self::Undeclared(_) => None,
        }
    }
}

impl From<TransportError> for StreamError {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

/// Which part of a request was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestErrorKind {
    /// A path parameter, or the URL that came of them.
    Path,
    /// A header.
    Header,
    /// The body could not be written.
    Body,
    /// Credentials that the operation needs are not set.
    Credentials,
    /// The next page of a list: it was there already, or is of another origin.
    Page,
    /// It was to block a thread that must not be blocked.
    Blocking,
}

/// A request was refused before it was sent. Its text names the part, and no value of it.
#[derive(Clone, Debug)]
pub struct RequestError {
    kind: RequestErrorKind,
    message: String,
    operation: &'static str,
}

impl RequestError {
    pub(super) fn new(kind: RequestErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            operation: "",
        }
    }

    /// The same error, with the `operationId` of the call.
    pub(super) const fn of(mut self, operation: &'static str) -> Self {
        self.operation = operation;
        self
    }

    /// Which part was refused.
    #[must_use]
    pub const fn kind(&self) -> RequestErrorKind {
        self.kind
    }

    /// The `operationId` of the call.
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        self.operation
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} was not sent: {}",
            self.operation, self.message
        )
    }
}

impl StdError for RequestError {}
