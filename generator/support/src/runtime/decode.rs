//! From a raw response to a typed one: status first, then the kind of content, then the content.

use super::answer::{Answer, has_no_body};
use super::error::{DecodeError, Error, StreamError};
pub use super::events::{envelopes, events, texts}; // optional: streams
pub use super::form::form; // optional: forms
pub use super::items::items; // optional: streams
pub use super::reading::stream;
use super::response::{ErrorResponse, RawResponse, Response};
use super::{charset, json_path, media, whole};
use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How much of a body an error keeps.
const MAX_KEPT_BYTES: usize = 64 * 1024;

/// Why a body could not be decoded.
#[derive(Debug)]
pub enum Failure {
    /// It is of a kind that is not declared.
    Undeclared,
    /// It is of the declared kind, and wrong in itself.
    Wrong {
        /// Where.
        path: String,
        /// What.
        message: String,
    },
}

/// A response to a status that is declared as a success.
///
/// A client or server error is none, even where the document has a single row for all statuses.
#[inline]
pub fn success<D, T, E>(
    mut answer: Answer,
    decode: fn(&mut Answer) -> Result<D, Failure>,
    wrap: fn(D) -> T,
) -> Result<Response<T>, Error<E>> {
    if is_error(&answer) {
        return Err(undeclared(answer));
    }
    match decode(&mut answer) {
        Ok(body) => {
            let (status, headers, _) = answer.response.into_parts();
            Ok(Response::new(status, headers, wrap(body)))
        }
        Err(reason) => Err(failed(answer, reason)),
    }
}

/// A response to a status that is declared as an error.
///
/// A success is none, and neither is a redirect that was not followed: a `default` row means
/// errors.
#[inline]
pub fn failure<D, T, E>(
    answer: Answer,
    decode: fn(&mut Answer) -> Result<D, Failure>,
    wrap: fn(D) -> E,
) -> Result<Response<T>, Error<E>> {
    if is_no_error(&answer) {
        return Err(undeclared(answer));
    }
    other(answer, decode, wrap)
}

/// A response to a status that is declared as it is, and is no success: 304, or a redirect that was
/// not followed. It is for the caller to match, so it is an error with a type.
#[inline]
pub fn other<D, T, E>(
    mut answer: Answer,
    decode: fn(&mut Answer) -> Result<D, Failure>,
    wrap: fn(D) -> E,
) -> Result<Response<T>, Error<E>> {
    match decode(&mut answer) {
        Ok(body) => {
            let (status, headers, _) = answer.response.into_parts();
            let response = ErrorResponse::new(status, headers, wrap(body));
            Err(Error::Api(Box::new(response)))
        }
        Err(reason) => Err(failed(answer, reason)),
    }
}

/// Which of the declared media types a response is of; nothing where it is of none.
pub fn media(answer: &Answer, declared: &[&'static str]) -> &'static str {
    media::choose(answer.headers(), declared).unwrap_or_default()
}

/// A response to a status that is not declared.
#[inline]
pub fn undeclared<E>(answer: Answer) -> Error<E> {
    Error::Undeclared(Box::new(answer.response.shortened(MAX_KEPT_BYTES)))
}

#[inline]
fn failed<E>(answer: Answer, reason: Failure) -> Error<E> {
    match reason {
        Failure::Undeclared => undeclared(answer),
        Failure::Wrong { path, message } => {
            Error::Decode(Box::new(wrong(path, message, answer.response)))
        }
    }
}

/// A body that is wrong in itself, with a bounded copy of it.
pub(super) fn wrong(path: String, message: String, response: RawResponse) -> DecodeError {
    DecodeError::new(path, message, response.shortened(MAX_KEPT_BYTES))
}

fn is_error(answer: &Answer) -> bool {
    answer.status().is_client_error() || answer.status().is_server_error()
}

fn is_no_error(answer: &Answer) -> bool {
    let status = answer.status();
    status.is_success() || (status.is_redirection() && answer.headers().contains_key(LOCATION))
}

/// Decodes JSON.
///
/// `1.0` is an integer in JSON, and some languages write every integer so. That is looked at only
/// where decoding fails: reading each integer in both forms would cost every field.
#[inline]
pub fn json<T: DeserializeOwned>(answer: &mut Answer) -> Result<T, Failure> {
    let response = &answer.response;
    let text = json_text(response)?;
    value(text).map_err(|error| json_failure(response, text, &error))
}

/// A value of JSON text.
#[inline]
pub(super) fn value<T: DeserializeOwned>(text: &[u8]) -> serde_json::Result<T> {
    let error = match serde_json::from_slice(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    if let Some(text) = whole::without_fractions(text, &error)
        && let Ok(value) = serde_json::from_slice(&text)
    {
        return Ok(value);
    }
    Err(error)
}

/// The value of a body, whatever it is declared to be; null where there is no body, and `None` where it is
/// no JSON.
pub(super) fn untyped(response: &RawResponse) -> Option<Value> {
    if response.bytes().is_empty() {
        return Some(Value::Null);
    }
    serde_json::from_slice(json_text(response).ok()?).ok()
}

/// Decodes text, whatever its media type, in the character set that it names.
pub fn text(answer: &mut Answer) -> Result<String, Failure> {
    let response = &answer.response;
    charset::decode(response.headers(), response.bytes()).map_err(no_text)
}

fn no_text(message: String) -> Failure {
    Failure::Wrong {
        path: "$".to_owned(),
        message,
    }
}

/// The text that a body is which was collected later.
pub(super) fn whole_text(
    status: StatusCode,
    headers: HeaderMap,
    bytes: Bytes,
) -> Result<String, StreamError> {
    charset::decode(&headers, &bytes).map_err(|message| {
        let response = RawResponse::new(status, headers, bytes);
        StreamError::Decode(Box::new(wrong("$".to_owned(), message, response)))
    })
}

/// Takes the bytes as they are, whatever their media type.
pub fn bytes(answer: &mut Answer) -> Result<Bytes, Failure> {
    Ok(answer.response.bytes().clone())
}

/// Expects no content, and ignores what there is.
pub fn empty(_answer: &mut Answer) -> Result<(), Failure> {
    Ok(())
}

/// What the `Content-Type` of a response says about JSON.
#[derive(PartialEq)]
enum Kind {
    Json,
    /// It says nothing, or what servers say that do not care.
    Generic,
    Other,
}

fn kind(response: &RawResponse) -> Kind {
    match media::essence(response.headers()) {
        Some(essence) if media::is_json(&essence) => Kind::Json,
        Some(essence) if media::is_generic(&essence) => Kind::Generic,
        Some(_) | None => Kind::Other,
    }
}

/// The body, if it can be JSON, without a byte order mark.
pub(super) fn json_text(response: &RawResponse) -> Result<&[u8], Failure> {
    let cannot_have_any = has_no_body(response.status());
    if cannot_have_any || kind(response) == Kind::Other {
        return Err(Failure::Undeclared);
    }
    let bytes: &[u8] = response.bytes();
    Ok(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes))
}

/// An error in what calls itself JSON is one; what does not was something else.
fn json_failure(response: &RawResponse, text: &[u8], error: &serde_json::Error) -> Failure {
    match kind(response) {
        Kind::Json => Failure::Wrong {
            path: json_path::path(text, error),
            message: json_path::message(error),
        },
        Kind::Generic | Kind::Other => Failure::Undeclared,
    }
}
