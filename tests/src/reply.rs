//! What the server sends back, byte by byte.

use std::fmt::Write as _;
use std::time::Duration;

/// The answer to one request.
#[derive(Clone, Debug)]
pub struct Reply {
    /// Written as it is: status line, headers, body.
    pub bytes: Vec<u8>,
    /// What happens after that.
    pub ending: Ending,
}

/// What happens after the last scripted byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The connection is closed in good order.
    Close,
    /// Nothing more comes, and the connection stays open until the client leaves.
    Hang,
    /// These bytes come again and again, until the client leaves.
    Forever(Vec<u8>),
    /// These bytes come again and again, with a pause before each.
    Drip(Vec<u8>, Duration),
    /// The connection is closed before the request was read, so that the client sees a reset.
    Reset,
}

impl Reply {
    /// Exactly these bytes, then the end of the connection.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            ending: Ending::Close,
        }
    }

    /// A well-formed answer with a body of the given media type.
    pub fn new(status: u16, content_type: &str, body: impl AsRef<[u8]>) -> Self {
        Self::with(status, &[("content-type", content_type)], body)
    }

    /// A well-formed JSON answer.
    pub fn json(status: u16, body: impl AsRef<[u8]>) -> Self {
        Self::new(status, "application/json", body)
    }

    /// A well-formed answer without a body.
    pub fn empty(status: u16) -> Self {
        Self::with(status, &[], "")
    }

    /// A well-formed answer with these headers; `content-length` and `connection` are added.
    pub fn with(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut bytes = head(status, headers, Some(body.len()));
        bytes.extend_from_slice(body);
        Self::raw(bytes)
    }

    /// Adds a header to a well-formed answer.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let start = self
            .bytes
            .windows(2)
            .position(|pair| pair == b"\r\n")
            .map_or(0, |at| at + 2);
        let line = format!("{name}: {value}\r\n");
        self.bytes.splice(start..start, line.into_bytes());
        self
    }

    /// A JSON answer that never ends: an array of which every element is short.
    pub fn endless(status: u16) -> Self {
        let mut bytes = head(status, &[("content-type", "application/json")], None);
        bytes.push(b'[');
        Self {
            bytes,
            ending: Ending::Forever(b"{\"id\":\"0\"},".repeat(1000)),
        }
    }

    /// No answer at all, while the connection stays open.
    pub fn hang() -> Self {
        Self {
            bytes: Vec::new(),
            ending: Ending::Hang,
        }
    }

    /// A head that promises a body of `length` bytes, `part` of it, and then the end.
    pub fn cut(length: usize, part: &str) -> Self {
        let mut bytes = head(200, &[("content-type", "application/json")], Some(length));
        bytes.extend_from_slice(part.as_bytes());
        Self::raw(bytes)
    }

    /// No answer, and the connection is reset.
    pub fn reset() -> Self {
        Self {
            bytes: Vec::new(),
            ending: Ending::Reset,
        }
    }
}

fn head(status: u16, headers: &[(&str, &str)], length: Option<usize>) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {status} Scripted\r\nconnection: close\r\n");
    for (name, value) in headers {
        write!(head, "{name}: {value}\r\n").expect("invariant: writing to a string cannot fail");
    }
    if let Some(length) = length.filter(|_| status != 204) {
        write!(head, "content-length: {length}\r\n")
            .expect("invariant: writing to a string cannot fail");
    }
    head.push_str("\r\n");
    head.into_bytes()
}
