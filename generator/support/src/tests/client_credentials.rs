//! Tokens that a client obtains for itself.

use super::provider::{API, AUTH, authorizations, call, client, ok};
use super::scripted::{Answer, Scripted, json, with_headers};
use crate::runtime::{Client, ClientBuilder, ClientCredentials};
use std::time::Duration;

fn tokens(answers: impl IntoIterator<Item = Answer>) -> (Client, Scripted) {
    let provider = ClientCredentials::new("/oauth/token", "me: ü", "hunter2 &")
        .scope("read")
        .scope("write:all");
    client("auth", provider, answers)
}

fn token(name: &str, lifetime: &str) -> Answer {
    let body = format!(r#"{{"access_token":"{name}","token_type":"Bearer"{lifetime}}}"#);
    json(200, &body)
}

#[tokio::test]
async fn a_token_is_obtained_once_and_kept() {
    let lifetime = r#","expires_in":3600"#;
    let (client, transport) = tokens([token("one", lifetime), ok(), ok()]);
    for _ in 0..2 {
        call(&client, &AUTH).await.expect("sent");
    }
    let sent = transport.sent();
    assert_eq!(sent.len(), 3);
    assert_eq!(sent[0].uri, "https://api.example.com/oauth/token");
    // `me%3A%20%C3%BC:hunter2%20%26`
    let basic = "Basic bWUlM0ElMjAlQzMlQkM6aHVudGVyMiUyMCUyNg==";
    assert_eq!(sent[0].header("authorization"), basic);
    assert_eq!(
        sent[0].body,
        "grant_type=client_credentials&scope=read%20write%3Aall"
    );
    assert_eq!(
        sent[0].header("content-type"),
        "application/x-www-form-urlencoded"
    );
    assert_eq!(sent[1].header("authorization"), "Bearer one");
    assert_eq!(sent[2].header("authorization"), "Bearer one");
    assert!(!format!("{client:?}").contains("hunter2"));
}

#[tokio::test]
async fn the_secret_goes_into_the_body_on_request() {
    let transport = Scripted::new([token("one", ""), ok()]);
    let provider =
        ClientCredentials::new("https://id.example.com/t", "me", "hunter2").secret_in_body();
    let client = ClientBuilder::new(&API)
        .transport(transport.clone())
        .credential_provider("auth", provider);
    call(&client.build().expect("a client"), &AUTH)
        .await
        .expect("sent");
    let sent = transport.sent();
    assert_eq!(sent[0].uri, "https://id.example.com/t");
    assert_eq!(sent[0].header("authorization"), "");
    assert_eq!(
        sent[0].body,
        "grant_type=client_credentials&client_id=me&client_secret=hunter2"
    );
}

#[tokio::test]
async fn a_token_is_given_up_before_it_expires() {
    // Half of the lifetime, as the skew is longer.
    let lifetime = r#","expires_in":"0.4""#;
    let (client, transport) = tokens([token("one", lifetime), ok(), token("two", ""), ok(), ok()]);
    call(&client, &AUTH).await.expect("sent");
    tokio::time::sleep(Duration::from_millis(250)).await;
    call(&client, &AUTH).await.expect("sent");
    call(&client, &AUTH).await.expect("sent");
    let sent = authorizations(&transport);
    assert_eq!(sent[1], "Bearer one");
    assert_eq!(sent[3..], ["Bearer two", "Bearer two"]);
}

#[tokio::test]
async fn a_token_that_is_refused_is_replaced() {
    let (client, transport) = tokens([token("one", ""), json(401, ""), token("two", ""), ok()]);
    call(&client, &AUTH).await.expect("sent at the second time");
    let sent = authorizations(&transport);
    assert_eq!((&*sent[1], &*sent[3]), ("Bearer one", "Bearer two"));
}

#[tokio::test]
async fn concurrent_calls_share_a_token() {
    let answers = [token("one", "")].into_iter().chain((0..20).map(|_| ok()));
    let (client, transport) = tokens(answers);
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { call(&client, &AUTH).await })
        })
        .collect();
    for call in calls {
        call.await.expect("no panic").expect("sent");
    }
    let sent = authorizations(&transport);
    assert_eq!(sent.len(), 21);
    assert!(sent[1..].iter().all(|sent| sent == "Bearer one"));
}

#[tokio::test]
async fn whoever_gives_up_waiting_lets_the_next_one_in() {
    let (client, transport) = tokens([Answer::Hang, token("one", ""), ok()]);
    let first = tokio::time::timeout(Duration::from_millis(20), call(&client, &AUTH));
    let second = call(&client, &AUTH);
    let (first, second) = tokio::join!(first, second);
    first.expect_err("it hangs");
    second.expect("sent");
    assert_eq!(transport.sent().len(), 3);
}

#[tokio::test]
async fn an_endpoint_that_gives_no_token() {
    let cases = [
        (
            json(
                400,
                r#"{"error":"invalid_client","error_description":"who\nare you"}"#,
            ),
            "the token endpoint answered 400: invalid_client: who\\nare you",
        ),
        (
            with_headers(302, &[("location", "https://evil.example")], ""),
            "the token endpoint answered 302",
        ),
        (
            json(200, "{"),
            "the token endpoint answered without a bearer token",
        ),
        (
            json(200, r#"{"access_token":""}"#),
            "the token endpoint answered without a bearer token",
        ),
        (
            json(200, r#"{"access_token":"t","token_type":"mac"}"#),
            "the token endpoint answered without a bearer token",
        ),
    ];
    for (answer, expected) in cases {
        let (client, transport) = tokens([answer]);
        let error = call(&client, &AUTH).await.expect_err("no token");
        let expected =
            format!("op was not sent: the credential `auth` could not be obtained: {expected}");
        assert_eq!(error.to_string(), expected);
        assert_eq!(transport.sent().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_is_down_is_tried_again() {
    let (client, transport) = tokens([json(503, ""), token("one", ""), ok()]);
    call(&client, &AUTH).await.expect("sent");
    assert_eq!(transport.sent().len(), 3);
}
