//! A body that is cut into pieces as it arrives.

use super::answer::Answer;
use super::error::StreamError;
use super::response::RawResponse;
use super::transport::{TransportError, TransportErrorKind};
use super::{Body, decode, json_path};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use std::task::{Context, Poll};

/// Where a piece ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Split {
    /// At a line feed.
    Line,
    /// At a line feed, a carriage return, or both.
    AnyLine,
    /// At a record separator.
    Record,
}

/// Status and headers of the response, for errors.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
}

impl Head {
    /// The value of JSON text that was a part of the body.
    #[inline]
    pub(super) fn item<T: DeserializeOwned>(&self, text: Bytes) -> Result<T, StreamError> {
        decode::value(&text).map_err(|error| self.wrong(text, &error))
    }

    fn wrong(&self, text: Bytes, error: &serde_json::Error) -> StreamError {
        let (path, message) = (json_path::path(&text, error), json_path::message(error));
        let response = RawResponse::new(self.status, self.headers.clone(), text);
        StreamError::Decode(Box::new(decode::wrong(path, message, response)))
    }
}

/// The pieces of a body. After an error there are no more.
pub(super) struct Pieces {
    pub(super) head: Head,
    body: Option<Body>,
    split: Split,
    buffer: BytesMut,
    /// How much of the buffer has been looked at.
    seen: usize,
    /// The longest piece.
    limit: u64,
    /// Whether the last piece ended at a carriage return, to which a line feed may belong.
    skips_line_feed: bool,
}

impl Pieces {
    /// What has not been read yet.
    #[cfg(any(test, feature = "testing"))]
    pub(super) fn into_body(self) -> Body {
        self.body.unwrap_or_default()
    }

    /// The pieces of an answer's body.
    pub(super) fn of(answer: &mut Answer, split: Split) -> Self {
        let body = answer.take_body();
        Self {
            head: Head {
                status: answer.status(),
                headers: answer.headers().clone(),
            },
            limit: body.limit.unwrap_or(u64::MAX),
            body: Some(body),
            split,
            buffer: BytesMut::new(),
            seen: 0,
            skips_line_feed: false,
        }
    }

    /// The next piece, without what ends it; what is left at the end of the body is one, too.
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, StreamError>>> {
        loop {
            if let Some(piece) = self.cut() {
                return Poll::Ready(Some(Ok(piece)));
            }
            if self.buffer.len() as u64 > self.limit {
                self.body = None;
                self.buffer.clear();
                let error = TransportError::plain(TransportErrorKind::BodyTooLarge);
                return Poll::Ready(Some(Err(error.into())));
            }
            let Some(body) = &mut self.body else {
                let rest = self.buffer.split().freeze();
                self.seen = 0;
                return Poll::Ready((!rest.is_empty()).then_some(Ok(rest)));
            };
            match std::task::ready!(body.poll_chunk(context)) {
                Some(Ok(bytes)) => self.buffer.extend_from_slice(&bytes),
                None => self.body = None,
                Some(Err(error)) => {
                    self.body = None;
                    self.buffer.clear();
                    return Poll::Ready(Some(Err(error.into())));
                }
            }
        }
    }

    /// Cuts a piece off the buffer, if there is a whole one.
    fn cut(&mut self) -> Option<Bytes> {
        if self.skips_line_feed && !self.buffer.is_empty() {
            self.skips_line_feed = false;
            if self.buffer.first() == Some(&b'\n') {
                let _ = self.buffer.split_to(1);
            }
        }
        let ends = |byte: &u8| match self.split {
            Split::Line => *byte == b'\n',
            Split::AnyLine => matches!(*byte, b'\n' | b'\r'),
            Split::Record => *byte == 0x1e,
        };
        let rest = self.buffer.get(self.seen..).unwrap_or_default();
        let Some(end) = rest.iter().position(ends) else {
            self.seen = self.buffer.len();
            return None;
        };
        let mut piece = self.buffer.split_to(self.seen + end + 1);
        self.seen = 0;
        self.skips_line_feed = piece.last() == Some(&b'\r');
        piece.truncate(piece.len() - 1);
        Some(piece.freeze())
    }
}
