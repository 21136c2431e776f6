//! Nothing that can be printed shows a secret.

use super::golden::{API, Thing, builder, client};
use super::scripted::{Answer, Scripted, json, typed, with_headers};
use crate::runtime::{
    Body, ClientBuilder, Credential, Environment, EnvironmentCredential, HeaderName, HeaderValue,
    RetryPolicy, Secret,
};
use std::error::Error as _;
use std::fmt::Debug;

/// Fails if the text of a value, in either form, has the secret in it.
fn check(value: &dyn Debug) {
    for text in [format!("{value:?}"), format!("{value:#?}")] {
        assert!(!text.contains("hunter2"), "{text}");
    }
}

/// A thing with a secret in every place that can hold one.
fn thing() -> Thing {
    let mut thing = Thing::new("a");
    thing.token = Some(Secret::from("hunter2"));
    thing
        .additional_properties
        .insert("unknown".to_owned(), "hunter2".into());
    thing
}

#[test]
fn before_sending() {
    let transport = Scripted::default();
    let secret = || HeaderValue::from_static("hunter2");
    let name = HeaderName::from_static("x-secret");
    let builder = builder(&transport).default_header(name.clone(), secret());
    check(&builder);
    let client = builder.build().expect("a client");
    check(&client);
    check(&client.clone());
    check(&thing());
    check(&client.create_thing(thing()).header(name, secret()));
    check(
        &client
            .get_thing("hunter2", "hunter2")
            .tags(["hunter2"])
            .trace("hunter2"),
    );
    check(&Credential::token("hunter2"));
    check(&Credential::basic("user", "hunter2"));
    check(&Body::bytes("hunter2"));
    check(&Secret::from("hunter2"));
}

#[tokio::test]
async fn what_the_transport_gets() {
    let (client, transport) = client([json(200, r#"{"name":"a"}"#)]);
    let secret = HeaderValue::from_static("hunter2");
    let request = client
        .get_thing("a", "b")
        .header(HeaderName::from_static("x-secret"), secret);
    request.await.expect("a thing");
    check(&transport.sent()[0].headers);
}

#[tokio::test]
async fn responses() {
    let headers = [
        ("content-type", "application/json"),
        ("set-cookie", "session=hunter2"),
        ("location", "https://example.com/?key=hunter2"),
        ("x-new-token", "hunter2"),
        ("x-request-id", "visible"),
    ];
    let body = r#"{"name":"a","token":"hunter2","other":"hunter2"}"#;
    let (client, _) = client([with_headers(200, &headers, body)]);
    let response = client.get_thing("a", "b").await.expect("a thing");
    check(&response);
    let text = format!("{response:?}");
    assert!(
        text.contains("visible") && text.contains("set-cookie"),
        "{text}"
    );
    assert_eq!(response.token.as_ref().map(Secret::expose), Some("hunter2"));
}

#[tokio::test]
async fn errors() {
    let hidden = with_headers(404, &[("set-cookie", "hunter2")], "{\"message\":\"m\"}");
    let answers: [(Answer, &str); 7] = [
        (typed(502, "text/html", "hunter2"), "Undeclared"),
        (json(302, "hunter2"), "Decode"),
        (json(200, r#"{"name":["hunter2"]}"#), "Decode"),
        (json(200, r#"{"name":"a","note":80085}"#), "Decode"),
        (json(200, r#"{"token":"hunter2"}"#), "Decode"),
        (json(404, r#"{"message":"m","secret":"hunter2"}"#), "Api"),
        (hidden, "Api"),
    ];
    for (answer, kind) in answers {
        let (client, _) = client([answer]);
        let request = client.get_thing("hunter2", "b").retry(RetryPolicy::none());
        let error = request.await.expect_err("an error");
        check(&error);
        check(&error.source());
        assert!(format!("{error:?}").starts_with(kind), "{error:?}");
        assert!(!format!("{error:?} {error}").contains("80085"));
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

#[tokio::test]
async fn refusals() {
    let (client, _) = client([]);
    let error = client
        .get_thing("hunter2", "b")
        .trace("hunter2\n")
        .await
        .expect_err("a header");
    check(&error);
    assert!(!error.to_string().contains("hunter2"));

    static ENVIRONMENT: Environment = Environment {
        base_url: None,
        credentials: &[EnvironmentCredential {
            scheme: "auth",
            variable: "TOKEN",
            password_variable: None,
            required: true,
        }],
    };
    let builder = ClientBuilder::new(&API);
    let error = builder.environment_from(&ENVIRONMENT, &|_| Some("hunter2\n\x01x".into()));
    check(&error);
}
