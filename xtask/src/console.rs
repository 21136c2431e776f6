//! Standard output and error, with styles where they can be shown.
//!
//! A reader that goes away (`| head`) is no reason to fail, so what cannot be printed is dropped.

use std::io::Write as _;

/// Results.
pub fn out(text: &str) {
    let _ = anstream::stdout().lock().write_all(text.as_bytes());
}

/// Problems.
pub fn err(text: &str) {
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}
