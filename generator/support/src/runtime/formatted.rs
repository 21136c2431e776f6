//! Strings of a format: their value, or the text where it is not of the format.

use super::Nullable;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::convert::Infallible;
use std::fmt::{self, Display};
use std::marker::PhantomData;
use std::str::FromStr;

/// A string that is of a format, or should be.
///
/// Servers send dates beyond every calendar, times without an offset and empty strings where
/// their document promises a format. Such a text is kept as it came and goes back out unchanged,
/// so that one odd value does not cost the whole body.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Formatted<T> {
    /// A value of the format.
    Value(T),
    /// Another text.
    Text(String),
}

/// A type that some strings stand for.
pub trait Format: Sized + Display {
    /// What a string of the format is called.
    const EXPECTED: &'static str;
    /// Whether a number on the wire may stand for the string.
    const FROM_NUMBERS: bool = false;

    /// The value of a text, if writing the value says the same.
    fn read(text: &str) -> Option<Self>;
}

impl<T: Format> Formatted<T> {
    /// What a text says.
    pub fn read(text: impl Into<String>) -> Self {
        let text = text.into();
        match T::read(&text) {
            Some(value) => Self::Value(value),
            None => Self::Text(text),
        }
    }
}

impl<T> Formatted<T> {
    /// The value, if the text is of the format.
    #[inline]
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Text(_) => None,
        }
    }

    /// The value itself, if the text is of the format.
    #[inline]
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Text(_) => None,
        }
    }
}

impl<T: Display> Display for Formatted<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(value) => value.fmt(formatter),
            Self::Text(text) => text.fmt(formatter),
        }
    }
}

impl<T: Format> From<T> for Formatted<T> {
    #[inline]
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Format> From<&str> for Formatted<T> {
    fn from(text: &str) -> Self {
        Self::read(text)
    }
}

impl<T: Format> From<String> for Formatted<T> {
    fn from(text: String) -> Self {
        Self::read(text)
    }
}

impl<T: Format> FromStr for Formatted<T> {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(Self::read(text))
    }
}

impl<T: Format> From<T> for Nullable<Formatted<T>> {
    #[inline]
    fn from(value: T) -> Self {
        Self::Value(Formatted::Value(value))
    }
}

impl<T: Format> From<&str> for Nullable<Formatted<T>> {
    fn from(text: &str) -> Self {
        Self::Value(Formatted::read(text))
    }
}

impl<T: Display> Serialize for Formatted<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => serializer.collect_str(value),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

impl<'de, T: Format> Deserialize<'de> for Formatted<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FormattedVisitor(PhantomData))
    }
}

/// Accepts any string, and numbers where the format is one of numbers.
struct FormattedVisitor<T>(PhantomData<T>);

impl<T: Format> FormattedVisitor<T> {
    fn number<E: Error>(&self, number: impl Display) -> Result<Formatted<T>, E> {
        let value = T::FROM_NUMBERS.then(|| T::read(&number.to_string()));
        match value.flatten() {
            Some(value) => Ok(Formatted::Value(value)),
            None => Err(E::invalid_type(Unexpected::Other("integer"), self)),
        }
    }
}

impl<T: Format> Visitor<'_> for FormattedVisitor<T> {
    type Value = Formatted<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(T::EXPECTED)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Formatted<T>, E> {
        Ok(Formatted::read(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Formatted<T>, E> {
        Ok(Formatted::read(text))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Formatted<T>, E> {
        self.number(number)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Formatted<T>, E> {
        self.number(number)
    }
}

/// Integers that JSON carries as strings. One that is not written as Rust writes it, such as
/// `007`, stays a text.
macro_rules! integer_format {
    ($($integer:ident)*) => {$(
        impl Format for $integer {
            const EXPECTED: &'static str = "an integer in a string";
            const FROM_NUMBERS: bool = true;

            fn read(text: &str) -> Option<Self> {
                let value: Self = text.parse().ok()?;
                (value.to_string() == text).then_some(value)
            }
        }
    )*};
}

integer_format! { i64 u64 }
