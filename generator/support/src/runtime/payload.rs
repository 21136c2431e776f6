//! The body of a request while the request is being sent, perhaps several times.

use super::Body;
use bytes::Bytes;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// A body that can be sent as often as need be, or a stream, which can be sent once.
#[derive(Clone)]
pub(super) enum Payload {
    Bytes(Bytes),
    Once(Arc<Mutex<Option<Body>>>),
}

impl Payload {
    /// The bytes, if it is no stream.
    pub(super) fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            Self::Once(_) => None,
        }
    }

    /// Whether it can be sent more than once.
    pub(super) const fn is_replayable(&self) -> bool {
        matches!(self, Self::Bytes(_))
    }

    /// The body of one request; `None` if it was a stream and has been sent.
    pub(super) fn body(&self) -> Option<Body> {
        match self {
            Self::Bytes(bytes) if bytes.is_empty() => Some(Body::empty()),
            Self::Bytes(bytes) => Some(Body::bytes(bytes.clone())),
            Self::Once(body) => body.lock().unwrap_or_else(PoisonError::into_inner).take(),
        }
    }
}

/// The same bytes, or the very same stream.
impl PartialEq for Payload {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            (Self::Once(one), Self::Once(other)) => Arc::ptr_eq(one, other),
            (Self::Bytes(_), Self::Once(_)) | (Self::Once(_), Self::Bytes(_)) => false,
        }
    }
}

impl Default for Payload {
    fn default() -> Self {
        Self::Bytes(Bytes::new())
    }
}

impl From<Body> for Payload {
    fn from(body: Body) -> Self {
        match body.into_bytes() {
            Ok(bytes) => Self::Bytes(bytes),
            Err(stream) => Self::Once(Arc::new(Mutex::new(Some(stream)))),
        }
    }
}

impl fmt::Debug for Payload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(formatter, "[{} bytes]", bytes.len()),
            Self::Once(_) => formatter.write_str("[stream]"),
        }
    }
}
