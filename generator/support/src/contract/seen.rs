//! How a call ended, in words that all operations share.

use super::api::{Body, Undocumented};
use super::compare::{difference, short};
use super::media::is_same;
use futures_core::Stream;
use serde::Serialize;
use serde_json::Value;
use std::fmt::{self, Display};
use std::future::{Future, poll_fn};
use std::pin::Pin;

/// How a call ended.
#[derive(Debug)]
pub struct Seen {
    /// The status; 0 where there was none.
    pub status: u16,
    /// `success`, `error`, or what else it was.
    pub end: &'static str,
    /// The declared response that the client takes it for, where its type is an enum of them.
    pub declared: Option<Declared>,
    /// The body, decoded or as it came.
    pub body: Shown,
    /// What the error says.
    pub words: String,
}

/// A declared response, or a part of its media types.
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    /// What the document calls it: `201`, `4XX` or `default`.
    pub status: &'static str,
    /// The media types; none where they do not matter.
    pub media: &'static [&'static str],
}

/// What a client makes of a body.
#[derive(Debug)]
pub struct Outcome {
    /// The response that the variant stands for; nothing where there are no variants.
    pub declared: Option<Declared>,
    /// The body.
    pub body: Shown,
}

impl From<Shown> for Outcome {
    fn from(body: Shown) -> Self {
        Self {
            declared: None,
            body,
        }
    }
}

impl Shown {
    /// As the variant for a declared response.
    pub fn of(self, status: &'static str, media: &'static [&'static str]) -> Outcome {
        Outcome {
            declared: Some(Declared { status, media }),
            body: self,
        }
    }
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
    /// Items that arrive.
    Arriving(Arriving),
    /// Items that have arrived, as JSON.
    Items(Vec<Value>),
    /// Nothing.
    Empty,
    /// Something that the test does not know.
    Unknown,
}

/// The items of a stream, once all of them are there; or why one of them is not.
pub struct Arriving(Pin<Box<dyn Future<Output = Result<Vec<Value>, String>>>>);

impl fmt::Debug for Arriving {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Arriving")
    }
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

/// What is a stream of items; `value` is what counts of an item.
pub fn items<S, I, E, V>(body: S, value: fn(I) -> V) -> Shown
where
    S: Stream<Item = Result<I, E>> + 'static,
    I: 'static,
    E: Display,
    V: Serialize + 'static,
{
    let mut body = Box::pin(body);
    Shown::Arriving(Arriving(Box::pin(async move {
        let mut items = Vec::new();
        while let Some(item) = poll_fn(|context| body.as_mut().poll_next(context)).await {
            let item = item.map_err(|error| error.to_string())?;
            let json = serde_json::to_value(value(item));
            items.push(json.map_err(|error| error.to_string())?);
        }
        Ok(items)
    })))
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
    let mut body = match shown {
        Shown::Stream(body) => body,
        Shown::Arriving(Arriving(items)) => {
            return match items.await {
                Ok(items) => Shown::Items(items),
                Err(error) => Shown::Text(format!("the stream broke: {error}")),
            };
        }
        other => return other,
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
    if let Some(reason) = seen
        .declared
        .and_then(|variant| taken_for(variant, response))
    {
        return Some(reason);
    }
    match (&seen.body, response.get("json")) {
        (Shown::Json(Err(error)), _) => Some(format!("the answer is not encoded again: {error}")),
        (Shown::Json(Ok(value)), Some(sent)) => difference("", sent, value),
        (Shown::Json(Ok(value)), None) => Some(format!("the answer became {}", short(value))),
        (Shown::Text(text), _) => (text != sent).then(|| "the text is another one".to_owned()),
        (Shown::Bytes(bytes), _) => {
            (bytes != sent.as_bytes()).then(|| "the bytes are others".to_owned())
        }
        (Shown::Items(items), _) => different_items(items, response),
        (Shown::Empty, _) => None,
        (other, _) => Some(format!("the answer became {other:?}")),
    }
}

/// What is wrong where a variant is not that of the response.
fn taken_for(variant: Declared, response: &Value) -> Option<String> {
    let declared = response.get("declared");
    let word = |key: &str| declared.and_then(|declared| declared.get(key)?.as_str());
    let (status, media) = (word("status").unwrap_or_default(), word("media"));
    let is_status = variant.status.eq_ignore_ascii_case(status);
    let is_media = |known: &&str| media.is_some_and(|media| is_same(media, known));
    let is_it = is_status && (variant.media.is_empty() || variant.media.iter().any(is_media));
    (!is_it).then(|| {
        let taken = [&[variant.status], variant.media].concat().join(" ");
        let media = media.unwrap_or_default();
        format!("it is the variant for `{taken}`, and the answer is one of `{status}` {media}")
    })
}

/// What is wrong with the items of a stream.
fn different_items(items: &[Value], response: &Value) -> Option<String> {
    let sent = response.get("items").and_then(Value::as_array)?;
    if items.len() != sent.len() {
        return Some(format!("{} items came of {}", items.len(), sent.len()));
    }
    let mut pairs = items.iter().zip(sent);
    pairs.find_map(|(item, sent)| match (item, sent) {
        // Items that nothing is said of are text.
        (Value::String(text), sent) if !sent.is_string() => {
            let read: Option<Value> = serde_json::from_str(text).ok();
            (read.as_ref() != Some(sent)).then(|| format!("an item became `{text}`"))
        }
        (item, sent) => difference("", sent, item),
    })
}
