//! Bodies that are read as they arrive.

use super::answer::Answer;
use super::decode::{self, Failure};
use super::error::StreamError;
use super::limit::{self, Collected, End};
use super::transport::{TransportError, TransportErrorKind};
use super::{Body, Response};
use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Leaves the body to whoever called.
pub fn stream(answer: &mut Answer) -> Result<Body, Failure> {
    Ok(answer.take_body())
}

impl Body {
    /// The next bytes, as they arrive; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the body breaks off, or is silent for longer than the client's idle limit.
    pub async fn next(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|context| self.poll_chunk(context)).await
    }

    /// All bytes, up to the client's limit.
    ///
    /// # Errors
    ///
    /// When the body breaks off, is silent for longer than the client's idle limit, or is longer than the
    /// client accepts.
    pub async fn collect(self) -> Result<Bytes, TransportError> {
        let limit = self.limit.unwrap_or(u64::MAX);
        let Collected { bytes, end } = limit::collect(self, limit).await;
        match end {
            End::Complete => Ok(bytes),
            End::Limit => Err(TransportError::plain(TransportErrorKind::BodyTooLarge)),
            End::Broken(error) => Err(TransportError::of_body(error)),
        }
    }

    pub(super) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            let frame = std::task::ready!(Pin::new(&mut *self).poll_frame(context));
            match frame {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(TransportError::of_body(error)))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) if !data.is_empty() => return Poll::Ready(Some(Ok(data))),
                    // Trailers, which nobody asked for, or nothing at all.
                    Ok(_) | Err(_) => {}
                },
            }
        }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_chunk(context)
    }
}

impl Response<Body> {
    /// All bytes of the body, up to the client's limit.
    ///
    /// # Errors
    ///
    /// Those of [`Body::collect`].
    pub async fn bytes(self) -> Result<Bytes, TransportError> {
        self.into_body().collect().await
    }

    /// The whole body as text, in the character set that the response names.
    ///
    /// # Errors
    ///
    /// Those of [`Body::collect`], and when the bytes are no text in that character set.
    pub async fn text(self) -> Result<String, StreamError> {
        let (status, headers, body) = self.into_parts();
        let bytes = body.collect().await.map_err(StreamError::Transport)?;
        decode::whole_text(status, headers, bytes)
    }
}
