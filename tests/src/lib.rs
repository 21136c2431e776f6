//! What the end-to-end tests share: an HTTP/1.1 server on the loopback interface that knows nothing
//! of any API.
//!
//! It answers with exactly the bytes that a test scripted, malformed ones included, and keeps every
//! request as it came over the socket. It is written over `std` alone, so that no HTTP library can
//! repair on one side what it breaks on the other.

mod reply;
mod request;
mod server;

pub use reply::{Ending, Reply};
pub use request::Recorded;
pub use server::Server;
