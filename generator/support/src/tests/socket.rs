//! The default transport against a real socket.

use super::golden::{API, Thing};
use crate::runtime::{Client, ClientBuilder, Credential, Error, RetryPolicy, TransportErrorKind};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// What a server does with each connection, in turn.
#[derive(Clone, Copy)]
enum Behaviour {
    Answer(&'static str),
    Hang,
    Close,
    Endless,
}

/// Starts a server; returns a client of it, and the heads and bodies that arrive.
async fn serve(behaviours: &'static [Behaviour]) -> (Client, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let received = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&received);
    tokio::spawn(async move {
        for behaviour in behaviours {
            let (mut stream, _) = listener.accept().await.expect("a connection");
            let mut request = vec![0; 65536];
            let length = stream.read(&mut request).await.expect("a request");
            let text = String::from_utf8_lossy(&request[..length]).into_owned();
            log.lock().expect("a lock").push(text);
            match behaviour {
                Behaviour::Answer(text) => {
                    stream.write_all(text.as_bytes()).await.expect("an answer");
                }
                Behaviour::Hang => {
                    tokio::spawn(async move {
                        tokio::time::sleep(Duration::from_secs(60)).await;
                        drop(stream);
                    });
                }
                Behaviour::Close => {}
                Behaviour::Endless => {
                    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
                    let mut result = stream.write_all(head.as_bytes()).await;
                    while result.is_ok() {
                        result = stream.write_all(&[b' '; 65536]).await;
                    }
                }
            }
        }
    });
    let client = ClientBuilder::new(&API)
        .base_url(format!("http://{address}/v2"))
        .credential("auth", Credential::token("hunter2"))
        .credential("key", Credential::token("hunter2 key"))
        .retry(RetryPolicy::default().base_delay(Duration::from_millis(10)))
        .build()
        .expect("a client");
    (client, received)
}

fn requests(received: &Mutex<Vec<String>>) -> Vec<String> {
    received.lock().expect("a lock").clone()
}

const THING: Behaviour = Behaviour::Answer(
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 12\r\n\
     connection: close\r\n\r\n{\"name\":\"a\"}",
);

#[tokio::test]
async fn a_request_on_the_wire() {
    let (client, received) = serve(&[THING, THING]).await;
    client.create_thing(Thing::new("ü")).await.expect("a thing");
    client
        .get_thing("a/b", "ü")
        .tags(["x y"])
        .await
        .expect("a thing");
    let requests = requests(&received);
    let start = "POST /v2/things?api%20key=hunter2%20key HTTP/1.1\r\n";
    assert!(requests[0].starts_with(start), "{}", requests[0]);
    assert!(
        requests[0].contains("content-length: 13\r\n"),
        "{}",
        requests[0]
    );
    assert!(
        requests[0].ends_with("\r\n\r\n{\"name\":\"ü\"}"),
        "{}",
        requests[0]
    );
    let start = "GET /v2/things/a%2Fb/parts/%C3%BC.json?tags=x%20y HTTP/1.1\r\n";
    assert!(requests[1].starts_with(start), "{}", requests[1]);
    assert!(
        requests[1].contains("authorization: Bearer hunter2\r\n"),
        "{}",
        requests[1]
    );
    assert!(!requests[1].contains("content-length"), "{}", requests[1]);
}

#[tokio::test]
async fn connections_that_fail() {
    let (client, received) = serve(&[Behaviour::Close, THING]).await;
    client
        .get_thing("a", "b")
        .await
        .expect("a thing at the second attempt");
    assert_eq!(requests(&received).len(), 2);

    let closed = ClientBuilder::new(&API)
        .base_url("http://127.0.0.1:1")
        .retry(RetryPolicy::none())
        .credential("key", Credential::token("hunter2"))
        .build()
        .expect("a client");
    let error = closed
        .create_thing(Thing::new("a"))
        .await
        .expect_err("a closed port");
    assert!(error.is_connect());
    let mut texts = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(error) = source {
        texts.push_str(&format!(" {error} {error:?}"));
        source = error.source();
    }
    assert!(
        !texts.contains("hunter2") && !texts.contains("/things"),
        "{texts}"
    );
}

#[tokio::test]
async fn a_hang() {
    let (client, _) = serve(&[Behaviour::Hang]).await;
    let request = client
        .get_thing("a", "b")
        .timeout(Duration::from_millis(200));
    assert!(request.await.expect_err("a hang").is_timeout());
}

#[tokio::test]
async fn an_endless_body() {
    let (client, _) = serve(&[Behaviour::Endless]).await;
    let error = client
        .get_thing("a", "b")
        .await
        .expect_err("an endless body");
    assert!(
        matches!(&error, Error::Transport(error) if error.kind() == TransportErrorKind::BodyTooLarge),
        "{error:?}"
    );
}

#[tokio::test]
async fn answers_that_lie() {
    const CUT: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\
        content-length: 100\r\n\r\n{";
    const CHUNKS: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n";
    const NOISE: &str = "hello\r\n\r\n";
    let (client, _) = serve(&[
        Behaviour::Answer(CUT),
        Behaviour::Answer(CHUNKS),
        Behaviour::Answer(NOISE),
    ])
    .await;
    for kind in [
        TransportErrorKind::Body,
        TransportErrorKind::Body,
        TransportErrorKind::Exchange,
    ] {
        let result = client.get_thing("a", "b").retry(RetryPolicy::none()).await;
        let Err(Error::Transport(error)) = result else {
            panic!("{result:?}");
        };
        assert_eq!(error.kind(), kind, "{error:?}");
    }
}

#[tokio::test]
async fn a_redirect_is_followed_by_the_runtime() {
    const AWAY: &str = "HTTP/1.1 302 Found\r\nlocation: /v2/other\r\ncontent-length: 0\r\n\
        connection: close\r\n\r\n";
    let (client, received) = serve(&[Behaviour::Answer(AWAY), THING]).await;
    client.get_thing("a", "b").await.expect("a thing");
    let requests = requests(&received);
    assert!(
        requests[1].starts_with("GET /v2/other HTTP/1.1\r\n"),
        "{}",
        requests[1]
    );
    assert!(!requests[1].contains("referer"), "{}", requests[1]);
}
