//! Typed response headers, and how headers are shown.

use http::{HeaderMap, HeaderValue};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::str::FromStr;

/// The name of a response header together with the type of its value.
pub struct Header<T> {
    name: &'static str,
    /// Whether several headers of the name are one list.
    is_list: bool,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// A key for the header `name`, which is lower case.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            is_list: false,
            value: PhantomData,
        }
    }

    /// The name of the header.
    #[inline]
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl<T> Header<HeaderList<T>> {
    /// A key for the header `name`, which is lower case, and of which there may be several.
    #[must_use]
    pub const fn list(name: &'static str) -> Self {
        Self {
            name,
            is_list: true,
            value: PhantomData,
        }
    }
}

/// The values of a header that is a list: commas separate them, and several headers are one list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeaderList<T>(pub Vec<T>);

impl<T> std::ops::Deref for HeaderList<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> IntoIterator for HeaderList<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T: FromStr> FromStr for HeaderList<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, T::Err> {
        let items = text.split(',').map(str::trim);
        let items = items.filter(|item| !item.is_empty());
        items.map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Header({:?})", self.name)
    }
}

/// A response header is there, but its value is not of the declared type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderError {
    name: &'static str,
}

impl HeaderError {
    /// The name of the header.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the response header `{}` does not have the declared type",
            self.name
        )
    }
}

impl std::error::Error for HeaderError {}

/// Reads one header by its typed key.
#[inline]
pub(super) fn read<T: FromStr>(
    headers: &HeaderMap,
    key: Header<T>,
) -> Option<Result<T, HeaderError>> {
    let first = headers.get(key.name)?;
    let text = match key.is_list {
        true => Cow::Owned(all(headers, key.name)),
        false => text(first),
    };
    Some(match text.trim().parse() {
        Ok(value) => Ok(value),
        Err(_) => Err(HeaderError { name: key.name }),
    })
}

/// The value of a header as text: UTF-8, which servers send today, or Latin-1, which HTTP meant once.
fn text(value: &HeaderValue) -> Cow<'_, str> {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(latin(value)),
    }
}

/// The bytes of a header as Latin-1.
pub(super) fn latin(value: &HeaderValue) -> String {
    value.as_bytes().iter().copied().map(char::from).collect()
}

/// The values of all headers of a name.
fn all(headers: &HeaderMap, name: &str) -> String {
    let values: Vec<_> = headers.get_all(name).iter().map(text).collect();
    values.join(",")
}

/// `Debug` of response headers: all names, and the values that are known to hold no secret.
pub(super) struct Shown<'a>(pub(super) &'a HeaderMap);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = formatter.debug_map();
        for (name, value) in self.0 {
            if is_harmless(name.as_str()) {
                map.entry(name, value);
            } else {
                map.entry(name, &format_args!("[{} bytes]", value.len()));
            }
        }
        map.finish()
    }
}

/// Whether values of this response header can be shown. Cookies, tokens and URLs cannot, and a
/// header that nobody has heard of may be one of them.
fn is_harmless(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "age",
        "allow",
        "cache-control",
        "connection",
        "content-encoding",
        "content-language",
        "content-length",
        "content-type",
        "date",
        "expires",
        "retry-after",
        "server",
        "transfer-encoding",
        "vary",
    ];
    NAMES.contains(&name)
        || name.starts_with("ratelimit")
        || name.starts_with("x-ratelimit")
        || name.ends_with("request-id")
        || name.ends_with("trace-id")
}
