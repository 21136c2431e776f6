//! The mocks of a server, and which of them answers a request.

use super::expected::Expected;
use super::loopback::{Received, Sent};
use super::reply::Reply;
use bytes::Bytes;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What the server and its threads share.
#[derive(Default)]
pub(super) struct Shared {
    pub(super) mocks: Mutex<Vec<Arc<Planned>>>,
    pub(super) received: Mutex<Vec<Received>>,
    pub(super) unexpected: Mutex<Vec<Received>>,
}

/// A mock as the server knows it.
pub(super) struct Planned {
    pub(super) expected: Expected,
    /// How often it answers.
    pub(super) times: Option<usize>,
    pub(super) calls: AtomicUsize,
    pub(super) delay: Duration,
    pub(super) headers: Vec<(String, String)>,
    pub(super) respond: Box<dyn Fn(&Received) -> Reply + Send + Sync>,
}

impl Shared {
    /// The answer to a request.
    pub(super) fn respond(&self, received: Received) -> Sent {
        lock(&self.received).push(received.clone());
        let found = self.find(&received);
        let (reply, headers) = match &found {
            Ok(mock) => {
                std::thread::sleep(mock.delay);
                ((mock.respond)(&received), mock.headers.clone())
            }
            Err(reason) => (failed(reason), Vec::new()),
        };
        if found.is_err() {
            lock(&self.unexpected).push(received);
        }
        let media = reply.media.map(|media| (CONTENT_TYPE.to_string(), media));
        Sent {
            status: reply.status,
            headers: headers.into_iter().chain(media).collect(),
            body: reply.body.to_vec(),
        }
    }

    /// The first mock that waits for a request, or why there is none.
    fn find(&self, received: &Received) -> Result<Arc<Planned>, String> {
        let mocks = lock(&self.mocks);
        let mut reason = format!(
            "no mock waits for {} {}\n",
            received.method, received.target
        );
        for mock in mocks.iter() {
            let is_left = |calls: usize| mock.times.is_none_or(|times| calls < times);
            let difference = mock.expected.difference(received).or_else(|| {
                let taken = mock
                    .calls
                    .fetch_update(Ordering::AcqRel, Ordering::Acquire, |calls| {
                        is_left(calls).then_some(calls + 1)
                    });
                taken.is_err().then(|| "it is used up".to_owned())
            });
            match difference {
                None => return Ok(Arc::clone(mock)),
                Some(difference) => {
                    let shown = mock.expected.shown();
                    reason.push_str(&format!(
                        "- {} ({shown}): {difference}\n",
                        mock.expected.operation
                    ));
                }
            }
        }
        Err(reason)
    }
}

/// The answer where there is none.
pub(super) fn failed(reason: &str) -> Reply {
    Reply {
        status: StatusCode::NOT_IMPLEMENTED.as_u16(),
        media: Some("text/plain; charset=utf-8".to_owned()),
        body: Bytes::from(reason.to_owned()),
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
