//! Calls without async, behind the feature `blocking`: the thread waits while one runtime, which belongs
//! to the client, sends and receives.

use super::answer::Answer;
use super::call::Call;
use super::client::Settings;
use super::error::{CallError, Error, RequestError, RequestErrorKind};
use super::park;
use super::response::Response;
use std::fmt;
use std::sync::OnceLock;
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
        let settings = self.client.settings();
        wait(settings, self.execute()).unwrap_or_else(|error| Err(CallError::Request(error.of(id))))
    }
}
