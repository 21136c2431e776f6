//! The requests of all operations: one type, and the table of an operation, `operation!`.

use super::answer::Answer;
use super::api::OperationInfo;
use super::call::Call;
use super::client::Client;
use super::error::Error;
#[cfg(any(test, feature = "testing"))]
use super::reply::Replies;
use super::response::Response;
use super::response_future::ResponseFuture;
use super::retry::RetryPolicy;
use http::{HeaderName, HeaderValue};
use std::fmt;
use std::marker::PhantomData;
use std::time::Duration;

/// A request; `.await` sends it.
///
/// `T` is what a success is, and `E` what an error is that the document declares. `O` marks the operation
/// where a request has optional parts, which are methods of it then.
#[must_use = "a request does nothing until it is awaited"]
pub struct Request<'c, T, E, O = ()> {
    pub(crate) call: Call<'c>,
    pub(crate) answers: Answers<T, E>,
    pub(crate) operation: PhantomData<fn() -> O>,
}

impl<'c, T: 'static, E: 'static, O> Request<'c, T, E, O> {
    /// A request of an operation, without arguments.
    #[inline]
    pub(crate) fn new(client: &'c Client, operation: &'static Operation<T, E>) -> Self {
        Self {
            call: client.call(&operation.info),
            answers: operation.answers,
            operation: PhantomData,
        }
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
    pub fn send(self) -> ResponseFuture<'c, T, E> {
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

impl<'c, T: 'static, E: 'static, O> IntoFuture for Request<'c, T, E, O> {
    type Output = Result<Response<T>, Error<E>>;
    type IntoFuture = ResponseFuture<'c, T, E>;

    fn into_future(self) -> Self::IntoFuture {
        self.send()
    }
}

impl<T, E, O> fmt::Debug for Request<'_, T, E, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Request")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}

/// All that is constant of an operation.
pub struct Operation<T, E> {
    /// What its requests have in common.
    pub(crate) info: OperationInfo,
    pub(crate) answers: Answers<T, E>,
}

/// What the answers to the requests of an operation mean.
pub struct Answers<T, E> {
    pub(crate) decode: fn(Answer) -> Result<Response<T>, Error<E>>,
    /// The same the other way round, for mock servers.
    #[cfg(any(test, feature = "testing"))]
    pub(crate) replies: Replies<T, E>,
}

impl<T, E> Clone for Answers<T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for Answers<T, E> {}

/// The table of an operation: what its requests have in common, and what each status means.
macro_rules! operation {
    ($name:ident -> $success:ty, $failure:ty {
        id = $id:literal;
        method = $method:expr;
        path = $path:literal;
        accept = $accept:literal;
        security = $security:expr;
        server = $server:expr;
        unread = $unread:expr;
        repeat = $repeat:expr;
        $($rows:tt)*
    }) => {
        #[allow(
            unreachable_code,
            unreachable_patterns,
            unused_variables,
            reason = "there may be a row for all statuses, and rows of one type"
        )]
        const $name: $crate::runtime::Operation<$success, $failure> = $crate::runtime::Operation {
            info: $crate::runtime::OperationInfo {
                id: $id,
                method: $method,
                path: $path,
                accept: $accept,
                security: $security,
                server: $server,
                unread: $unread,
                repeat: $repeat,
            },
            answers: $crate::runtime::request::answers! { $($rows)* },
        };
    };
}
pub(crate) use operation;

/// The rows of an operation that say what each status means.
///
/// A row is `status => success(decoder);` or `failure(decoder);`, or `other(decoder);` for what is
/// neither. The status is a pattern, and the decoder one of those in `decode`. Where an operation
/// has several kinds of success, `success(json as Enum::Variant)` says which this one is, and where
/// the media type decides, it stands before the decoder: `success("text/csv" => text as …, …)`.
macro_rules! answers {
    ($($status:pat => $outcome:ident($($decoder:tt)+);)*) => {
        $crate::runtime::Answers {
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
        }
    };
}
pub(crate) use answers;

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
        $crate::runtime::plain::$outcome($answer, $crate::runtime::decode::$decoder)
    };
}
pub(crate) use outcome;
