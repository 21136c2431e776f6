//! The default transport: what it is on every platform.

#[cfg(all(target_arch = "wasm32", target_os = "unknown"))]
use super::fetch as platform;
#[cfg(not(all(target_arch = "wasm32", target_os = "unknown")))]
use super::native as platform;
use super::transport::{BoxFuture, Transport, TransportError, TransportErrorKind};
use super::{Body, BuildError};
use std::time::Duration;

/// Sends requests with `reqwest`, over TLS by rustls. It needs a running tokio.
///
/// In a browser (`wasm32-unknown-unknown`), `reqwest` hands them to `fetch`, which needs no tokio and has its own
/// mind: it follows redirects, adds cookies as its rules are, and neither sends nor shows all headers. A body that
/// is a stream is collected before it is sent, and what a call holds belongs to the thread that made it.
#[derive(Clone, Debug)]
pub struct ReqwestTransport {
    sender: platform::Sender,
}

impl ReqwestTransport {
    /// A transport with its own pool of connections.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn new() -> Result<Self, BuildError> {
        Self::build(platform::builder())
    }

    pub(super) fn build(builder: ::reqwest::ClientBuilder) -> Result<Self, BuildError> {
        match builder.build() {
            Ok(client) => Ok(Self::with_client(client)),
            Err(error) => Err(BuildError::transport(error.without_url())),
        }
    }

    /// A transport over a client of your own: with other certificates, say.
    ///
    /// Give it `redirect::Policy::none()`. Redirects that `reqwest` follows are not seen here,
    /// and custom headers follow them to other servers.
    #[must_use]
    pub const fn with_client(client: ::reqwest::Client) -> Self {
        Self {
            sender: platform::Sender::new(client),
        }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.sender.send(request)
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        platform::sleep(duration)
    }
}

/// The kind of the error, and the error without the URL, whose query may hold a key.
pub(super) fn convert(error: ::reqwest::Error) -> TransportError {
    let kind = if platform::is_connect(&error) {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_body() || error.is_decode() {
        TransportErrorKind::Body
    } else {
        TransportErrorKind::Exchange
    };
    TransportError::new(kind, error.without_url())
}
