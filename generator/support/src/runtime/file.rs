//! Files in bodies of parts.

use super::Body;
use super::clock::chance;
use super::payload::Payload;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Error, Serialize, Serializer};
use std::cell::RefCell;
use std::fmt;

/// A file in a body of parts, such as `multipart/form-data` (`format: binary`): what is in it, and what
/// the server is told of it. Clones of a stream are the same stream, which can be sent once.
#[derive(Clone, PartialEq)]
pub struct File {
    pub(super) name: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) headers: HeaderMap,
    pub(super) content: Payload,
}

impl File {
    /// A file with this content: bytes, text, or a stream.
    pub fn new(content: impl Into<Body>) -> Self {
        Self {
            name: None,
            content_type: None,
            headers: HeaderMap::new(),
            content: content.into().into(),
        }
    }

    /// What the file is called; otherwise as the part of the body is.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Its media type; otherwise what the document says, or `application/octet-stream`.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// A header of its part.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// What it is sent as.
    pub(super) fn shown_type(&self) -> &str {
        let content_type = self.content_type.as_deref();
        content_type.unwrap_or("application/octet-stream")
    }

    /// The same with this content type, unless it has one.
    pub(super) fn or_content_type(mut self, content_type: Option<&str>) -> Self {
        self.content_type = self.content_type.or(content_type.map(str::to_owned));
        self
    }
}

impl<B: Into<Body>> From<B> for File {
    fn from(content: B) -> Self {
        Self::new(content)
    }
}

/// Shows its name, type and size, and nothing that is in it.
impl fmt::Debug for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("File")
            .field("name", &self.name)
            .field("content_type", &self.content_type)
            .field("content", &self.content)
            .finish_non_exhaustive()
    }
}

/// In JSON, a file is the text that is in it.
impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(mark) = Files::put(self) {
            return serializer.serialize_str(&mark);
        }
        let bytes = self.content.as_bytes();
        match bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()) {
            Some(text) => serializer.serialize_str(text),
            None => Err(S::Error::custom("a file of bytes is no text")),
        }
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

/// Files that a serializer has come across: it was given a mark for each.
#[derive(Debug, Default)]
pub(super) struct Files {
    files: Vec<Option<File>>,
    /// In every mark, so that no text can be made to be one.
    nonce: u64,
}

thread_local! {
    /// The files of the body that is being serialized.
    static COLLECTED: RefCell<Option<Files>> = const { RefCell::new(None) };
}

impl Files {
    /// Runs a serialization, and returns the files in it.
    #[inline]
    pub(super) fn collect<T>(serialize: impl FnOnce() -> T) -> (T, Self) {
        let scope = Scope::enter();
        let result = serialize();
        (result, scope.leave())
    }

    /// Keeps a file, and returns its mark, if files are being collected.
    fn put(file: &File) -> Option<String> {
        COLLECTED.with_borrow_mut(|collected| {
            let collected = collected.as_mut()?;
            let mark = collected.mark(collected.files.len());
            collected.files.push(Some(file.clone()));
            Some(mark)
        })
    }

    /// The file that a text is the mark of.
    pub(super) fn take(&mut self, text: &str) -> Option<File> {
        let index: usize = text.strip_prefix(MARK)?.split(':').next()?.parse().ok()?;
        let is_mark = text == self.mark(index);
        self.files.get_mut(index).filter(|_| is_mark)?.take()
    }

    /// Whether all were taken.
    pub(super) fn is_empty(&self) -> bool {
        self.files.iter().all(Option::is_none)
    }

    fn mark(&self, index: usize) -> String {
        format!("{MARK}{index}:{:x}", self.nonce)
    }
}

/// Begins a mark: noncharacters, which are for use inside of programs.
const MARK: &str = "\u{fdd0}\u{fdd1}";

/// While it is there, files are collected.
struct Scope;

impl Scope {
    fn enter() -> Self {
        COLLECTED.set(Some(Files {
            nonce: chance(),
            ..Files::default()
        }));
        Self
    }

    fn leave(self) -> Files {
        COLLECTED.take().unwrap_or_default()
    }
}

impl Drop for Scope {
    fn drop(&mut self) {
        COLLECTED.set(None);
    }
}
