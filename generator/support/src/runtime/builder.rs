//! Making a client.

use super::api::{Api, Environment};
use super::budget::{self, RetryBudget};
use super::client::{Client, Settings};
use super::credential::{Credential, Credentials};
use super::framing::is_framing;
use super::hooks::{RequestHook, ResponseHook};
use super::path;
use super::provider::CredentialProvider;
use super::retry::RetryPolicy;
use super::transport::{BoxError, Transport};
use super::url::Url;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use std::error::Error;
use std::ffi::OsString;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The time limit of a call with all its attempts, unless set otherwise.
const TIMEOUT: Duration = Duration::from_secs(120);
/// The time limit of one attempt, unless set otherwise.
const ATTEMPT_TIMEOUT: Duration = Duration::from_secs(60);
/// The longest silence of a body that is read as it arrives, unless set otherwise.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
/// The longest body that a client accepts, unless set otherwise.
const MAX_RESPONSE_BYTES: u64 = 64 * 1024 * 1024;

/// Collects the settings of a [`Client`].
///
/// A setting that is not valid is reported by [`build`](ClientBuilder::build).
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder {
    api: &'static Api,
    base_url: Option<String>,
    /// A server that the document names.
    server: Option<String>,
    credentials: Vec<(&'static str, Credential)>,
    providers: Vec<(String, Arc<dyn CredentialProvider>)>,
    default_headers: HeaderMap,
    user_agent: Option<String>,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    idle_timeout: Option<Duration>,
    retry: RetryPolicy,
    pub(super) retry_budget: Option<u32>,
    pub(super) request_hooks: Vec<RequestHook>,
    pub(super) response_hooks: Vec<ResponseHook>,
    max_response_bytes: u64,
    transport: Option<Box<dyn Transport>>,
}

impl ClientBuilder {
    /// A builder with the defaults of an API.
    pub(crate) fn new(api: &'static Api) -> Self {
        Self {
            api,
            base_url: None,
            server: None,
            credentials: Vec::new(),
            providers: Vec::new(),
            default_headers: HeaderMap::new(),
            user_agent: None,
            timeout: Some(TIMEOUT),
            attempt_timeout: Some(ATTEMPT_TIMEOUT),
            idle_timeout: Some(IDLE_TIMEOUT),
            retry: RetryPolicy::default(),
            retry_budget: Some(budget::DEFAULT),
            request_hooks: Vec::new(),
            response_hooks: Vec::new(),
            max_response_bytes: MAX_RESPONSE_BYTES,
            transport: None,
        }
    }

    /// The URL that the paths of operations are appended to, instead of the document's server.
    ///
    /// It also replaces servers that the document names for single operations, so that
    /// credentials go to no host but this one.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// A server of the document. Operations that have servers of their own are sent to those.
    pub(crate) fn server_url(mut self, url: String) -> Self {
        self.server = Some(url);
        self.base_url = None;
        self
    }

    /// A header that every request carries, except after a redirect to another origin.
    pub fn default_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.default_headers.insert(name, value);
        self
    }

    /// Headers that every request carries, except after a redirect to another origin.
    pub fn default_headers(mut self, headers: HeaderMap) -> Self {
        self.default_headers.extend(headers);
        self
    }

    /// The `User-Agent` header, instead of this crate's name and version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// The time limit of a call, all attempts and the pauses between them together. `None` is
    /// no limit; the default is two minutes.
    ///
    /// Where the result of a call is a stream, or another body that is read as it arrives, this limit
    /// ends with the head of the response; from there on
    /// [`idle_timeout`](ClientBuilder::idle_timeout) is what counts.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// The time limit of a single attempt, its response's body included. `None` is no limit;
    /// the default is one minute.
    pub fn attempt_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.attempt_timeout = timeout.into();
        self
    }

    /// The longest silence of a body that is read as it arrives: of a file, and of a
    /// stream of events. `None` is no limit; the default is one minute.
    ///
    /// Choose it longer than the pauses that a server makes between two signs of life.
    pub fn idle_timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.idle_timeout = timeout.into();
        self
    }

    /// When and how often a request is sent again.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// The longest response body that is accepted, in bytes. The default is 64 MiB.
    ///
    /// Of a body that is read as it arrives, it is what is collected at most.
    pub fn max_response_bytes(mut self, bytes: u64) -> Self {
        self.max_response_bytes = bytes;
        self
    }

    /// What requests are sent with, instead of the default transport.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Box::new(transport));
        self
    }

    /// Asks this provider for the credential of a security scheme, by the scheme's name in the
    /// document, with every request: for tokens that expire, and keys that are changed.
    pub fn credential_provider(
        mut self,
        scheme: impl Into<String>,
        provider: impl CredentialProvider,
    ) -> Self {
        self.providers.push((scheme.into(), Arc::new(provider)));
        self
    }

    /// The credential of a security scheme.
    pub(crate) fn credential(mut self, scheme: &'static str, credential: Credential) -> Self {
        self.credentials.retain(|(known, _)| *known != scheme);
        self.credentials.push((scheme, credential));
        self
    }

    /// Reads the settings that are in the environment of this process.
    pub(crate) fn environment(self, environment: &Environment) -> Result<Self, BuildError> {
        self.environment_from(environment, &|name| std::env::var_os(name))
    }

    /// Reads the settings from variables that `lookup` knows.
    pub(crate) fn environment_from(
        mut self,
        environment: &Environment,
        lookup: &dyn Fn(&str) -> Option<OsString>,
    ) -> Result<Self, BuildError> {
        let variable = |name| variable(name, lookup);
        if let Some(base_url) = &environment.base_url
            && let Some(text) = variable(base_url.variable)?
        {
            path::parse_base(&text).map_err(|reason| {
                BuildError::new(format!(
                    "the environment variable {}: {reason}",
                    base_url.variable
                ))
            })?;
            let mut text = text.trim_end_matches('/').to_owned();
            if !text.ends_with(base_url.path.trim_end_matches('/')) {
                text.push_str(base_url.path);
            }
            self.base_url = Some(text);
        }
        for known in environment.credentials {
            let secret = variable(known.variable)?;
            let password = match known.password_variable {
                Some(name) => Some((name, variable(name)?)),
                None => None,
            };
            let credential = match (secret, password) {
                (Some(user), Some((_, Some(password)))) => Credential::basic(user, password),
                (Some(token), None) => Credential::token(token),
                (Some(_), Some((name, None))) => return Err(BuildError::unset(name)),
                (None, _) if known.required => return Err(BuildError::unset(known.variable)),
                (None, _) => continue,
            };
            if let Some(scheme) = self.api.scheme(known.scheme) {
                credential.carried(scheme.kind).map_err(|reason| {
                    BuildError::new(format!(
                        "the environment variable {}: {reason}",
                        known.variable
                    ))
                })?;
            }
            self = self.credential(known.scheme, credential);
        }
        Ok(self)
    }

    /// Makes the client.
    ///
    /// # Errors
    ///
    /// When a setting is not valid, or when there is no transport.
    pub fn build(self) -> Result<Client, BuildError> {
        let base_url_is_chosen = self.base_url.is_some();
        let base_url = self.base_url.as_deref().or(self.server.as_deref());
        let base_url = parse_base_url(base_url.unwrap_or(self.api.base_url))?;
        let credentials = Credentials::of(self.api, &self.credentials, self.providers)
            .map_err(BuildError::new)?;
        let default_headers = default_headers(self.default_headers)?;
        let user_agent = self.user_agent.as_deref().unwrap_or(self.api.user_agent);
        let user_agent = HeaderValue::try_from(user_agent).map_err(|_| {
            BuildError::new("the user agent has characters that a header cannot hold")
        })?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport()?,
        };
        let settings = Settings {
            api: self.api,
            base_url,
            base_url_is_chosen,
            credentials,
            default_headers,
            user_agent,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            idle_timeout: self.idle_timeout,
            retry: self.retry,
            retry_budget: RetryBudget::new(self.retry_budget),
            request_hooks: self.request_hooks,
            response_hooks: self.response_hooks,
            max_response_bytes: self.max_response_bytes,
            transport,
            #[cfg(feature = "blocking")]
            runtime: super::blocking::Runtime::default(),
        };
        Ok(Client {
            settings: Arc::new(settings),
        })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials: Vec<&str> = self.credentials.iter().map(|(name, _)| *name).collect();
        let headers: Vec<&str> = self
            .default_headers
            .keys()
            .map(|name| name.as_str())
            .collect();
        formatter
            .debug_struct("ClientBuilder")
            .field("credentials", &credentials)
            .field("default_headers", &headers)
            .field("timeout", &self.timeout)
            .field("attempt_timeout", &self.attempt_timeout)
            .field("idle_timeout", &self.idle_timeout)
            .field("retry", &self.retry)
            .field("max_response_bytes", &self.max_response_bytes)
            .finish_non_exhaustive()
    }
}

