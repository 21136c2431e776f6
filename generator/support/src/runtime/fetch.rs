//! The default transport in a browser.

use super::limit::{End, collect};
use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
use super::{Body, BuildError};
use bytes::Bytes;
use futures_core::Stream;
use http_body::Frame;
use send_wrapper::SendWrapper;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// Sends requests with `reqwest`, which hands them to the browser's `fetch`.
///
/// The browser has its own mind: it follows redirects, adds its cookies as its rules are, and neither sends
/// nor shows all headers. A body that is a stream is collected before it is sent. What a call holds belongs
/// to the thread that made it.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: ::reqwest::Client,
}

impl ReqwestTransport {
    /// A transport.
    ///
    /// # Errors
    ///
    /// When there is no `fetch`.
    pub fn new() -> Result<Self, BuildError> {
        match ::reqwest::Client::builder().build() {
            Ok(client) => Ok(Self { client }),
            Err(error) => Err(BuildError::transport(error.without_url())),
        }
    }

    /// A transport over a client of your own.
    #[must_use]
    pub const fn with_client(client: ::reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(SendWrapper::new(exchange(&self.client, request)))
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        let milliseconds = u32::try_from(duration.as_millis()).unwrap_or(u32::MAX);
        Box::pin(SendWrapper::new(gloo_timers::future::TimeoutFuture::new(
            milliseconds,
        )))
    }
}

/// Sends the request, and waits for the head of the response.
async fn exchange(
    client: &::reqwest::Client,
    request: http::Request<Body>,
) -> Result<http::Response<Body>, TransportError> {
    let (parts, body) = request.into_parts();
    let collected = collect(body, u64::MAX).await;
    if let End::Broken(error) = collected.end {
        return Err(TransportError::of_body(error));
    }
    let request = http::Request::from_parts(parts, collected.bytes);
    let request = ::reqwest::Request::try_from(request).map_err(convert)?;
    let response = client.execute(request).await.map_err(convert)?;
    let mut answer = http::Response::new(Body::empty());
    *answer.status_mut() = response.status();
    *answer.headers_mut() = response.headers().clone();
    let pieces: Pieces = Box::pin(response.bytes_stream());
    Ok(answer.map(|_| Body::unpinned(Arriving(SendWrapper::new(pieces)))))
}

/// The pieces of a body, as they arrive.
type Pieces = Pin<Box<dyn Stream<Item = Result<Bytes, ::reqwest::Error>>>>;

/// The body of a response.
struct Arriving(SendWrapper<Pieces>);

impl http_body::Body for Arriving {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let next = self.0.as_mut().poll_next(context);
        next.map(|piece| piece.map(|piece| piece.map(Frame::data).map_err(convert)))
    }
}

/// The kind of the error, and the error without the URL, whose query may hold a key. Browsers do not tell
/// whether there was a connection.
fn convert(error: ::reqwest::Error) -> TransportError {
    let kind = if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_body() || error.is_decode() {
        TransportErrorKind::Body
    } else {
        TransportErrorKind::Exchange
    };
    TransportError::new(kind, error.without_url())
}
