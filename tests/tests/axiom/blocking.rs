//! Calls without async.

use crate::{Operation, client};
use axiom_api::{Error, RequestErrorKind};
use specwright_tests::{Reply, Server};
use std::thread;

#[test]
fn calls_from_several_threads() {
    let server = Server::start((0..4).map(|_| Operation::List.reply()));
    let client = client(&server);
    let results = thread::scope(|scope| {
        let call = || {
            client
                .get_api_tokens()
                .send_blocking()
                .map(|list| list.len())
        };
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(call)).collect();
        let results = threads
            .into_iter()
            .map(|thread| thread.join().expect("no panic"));
        results.collect::<Vec<_>>()
    });
    assert!(results.iter().all(Result::is_ok), "{results:?}");
}

#[test]
fn a_failure_is_what_it_is_elsewhere() {
    let server = Server::start([Reply::json(404, r#"{"message":"no"}"#)]);
    let result = client(&server).get_api_token("t").send_blocking();
    assert!(matches!(result, Err(Error::Api(_))), "{result:?}");
}

#[tokio::test]
async fn async_code_is_not_blocked() {
    let server = Server::start([Operation::List.reply()]);
    let client = client(&server);
    let Err(Error::Request(error)) = client.get_api_tokens().send_blocking() else {
        panic!("it would have blocked");
    };
    assert_eq!(error.kind(), RequestErrorKind::Blocking);
    assert!(error.to_string().contains("`.await`"), "{error}");
    client.get_api_tokens().await.expect("a list");
}

#[test]
fn a_client_that_was_used_so_may_be_dropped_in_async_code() {
    let server = Server::start([Operation::List.reply()]);
    let client = client(&server);
    client.get_api_tokens().send_blocking().expect("a list");
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime");
    runtime.block_on(async move { drop(client) });
}
