//! What a mock server answers where an operation answers with a stream of items.

use super::answer::Answer;
use super::reply::{Reply, collected};
use super::{Body, EventStream, JsonStream, events as reader, items as item_reader};
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

impl<T: DeserializeOwned> EventStream<T> {
    /// Events as they are on the wire, `data: …` and a blank line each, for a mock server to answer with.
    pub fn from_body(body: impl Into<Body>) -> Self {
        reader::of_events(&mut arriving(body.into()))
    }
}

impl<T> JsonStream<T> {
    /// Items as they are on the wire, a line each, for a mock server to answer with. In a JSON text sequence
    /// (`application/json-seq`), U+001E stands before each.
    pub fn from_body(body: impl Into<Body>) -> Self {
        item_reader::of_lines(&mut arriving(body.into()))
    }
}

fn arriving(body: Body) -> Answer {
    Answer::arriving(StatusCode::OK, HeaderMap::new(), body)
}

/// Events, as they are on the wire.
pub fn events<T>(value: EventStream<T>, status: u16, media: &[&str]) -> Reply {
    let body = collected(value.into_body());
    Reply::of(status, media, "text/event-stream", body)
}

pub use events as envelopes;
pub use events as texts;

/// Items, as they are on the wire.
pub fn items<T>(value: JsonStream<T>, status: u16, media: &[&str]) -> Reply {
    let body = collected(value.into_body());
    Reply::of(status, media, "application/jsonl", body)
}
