//! The default transport where there are sockets.

use super::reqwest::{ReqwestTransport, convert};
use super::transport::{BoxFuture, TransportError};
use super::{Body, BuildError};
use std::future::ready;
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

pub(super) fn send(
    client: &::reqwest::Client,
    request: http::Request<Body>,
) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
    let (parts, body) = request.into_parts();
    let request = http::Request::from_parts(parts, wrap(body));
    // The future holds next to nothing: a request in it would be there until the response is.
    match ::reqwest::Request::try_from(request) {
        Ok(request) => {
            let response = client.execute(request);
            Box::pin(async move {
                let response = response.await.map_err(convert)?;
                let response = http::Response::<::reqwest::Body>::from(response);
                Ok(response.map(Body::unpinned))
            })
        }
        Err(error) => Box::pin(ready(Err(convert(error)))),
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
