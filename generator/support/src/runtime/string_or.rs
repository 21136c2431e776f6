//! A string, or a value in its place.

use super::Unmatched;
use super::unions::{Branch, Tree, Union, looks, read};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A string, or a value in its place: some APIs answer with the id of an object, or with the object itself.
///
/// Strings become one by themselves, so that a setter takes them as they are; a value is `StringOr::Value(value)`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StringOr<T> {
    /// The string.
    String(String),
    /// The value.
    Value(T),
    /// A value that is neither.
    Unrecognized(Unmatched),
}

impl<T> StringOr<T> {
    /// The string, if it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            Self::Value(_) | Self::Unrecognized(_) => None,
        }
    }

    /// The value, if there is one.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::String(_) | Self::Unrecognized(_) => None,
        }
    }
}

impl<T> From<String> for StringOr<T> {
    #[inline]
    fn from(text: String) -> Self {
        Self::String(text)
    }
}

impl<T> From<&str> for StringOr<T> {
    #[inline]
    fn from(text: &str) -> Self {
        Self::String(text.to_owned())
    }
}

impl<T: for<'de> Deserialize<'de>> Union for StringOr<T> {
    const BRANCHES: &'static [Branch] = &[looks::string(), looks::any()];

    fn decode(index: usize, tree: &Tree) -> Option<Self> {
        match index {
            0 => String::deserialize(tree).ok().map(Self::String),
            1 => T::deserialize(tree).ok().map(Self::Value),
            _ => None,
        }
    }
}

impl<T: Serialize> Serialize for StringOr<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::String(text) => serializer.serialize_str(text),
            Self::Value(value) => value.serialize(serializer),
            Self::Unrecognized(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: for<'any> Deserialize<'any>> Deserialize<'de> for StringOr<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer, Self::Unrecognized)
    }
}
