//! What an application may look at, and add to, while its calls are sent: its own measurements,
//! trace headers, signatures.

use super::ClientBuilder;
use super::api::OperationInfo;
use super::header;
use super::response::RawResponse;
use super::transport::TransportError;
use http::{HeaderMap, Method, StatusCode};
use std::fmt;
use std::time::Duration;

/// A hook for requests; see [`ClientBuilder::on_request`](super::ClientBuilder::on_request).
pub(super) type RequestHook = Box<dyn Fn(&mut OutgoingRequest<'_>) + Send + Sync>;
/// A hook for responses; see [`ClientBuilder::on_response`](super::ClientBuilder::on_response).
pub(super) type ResponseHook = Box<dyn Fn(&IncomingResponse<'_>) + Send + Sync>;

impl ClientBuilder {
    /// Adds something to do with each request before it is sent: to look at it, or to change its
    /// headers. It is called for each attempt, and for each redirect within the origin; what goes
    /// to another origin is not its business.
    pub fn on_request(
        mut self,
        hook: impl Fn(&mut OutgoingRequest<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.request_hooks.push(Box::new(hook));
        self
    }

    /// Adds something to do at the end of each attempt, whether there is a response or an error.
    pub fn on_response(
        mut self,
        hook: impl Fn(&IncomingResponse<'_>) + Send + Sync + 'static,
    ) -> Self {
        self.response_hooks.push(Box::new(hook));
        self
    }
}

/// A request that is about to be sent, as a hook sees it.
///
/// Its headers hold credentials. `Debug` shows which operation it is, and the names of headers.
pub struct OutgoingRequest<'a> {
    pub(super) operation: &'static OperationInfo,
    pub(super) method: &'a Method,
    pub(super) url: &'a str,
    pub(super) attempt: u32,
    pub(super) headers: &'a mut HeaderMap,
    pub(super) body: Option<&'a [u8]>,
}

impl OutgoingRequest<'_> {
    /// The `operationId`.
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> &Method {
        self.method
    }

    /// The path of the operation with the names of its parameters in it, such as `/things/{id}`:
    /// what to count by.
    #[must_use]
    pub const fn path_template(&self) -> &'static str {
        self.operation.path
    }

    /// The whole URL as it is sent; its query may hold an API key.
    #[must_use]
    pub const fn url(&self) -> &str {
        self.url
    }

    /// Which attempt of the call it is; the first is 1.
    #[must_use]
    pub const fn attempt(&self) -> u32 {
        self.attempt
    }

    /// The headers as they are sent.
    #[must_use]
    pub const fn headers(&self) -> &HeaderMap {
        self.headers
    }

    /// The headers, to be changed. Those that say where a message ends, and where it goes, stay as
    /// they are.
    #[must_use]
    pub const fn headers_mut(&mut self) -> &mut HeaderMap {
        self.headers
    }

    /// The body, unless it is a stream.
    #[must_use]
    pub const fn body(&self) -> Option<&[u8]> {
        self.body
    }
}

impl fmt::Debug for OutgoingRequest<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.keys().map(|name| name.as_str()).collect();
        formatter
            .debug_struct("OutgoingRequest")
            .field("operation", &self.operation.id)
            .field("method", self.method)
            .field("path_template", &self.operation.path)
            .field("attempt", &self.attempt)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}

/// How an attempt ended, as a hook sees it.
///
/// `Debug` shows only those header values that are known to hold no secret.
pub struct IncomingResponse<'a> {
    pub(super) operation: &'static OperationInfo,
    pub(super) method: &'a Method,
    pub(super) attempt: u32,
    pub(super) elapsed: Duration,
    pub(super) result: Result<&'a RawResponse, &'a TransportError>,
}

impl IncomingResponse<'_> {
    /// The `operationId`.
    #[must_use]
    pub const fn operation(&self) -> &'static str {
        self.operation.id
    }

    /// The method.
    #[must_use]
    pub const fn method(&self) -> &Method {
        self.method
    }

    /// The path of the operation with the names of its parameters in it, such as `/things/{id}`.
    #[must_use]
    pub const fn path_template(&self) -> &'static str {
        self.operation.path
    }

    /// Which attempt of the call it was; the first is 1.
    #[must_use]
    pub const fn attempt(&self) -> u32 {
        self.attempt
    }

    /// How long the attempt took, redirects included.
    #[must_use]
    pub const fn elapsed(&self) -> Duration {
        self.elapsed
    }

    /// The status, if a response came.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.result.ok().map(RawResponse::status)
    }

    /// The headers, if a response came.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.result.ok().map(RawResponse::headers)
    }

    /// Why no response came.
    #[must_use]
    pub fn error(&self) -> Option<&TransportError> {
        self.result.err()
    }
}

impl fmt::Debug for IncomingResponse<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("IncomingResponse");
        debug
            .field("operation", &self.operation.id)
            .field("method", self.method)
            .field("path_template", &self.operation.path)
            .field("attempt", &self.attempt)
            .field("elapsed", &self.elapsed);
        match self.result {
            Ok(response) => debug
                .field("status", &response.status().as_u16())
                .field("headers", &header::Shown(response.headers())),
            Err(error) => debug.field("error", &error.kind()),
        };
        debug.finish()
    }
}
