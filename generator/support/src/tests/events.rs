//! Streams of typed items: events, lines and sequences of JSON.

use super::golden::API;
use super::requests::request;
use super::scripted::{Answer, Scripted, with_headers};
use crate::runtime::{
    Body, Bytes, Client, ClientBuilder, Error, Event, EventStream, JsonStream, Method,
    OperationInfo, Repeat, StreamError, Undocumented, Unread, decode,
};
use serde_json::Value;
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

const LISTEN: OperationInfo = OperationInfo {
    id: "listen",
    method: Method::GET,
    path: "/events",
    accept: "text/event-stream",
    security: &[],
    server: None,
    unread: &[Unread {
        first: 200,
        last: 299,
        media: &[
            "text/event-stream",
            "application/jsonl",
            "application/json-seq",
        ],
        left: &[
            "text/event-stream",
            "application/jsonl",
            "application/json-seq",
        ],
    }],
    repeat: Repeat::ByMethod,
};

request! { listen -> EventStream<u32>, Undocumented {
    200..=299 => success("text/event-stream" => events);
} }

request! { text_events -> EventStream<String>, Undocumented {
    200 => success(texts);
} }

request! { envelopes -> EventStream<Value>, Undocumented {
    200 => success(envelopes);
} }

request! { lines -> JsonStream<u32>, Undocumented {
    200 => success(items);
} }

/// These chunks, and then perhaps an error.
struct Chunks(VecDeque<&'static str>, bool);

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        Poll::Ready(match self.0.pop_front() {
            Some(chunk) => Some(Ok(http_body::Frame::data(Bytes::from_static(
                chunk.as_bytes(),
            )))),
            None => std::mem::take(&mut self.1).then(|| Err(std::io::Error::other("reset"))),
        })
    }
}

