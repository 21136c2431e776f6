//! What all requests of operations have in common, and the table of what their answers mean: `answers!`,
//! and `request!` for requests that have a type of their own.

use super::answer::Answer;
use super::call::Call;
use super::error::Error;
#[cfg(any(test, feature = "testing"))]
use super::reply::Replies;
use super::response::Response;
use super::retry::RetryPolicy;
use super::transport::BoxFuture;
use http::{HeaderName, HeaderValue};
use std::fmt;
use std::time::Duration;

/// A request; `.await` sends it.
///
/// `T` is what a success is, and `E` what an error is that the document declares.
#[must_use = "a request does nothing until it is awaited"]
pub struct Request<'c, T: 'static, E: 'static> {
    call: Call<'c>,
    answers: &'static Answers<T, E>,
}

impl<'c, T: 'static, E: 'static> Request<'c, T, E> {
    /// A request that has all that it needs.
    #[inline]
    pub(crate) const fn new(call: Call<'c>, answers: &'static Answers<T, E>) -> Self {
        Self { call, answers }
    }

    /// The time limit of this call, all attempts and the pauses between them together.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call.timeout(timeout);
        self
    }

    /// A header that this request carries, instead of one that it would have had.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.call.extra_header(name, value);
        self
    }

    /// When and how often this request is sent again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.call.retry(policy);
        self
    }

    /// Sends the request; the same as `.await` on it.
    pub fn send(self) -> BoxFuture<'c, Result<Response<T>, Error<E>>> {
        self.call.send(self.answers.decode)
    }

    /// Sends the request, and waits on this thread for the response. In async code, which
    /// must not be blocked, it is an error.
    ///
    /// # Errors
    ///
    /// Those of the operation.
    #[cfg(feature = "blocking")]
    pub fn send_blocking(self) -> Result<Response<T>, Error<E>> {
        self.call.send_blocking(self.answers.decode)
    }
}

impl<'c, T: 'static, E: 'static> IntoFuture for Request<'c, T, E> {
    type Output = Result<Response<T>, Error<E>>;
    type IntoFuture = BoxFuture<'c, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

#[cfg(any(test, feature = "testing"))]
impl<'c, T: 'static, E: 'static> super::testing::Mockable<'c> for Request<'c, T, E> {
    type Success = T;
    type Failure = E;

    fn into_parts(self) -> (Call<'c>, Replies<T, E>) {
        (self.call, self.answers.replies)
    }
}

impl<T: 'static, E: 'static> fmt::Debug for Request<'_, T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

/// What the answers to the requests of an operation mean.
pub struct Answers<T, E> {
    pub(crate) decode: fn(Answer) -> Result<Response<T>, Error<E>>,
    /// The same the other way round, for mock servers.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) replies: Replies<T, E>,
}

/// The table of an operation: what each status means.
///
/// A row is `status => success(decoder);` or `failure(decoder);`, or `other(decoder);` for what is
/// neither. The status is a pattern, and the decoder one of those in `decode`. Where an operation
/// has several kinds of success, `success(json as Enum::Variant)` says which this one is, and where
/// the media type decides, it stands before the decoder: `success("text/csv" => text as …, …)`.
macro_rules! answers {
    ($name:ident -> $success:ty, $failure:ty {
        $($status:pat => $outcome:ident($($decoder:tt)+);)*
    }) => {
        #[allow(
            unreachable_code,
            unreachable_patterns,
            unused_variables,
            reason = "there may be a row for all statuses, and rows of one type"
        )]
        const $name: $crate::runtime::Answers<$success, $failure> = $crate::runtime::Answers {
            decode: |answer| match answer.code() {
                $($status => $crate::runtime::request::outcome!(answer, $outcome, $($decoder)+),)*
                _ => Err($crate::runtime::decode::undeclared(answer)),
            },
            #[cfg(any(test, feature = "testing"))]
            replies: $crate::runtime::reply::Replies {
                success: |value, rows| {
                    $($crate::runtime::reply::reply!(value, rows, success, $outcome, $status, $($decoder)+);)*
                    None
                },
                failure: |value, rows| {
                    $($crate::runtime::reply::reply!(value, rows, failure, $outcome, $status, $($decoder)+);)*
                    None
                },
            },
        };
    };
}
pub(crate) use answers;

