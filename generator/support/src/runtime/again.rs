//! A request that can be sent once more, for a stream that goes on where it broke off.

use super::answer::Answer;
use super::client::Settings;
use super::error::CallError;
use super::execute::execute;
use super::prepared::Prepared;
use super::transport::BoxFuture;
use http::header::{HeaderName, HeaderValue};
use std::sync::Arc;
use std::time::Duration;

/// The header that says after which event to go on.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// A request, and all that it takes to send it.
pub(super) struct Again {
    settings: Arc<Settings>,
    request: Box<Prepared>,
}

impl Again {
    /// Notes at an answer whose body is still arriving how it can be asked for again, if the request
    /// changes nothing.
    pub(super) fn note(answer: &mut Answer, settings: &Arc<Settings>, request: Box<Prepared>) {
        let is_safe = request.method.is_safe() || request.method.as_str() == "QUERY";
        if answer.body.is_some() && is_safe && request.body.is_replayable() {
            answer.again = Some(Arc::new(Self {
                settings: Arc::clone(settings),
                request,
            }));
        }
    }

    /// Sends the request after a while, with the id of the last event.
    pub(super) fn send(
        self: Arc<Self>,
        id: Option<&str>,
        delay: Duration,
    ) -> BoxFuture<'static, Result<Answer, CallError>> {
        let mut request = self.request.clone();
        if let Some(mut id) = id.and_then(|id| HeaderValue::from_bytes(id.as_bytes()).ok()) {
            id.set_sensitive(true);
            let headers = request.extra_headers.get_or_insert_default();
            headers.insert(LAST_EVENT_ID, id);
        }
        Box::pin(async move {
            self.settings.transport.sleep(delay).await;
            execute(&self.settings, request).await
        })
    }
}
