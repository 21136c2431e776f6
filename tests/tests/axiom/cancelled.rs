//! A call that is dropped: nothing of it goes on.

use crate::SECRET;
use axiom_api::{Client, RetryPolicy};
use std::io::Read;
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// How the connection of a call ends, which the server never answers.
fn silent_server() -> (String, mpsc::Receiver<usize>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("bound");
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let mut connection = connection;
            let mut buffer = [0; 4096];
            // The request; then, when the client has left, the end.
            for _ in 0..2 {
                let length = connection.read(&mut buffer).unwrap_or(0);
                if sender.send(length).is_err() {
                    return;
                }
            }
        }
    });
    (format!("http://{address}/v2"), receiver)
}

#[tokio::test]
async fn a_dropped_call_closes_its_connection_and_leaves_no_task() {
    let (url, events) = silent_server();
    let client = Client::builder()
        .base_url(url)
        .bearer_token(SECRET)
        .retry(RetryPolicy::default())
        .build()
        .expect("complete");
    let tasks = tokio::runtime::Handle::current().metrics();
    let before = tasks.num_alive_tasks();
    for _ in 0..3 {
        let call = client.get_api_tokens();
        let limited = tokio::time::timeout(Duration::from_millis(200), call.send()).await;
        limited.expect_err("there is no answer");
        assert!(events.recv().expect("the request") > 0);
        // The connection's own task notices it when it runs next.
        tokio::time::sleep(Duration::from_millis(50)).await;
        let end = events.recv_timeout(Duration::from_secs(5));
        assert_eq!(end, Ok(0), "the connection is closed");
        assert_eq!(tasks.num_alive_tasks(), before);
    }
}
