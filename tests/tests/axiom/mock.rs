//! The mock server of the crate: an application's own tests.

use axiom_api::testing::MockServer;
use axiom_api::types::{
    ApiError, ApiToken, CreateApiToken, CreateApiTokenResponse, DatasetCapability, OrgCapabilities,
};
use axiom_api::{Client, Error, HeaderName, HeaderValue, StatusCode};
use std::time::Duration;

/// What every token may do.
fn capabilities() -> [(&'static str, DatasetCapability); 1] {
    [("logs", DatasetCapability::new())]
}

fn token(name: &str) -> ApiToken {
    ApiToken::new("1", name, capabilities(), OrgCapabilities::new())
}

#[tokio::test]
async fn three_lines() {
    let server = MockServer::start();
    server.when(|api| api.get_api_token("1")).reply(token("ci"));
    assert_eq!(
        server
            .client()
            .get_api_token("1")
            .await
            .expect("a token")
            .name,
        "ci"
    );
}

#[tokio::test]
async fn the_whole_request_counts() {
    let server = MockServer::start();
    let mut created =
        CreateApiTokenResponse::new("1", "ci", capabilities(), OrgCapabilities::new());
    created.token = Some("xaat-1".into());
    let mock = server
        .when(|api| api.create_api_token(CreateApiToken::new("ci")))
        .times(1)
        .reply(created);
    let client = server.client();

    let other = client.create_api_token(CreateApiToken::new("cd")).await;
    let Err(Error::Undeclared(response)) = other else {
        panic!("answered: {other:?}");
    };
    assert_eq!(response.status(), StatusCode::NOT_IMPLEMENTED);
    let reason = String::from_utf8_lossy(response.bytes()).into_owned();
    assert!(
        reason.contains("- createAPIToken (POST /tokens): the body is another one"),
        "{reason}"
    );

    let first = client.create_api_token(CreateApiToken::new("ci")).await;
    let token = first
        .expect("a token")
        .into_body()
        .token
        .expect("its secret");
    assert_eq!(token.expose(), "xaat-1");
    let second = client.create_api_token(CreateApiToken::new("ci")).await;
    assert!(second.is_err(), "used up");
    assert_eq!(mock.calls(), 1);
    assert_eq!((server.received().len(), server.unexpected().len()), (3, 2));
}

#[tokio::test]
async fn errors_by_status() {
    let server = MockServer::start();
    server
        .when(|api| api.get_api_token("gone"))
        .status(StatusCode::NOT_FOUND)
        .header(
            HeaderName::from_static("x-request-id"),
            HeaderValue::from_static("7"),
        )
        .fail(ApiError::new("none"));
    server
        .when(|api| api.get_api_token("any"))
        .any_arguments()
        .fail(ApiError::new("all"));
    let client = server.client();

    let Err(Error::Api(response)) = client.get_api_token("gone").await else {
        panic!("a declared error");
    };
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    assert_eq!(response.headers()["x-request-id"], "7");
    let Err(Error::Api(response)) = client.get_api_token("another").await else {
        panic!("a declared error");
    };
    assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
#[should_panic(expected = "`getAPIToken` declares no such success with the status 201")]
async fn only_what_is_declared() {
    let server = MockServer::start();
    server
        .when(|api| api.get_api_token("1"))
        .status(StatusCode::CREATED)
        .reply(token("ci"));
}

#[tokio::test]
async fn empty_slow_and_computed_answers() {
    let server = MockServer::start();
    server.when(|api| api.delete_api_token("1")).reply(());
    server
        .when(|api| api.get_api_token("any"))
        .any_arguments()
        .reply_with(|request| token(request.target.rsplit('/').next().unwrap_or_default()));
    server
        .when(Client::get_api_tokens)
        .delay(Duration::from_secs(2))
        .respond(StatusCode::OK, "text/html", "<html>");
    let client = server.client();

    client.delete_api_token("1").await.expect("deleted");
    for id in ["a", "b"] {
        assert_eq!(client.get_api_token(id).await.expect("a token").name, id);
    }
    let slow = client
        .get_api_tokens()
        .timeout(Duration::from_millis(50))
        .await;
    assert!(matches!(slow, Err(Error::Transport(_))), "{slow:?}");
}

#[test]
fn without_async() {
    let server = MockServer::start();
    server.when(|api| api.get_api_token("1")).reply(token("ci"));
    let answer = server.client().get_api_token("1").send_blocking();
    assert_eq!(answer.expect("a token").name, "ci");
}
