//! Bodies of several parts: `multipart/form-data` (RFC 7578), of which each part has a name, and the kinds
//! in which parts follow each other, such as `multipart/mixed` and `multipart/related` (RFC 2387).

use super::Body;
use super::call::Call;
use super::clock::chance;
use super::error::{RequestError, RequestErrorKind};
use super::file::{File, Files};
use super::media::{essence_of, is_json};
use super::parts::Parts;
use super::request_scope::RequestScope;
use super::written::Written;
use serde::Serialize;

/// A body of any parts, such as `multipart/form-data`, for operations whose document does not describe them.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<(Option<String>, Part)>,
}

#[derive(Clone, Debug)]
enum Part {
    /// A text, and its content type where that is not plain text.
    Text(String, Option<String>),
    File(File),
}

impl Multipart {
    /// A body without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a part that is text.
    #[must_use]
    pub fn text(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parts
            .push((Some(name.into()), Part::Text(value.into(), None)));
        self
    }

    /// Adds a part that is a text of this content type, for instance JSON.
    #[must_use]
    pub fn typed(
        mut self,
        name: impl Into<String>,
        content_type: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        let part = Part::Text(value.into(), Some(content_type.into()));
        self.parts.push((Some(name.into()), part));
        self
    }

    /// Adds a part that is a file.
    #[must_use]
    pub fn file(mut self, name: impl Into<String>, file: impl Into<File>) -> Self {
        self.parts
            .push((Some(name.into()), Part::File(file.into())));
        self
    }

    /// Adds a part without a name, which only those of `multipart/form-data` need.
    #[must_use]
    pub fn part(mut self, content: impl Into<File>) -> Self {
        self.parts.push((None, Part::File(content.into())));
        self
    }

    /// The content type, and the body; or which part is in the way.
    fn into_body(self, media_type: &str) -> Result<(String, Body), RequestError> {
        let boundary = format!("{:016x}{:016x}", chance(), chance());
        let root = self.parts.first().map(|(_, part)| part.content_type());
        let content_type = content_type(media_type, &boundary, root);
        let is_form = essence_of(media_type) == "multipart/form-data";
        let mut body = Parts::new(&boundary);
        for (name, part) in self.parts {
            let name = name.as_deref();
            let result = match part {
                // Only in forms, a part that does not say what it is may be any Unicode text.
                Part::Text(text, None) if is_form => body.text(name, None, text),
                Part::Text(text, None) => body.text(name, Some(TEXT), text),
                Part::Text(text, ty) => body.text(name, ty.as_deref(), text),
                Part::File(file) => body.file(name, file),
            };
            if result.is_none() {
                let part =
                    name.map_or_else(|| "a part".to_owned(), |name| format!("the part `{name}`"));
                let message = format!("{part} cannot be sent with its headers");
                return Err(RequestError::new(RequestErrorKind::Body, message));
            }
        }
        Ok((content_type, body.finish()))
    }

    /// The parts that the properties of an object are. `None` when a file is in the middle of JSON.
    fn of(
        members: Vec<(String, Written)>,
        content_types: &[(&str, &str)],
        files: Files,
    ) -> Option<Self> {
        let mut parts = Self::new();
        let mut files = files;
        for (name, value) in members {
            let content_type = content_types.iter().find(|(known, _)| *known == name);
            let content_type = content_type.map(|(_, content_type)| *content_type);
            match value {
                Written::List(items) if !is_json_part(content_type) => {
                    for item in items {
                        parts.add(Some(&name), item, content_type, &mut files);
                    }
                }
                value => parts.add(Some(&name), value, content_type, &mut files),
            }
        }
        files.is_empty().then_some(parts)
    }

    /// The parts that the items of a list are. `None` when a file is in the middle of JSON.
    fn listed(
        items: Vec<Written>,
        first: &[Option<&str>],
        rest: Option<&str>,
        files: Files,
    ) -> Option<Self> {
        let mut parts = Self::new();
        let mut files = files;
        let content_types = first.iter().copied().chain(std::iter::repeat(rest));
        for (item, content_type) in items.into_iter().zip(content_types) {
            parts.add(None, item, content_type, &mut files);
        }
        files.is_empty().then_some(parts)
    }

