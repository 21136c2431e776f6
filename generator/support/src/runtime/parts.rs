//! The bytes between the boundaries of a body of parts.

use super::Body;
use super::file::File;
use super::transport::BoxError;
use bytes::{Bytes, BytesMut};
use http::header::{HeaderName, HeaderValue};
use http_body::{Body as _, Frame, SizeHint};
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
        name: &str,
        content_type: Option<&str>,
        text: String,
    ) -> Option<()> {
        self.head(name, None, content_type, [])?;
        self.push(text.as_bytes());
        self.push(b"\r\n");
        Some(())
    }

    /// Adds a part that is a file. `None` if its headers cannot be sent, or if it has been sent.
    pub(super) fn file(&mut self, name: &str, file: File) -> Option<()> {
        let content_type = file.content_type.as_deref();
        let content_type = content_type.unwrap_or("application/octet-stream");
        let file_name = file.name.as_deref().unwrap_or(name);
        self.head(name, Some(file_name), Some(content_type), &file.headers)?;
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
        name: &str,
        file_name: Option<&str>,
        content_type: Option<&str>,
        headers: impl IntoIterator<Item = (&'h HeaderName, &'h HeaderValue)>,
    ) -> Option<()> {
        let mut head = format!(
            "--{}\r\ncontent-disposition: form-data; name=\"{}\"",
            self.boundary,
            escaped(name)
        );
        if let Some(name) = file_name {
            head.extend(["; filename=\"", &escaped(name), "\""]);
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
