//! Path parameters: whatever the value, the request stays at its endpoint or is not sent.

use crate::client;
use axiom_api::Error;
use specwright_tests::{Reply, Server};

#[tokio::test]
async fn values_that_would_reach_another_endpoint() {
    for id in ["", ".", "..", "%2e", "%2E%2e", ".%2e", "%2e."] {
        let server = Server::start([Reply::json(200, "[]")]);
        let client = client(&server);
        let refusals = [
            client.get_api_token(id).await.map(drop),
            client.delete_api_token(id).await.map(drop),
        ];
        for refusal in refusals {
            let error = refusal.expect_err("refused");
            assert!(matches!(error, Error::Request(_)), "{id:?}: {error:?}");
            assert!(error.to_string().contains("`id`"), "{id:?}: {error}");
        }
        assert_eq!(server.requests(), [], "{id:?}");
    }
}

/// Values and the segments that they are sent as.
const SEGMENTS: [(&str, &str); 12] = [
    ("a/b?c", "a%2Fb%3Fc"),
    ("../tokens", "..%2Ftokens"),
    ("..;", "..%3B"),
    ("...", "..."),
    ("a b", "a%20b"),
    ("a+b", "a%2Bb"),
    ("a%2Fb", "a%252Fb"),
    ("a#b", "a%23b"),
    ("a\\b", "a%5Cb"),
    ("ä€", "%C3%A4%E2%82%AC"),
    ("a\r\nx-injected: 1", "a%0D%0Ax-injected%3A%201"),
    ("~-_.A9", "~-_.A9"),
];

#[tokio::test]
async fn values_that_are_one_segment() {
    let server = Server::start(SEGMENTS.map(|_| Reply::empty(204)));
    let client = client(&server);
    for (id, _) in SEGMENTS {
        let answer = client.delete_api_token(id).await;
        answer.unwrap_or_else(|error| panic!("{id:?}: {error}"));
    }
    let requests = server.requests();
    assert_eq!(requests.len(), SEGMENTS.len());
    for (request, (id, segment)) in requests.iter().zip(SEGMENTS) {
        assert_eq!(request.path, format!("/v2/tokens/{segment}"), "{id:?}");
        assert_eq!(request.query, None, "{id:?}");
        assert_eq!(request.header("x-injected"), None, "{id:?}");
        assert_eq!(
            request.header("host"),
            Some(server.host().as_str()),
            "{id:?}"
        );
    }
}
