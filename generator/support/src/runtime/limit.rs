//! Limits: on the time that something takes, and on the size of a body.

use super::Body;
use super::client::Settings;
use super::transport::{BoxError, BoxFuture, TransportError, TransportErrorKind};
use bytes::{Bytes, BytesMut};
use http_body::{Body as _, Frame};
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

/// The result of `work`, or `None` when `timer` is done first.
pub(super) fn within<'a, W: Future>(
    mut work: Pin<&'a mut W>,
    mut timer: Option<BoxFuture<'a, ()>>,
) -> impl Future<Output = Option<W::Output>> + use<'a, W> {
    poll_fn(move |context| {
        if let Poll::Ready(result) = work.as_mut().poll(context) {
            return Poll::Ready(Some(result));
        }
        match &mut timer {
            Some(timer) => timer.as_mut().poll(context).map(|()| None),
            None => Poll::Pending,
        }
    })
}

/// A body that was read, at least in part.
pub(super) struct Collected {
    /// What was read, and not more than the limit.
    pub(super) bytes: Bytes,
    /// How the reading ended.
    pub(super) end: End,
}

/// How reading a body ended.
pub(super) enum End {
    /// With the body.
    Complete,
    /// At the limit; there was more.
    Limit,
    /// With an error.
    Broken(BoxError),
}

/// Reads a body up to `limit` bytes. It counts: a `Content-Length` says what the server likes.
pub(super) const fn collect(body: Body, limit: u64) -> Collect {
    Collect {
        body,
        limit,
        first: Bytes::new(),
        rest: None,
    }
}

/// A body that is being read.
pub(super) struct Collect {
    body: Body,
    limit: u64,
    /// Nearly every body comes in one piece, which then is the body.
    first: Bytes,
    /// All pieces, if there are more.
    rest: Option<BytesMut>,
}

impl Collect {
    /// Takes a piece; false at the limit.
    fn take(&mut self, data: Bytes) -> bool {
        let length = self.rest.as_ref().map_or(self.first.len(), BytesMut::len);
        let room = self.limit.saturating_sub(length as u64);
        let is_whole = data.len() as u64 <= room;
        if length == 0 && is_whole {
            self.first = data;
            return true;
        }
        let first = std::mem::take(&mut self.first);
        let rest = self.rest.get_or_insert_with(|| BytesMut::from(&*first));
        let room = usize::try_from(room).unwrap_or(usize::MAX);
        rest.extend_from_slice(data.get(..room).unwrap_or(&data));
        is_whole
    }
}

impl Future for Collect {
    type Output = Collected;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Collected> {
        let end = loop {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                None => break End::Complete,
                Some(Err(error)) => break End::Broken(error),
                // A frame without data holds trailers, which nobody asked for.
                Some(Ok(frame)) => {
                    if !self.take(frame.into_data().unwrap_or_default()) {
                        break End::Limit;
                    }
                }
            }
        };
        let first = std::mem::take(&mut self.first);
        let bytes = self.rest.take().map_or(first, BytesMut::freeze);
        Poll::Ready(Collected { bytes, end })
    }
}

/// A body that may not be silent for longer than a time limit.
pub(super) struct Watched {
    body: Body,
    limit: Duration,
    settings: Arc<Settings>,
    /// Runs while there is silence.
    timer: Option<BoxFuture<'static, ()>>,
}

impl Watched {
    pub(super) const fn new(body: Body, limit: Duration, settings: Arc<Settings>) -> Self {
        Self {
            body,
            limit,
            settings,
            timer: None,
        }
    }

    fn start(&self) -> BoxFuture<'static, ()> {
        let settings = Arc::clone(&self.settings);
        let limit = self.limit;
        Box::pin(async move { settings.transport.sleep(limit).await })
    }
}

impl http_body::Body for Watched {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(context) {
            self.timer = None;
            return Poll::Ready(frame);
        }
        let mut timer = self.timer.take().unwrap_or_else(|| self.start());
        if timer.as_mut().poll(context).is_pending() {
            self.timer = Some(timer);
            return Poll::Pending;
        }
        // The connection is of no more use.
        self.body = Body::empty();
        let error = TransportError::plain(TransportErrorKind::Timeout);
        Poll::Ready(Some(Err(error.into())))
    }
}
