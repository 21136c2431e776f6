//! What an application that uses this crate tests itself with: a server on a real socket that answers
//! operations with values of their types.
//!
//! A mock says which request it waits for by making it, with the methods that the application uses, too.

use super::api::Api;
use super::client::Client;
use super::credential::Credential;
use super::expected::Expected;
use super::header::latin;
use super::loopback::Loopback;
use super::mocks::{Planned, Shared, failed, lock};
use super::reply::{Replies, Reply, Rows};
use super::transport::{Transport, TransportError, TransportErrorKind};
use super::{Body, BoxFuture, ClientBuilder};
use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::{Request, Response, StatusCode};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

pub use super::loopback::Received;

/// A server on the loopback interface that answers as its mocks say.
///
/// It answers a request as the first mock that waits for it and is not used up; where there is none, with
/// 501 and a text that says in what the request differs. Dropping it closes its port.
pub struct MockServer {
    loopback: Loopback,
    /// What mocks are made with. It never sends anything.
    client: Client,
    shared: Arc<Shared>,
}

impl MockServer {
    /// A server for an API.
    pub(crate) fn of(api: &'static Api) -> Self {
        let shared = Arc::new(Shared::default());
        let of_server = Arc::clone(&shared);
        let loopback = Loopback::start(move |received| of_server.respond(received));
        let loopback = match loopback {
            Ok(loopback) => loopback,
            Err(error) => panic!("no port of the loopback interface can be had: {error}"),
        };
        let builder = with_credentials(ClientBuilder::new(api).base_url(loopback.url()), api);
        let client = match builder.transport(Nowhere).build() {
            Ok(client) => client,
            Err(error) => panic!("the client of the mock server cannot be built: {error}"),
        };
        Self {
            loopback,
            client,
            shared,
        }
    }

    /// Its URL, to be the base URL of the client under test.
    #[must_use]
    pub fn url(&self) -> String {
        self.loopback.url()
    }

    /// A client that sends its requests here, with made-up credentials, and every one but once.
    ///
    /// # Panics
    ///
    /// When the transport cannot be built.
    #[cfg(feature = "reqwest")]
    #[must_use]
    pub fn client(&self) -> Client {
        let api = self.client.settings.api;
        let builder = with_credentials(ClientBuilder::new(api).base_url(self.url()), api);
        match builder.retry(super::RetryPolicy::none()).build() {
            Ok(client) => client,
            Err(error) => panic!("the client cannot be built: {error}"),
        }
    }

    /// Waits for a request: one with the same method, path, query and body as this one, and with its headers
    /// and cookies among others. What the client adds to all requests, credentials included, does not
    /// matter.
    ///
    /// # Panics
    ///
    /// When the request could not be sent.
    #[track_caller]
    pub fn when<'s, T, E, O>(
        &'s self,
        request: impl FnOnce(&'s Client) -> super::Request<'s, T, E, O>,
    ) -> When<'s, T, E> {
        let request = request(&self.client);
        let replies = request.answers.replies;
        match Expected::of(request.call) {
            Ok(expected) => When {
                server: self,
                expected,
                replies,
                status: None,
                times: None,
                delay: Duration::ZERO,
                headers: Vec::new(),
            },
            Err(error) => panic!("the request that the mock waits for cannot be sent: {error}"),
        }
    }

    /// All requests that have arrived, in their order.
    #[must_use]
    pub fn received(&self) -> Vec<Received> {
        lock(&self.shared.received).clone()
    }

    /// Those that no mock waited for.
    #[must_use]
    pub fn unexpected(&self) -> Vec<Received> {
        lock(&self.shared.unexpected).clone()
    }
}

impl fmt::Debug for MockServer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("MockServer")
            .field("url", &self.url())
            .finish_non_exhaustive()
    }
}

/// A mock that has still to be told what it answers.
#[must_use = "a mock answers nothing until it is told what"]
pub struct When<'s, T, E> {
    server: &'s MockServer,
    expected: Expected,
    status: Option<StatusCode>,
    times: Option<usize>,
    delay: Duration,
    headers: Vec<(String, String)>,
    replies: Replies<T, E>,
}

impl<'s, T: 'static, E: 'static> When<'s, T, E> {
    /// Waits for any request of the operation, whatever its arguments.
    pub fn any_arguments(mut self) -> Self {
        self.expected.any_arguments = true;
        self
    }