fn parse_base_url(text: &str) -> Result<Url, BuildError> {
    if text.is_empty() {
        return Err(BuildError::new(
            "there is no base URL: the document names no server",
        ));
    }
    // The URL is not quoted: what makes it unusable may be a password in it.
    path::parse_base(text).map_err(|reason| BuildError::new(format!("the base URL: {reason}")))
}

/// The headers, none of which may say where a message ends or goes; what they hold is not shown.
fn default_headers(mut headers: HeaderMap) -> Result<HeaderMap, BuildError> {
    if let Some(name) = headers.keys().find(|name| is_framing(name)) {
        let message = format!("the default header `{name}` is not for a client to set");
        return Err(BuildError::new(message));
    }
    headers
        .values_mut()
        .for_each(|value| value.set_sensitive(true));
    Ok(headers)
}

#[cfg(feature = "reqwest")]
fn default_transport() -> Result<Box<dyn Transport>, BuildError> {
    Ok(Box::new(super::ReqwestTransport::new()?))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport() -> Result<Box<dyn Transport>, BuildError> {
    Err(BuildError::new(
        "there is no transport: set one, or enable the feature `reqwest`",
    ))
}

/// The value of an environment variable; `None` when it is unset or blank.
fn variable(
    name: &str,
    lookup: &dyn Fn(&str) -> Option<OsString>,
) -> Result<Option<String>, BuildError> {
    let Some(value) = lookup(name) else {
        return Ok(None);
    };
    match value.to_str().map(str::trim) {
        Some("") => Ok(None),
        Some(value) => Ok(Some(value.to_owned())),
        None => Err(BuildError::new(format!(
            "the environment variable {name} is not valid Unicode"
        ))),
    }
}

/// A client could not be made. The text names the setting, and no value of it.
#[derive(Debug)]
pub struct BuildError {
    message: String,
    source: Option<BoxError>,
}

impl BuildError {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            source: None,
        }
    }

    fn unset(variable: &str) -> Self {
        Self::new(format!("the environment variable {variable} is not set"))
    }

    /// The default transport could not be set up.
    pub(super) fn transport(source: impl Into<BoxError>) -> Self {
        Self {
            message: "the transport could not be set up".to_owned(),
            source: Some(source.into()),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.source {
            Some(source) => Some(&**source),
            None => None,
        }
    }
}
