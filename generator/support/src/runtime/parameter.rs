//! Parameters and forms of values that are more than a scalar or a list of scalars.

use super::call::Call;
use super::credential::is_of_cookie;
use super::error::{RequestError, RequestErrorKind};
use super::path::{self, encode, encode_reserved};
use super::request_scope::RequestScope;
use super::style::{self, Encoding, Escape, Style};
use super::written::Written;
use http::header::{self, HeaderMap, HeaderValue};
use serde::Serialize;

impl Call<'_> {
    /// Sets a path parameter in a style.
    #[inline]
    pub fn path_value<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &T,
    ) {
        if let Some(value) = self.written(name, RequestErrorKind::Path, in_request(value)) {
            let segment = style::segment(name, style, explode, &value, encode);
            self.set_path(name, &segment, segment.clone());
        }
    }

    /// Sets a query parameter in a style; to nothing, leaves it out.
    #[inline]
    pub fn query_value<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &T,
    ) {
        self.set_query(name, style, explode, in_request(value), encode);
    }

    /// Sets a query parameter in a style, with reserved characters as they are.
    #[inline]
    pub fn query_reserved<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &T,
    ) {
        self.set_query(name, style, explode, in_request(value), encode_reserved);
    }

    /// Sets the whole query string, beside what authenticates: to the pairs of an object, to JSON, or to
    /// a text that is a query string already.
    #[inline]
    pub fn query_string<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        value: &T,
    ) {
        self.set_query_string(name, style, in_request(value));
    }

    fn set_query_string(
        &mut self,
        name: &'static str,
        style: Style,
        value: serde_json::Result<Vec<u8>>,
    ) {
        let Some(value) = self.written(name, RequestErrorKind::Path, value) else {
            return;
        };
        let pairs = match (style, &value) {
            (_, Written::Null) => Vec::new(),
            (Style::Json, value) => vec![encode(&value.to_string())],
            (_, Written::Object(members)) => style::form(&[], members),
            (_, value) => vec![path::whole_query(&value.text())],
        };
        self.set_pairs(name, pairs);
    }

    fn set_query(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: serde_json::Result<Vec<u8>>,
        escape: Escape,
    ) {
        if let Some(value) = self.written(name, RequestErrorKind::Path, value) {
            self.set_pairs(name, style::pairs(name, style, explode, &value, escape));
        }
    }

    /// Sets a header parameter in a style.
    #[inline]
    pub fn header_value<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &T,
    ) {
        if let Some(value) = self.written(name, RequestErrorKind::Header, in_request(value)) {
            let escape = match style {
                Style::Json => ascii,
                _ => str::to_owned,
            };
            let text = style::segment(name, style, explode, &value, escape);
            self.header(name, &text);
        }
    }

    /// Sets a cookie parameter in a style; to nothing, leaves it out.
    #[inline]
    pub fn cookie_value<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        style: Style,
        explode: bool,
        value: &T,
    ) {
        if let Some(value) = self.written(name, RequestErrorKind::Header, in_request(value)) {
            self.set_cookies(name, style, explode, &value);
        }
    }

    fn set_cookies(&mut self, name: &'static str, style: Style, explode: bool, value: &Written) {
        let escape: Escape = match style {
            Style::Cookie => str::to_owned,
            _ => encode,
        };
        let pairs = style::pairs(name, style, explode, value, escape);
        if !pairs.iter().all(|pair| pair.bytes().all(is_of_cookie)) {
            let message = format!("the cookie `{name}` cannot be sent with this value");
            self.refuse(RequestError::new(RequestErrorKind::Header, message));
        }
        self.cookies.retain(|(known, _)| *known != name);
        self.cookies
            .extend(pairs.into_iter().map(|pair| (name, pair)));
    }

    /// Sets the body to the pairs of a form, without those properties that only the server sets.
    #[inline]
    pub fn form_body<T: Serialize + ?Sized>(
        &mut self,
        content_type: &'static str,
        encodings: &[Encoding],
        value: &T,
    ) {
        self.set_form_body(content_type, encodings, in_request(value));
    }

    fn set_form_body(
        &mut self,
        content_type: &'static str,
        encodings: &[Encoding],
        value: serde_json::Result<Vec<u8>>,
    ) {
        match value.map(|json| Written::read(&json)) {
            Ok(Some(Written::Object(members))) => {
                let form = style::form(encodings, &members).join("&");
                self.bytes_body(content_type, form);
            }
            Ok(Some(Written::Null)) => self.bytes_body(content_type, ""),
            Ok(_) => self.refuse(RequestError::new(
                RequestErrorKind::Body,
                "the body is not an object, which a form is made of",
            )),
            Err(_) => self.refuse(RequestError::new(
                RequestErrorKind::Body,
                "the body cannot be written as a form",
            )),
        }
    }

    /// The value of a parameter, if it can be written.
    fn written(
        &mut self,
        name: &str,
        kind: RequestErrorKind,
        value: serde_json::Result<Vec<u8>>,
    ) -> Option<Written> {
        let written = value.ok().and_then(|json| Written::read(&json));
        if written.is_none() {
            let message = format!("the parameter `{name}` cannot be written");
            self.refuse(RequestError::new(kind, message));
        }
        written
    }
}

/// The value as a request has it: without those properties that only the server sets.
#[inline]
fn in_request<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Vec<u8>> {
    let _scope = RequestScope::enter();
    serde_json::to_vec(value)
}

/// JSON in ASCII, which is what a header can hold.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for character in json.chars() {
        if character.is_ascii() {
            text.push(character);
        } else {
            for unit in character.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}

/// Adds cookies to those that are there.
pub(super) fn add_cookies<'p>(headers: &mut HeaderMap, pairs: impl IntoIterator<Item = &'p str>) {
    let known = headers.get(header::COOKIE);
    let known = known.and_then(|value| value.to_str().ok());
    let mut all = known.unwrap_or_default().to_owned();
    for pair in pairs {
        if !all.is_empty() {
            all.push_str("; ");
        }
        all.push_str(pair);
    }
    // Everything is percent-encoded, checked, or was a header before.
    if !all.is_empty()
        && let Ok(mut value) = HeaderValue::from_str(&all)
    {
        value.set_sensitive(true);
        headers.insert(header::COOKIE, value);
    }
}
