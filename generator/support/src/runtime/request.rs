//! What all requests of operations have in common, as one table per operation: `request!`.

/// The table of an operation: what each status means.
///
/// A row is `status => success(decoder);` or `failure(decoder);`, or `other(decoder);` for what is
/// neither. The status is a pattern, and the decoder one of those in `decode`. Where an operation
/// has several kinds of success, `success(json as Enum::Variant)` says which this one is, and where
/// the media type decides, it stands before the decoder: `success("text/csv" => text as …, …)`.
macro_rules! request {
    ($request:ident -> $success:ty, $failure:ty {
        $($status:pat => $outcome:ident($($decoder:tt)+);)*
    }) => {
        impl<'c> $request<'c> {
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
                self.call.send(Self::decode)
            }

            /// Sends the request, and waits on this thread for the response. In async code, which
            /// must not be blocked, it is an error.
            #[cfg(feature = "blocking")]
            #[inline]
            pub fn send_blocking(
                self,
            ) -> Result<$crate::runtime::Response<$success>, $crate::runtime::Error<$failure>> {
                self.call.send_blocking(Self::decode)
            }

            #[inline]
            fn decode(
                answer: $crate::runtime::Answer,
            ) -> Result<$crate::runtime::Response<$success>, $crate::runtime::Error<$failure>> {
                #[allow(unreachable_patterns, reason = "a row for all statuses may be there")]
                match answer.code() {
                    $($status => {
                        $crate::runtime::request::outcome!(answer, $outcome, $($decoder)+)
                    })*
                    _ => Err($crate::runtime::decode::undeclared(answer)),
                }
            }
        }

        #[cfg(any(test, feature = "testing"))]
        impl<'c> $crate::runtime::testing::Mockable<'c> for $request<'c> {
            type Success = $success;
            type Failure = $failure;

            fn into_call(self) -> $crate::runtime::Call<'c> {
                self.call
            }

            #[allow(unreachable_code, unreachable_patterns, unused_variables, reason = "rows of one type")]
            fn success(
                value: Self::Success,
                rows: &mut $crate::runtime::reply::Rows,
            ) -> Option<$crate::runtime::reply::Reply> {
                $($crate::runtime::reply::reply!(value, rows, success, $outcome, $status, $($decoder)+);)*
                None
            }

            #[allow(unreachable_code, unreachable_patterns, unused_variables, reason = "rows of one type")]
            fn failure(
                value: Self::Failure,
                rows: &mut $crate::runtime::reply::Rows,
            ) -> Option<$crate::runtime::reply::Reply> {
                $($crate::runtime::reply::reply!(value, rows, failure, $outcome, $status, $($decoder)+);)*
                None
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
