//! A request on its way.

use super::answer::Answer;
use super::error::{CallError, Error};
use super::response::Response;
use super::transport::BoxFuture;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The response to a request, once it is there; the request is sent when this is polled.
///
/// It is nothing but a decoder beside what is the same for all operations, so that an operation costs its
/// callers no future of its own.
#[must_use = "a request does nothing until it is awaited"]
pub struct ResponseFuture<'c, T, E> {
    answer: BoxFuture<'c, Result<Answer, CallError>>,
    decode: fn(Answer) -> Result<Response<T>, Error<E>>,
}

impl<'c, T, E> ResponseFuture<'c, T, E> {
    #[inline]
    pub(super) const fn new(
        answer: BoxFuture<'c, Result<Answer, CallError>>,
        decode: fn(Answer) -> Result<Response<T>, Error<E>>,
    ) -> Self {
        Self { answer, decode }
    }
}

impl<T, E> Future for ResponseFuture<'_, T, E> {
    type Output = Result<Response<T>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(self.answer.as_mut().poll(context))?;
        Poll::Ready((self.decode)(answer))
    }
}

impl<T, E> fmt::Debug for ResponseFuture<'_, T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ResponseFuture")
    }
}
