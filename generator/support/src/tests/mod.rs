//! Tests of the runtime, in the crate so that they can use its macros.

#![expect(
    dead_code,
    missing_docs,
    reason = "the macros define more for the types of a test than the test uses"
)]

#[cfg(feature = "reqwest")]
mod arrived;
mod budget;
mod builder;
mod call;
mod client_credentials;
mod constants;
mod contract;
mod cookie;
mod decode;
#[cfg(feature = "reqwest")]
mod default_transport;
mod enums;
mod events;
mod execute;
mod foreign;
#[cfg(feature = "reqwest")]
mod form;
mod formatted;
mod golden;
mod hooks;
mod media;
#[cfg(feature = "reqwest")]
mod mock;
mod multipart;
mod or_empty;
mod pages;
#[cfg(feature = "reqwest")]
mod parameters;
#[cfg(feature = "reqwest")]
mod parts;
mod payload;
mod provider;
mod redacted;
mod redirect;
mod requests;
mod retry;
mod scripted;
mod security;
#[cfg(feature = "reqwest")]
mod socket;
mod sources;
#[cfg(feature = "reqwest")]
mod streams;
mod string_or;
#[cfg(feature = "reqwest")]
mod style;
#[cfg(feature = "tracing")]
mod trace;
mod union_depth;
mod union_numbers;
mod unions;
mod validate;
mod values;
mod wire;
