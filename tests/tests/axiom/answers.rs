//! What each declared answer, and each that nobody declared, becomes.

use crate::{Operation, client};
use axiom_api::{Error, headers};
use http::StatusCode;
use serde_json::json;
use specwright_tests::{Reply, Server};

#[tokio::test]
async fn the_declared_success() {
    for operation in Operation::ALL {
        let reply = operation.reply().header("X-RateLimit-Remaining", "41");
        let server = Server::start([reply]);
        let answer = operation.send(&client(&server)).await.expect("a success");
        assert_eq!(answer.status.as_u16(), operation.success(), "{operation:?}");
        assert_eq!(answer.body, operation.receives(), "{operation:?}");
        assert_eq!(answer.remaining, Some(41), "{operation:?}");
    }
}

/// 401, 403, 404, 409, 429 and 430 have entries of their own in the document; the others are for its
/// `default`.
const FAILURES: [u16; 14] = [
    400, 401, 403, 404, 409, 418, 422, 429, 430, 451, 500, 502, 503, 599,
];

#[tokio::test]
async fn every_declared_failure() {
    for operation in Operation::ALL {
        let body = |status| json!({"message": "no", "code": status, "of": "axiom"}).to_string();
        let replies = FAILURES.map(|status| rate_limited(Reply::json(status, body(status))));
        let server = Server::start(replies);
        let client = client(&server);
        for status in FAILURES {
            let Err(Error::Api(error)) = operation.send(&client).await else {
                panic!("{operation:?}: {status} is declared");
            };
            assert_eq!(error.status().as_u16(), status);
            assert_eq!(error.message, "no");
            assert_eq!(error.code, Some(json!(status)));
            assert_eq!(error.additional_properties["of"], "axiom");
            assert_eq!(error.header(headers::X_RATELIMIT_REMAINING), Some(Ok(0)));
        }
        assert_eq!(server.requests().len(), FAILURES.len(), "{operation:?}");
    }
}

fn rate_limited(reply: Reply) -> Reply {
    reply
        .header("X-RateLimit-Scope", "organization")
        .header("X-RateLimit-Limit", "100")
        .header("X-RateLimit-Remaining", "0")
        .header("X-RateLimit-Reset", "1893456000")
        .header("X-Axiom-Trace-Id", "4bf92f3577b34da6")
}

#[tokio::test]
async fn headers_have_types() {
    let reply = rate_limited(Reply::json(429, r#"{"message":"rate limit exceeded"}"#));
    let server = Server::start([reply]);
    let Err(Error::Api(error)) = client(&server).get_api_token("t1").await else {
        panic!("429 is declared");
    };
    let scope = error.header(headers::X_RATELIMIT_SCOPE);
    assert_eq!(scope, Some(Ok("organization".to_owned())));
    assert_eq!(error.header(headers::X_RATELIMIT_LIMIT), Some(Ok(100)));
    assert_eq!(error.header(headers::X_RATELIMIT_REMAINING), Some(Ok(0)));
    assert_eq!(
        error.header(headers::X_RATELIMIT_RESET),
        Some(Ok(1_893_456_000))
    );
    let trace = error.header(headers::X_AXIOM_TRACE_ID);
    assert_eq!(trace, Some(Ok("4bf92f3577b34da6".to_owned())));
}

#[tokio::test]
async fn a_header_that_is_absent_or_not_of_its_type() {
    let reply = Operation::List.reply().header("X-RateLimit-Limit", "many");
    let server = Server::start([reply]);
    let tokens = client(&server)
        .get_api_tokens()
        .await
        .expect("the body is fine");
    assert_eq!(tokens.header(headers::X_RATELIMIT_REMAINING), None);
    let limit = tokens.header(headers::X_RATELIMIT_LIMIT);
    assert!(matches!(limit, Some(Err(_))), "{limit:?}");
}

/// The document declares one success for each operation. Another one is not a failure in the sense of
/// its `default`, and nobody said what its body is.
#[tokio::test]
async fn a_success_that_nobody_declared() {
    for operation in Operation::ALL {
        let statuses = [201, 202, 206, 299];
        let later = r#"{"message":"later"}"#;
        let server = Server::start(statuses.map(|status| Reply::json(status, later)));
        let client = client(&server);
        for status in statuses {
            let Err(Error::Undeclared(raw)) = operation.send(&client).await else {
                panic!("{operation:?}: {status} is not declared");
            };
            assert_eq!(raw.status().as_u16(), status);
            assert_eq!(raw.text(), later);
        }
    }
}

#[tokio::test]
async fn no_content_where_content_was_declared() {
    for operation in [
        Operation::List,
        Operation::Create,
        Operation::Get,
        Operation::Regenerate,
    ] {
        let server = Server::start([Reply::empty(204)]);
        let Err(Error::Undeclared(raw)) = operation.send(&client(&server)).await else {
            panic!("{operation:?}: 204 is not declared");
        };
        assert_eq!(raw.status(), StatusCode::NO_CONTENT);
        assert!(raw.bytes().is_empty());
    }
}

#[tokio::test]
async fn the_list_as_it_is_read() {
    let two = r#"[
        {"id":"1","name":"a","datasetCapabilities":{},"orgCapabilities":{}},
        {"id":"2","name":"b","datasetCapabilities":{},"orgCapabilities":{},
         "viewCapabilities":{"v":{"query":["read"]}},"samlAuthenticated":true}
    ]"#;
    let server = Server::start([Reply::json(200, two)]);
    let tokens = client(&server).get_api_tokens().await.expect("a success");
    let names: Vec<&str> = tokens.iter().map(|token| token.name.as_str()).collect();
    assert_eq!(names, ["a", "b"]);
    assert_eq!(tokens[1].saml_authenticated, Some(true));
    assert!(tokens[0].expires_at.is_absent());
}
