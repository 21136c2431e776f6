//! Calls without async, behind the feature `blocking`: the thread waits while one runtime, which belongs
//! to the client, sends and receives.

use super::Body;
use super::answer::Answer;
use super::call::Call;
use super::client::{Client, Settings};
use super::error::{CallError, Error, RequestError, RequestErrorKind};
use super::park;
use super::response::Response;
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use tokio::runtime::{Builder, Handle};

/// The runtime of a client, started by the first call that needs it.
#[derive(Default)]
pub(super) struct Runtime(OnceLock<Option<tokio::runtime::Runtime>>);

impl Runtime {
    fn get(&self) -> Option<&tokio::runtime::Runtime> {
        let start = || {
            let mut builder = Builder::new_multi_thread();
            builder.worker_threads(1).enable_all().build().ok()
        };
        self.0.get_or_init(start).as_ref()
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        // A client may be dropped where nobody may wait, in async code.
        if let Some(Some(runtime)) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for Runtime {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Runtime")
    }
}

/// Waits for a future on this thread.
///
/// In async code that would stop everything else on the thread, or for ever, so it is refused.
pub(super) fn wait<F: Future>(settings: &Settings, future: F) -> Result<F::Output, RequestError> {
    let refused = |message| RequestError::new(RequestErrorKind::Blocking, message);
    if Handle::try_current().is_ok() {
        return Err(refused("in async code, `.await` is to be used"));
    }
    let Some(runtime) = settings.runtime.get() else {
        return Err(refused("the system gives no thread to wait for"));
    };
    let _entered = runtime.enter();
    Ok(park::block_on(future))
}

impl Client {
    /// A stream of a response, a [`Body`] included, as an iterator that waits on this thread for each item.
    /// [`Blocking::into_reader`] makes a [`std::io::Read`] of a body.
    ///
    /// # Errors
    ///
    /// In async code, which must not be blocked, and when the system gives no thread to wait for.
    pub fn blocking<S: Stream + Unpin>(&self, stream: S) -> Result<Blocking<S>, RequestError> {
        wait(&self.settings, std::future::ready(()))?;
        Ok(Blocking {
            stream,
            settings: Arc::clone(&self.settings),
        })
    }
}

/// A stream that is read without async; see [`Client::blocking`].
pub struct Blocking<S> {
    stream: S,
    settings: Arc<Settings>,
}

impl<S: Stream + Unpin> Iterator for Blocking<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let _entered = self
            .settings
            .runtime
            .get()
            .map(tokio::runtime::Runtime::enter);
        let stream = &mut self.stream;
        park::block_on(poll_fn(|context| Pin::new(&mut *stream).poll_next(context)))
    }
}

impl Blocking<Body> {
    /// The same body as a [`std::io::Read`].
    pub fn into_reader(self) -> BlockingReader {
        BlockingReader {
            body: self,
            rest: Bytes::new(),
        }
    }
}

/// A body that is read without async; see [`Blocking::into_reader`].
#[derive(Debug)]
pub struct BlockingReader {
    body: Blocking<Body>,
    /// What came and was not read yet.
    rest: Bytes,
}

impl io::Read for BlockingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.rest.is_empty() && !buffer.is_empty() {
            match self.body.next() {
                None => return Ok(0),
                Some(Ok(bytes)) => self.rest = bytes,
                Some(Err(error)) => return Err(io::Error::other(error)),
            }
        }
        let length = self.rest.len().min(buffer.len());
        let read = self.rest.split_to(length);
        for (place, byte) in buffer.iter_mut().zip(&read) {
            *place = *byte;
        }
        Ok(length)
    }
}

impl<S> fmt::Debug for Blocking<S> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Blocking")
    }
}

impl Call<'_> {
    /// Sends the call, waits on this thread, and decodes the response.
    #[inline]
    pub fn send_blocking<T, E>(
        self,
        decode: fn(Answer) -> Result<Response<T>, Error<E>>,
    ) -> Result<Response<T>, Error<E>> {
        decode(self.execute_blocking()?)
    }

    fn execute_blocking(self) -> Result<Answer, CallError> {
        let id = self.operation.id;
        let settings = &self.client.settings;
        wait(settings, self.execute()).unwrap_or_else(|error| Err(CallError::Request(error.of(id))))
    }
}
