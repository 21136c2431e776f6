//! Bodies that are read as they arrive, and bodies of several media types, over a real socket.

use super::golden::API;
use super::requests::request;
use crate::runtime::{
    Body, Client, ClientBuilder, Error, Method, OperationInfo, Repeat, RetryPolicy,
    TransportErrorKind, Undocumented, Unread,
};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const FILE: OperationInfo = OperationInfo {
    id: "file",
    method: Method::GET,
    path: "/file",
    accept: "application/json, application/octet-stream",
    security: &[],
    server: None,
    unread: &[Unread {
        first: 200,
        last: 200,
        media: &["application/json", "application/octet-stream"],
        left: &["application/octet-stream"],
    }],
    repeat: Repeat::ByMethod,
};

#[derive(Debug)]
enum FileOutcome {
    Json(Vec<String>),
    Binary(Body),
}

request! { file_request -> FileOutcome, Undocumented {
    200 => success(
        "application/json" => json as FileOutcome::Json,
        "application/octet-stream" => stream as FileOutcome::Binary
    );
} }

/// A server that writes these parts, with a pause after each, and leaves the connection open.
async fn serve(parts: &'static [&'static str], pause: Duration) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut request = vec![0; 65536];
        let length = stream.read(&mut request).await.expect("a request");
        assert!(length > 0, "a request came");
        for part in parts {
            stream.write_all(part.as_bytes()).await.expect("a reader");
            tokio::time::sleep(pause).await;
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
        drop(stream);
    });
    ClientBuilder::new(&API)
        .base_url(format!("http://{address}"))
        .timeout(Duration::from_millis(400))
        .idle_timeout(Duration::from_millis(300))
        .max_response_bytes(8)
        .retry(RetryPolicy::none())
        .build()
        .expect("a client")
}

async fn get(client: &Client) -> Result<FileOutcome, Error<Undocumented>> {
    let call = client.call(&FILE);
    file_request(call)
        .await
        .map(crate::runtime::Response::into_body)
}

async fn body(client: &Client) -> Body {
    match get(client).await {
        Ok(FileOutcome::Binary(body)) => body,
        other => panic!("no body: {other:?}"),
    }
}

const BYTES: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\n\
                     transfer-encoding: chunked\r\n\r\n";

#[tokio::test]
async fn the_content_type_decides() {
    let json = "HTTP/1.1 200 OK\r\ncontent-type: Application/JSON; charset=utf-8\r\n\
                content-length: 5\r\n\r\n[\"a\"]";
    for (answer, expected) in [
        (json, "json a"),
        (
            "HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 5\r\n\r\n[\"a\"]",
            "undeclared",
        ),
        (
            "HTTP/1.1 500 No\r\ncontent-type: application/octet-stream\r\ncontent-length: 1\r\n\r\nx",
            "undeclared",
        ),
    ] {
        let client = serve(Vec::leak(vec![answer]), Duration::ZERO).await;
        let said = match get(&client).await {
            Ok(FileOutcome::Json(items)) => format!("json {}", items.join(",")),
            Ok(FileOutcome::Binary(_)) => "binary".to_owned(),
            Err(Error::Undeclared(_)) => "undeclared".to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(said, expected, "{answer}");
    }
}

#[tokio::test]
async fn a_body_arrives_piece_by_piece_for_longer_than_the_call_may_take() {
    let parts = [
        BYTES,
        "2\r\nab\r\n",
        "2\r\ncd\r\n",
        "2\r\nef\r\n",
        "0\r\n\r\n",
    ];
    let client = serve(Vec::leak(parts.to_vec()), Duration::from_millis(150)).await;
    let mut body = body(&client).await;
    let mut read = Vec::new();
    while let Some(chunk) = body.next().await {
        read.extend_from_slice(&chunk.expect("a chunk"));
    }
    assert_eq!(read, b"abcdef");
}

#[tokio::test]
async fn silence_and_length_have_limits() {
    let client = serve(&[BYTES, "2\r\nab\r\n"], Duration::ZERO).await;
    let error = body(&client).await.collect().await.expect_err("silence");
    assert_eq!(error.kind(), TransportErrorKind::Timeout);

    let client = serve(&[BYTES, "9\r\nabcdefghi\r\n0\r\n\r\n"], Duration::ZERO).await;
    let error = body(&client).await.collect().await.expect_err("too long");
    assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge);

    let client = serve(&[BYTES, "8\r\nabcdefgh\r\n0\r\n\r\n"], Duration::ZERO).await;
    let all = body(&client).await.collect().await.expect("all of it");
    assert_eq!(&all[..], b"abcdefgh");
}

#[cfg(feature = "blocking")]
#[test]
fn bodies_are_read_without_async() {
    use std::io::Read;
    let tokio = tokio::runtime::Runtime::new().expect("a runtime");
    let parts = &[
        "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ntransfer-encoding: chunked\r\n\r\n",
        "3\r\nabc\r\n",
        "2\r\nde\r\n0\r\n\r\n",
    ];
    let client = tokio.block_on(serve(parts, Duration::from_millis(20)));
    let call = client.call(&FILE);
    let response = file_request(call).send_blocking().expect("a response");
    let FileOutcome::Binary(body) = response.into_body() else {
        panic!("a binary body");
    };
    let mut text = String::new();
    let mut body = client.blocking(body).expect("no async code").into_reader();
    let mut start = [0; 2];
    body.read_exact(&mut start).expect("two bytes");
    body.read_to_string(&mut text).expect("the rest");
    assert_eq!((&start, text.as_str()), (b"ab", "cde"));
    let refused = tokio.block_on(async { client.blocking(Body::empty()).is_err() });
    assert!(refused);
}

#[cfg(feature = "blocking")]
#[test]
fn silence_ends_a_blocking_body() {
    let tokio = tokio::runtime::Runtime::new().expect("a runtime");
    let parts = &[
        "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: 9\r\n\r\nabc",
    ];
    let client = tokio.block_on(serve(parts, Duration::ZERO));
    let call = client.call(&FILE);
    let response = file_request(call).send_blocking().expect("a response");
    let FileOutcome::Binary(body) = response.into_body() else {
        panic!("a binary body");
    };
    let mut pieces = client.blocking(body).expect("no async code");
    assert_eq!(pieces.next().expect("a piece").expect("bytes"), "abc");
    let error = pieces.next().expect("an end").expect_err("silence");
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
}
