//! Limits: on time, and on the size of what comes back.

use super::golden::{builder, client};
use super::scripted::{Answer, Chunks, Scripted, json};
use crate::runtime::{Body, Error, RetryPolicy, TransportErrorKind};
use std::time::Duration;
use tokio::time::Instant;

const THING: &str = r#"{"name":"a"}"#;

fn endless(status: u16, chunk: &'static [u8]) -> Answer {
    broken(status, chunk, None)
}

fn broken(status: u16, chunk: &'static [u8], breaks_after: Option<usize>) -> Answer {
    let headers = vec![
        ("content-type", "application/json".to_owned()),
        ("content-length", "2".to_owned()),
    ];
    let body = Chunks {
        chunk,
        breaks_after,
    };
    Answer::Response(status, headers, Body::stream(body))
}

#[tokio::test(start_paused = true)]
async fn a_hang_ends_with_the_attempt_and_is_tried_again() {
    let transport = Scripted::new([Answer::Hang, json(200, THING)]);
    let patience = Duration::from_secs(3);
    let client = builder(&transport)
        .attempt_timeout(patience)
        .build()
        .expect("a client");
    let start = Instant::now();
    client
        .get_thing("a", "b")
        .await
        .expect("a thing at the second attempt");
    assert!((patience..patience * 2).contains(&start.elapsed()));
    assert_eq!(transport.sent().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_time_limit_is_for_all_attempts() {
    let transport = Scripted::new((0..9).map(|_| Answer::Hang));
    let client = builder(&transport)
        .timeout(Duration::from_secs(10))
        .attempt_timeout(Duration::from_secs(4))
        .build()
        .expect("a client");
    let start = Instant::now();
    let error = client
        .get_thing("a", "b")
        .await
        .expect_err("nothing but hangs");
    assert!(error.is_timeout() && error.status().is_none());
    assert_eq!(error.to_string(), "the time limit of the request passed");
    assert_eq!(start.elapsed(), Duration::from_secs(10));
    assert_eq!(transport.sent().len(), 3);

    let start = Instant::now();
    let request = client.get_thing("a", "b").timeout(Duration::from_secs(1));
    assert!(request.await.expect_err("a hang").is_timeout());
    assert_eq!(start.elapsed(), Duration::from_secs(1));
}

#[tokio::test(start_paused = true)]
async fn without_limits_there_is_no_timer() {
    let transport = Scripted::new([json(200, THING)]);
    let client = builder(&transport)
        .timeout(None)
        .attempt_timeout(None)
        .build()
        .expect("a client");
    client.get_thing("a", "b").await.expect("a thing");
    assert!(transport.slept().is_empty());
}

#[tokio::test]
async fn bodies_are_bounded_by_counting() {
    for (limit, body, fits) in [(12, THING, true), (11, THING, false), (0, "", true)] {
        let transport = Scripted::new([json(200, body)]);
        let client = builder(&transport)
            .max_response_bytes(limit)
            .build()
            .expect("a client");
        match client.get_thing("a", "b").await {
            Ok(_) => assert!(fits),
            Err(Error::Decode(_)) => assert!(fits && body.is_empty()),
            Err(Error::Transport(error)) => {
                assert!(!fits);
                assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge);
            }
            Err(error) => panic!("{error}"),
        }
    }
    let (client, transport) = client([endless(200, &[b' '; 65536])]);
    let error = client
        .get_thing("a", "b")
        .await
        .expect_err("an endless body");
    let Error::Transport(error) = error else {
        panic!("{error}");
    };
    assert_eq!(error.kind(), TransportErrorKind::BodyTooLarge);
    assert_eq!(transport.sent().len(), 1);
}

#[tokio::test]
async fn the_status_of_an_error_is_worth_more_than_its_body() {
    for answer in [
        endless(404, &[b' '; 65536]),
        broken(404, &[b' '; 65536], Some(3)),
    ] {
        let (client, _) = client([answer]);
        let error = client.get_thing("a", "b").await.expect_err("no thing");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
        let response = error.raw().expect("a raw response");
        assert!(response.is_truncated());
        assert_eq!(response.bytes().len(), 64 * 1024);
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_breaks_off() {
    let (client, transport) = client((0..2).map(|_| broken(200, b"{", Some(1))));
    let request = client
        .get_thing("a", "b")
        .retry(RetryPolicy::default().max_retries(1));
    let error = request.await.expect_err("half a body");
    assert_eq!(error.to_string(), "the response broke off");
    let source = std::error::Error::source(&error).expect("a source");
    assert_eq!(source.to_string(), "connection reset");
    assert_eq!(transport.sent().len(), 2);
}

#[tokio::test]
async fn requests_can_be_sent_from_any_thread() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let (client, _) = client([json(200, THING)]);
    let request = is_send(client.get_thing("a", "b"));
    let thing = is_send(request.into_future()).await.expect("a thing");
    assert_eq!(thing.name, "a");
}
