//! Parameters and forms of values that are more than a scalar or a list of scalars.

use super::call::Call;
use super::error::{RequestError, RequestErrorKind};
use super::style::{self, Encoding, Style};
use super::wire::RequestScope;
use http::header::{self, HeaderMap, HeaderValue};
use serde::Serialize;
use serde_json::Value;

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
            let segment = style::segment(name, style, explode, &value, super::path::encode);
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
        if let Some(value) = self.written(name, RequestErrorKind::Path, in_request(value)) {
            let pairs = style::pairs(name, style, explode, &value);
            self.set_pairs(name, pairs);
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
            let text = style::segment(name, style, explode, &value, str::to_owned);
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
            self.cookies.retain(|(known, _)| *known != name);
            let pairs = style::pairs(name, style, explode, &value);
            self.cookies
                .extend(pairs.into_iter().map(|pair| (name, pair)));
        }
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
        value: serde_json::Result<Value>,
    ) {
        match value {
            Ok(Value::Object(members)) => {
                let form = style::form(encodings, &members).join("&");
                self.bytes_body(content_type, form);
            }
            Ok(Value::Null) => self.bytes_body(content_type, ""),
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
        value: serde_json::Result<Value>,
    ) -> Option<Value> {
        if value.is_err() {
            let message = format!("the parameter `{name}` cannot be written");
            self.refuse(RequestError::new(kind, message));
        }
        value.ok()
    }
}

/// The value as a request has it: without those properties that only the server sets.
#[inline]
fn in_request<T: Serialize + ?Sized>(value: &T) -> serde_json::Result<Value> {
    let _scope = RequestScope::enter();
    serde_json::to_value(value)
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
