//! Lists that come in pages: a request is sent again and again, each time for what follows.

use super::answer::Answer;
use super::call::Call;
use super::decode;
use super::error::{CallError, DecodeError, Error, RequestError, RequestErrorKind};
use super::execute::execute;
use super::json_path;
use super::paging::{self, Paging};
use super::response::{RawResponse, Response};
use super::transport::BoxFuture;
use futures_core::Stream;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// What a decoder of responses is.
type Decode<T, E> = fn(Answer) -> Result<Response<T>, Error<E>>;

/// The pages of a list, one after the other; each is asked for when the one before has been taken.
///
/// It ends after the last page, and after the first error. A server that leads in a circle is an
/// error, and so is a next page of another origin, which would get the credentials.
#[must_use = "pages do nothing until they are asked for"]
pub struct Pages<'c, T, E> {
    core: Core<'c>,
    decode: Decode<T, E>,
}

impl<'c, T, E> Pages<'c, T, E> {
    /// The pages that a call leads to.
    #[inline]
    pub(crate) fn new(call: Call<'c>, paging: &'static Paging, decode: Decode<T, E>) -> Self {
        let core = Core::new(call, paging);
        Self { core, decode }
    }

    /// The items of the pages, one by one.
    #[inline]
    pub(crate) fn into_items<I>(self) -> Items<'c, I, T, E> {
        Items {
            pages: self,
            items: Vec::new().into_iter(),
        }
    }

    /// Asks for so many pages at most.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.core.left = pages;
        self
    }

    /// The next page; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<Response<T>, Error<E>>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<T, E> Stream for Pages<'_, T, E> {
    type Item = Result<Response<T>, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let result = match ready!(self.core.poll(context)) {
            None => return Poll::Ready(None),
            Some(Ok((response, _))) => (self.decode)(Answer::read(response)),
            Some(Err(error)) => Err(error.into()),
        };
        if result.is_err() {
            self.core.stop();
        }
        Poll::Ready(Some(result))
    }
}

#[cfg(feature = "blocking")]
impl<'c, T, E> Pages<'c, T, E> {
    /// The pages, waiting on this thread for each page. In async code, which must not be blocked,
    /// the first one is an error.
    pub fn blocking(mut self) -> impl Iterator<Item = Result<Response<T>, Error<E>>> {
        std::iter::from_fn(move || {
            let client = self.core.call.client;
            match super::blocking::wait(&client.settings, self.next()) {
                Ok(next) => next,
                Err(error) => Some(Err(Error::Request(self.core.refuse(error)?))),
            }
        })
    }
}

impl<T, E> fmt::Debug for Pages<'_, T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("Pages");
        debug.field("call", &self.core.call).finish_non_exhaustive()
    }
}

/// The items of all pages, one by one; see [`Pages`].
#[must_use = "items do nothing until they are asked for"]
pub struct Items<'c, I, T, E> {
    pages: Pages<'c, T, E>,
    items: std::vec::IntoIter<I>,
}

impl<I: DeserializeOwned, T, E> Items<'_, I, T, E> {
    /// Asks for so many pages at most.
    pub fn max_pages(mut self, pages: u64) -> Self {
        self.pages = self.pages.max_pages(pages);
        self
    }

    /// The next item; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<I, Error<E>>>
    where
        I: Unpin,
    {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The items of a page; or why there are none, which is what decoding all of it says. They are read from
    /// the text, as the whole is: a `Value` does not hold every number.
    fn take(&self, response: RawResponse, body: Option<&Value>) -> Result<Vec<I>, Error<E>> {
        let pointer = self.pages.core.paging.items;
        let items = body.map(|body| paging::find(body, pointer));
        let mut reason = None;
        if response.status().is_success()
            && let Some(Some(items)) = items
        {
            if items.is_null() {
                return Ok(Vec::new());
            }
            match decode::value(items_text(&response, pointer)) {
                Ok(items) => return Ok(items),
                Err(error) => reason = Some(error),
            }
        }
        let copy = response.clone();
        (self.pages.decode)(Answer::read(response))?;
        match items {
            Some(None) => Ok(Vec::new()),
            Some(Some(_)) | None => Err(Error::Decode(Box::new(misfit(copy, pointer, reason)))),
        }
    }
}

/// The text of the items of a page.
fn items_text<'r>(response: &'r RawResponse, pointer: &str) -> &'r [u8] {
    let text = decode::json_text(response).unwrap_or_default();
    paging::text_at(text, pointer).unwrap_or_default()
}

/// What is wrong with a page that is as declared, but not as its items should be.
fn misfit(response: RawResponse, pointer: &str, reason: Option<serde_json::Error>) -> DecodeError {
    let Some(reason) = reason else {
        let message = "the body is not JSON, in which items are looked for";
        return decode::wrong("$".to_owned(), message.to_owned(), response);
    };
    let inner = json_path::path(items_text(&response, pointer), &reason);
    let inner = inner.trim_start_matches('$');
    let path = format!("${}{inner}", pointer.replace('/', "."));
    decode::wrong(path, json_path::message(&reason), response)
}

