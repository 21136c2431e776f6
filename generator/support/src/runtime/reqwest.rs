//! The default transport.

use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
use super::{Body, BuildError};
use std::future::ready;
use std::time::Duration;

/// How long the default transport waits for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// Sends requests with `reqwest`, over TLS by rustls. It needs a running tokio.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    client: ::reqwest::Client,
}

impl ReqwestTransport {
    /// A transport with its own pool of connections.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn new() -> Result<Self, BuildError> {
        Self::build(builder())
    }

    fn build(builder: ::reqwest::ClientBuilder) -> Result<Self, BuildError> {
        match builder.build() {
            Ok(client) => Ok(Self { client }),
            Err(error) => Err(BuildError::transport(error.without_url())),
        }
    }

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

    /// A transport over a client of your own: with other certificates, say.
    ///
    /// Give it `redirect::Policy::none()`. Redirects that `reqwest` follows are not seen here,
    /// and custom headers follow them to other servers.
    #[must_use]
    pub const fn with_client(client: ::reqwest::Client) -> Self {
        Self { client }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let (parts, body) = request.into_parts();
        let request = http::Request::from_parts(parts, wrap(body));
        // The future holds next to nothing: a request in it would be there until the response is.
        match ::reqwest::Request::try_from(request) {
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

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// What all clients of ours have in common.
fn builder() -> ::reqwest::ClientBuilder {
    ::reqwest::Client::builder()
        // The runtime follows redirects itself, and knows which credentials may follow.
        .redirect(::reqwest::redirect::Policy::none())
        .referer(false)
        .connect_timeout(CONNECT_TIMEOUT)
}

/// Bytes are handed over as bytes, which `reqwest` can send again on a stale connection.
fn wrap(body: Body) -> ::reqwest::Body {
    match body.into_bytes() {
        Ok(bytes) => ::reqwest::Body::from(bytes),
        Err(body) => ::reqwest::Body::wrap(body),
    }
}

/// The kind of the error, and the error without the URL, whose query may hold a key.
fn convert(error: ::reqwest::Error) -> TransportError {
    let kind = if error.is_timeout() && !error.is_connect() {
        TransportErrorKind::Timeout
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_body() || error.is_decode() {
        TransportErrorKind::Body
    } else {
        TransportErrorKind::Exchange
    };
    TransportError::new(kind, error.without_url())
}
