//! A server that keeps the requests, and answers what it is told to.

pub use super::loopback::Received;
use super::loopback::{Loopback, Sent};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What the server answers.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Its `Content-Type`.
    pub media: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

#[derive(Default)]
struct Shared {
    answer: Answer,
    received: Vec<Received>,
}

/// A server that lives as long as the process.
pub struct Server {
    loopback: Loopback,
    shared: Arc<Mutex<Shared>>,
}

impl Server {
    /// Starts it on a free port.
    pub fn start() -> io::Result<Self> {
        let shared = Arc::new(Mutex::new(Shared::default()));
        let of_server = Arc::clone(&shared);
        let loopback = Loopback::start(move |received| {
            let mut shared = lock(&of_server);
            shared.received.push(received);
            sent(&shared.answer)
        })?;
        Ok(Self { loopback, shared })
    }

    /// Its address, without a path.
    pub fn url(&self) -> String {
        self.loopback.url()
    }

    /// Forgets what it has received, and sets what it answers from now on.
    pub fn answer(&self, answer: Answer) {
        *lock(&self.shared) = Shared {
            answer,
            received: Vec::new(),
        };
    }

    /// The requests since the answer was set.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.shared).received.clone()
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

fn sent(answer: &Answer) -> Sent {
    let media = answer.media.clone();
    Sent {
        status: answer.status,
        headers: media
            .map(|media| ("content-type".to_owned(), media))
            .into_iter()
            .collect(),
        body: answer.body.clone(),
    }
}
