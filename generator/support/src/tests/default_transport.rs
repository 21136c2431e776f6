//! The default transport sends the same, whether it knows the server of a URI already or not.

use crate::runtime::{Body, ReqwestTransport, Transport};
use std::net::SocketAddr;
use std::sync::mpsc::{Receiver, channel};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const BODY: &str = "the body";

/// Starts a server that answers everything with 204; returns its address, and what arrives.
async fn serve() -> (SocketAddr, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let (arrived, received) = channel();
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut request = Vec::new();
            while !request.ends_with(BODY.as_bytes()) {
                stream.read_buf(&mut request).await.expect("a request");
            }
            let text = String::from_utf8_lossy(&request).into_owned();
            arrived.send(text).expect("a test that listens");
            let answer = b"HTTP/1.1 204 No Content\r\nconnection: close\r\n\r\n";
            stream.write_all(answer).await.expect("an answer");
        }
    });
    (address, received)
}

fn request(uri: &str) -> http::Request<Body> {
    let request = http::Request::post(uri).header("x-one", "1");
    request.body(Body::bytes(BODY)).expect("a request")
}

#[tokio::test]
async fn known_server() {
    let (address, received) = serve().await;
    let transport = |uri| async move {
        let transport = ReqwestTransport::new().expect("a transport");
        transport.send(request(uri)).await.expect("an answer");
        transport
    };
    let first: &'static str = format!("http://{address}/first?x=1").leak();
    let knowing = transport(first).await;
    received.recv().expect("the first request");
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
        "/?",
        "/?a=b&c",
        "?a",
        "/a?b?c",
        "/a?'{}|^`",
        "/a?%27+%zz",
    ];
    for target in targets {
        let uri: &'static str = format!("http://{address}{target}").leak();
        let Ok(_) = uri.parse::<http::Uri>() else {
            panic!("`{target}` is no URI");
        };
        transport(uri).await;
        let unknown = received.recv().expect("a request");
        knowing.send(request(uri)).await.expect("an answer");
        let known = received.recv().expect("a request");
        assert_eq!(unknown, known, "{target}");
    }
}

#[tokio::test]
async fn a_password_is_not_kept() {
    let (address, received) = serve().await;
    let transport = ReqwestTransport::new().expect("a transport");
    for user in ["me:secret@", "", "me:secret@", ""] {
        let uri = format!("http://{user}{address}/");
        transport.send(request(&uri)).await.expect("an answer");
        let head = received.recv().expect("a request");
        assert!(head.starts_with("POST / HTTP/1.1\r\n"), "{head}");
        assert!(!format!("{transport:?}").contains("secret"));
    }
}
