//! All calls of a client share their retries, and idempotency keys make requests repeatable.

use super::golden::{Thing, builder, client};
use super::requests::request;
use super::scripted::{Answer, Scripted, json, with_headers};
use crate::runtime::{
    Client, HeaderName, HeaderValue, Method, OperationInfo, Repeat, Request, TransportErrorKind,
    Undocumented,
};

const THING: &str = r#"{"name":"a"}"#;

async fn get(client: &Client) -> bool {
    client.get_thing("a", "b").await.is_ok()
}

#[tokio::test(start_paused = true)]
async fn an_outage_is_not_multiplied() {
    let transport = Scripted::new((0..300).map(|_| json(503, "{}")));
    let client = builder(&transport)
        .retry_budget(10)
        .build()
        .expect("a client");
    for _ in 0..100 {
        assert!(!get(&client).await);
    }
    assert_eq!(transport.sent().len(), 100 + 10);
    assert!(
        format!("{client:?}").contains("retry_budget: 0 of 10"),
        "{client:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn without_a_budget_every_call_has_its_retries() {
    let transport = Scripted::new((0..400).map(|_| json(503, "{}")));
    let client = builder(&transport)
        .retry_budget(None)
        .build()
        .expect("a client");
    for _ in 0..100 {
        assert!(!get(&client).await);
    }
    assert_eq!(transport.sent().len(), 400);
}

#[tokio::test(start_paused = true)]
async fn successes_fill_the_budget() {
    let failures = |count| std::iter::repeat_with(|| json(503, "{}")).take(count);
    let successes = |count| std::iter::repeat_with(|| json(200, THING)).take(count);
    // Two retries at once, then nothing for a call; ten successes are one retry.
    let answers = failures(3).chain(failures(1)).chain(successes(10));
    let answers = answers
        .chain(failures(1))
        .chain(successes(1))
        .chain(failures(2));
    let transport = Scripted::new(answers);
    let client = builder(&transport)
        .retry_budget(2)
        .build()
        .expect("a client");
    assert!(!get(&client).await);
    assert!(!get(&client).await);
    for _ in 0..10 {
        assert!(get(&client).await);
    }
    assert!(
        get(&client).await,
        "with one retry, which its success gives back"
    );
    assert!(!get(&client).await, "with one retry");
    assert_eq!(transport.sent().len(), 3 + 1 + 10 + 2 + 2);
}

const DECLARED: OperationInfo = OperationInfo {
    id: "declared",
    method: Method::POST,
    path: "/declared",
    accept: "",
    security: &[],
    server: None,
    repeat: Repeat::After(&[429]),
    unread: &[],
};

const KEYED: OperationInfo = OperationInfo {
    id: "keyed",
    repeat: Repeat::Key("Idempotency-Key"),
    ..DECLARED
};

request! { plain_request -> (), Undocumented {
    200 => success(empty);
} }

fn plain<'c>(
    client: &'c Client,
    operation: &'static OperationInfo,
) -> Request<'c, (), Undocumented> {
    let call = client.call(operation);
    plain_request(call)
}

#[tokio::test(start_paused = true)]
async fn declared_statuses_are_repeated_for_any_method() {
    for (status, is_repeated) in [(429, true), (503, false), (500, false)] {
        let (client, transport) = client([json(status, "{}"), json(200, "")]);
        let result = plain(&client, &DECLARED).await;
        assert_eq!(result.is_ok(), is_repeated, "{status}");
        assert_eq!(transport.sent().len(), 1 + usize::from(is_repeated));
    }
}

#[tokio::test(start_paused = true)]
async fn a_key_is_one_per_call() {
    let (client, transport) = client([
        Answer::Error(TransportErrorKind::Exchange),
        json(502, ""),
        json(200, ""),
        json(200, ""),
        json(200, ""),
    ]);
    plain(&client, &KEYED).await.expect("at the third attempt");
    plain(&client, &KEYED).await.expect("at the first");
    let name = HeaderName::from_static("idempotency-key");
    let mine = HeaderValue::from_static("mine");
    let own = plain(&client, &KEYED).header(name, mine);
    own.await.expect("at the first");
    let sent = transport.sent();
    let keys: Vec<&str> = sent.iter().map(|it| it.header("idempotency-key")).collect();
    assert_eq!(keys.len(), 5);
    assert!(keys[0] == keys[1] && keys[1] == keys[2], "{keys:?}");
    assert_ne!(keys[2], keys[3]);
    assert_eq!(keys[4], "mine");
    for key in &keys[..4] {
        let key = uuid::Uuid::parse_str(key).expect("a UUID");
        assert_eq!(key.get_version_num(), 4);
        assert_eq!(key.get_variant(), uuid::Variant::RFC4122);
    }
}

#[tokio::test(start_paused = true)]
async fn no_connection_is_no_request() {
    let (client, transport) = client([
        Answer::Error(TransportErrorKind::Connect),
        json(200, THING),
        Answer::Error(TransportErrorKind::Exchange),
    ]);
    client.create_thing(Thing::new("a")).await.expect("created");
    assert!(client.create_thing(Thing::new("a")).await.is_err());
    assert_eq!(transport.sent().len(), 3);
    let (client, _) = self::client([with_headers(200, &[], "")]);
    plain(&client, &DECLARED).await.expect("empty");
}
