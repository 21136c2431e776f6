//! What each operation sends.

use crate::{Operation, SECRET, builder, client};
use axiom_api::Client;
use specwright_tests::{Recorded, Server};

async fn sent(operation: Operation, client: impl FnOnce(&Server) -> Client) -> (Recorded, Server) {
    let server = Server::start([operation.reply()]);
    let client = client(&server);
    operation
        .send(&client)
        .await
        .unwrap_or_else(|error| panic!("{operation:?}: {error}"));
    (server.request(), server)
}

#[tokio::test]
async fn the_whole_request() {
    for operation in Operation::ALL {
        let (request, server) = sent(operation, client).await;
        assert_eq!(request.method, operation.method(), "{operation:?}");
        assert_eq!(
            request.path,
            format!("/v2{}", operation.path()),
            "{operation:?}"
        );
        assert_eq!(request.query, None, "{operation:?}");
        assert_eq!(
            request.text(),
            operation.sends().unwrap_or_default(),
            "{operation:?}"
        );

        let bearer = format!("Bearer {SECRET}");
        let length = operation.sends().map(|body| body.len().to_string());
        let agent = request
            .header("user-agent")
            .expect("the client says who it is");
        assert!(agent.starts_with("axiom-api/"), "{agent}");
        let expected = [
            ("host", Some(server.host())),
            ("authorization", Some(bearer)),
            ("x-axiom-org-id", None),
            ("accept", Some("application/json".to_owned())),
            (
                "content-type",
                length.as_ref().map(|_| "application/json".to_owned()),
            ),
            ("content-length", length),
        ];
        for (name, value) in expected {
            assert_eq!(
                request.header(name),
                value.as_deref(),
                "{operation:?}: {name}"
            );
        }
    }
}

#[tokio::test]
async fn the_organization_when_it_is_set() {
    for operation in Operation::ALL {
        let with = |server: &Server| {
            builder(server)
                .organization("org-1")
                .build()
                .expect("complete")
        };
        let (request, _server) = sent(operation, with).await;
        assert_eq!(
            request.header("x-axiom-org-id"),
            Some("org-1"),
            "{operation:?}"
        );
        let bearer = format!("Bearer {SECRET}");
        assert_eq!(
            request.header("authorization"),
            Some(bearer.as_str()),
            "{operation:?}"
        );
    }
}

#[tokio::test]
async fn nothing_without_credentials() {
    for operation in Operation::ALL {
        let server = Server::start([operation.reply()]);
        let anonymous = Client::builder().base_url(server.url("/v2")).build();
        let organization_only = Client::builder()
            .base_url(server.url("/v2"))
            .organization("org-1")
            .build();
        for client in [anonymous, organization_only] {
            let client = client.expect("credentials are asked for by operations");
            let error = operation.send(&client).await.expect_err("refused");
            assert!(
                matches!(error, axiom_api::Error::Request(_)),
                "{operation:?}: {error:?}"
            );
            assert!(error.to_string().contains("auth"), "{operation:?}: {error}");
        }
        assert_eq!(server.requests(), [], "{operation:?}");
    }
}

#[tokio::test]
async fn settings_of_one_call() {
    let server = Server::start([Operation::Get.reply()]);
    let name = http::HeaderName::from_static("x-one-call");
    let value = http::HeaderValue::from_static("yes");
    let call = client(&server);
    call.get_api_token("t1")
        .header(name, value)
        .await
        .expect("answered");
    let request = server.request();
    assert_eq!(request.header("x-one-call"), Some("yes"));
}

#[tokio::test]
async fn the_base_url_with_and_without_a_slash() {
    for base in ["/v2", "/v2/", "/axiom/v2", ""] {
        let server = Server::start([Operation::Get.reply()]);
        let client = builder(&server)
            .base_url(server.url(base))
            .build()
            .expect("complete");
        client.get_api_token("t1").await.expect("answered");
        let path = format!("{}/tokens/t1", base.trim_end_matches('/'));
        assert_eq!(server.request().path, path, "{base:?}");
    }
}
