//! Requests of one call, for tests that put the call together themselves.

/// A function that makes the request of a call; the rows are those of `operation!`.
macro_rules! request {
    ($visibility:vis $name:ident $(of $marker:ident)? -> $success:ty, $failure:ty { $($rows:tt)* }) => {
        $visibility const fn $name(
            call: $crate::runtime::Call<'_>,
        ) -> $crate::runtime::Request<'_, $success, $failure $(, $marker)?> {
            #[allow(
                unreachable_patterns,
                unused_variables,
                reason = "there may be a row for all statuses, and rows of one type"
            )]
            const ANSWERS: $crate::runtime::Answers<$success, $failure> =
                $crate::runtime::request::answers! { $($rows)* };
            $crate::runtime::Request {
                call,
                answers: ANSWERS,
                operation: std::marker::PhantomData,
            }
        }
    };
}
pub(super) use request;
