//! A transport in memory: it answers by script, and remembers what it was sent.

use crate::runtime::{
    Body, BoxFuture, Bytes, HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Transport,
    TransportError, TransportErrorKind,
};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

/// What the transport does with a request.
pub enum Answer {
    Response(u16, Vec<(&'static str, String)>, Body),
    Error(TransportErrorKind),
    Hang,
}

/// An answer with a JSON body.
pub fn json(status: u16, body: &str) -> Answer {
    typed(status, "application/json", body)
}

/// An answer with a body of some type.
pub fn typed(status: u16, content_type: &'static str, body: &str) -> Answer {
    with_headers(status, &[("content-type", content_type)], body)
}

/// An answer with exactly these headers.
pub fn with_headers(status: u16, headers: &[(&'static str, &str)], body: &str) -> Answer {
    let headers = headers
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()));
    Answer::Response(status, headers.collect(), Body::bytes(body.to_owned()))
}

/// A request as the transport saw it.
#[derive(Clone, Debug)]
pub struct Sent {
    pub method: Method,
    pub uri: String,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Sent {
    /// The value of a header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().expect("an ASCII header"))
    }
}

#[derive(Clone, Default)]
pub struct Scripted {
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    answers: VecDeque<Answer>,
    sent: Vec<Sent>,
    slept: Vec<Duration>,
}

impl Scripted {
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let scripted = Self::default();
        scripted.lock().answers.extend(answers);
        scripted
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state
            .lock()
            .expect("no test panics while it holds the lock")
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.lock().sent.clone()
    }

    /// The pauses and time limits that were asked for.
    pub fn slept(&self) -> Vec<Duration> {
        self.lock().slept.clone()
    }
}

impl Transport for Scripted {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let (head, body) = request.into_parts();
        // What the parser of the default transport reads is what was meant.
        let read = url::Url::parse(&head.uri.to_string()).expect("a URL");
        assert_eq!(read.as_str(), head.uri.to_string());
        let mut state = self.lock();
        state.sent.push(Sent {
            method: head.method,
            uri: head.uri.to_string(),
            headers: head.headers,
            body: body.into_bytes().unwrap_or_default(),
        });
        let answer = state.answers.pop_front();
        Box::pin(async move {
            match answer {
                Some(Answer::Response(status, headers, body)) => {
                    let mut response = http::Response::new(body);
                    *response.status_mut() = StatusCode::from_u16(status).expect("a status");
                    for (name, value) in headers {
                        let value = HeaderValue::from_str(&value).expect("a header value");
                        response
                            .headers_mut()
                            .append(HeaderName::from_static(name), value);
                    }
                    Ok(response)
                }
                Some(Answer::Error(kind)) => Err(TransportError::new(kind, "scripted")),
                Some(Answer::Hang) | None => std::future::pending().await,
            }
        })
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'_, ()> {
        self.lock().slept.push(duration);
        Box::pin(tokio::time::sleep(duration))
    }
}

/// A body that never ends, or that breaks off.
pub struct Chunks {
    pub chunk: &'static [u8],
    /// How many chunks there are before the error; endless when `None`.
    pub breaks_after: Option<usize>,
}

impl http_body::Body for Chunks {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, std::io::Error>>> {
        let frame = match &mut self.breaks_after {
            Some(0) => Err(std::io::Error::other("connection reset")),
            Some(left) => {
                *left -= 1;
                Ok(http_body::Frame::data(Bytes::from_static(self.chunk)))
            }
            None => Ok(http_body::Frame::data(Bytes::from_static(self.chunk))),
        };
        Poll::Ready(Some(frame))
    }
}
