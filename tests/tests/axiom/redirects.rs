//! Redirects: followed where nothing can be lost by it, and without credentials to another origin.

use crate::{Operation, SECRET, builder, client};
use axiom_api::{Client, Error};
use specwright_tests::{Reply, Server};

const REDIRECTS: [u16; 5] = [301, 302, 303, 307, 308];

fn redirect(status: u16, location: &str) -> Reply {
    Reply::with(status, &[("location", location)], "")
}

fn with_everything(server: &Server) -> Client {
    let name = http::HeaderName::from_static("x-api-key-of-a-gateway");
    let value = http::HeaderValue::from_static(SECRET);
    builder(server)
        .organization("org-secret")
        .default_header(name, value)
        .build()
        .expect("complete")
}

/// Nothing in the request says who the client is.
fn is_anonymous(server: &Server) {
    for request in server.requests() {
        for name in [
            "authorization",
            "x-axiom-org-id",
            "x-api-key-of-a-gateway",
            "cookie",
            "referer",
        ] {
            assert_eq!(request.header(name), None, "{name} went to another origin");
        }
        assert!(!format!("{request:?}").contains(SECRET), "{request:?}");
    }
}

#[tokio::test]
async fn a_read_to_another_origin() {
    for operation in [Operation::List, Operation::Get] {
        let other = Server::start(REDIRECTS.map(|_| operation.reply()));
        let elsewhere = other.url("/elsewhere");
        let server = Server::start(REDIRECTS.map(|status| redirect(status, &elsewhere)));
        let client = with_everything(&server);
        for status in REDIRECTS {
            let answer = operation.send(&client).await;
            let answer = answer.unwrap_or_else(|error| panic!("{operation:?} {status}: {error}"));
            assert_eq!(answer.body, operation.receives(), "{operation:?} {status}");
        }
        assert_eq!(other.requests().len(), REDIRECTS.len(), "{operation:?}");
        is_anonymous(&other);
    }
}

#[tokio::test]
async fn a_write_is_not_sent_again() {
    for operation in [Operation::Create, Operation::Regenerate, Operation::Delete] {
        let other = Server::start([operation.reply()]);
        let elsewhere = other.url("/elsewhere");
        let server = Server::start(REDIRECTS.map(|status| redirect(status, &elsewhere)));
        let client = with_everything(&server);
        for status in REDIRECTS {
            let Err(Error::Undeclared(raw)) = operation.send(&client).await else {
                panic!("{operation:?}: {status} is not declared");
            };
            assert_eq!(raw.status().as_u16(), status);
        }
        assert_eq!(server.requests().len(), REDIRECTS.len(), "{operation:?}");
        assert_eq!(other.requests(), [], "{operation:?}");
    }
}

#[tokio::test]
async fn a_read_within_the_origin_keeps_its_credentials() {
    for status in REDIRECTS {
        let server = Server::start([redirect(status, "/v2/tokens/t2"), Operation::Get.reply()]);
        let token = with_everything(&server)
            .get_api_token("t1")
            .await
            .expect("followed");
        assert_eq!(token.id, "t1");
        let requests = server.requests();
        assert_eq!(requests[1].path, "/v2/tokens/t2");
        assert_eq!(requests[1].header("x-axiom-org-id"), Some("org-secret"));
        assert!(requests[1].header("authorization").is_some());
    }
}

#[tokio::test]
async fn back_again_from_another_origin() {
    let server = Server::start([]);
    let other = Server::start([redirect(302, &server.url("/v2/tokens"))]);
    let first = Server::start([redirect(302, &other.url("/elsewhere"))]);
    _ = with_everything(&first).get_api_tokens().await;
    is_anonymous(&other);
    is_anonymous(&server);
}

#[tokio::test]
async fn redirects_without_an_end() {
    let server = Server::start((0..100).map(|_| redirect(302, "/v2/tokens")));
    let error = client(&server).get_api_tokens().await.expect_err("no end");
    assert!(server.requests().len() <= 21, "{}", server.requests().len());
    assert!(!matches!(error, Error::Api(_)), "{error:?}");
}

#[tokio::test]
async fn locations_that_are_none() {
    for location in [
        "",
        "http://",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
    ] {
        let server = Server::start([redirect(302, location)]);
        let error = client(&server)
            .get_api_token("t1")
            .await
            .expect_err(location);
        assert!(!matches!(error, Error::Api(_)), "{location}: {error:?}");
    }
    let server = Server::start([Reply::empty(302)]);
    let error = client(&server)
        .get_api_token("t1")
        .await
        .expect_err("no location");
    assert!(matches!(error, Error::Undeclared(_)), "{error:?}");
}
