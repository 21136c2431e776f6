//! Idempotency keys: by one, a server knows a request that it has seen already.

use super::api::Repeat;
use super::clock::chance;
use http::header::{HeaderName, HeaderValue};

/// The header with the key of a call, the same for all its attempts, where its operation asks for one.
pub(super) fn key(repeat: Repeat) -> Option<Box<(HeaderName, HeaderValue)>> {
    let Repeat::Key(name) = repeat else {
        return None;
    };
    let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
    Some(Box::new((name, HeaderValue::try_from(uuid()).ok()?)))
}

/// A random UUID, RFC 9562 version 4: what servers expect that check the form of a key.
fn uuid() -> String {
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
