//! The client: what all calls share.

use super::api::{Api, OperationInfo};
use super::budget::RetryBudget;
use super::call::Call;
use super::credential::Credentials;
use super::error::{RequestError, RequestErrorKind};
use super::hooks::{RequestHook, ResponseHook};
use super::retry::RetryPolicy;
use super::transport::Transport;
use super::url::Url;
use http::{HeaderMap, HeaderValue};
use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// A client of the API. Cloning it is cheap, and clones share their connections.
///
/// `Debug` shows no credential and no header value.
#[derive(Clone)]
pub struct Client {
    /// What the builder decided. A function that gives it would have a name that operations may have.
    pub(super) settings: Arc<Settings>,
}

/// Everything that the builder decides.
pub(super) struct Settings {
    pub(super) api: &'static Api,
    pub(super) base_url: Url,
    /// Whether the user chose the base URL, which then also replaces servers of operations.
    pub(super) base_url_is_chosen: bool,
    pub(super) credentials: Credentials,
    pub(super) default_headers: HeaderMap,
    pub(super) user_agent: HeaderValue,
    pub(super) timeout: Option<Duration>,
    pub(super) attempt_timeout: Option<Duration>,
    pub(super) idle_timeout: Option<Duration>,
    pub(super) retry: RetryPolicy,
    pub(super) retry_budget: RetryBudget,
    pub(super) request_hooks: Vec<RequestHook>,
    pub(super) response_hooks: Vec<ResponseHook>,
    pub(super) max_response_bytes: u64,
    pub(super) transport: Box<dyn Transport>,
    #[cfg(feature = "blocking")]
    pub(super) runtime: super::blocking::Runtime,
}

impl Settings {
    /// The server of an operation: its own, unless the user has chosen one for all.
    pub(super) fn server(&self, own: Option<&str>) -> Result<Cow<'_, Url>, RequestError> {
        let Some(server) = own else {
            return Ok(Cow::Borrowed(&self.base_url));
        };
        let url = self.base_url.join(server);
        match url.filter(|url| url.query().is_none()) {
            Some(url) if self.base_url_is_chosen && !url.is_same_origin(&self.base_url) => {
                Ok(Cow::Borrowed(&self.base_url))
            }
            Some(url) => Ok(Cow::Owned(url)),
            None => {
                let message = "the URL of the operation's own server is not valid";
                Err(RequestError::new(RequestErrorKind::Path, message))
            }
        }
    }
}

impl Client {
    /// The URL that the paths of operations are appended to.
    #[must_use]
    pub fn base_url(&self) -> String {
        self.settings.base_url.to_string()
    }

    /// Begins a call of an operation.
    pub(crate) fn call(&self, operation: &'static OperationInfo) -> Call<'_> {
        Call::new(self, operation)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let settings = &*self.settings;
        let credentials: Vec<&str> = settings.credentials.names().collect();
        let headers: Vec<&str> = settings
            .default_headers
            .keys()
            .map(|name| name.as_str())
            .collect();
        formatter
            .debug_struct("Client")
            .field("base_url", &format_args!("{}", settings.base_url))
            .field("credentials", &credentials)
            .field("default_headers", &headers)
            .field("timeout", &settings.timeout)
            .field("attempt_timeout", &settings.attempt_timeout)
            .field("idle_timeout", &settings.idle_timeout)
            .field("retry", &settings.retry)
            .field("retry_budget", &settings.retry_budget)
            .field("max_response_bytes", &settings.max_response_bytes)
            .finish_non_exhaustive()
    }
}
