//! The default transport where there are sockets.

use super::reqwest::{ReqwestTransport, convert};
use super::transport::{BoxFuture, TransportError};
use super::{Body, BuildError};
use http::Uri;
use http::uri::{Authority, Scheme};
use std::future::ready;
use std::sync::OnceLock;
use std::time::Duration;

/// How long the default transport waits for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

impl ReqwestTransport {
    /// A transport that sends everything through a proxy, such as `http://user:password@proxy:3128`,
    /// instead of the one that the environment names (`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`).
    ///
    /// # Errors
    ///
    /// When it is not the URL of a proxy, or when TLS cannot be set up.
    pub fn with_proxy(url: &str) -> Result<Self, BuildError> {
        let proxy = ::reqwest::Proxy::all(url).map_err(|error| error.without_url());
        let proxy = proxy.map_err(BuildError::transport)?;
        Self::build(builder().proxy(proxy))
    }
}

/// What all clients of ours have in common.
pub(super) fn builder() -> ::reqwest::ClientBuilder {
    ::reqwest::Client::builder()
        // The runtime follows redirects itself, and knows which credentials may follow.
        .redirect(::reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(CONNECT_TIMEOUT)
}

/// How many servers are remembered: that of an API and that of its tokens, and some more.
const SERVERS: usize = 4;

/// The client of `reqwest`, and what need not be found out again for each request.
#[derive(Clone, Debug)]
pub(super) struct Sender {
    client: ::reqwest::Client,
    /// The first that requests went to: their names cost more to read than the rest of a URL.
    servers: [OnceLock<Server>; SERVERS],
}

/// A server, as it is in a URI and as it is in a URL.
#[derive(Clone, Debug)]
struct Server {
    scheme: Scheme,
    authority: Authority,
    /// Without path and query.
    url: ::reqwest::Url,
}

impl Sender {
    pub(super) const fn new(client: ::reqwest::Client) -> Self {
        Self {
            client,
            servers: [const { OnceLock::new() }; SERVERS],
        }
    }

    pub(super) fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        // The future holds next to nothing: a request in it would be there until the response is.
        match self.request(request) {
            Ok(request) => {
                let response = self.client.execute(request);
                Box::pin(async move {
                    let response = response.await.map_err(convert)?;
                    let response = http::Response::<::reqwest::Body>::from(response);
                    Ok(response.map(Body::unpinned))
                })
            }
            Err(error) => Box::pin(ready(Err(convert(error)))),
        }
    }

    /// The request as `reqwest` has it.
    fn request(
        &self,
        request: http::Request<Body>,
    ) -> Result<::reqwest::Request, ::reqwest::Error> {
        let (parts, body) = request.into_parts();
        let body = wrap(body);
        // Only `reqwest` itself can take over extensions.
        let known = self
            .known(&parts.uri)
            .filter(|_| parts.extensions.is_empty());
        if let Some(server) = known {
            let mut request = ::reqwest::Request::new(parts.method, server.url(&parts.uri));
            *request.version_mut() = parts.version;
            *request.headers_mut() = parts.headers;
            *request.body_mut() = Some(body);
            return Ok(request);
        }
        let uri = parts.uri.clone();
        let request = ::reqwest::Request::try_from(http::Request::from_parts(parts, body))?;
        self.remember(&uri, request.url());
        Ok(request)
    }

    fn known(&self, uri: &Uri) -> Option<&Server> {
        let mut servers = self.servers.iter().map_while(OnceLock::get);
        servers.find(|server| server.is_of(uri))
    }

    /// Remembers the server of a URL that was read from a URI, if there is room and it is not there yet.
    fn remember(&self, uri: &Uri, url: &::reqwest::Url) {
        let free = self.servers.iter().find(|server| server.get().is_none());
        if let Some(free) = free
            && self.known(uri).is_none()
            && let Some(server) = Server::of(uri, url)
        {
            // Another request may have been faster.
            free.get_or_init(|| server);
        }
    }
}

impl Server {
    /// The server of a URL that was read from a URI; none where there is a user in it, as transports are shown.
    fn of(uri: &Uri, url: &::reqwest::Url) -> Option<Self> {
        let authority = uri
            .authority()
            .filter(|text| !text.as_str().contains('@'))?;
        let mut url = url.clone();
        url.set_path("");
        url.set_query(None);
        let server = Self {
            scheme: uri.scheme()?.clone(),
            authority: authority.clone(),
            url,
        };
        server.is_of(uri).then_some(server)
    }

    /// Whether a URI is of this server. What follows the authority must not be read as a part of it.
    fn is_of(&self, uri: &Uri) -> bool {
        uri.scheme() == Some(&self.scheme)
            && uri.authority() == Some(&self.authority)
            && uri.path().starts_with('/')
    }

    /// The URL that reading a URI of this server would give.
    fn url(&self, uri: &Uri) -> ::reqwest::Url {
        let mut url = self.url.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        url
    }
}

pub(super) fn sleep(duration: Duration) -> BoxFuture<'static, ()> {
    Box::pin(tokio::time::sleep(duration))
}

/// Whether no connection came about.
pub(super) fn is_connect(error: &::reqwest::Error) -> bool {
    error.is_connect()
}

/// Bytes are handed over as bytes, which `reqwest` can send again on a stale connection.
fn wrap(body: Body) -> ::reqwest::Body {
    match body.into_bytes() {
        Ok(bytes) => ::reqwest::Body::from(bytes),
        Err(body) => ::reqwest::Body::wrap(body),
    }
}
