//! Idempotency keys: by one, a server knows a request that it has seen already.

use super::api::Repeat;
use super::clock::chance;
use http::header::{HeaderMap, HeaderName, HeaderValue};

/// Adds the key of a call, the same for all its attempts, where its operation asks for one. A key
/// that the caller has set stays.
pub(super) fn add_key(headers: &mut HeaderMap, repeat: Repeat) {
    let Repeat::Key(name) = repeat else { return };
    let Ok(name) = HeaderName::from_bytes(name.as_bytes()) else {
        return;
    };
    if let Ok(value) = HeaderValue::try_from(key()) {
        headers.entry(name).or_insert(value);
    }
}

/// A random UUID, RFC 9562 version 4: what servers expect that check the form of a key.
fn key() -> String {
    let (high, low) = (chance(), chance());
    let version = 0x4000 | (high & 0x0fff);
    let variant = 0x8000 | ((low >> 48) & 0x3fff);
    format!(
        "{:08x}-{:04x}-{version:04x}-{variant:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        low & 0xffff_ffff_ffff
    )
}
