//! A call of an operation while it is put together: every rule of encoding is here.

use super::answer::Answer;
use super::api::OperationInfo;
use super::client::Client;
use super::error::{CallError, Error, RequestError, RequestErrorKind};
use super::execute::execute;
use super::framing::{bad_header, header_parameter, is_framing};
use super::idempotency::key;
use super::payload::Payload;
use super::prepared::Prepared;
use super::request_scope::RequestScope;
use super::response::Response;
use super::response_future::ResponseFuture;
use super::retry::RetryPolicy;
use super::style::pair;
use super::transport::BoxFuture;
use super::url::Url;
use super::{Body, path};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt::{self, Display};
use std::future::ready;
use std::time::Duration;

/// How the items of an array parameter are written in the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrayStyle {
    /// `a=1&a=2` when exploded, else `a=1,2`.
    Form {
        /// Whether each item gets a pair of its own.
        explode: bool,
    },
    /// `a=1%202`
    SpaceDelimited,
    /// `a=1%7C2`
    PipeDelimited,
}

/// A call that is being put together.
///
/// A value that cannot be sent is remembered, and is what sending returns. `Debug` shows which
/// operation it is, and the names of parameters, but no values.
#[derive(Clone)]
pub struct Call<'c> {
    pub(super) client: &'c Client,
    pub(super) operation: &'static OperationInfo,
    pub(super) method: Method,
    /// The server, where it is not the one that the operation has by default.
    server: Option<String>,
    path: Vec<(&'static str, String)>,
    /// Encoded pairs, by the parameter that they are of.
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) cookies: Vec<(&'static str, String)>,
    pub(super) headers: HeaderMap,
    /// Those that the user sets, which few calls have.
    pub(super) extra_headers: Option<Box<HeaderMap>>,
    pub(super) body: Payload,
    timeout: Option<Duration>,
    attempt_timeout: Option<Duration>,
    retry: RetryPolicy,
    pub(super) refused: Option<RequestError>,
}

impl<'c> Call<'c> {
    /// A call without parameters and body.
    pub fn new(client: &'c Client, operation: &'static OperationInfo) -> Self {
        let settings = &client.settings;
        Self {
            client,
            operation,
            method: operation.method.clone(),
            server: None,
            path: Vec::new(),
            query: Vec::new(),
            cookies: Vec::new(),
            headers: HeaderMap::new(),
            extra_headers: None,
            body: Payload::default(),
            timeout: settings.timeout,
            attempt_timeout: settings.attempt_timeout,
            retry: settings.retry,
            refused: None,
        }
    }

    /// Sets a method for which there is no constant, such as `COPY`.
    pub fn method(&mut self, token: &'static str) {
        match Method::from_bytes(token.as_bytes()) {
            Ok(method) => self.method = method,
            Err(_) => self.refuse(RequestError::new(
                RequestErrorKind::Path,
                format!("`{token}` is not an HTTP method"),
            )),
        }
    }

    /// Sets which of the operation's own servers it is sent to.
    pub fn server(&mut self, url: String) {
        self.server = Some(url);
    }

