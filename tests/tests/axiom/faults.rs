//! Servers, proxies and networks that do not keep to the document.

use crate::{Operation, SECRET, builder, client};
use axiom_api::{Error, TransportErrorKind};
use http::StatusCode;
use specwright_tests::{Reply, Server};
use std::net::TcpListener;
use std::time::{Duration, Instant};

const PAGE: &str = "<html><body><h1>502 Bad Gateway</h1></body></html>";

#[tokio::test]
async fn the_page_of_a_proxy() {
    let statuses = [403, 429, 502];
    for operation in Operation::ALL {
        let page = |status| Reply::new(status, "text/html; charset=utf-8", PAGE);
        let server = Server::start(statuses.map(page));
        let client = client(&server);
        for status in statuses {
            let Err(Error::Undeclared(raw)) = operation.send(&client).await else {
                panic!("{operation:?}: nobody declared HTML");
            };
            assert_eq!(raw.status().as_u16(), status);
            assert_eq!(raw.text(), PAGE);
        }
    }
}

#[tokio::test]
async fn another_content_type_than_declared() {
    let json = Operation::Get.receives().to_string();
    for content_type in [
        "text/html",
        "application/xml",
        "image/png",
        "not a media type",
    ] {
        let server = Server::start([Reply::new(200, content_type, &json)]);
        let error = client(&server)
            .get_api_token("t1")
            .await
            .expect_err(content_type);
        let Error::Undeclared(raw) = error else {
            panic!("{content_type}: {error:?}")
        };
        assert_eq!(raw.status(), StatusCode::OK);
        assert_eq!(raw.bytes().as_ref(), json.as_bytes());
    }
}

#[tokio::test]
async fn content_types_that_may_be_json() {
    let json = Operation::Get.receives().to_string();
    for content_type in [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=UTF-8",
        "application/problem+json",
        // What servers say that do not care.
        "text/plain",
        "application/octet-stream",
    ] {
        let server = Server::start([Reply::new(200, content_type, &json)]);
        let token = client(&server)
            .get_api_token("t1")
            .await
            .expect(content_type);
        assert_eq!(token.id, "t1");
    }
    let server = Server::start([Reply::with(200, &[], &json)]);
    let token = client(&server)
        .get_api_token("t1")
        .await
        .expect("a server that does not say");
    assert_eq!(token.id, "t1");
}

