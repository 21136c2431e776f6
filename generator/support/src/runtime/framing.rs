//! Headers of requests: which may be set, and which may go to another origin.

use super::api::OperationInfo;
use super::client::Settings;
use super::error::{RequestError, RequestErrorKind};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};

/// Adds the headers that say nothing of the user: they may go to another origin, too.
pub(super) fn add_plain_headers(
    headers: &mut HeaderMap,
    settings: &Settings,
    operation: &OperationInfo,
) {
    headers.insert(header::USER_AGENT, settings.user_agent.clone());
    let accept = Bytes::from_static(operation.accept.as_bytes());
    if !accept.is_empty()
        && let Ok(accept) = HeaderValue::from_maybe_shared(accept)
    {
        headers.insert(header::ACCEPT, accept);
    }
}

/// Copies headers over others of the same names.
pub(super) fn replace(headers: &mut HeaderMap, with: &HeaderMap) {
    for (name, value) in with {
        headers.insert(name.clone(), value.clone());
    }
}

pub(super) fn header_parameter(
    name: &str,
    value: &str,
) -> Result<(HeaderName, HeaderValue), RequestError> {
    let parsed = HeaderName::from_bytes(name.as_bytes())
        .ok()
        .zip(HeaderValue::from_str(value).ok());
    match parsed {
        Some((name, value)) if !is_framing(&name) => Ok((name, value)),
        Some(_) | None => Err(bad_header(name)),
    }
}

/// Headers with which a message could be made to end elsewhere, or go elsewhere.
pub(super) fn is_framing(name: &HeaderName) -> bool {
    matches!(
        *name,
        header::HOST
            | header::CONTENT_LENGTH
            | header::TRANSFER_ENCODING
            | header::CONNECTION
            | header::UPGRADE
            | header::TE
            | header::EXPECT
    )
}

pub(super) fn bad_header(name: &str) -> RequestError {
    let message = format!("the header `{name}` cannot be sent with this value");
    RequestError::new(RequestErrorKind::Header, message)
}