/// The type of a request that has optional parts: its methods beside the setters of these, and the table
/// of [`answers!`].
macro_rules! request {
    ($request:ident -> $success:ty, $failure:ty { $($rows:tt)* }) => {
        impl<'c> $request<'c> {
            $crate::runtime::request::answers! { ANSWERS -> $success, $failure { $($rows)* } }

            /// The time limit of this call, all attempts and the pauses between them together.
            #[inline]
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.call.timeout(timeout);
                self
            }

            /// A header that this request carries, instead of one that it would have had.
            #[inline]
            pub fn header(
                mut self,
                name: $crate::runtime::HeaderName,
                value: $crate::runtime::HeaderValue,
            ) -> Self {
                self.call.extra_header(name, value);
                self
            }

            /// When and how often this request is sent again.
            #[inline]
            pub fn retry(mut self, policy: $crate::runtime::RetryPolicy) -> Self {
                self.call.retry(policy);
                self
            }

            /// Sends the request; the same as `.await` on it.
            #[inline]
            pub fn send(
                self,
            ) -> $crate::runtime::BoxFuture<
                'c,
                Result<$crate::runtime::Response<$success>, $crate::runtime::Error<$failure>>,
            > {
                self.call.send(Self::ANSWERS.decode)
            }

            /// Sends the request, and waits on this thread for the response. In async code, which
            /// must not be blocked, it is an error.
            #[cfg(feature = "blocking")]
            #[inline]
            pub fn send_blocking(
                self,
            ) -> Result<$crate::runtime::Response<$success>, $crate::runtime::Error<$failure>> {
                self.call.send_blocking(Self::ANSWERS.decode)
            }
        }

        #[cfg(any(test, feature = "testing"))]
        impl<'c> $crate::runtime::testing::Mockable<'c> for $request<'c> {
            type Success = $success;
            type Failure = $failure;

            fn into_parts(
                self,
            ) -> ($crate::runtime::Call<'c>, $crate::runtime::reply::Replies<$success, $failure>) {
                (self.call, Self::ANSWERS.replies)
            }
        }

        impl<'c> IntoFuture for $request<'c> {
            type Output =
                Result<$crate::runtime::Response<$success>, $crate::runtime::Error<$failure>>;
            type IntoFuture = $crate::runtime::BoxFuture<'c, Self::Output>;

            #[inline]
            fn into_future(self) -> Self::IntoFuture {
                self.send()
            }
        }
    };
}
pub(crate) use request;

/// The right side of a row.
macro_rules! outcome {
    ($answer:ident, $outcome:ident, $($($media:literal)|+ => $decoder:ident as $variant:path),+) => {
        match $crate::runtime::decode::media(&$answer, &[$($($media),+),+]) {
            $($($media)|+ => {
                $crate::runtime::request::outcome!($answer, $outcome, $decoder as $variant)
            })+
            _ => Err($crate::runtime::decode::undeclared($answer)),
        }
    };
    ($answer:ident, $outcome:ident, $($media:literal)|+ => $decoder:ident) => {
        match $crate::runtime::decode::media(&$answer, &[$($media),+]) {
            $($media)|+ => $crate::runtime::request::outcome!($answer, $outcome, $decoder),
            _ => Err($crate::runtime::decode::undeclared($answer)),
        }
    };
    ($answer:ident, $outcome:ident, empty as $variant:path) => {
        $crate::runtime::decode::$outcome($answer, $crate::runtime::decode::empty, |()| $variant)
    };
    ($answer:ident, $outcome:ident, $decoder:ident as $variant:path) => {
        $crate::runtime::decode::$outcome($answer, $crate::runtime::decode::$decoder, $variant)
    };
    ($answer:ident, $outcome:ident, $decoder:ident) => {
        $crate::runtime::decode::$outcome(
            $answer,
            $crate::runtime::decode::$decoder,
            std::convert::identity,
        )
    };
}
pub(crate) use outcome;