    fn add(
        &mut self,
        name: Option<&str>,
        value: Written,
        content_type: Option<&str>,
        files: &mut Files,
    ) {
        let part = match value {
            Written::Null => return,
            Written::Text(text) => match files.take(&text) {
                Some(file) => Part::File(file.or_content_type(content_type)),
                None if is_json_part(content_type) => Part::Text(
                    Written::Text(text).to_string(),
                    content_type.map(str::to_owned),
                ),
                None => Part::Text(text, content_type.map(str::to_owned)),
            },
            Written::Literal(text) => Part::Text(text, content_type.map(str::to_owned)),
            value @ (Written::List(_) | Written::Object(_)) => {
                let content_type = content_type.unwrap_or("application/json");
                Part::Text(value.to_string(), Some(content_type.to_owned()))
            }
        };
        self.parts.push((name.map(str::to_owned), part));
    }
}

/// Whether a part is JSON, whatever parameters its content type has.
fn is_json_part(content_type: Option<&str>) -> bool {
    content_type.is_some_and(|content_type| is_json(&essence_of(content_type)))
}

/// What a part is that says nothing, outside of forms.
const TEXT: &str = "text/plain; charset=utf-8";

impl Part {
    /// What it says that it is, or what it is where it says nothing.
    fn content_type(&self) -> &str {
        match self {
            Self::Text(_, content_type) => content_type.as_deref().unwrap_or(TEXT),
            Self::File(file) => file.shown_type(),
        }
    }
}

/// The content type of the whole. A `multipart/related` body says what its root is, which is the first part.
fn content_type(media_type: &str, boundary: &str, root: Option<&str>) -> String {
    let parameter = |parameter: &str| {
        let name = parameter.split('=').next().unwrap_or_default();
        name.trim().eq_ignore_ascii_case("type")
    };
    let is_said = media_type.split(';').skip(1).any(parameter);
    let is_related = essence_of(media_type) == "multipart/related" && !is_said;
    let root = root.filter(|_| is_related);
    let root = root.map(|root| format!("; type=\"{}\"", essence_of(root)));
    format!(
        "{media_type}; boundary={boundary}{}",
        root.unwrap_or_default()
    )
}

impl Call<'_> {
    /// Sets the body to the properties of a value, each of them a part or, if it is a list, several.
    /// `content_types` has those that are not the usual ones.
    #[inline]
    pub fn multipart_body<T: Serialize + ?Sized>(
        &mut self,
        media_type: &str,
        content_types: &[(&str, &str)],
        value: &T,
    ) {
        let written = written(value);
        self.set_named(media_type, content_types, written);
    }

    /// Sets the body to the items of a value, each of them a part. `first` has the content types of the first
    /// ones, and `rest` that of all others, where they are not the usual ones.
    #[inline]
    pub fn listed_body<T: Serialize + ?Sized>(
        &mut self,
        media_type: &str,
        first: &[Option<&str>],
        rest: Option<&str>,
        value: &T,
    ) {
        let written = written(value);
        self.set_listed(media_type, first, rest, written);
    }

    fn set_named(
        &mut self,
        media_type: &str,
        content_types: &[(&str, &str)],
        (json, files): (serde_json::Result<Vec<u8>>, Files),
    ) {
        let parts = match json.map(|json| Written::read(&json)) {
            Ok(Some(Written::Object(members))) => Multipart::of(members, content_types, files),
            Ok(_) | Err(_) => None,
        };
        self.set_parts(media_type, parts);
    }

    fn set_listed(
        &mut self,
        media_type: &str,
        first: &[Option<&str>],
        rest: Option<&str>,
        (json, files): (serde_json::Result<Vec<u8>>, Files),
    ) {
        let parts = match json.map(|json| Written::read(&json)) {
            Ok(Some(Written::List(items))) => Multipart::listed(items, first, rest, files),
            Ok(_) | Err(_) => None,
        };
        self.set_parts(media_type, parts);
    }

    fn set_parts(&mut self, media_type: &str, parts: Option<Multipart>) {
        match parts {
            Some(parts) => self.parts_body(media_type, parts),
            None => self.refuse(RequestError::new(
                RequestErrorKind::Body,
                "the body cannot be written in parts: it has none, or has a file inside of one",
            )),
        }
    }

    /// Sets the body to any parts.
    pub fn parts_body(&mut self, media_type: &str, parts: Multipart) {
        match parts.into_body(media_type) {
            Ok((content_type, body)) => self.set_body(&content_type, body),
            Err(error) => self.refuse(error),
        }
    }
}

/// A value as JSON, and the files in it.
#[inline]
fn written<T: Serialize + ?Sized>(value: &T) -> (serde_json::Result<Vec<u8>>, Files) {
    let _scope = RequestScope::enter();
    Files::collect(|| serde_json::to_vec(value))
}