#[tokio::test]
async fn json_that_is_not_what_was_declared() {
    let wrong_type = r#"{"id":"1","name":"n","datasetCapabilities":{"logs":{"ingest":"create"}},"orgCapabilities":{}}"#;
    for (body, place) in [
        ("{\"id\":\"1\",\"na", ""),
        ("", ""),
        ("[]", ""),
        (r#"{"message":"an error with the status of a success"}"#, ""),
        (wrong_type, ".datasetCapabilities.logs.ingest"),
        (
            r#"{"id":"1","name":7,"datasetCapabilities":{},"orgCapabilities":{}}"#,
            ".name",
        ),
    ] {
        let server = Server::start([Reply::json(200, body)]);
        let error = client(&server).get_api_token("t1").await.expect_err(body);
        let Error::Decode(decode) = &error else {
            panic!("{body}: {error:?}")
        };
        assert_eq!(decode.response().status(), StatusCode::OK);
        assert_eq!(decode.response().bytes().as_ref(), body.as_bytes());
        assert!(decode.path().ends_with(place), "{body}: {decode}");
    }
}

#[tokio::test]
async fn text_after_the_json() {
    let body = format!("{} and more", Operation::Get.receives());
    let server = Server::start([Reply::json(200, body)]);
    let error = client(&server)
        .get_api_token("t1")
        .await
        .expect_err("trailing text");
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
}

#[tokio::test]
async fn an_answer_that_breaks_off() {
    for operation in Operation::ALL
        .into_iter()
        .filter(|it| *it != Operation::Delete)
    {
        let server = Server::start([Reply::cut(1000, "{\"id\":")]);
        let error = operation.send(&client(&server)).await.expect_err("cut");
        let Error::Transport(transport) = &error else {
            panic!("{operation:?}: {error:?}")
        };
        assert_eq!(transport.kind(), TransportErrorKind::Body, "{operation:?}");
    }
}

#[tokio::test]
async fn a_connection_that_is_reset() {
    for operation in Operation::ALL {
        let server = Server::start([Reply::reset()]);
        let error = operation.send(&client(&server)).await.expect_err("reset");
        assert!(
            matches!(error, Error::Transport(_)),
            "{operation:?}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_connection_that_is_refused() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    drop(listener);
    let server = Server::start([]);
    let client = builder(&server)
        .base_url(format!("http://{address}/v2"))
        .build()
        .expect("complete");
    let error = client.get_api_tokens().await.expect_err("refused");
    let Error::Transport(transport) = &error else {
        panic!("{error:?}")
    };
    assert!(transport.is_connect(), "{transport:?}");
}

#[tokio::test]
async fn what_is_not_http() {
    for bytes in [
        "",
        "SSH-2.0-OpenSSH_9.6\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
    ] {
        let server = Server::start([Reply::raw(bytes)]);
        let error = client(&server).get_api_tokens().await.expect_err(bytes);
        assert!(matches!(error, Error::Transport(_)), "{bytes:?}: {error:?}");
    }
}

#[tokio::test]
async fn a_server_that_never_answers() {
    let limit = Duration::from_millis(200);
    let partly = Reply {
        ending: specwright_tests::Ending::Hang,
        ..Reply::cut(1000, "{\"id\":")
    };
    for reply in [Reply::hang(), partly] {
        // The limit of one call, and that of the client.
        let server = Server::start([reply.clone(), reply]);
        let start = Instant::now();
        let one = client(&server).get_api_token("t1").timeout(limit).await;
        let every = builder(&server).timeout(limit).build().expect("complete");
        let all = every.get_api_token("t1").await;
        for error in [one.expect_err("too late"), all.expect_err("too late")] {
            let Error::Transport(transport) = &error else {
                panic!("{error:?}")
            };
            assert!(transport.is_timeout(), "{transport:?}");
        }
        assert!(start.elapsed() >= 2 * limit);
        assert!(
            start.elapsed() < Duration::from_secs(10),
            "{:?}",
            start.elapsed()
        );
    }
}

#[tokio::test]
async fn a_success_without_an_end() {
    for operation in Operation::ALL
        .into_iter()
        .filter(|it| *it != Operation::Delete)
    {
        let server = Server::start([Reply::endless(200)]);
        let client = builder(&server)
            .max_response_bytes(1 << 20)
            .build()
            .expect("complete");
        let error = operation.send(&client).await.expect_err("too large");
        let Error::Transport(transport) = &error else {
            panic!("{operation:?}: {error:?}")
        };
        assert_eq!(
            transport.kind(),
            TransportErrorKind::BodyTooLarge,
            "{operation:?}"
        );
    }
}

/// The status of a failure is worth more than its body, so it is not lost with it.
#[tokio::test]
async fn a_failure_without_an_end() {
    let server = Server::start([Reply::endless(500)]);
    let error = client(&server)
        .get_api_tokens()
        .await
        .expect_err("a failure");
    assert_eq!(
        error.status(),
        Some(StatusCode::INTERNAL_SERVER_ERROR),
        "{error:?}"
    );
    let raw = error.raw().expect("what was read of it");
    assert!(raw.is_truncated());
    assert!(raw.bytes().len() <= 1 << 20, "{}", raw.bytes().len());
}

#[tokio::test]
async fn a_head_without_an_end() {
    let mut bytes = b"HTTP/1.1 200 OK\r\n".to_vec();
    bytes.extend(b"x-padding: 0123456789abcdef0123456789abcdef\r\n".repeat(300_000));
    let server = Server::start([Reply::raw(bytes)]);
    let error = client(&server)
        .get_api_tokens()
        .await
        .expect_err("too large");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(!format!("{error:?}").contains(SECRET));
}
