//! How the pages of a list hang together: what leads from one to the next, and when to stop.

use super::call::Call;
use super::clock::chance;
use super::error::{RequestError, RequestErrorKind};
use super::response::RawResponse;
use http::header::LINK;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// How the pages of an operation hang together.
#[derive(Debug)]
pub struct Paging {
    /// What leads to the next page.
    pub next: Next,
    /// JSON pointer to whether there is another page.
    pub more: Option<&'static str>,
    /// JSON pointer to the list of items.
    pub items: &'static str,
}

/// What leads to the next page.
#[derive(Debug)]
pub enum Next {
    /// The value at this JSON pointer goes to the query parameter of this name. The index `-1` is
    /// the last item.
    Cursor(&'static str, &'static str),
    /// The value of this header goes to the query parameter of this name.
    CursorHeader(&'static str, &'static str),
    /// This query parameter counts the items before the page.
    Offset(&'static str),
    /// This query parameter counts pages, from this number on.
    Page(&'static str, u64),
    /// The header `Link` with `rel="next"`.
    Link,
    /// A URL at this JSON pointer.
    Url(&'static str),
}

impl Next {
    /// The query parameter that is set for each page but the first.
    pub(super) const fn parameter(&self) -> Option<&'static str> {
        match self {
            Self::Cursor(_, name)
            | Self::CursorHeader(_, name)
            | Self::Offset(name)
            | Self::Page(name, _) => Some(name),
            Self::Link | Self::Url(_) => None,
        }
    }
}

/// What the next request is made of.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// The call as it is.
    First,
    /// The call with another value of the parameter.
    Parameter(String),
    /// The call with another URL.
    Url(String),
}

/// How far it got.
pub(super) struct State {
    step: Step,
    /// The number of the page, or of the items before it.
    position: u64,
    /// Digests of the cursors and URLs that were followed, so that none is followed twice; where
    /// pages are only counted, of the last page.
    seen: BTreeSet<u64>,
    salt: u64,
}

impl State {
    /// The start: where the call itself begins.
    pub(super) fn of(call: &Call<'_>, paging: &Paging) -> Self {
        let set = paging.next.parameter().and_then(|name| {
            let mut pairs = call.query.iter();
            let (_, pair) = pairs.find(|(known, _)| *known == name)?;
            pair.split_once('=')?.1.parse().ok()
        });
        let first = match paging.next {
            Next::Page(_, first) => first,
            _ => 0,
        };
        Self {
            step: Step::First,
            position: set.unwrap_or(first),
            seen: BTreeSet::new(),
            salt: chance(),
        }
    }

    pub(super) fn step(&self) -> Step {
        self.step.clone()
    }

    /// Goes on to what follows a page; `false` when nothing does. `body` is there if it is JSON.
    pub(super) fn advance(
        &mut self,
        paging: &Paging,
        response: &RawResponse,
        body: Option<&Value>,
    ) -> Result<bool, RequestError> {
        static NOTHING: Value = Value::Null;
        let body = match (body, &paging.next) {
            (Some(body), _) => body,
            (None, Next::Link | Next::CursorHeader(..)) => &NOTHING,
            (None, _) => {
                return Err(refuse(
                    "the page is not JSON, so it does not say what follows",
                ));
            }
        };
        let has_more = paging.more.and_then(|more| find(body, more)?.as_bool());
        if has_more == Some(false) {
            return Ok(false);
        }
        let step = match paging.next {
            Next::Cursor(pointer, _) => text(find(body, pointer)).map(Step::Parameter),
            Next::CursorHeader(header, _) => {
                let value = response.headers().get(header);
                let value = value.and_then(|value| value.to_str().ok());
                let value = value.filter(|value| !value.is_empty());
                value.map(|value| Step::Parameter(value.to_owned()))
            }
            Next::Url(pointer) => text(find(body, pointer)).map(Step::Url),
            Next::Link => next_link(response).map(Step::Url),
            Next::Offset(_) | Next::Page(..) => return self.count(paging, response, body),
        };
        let Some(step) = step else { return Ok(false) };
        let (Step::Parameter(key) | Step::Url(key)) = &step else {
            return Ok(false);
        };
        if !self.seen.insert(digest(self.salt, key.as_bytes())) {
            return Err(refuse("the server names a page that was there already"));
        }
        self.step = step;
        Ok(true)
    }

