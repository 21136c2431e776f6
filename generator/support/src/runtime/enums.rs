//! Enums: a value that the document does not know is kept and goes back out unchanged, unless the
//! maintainer closed the enum; then it is an error.
//!
//! Comparing and hashing go by the value on the wire, so that a value which a later version of the
//! document knows is equal to itself, however it was made. There is no more than that: a trait
//! costs every user of the crate compile time for every enum, and `as_str` gives the rest.

use super::key::Key;
use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// The text or number is no value of a closed enum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownValue;

impl fmt::Display for UnknownValue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the value is not one that the document knows")
    }
}

impl std::error::Error for UnknownValue {}

/// The error about a value that a closed enum does not have; the value may be a secret.
pub fn unknown<E: Error>(found: &'static str, expected: &'static str) -> E {
    E::invalid_value(Unexpected::Other(found), &expected)
}

/// `Debug` of an enum of strings: its type, and the value as it is on the wire.
pub fn debug(name: &str, value: &str, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    formatter.debug_tuple(name).field(&value).finish()
}

/// Reads an enum of strings that keeps the values that it does not know.
///
/// # Errors
///
/// The input is no string.
#[inline]
pub fn open<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'text> From<&'text str>,
    D: Deserializer<'de>,
{
    let value = Key::deserialize(deserializer)?;
    Ok(T::from(value.as_str()))
}

/// Reads an enum of strings that is closed.
///
/// # Errors
///
/// The input is no string, or none that the enum knows.
#[inline]
pub fn closed<'de, T, D>(deserializer: D, expected: &'static str) -> Result<T, D::Error>
where
    T: for<'text> TryFrom<&'text str, Error = UnknownValue>,
    D: Deserializer<'de>,
{
    let value = Key::deserialize(deserializer)?;
    T::try_from(value.as_str()).map_err(|_| unknown("string", expected))
}

/// Everything about an enum of strings but its variants and `Clone`.
///
/// The variant for unknown values is `Unrecognized(String)`, or the one named by a last row
/// `..Name`; after `closed` there is none.
macro_rules! string_enum {
    ($name:ident { $($variant:ident = $wire:literal;)* }) => {
        $crate::runtime::enums::string_enum! { $name {
            $($variant = $wire;)*
            ..Unrecognized
        } }
    };
    ($name:ident { $($variant:ident = $wire:literal;)* ..$fallback:ident }) => {
        impl $name {
            /// The value as it is on the wire.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$fallback(value) => value,
                }
            }

            /// The values that the document knows, in its order.
            #[must_use]
            pub const fn known() -> &'static [&'static str] {
                &[$($wire),*]
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    other => Self::$fallback(other.to_owned()),
                }
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(value: String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            #[inline]
            fn from_str(value: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(value))
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::enums::debug(stringify!($name), self.as_str(), formatter)
            }
        }

        $crate::runtime::enums::compare! { $name by as_str }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::enums::open(deserializer)
            }
        }
    };
    (closed $name:ident { $($variant:ident = $wire:literal;)* }) => {
        impl $name {
            /// The value as it is on the wire.
            #[must_use]
            #[inline]
            pub const fn as_str(&self) -> &'static str {
                match self {
                    $(Self::$variant => $wire,)*
                }
            }

            /// The values that the document knows, in its order.
            #[must_use]
            pub const fn known() -> &'static [&'static str] {
                &[$($wire),*]
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::runtime::UnknownValue;

            #[inline]
            fn try_from(value: &str) -> Result<Self, $crate::runtime::UnknownValue> {
                match value {
                    $($wire => Ok(Self::$variant),)*
                    _ => Err($crate::runtime::UnknownValue),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::runtime::UnknownValue;

            #[inline]
            fn from_str(value: &str) -> Result<Self, $crate::runtime::UnknownValue> {
                Self::try_from(value)
            }
        }

        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.pad(self.as_str())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::enums::debug(stringify!($name), self.as_str(), formatter)
            }
        }

        $crate::runtime::enums::compare! { $name by as_str }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let expected = concat!("a value of `", stringify!($name), "`");
                $crate::runtime::enums::closed(deserializer, expected)
            }
        }
    };
}
pub(crate) use string_enum;

