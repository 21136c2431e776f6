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
mod again;
mod answer;
mod api;
mod base64; // optional: base64
#[cfg(feature = "blocking")]
mod blocking;
mod body;
mod budget;
mod builder;
mod call;
mod charset;
pub(crate) mod checks; // optional: validate
mod client;
mod client_credentials; // optional: oauth2
mod clock;
pub(crate) mod constants;
mod credential;
pub(crate) mod decode;
pub(crate) mod defaults; // optional: defaults
pub(crate) mod enums;
mod error;
mod events; // optional: streams
mod execute;
#[cfg(any(test, feature = "testing"))]
mod expected;
#[cfg(all(feature = "reqwest", target_arch = "wasm32", target_os = "unknown"))]
mod fetch;
mod file; // optional: multipart
mod fits;
mod form; // optional: forms
mod form_reader; // optional: forms
#[cfg(any(test, feature = "testing"))] // optional: forms
mod form_reply; // optional: forms
pub(crate) mod formatted;
mod framing;
mod header;
mod hooks;
mod idempotency;
mod items; // optional: streams
mod json_path;
pub(crate) mod key;
mod limit;
pub(crate) mod literals;
#[cfg(any(test, feature = "testing"))]
pub(crate) mod loopback;
mod media;
pub(crate) mod members;
#[cfg(any(test, feature = "testing"))]
mod mocks;
mod multipart; // optional: multipart
#[cfg(all(
    feature = "reqwest",
    not(all(target_arch = "wasm32", target_os = "unknown"))
))]
mod native;
mod nullable;
mod or_empty; // optional: or_empty
mod pages; // optional: pages
pub(crate) mod paging; // optional: pages
mod parameter;
#[cfg(any(test, feature = "blocking", feature = "testing"))]
mod park;
mod parts; // optional: multipart
mod path;
pub(crate) mod pattern; // optional: pattern
mod payload;
mod pieces; // optional: streams
pub(crate) mod plain;
mod prepared;
mod provider;
pub(crate) mod reader;
mod reading;
mod redirect;
#[cfg(any(test, feature = "testing"))]
pub(crate) mod reply;
pub(crate) mod request;
pub(crate) mod request_scope;
#[cfg(feature = "reqwest")]
mod reqwest;
mod response;
mod response_future;
mod rest;
mod retry;
mod secret;
#[cfg(any(test, feature = "testing"))] // optional: streams
mod stream_reply; // optional: streams
mod string_or; // optional: string_or
mod style;
mod temporal; // optional: jiff
#[cfg(any(test, feature = "testing"))]
pub mod testing;
#[cfg(feature = "tower")]
mod tower;
mod trace;
mod transport;
mod tree;
pub(crate) mod unions;
mod url;
pub(crate) mod validate; // optional: validate
pub(crate) mod whole;
pub(crate) mod wire;
mod written;

pub use self::additional::AdditionalProperties;
pub use self::answer::Answer;
pub use self::api::{
    Api, Environment, EnvironmentCredential, EnvironmentUrl, OperationInfo, Repeat, Scheme,
    SchemeKind, Unread,
};
pub use self::base64::Base64; // optional: base64
#[cfg(feature = "blocking")]
pub use self::blocking::{Blocking, BlockingReader};
pub use self::body::Body;
pub use self::builder::{BuildError, ClientBuilder};
pub use self::call::{ArrayStyle, Call};
pub use self::client::Client;
pub use self::client_credentials::ClientCredentials; // optional: oauth2
pub use self::credential::Credential;
pub use self::enums::UnknownValue;
pub use self::error::{
    DecodeError, Error, RequestError, RequestErrorKind, StreamError, Undocumented,
};
pub use self::events::{Event, EventStream}; // optional: streams
pub use self::file::File; // optional: multipart
pub use self::formatted::Formatted;
pub use self::header::{Header, HeaderError, HeaderList};
pub use self::hooks::{IncomingResponse, OutgoingRequest};
pub use self::items::JsonStream; // optional: streams
pub use self::multipart::Multipart; // optional: multipart
pub use self::nullable::Nullable;
pub use self::or_empty::OrEmpty; // optional: or_empty
pub use self::pages::{Items, Pages}; // optional: pages
pub use self::paging::{Next, Paging}; // optional: pages
pub use self::provider::{CredentialContext, CredentialProvider};
pub use self::request::{Answers, Operation, Request};
#[cfg(feature = "reqwest")]
pub use self::reqwest::ReqwestTransport;
pub use self::response::{ErrorResponse, RawResponse, Response};
pub use self::response_future::ResponseFuture;
pub use self::retry::RetryPolicy;
pub use self::secret::Secret;
pub use self::string_or::StringOr; // optional: string_or
pub use self::style::{Encoding, Style};
#[cfg(feature = "tower")]
pub use self::tower::TowerTransport;
pub use self::transport::{BoxError, BoxFuture, Transport, TransportError, TransportErrorKind};
pub use self::unions::Unmatched;
pub use self::validate::{Invalid, Violation}; // optional: validate
pub use bytes::Bytes;
pub use http::header::{HeaderName, HeaderValue};
pub use http::{HeaderMap, Method, StatusCode};

pub(crate) use self::defaults::defaults; // optional: defaults
pub(crate) use self::enums::{integer_enum, string_enum};
pub(crate) use self::literals::value_enum;
pub(crate) use self::paging::pages; // optional: pages
pub(crate) use self::pattern::pattern; // optional: pattern
pub(crate) use self::request::operation;
pub(crate) use self::unions::union;
pub(crate) use self::validate::validate; // optional: validate
pub(crate) use self::wire::{branch, object};
