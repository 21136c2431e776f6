//! Any `tower` service as a transport, behind the feature `tower`.

use super::Body;
use super::transport::{BoxError, BoxFuture, Transport, TransportError, TransportErrorKind};
use bytes::Bytes;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tower_service::Service;

/// Sends requests with a service: with a stack of `tower` layers, say. It needs a running tokio,
/// whose timer it uses.
///
/// An error of the service that is a [`TransportError`] stays what it is; any other is of the kind
/// [`Exchange`](TransportErrorKind::Exchange).
pub struct TowerTransport<S> {
    // Only locked to be cloned: a service need not be shared between threads.
    service: Mutex<S>,
}

impl<S> TowerTransport<S> {
    /// A transport that clones the service for each request.
    pub const fn new(service: S) -> Self {
        Self {
            service: Mutex::new(service),
        }
    }
}

impl<S, B> Transport for TowerTransport<S>
where
    S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<BoxError>,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let service = self.service.lock().unwrap_or_else(PoisonError::into_inner);
        let mut service = service.clone();
        Box::pin(async move {
            let ready = poll_fn(|context| service.poll_ready(context)).await;
            ready.map_err(|error| convert(error.into()))?;
            let response = service.call(request).await;
            let response = response.map_err(|error| convert(error.into()))?;
            Ok(response.map(Body::stream))
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

fn convert(error: BoxError) -> TransportError {
    TransportError::of(TransportErrorKind::Exchange, error)
}

impl<S> fmt::Debug for TowerTransport<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("TowerTransport")
            .finish_non_exhaustive()
    }
}
