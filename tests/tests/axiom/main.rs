//! The generated crate `axiom-api`, end to end: every request goes over a real socket to a server that
//! answers with the bytes that the test gave it.

mod answers;
mod blocking;
mod cancelled;
mod environment;
mod faults;
mod mock;
mod operation;
mod paths;
mod redirects;
mod requests;
mod retries;
mod round_trip;
mod secrets;
mod transports;

use axiom_api::{Client, ClientBuilder, RetryPolicy};
use operation::Operation;
use specwright_tests::Server;

/// What these tests authenticate with, and what the server answers as a new token. No output of any
/// kind may contain it.
const SECRET: &str = "xaat-b5cc6b4f-do-not-show";

/// A client of the server that tries once, with a bearer token.
fn client(server: &Server) -> Client {
    builder(server)
        .build()
        .expect("the configuration is complete")
}

fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .base_url(server.url("/v2"))
        .bearer_token(SECRET)
        .retry(RetryPolicy::none())
}
