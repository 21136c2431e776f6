//! What is printed of clients, requests, answers and errors holds no secret.

use crate::{Operation, SECRET, builder, client};
use axiom_api::types::{ApiError, ApiToken, CreateApiTokenResponse};
use axiom_api::{Client, Error};
use serde_json::json;
use specwright_tests::{Reply, Server};
use std::fmt::{Debug, Write};

/// `Debug` plain and pretty, with the secret nowhere in it.
fn silent(what: &str, value: &dyn Debug) {
    let text = format!("{value:?} {value:#?}");
    assert!(!text.contains(SECRET), "{what} shows the secret: {text}");
}

/// The error and everything it was caused by, as an application would print them.
fn silent_error(what: &str, error: &Error<ApiError>) {
    silent(what, error);
    let mut text = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        write!(text, ": {cause} {cause:?}").expect("invariant: writing to a string cannot fail");
        source = cause.source();
    }
    assert!(!text.contains(SECRET), "{what} shows the secret: {text}");
}

#[test]
fn clients_and_builders() {
    let builder = || Client::builder().bearer_token(SECRET).organization(SECRET);
    silent("the builder", &builder());
    let client = builder().build().expect("complete");
    silent("the client", &client);
    silent("a request", &client.get_api_tokens());
    let name = http::HeaderName::from_static("authorization");
    let value = http::HeaderValue::from_static(SECRET);
    silent(
        "a request with a header",
        &client.get_api_tokens().header(name.clone(), value.clone()),
    );
    silent(
        "a builder with a header",
        &builder().default_header(name, value),
    );
}

#[test]
fn a_configuration_that_is_refused() {
    let url = format!("https://user:{SECRET}@api.axiom.co/v2");
    for builder in [
        Client::builder().base_url(&url),
        Client::builder().base_url(format!("https://api.axiom.co/v2?key={SECRET}")),
        Client::builder().base_url(format!("{SECRET}://")),
        Client::builder().bearer_token(format!("{SECRET}\n")),
    ] {
        silent("the builder", &builder);
        match builder.build() {
            Ok(client) => silent("the client", &client),
            Err(error) => {
                silent("the refusal", &error);
                assert!(!error.to_string().contains(SECRET), "{error}");
            }
        }
    }
}

#[tokio::test]
async fn answers_with_a_secret() {
    for operation in [Operation::Create, Operation::Regenerate] {
        let server = Server::start([
            operation.reply().header("x-secret", SECRET),
            operation.reply(),
        ]);
        let client = client(&server);
        let response = client
            .create_api_token(axiom_api::types::CreateApiToken::new("n"))
            .await;
        let response = response.expect("a success");
        assert_eq!(
            response.token.as_ref().map(|token| token.expose()),
            Some(SECRET)
        );
        silent("the response", &response);
        silent("its body", &*response);
        silent("its secret", &response.token);
    }
}

#[test]
fn types_that_may_hold_one_unknowingly() {
    // A server that adds the secret where the document has none.
    let token = json!({
        "id": "1", "name": "n", "datasetCapabilities": {}, "orgCapabilities": {"also": SECRET},
        "token": SECRET, "secret": {"value": SECRET},
    });
    let read: ApiToken = serde_json::from_value(token.clone()).expect("it decodes");
    assert_eq!(read.additional_properties["token"], SECRET);
    silent("a token", &read);
    let created: CreateApiTokenResponse = serde_json::from_value(token).expect("it decodes");
    silent("a created token", &created);
}

#[tokio::test]
async fn errors_of_every_kind() {
    // The secret where the type is wrong, before the end of broken JSON, on an undeclared answer, in the
    // page of a proxy that shows the request, and in a message that the server cut off.
    let answers = [
        Reply::json(200, json!({"token": SECRET}).to_string()),
        Reply::json(200, json!([SECRET]).to_string()),
        Reply::json(200, json!(SECRET).to_string()),
        Reply::json(200, json!({"id": 1, "name": SECRET}).to_string()),
        Reply::json(200, json!({"id": {"token": SECRET}}).to_string()),
        Reply::json(200, format!("{{\"token\":\"{SECRET}\",")),
        Reply::json(200, format!("{{\"orgCapabilities\":\"{SECRET}\"}}")),
        Reply::json(202, json!({"token": SECRET}).to_string()),
        Reply::new(
            502,
            "text/html",
            format!("<pre>authorization: Bearer {SECRET}</pre>"),
        ),
        Reply::json(403, json!({"message": "no", "token": SECRET}).to_string()),
        Reply::json(403, json!({"token": SECRET}).to_string()),
        Reply::with(
            302,
            &[("location", &format!("http://127.0.0.1:1/?token={SECRET}"))],
            "",
        ),
        Reply::cut(1000, SECRET),
        Reply::raw(format!("{SECRET}\r\n\r\n")),
        Reply::reset(),
    ];
    for operation in Operation::ALL {
        let server = Server::start(answers.clone());
        let client = client(&server);
        for index in 0..answers.len() {
            if let Err(error) = operation.send(&client).await {
                silent_error(
                    &format!("answer {index} to {operation:?}: the error"),
                    &error,
                );
            }
        }
    }
}

#[tokio::test]
async fn errors_of_the_request() {
    let server = Server::start([]);
    let client = builder(&server)
        .organization(SECRET)
        .build()
        .expect("complete");
    let error = client.get_api_token("..").await.expect_err("refused");
    silent_error("a refusal", &error);
    let nobody = builder(&server)
        .base_url("http://127.0.0.1:1/v2")
        .build()
        .expect("complete");
    let error = nobody
        .get_api_token(SECRET)
        .await
        .expect_err("nobody there");
    silent_error("no connection", &error);
}
