//! When a request is sent again.

use super::golden::{Thing, builder, client};
use super::scripted::{Answer, Scripted, json, with_headers};
use crate::runtime::{Error, RetryPolicy, TransportErrorKind};
use std::time::{Duration, SystemTime};

const THING: &str = r#"{"name":"a"}"#;

/// The pauses between attempts: what was slept without the two time limits of calls.
fn pauses(transport: &Scripted) -> Vec<Duration> {
    let limits = [Duration::from_secs(120), Duration::from_secs(60)];
    let mut slept = transport.slept();
    slept.retain(|duration| !limits.contains(duration));
    slept
}

#[tokio::test(start_paused = true)]
async fn idempotent_requests() {
    for (first, retried) in [
        (429, true),
        (500, true),
        (502, true),
        (503, true),
        (504, true),
        (400, false),
        (404, false),
        (408, false),
        (501, false),
    ] {
        let (client, transport) = client([json(first, "{}"), json(200, THING)]);
        let result = client.get_thing("a", "b").await;
        assert_eq!(result.is_ok(), retried, "{first}");
        assert_eq!(transport.sent().len(), 1 + usize::from(retried), "{first}");
        assert_eq!(pauses(&transport).len(), usize::from(retried), "{first}");
    }
    for (kind, retried) in [
        (TransportErrorKind::Connect, true),
        (TransportErrorKind::Exchange, true),
        (TransportErrorKind::Body, true),
        (TransportErrorKind::Timeout, true),
        (TransportErrorKind::BodyTooLarge, false),
    ] {
        let (client, _) = client([Answer::Error(kind), json(200, THING)]);
        assert_eq!(
            client.get_thing("a", "b").await.is_ok(),
            retried,
            "{kind:?}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn other_requests_are_sent_again_only_when_the_server_says_when() {
    let soon = epoch(20);
    type Headers<'a> = &'a [(&'static str, &'a str)];
    let cases: [(u16, Headers<'_>, bool); 15] = [
        (429, &[], false),
        (500, &[], false),
        (503, &[], false),
        (429, &[("retry-after", "1")], true),
        (503, &[("retry-after", "0.5")], true),
        (503, &[("x-ratelimit-reset", "7")], true),
        (429, &[("x-ratelimit-reset", &soon)], true),
        (429, &[("ratelimit-reset", "7")], true),
        (500, &[("retry-after", "1")], false),
        (502, &[("x-ratelimit-reset", "1")], false),
        (429, &[("retry-after", "never")], false),
        (429, &[("retry-after", "-1")], false),
        (429, &[("retry-after", "1e3")], false),
        // A limit that is not used up did not stop the request.
        (
            503,
            &[("x-ratelimit-reset", "7"), ("x-ratelimit-remaining", "3")],
            false,
        ),
        (
            429,
            &[("x-ratelimit-reset", "7"), ("x-ratelimit-remaining", "0")],
            true,
        ),
    ];
    for (status, headers, retried) in cases {
        let (client, transport) = client([with_headers(status, headers, ""), json(200, THING)]);
        let result = client.create_thing(Thing::new("a")).await;
        assert_eq!(result.is_ok(), retried, "{status} {headers:?}");
        let sent = transport.sent();
        assert_eq!(sent.len(), 1 + usize::from(retried));
        assert!(sent.iter().all(|request| request.body == sent[0].body));
    }
    let (client, transport) = client([Answer::Error(TransportErrorKind::Exchange)]);
    assert!(client.create_thing(Thing::new("a")).await.is_err());
    assert_eq!(transport.sent().len(), 1);
}

/// The time in so many seconds, as seconds since 1970.
fn epoch(seconds: u64) -> String {
    let now = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .expect("a date after 1970");
    (now.as_secs() + seconds).to_string()
}

#[tokio::test(start_paused = true)]
async fn the_server_decides_on_the_pause() {
    let date = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(20));
    let (reset, milliseconds) = (epoch(20), format!("{}000", epoch(20)));
    for (name, value, low, high) in [
        ("retry-after", "3", 3.0, 3.25),
        ("retry-after", " 3 ", 3.0, 3.25),
        ("retry-after", "60", 60.0, 60.25),
        ("retry-after", &*date, 17.0, 20.25),
        ("retry-after", "Mon, 01 Jan 2001 00:00:00 GMT", 0.25, 0.5),
        ("retry-after", "0", 0.25, 0.5),
        ("x-ratelimit-reset", "3", 3.0, 3.25),
        ("x-ratelimit-reset", &*reset, 17.0, 20.25),
        ("x-ratelimit-reset", &*milliseconds, 17.0, 20.25),
        ("x-ratelimit-reset", "1000000000", 0.25, 0.5),
        ("ratelimit-reset", "3", 3.0, 3.25),
        ("ratelimit-reset", "soon", 0.25, 0.5),
    ] {
        let (client, transport) =
            client([with_headers(429, &[(name, value)], ""), json(200, THING)]);
        client.get_thing("a", "b").await.expect("a thing");
        let pause = pauses(&transport)
            .first()
            .map_or(60.0, Duration::as_secs_f64);
        assert!((low..=high).contains(&pause), "{name}: {value}: {pause}");
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_too_long() {
    let answers = || {
        [
            with_headers(429, &[("retry-after", "61")], ""),
            json(200, THING),
        ]
    };
    let (patient, transport) = client(answers());
    let error = patient
        .get_thing("a", "b")
        .await
        .expect_err("longer than the policy allows");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(61)));
    assert_eq!(transport.sent().len(), 1);
    for (name, endless) in [
        ("retry-after", "99999999999999999999999"),
        ("x-ratelimit-reset", "99999999999999999999999"),
    ] {
        let (client, transport) =
            client([with_headers(429, &[(name, endless)], ""), json(200, THING)]);
        let error = client
            .get_thing("a", "b")
            .await
            .expect_err("longer than anybody waits");
        assert_eq!(error.retry_after(), Some(Duration::MAX), "{name}");
        assert_eq!(transport.sent().len(), 1);
    }

    // Not even who would wait for ever does.
    let endless = with_headers(429, &[("retry-after", "99999999999999999999")], "");
    let (waiting, _) = client([endless]);
    let policy = RetryPolicy::default().max_server_delay(Duration::MAX);
    let error = waiting.get_thing("a", "b").retry(policy).await;
    let error = error.expect_err("beyond the time limit");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));

    let (client, transport) = client([with_headers(429, &[("retry-after", "5")], "")]);
    let request = client.get_thing("a", "b").timeout(Duration::from_secs(5));
    let error = request.await.expect_err("as long as the time limit");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
    assert_eq!(
        transport.slept(),
        [Duration::from_secs(5), Duration::from_secs(60)]
    );
}

