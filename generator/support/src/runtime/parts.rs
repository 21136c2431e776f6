//! The bytes between the boundaries of a body of parts.

use super::Body;
use super::file::File;
use super::transport::BoxError;
use bytes::{Bytes, BytesMut};
use http::header::{HeaderName, HeaderValue};
use http_body::{Frame, SizeHint};
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A body of parts that is being put together.
pub(super) struct Parts {
    boundary: String,
    pieces: VecDeque<Body>,
    /// What comes after the last piece.
    text: BytesMut,
}

impl Parts {
    pub(super) fn new(boundary: &str) -> Self {
        Self {
            boundary: boundary.to_owned(),
            pieces: VecDeque::new(),
            text: BytesMut::new(),
        }
    }

    /// Adds a part that is text. `None` if its content type cannot be sent.
    pub(super) fn text(
        &mut self,
        name: Option<&str>,
        content_type: Option<&str>,
        text: String,
    ) -> Option<()> {
        self.head(name.map(named), content_type, [])?;
        self.push(text.as_bytes());
        self.push(b"\r\n");
        Some(())
    }

    /// Adds a part that is a file. `None` if its headers cannot be sent, or if it has been sent.
    pub(super) fn file(&mut self, name: Option<&str>, file: File) -> Option<()> {
        let file_name = file.name.as_deref().or(name);
        let file_name = file_name.map(|name| format!("; filename=\"{}\"", escaped(name)));
        let disposition = match (name, file_name) {
            (Some(name), file_name) => Some(named(name) + &file_name.unwrap_or_default()),
            (None, Some(file_name)) => Some(format!("attachment{file_name}")),
            (None, None) => None,
        };
        self.head(disposition, Some(file.shown_type()), &file.headers)?;
        match file.content.as_bytes() {
            Some(bytes) => self.push(bytes),
            None => {
                let text = self.text.split().freeze();
                self.pieces.push_back(Body::bytes(text));
                self.pieces.push_back(file.content.body()?);
            }
        }
        self.push(b"\r\n");
        Some(())
    }

    fn head<'h>(
        &mut self,
        disposition: Option<String>,
        content_type: Option<&str>,
        headers: impl IntoIterator<Item = (&'h HeaderName, &'h HeaderValue)>,
    ) -> Option<()> {
        let mut head = format!("--{}", self.boundary);
        if let Some(disposition) = disposition {
            head.extend(["\r\ncontent-disposition: ", &disposition]);
        }
        if let Some(content_type) = content_type {
            HeaderValue::from_str(content_type).ok()?;
            head.extend(["\r\ncontent-type: ", content_type]);
        }
        self.push(head.as_bytes());
        for (name, value) in headers {
            self.push(b"\r\n");
            self.push(name.as_str().as_bytes());
            self.push(b": ");
            self.push(value.as_bytes());
        }
        self.push(b"\r\n\r\n");
        Some(())
    }

    fn push(&mut self, bytes: &[u8]) {
        self.text.extend_from_slice(bytes);
    }

    /// The body: in memory if all of it is, else a stream.
    pub(super) fn finish(mut self) -> Body {
        let end = format!("--{}--\r\n", self.boundary);
        self.push(end.as_bytes());
        let text = Body::bytes(self.text.freeze());
        if self.pieces.is_empty() {
            return text;
        }
        self.pieces.push_back(text);
        Body::stream(Chain(self.pieces))
    }
}

/// The disposition of a part with a name. That of other bodies than forms is the same, as documents mean it
/// that describe their parts by names.
fn named(name: &str) -> String {
    format!("form-data; name=\"{}\"", escaped(name))
}

/// As browsers do it: what would end the name is percent-encoded.
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Bodies one after the other.
struct Chain(VecDeque<Body>);

impl http_body::Body for Chain {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        while let Some(first) = self.0.front_mut() {
            match Pin::new(first).poll_frame(context) {
                Poll::Ready(None) => {
                    self.0.pop_front();
                }
                other => return other,
            }
        }
        Poll::Ready(None)
    }

    fn size_hint(&self) -> SizeHint {
        let sizes = self.0.iter().map(|body| body.size_hint().exact());
        let total = sizes.sum::<Option<u64>>();
        total.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}
