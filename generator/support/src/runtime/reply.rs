//! What a mock server answers: values of an operation's types, written as the operation reads them.

pub use super::form_reply::form; // optional: forms
pub use super::stream_reply::{envelopes, events, items, texts}; // optional: streams
use super::{Body, limit, park};
use bytes::Bytes;
use serde::Serialize;

/// How the response is made of which a success or a declared error is; nothing where none is declared.
pub struct Replies<T, E> {
    pub(crate) success: fn(T, &mut Rows) -> Option<Reply>,
    pub(crate) failure: fn(E, &mut Rows) -> Option<Reply>,
}

impl<T, E> Clone for Replies<T, E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T, E> Copy for Replies<T, E> {}

/// The rows of an operation's table, as far as they were looked at.
#[derive(Debug)]
pub struct Rows {
    /// The status that is asked for.
    wanted: Option<u16>,
    before: Vec<fn(u16) -> bool>,
}

impl Rows {
    /// All rows are still to come.
    pub(super) const fn new(wanted: Option<u16>) -> Self {
        Self {
            wanted,
            before: Vec::new(),
        }
    }

    /// The status with which the next row answers; nothing where another one answers.
    pub fn status(&mut self, is_success: bool, is_of: fn(u16) -> bool) -> Option<u16> {
        let usual = match is_success {
            true => 200..=299,
            false => 400..=599,
        };
        let first = [self.wanted, (!is_success).then_some(500)];
        let first = first.into_iter().flatten();
        let all = first.chain(usual).chain(300..=399);
        let is_free = |code: &u16| {
            let is_wanted = self.wanted.is_none_or(|wanted| wanted == *code);
            is_wanted && is_of(*code) && !self.before.iter().any(|before| before(*code))
        };
        let status = all.into_iter().find(is_free);
        self.before.push(is_of);
        status
    }
}

/// A row of an operation's table, the other way round: it returns the reply where the row is for the
/// value.
macro_rules! reply {
    ($value:ident, $rows:ident, success, success, $status:pat, $($row:tt)+) => {
        let status = $rows.status(true, |code| matches!(code, $status));
        $crate::runtime::reply::row!($value, status, $($row)+);
    };
    ($value:ident, $rows:ident, failure, failure, $status:pat, $($row:tt)+) => {
        let status = $rows.status(false, |code| matches!(code, $status));
        $crate::runtime::reply::row!($value, status, $($row)+);
    };
    ($value:ident, $rows:ident, failure, other, $status:pat, $($row:tt)+) => {
        let status = $rows.status(false, |code| matches!(code, $status));
        $crate::runtime::reply::row!($value, status, $($row)+);
    };
    ($value:ident, $rows:ident, $side:ident, $outcome:ident, $status:pat, $($row:tt)+) => {
        let _ = $rows.status(false, |code| matches!(code, $status));
    };
}
pub(crate) use reply;

/// What a row does with a value.
macro_rules! row {
    ($value:ident, $status:ident, $($($media:literal)|+ => $decoder:ident as $variant:path),+) => {
        $($crate::runtime::reply::row!(@variant $value, $status, [$($media),+], $decoder, $variant);)+
    };
    ($value:ident, $status:ident, $($media:literal)|+ => $decoder:ident) => {
        $crate::runtime::reply::row!(@value $value, $status, [$($media),+], $decoder);
    };
    ($value:ident, $status:ident, $decoder:ident as $variant:path) => {
        $crate::runtime::reply::row!(@variant $value, $status, [], $decoder, $variant);
    };
    ($value:ident, $status:ident, $decoder:ident) => {
        $crate::runtime::reply::row!(@value $value, $status, [], $decoder);
    };
    (@variant $value:ident, $status:ident, [$($media:literal),*], empty, $variant:path) => {
        let $value = match ($value, $status) {
            ($variant, Some(status)) => return Some($crate::runtime::reply::empty((), status, &[])),
            (other, _) => other,
        };
    };
    (@variant $value:ident, $status:ident, [$($media:literal),*], $decoder:ident, $variant:path) => {
        let $value = match ($value, $status) {
            ($variant(value), Some(status)) => {
                return Some($crate::runtime::reply::$decoder(value, status, &[$($media),*]));
            }
            (other, _) => other,
        };
    };
    (@value $value:ident, $status:ident, [$($media:literal),*], $decoder:ident) => {
        if let Some(status) = $status {
            return Some($crate::runtime::reply::$decoder($value, status, &[$($media),*]));
        }
    };
}
pub(crate) use row;

/// A response.
#[derive(Clone, Debug)]
pub struct Reply {
    pub(super) status: u16,
    pub(super) media: Option<String>,
    pub(super) body: Bytes,
}

impl Reply {
    pub(super) fn of(status: u16, declared: &[&str], usual: &str, body: impl Into<Bytes>) -> Self {
        let media = declared.first().filter(|media| **media != "*/*");
        let media = media.map(|media| match media.strip_suffix("/*") {
            Some(kind) => format!("{kind}/octet-stream"),
            None => (*media).to_owned(),
        });
        Self {
            status,
            media: Some(media.unwrap_or_else(|| usual.to_owned())),
            body: body.into(),
        }
    }
}

/// JSON. What cannot be written as JSON is empty, which no client takes for JSON.
pub fn json<T: Serialize>(value: T, status: u16, media: &[&str]) -> Reply {
    let json = serde_json::to_vec(&value).unwrap_or_default();
    Reply::of(status, media, "application/json", json)
}

/// Text.
pub fn text(value: String, status: u16, media: &[&str]) -> Reply {
    Reply::of(status, media, "text/plain; charset=utf-8", value)
}

/// Bytes.
pub fn bytes(value: Bytes, status: u16, media: &[&str]) -> Reply {
    Reply::of(status, media, "application/octet-stream", value)
}

/// Bytes that are all sent at once.
pub fn stream(value: Body, status: u16, media: &[&str]) -> Reply {
    bytes(collected(value), status, media)
}

/// Nothing.
pub fn empty(_value: (), status: u16, _media: &[&str]) -> Reply {
    Reply {
        status,
        media: None,
        body: Bytes::new(),
    }
}

/// All bytes of a body. One that breaks off ends there.
pub(super) fn collected(body: Body) -> Bytes {
    park::block_on(limit::collect(body, u64::MAX)).bytes
}
