//! Bodies of several parts: `multipart/form-data`, RFC 7578.

use super::Body;
use super::call::Call;
use super::clock::chance;
use super::error::{RequestError, RequestErrorKind};
use super::file::{File, Files};
use super::media::is_json;
use super::parts::Parts;
use super::wire::RequestScope;
use super::written::Written;
use serde::Serialize;

/// A `multipart/form-data` body of any parts, for operations whose document does not name them.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<(String, Part)>,
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
            .push((name.into(), Part::Text(value.into(), None)));
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
        self.parts.push((name.into(), part));
        self
    }

    /// Adds a part that is a file.
    #[must_use]
    pub fn file(mut self, name: impl Into<String>, file: impl Into<File>) -> Self {
        self.parts.push((name.into(), Part::File(file.into())));
        self
    }

    /// The content type, and the body; or which part is in the way.
    fn into_body(self) -> Result<(String, Body), RequestError> {
        let boundary = format!("{:016x}{:016x}", chance(), chance());
        let mut body = Parts::new(&boundary);
        for (name, part) in self.parts {
            let result = match part {
                Part::Text(text, content_type) => body.text(&name, content_type.as_deref(), text),
                Part::File(file) => body.file(&name, file),
            };
            if result.is_none() {
                let message = format!("the part `{name}` cannot be sent with its headers");
                return Err(RequestError::new(RequestErrorKind::Body, message));
            }
        }
        let content_type = format!("multipart/form-data; boundary={boundary}");
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
                Written::List(items) if !content_type.is_some_and(is_json) => {
                    for item in items {
                        parts.add(&name, item, content_type, &mut files);
                    }
                }
                value => parts.add(&name, value, content_type, &mut files),
            }
        }
        files.is_empty().then_some(parts)
    }

    fn add(&mut self, name: &str, value: Written, content_type: Option<&str>, files: &mut Files) {
        let part = match value {
            Written::Null => return,
            Written::Text(text) => match files.take(&text) {
                Some(file) => Part::File(file.or_content_type(content_type)),
                None if content_type.is_some_and(is_json) => Part::Text(
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
        self.parts.push((name.to_owned(), part));
    }
}

impl Call<'_> {
    /// Sets the body to the properties of a value, each of them a part or, if it is a list, several.
    /// `content_types` has those that are not the usual ones.
    #[inline]
    pub fn multipart_body<T: Serialize + ?Sized>(
        &mut self,
        content_types: &[(&str, &str)],
        value: &T,
    ) {
        let scope = RequestScope::enter();
        let (json, files) = Files::collect(|| serde_json::to_vec(value));
        drop(scope);
        self.set_multipart_body(content_types, json, files);
    }

    fn set_multipart_body(
        &mut self,
        content_types: &[(&str, &str)],
        json: serde_json::Result<Vec<u8>>,
        files: Files,
    ) {
        let parts = match json.map(|json| Written::read(&json)) {
            Ok(Some(Written::Object(members))) => Multipart::of(members, content_types, files),
            Ok(_) | Err(_) => None,
        };
        match parts {
            Some(parts) => self.parts_body(parts),
            None => self.refuse(RequestError::new(
                RequestErrorKind::Body,
                "the body cannot be written in parts: it is no object, or has a file inside of one",
            )),
        }
    }

    /// Sets the body to any parts.
    pub fn parts_body(&mut self, parts: Multipart) {
        match parts.into_body() {
            Ok((content_type, body)) => self.set_body(&content_type, body),
            Err(error) => self.refuse(error),
        }
    }
}
