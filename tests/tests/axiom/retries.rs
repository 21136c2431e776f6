//! When a request is sent again, and when it is not.

use crate::{Operation, SECRET, client};
use axiom_api::{Client, Error, RetryPolicy};
use specwright_tests::{Reply, Server};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A client with the policy that applications get.
fn patient(server: &Server) -> Client {
    let builder = Client::builder()
        .base_url(server.url("/v2"))
        .bearer_token(SECRET);
    builder.build().expect("complete")
}

fn limited(header: &str, value: &str) -> Reply {
    Reply::json(429, r#"{"message":"rate limit exceeded"}"#).header(header, value)
}

async fn comes_back_when_asked(operation: Operation) {
    let server = Server::start([limited("retry-after", "1"), operation.reply()]);
    let answer = operation
        .send(&patient(&server))
        .await
        .expect("the second time");
    assert_eq!(answer.body, operation.receives(), "{operation:?}");
    let requests = server.requests();
    assert_eq!(requests.len(), 2, "{operation:?}");
    assert_eq!(requests[0], requests[1], "{operation:?}");
    assert!(
        server.pauses()[0] >= Duration::from_millis(950),
        "{:?}",
        server.pauses()
    );
}

#[tokio::test]
async fn the_server_says_when_to_come_back() {
    let [list, create, get, delete, regenerate] = Operation::ALL.map(comes_back_when_asked);
    tokio::join!(list, create, get, delete, regenerate);
}

#[tokio::test]
async fn the_rate_limit_says_when_it_ends() {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("after 1970");
    let reset = (now.as_secs() + 2).to_string();
    let server = Server::start([limited("x-ratelimit-reset", &reset), Operation::Get.reply()]);
    patient(&server)
        .get_api_token("t1")
        .await
        .expect("the second time");
    // Whole seconds: the window ends between one and two seconds from now.
    assert!(
        server.pauses()[0] >= Duration::from_millis(900),
        "{:?}",
        server.pauses()
    );
}

#[tokio::test]
async fn a_server_that_is_away_for_a_moment() {
    let away = || Reply::new(503, "text/html", "<html>back soon</html>");
    for operation in [Operation::List, Operation::Get, Operation::Delete] {
        let server = Server::start([away(), operation.reply()]);
        operation
            .send(&patient(&server))
            .await
            .expect("the second time");
        assert_eq!(server.requests().len(), 2, "{operation:?}");
    }
}

#[tokio::test]
async fn a_write_whose_fate_is_unknown_is_not_repeated() {
    for operation in [Operation::Create, Operation::Regenerate] {
        for reply in [
            Reply::cut(1000, "{"),
            Reply::raw(""),
            Reply::json(500, r#"{"message":"?"}"#),
        ] {
            let server = Server::start([reply]);
            operation
                .send(&patient(&server))
                .await
                .expect_err("a failure");
            assert_eq!(server.requests().len(), 1, "{operation:?}");
        }
    }
}

#[tokio::test]
async fn a_read_whose_answer_broke_off_is_repeated() {
    for broken in [Reply::cut(1000, "{"), Reply::raw("")] {
        let server = Server::start([broken, Operation::Get.reply()]);
        patient(&server)
            .get_api_token("t1")
            .await
            .expect("the second time");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn failures_that_repeating_does_not_help() {
    for status in [400, 401, 403, 404, 409, 422] {
        let server = Server::start([Reply::json(status, r#"{"message":"no"}"#)]);
        let error = patient(&server)
            .get_api_token("t1")
            .await
            .expect_err("a failure");
        assert!(matches!(error, Error::Api(_)), "{status}: {error:?}");
        assert_eq!(server.requests().len(), 1, "{status}");
    }
}

#[tokio::test]
async fn it_gives_up_and_shows_the_last_answer() {
    let server = Server::start((0..50).map(|_| limited("retry-after", "0")));
    let Err(Error::Api(error)) = patient(&server).get_api_tokens().await else {
        panic!("429 is declared");
    };
    assert_eq!(error.message, "rate limit exceeded");
    let attempts = server.requests().len();
    assert!((2..=10).contains(&attempts), "{attempts}");
}

#[tokio::test]
async fn a_wait_beyond_the_time_limit_is_not_begun() {
    let server = Server::start([limited("retry-after", "3600")]);
    let call = patient(&server);
    let call = call.get_api_tokens().timeout(Duration::from_secs(5));
    let start = std::time::Instant::now();
    let error = call.await.expect_err("limited");
    assert!(matches!(error, Error::Api(_)), "{error:?}");
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
}

#[tokio::test]
async fn the_policy_of_one_call() {
    let server = Server::start([limited("retry-after", "0")]);
    let client_of_all = patient(&server);
    let once = client_of_all.get_api_tokens().retry(RetryPolicy::none());
    once.await.expect_err("limited");
    assert_eq!(server.requests().len(), 1);

    let server = Server::start([limited("retry-after", "0"), Operation::List.reply()]);
    let client_of_none = client(&server);
    let twice = client_of_none
        .get_api_tokens()
        .retry(RetryPolicy::default());
    twice.await.expect("the second time");
}