    /// Answers so often, and is used up then.
    pub fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// Answers after this time.
    pub fn delay(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Answers with this header, too.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name.to_string(), latin(&value)));
        self
    }

    /// Answers with this status; else it is the first that is declared for the value.
    pub fn status(mut self, status: StatusCode) -> Self {
        self.status = Some(status);
        self
    }

    /// Answers with a success. A body that is a stream is read to its end here, on this thread.
    ///
    /// # Panics
    ///
    /// When the document declares no such success, or not with the status that was set.
    #[track_caller]
    pub fn reply(self, value: impl Into<T>) -> Mock<'s> {
        let reply = (self.replies.success)(value.into(), &mut self.rows());
        let reply = self.declared(reply, "success");
        self.plan(Box::new(move |_| reply.clone()))
    }

    /// Answers with an error that the document declares.
    ///
    /// # Panics
    ///
    /// When the document declares no such error, or not with the status that was set.
    #[track_caller]
    pub fn fail(self, value: impl Into<E>) -> Mock<'s> {
        let reply = (self.replies.failure)(value.into(), &mut self.rows());
        let reply = self.declared(reply, "error");
        self.plan(Box::new(move |_| reply.clone()))
    }

    /// Answers each request with a success that is made for it.
    ///
    /// A success that is not declared, or not with the status that was set, is answered with 501.
    pub fn reply_with(self, respond: impl Fn(&Received) -> T + Send + Sync + 'static) -> Mock<'s> {
        let wanted = self.status.map(|status| status.as_u16());
        let success = self.replies.success;
        self.plan(Box::new(move |received| {
            let reply = success(respond(received), &mut Rows::new(wanted));
            reply.unwrap_or_else(|| failed("the document declares no such success"))
        }))
    }

    /// Answers with something of which the document says nothing.
    pub fn respond(
        self,
        status: StatusCode,
        content_type: &str,
        body: impl Into<Bytes>,
    ) -> Mock<'s> {
        let reply = Reply {
            status: status.as_u16(),
            media: Some(content_type.to_owned()),
            body: body.into(),
        };
        self.plan(Box::new(move |_| reply.clone()))
    }

    fn rows(&self) -> Rows {
        Rows::new(self.status.map(|status| status.as_u16()))
    }

    #[track_caller]
    fn declared(&self, reply: Option<Reply>, kind: &str) -> Reply {
        let Some(reply) = reply else {
            let id = self.expected.operation;
            match self.status {
                Some(status) => panic!("`{id}` declares no such {kind} with the status {status}"),
                None => panic!("`{id}` declares no such {kind}"),
            }
        };
        reply
    }

    fn plan(self, respond: Box<dyn Fn(&Received) -> Reply + Send + Sync>) -> Mock<'s> {
        let planned = Arc::new(Planned {
            expected: self.expected,
            times: self.times,
            calls: AtomicUsize::new(0),
            delay: self.delay,
            headers: self.headers,
            respond,
        });
        lock(&self.server.shared.mocks).push(Arc::clone(&planned));
        Mock {
            planned,
            server: PhantomData,
        }
    }
}

impl<T, E> fmt::Debug for When<'_, T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("When")
            .field("operation", &self.expected.operation)
            .finish_non_exhaustive()
    }
}

/// A mock of a server.
pub struct Mock<'s> {
    planned: Arc<Planned>,
    server: PhantomData<&'s MockServer>,
}

impl Mock<'_> {
    /// How often it has answered.
    #[must_use]
    pub fn calls(&self) -> usize {
        self.planned.calls.load(Ordering::Acquire)
    }
}

impl fmt::Debug for Mock<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Mock")
            .field("operation", &self.planned.expected.operation)
            .field("calls", &self.calls())
            .finish()
    }
}

/// Credentials of every kind, so that no operation lacks one.
fn with_credentials(builder: ClientBuilder, api: &'static Api) -> ClientBuilder {
    let schemes = api.schemes.iter();
    let sent = schemes.filter(|scheme| !scheme.is_of_transport());
    sent.fold(builder, |builder, scheme| {
        let credential = match scheme.kind {
            super::SchemeKind::Basic => Credential::basic("user", "password"),
            _ => Credential::token("secret"),
        };
        builder.credential(scheme.name, credential)
    })
}

/// Sends nothing.
struct Nowhere;

impl Transport for Nowhere {
    fn send(&self, _: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let error = TransportError::new(TransportErrorKind::Connect, "mocks send nothing");
        Box::pin(async move { Err(error) })
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'_, ()> {
        Box::pin(async {})
    }
}
