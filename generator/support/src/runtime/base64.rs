//! Bytes that are base64 text on the wire.

use ::base64::Engine;
use ::base64::engine::general_purpose::{
    STANDARD, STANDARD_NO_PAD, STANDARD_PAD_INDIFFERENT, URL_SAFE, URL_SAFE_NO_PAD,
    URL_SAFE_PAD_INDIFFERENT,
};
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// Bytes that JSON carries as base64 text (`format: byte`).
///
/// Any alphabet is read, padded or not, in lines or not; what was read is written with the same
/// alphabet and padding, what was made here with the standard ones. `Debug` shows the number of
/// bytes only.
#[derive(Clone, Default)]
pub struct Base64 {
    bytes: Vec<u8>,
    form: Form,
}

/// How the text is written.
#[derive(Clone, Copy, Default)]
enum Form {
    #[default]
    Standard,
    Unpadded,
    UrlSafe,
    UrlSafeUnpadded,
}

impl Form {
    /// The form of a text.
    fn of(text: &str) -> Self {
        let is_padded = text.len().is_multiple_of(4);
        match (text.contains(['-', '_']), is_padded) {
            (false, true) => Self::Standard,
            (false, false) => Self::Unpadded,
            (true, true) => Self::UrlSafe,
            (true, false) => Self::UrlSafeUnpadded,
        }
    }
}

impl Base64 {
    /// These bytes.
    #[inline]
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self::from(bytes.into())
    }

    /// The bytes themselves.
    #[inline]
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// The text on the wire.
    fn text(&self) -> String {
        match self.form {
            Form::Standard => STANDARD.encode(&self.bytes),
            Form::Unpadded => STANDARD_NO_PAD.encode(&self.bytes),
            Form::UrlSafe => URL_SAFE.encode(&self.bytes),
            Form::UrlSafeUnpadded => URL_SAFE_NO_PAD.encode(&self.bytes),
        }
    }
}

impl Deref for Base64 {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

impl AsRef<[u8]> for Base64 {
    #[inline]
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

/// The bytes count, not how they were written.
impl PartialEq for Base64 {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Base64 {}

impl PartialOrd for Base64 {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Base64 {
    fn cmp(&self, other: &Self) -> Ordering {
        self.bytes.cmp(&other.bytes)
    }
}

impl Hash for Base64 {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.bytes.hash(state);
    }
}

impl fmt::Debug for Base64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Base64({} bytes)", self.bytes.len())
    }
}

impl fmt::Display for Base64 {
    /// The base64 text, as a parameter is sent.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text())
    }
}

impl From<Vec<u8>> for Base64 {
    #[inline]
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            bytes,
            form: Form::default(),
        }
    }
}

impl From<&[u8]> for Base64 {
    #[inline]
    fn from(bytes: &[u8]) -> Self {
        Self::from(bytes.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Base64 {
    #[inline]
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.to_vec())
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Base64Visitor)
    }
}

/// Accepts base64 in any of its forms.
struct Base64Visitor;

impl Visitor<'_> for Base64Visitor {
    type Value = Base64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("base64 text")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Base64, E> {
        let text = if value.contains(['\r', '\n']) {
            Cow::Owned(value.replace(['\r', '\n'], ""))
        } else {
            Cow::Borrowed(value)
        };
        let form = Form::of(&text);
        let bytes = match form {
            Form::Standard | Form::Unpadded => STANDARD_PAD_INDIFFERENT.decode(&*text),
            Form::UrlSafe | Form::UrlSafeUnpadded => URL_SAFE_PAD_INDIFFERENT.decode(&*text),
        };
        match bytes {
            Ok(bytes) => Ok(Base64 { bytes, form }),
            Err(_) => Err(E::invalid_value(Unexpected::Other("string"), &self)),
        }
    }
}
