//! Whether a request body is being written.

use std::cell::Cell;

thread_local! {
    /// Whether a request body is being written on this thread.
    static WRITING_REQUEST: Cell<bool> = const { Cell::new(false) };
}

/// While it lives, read-only properties are left out on this thread.
///
/// Serialising has no other way to say what it is for; nothing suspends while it goes on.
#[derive(Debug)]
pub struct RequestScope {
    outer: bool,
}

impl RequestScope {
    /// Begins a request body.
    pub fn enter() -> Self {
        Self {
            outer: WRITING_REQUEST.replace(true),
        }
    }

    /// Whether a request body is being written on this thread.
    pub fn is_active() -> bool {
        WRITING_REQUEST.get()
    }
}

impl Drop for RequestScope {
    fn drop(&mut self) {
        WRITING_REQUEST.set(self.outer);
    }
}
