//! From a raw response to a typed one: status first, then the kind of content, then the content.

use super::error::{DecodeError, Error};
use super::json_path;
use super::response::{ErrorResponse, RawResponse, Response};
use super::whole;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use serde::de::DeserializeOwned;

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
    response: RawResponse,
    decode: fn(&RawResponse) -> Result<D, Failure>,
    wrap: fn(D) -> T,
) -> Result<Response<T>, Error<E>> {
    if is_error(&response) {
        return Err(undeclared(response));
    }
    match decode(&response) {
        Ok(body) => {
            let (status, headers, _) = response.into_parts();
            Ok(Response::new(status, headers, wrap(body)))
        }
        Err(reason) => Err(failed(response, reason)),
    }
}

/// A response to a status that is declared as an error.
///
/// A success is none, and neither is a redirect that was not followed: a `default` row means
/// errors.
#[inline]
pub fn failure<D, T, E>(
    response: RawResponse,
    decode: fn(&RawResponse) -> Result<D, Failure>,
    wrap: fn(D) -> E,
) -> Result<Response<T>, Error<E>> {
    if is_no_error(&response) {
        return Err(undeclared(response));
    }
    match decode(&response) {
        Ok(body) => {
            let (status, headers, _) = response.into_parts();
            let response = ErrorResponse::new(status, headers, wrap(body));
            Err(Error::Api(Box::new(response)))
        }
        Err(reason) => Err(failed(response, reason)),
    }
}

/// A response to a status that is not declared.
#[inline]
pub fn undeclared<E>(response: RawResponse) -> Error<E> {
    Error::Undeclared(Box::new(response.shortened(MAX_KEPT_BYTES)))
}

#[inline]
fn failed<E>(response: RawResponse, reason: Failure) -> Error<E> {
    match reason {
        Failure::Undeclared => undeclared(response),
        Failure::Wrong { path, message } => {
            let response = response.shortened(MAX_KEPT_BYTES);
            Error::Decode(Box::new(DecodeError::new(path, message, response)))
        }
    }
}

fn is_error(response: &RawResponse) -> bool {
    response.status().is_client_error() || response.status().is_server_error()
}

fn is_no_error(response: &RawResponse) -> bool {
    let status = response.status();
    status.is_success() || (status.is_redirection() && response.headers().contains_key(LOCATION))
}

/// Decodes JSON.
///
/// `1.0` is an integer in JSON, and some languages write every integer so. That is looked at only
/// where decoding fails: reading each integer in both forms would cost every field.
#[inline]
pub fn json<T: DeserializeOwned>(response: &RawResponse) -> Result<T, Failure> {
    let text = json_text(response)?;
    let error = match serde_json::from_slice(text) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    if let Some(text) = whole::without_fractions(text, &error)
        && let Ok(value) = serde_json::from_slice(&text)
    {
        return Ok(value);
    }
    Err(json_failure(response, text, &error))
}

/// Decodes text, whatever its media type.
pub fn text(response: &RawResponse) -> Result<String, Failure> {
    match std::str::from_utf8(response.bytes()) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(Failure::Wrong {
            path: "$".to_owned(),
            message: "the text is not UTF-8".to_owned(),
        }),
    }
}

/// Takes the bytes as they are, whatever their media type.
pub fn bytes(response: &RawResponse) -> Result<Bytes, Failure> {
    Ok(response.bytes().clone())
}

/// Expects no content, and ignores what there is.
pub fn empty(_response: &RawResponse) -> Result<(), Failure> {
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
    let Some(value) = response.headers().get(CONTENT_TYPE) else {
        return Kind::Generic;
    };
    let Ok(value) = value.to_str() else {
        return Kind::Other;
    };
    let essence = value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    match essence.as_str() {
        "application/json" | "text/json" => Kind::Json,
        "" | "text/plain" | "application/octet-stream" => Kind::Generic,
        other if other.ends_with("+json") => Kind::Json,
        _ => Kind::Other,
    }
}

/// The body, if it can be JSON, without a byte order mark.
fn json_text(response: &RawResponse) -> Result<&[u8], Failure> {
    if kind(response) == Kind::Other {
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
