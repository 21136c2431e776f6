//! Strings that must not be printed.

use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A string that `Debug` does not show: a token, a password, a key.
///
/// There is no `Display`. Serialising writes the value, since that is how it is sent.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Secret(String);

impl Secret {
    /// A secret with this value.
    #[inline]
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for where it has to be shown.
    #[inline]
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The value itself.
    #[inline]
    pub fn into_exposed(self) -> String {
        self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret([redacted])")
    }
}

impl From<String> for Secret {
    #[inline]
    fn from(value: String) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret {
    #[inline]
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl From<&String> for Secret {
    #[inline]
    fn from(value: &String) -> Self {
        Self(value.clone())
    }
}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // `deserialize_str` would quote a number in its error before this visitor sees it.
        deserializer.deserialize_any(SecretVisitor)
    }
}

/// Accepts a string; whatever else comes is refused without its value in the message.
struct SecretVisitor;

impl SecretVisitor {
    fn refuse<E: Error>(&self, found: &str) -> Result<Secret, E> {
        Err(E::invalid_type(Unexpected::Other(found), self))
    }
}

impl<'de> Visitor<'de> for SecretVisitor {
    type Value = Secret;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Secret, E> {
        Ok(Secret::from(value))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Secret, E> {
        Ok(Secret(value))
    }

    fn visit_bool<E: Error>(self, _value: bool) -> Result<Secret, E> {
        self.refuse("boolean")
    }

    fn visit_i64<E: Error>(self, _value: i64) -> Result<Secret, E> {
        self.refuse("integer")
    }

    fn visit_u64<E: Error>(self, _value: u64) -> Result<Secret, E> {
        self.refuse("integer")
    }

    fn visit_f64<E: Error>(self, _value: f64) -> Result<Secret, E> {
        self.refuse("floating point number")
    }

    // The content is read to its end, so that the error stands at this value and not inside it.
    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Secret, A::Error> {
        while sequence.next_element::<IgnoredAny>()?.is_some() {}
        self.refuse("sequence")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Secret, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        self.refuse("map")
    }
}
