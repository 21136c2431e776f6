//! Server-sent events, as the HTML standard has them.

use super::again::Again;
use super::answer::Answer;
use super::decode::Failure;
use super::error::{CallError, RequestErrorKind, StreamError};
use super::pieces::{Head, Pieces, Split};
use super::transport::{BoxFuture, TransportError, TransportErrorKind};
use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// How long to wait before connecting again, unless the server says otherwise.
const RETRY: Duration = Duration::from_secs(3);
/// How often a stream is connected to again without an event between.
const MAX_FRUITLESS: u32 = 5;

/// An event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What it holds.
    pub data: T,
    /// Its type, if it is not `message`.
    pub event: Option<String>,
    /// The last id that the server has sent.
    pub id: Option<String>,
}

/// A body that is a stream of events, each decoded as it arrives.
///
/// An event that does not decode is an error in its place, and the next one follows; `[DONE]`, with
/// which some servers end, is the end.
pub struct EventStream<T> {
    core: Core,
    decode: fn(&Head, &Raw) -> Result<T, StreamError>,
}

/// Leaves the events of the body to whoever called: the data of each is an item.
pub fn events<T: DeserializeOwned>(answer: &mut Answer) -> Result<EventStream<T>, Failure> {
    Ok(of_events(answer))
}

pub(super) fn of_events<T: DeserializeOwned>(answer: &mut Answer) -> EventStream<T> {
    EventStream {
        core: Core::of(answer),
        decode: |head, raw| head.item(Bytes::copy_from_slice(raw.data.as_bytes())),
    }
}

/// The same, where the data of an event is text.
pub fn texts(answer: &mut Answer) -> Result<EventStream<String>, Failure> {
    Ok(EventStream {
        core: Core::of(answer),
        decode: |_, raw| Ok(raw.data.clone()),
    })
}

/// The same, where an item is the whole event: an object with `data`, `event`, `id` and `retry`.
pub fn envelopes<T: DeserializeOwned>(answer: &mut Answer) -> Result<EventStream<T>, Failure> {
    Ok(EventStream {
        core: Core::of(answer),
        decode: |head, raw| {
            let item = |is_json| {
                let json = raw.envelope(is_json);
                head.item(Bytes::from(json.to_string()))
            };
            // The data is a text, whatever is in it; some documents say what is in it.
            item(false).or_else(|error| item(true).map_err(|_| error))
        },
    })
}

impl<T> EventStream<T> {
    /// Connects again when the stream ends or breaks off, with the id of the last event, so that the
    /// server can go on from there. It ends where the server answers 204, or an error, or with a stream
    /// without events several times.
    ///
    /// Only for requests that can be sent again: the body must not be a stream, and the method one
    /// that changes nothing. For others, nothing changes.
    #[must_use]
    pub fn reconnecting(mut self) -> Self {
        self.core.reconnects = true;
        self
    }

    /// What has not been read yet.
    #[cfg(any(test, feature = "testing"))]
    pub(super) fn into_body(self) -> super::Body {
        self.core.pieces.into_body()
    }

    /// The id of the last event that was complete, or the one before it if that had none.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        self.core.last_id.as_deref()
    }
}

impl<T> EventStream<T> {
    /// The next event, as it arrives; `None` at the end.
    ///
    /// # Errors
    ///
    /// When the event does not decode, and when the body breaks off, is silent for longer than the client's
    /// idle limit, or has a line longer than the client accepts.
    pub async fn next(&mut self) -> Option<Result<Event<T>, StreamError>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    fn poll_event(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Event<T>, StreamError>>> {
        let Some(raw) = ready!(self.core.poll(context)) else {
            return Poll::Ready(None);
        };
        let event = raw.and_then(|raw| {
            let data = (self.decode)(&self.core.pieces.head, &raw)?;
            Ok(Some(Event {
                data,
                event: raw.event,
                id: raw.id,
            }))
        });
        Poll::Ready(event.transpose())
    }
}

impl<T> Stream for EventStream<T> {
    type Item = Result<Event<T>, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EventStream")
    }
}

/// An event as it came.
#[derive(Clone, Default)]
struct Raw {
    data: String,
    event: Option<String>,
    id: Option<String>,
    retry: Option<u64>,
}

impl Raw {
    /// The object that a document describes as the item of a stream.
    fn envelope(&self, is_json: bool) -> Value {
        let data = match is_json {
            true => serde_json::from_str(&self.data).unwrap_or(Value::Null),
            false => Value::from(&*self.data),
        };
        let members = [
            ("data", Some(data)),
            ("event", self.event.as_deref().map(Value::from)),
            ("id", self.id.as_deref().map(Value::from)),
            ("retry", self.retry.map(Value::from)),
        ];
        let members = members
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value?)));
        Value::Object(Map::from_iter(members))
    }
}

