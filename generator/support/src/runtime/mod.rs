//! The HTTP runtime of this crate: the wire form of types, and the way from a call to its result.
//!
//! It is copied from the generator, which tests it, and is the same in every crate that the
//! generator writes.

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "an API uses only a part of the runtime"
)]

mod additional;
mod api;
mod base64; // optional: base64
mod body;
mod builder;
mod call;
mod client;
mod credential;
pub(crate) mod decode;
pub(crate) mod enums;
mod error;
mod execute;
mod fits;
mod header;
mod json_path;
pub(crate) mod key;
mod limit;
mod nullable;
mod path;
mod redirect;
pub(crate) mod request;
#[cfg(feature = "reqwest")]
mod reqwest;
mod response;
mod rest;
mod retry;
mod secret;
mod transport;
mod tree;
pub(crate) mod unions;
mod url;
pub(crate) mod wire;

pub use self::additional::AdditionalProperties;
pub use self::api::{
    Api, Environment, EnvironmentCredential, EnvironmentUrl, OperationInfo, Scheme, SchemeKind,
};
pub use self::base64::Base64; // optional: base64
pub use self::body::Body;
pub use self::builder::{BuildError, ClientBuilder};
pub use self::call::{ArrayStyle, Call};
pub use self::client::Client;
pub use self::credential::Credential;
pub use self::error::{DecodeError, Error, RequestError, RequestErrorKind, Undocumented};
pub use self::header::{Header, HeaderError};
pub use self::nullable::Nullable;
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
pub use self::response::{ErrorResponse, RawResponse, Response};
pub use self::retry::RetryPolicy;
pub use self::secret::Secret;
pub use self::transport::{BoxError, BoxFuture, Transport, TransportError, TransportErrorKind};
pub use self::unions::Unmatched;
pub use bytes::Bytes;
pub use http::header::{HeaderName, HeaderValue};
pub use http::{HeaderMap, Method, StatusCode};

pub(crate) use self::enums::{integer_enum, string_enum};
pub(crate) use self::request::request;
pub(crate) use self::unions::union;
pub(crate) use self::wire::object;