    /// Goes on to the next number, until a page has no items.
    fn count(
        &mut self,
        paging: &Paging,
        response: &RawResponse,
        body: &Value,
    ) -> Result<bool, RequestError> {
        let items = find(body, paging.items).and_then(Value::as_array);
        let Some(items) = items.filter(|items| !items.is_empty()) else {
            return Ok(false);
        };
        let page = digest(self.salt, response.bytes());
        if !self.seen.insert(page) {
            return Err(refuse("the server sends the same page for the next number"));
        }
        self.seen.retain(|known| *known == page);
        let by = match paging.next {
            Next::Offset(_) => items.len() as u64,
            _ => 1,
        };
        self.position = self.position.saturating_add(by);
        self.step = Step::Parameter(self.position.to_string());
        Ok(true)
    }
}

fn refuse(message: &str) -> RequestError {
    RequestError::new(RequestErrorKind::Page, message)
}

fn digest(salt: u64, bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (salt, bytes).hash(&mut hasher);
    hasher.finish()
}

/// The value at a JSON pointer, in which `-1` is the last item of a list.
pub(super) fn find<'v>(value: &'v Value, pointer: &str) -> Option<&'v Value> {
    pointer
        .split('/')
        .skip(1)
        .try_fold(value, |value, segment| match value {
            Value::Array(items) if segment == "-1" => items.last(),
            Value::Array(items) => items.get(segment.parse::<usize>().ok()?),
            Value::Object(members) => members.get(&*unescaped(segment)),
            _ => None,
        })
}

fn unescaped(segment: &str) -> Cow<'_, str> {
    match segment.contains('~') {
        true => Cow::Owned(segment.replace("~1", "/").replace("~0", "~")),
        false => Cow::Borrowed(segment),
    }
}

/// The text of what is at a JSON pointer, in JSON that has been read already.
pub(super) fn text_at<'t>(text: &'t [u8], pointer: &str) -> Option<&'t [u8]> {
    let mut segments = pointer.split('/').skip(1);
    segments.try_fold(text, |text, segment| child(text, &unescaped(segment)))
}

/// The text of a member or of an item.
fn child<'t>(text: &'t [u8], segment: &str) -> Option<&'t [u8]> {
    let (first, mut rest) = text.trim_ascii_start().split_first()?;
    let mut last = None;
    for index in 0_usize.. {
        let mut is_it = *first == b'[' && index.to_string() == segment;
        if *first == b'{' {
            let (key, length): (String, _) = leading(rest)?;
            is_it = key == segment;
            rest = rest.get(length..)?.trim_ascii_start().strip_prefix(b":")?;
        }
        let Some((IgnoredAny, length)) = leading(rest) else {
            break;
        };
        let (value, after) = rest.split_at_checked(length)?;
        if is_it {
            return Some(value);
        }
        last = Some(value);
        let Some(after) = after.trim_ascii_start().strip_prefix(b",") else {
            break;
        };
        rest = after;
    }
    last.filter(|_| *first == b'[' && segment == "-1")
}

/// The value with which a text begins, and how long it is.
fn leading<T: DeserializeOwned>(text: &[u8]) -> Option<(T, usize)> {
    let mut values = serde_json::Deserializer::from_slice(text).into_iter();
    let value = values.next()?.ok()?;
    Some((value, values.byte_offset()))
}

/// A cursor or URL; none where it is null, false or empty.
fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The target of `rel="next"`, RFC 8288 section 3.
fn next_link(response: &RawResponse) -> Option<String> {
    let values = response.headers().get_all(LINK).iter();
    values
        .filter_map(|value| value.to_str().ok())
        .find_map(|value| links(value).find(|(_, is_next)| *is_next))
        .map(|(target, _)| target.to_owned())
}

/// The targets in a header, and whether each is the next page.
fn links(mut text: &str) -> impl Iterator<Item = (&str, bool)> {
    std::iter::from_fn(move || {
        let (_, rest) = text.split_once('<')?;
        let (target, rest) = rest.split_once('>')?;
        let mut is_quoted = false;
        let end = rest.find(|character| {
            is_quoted ^= character == '"';
            character == ',' && !is_quoted
        });
        let (parameters, next) = rest.split_at(end.unwrap_or(rest.len()));
        text = next;
        let is_next = parameters.split(';').any(|parameter| {
            parameter.split_once('=').is_some_and(|(name, value)| {
                let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
                name.trim().eq_ignore_ascii_case("rel")
                    && relations.any(|relation| relation.eq_ignore_ascii_case("next"))
            })
        });
        Some((target, is_next))
    })
}

/// The methods of a request that has pages. Where its items are is a JSON pointer; without a type,
/// nobody knows what they are.
macro_rules! pages {
    ($request:ident -> $success:ty, $failure:ty {
        next = $next:expr;
        more = $more:expr;
        items = $items:literal $(=> $item:ty)?;
    }) => {
        impl<'c> $request<'c> {
            /// The pages, from this one on; each is asked for when the one before has been taken.
            #[inline]
            pub fn pages(self) -> $crate::runtime::Pages<'c, $success, $failure> {
                const PAGING: $crate::runtime::Paging = $crate::runtime::Paging {
                    next: $next,
                    more: $more,
                    items: $items,
                };
                let decode = self.answers.decode;
                $crate::runtime::Pages::new(self.call, &PAGING, decode)
            }

            $(
            /// The items of all pages, from this one on, one by one.
            #[inline]
            pub fn items(self) -> $crate::runtime::Items<'c, $item, $success, $failure> {
                self.pages().into_items()
            }
            )?
        }
    };
}
pub(crate) use pages;