#[tokio::test(start_paused = true)]
async fn pauses_grow_up_to_a_limit() {
    let transport = Scripted::new((0..7).map(|_| json(503, "{}")));
    let policy = RetryPolicy::default()
        .max_retries(6)
        .base_delay(Duration::from_secs(1))
        .max_delay(Duration::from_secs(8));
    let client = builder(&transport).retry(policy).build().expect("a client");
    let error = client
        .get_thing("a", "b")
        .await
        .expect_err("no success at all");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
    assert_eq!(transport.sent().len(), 7);
    let pauses = pauses(&transport);
    for (pause, full) in pauses.iter().zip([1.0, 2.0, 4.0, 8.0, 8.0, 8.0]) {
        assert!(
            (full / 2.0..=full).contains(&pause.as_secs_f64()),
            "{pauses:?}"
        );
    }
    // There is chance in it, and two of the steps there are may be the same by chance.
    let at_limit = &pauses[3..];
    assert!(
        at_limit.iter().any(|pause| *pause != at_limit[0]),
        "{pauses:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn policies() {
    for (policy, attempts) in [
        (RetryPolicy::none(), 1),
        (RetryPolicy::default().max_retries(1), 2),
        (RetryPolicy::default(), 4),
    ] {
        let (client, transport) = client((0..9).map(|_| json(503, "{}")));
        let result = client.get_thing("a", "b").retry(policy).await;
        assert!(matches!(result, Err(Error::Decode(_))));
        assert_eq!(transport.sent().len(), attempts);
    }
}
