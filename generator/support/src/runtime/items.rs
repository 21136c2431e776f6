//! Bodies of many JSON values: a line for each, or a record separator before each (RFC 7464).

use super::answer::Answer;
use super::call::Call;
use super::decode::Failure;
use super::error::{RequestError, RequestErrorKind, StreamError};
use super::media;
use super::pieces::{Pieces, Split};
use super::request_scope::RequestScope;
use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A body that is a JSON value after the other, each decoded as it arrives.
///
/// A value that does not decode is an error in its place, and the next one follows.
pub struct JsonStream<T> {
    pieces: Pieces,
    item: PhantomData<fn() -> T>,
}

/// Leaves the items of the body to whoever called.
pub fn items<T>(answer: &mut Answer) -> Result<JsonStream<T>, Failure> {
    let is_sequence =
        media::essence(answer.headers()).is_some_and(|essence| essence.ends_with("json-seq"));
    Ok(match is_sequence {
        true => of(answer, Split::Record),
        false => of_lines(answer),
    })
}

pub(super) fn of_lines<T>(answer: &mut Answer) -> JsonStream<T> {
    of(answer, Split::Line)
}

fn of<T>(answer: &mut Answer, split: Split) -> JsonStream<T> {
    JsonStream {
        pieces: Pieces::of(answer, split),
        item: PhantomData,
    }
}

#[cfg(any(test, feature = "testing"))]
impl<T> JsonStream<T> {
    /// What has not been read yet.
    pub(super) fn into_body(self) -> super::Body {
        self.pieces.into_body()
    }
}

impl<T: DeserializeOwned> JsonStream<T> {
    /// The next value, as it arrives; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the value does not decode, and when the body breaks off, is silent for longer than the client's
    /// idle limit, or has a value longer than the client accepts.
    pub async fn next(&mut self) -> Option<Result<T, StreamError>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, StreamError>>> {
        loop {
            match std::task::ready!(self.pieces.poll(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(piece)) if piece.trim_ascii().is_empty() => {}
                Some(Ok(piece)) => {
                    let item = self.pieces.head.item(piece);
                    return Poll::Ready(Some(item));
                }
            }
        }
    }
}

impl<T: DeserializeOwned> Stream for JsonStream<T> {
    type Item = Result<T, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl Call<'_> {
    /// Sets the body to these values: a line for each, or a record separator before each.
    #[inline]
    pub fn items_body<T: Serialize>(&mut self, content_type: &'static str, values: &[T]) {
        let scope = RequestScope::enter();
        let texts = values.iter().map(serde_json::to_vec).collect();
        drop(scope);
        self.set_items_body(content_type, texts);
    }

    fn set_items_body(
        &mut self,
        content_type: &'static str,
        texts: serde_json::Result<Vec<Vec<u8>>>,
    ) {
        let Ok(texts) = texts else {
            let message = "the body cannot be written as JSON";
            return self.refuse(RequestError::new(RequestErrorKind::Body, message));
        };
        let before: &[u8] = match content_type.contains("json-seq") {
            true => b"\x1e",
            false => b"",
        };
        let parts = texts.iter().flat_map(|text| [before, text, b"\n"]);
        let body: Vec<u8> = parts.flatten().copied().collect();
        self.bytes_body(content_type, body);
    }
}

impl<T> fmt::Debug for JsonStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JsonStream")
    }
}