/// All of a stream that does not depend on what is in it.
struct Core {
    pieces: Pieces,
    /// The event that is being read.
    raw: Raw,
    has_data: bool,
    /// The id of the last event that was complete: from there on, a server goes on.
    last_id: Option<String>,
    is_first_line: bool,
    is_over: bool,
    /// How to send the request again, if that is possible.
    again: Option<Arc<Again>>,
    reconnects: bool,
    fruitless: u32,
    delay: Duration,
    // Never locked: the mutex makes a future that is only `Send` also `Sync`.
    connecting: Option<Mutex<BoxFuture<'static, Result<Answer, CallError>>>>,
}

impl Core {
    fn of(answer: &mut Answer) -> Self {
        Self {
            pieces: Pieces::of(answer, Split::AnyLine),
            raw: Raw::default(),
            has_data: false,
            last_id: None,
            is_first_line: true,
            is_over: false,
            again: answer.again.take(),
            reconnects: false,
            fruitless: 0,
            delay: RETRY,
            connecting: None,
        }
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Raw, StreamError>>> {
        loop {
            if self.is_over {
                return Poll::Ready(None);
            }
            if let Some(connecting) = &mut self.connecting {
                let connecting = connecting
                    .get_mut()
                    .unwrap_or_else(|held| held.into_inner());
                let result = ready!(connecting.as_mut().poll(context));
                self.connecting = None;
                if let Some(error) = self.connected(result) {
                    return Poll::Ready(Some(Err(error)));
                }
                continue;
            }
            match ready!(self.pieces.poll(context)) {
                Some(Ok(line)) => {
                    if let Some(raw) = self.line(&line) {
                        return Poll::Ready(raw.map(Ok));
                    }
                }
                Some(Err(error)) => {
                    if !self.reconnect() {
                        self.is_over = true;
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                None => {
                    if self.reconnect() {
                        continue;
                    }
                    // What came before the end without an empty line is an event, too.
                    let raw = self.dispatch();
                    self.is_over = true;
                    if let Some(raw) = raw {
                        return Poll::Ready(raw.map(Ok));
                    }
                }
            }
        }
    }

    /// Reads a line; an event if it ends one, and `Some(None)` if that is the last.
    fn line(&mut self, line: &[u8]) -> Option<Option<Raw>> {
        let mut line = line;
        if std::mem::take(&mut self.is_first_line) {
            line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        }
        if line.is_empty() {
            return self.dispatch();
        }
        let text = String::from_utf8_lossy(line);
        let (name, value) = text.split_once(':').unwrap_or((&*text, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => {
                if self.has_data {
                    self.raw.data.push('\n');
                }
                self.has_data = true;
                self.raw.data.push_str(value);
            }
            "event" => self.raw.event = Some(value.to_owned()),
            "id" if !value.contains('\0') => {
                self.raw.id = Some(value.to_owned()).filter(|id| !id.is_empty());
            }
            "retry" => {
                if let Ok(milliseconds) = value.parse() {
                    self.raw.retry = Some(milliseconds);
                    self.delay = Duration::from_millis(milliseconds);
                }
            }
            // A comment, or a field of tomorrow.
            _ => {}
        }
        None
    }

    fn dispatch(&mut self) -> Option<Option<Raw>> {
        let next = Raw {
            id: self.raw.id.clone(),
            ..Raw::default()
        };
        self.last_id.clone_from(&next.id);
        let raw = std::mem::replace(&mut self.raw, next);
        if !std::mem::take(&mut self.has_data) {
            return None;
        }
        self.fruitless = 0;
        self.is_over = raw.data.trim() == "[DONE]";
        Some((!self.is_over).then_some(raw))
    }

    /// Begins to connect again, if that was asked for and is possible. An event that was cut off is then
    /// forgotten, as the standard has it: the server sends it again, or has nothing more of it.
    fn reconnect(&mut self) -> bool {
        let Some(again) = self.again.clone().filter(|_| self.reconnects) else {
            return false;
        };
        self.has_data = false;
        self.raw = Raw {
            id: self.last_id.clone(),
            ..Raw::default()
        };
        self.fruitless += 1;
        if self.fruitless > MAX_FRUITLESS {
            return false;
        }
        let (id, delay) = (self.last_id.clone(), self.delay);
        let connecting = Box::pin(async move { again.send(id.as_deref(), delay).await });
        self.connecting = Some(Mutex::new(connecting));
        true
    }

    /// Goes on with another response; or what is wrong with it.
    fn connected(&mut self, result: Result<Answer, CallError>) -> Option<StreamError> {
        match result {
            Ok(mut answer) if answer.body.is_some() => {
                self.pieces = Pieces::of(&mut answer, Split::AnyLine);
                self.is_first_line = true;
                None
            }
            Ok(answer) => {
                self.is_over = true;
                let response = answer.response;
                (!response.status().is_success())
                    .then(|| StreamError::Undeclared(Box::new(response)))
            }
            Err(CallError::Transport(error)) => {
                self.is_over = true;
                Some(error.into())
            }
            Err(CallError::Request(error)) => {
                self.is_over = true;
                let kind = match error.kind() {
                    RequestErrorKind::Credentials => TransportErrorKind::Connect,
                    _ => TransportErrorKind::Exchange,
                };
                Some(TransportError::new(kind, error).into())
            }
        }
    }
}
