//! Enums whose values are of several types, or are numbers with a fraction.

use serde::{Serialize, Serializer};
use serde_json::{Number, Value};
use std::fmt;

/// A value that the document lists.
#[derive(Clone, Copy, PartialEq)]
pub enum Literal {
    /// A string.
    Text(&'static str),
    /// A number without a fraction.
    Integer(i128),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
}

impl Literal {
    /// The value as it is on the wire.
    pub fn value(self) -> Value {
        match self {
            Self::Text(text) => Value::from(text),
            Self::Integer(integer) => Number::from_i128(integer).map_or(Value::Null, Value::Number),
            Self::Number(number) => Value::from(number),
            Self::Boolean(flag) => Value::Bool(flag),
        }
    }

    /// Whether a value is this one; `1.0` is `1`.
    pub fn is(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Integer(_) | Self::Number(_), Value::Number(number)) if number.is_f64() => {
                self.value().as_f64() == number.as_f64()
            }
            (Self::Text(known), Value::String(text)) => known == text,
            (Self::Number(known), Value::Number(number)) => number.as_f64() == Some(known),
            _ => self.value() == *value,
        }
    }

    /// Whether a text is this value, as `Display` writes it.
    pub fn is_text(self, text: &str) -> bool {
        match self {
            Self::Text(known) => known == text,
            _ => {
                let shown = self.value().to_string();
                shown == text
            }
        }
    }
}

impl Serialize for Literal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Boolean(flag) => serializer.serialize_bool(flag),
            Self::Integer(_) | Self::Number(_) => self.value().serialize(serializer),
        }
    }
}

/// The value alone.
impl fmt::Debug for Literal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => text.fmt(formatter),
            Self::Integer(integer) => integer.fmt(formatter),
            Self::Number(number) => number.fmt(formatter),
            Self::Boolean(flag) => flag.fmt(formatter),
        }
    }
}

/// Writes a value as a parameter is sent: a string as it is, anything else as JSON.
///
/// # Errors
///
/// The formatter fails.
pub fn display(value: &Value, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value {
        Value::String(text) => formatter.pad(text),
        other => formatter.pad(&other.to_string()),
    }
}

/// Everything about such an enum but its variants, `Clone` and `Debug`.
///
/// A row is a variant and its [`Literal`]. The variant for unknown values is
/// `Unrecognized(Value)`, or the one named by a last row `..Name`; after `closed` there is none.
macro_rules! value_enum {
    ($name:ident { $($variant:ident = $kind:ident($wire:expr);)* }) => {
        $crate::runtime::literals::value_enum! { $name {
            $($variant = $kind($wire);)*
            ..Unrecognized
        } }
    };
    ($name:ident { $($variant:ident = $kind:ident($wire:expr);)* ..$fallback:ident }) => {
        $crate::runtime::literals::shared! { $name {
            $($variant = $kind($wire);)*
            ..$fallback(value) => value.clone()
        } }

        impl From<serde_json::Value> for $name {
            fn from(value: serde_json::Value) -> Self {
                Self::find(|known| known.is(&value)).unwrap_or(Self::$fallback(value))
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::find(|known| known.is_text(text)).unwrap_or_else(|| Self::$fallback(text.into()))
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, std::convert::Infallible> {
                Ok(Self::from(text))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <serde_json::Value as serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
    (closed $name:ident { $($variant:ident = $kind:ident($wire:expr);)* }) => {
        $crate::runtime::literals::shared! { $name { $($variant = $kind($wire);)* } }

        impl TryFrom<serde_json::Value> for $name {
            type Error = $crate::runtime::UnknownValue;

            fn try_from(value: serde_json::Value) -> Result<Self, $crate::runtime::UnknownValue> {
                Self::find(|known| known.is(&value)).ok_or($crate::runtime::UnknownValue)
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::runtime::UnknownValue;

            fn from_str(text: &str) -> Result<Self, $crate::runtime::UnknownValue> {
                Self::find(|known| known.is_text(text)).ok_or($crate::runtime::UnknownValue)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = <serde_json::Value as serde::Deserialize>::deserialize(deserializer)?;
                Self::find(|known| known.is(&value)).ok_or_else(|| {
                    $crate::runtime::enums::unknown("value", concat!("a value of `", stringify!($name), "`"))
                })
            }
        }
    };
}
pub(crate) use value_enum;

/// What open and closed enums have in common.
macro_rules! shared {
    ($name:ident {
        $($variant:ident = $kind:ident($wire:expr);)*
        $(..$fallback:ident($value:ident) => $kept:expr)?
    }) => {
        impl $name {
            /// The value as it is on the wire.
            #[must_use]
            pub fn value(&self) -> serde_json::Value {
                match self {
                    $(Self::$variant => $crate::runtime::literals::Literal::$kind($wire).value(),)*
                    $(Self::$fallback($value) => $kept,)?
                }
            }

            /// The first variant whose value is the one.
            fn find(is: impl Fn($crate::runtime::literals::Literal) -> bool) -> Option<Self> {
                $(if is($crate::runtime::literals::Literal::$kind($wire)) {
                    return Some(Self::$variant);
                })*
                None
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::literals::display(&self.value(), formatter)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.value() == other.value()
            }
        }

        impl Eq for $name {}

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serde::Serialize::serialize(&self.value(), serializer)
            }
        }
    };
}
pub(crate) use shared;
