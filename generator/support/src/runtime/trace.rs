//! Spans for the library `tracing`, behind the feature of that name: one for a call, with what its
//! operation is and how it ended. No query, no header, no body and no credential gets there.
//!
//! The names of the fields are those of OpenTelemetry.

#[cfg(feature = "tracing")]
pub(super) use on::Span;

#[cfg(not(feature = "tracing"))]
pub(super) use off::Span;

#[cfg(feature = "tracing")]
mod on {
    use crate::runtime::answer::Answer;
    use crate::runtime::api::OperationInfo;
    use crate::runtime::error::CallError;
    use http::Method;
    use std::time::Duration;
    use tracing::Instrument;
    use tracing::field::Empty;

    /// The span of a call.
    pub(in crate::runtime) struct Span(tracing::Span);

    impl Span {
        pub(in crate::runtime) fn new(operation: &'static OperationInfo, method: &Method) -> Self {
            Self(tracing::info_span!(
                "http.client.call",
                otel.kind = "client",
                operation = operation.id,
                http.request.method = method.as_str(),
                url.template = operation.path,
                http.request.resend_count = Empty,
                http.response.status_code = Empty,
                "error.type" = Empty,
            ))
        }

        /// `work` as a part of the call.
        pub(in crate::runtime) fn around<W: Future>(
            &self,
            work: W,
        ) -> impl Future<Output = W::Output> + use<W> {
            work.instrument(self.0.clone())
        }

        /// An attempt failed, and there will be another.
        pub(in crate::runtime) fn again(
            &self,
            result: &Result<Answer, CallError>,
            delay: Duration,
        ) {
            let delay = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
            match result {
                Ok(response) => tracing::debug!(
                    parent: &self.0,
                    http.response.status_code = response.status().as_u16(),
                    delay_ms = delay,
                    "sending the request again"
                ),
                Err(error) => tracing::debug!(
                    parent: &self.0,
                    error = kind(error),
                    delay_ms = delay,
                    "sending the request again"
                ),
            }
        }

        /// The call ended so, after so many retries.
        pub(in crate::runtime) fn ended(&self, result: &Result<Answer, CallError>, retries: u32) {
            if retries > 0 {
                self.0.record("http.request.resend_count", retries);
            }
            match result {
                Ok(response) => {
                    let status = response.status().as_u16();
                    self.0.record("http.response.status_code", status);
                    if status >= 400 {
                        self.0.record("error.type", status);
                    }
                }
                Err(error) => {
                    self.0.record("error.type", kind(error));
                }
            }
        }
    }

    /// What went wrong, in a word.
    fn kind(error: &CallError) -> &'static str {
        match error {
            CallError::Transport(error) => error.kind().as_str(),
            CallError::Request(_) => "request",
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use crate::runtime::answer::Answer;
    use crate::runtime::api::OperationInfo;
    use crate::runtime::error::CallError;
    use http::Method;
    use std::time::Duration;

    /// Nothing.
    pub(in crate::runtime) struct Span;

    impl Span {
        pub(in crate::runtime) const fn new(_: &'static OperationInfo, _: &Method) -> Self {
            Self
        }

        pub(in crate::runtime) fn around<W: Future>(&self, work: W) -> W {
            work
        }

        pub(in crate::runtime) const fn again(&self, _: &Result<Answer, CallError>, _: Duration) {}

        pub(in crate::runtime) const fn ended(&self, _: &Result<Answer, CallError>, _: u32) {}
    }
}
