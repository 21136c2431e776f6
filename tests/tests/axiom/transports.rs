//! Proxies, and other stacks than the default one.

use crate::{Operation, SECRET, builder};
use axiom_api::{
    Body, BoxFuture, Error, ReqwestTransport, TowerTransport, Transport, TransportError,
    TransportErrorKind,
};
use specwright_tests::Server;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll};
use tower_service::Service;

#[tokio::test]
async fn a_proxy() {
    let nowhere = Server::start([]);
    let proxy = Server::start([Operation::List.reply()]);
    let url = proxy.url("").replace("://", "://user:hunter2@");
    let transport = ReqwestTransport::with_proxy(&url).expect("a proxy");
    let client = builder(&nowhere).transport(transport).build();
    client
        .expect("complete")
        .get_api_tokens()
        .await
        .expect("a list");
    assert!(nowhere.requests().is_empty());
    let request = proxy.request();
    assert_eq!(request.path, nowhere.url("/v2/tokens"));
    let credentials = request.header("proxy-authorization");
    assert_eq!(credentials, Some("Basic dXNlcjpodW50ZXIy"));
    let bearer = format!("Bearer {SECRET}");
    assert_eq!(request.header("authorization"), Some(bearer.as_str()));

    let error = ReqwestTransport::with_proxy("http://user:hunter2@:x").expect_err("no URL");
    assert!(
        !format!("{error} {error:?}").contains("hunter2"),
        "{error:?}"
    );
}

/// A service over the default transport, which fails when it is not ready.
#[derive(Clone)]
struct Counting {
    inner: ReqwestTransport,
    calls: Arc<AtomicU32>,
    is_ready: bool,
}

impl Service<http::Request<Body>> for Counting {
    type Response = http::Response<Body>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Self::Response, TransportError>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        if self.calls.load(Ordering::Relaxed) > 0 {
            let error = TransportError::new(TransportErrorKind::Connect, "one call is enough");
            return Poll::Ready(Err(error));
        }
        self.is_ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: http::Request<Body>) -> Self::Future {
        assert!(self.is_ready);
        self.calls.fetch_add(1, Ordering::Relaxed);
        let inner = self.inner.clone();
        Box::pin(async move { inner.send(request).await })
    }
}

#[tokio::test]
async fn a_tower_service() {
    let server = Server::start([Operation::List.reply()]);
    let service = Counting {
        inner: ReqwestTransport::new().expect("TLS"),
        calls: Arc::default(),
        is_ready: false,
    };
    let transport = TowerTransport::new(service);
    let client = builder(&server)
        .transport(transport)
        .build()
        .expect("complete");
    client.get_api_tokens().await.expect("a list");
    let Err(Error::Transport(error)) = client.get_api_tokens().await else {
        panic!("the service was not ready");
    };
    assert_eq!(error.kind(), TransportErrorKind::Connect);
}