/// Everything about an enum of integers but its variants, `Clone` and `Debug`.
///
/// The variant for unknown values is `Unrecognized(integer)`, or the one named by a last row
/// `..Name`; after `closed` there is none.
macro_rules! integer_enum {
    ($name:ident: $integer:ident { $($variant:ident = $wire:literal;)* }) => {
        $crate::runtime::enums::integer_enum! { $name: $integer {
            $($variant = $wire;)*
            ..Unrecognized
        } }
    };
    ($name:ident: $integer:ident { $($variant:ident = $wire:literal;)* ..$fallback:ident }) => {
        impl $name {
            /// The value as it is on the wire.
            #[must_use]
            pub const fn value(&self) -> $integer {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::$fallback(value) => *value,
                }
            }

            /// The values that the document knows, in its order.
            #[must_use]
            pub const fn known() -> &'static [$integer] {
                &[$($wire),*]
            }
        }

        impl From<$integer> for $name {
            #[inline]
            fn from(value: $integer) -> Self {
                match value {
                    $($wire => Self::$variant,)*
                    other => Self::$fallback(other),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;

            #[inline]
            fn from_str(value: &str) -> Result<Self, std::num::ParseIntError> {
                value.parse::<$integer>().map(Self::from)
            }
        }

        $crate::runtime::enums::integer_parts! { $name: $integer }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <$integer as serde::Deserialize>::deserialize(deserializer)?;
                Ok(Self::from(value))
            }
        }
    };
    (closed $name:ident: $integer:ident { $($variant:ident = $wire:literal;)* }) => {
        impl $name {
            /// The value as it is on the wire.
            #[must_use]
            pub const fn value(&self) -> $integer {
                match self {
                    $(Self::$variant => $wire,)*
                }
            }

            /// The values that the document knows, in its order.
            #[must_use]
            pub const fn known() -> &'static [$integer] {
                &[$($wire),*]
            }
        }

        impl TryFrom<$integer> for $name {
            type Error = $crate::runtime::UnknownValue;

            #[inline]
            fn try_from(value: $integer) -> Result<Self, $crate::runtime::UnknownValue> {
                match value {
                    $($wire => Ok(Self::$variant),)*
                    _ => Err($crate::runtime::UnknownValue),
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::runtime::UnknownValue;

            #[inline]
            fn from_str(value: &str) -> Result<Self, $crate::runtime::UnknownValue> {
                let value = value.parse::<$integer>().map_err(|_| $crate::runtime::UnknownValue)?;
                Self::try_from(value)
            }
        }

        $crate::runtime::enums::integer_parts! { $name: $integer }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <$integer as serde::Deserialize>::deserialize(deserializer)?;
                Self::try_from(value).map_err(|_| {
                    $crate::runtime::enums::unknown("integer", concat!("a value of `", stringify!($name), "`"))
                })
            }
        }
    };
}
pub(crate) use integer_enum;

/// What open and closed enums of integers have in common.
macro_rules! integer_parts {
    ($name:ident: $integer:ident) => {
        impl std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(&self.value(), formatter)
            }
        }

        impl PartialEq<$integer> for $name {
            #[inline]
            fn eq(&self, other: &$integer) -> bool {
                self.value() == *other
            }
        }

        $crate::runtime::enums::compare! { $name by value }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.value(), serializer)
            }
        }
    };
}
pub(crate) use integer_parts;

/// Equality, order and hash of an enum by its value on the wire.
macro_rules! compare {
    ($name:ident by $value:ident) => {
        impl PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.$value() == other.$value()
            }
        }

        impl Eq for $name {}

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.$value().hash(state);
            }
        }
    };
}
pub(crate) use compare;