    /// The URL of the server.
    pub(super) fn server_url(&self) -> Result<Cow<'_, Url>, RequestError> {
        let own = self.server.as_deref().or(self.operation.server);
        self.client.settings.server(own)
    }

    /// Sets a path parameter.
    pub fn path(&mut self, name: &'static str, value: &dyn Display) {
        let value = value.to_string();
        self.check_path(name, &value);
        self.push_path(name, path::encode_owned(value));
    }

    /// Sets a path parameter to several values, separated by commas.
    #[inline]
    pub fn path_array(
        &mut self,
        name: &'static str,
        items: impl IntoIterator<Item = impl Display>,
    ) {
        let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
        self.set_path(name, &items.join(","), join_encoded(&items, ","));
    }

    pub(super) fn set_path(&mut self, name: &'static str, value: &str, encoded: String) {
        self.check_path(name, value);
        self.push_path(name, encoded);
    }

    fn check_path(&mut self, name: &str, value: &str) {
        if let Err(error) = path::check_value(name, value) {
            self.refuse(error);
        }
    }

    fn push_path(&mut self, name: &'static str, encoded: String) {
        self.path.retain(|(known, _)| *known != name);
        // Most paths have one.
        self.path.reserve_exact(1);
        self.path.push((name, encoded));
    }

    /// Sets a query parameter.
    pub fn query(&mut self, name: &'static str, value: &dyn Display) {
        self.set_pairs(name, vec![pair(name, &value.to_string())]);
    }

    /// Replaces what a parameter is in the query.
    pub(super) fn set_pairs(&mut self, name: &'static str, pairs: Vec<String>) {
        self.query.retain(|(known, _)| *known != name);
        self.query
            .extend(pairs.into_iter().map(|pair| (name, pair)));
    }

    /// Sets a query parameter to several values; to none, leaves it out.
    #[inline]
    pub fn query_array(
        &mut self,
        name: &'static str,
        style: ArrayStyle,
        items: impl IntoIterator<Item = impl Display>,
    ) {
        let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
        self.set_query_array(name, style, &items);
    }

    fn set_query_array(&mut self, name: &'static str, style: ArrayStyle, items: &[String]) {
        let separator = match style {
            ArrayStyle::Form { explode: true } => {
                let pairs = items.iter().map(|item| pair(name, item)).collect();
                return self.set_pairs(name, pairs);
            }
            ArrayStyle::Form { explode: false } => ",",
            ArrayStyle::SpaceDelimited => "%20",
            ArrayStyle::PipeDelimited => "%7C",
        };
        let joined = || {
            let value = join_encoded(items, separator);
            format!("{}={value}", path::encode(name))
        };
        let pairs = (!items.is_empty()).then(joined);
        self.set_pairs(name, pairs.into_iter().collect());
    }

    /// Sets a header parameter.
    pub fn header(&mut self, name: &'static str, value: &dyn Display) {
        match header_parameter(name, &value.to_string()) {
            Ok((name, value)) => {
                self.headers.insert(name, value);
            }
            Err(error) => self.refuse(error),
        }
    }

    /// Sets a header parameter to several values, separated by commas.
    #[inline]
    pub fn header_array(
        &mut self,
        name: &'static str,
        items: impl IntoIterator<Item = impl Display>,
    ) {
        let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
        self.header(name, &items.join(","));
    }

    /// Sets the body to JSON, without those properties that only the server sets.
    #[inline]
    pub fn json_body<T: Serialize + ?Sized>(&mut self, content_type: &'static str, value: &T) {
        let scope = RequestScope::enter();
        let json = serde_json::to_vec(value);
        drop(scope);
        self.set_json_body(content_type, json);
    }

    fn set_json_body(&mut self, content_type: &'static str, json: serde_json::Result<Vec<u8>>) {
        match json {
            Ok(json) => self.bytes_body(content_type, json),
            Err(_) => self.refuse(RequestError::new(
                RequestErrorKind::Body,
                "the body cannot be written as JSON",
            )),
        }
    }

    /// Sets the body to text.
    #[inline]
    pub fn text_body(&mut self, content_type: &'static str, text: impl Into<String>) {
        self.set_body(content_type, Body::bytes(text.into()));
    }

    /// Sets the body to bytes.
    #[inline]
    pub fn bytes_body(&mut self, content_type: &'static str, bytes: impl Into<Bytes>) {
        self.set_body(content_type, Body::bytes(bytes));
    }

    /// Sets the body to bytes, or to a stream of them. A stream is sent once: there are no retries.
    #[inline]
    pub fn raw_body(&mut self, content_type: &'static str, body: impl Into<Body>) {
        self.set_body(content_type, body.into());
    }

    pub(super) fn set_body(&mut self, content_type: &str, body: Body) {
        match HeaderValue::from_str(content_type) {
            Ok(value) => {
                self.headers.insert(header::CONTENT_TYPE, value);
                self.body = body.into();
            }
            Err(_) => self.refuse(bad_header(header::CONTENT_TYPE.as_str())),
        }
    }

    /// Sets a header that goes before every other source of the same header.
    pub fn extra_header(&mut self, name: HeaderName, mut value: HeaderValue) {
        if is_framing(&name) {
            self.refuse(bad_header(name.as_str()));
        }
        value.set_sensitive(true);
        let headers = self.extra_headers.get_or_insert_default();
        headers.insert(name, value);
    }

    /// Sets the time limit of the call.
    pub fn timeout(&mut self, timeout: Duration) {
        self.timeout = Some(timeout);
        // Whoever gives one call more time than the client's attempts have wants it used.
        self.attempt_timeout = self.attempt_timeout.map(|limit| limit.max(timeout));
    }

    /// Sets when and how often the request is sent again.
    pub fn retry(&mut self, policy: RetryPolicy) {
        self.retry = policy;
    }

    /// Keeps the first reason for which the request cannot be sent.
    pub(super) fn refuse(&mut self, error: RequestError) {
        self.refused.get_or_insert(error);
    }

    /// Sends the call, and decodes the response.
    #[inline]
    pub fn send<T, E>(
        self,
        decode: fn(Answer) -> Result<Response<T>, Error<E>>,
    ) -> ResponseFuture<'c, T, E> {
        ResponseFuture::new(self.execute(), decode)
    }

    pub(super) fn execute(self) -> BoxFuture<'c, Result<Answer, CallError>> {
        let settings = &self.client.settings;
        let id = self.operation.id;
        match self.prepare() {
            Ok(request) => Box::pin(execute(settings, request)),
            Err(error) => Box::pin(ready(Err(CallError::Request(error.of(id))))),
        }
    }

    /// Server, path and query, without credentials.
    pub(super) fn url(&self) -> Result<Url, RequestError> {
        let (mut url, fixed_query) =
            path::join(&*self.server_url()?, self.operation.path, &self.path)?;
        let fixed_query = fixed_query.iter().map(String::as_str);
        let pairs = fixed_query.chain(self.query.iter().map(|(_, pair)| pair.as_str()));
        let pairs: Vec<&str> = pairs.filter(|pair| !pair.is_empty()).collect();
        if !pairs.is_empty() {
            url.set_query(pairs.join("&"));
        }
        Ok(url)
    }

    /// The request as it can be sent, or the reason why it cannot.
    pub(super) fn prepare(self) -> Result<Box<Prepared>, RequestError> {
        if let Some(error) = self.refused {
            return Err(error);
        }
        let settings = &self.client.settings;
        let operation = self.operation;
        let url = self.url()?;
        let security = settings.credentials.choose(settings.api, operation)?;
        let (secret_query, provided) = settings.credentials.beside(settings.api, security);
        // What futures hold is moved with them, and large ones cost the allocator more than two small ones.
        Ok(Box::new(Prepared {
            operation,
            method: self.method,
            url,
            headers: self.headers,
            cookies: self.cookies,
            security,
            secret_query,
            provided,
            extra_headers: self.extra_headers,
            key: key(operation.repeat),
            body: self.body,
            timeout: self.timeout,
            attempt_timeout: self.attempt_timeout,
            retry: self.retry,
        }))
    }
}

impl fmt::Debug for Call<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<&str> = self.query.iter().map(|(name, _)| *name).collect();
        let headers: Vec<&str> = self.headers.keys().map(HeaderName::as_str).collect();
        formatter
            .debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("method", &self.method)
            .field("path", &self.operation.path)
            .field("query", &query)
            .field("headers", &headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// Encoded items with a separator between them that is not.
fn join_encoded(items: &[String], separator: &str) -> String {
    let items: Vec<String> = items.iter().map(|item| path::encode(item)).collect();
    items.join(separator)
}
