//! The default transport in a browser.

use super::Body;
use super::limit::{End, collect};
use super::reqwest::convert;
use super::transport::{BoxFuture, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use gloo_timers::future::TimeoutFuture;
use http_body::Frame;
use send_wrapper::SendWrapper;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

/// The longest pause that a timer of a browser makes, in milliseconds (24 days): a longer one would be none.
const LONGEST_PAUSE: u32 = i32::MAX.unsigned_abs();

pub(super) fn builder() -> ::reqwest::ClientBuilder {
    ::reqwest::Client::builder()
}

/// The client of `reqwest`.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    client: ::reqwest::Client,
}

impl Sender {
    pub(super) const fn new(client: ::reqwest::Client) -> Self {
        Self { client }
    }

    pub(super) fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(SendWrapper::new(exchange(&self.client, request)))
    }
}

pub(super) fn sleep(duration: Duration) -> BoxFuture<'static, ()> {
    let milliseconds = u32::try_from(duration.as_millis()).unwrap_or(u32::MAX);
    let pause = TimeoutFuture::new(milliseconds.min(LONGEST_PAUSE));
    Box::pin(SendWrapper::new(pause))
}

/// Browsers do not tell whether there was a connection.
pub(super) const fn is_connect(_: &::reqwest::Error) -> bool {
    false
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
