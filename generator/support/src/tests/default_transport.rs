//! The default transport sends the same, whether it knows the server of a URI already or not.

use super::arrived;
use crate::runtime::{Body, ReqwestTransport, Transport};
use http::uri::{PathAndQuery, Uri};
use http::{Request, Version};
use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, channel};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

/// A server that answers every request, until something arrives that is none.
struct Server {
    address: SocketAddr,
    received: Receiver<String>,
}

impl Server {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (sender, received) = channel();
        tokio::spawn(async move {
            loop {
                let (mut stream, _) = listener.accept().await.expect("a connection");
                let request = arrived::request(&mut stream).await;
                sender.send(request).expect("a test that listens");
                stream.write_all(arrived::ANSWER).await.expect("an answer");
            }
        });
        Self { address, received }
    }

    /// What arrives when a transport sends this.
    async fn arrived(&self, transport: &ReqwestTransport, request: Request<Body>) -> String {
        transport.send(request).await.expect("an answer");
        self.received.try_recv().expect("a request at this server")
    }
}

fn transport() -> ReqwestTransport {
    ReqwestTransport::new().expect("a transport")
}

fn request(uri: &str) -> Request<Body> {
    let request = Request::post(uri).header("x-one", "1");
    request.body(Body::bytes("the body")).expect("a request")
}

#[tokio::test]
async fn every_target() {
    let server = Server::start().await;
    let start = format!("http://{}", server.address);
    let knowing = transport();
    let first = request(&format!("{start}/first?key=hunter2"));
    server.arrived(&knowing, first).await;
    let shown = format!("{knowing:?}");
    assert!(
        shown.contains(&server.address.port().to_string()),
        "{shown}"
    );
    assert!(
        !shown.contains("hunter2") && !shown.contains("first"),
        "{shown}"
    );
    let targets = [
        "",
        "/",
        "//",
        "//a",
        "/v2/tokens/t1",
        "/a/",
        "/a//b",
        "/a/./b",
        "/a/../b",
        "/%2e%2E/b",
        "/..",
        "/%41%zz",
        "/a;b=c:d@e!$&'()*+,",
        "/~^|",
        "/{a}",
        "/[a]",
        "/*",
        "/?",
        "/?a=b&c",
        "?a",
        "/a?b?c",
        "/a?'{}|^`",
        "/a?%27+%zz",
    ];
    for target in targets {
        let uri = format!("{start}{target}");
        let unknown = server.arrived(&transport(), request(&uri)).await;
        let known = server.arrived(&knowing, request(&uri)).await;
        assert_eq!(unknown, known, "{target}");
    }
}

#[tokio::test]
async fn other_versions_and_letters() {
    let server = Server::start().await;
    let port = server.address.port();
    let knowing = transport();
    server
        .arrived(&knowing, request(&format!("http://localhost:{port}/")))
        .await;
    for uri in [
        format!("http://localhost:{port}/a"),
        format!("HTTP://LOCALHOST:{port}/a"),
    ] {
        let old = || {
            let mut request = request(&uri);
            *request.version_mut() = Version::HTTP_10;
            request
        };
        let unknown = server.arrived(&transport(), old()).await;
        let known = server.arrived(&knowing, old()).await;
        assert!(known.starts_with("POST /a HTTP/1.0\r\n"), "{known}");
        assert_eq!(unknown, known);
    }
}

/// More servers than are remembered, several times, and each gets what is its own.
#[tokio::test]
async fn servers_are_told_apart() {
    let transport = transport();
    let mut servers = Vec::new();
    for _ in 0..6 {
        servers.push(Server::start().await);
    }
    for round in ["one", "two", "three"] {
        for server in &servers {
            let request = request(&format!("http://{}/{round}", server.address));
            let arrived = server.arrived(&transport, request).await;
            assert!(arrived.starts_with(&format!("POST /{round} ")), "{arrived}");
        }
    }
    // Nobody speaks TLS there.
    let encrypted = request(&format!("https://{}/", servers[0].address));
    transport.send(encrypted).await.expect_err("another scheme");
}

#[tokio::test]
async fn a_password_is_not_kept() {
    let server = Server::start().await;
    let transport = transport();
    for user in ["me:secret@", "", "me:secret@", ""] {
        let request = request(&format!("http://{user}{}/", server.address));
        let arrived = server.arrived(&transport, request).await;
        assert!(arrived.starts_with("POST / HTTP/1.1\r\n"), "{arrived}");
        assert!(!format!("{transport:?}").contains("secret"));
    }
}

/// Its path is no path, and is read as a part of the host: that must not become the host of others.
#[tokio::test]
async fn an_asterisk() {
    let server = Server::start().await;
    let transport = transport();
    let asterisk = || {
        let uri = Uri::builder()
            .scheme("http")
            .authority(server.address.to_string());
        let target = PathAndQuery::from_static("*");
        let mut request = request("http://127.0.0.1/");
        *request.uri_mut() = uri.path_and_query(target).build().expect("a URI");
        request
    };
    transport.send(asterisk()).await.expect_err("no such host");
    let after = request(&format!("http://{}/after", server.address));
    let arrived = server.arrived(&transport, after).await;
    assert!(arrived.starts_with("POST /after "), "{arrived}");
    transport.send(asterisk()).await.expect_err("no such host");
}
