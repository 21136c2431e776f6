//! How a call ended, in words that all operations share.

use super::api::{Body, Undocumented};
use super::compare::{difference, short};
use serde::Serialize;
use serde_json::Value;
use std::future::poll_fn;
use std::pin::Pin;

/// How a call ended.
#[derive(Debug)]
pub struct Seen {
    /// The status; 0 where there was none.
    pub status: u16,
    /// `success`, `error`, or what else it was.
    pub end: &'static str,
    /// The body, decoded or as it came.
    pub body: Shown,
    /// What the error says.
    pub words: String,
}

/// A decoded body.
#[derive(Debug)]
pub enum Shown {
    /// It was JSON, and this is what it is encoded to again.
    Json(Result<Value, String>),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Bytes that arrive.
    Stream(Body),
    /// Nothing.
    Empty,
    /// Something that the test does not know.
    Unknown,
}

/// What was JSON.
pub fn json<T: Serialize>(body: T) -> Shown {
    Shown::Json(serde_json::to_value(body).map_err(|error| error.to_string()))
}

/// What was text.
pub fn text(body: String) -> Shown {
    Shown::Text(body)
}

/// What was bytes.
pub fn bytes(body: super::api::Bytes) -> Shown {
    Shown::Bytes(body.to_vec())
}

/// What still arrives.
pub fn stream(body: Body) -> Shown {
    Shown::Stream(body)
}

/// What is a stream of items: nobody answers with one here.
pub fn items<T>(_body: T) -> Shown {
    Shown::Unknown
}

/// What has no body.
pub fn empty(_body: ()) -> Shown {
    Shown::Empty
}

/// What there is not.
pub fn nothing(body: Undocumented) -> Shown {
    match body {}
}

/// What still arrives, once all of it is there.
pub async fn collected(shown: Shown) -> Shown {
    use http_body::Body as _;
    let Shown::Stream(mut body) = shown else {
        return shown;
    };
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        match frame.map(http_body::Frame::into_data) {
            Ok(Ok(data)) => bytes.extend_from_slice(&data),
            Ok(Err(_)) => {}
            Err(error) => return Shown::Text(format!("the stream broke: {error}")),
        }
    }
    Shown::Bytes(bytes)
}

/// The beginning of a body.
pub fn excerpt(body: &Shown) -> String {
    let text = match body {
        Shown::Json(Ok(value)) => value.to_string(),
        Shown::Text(text) => text.clone(),
        _ => String::new(),
    };
    text.chars().take(600).collect()
}

/// What is wrong with the outcome of a call; nothing where no answer was declared.
pub fn unexpected(seen: &Seen, response: &Value, sent: &str) -> Option<String> {
    let end = response.get("end").and_then(Value::as_str)?;
    let status = response.get("status").and_then(Value::as_u64);
    if status != Some(u64::from(seen.status)) || end != seen.end {
        return Some(format!(
            "it ended as {} and not as {end}: {}",
            seen.end, seen.words
        ));
    }
    match (&seen.body, response.get("json")) {
        (Shown::Json(Err(error)), _) => Some(format!("the answer is not encoded again: {error}")),
        (Shown::Json(Ok(value)), Some(sent)) => difference("", sent, value),
        (Shown::Json(Ok(value)), None) => Some(format!("the answer became {}", short(value))),
        (Shown::Text(text), _) => (text != sent).then(|| "the text is another one".to_owned()),
        (Shown::Bytes(bytes), _) => {
            (bytes != sent.as_bytes()).then(|| "the bytes are others".to_owned())
        }
        (Shown::Empty, _) => None,
        (other, _) => Some(format!("the answer became {other:?}")),
    }
}
