//! The body of a request or response.

use super::transport::BoxError;
use bytes::Bytes;
use http_body::{Frame, SizeHint};
use std::fmt;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

/// A body that is empty, in memory, or a stream. `Debug` shows its size only.
#[derive(Default)]
pub struct Body {
    content: Content,
    /// How many bytes are collected at most, where the client has a say in it.
    pub(super) limit: Option<u64>,
}

/// A stream of frames from another HTTP library.
type Stream = Pin<Box<dyn http_body::Body<Data = Bytes, Error = BoxError> + Send>>;

#[derive(Default)]
enum Content {
    #[default]
    Empty,
    Bytes(Bytes),
    // Never locked: the mutex makes a stream that is only `Send` also `Sync`, as stacks ask for.
    Stream(Mutex<Stream>),
}

impl Body {
    /// A body of no bytes.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            content: Content::Empty,
            limit: None,
        }
    }

    /// A body that is in memory.
    #[must_use]
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self {
            content: Content::Bytes(bytes.into()),
            limit: None,
        }
    }

    /// A body that arrives in frames.
    #[must_use]
    pub fn stream<B>(stream: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self::unpinned(Box::pin(stream))
    }

    /// The same for a stream that can be moved, which needs one box less.
    pub(super) fn unpinned<B>(stream: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + Unpin + 'static,
        B::Error: Into<BoxError>,
    {
        Self {
            content: Content::Stream(Mutex::new(Box::pin(Converted(stream)))),
            limit: None,
        }
    }

    /// The same body, of which not more than `limit` bytes are collected.
    pub(super) const fn limited(mut self, limit: u64) -> Self {
        self.limit = Some(limit);
        self
    }

    /// The bytes of a body that is empty or in memory.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Empty => Some(&[]),
            Content::Bytes(bytes) => Some(bytes),
            Content::Stream(_) => None,
        }
    }

    /// The bytes of a body that is empty or in memory, or the stream back.
    ///
    /// # Errors
    ///
    /// Returns the body when it is a stream.
    pub fn into_bytes(self) -> Result<Bytes, Self> {
        match self.content {
            Content::Empty => Ok(Bytes::new()),
            Content::Bytes(bytes) => Ok(bytes),
            Content::Stream(_) => Err(self),
        }
    }

    /// The same body once more; `None` for a stream, which can be sent only once.
    #[must_use]
    pub fn try_clone(&self) -> Option<Self> {
        match &self.content {
            Content::Empty => Some(Self::empty()),
            Content::Bytes(bytes) => Some(Self::bytes(bytes.clone())),
            Content::Stream(_) => None,
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let body = self.get_mut();
        match &mut body.content {
            Content::Empty => Poll::Ready(None),
            Content::Bytes(bytes) => {
                let bytes = std::mem::take(bytes);
                body.content = Content::Empty;
                Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))))
            }
            Content::Stream(stream) => match stream.get_mut() {
                Ok(stream) => stream.as_mut().poll_frame(context),
                Err(poisoned) => poisoned.into_inner().as_mut().poll_frame(context),
            },
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.content {
            Content::Empty => true,
            Content::Bytes(bytes) => bytes.is_empty(),
            Content::Stream(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.content {
            Content::Empty => SizeHint::with_exact(0),
            Content::Bytes(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Content::Stream(_) => SizeHint::default(),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.content {
            Content::Empty => formatter.write_str("Body(empty)"),
            Content::Bytes(bytes) => write!(formatter, "Body({} bytes)", bytes.len()),
            Content::Stream(_) => formatter.write_str("Body(stream)"),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::bytes(bytes)
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::bytes(bytes)
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Self::bytes(bytes)
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::bytes(text)
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Self::bytes(text)
    }
}

/// A stream whose errors are boxed.
struct Converted<B>(B);

impl<B> http_body::Body for Converted<B>
where
    B: http_body::Body<Data = Bytes> + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = Pin::new(&mut self.0).poll_frame(context);
        frame.map(|frame| frame.map(|frame| frame.map_err(Into::into)))
    }
}
