//! What hooks see, and what they can change.

use super::golden::{Thing, builder};
use super::scripted::{Answer, Scripted, json, with_headers};
use crate::runtime::{HeaderValue, RetryPolicy, TransportErrorKind};
use std::sync::{Arc, Mutex};

type Log = Arc<Mutex<Vec<String>>>;

fn log(log: &Log, line: String) {
    log.lock().expect("a lock").push(line);
}

fn lines(log: &Log) -> Vec<String> {
    log.lock().expect("a lock").clone()
}

#[tokio::test(start_paused = true)]
async fn every_attempt_is_seen() {
    let seen = Log::default();
    let (requests, responses) = (Arc::clone(&seen), Arc::clone(&seen));
    let transport = Scripted::new([
        Answer::Error(TransportErrorKind::Exchange),
        json(503, "{}"),
        json(200, r#"{"name":"a"}"#),
    ]);
    let client = builder(&transport)
        .on_request(move |request| {
            log(
                &requests,
                format!("{} {}", request.attempt(), request.url()),
            );
            assert_eq!(request.body(), Some(&b""[..]));
            assert_eq!(request.method(), "GET");
        })
        .on_response(move |response| {
            let error = response.error().map(|error| error.kind());
            let line = format!(
                "{} {} {} {:?} {error:?}",
                response.attempt(),
                response.operation(),
                response.path_template(),
                response.status()
            );
            assert_eq!(response.headers().is_some(), error.is_none());
            log(&responses, line);
        })
        .build()
        .expect("a client");
    client.get_thing("x", "y").await.expect("a thing");
    let url = "https://api.example.com/v2/things/x/parts/y.json";
    let end = "getThing /things/{id}/parts/{part}.json";
    assert_eq!(
        lines(&seen),
        [
            format!("1 {url}"),
            format!("1 {end} None Some(Exchange)"),
            format!("2 {url}"),
            format!("2 {end} Some(503) None"),
            format!("3 {url}"),
            format!("3 {end} Some(200) None"),
        ]
    );
}

#[tokio::test]
async fn a_hook_can_sign() {
    let transport = Scripted::new([json(200, r#"{"name":"a"}"#)]);
    let client = builder(&transport)
        .on_request(|request| {
            let length = request.body().map_or(0, <[u8]>::len);
            let signature = HeaderValue::try_from(format!("signed {length}")).expect("a value");
            let headers = request.headers_mut();
            headers.insert("x-signature", signature);
            headers.remove("user-agent");
            // Not for anybody to set.
            headers.insert("content-length", HeaderValue::from_static("1"));
            headers.insert("host", HeaderValue::from_static("evil.example"));
        })
        .build()
        .expect("a client");
    client.create_thing(Thing::new("a")).await.expect("created");
    let sent = transport.sent();
    assert_eq!(sent[0].header("x-signature"), "signed 12");
    for name in ["user-agent", "content-length", "host"] {
        assert_eq!(sent[0].header(name), "", "{name}");
    }
}

#[tokio::test]
async fn what_a_hook_adds_stays_within_the_origin() {
    let to = |location| with_headers(302, &[("location", location)], "");
    let transport = Scripted::new([
        to("/elsewhere"),
        to("https://evil.example/"),
        json(200, r#"{"name":"a"}"#),
    ]);
    let client = builder(&transport)
        .on_request(|request| {
            let value = HeaderValue::from_static("hunter2");
            request.headers_mut().insert("x-signature", value);
        })
        .build()
        .expect("a client");
    client.get_thing("a", "b").await.expect("a thing");
    let sent = transport.sent();
    let signatures: Vec<&str> = sent.iter().map(|it| it.header("x-signature")).collect();
    assert_eq!(signatures, ["hunter2", "hunter2", ""]);
}

#[tokio::test]
async fn debug_output_shows_no_secret() {
    let seen = Log::default();
    let (requests, responses) = (Arc::clone(&seen), Arc::clone(&seen));
    let transport = Scripted::new([with_headers(
        200,
        &[
            ("set-cookie", "hunter2"),
            ("content-type", "application/json"),
        ],
        r#"{"name":"hunter2"}"#,
    )]);
    let client = builder(&transport)
        .retry(RetryPolicy::none())
        .on_request(move |request| log(&requests, format!("{request:?}")))
        .on_response(move |response| log(&responses, format!("{response:?}")))
        .build()
        .expect("a client");
    client
        .create_thing(Thing::new("hunter2"))
        .await
        .expect("created");
    let lines = lines(&seen);
    assert_eq!(lines.len(), 2);
    for line in lines {
        assert!(!line.contains("hunter2"), "{line}");
        assert!(
            line.contains("createThing") && line.contains("/things"),
            "{line}"
        );
    }
}