impl<I: DeserializeOwned + Unpin, T, E> Stream for Items<'_, I, T, E> {
    type Item = Result<I, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let items = match ready!(self.pages.core.poll(context)) {
                None => return Poll::Ready(None),
                Some(Ok((response, body))) => self.take(response, body.as_ref()),
                Some(Err(error)) => Err(error.into()),
            };
            match items {
                Ok(items) => self.items = items.into_iter(),
                Err(error) => {
                    self.pages.core.stop();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

#[cfg(feature = "blocking")]
impl<'c, I, T, E> Items<'c, I, T, E>
where
    I: DeserializeOwned + Unpin,
{
    /// The items, waiting on this thread for each page. In async code, which must not be blocked,
    /// the first one is an error.
    pub fn blocking(mut self) -> impl Iterator<Item = Result<I, Error<E>>> {
        std::iter::from_fn(move || {
            let client = self.pages.core.call.client;
            match super::blocking::wait(&client.settings, self.next()) {
                Ok(next) => next,
                Err(error) => Some(Err(Error::Request(self.pages.core.refuse(error)?))),
            }
        })
    }
}

impl<I, T, E> fmt::Debug for Items<'_, I, T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = formatter.debug_struct("Items");
        debug
            .field("call", &self.pages.core.call)
            .finish_non_exhaustive()
    }
}

/// A page, and its body as it can be looked into: `None` if it is no JSON.
type Fetched = Result<(RawResponse, Option<Value>), CallError>;

/// All of it that does not depend on types.
struct Core<'c> {
    call: Call<'c>,
    paging: &'static Paging,
    state: paging::State,
    fetch: Option<BoxFuture<'c, Fetched>>,
    /// Why the page after the one that was given cannot be asked for.
    refused: Option<RequestError>,
    /// How many pages may still be asked for.
    left: u64,
    is_done: bool,
}

impl<'c> Core<'c> {
    fn new(call: Call<'c>, paging: &'static Paging) -> Self {
        let state = paging::State::of(&call, paging);
        Self {
            call,
            paging,
            state,
            fetch: None,
            refused: None,
            left: u64::MAX,
            is_done: false,
        }
    }

    /// Ends it.
    fn stop(&mut self) {
        self.is_done = true;
        self.refused = None;
    }

    /// Ends it, with the reason the first time.
    #[cfg(feature = "blocking")]
    fn refuse(&mut self, error: RequestError) -> Option<RequestError> {
        let is_first = !std::mem::replace(&mut self.is_done, true);
        is_first.then(|| error.of(self.call.operation.id))
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Fetched>> {
        if let Some(error) = self.refused.take() {
            let error = error.of(self.call.operation.id);
            return Poll::Ready(Some(Err(CallError::Request(error))));
        }
        if self.fetch.is_none() && (self.is_done || self.left == 0) {
            return Poll::Ready(None);
        }
        let (call, state, paging) = (&self.call, &self.state, self.paging);
        let fetch = self
            .fetch
            .get_or_insert_with(|| fetch(call.clone(), state.step(), paging));
        let result = ready!(fetch.as_mut().poll(context));
        self.fetch = None;
        self.left -= 1;
        match &result {
            Ok((response, body)) if response.status().is_success() => {
                match self.state.advance(self.paging, response, body.as_ref()) {
                    Ok(has_next) => self.is_done = !has_next,
                    Err(error) => {
                        self.is_done = true;
                        self.refused = Some(error).filter(|_| self.left > 0);
                    }
                }
            }
            Ok(_) | Err(_) => self.is_done = true,
        }
        Poll::Ready(Some(result))
    }
}

/// Asks for one page.
fn fetch<'c>(
    mut call: Call<'c>,
    step: paging::Step,
    paging: &'static Paging,
) -> BoxFuture<'c, Fetched> {
    Box::pin(async move {
        let id = call.operation.id;
        let refused = |error: RequestError| CallError::Request(error.of(id));
        if let (paging::Step::Parameter(value), Some(name)) = (&step, paging.next.parameter()) {
            call.query(name, value);
        }
        let settings = &call.client.settings;
        let mut request = call.prepare().map_err(refused)?;
        if let paging::Step::Url(url) = step {
            let next = request.url.join(&url);
            let next = next.filter(|next| next.is_same_origin(&request.url));
            request.url = next.ok_or_else(|| {
                let message = "the next page is not of the same origin";
                refused(RequestError::new(RequestErrorKind::Page, message))
            })?;
        }
        let response = execute(settings, request).await?.response;
        let body = decode::untyped(&response);
        Ok((response, body))
    })
}
