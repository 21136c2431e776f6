//! How many retries a client may make, all its calls together, so that it does not multiply an
//! outage.

use super::ClientBuilder;
use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};

/// How many retries a client has in hand, unless set otherwise.
pub(super) const DEFAULT: u32 = 100;
/// What a retry costs: successes give back less than a whole one.
const RETRY: u32 = 10;
/// What a call that succeeds at once gives back.
const SUCCESS: u32 = 1;

/// The retries that a client has in hand.
///
/// Each retry takes one. A call that succeeds gives back what its own retries took, and one that
/// needed none gives back a tenth. So a client that is answered goes on with its retries, and one
/// that meets an outage ends them: from then on every call is sent once, until calls succeed again.
pub(super) struct RetryBudget {
    left: AtomicU32,
    /// `u32::MAX` is no limit.
    full: u32,
}

impl RetryBudget {
    /// A full one; without a limit where there is none.
    pub(super) fn new(retries: Option<u32>) -> Self {
        let full = retries.map_or(u32::MAX, |retries| {
            retries.saturating_mul(RETRY).min(u32::MAX - 1)
        });
        Self {
            left: AtomicU32::new(full),
            full,
        }
    }

    /// Takes one retry, if there is one.
    pub(super) fn take(&self) -> bool {
        if self.full == u32::MAX {
            return true;
        }
        let take = |left: u32| left.checked_sub(RETRY);
        self.left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .is_ok()
    }

    /// A call with so many retries has succeeded.
    pub(super) fn succeeded(&self, retries: u32) {
        // The usual case writes nothing that other threads read.
        if self.full == u32::MAX || self.left.load(Ordering::Relaxed) >= self.full {
            return;
        }
        let back = retries.saturating_mul(RETRY).max(SUCCESS);
        let give = |left: u32| Some(left.saturating_add(back).min(self.full));
        let _ = self
            .left
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, give);
    }
}

impl ClientBuilder {
    /// How many retries all calls of the client have in hand together. `None` is no limit; the
    /// default is 100.
    ///
    /// Each retry takes one. A call that succeeds gives back what its own retries took, and one that
    /// needed none gives back a tenth. When none is left, calls are sent once, so that a server
    /// that is down does not get several times the requests.
    pub fn retry_budget(mut self, retries: impl Into<Option<u32>>) -> Self {
        self.retry_budget = retries.into();
        self
    }
}

impl fmt::Debug for RetryBudget {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.full {
            u32::MAX => formatter.write_str("unlimited"),
            full => write!(
                formatter,
                "{} of {}",
                self.left.load(Ordering::Relaxed) / RETRY,
                full / RETRY
            ),
        }
    }
}