fn arriving(content_type: &str, chunks: &[&'static str], breaks: bool) -> Answer {
    let headers = vec![("content-type", content_type.to_owned())];
    let body = Chunks(chunks.iter().copied().collect(), breaks);
    Answer::Response(200, headers, Body::stream(body))
}

fn client(answers: impl IntoIterator<Item = Answer>) -> (Client, Scripted) {
    let transport = Scripted::new(answers);
    let builder = ClientBuilder::new(&API)
        .transport(transport.clone())
        .max_response_bytes(64);
    (builder.build().expect("a client"), transport)
}

const EVENTS: &str = "text/event-stream; charset=utf-8";

async fn texts(chunks: &[&'static str], breaks: bool) -> Vec<String> {
    let (client, _) = client([arriving(EVENTS, chunks, breaks)]);
    let call = client.call(&LISTEN);
    let mut events = text_events(call).await.expect("a stream").into_body();
    let mut shown = Vec::new();
    while let Some(event) = events.next().await {
        shown.push(match event {
            Ok(Event {
                data, event, id, ..
            }) => {
                let named = |sign, text: Option<String>| text.map(|text| format!("{sign}{text}"));
                let words = [Some(data), named("@", event), named("#", id)];
                words.into_iter().flatten().collect::<Vec<_>>().join(" ")
            }
            Err(StreamError::Transport(error)) => error.kind().as_str().to_owned(),
            Err(error) => error.to_string(),
        });
    }
    shown
}

#[tokio::test]
async fn events_are_read_as_the_standard_says() {
    let cases: &[(&[&'static str], bool, &[&str])] = &[
        (&["data: a\n\ndata: b\n\n"], false, &["a", "b"]),
        (&["da", "ta: a\r", "\n\r\ndata:b\r\r"], false, &["a", "b"]),
        (&["\u{feff}data: a\n\n"], false, &["a"]),
        (&[": nothing\n\nevent: e\n\ndata\n\n"], false, &[""]),
        (
            &["event: e\nid: 1\ndata:  a\ndata: b\nother: c\n\ndata: d\n\n"],
            false,
            &[" a\nb @e #1", "d #1"],
        ),
        (
            &["id: 1\ndata: a\n\nid\ndata: b\n\n"],
            false,
            &["a #1", "b"],
        ),
        (&["data: a"], false, &["a"]),
        (&["data: a\n\ndata: [DONE]\n\ndata: b\n\n"], false, &["a"]),
        (&["data: a\n\ndata: b"], true, &["a", "body"]),
        (&[], false, &[]),
        (
            &[
                "data: a\n\n",
                "data: 0123456789012345678901234567890123456789",
                "012345678901234567890123456789",
            ],
            false,
            &["a", "body_too_large"],
        ),
    ];
    for (chunks, breaks, expected) in cases {
        assert_eq!(texts(chunks, *breaks).await, *expected, "{chunks:?}");
    }
}

#[tokio::test]
async fn an_item_that_does_not_decode_is_an_error_in_its_place() {
    let chunks = ["data: 1\n\ndata: {\"a\":\"hunter2\"}\n\ndata: 3\n\n"];
    let (client, _) = client([arriving(EVENTS, &chunks, false)]);
    let call = client.call(&LISTEN);
    let mut events = listen(call).await.expect("a stream").into_body();
    assert_eq!(events.next().await.expect("one").expect("1").data, 1);
    let error = events.next().await.expect("two").expect_err("no number");
    assert!(
        matches!(&error, StreamError::Decode(error) if error.path() == "$"),
        "{error}"
    );
    assert!(!error.to_string().contains("hunter2"));
    assert_eq!(events.next().await.expect("three").expect("3").data, 3);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn what_is_no_stream_of_events_is_no_success() {
    for content_type in ["text/html", "application/json"] {
        let headers = [("content-type", content_type)];
        let (client, _) = client([with_headers(200, &headers, "<p>data: 1</p>")]);
        let call = client.call(&LISTEN);
        let error = listen(call).await.expect_err("no events");
        assert!(
            matches!(error, Error::Undeclared(_)),
            "{content_type}: {error:?}"
        );
    }
}

#[tokio::test]
async fn an_envelope_is_the_whole_event() {
    let chunks = ["event: e\nretry: 5\ndata: {\"a\":1}\n\n"];
    let (client, _) = client([arriving(EVENTS, &chunks, false)]);
    let call = client.call(&LISTEN);
    let mut events = envelopes(call).await.expect("a stream").into_body();
    let event = events.next().await.expect("one").expect("an event");
    let expected = serde_json::json!({"data": "{\"a\":1}", "event": "e", "retry": 5});
    assert_eq!(event.data, expected);
}

#[tokio::test(start_paused = true)]
async fn a_stream_goes_on_where_it_broke_off() {
    let answers = [
        arriving(EVENTS, &["id: 7\nretry: 250\ndata: 1\n\ndata: 2"], true),
        arriving(EVENTS, &["data: 3\n\n"], false),
        with_headers(204, &[], ""),
    ];
    let (client, transport) = client(answers);
    let call = client.call(&LISTEN);
    let events = listen(call).await.expect("a stream").into_body();
    let mut events = events.reconnecting();
    let mut data = Vec::new();
    while let Some(event) = events.next().await {
        data.push(event.expect("an event").data);
    }
    assert_eq!(data, [1, 3]);
    let ids: Vec<String> = transport
        .sent()
        .iter()
        .map(|sent| sent.header("last-event-id").to_owned())
        .collect();
    assert_eq!(ids, ["", "7", "7"]);
    let waits = transport.slept();
    let waits = waits.iter().filter(|wait| wait.as_millis() == 250);
    assert_eq!(waits.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_event_that_was_cut_off_is_forgotten() {
    // Whether the connection broke, or the body just ended.
    for breaks in [true, false] {
        let cut = "id: 7\ndata: one\n\nid: 8\ndata: part\nevent: odd\n";
        let answers = [
            arriving(EVENTS, &[cut], breaks),
            arriving(EVENTS, &["data: whole\n\n"], false),
            with_headers(204, &[], ""),
        ];
        let (client, transport) = client(answers);
        let call = client.call(&LISTEN);
        let events = text_events(call).await.expect("a stream").into_body();
        let mut events = events.reconnecting();
        for expected in ["one", "whole"] {
            let event = events.next().await.expect("one more").expect("an event");
            assert_eq!((&*event.data, event.event), (expected, None));
            assert_eq!(event.id.as_deref(), Some("7"));
            assert_eq!(events.last_event_id(), Some("7"));
        }
        assert!(events.next().await.is_none());
        let sent = transport.sent();
        let ids: Vec<_> = sent
            .iter()
            .map(|sent| sent.header("last-event-id"))
            .collect();
        assert_eq!(ids, ["", "7", "7"]);
    }
}

#[tokio::test(start_paused = true)]
async fn connecting_again_has_an_end() {
    let empty = || arriving(EVENTS, &[], false);
    let (quiet, transport) = client((0..20).map(|_| empty()));
    let call = quiet.call(&LISTEN);
    let mut events = listen(call)
        .await
        .expect("a stream")
        .into_body()
        .reconnecting();
    assert!(events.next().await.is_none());
    assert_eq!(transport.sent().len(), 6);

    let (refusing, _) = client([empty(), with_headers(404, &[], "")]);
    let call = refusing.call(&LISTEN);
    let mut events = listen(call)
        .await
        .expect("a stream")
        .into_body()
        .reconnecting();
    let error = events.next().await.expect("an end").expect_err("a 404");
    let text = "the server answered 404 Not Found instead of going on with the stream";
    assert_eq!(error.to_string(), text);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn lines_and_sequences_of_json() {
    for (content_type, chunks, expected) in [
        (
            "application/jsonl",
            &["1\n2\r\n", "\n 3 \n4"][..],
            "1 2 3 4",
        ),
        ("application/json-seq", &["\u{1e}1\n\u{1e}", "2\n"], "1 2"),
        ("application/jsonl", &["1\n{\n3\n"], "1 error 3"),
        ("application/jsonl", &[], ""),
    ] {
        let (client, _) = client([arriving(content_type, chunks, false)]);
        let call = client.call(&LISTEN);
        let mut items = lines(call).await.expect("a stream").into_body();
        let mut shown = Vec::new();
        while let Some(item) = items.next().await {
            shown.push(item.map_or("error".to_owned(), |item: u32| item.to_string()));
        }
        assert_eq!(shown.join(" "), expected);
    }
}

#[tokio::test]
async fn items_are_sent_a_line_each() {
    for (content_type, expected) in [
        ("application/x-ndjson", "1\n2\n"),
        ("application/json-seq", "\u{1e}1\n\u{1e}2\n"),
    ] {
        let (client, transport) = client([with_headers(200, &[], "")]);
        let mut call = client.call(&LISTEN);
        call.items_body(content_type, &[1, 2]);
        let decode = |response| decode::success(response, decode::empty, std::convert::identity);
        // The answer is no stream, which does not matter here.
        let _ = call.send::<(), Undocumented>(decode).await;
        assert_eq!(transport.sent().remove(0).body, expected);
    }
}
