//! A value, or an empty string in its place.

use super::Unmatched;
use super::unions::{Branch, Tree, Union, looks, read};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A value, or the empty string where there is none: some APIs take that for "remove what is there". The value
/// is read as it would be by itself.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum OrEmpty<T> {
    /// The value.
    Value(T),
    /// `""`
    Empty,
    /// A value that is neither.
    Unrecognized(Unmatched),
}

impl<T> OrEmpty<T> {
    /// The value, if there is one.
    #[must_use]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Empty | Self::Unrecognized(_) => None,
        }
    }
}

impl<T> From<T> for OrEmpty<T> {
    #[inline]
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: for<'de> Deserialize<'de>> Union for OrEmpty<T> {
    const BRANCHES: &'static [Branch] = &[looks::text(""), looks::any()];

    fn decode(index: usize, tree: &Tree) -> Option<Self> {
        match index {
            0 => Some(Self::Empty),
            1 => T::deserialize(tree).ok().map(Self::Value),
            _ => None,
        }
    }
}

impl<T: Serialize> Serialize for OrEmpty<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Empty => serializer.serialize_str(""),
            Self::Unrecognized(value) => value.serialize(serializer),
        }
    }
}

impl<'de, T: for<'any> Deserialize<'any>> Deserialize<'de> for OrEmpty<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer, Self::Unrecognized)
    }
}
