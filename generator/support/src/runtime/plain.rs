//! Answers of an operation with one type for all successes, or for all errors: what the decoder makes. Each
//! row of each operation calls one of these; with `identity` in its place it would cost more to compile.

use super::answer::Answer;
use super::decode::{self, Failure};
use super::error::Error;
use super::response::Response;
use std::convert::identity;

/// [`decode::success`] of what was decoded.
#[inline]
pub fn success<T, E>(
    answer: Answer,
    decode: fn(&mut Answer) -> Result<T, Failure>,
) -> Result<Response<T>, Error<E>> {
    decode::success(answer, decode, identity)
}

/// [`decode::failure`] of what was decoded.
#[inline]
pub fn failure<T, E>(
    answer: Answer,
    decode: fn(&mut Answer) -> Result<E, Failure>,
) -> Result<Response<T>, Error<E>> {
    decode::failure(answer, decode, identity)
}

/// [`decode::other`] of what was decoded.
#[inline]
pub fn other<T, E>(
    answer: Answer,
    decode: fn(&mut Answer) -> Result<E, Failure>,
) -> Result<Response<T>, Error<E>> {
    decode::other(answer, decode, identity)
}
