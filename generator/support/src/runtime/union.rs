//! Unions: a value that is one of several types, told apart by what it looks like.
//!
//! A value is read whole, compared with what is known of each branch, and decoded as the branch
//! that explains most of it. A value that fits no branch is kept as it is.

use serde::Serializer;
use serde::ser::{Error as _, Serialize};
use serde_json::{Map, Value};
use std::fmt;

/// What is known of a branch of a union without decoding it.
#[derive(Clone, Copy, Debug)]
pub enum Branch {
    /// A boolean.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// Any string.
    String,
    /// A string of some format: whether it is one, decoding tells.
    Formatted,
    /// One of these strings, or another one if nothing else will have it.
    StringOf(&'static [&'static str]),
    /// A list.
    Array,
    /// An object.
    Object(ObjectBranch),
    /// Whatever one of these is.
    OneOf(&'static [Self]),
    /// Anything.
    Any,
}

/// What is known of a branch that is an object.
#[derive(Clone, Copy, Debug)]
pub struct ObjectBranch {
    /// Properties that must be there.
    pub required: &'static [&'static str],
    /// All properties that have a name in the document.
    pub known: &'static [&'static str],
    /// Properties that have one of some fixed values if they are there.
    pub tags: &'static [(&'static str, &'static [&'static str])],
    /// Whether the document allows no other properties.
    pub closed: bool,
}

/// A value that fits no branch of a union. `Debug` does not show it: it may hold a secret that the
/// document does not know of.
#[derive(Clone, PartialEq, Eq)]
pub struct Unmatched(Value);

impl Unmatched {
    /// The value.
    #[must_use]
    pub fn value(&self) -> &Value {
        &self.0
    }

    /// The value.
    #[must_use]
    pub fn into_value(self) -> Value {
        self.0
    }
}

impl From<Value> for Unmatched {
    fn from(value: Value) -> Self {
        Self(value)
    }
}

impl fmt::Debug for Unmatched {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.0 {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        write!(formatter, "Unmatched({kind})")
    }
}

impl Serialize for Unmatched {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

/// How well a value fits a branch; greater is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// Nothing forbids it.
    allowed: bool,
    /// Fixed values that agree.
    tags: usize,
    /// Properties that the branch knows, or how specific its kind of scalar is.
    known: usize,
    /// Properties that must be there.
    required: usize,
    /// Properties that the branch knows and the value does not have, counted down.
    absent: std::cmp::Reverse<usize>,
}

impl Fit {
    fn scalar(specific: usize) -> Option<Self> {
        Some(Self {
            allowed: true,
            tags: 0,
            known: specific,
            required: 0,
            absent: std::cmp::Reverse(0),
        })
    }
}

impl Branch {
    fn fit(&self, value: &Value) -> Option<Fit> {
        match (self, value) {
            (Self::Any, _) => Fit::scalar(0).map(|fit| Fit {
                allowed: false,
                ..fit
            }),
            (Self::OneOf(branches), _) => branches.iter().filter_map(|one| one.fit(value)).max(),
            (Self::Boolean, Value::Bool(_)) | (Self::Array, Value::Array(_)) => Fit::scalar(1),
            (Self::Integer, Value::Number(number)) => {
                let whole = number.is_i64() || number.is_u64();
                whole.then(|| Fit::scalar(2)).flatten()
            }
            (Self::Number, Value::Number(_)) | (Self::String, Value::String(_)) => Fit::scalar(1),
            (Self::Formatted, Value::String(_)) => Fit::scalar(2),
            (Self::StringOf(values), Value::String(text)) => {
                Fit::scalar(if values.contains(&text.as_str()) { 3 } else { 0 })
            }
            (Self::Object(branch), Value::Object(members)) => branch.fit(members),
            _ => None,
        }
    }
}

impl ObjectBranch {
    fn fit(&self, members: &Map<String, Value>) -> Option<Fit> {
        if !self.required.iter().all(|name| members.contains_key(*name)) {
            return None;
        }
        let mut tags = 0;
        for (name, values) in self.tags {
            match members.get(*name) {
                Some(Value::String(value)) if values.contains(&value.as_str()) => tags += 1,
                Some(_) => return None,
                None => {}
            }
        }
        let known = self.known.iter().filter(|name| members.contains_key(**name)).count();
        Some(Fit {
            allowed: !self.closed || known == members.len(),
            tags,
            known,
            required: self.required.len(),
            absent: std::cmp::Reverse(self.known.len() - known),
        })
    }
}

/// Decodes a value as the branch that fits best, or the next best where decoding fails.
pub fn decode<T>(
    value: Value,
    branches: &[Branch],
    decoders: &[fn(&Value) -> Option<T>],
    unmatched: fn(Unmatched) -> T,
) -> T {
    for index in ranked(&value, branches) {
        if let Some(decoded) = decoders.get(index).and_then(|decode| decode(&value)) {
            return decoded;
        }
    }
    unmatched(Unmatched(value))
}

/// The branches that a value may be of, best first; equal ones in document order.
fn ranked(value: &Value, branches: &[Branch]) -> Vec<usize> {
    let fits = branches.iter().enumerate();
    let mut fits: Vec<_> =
        fits.filter_map(|(index, branch)| Some((branch.fit(value)?, index))).collect();
    fits.sort_by_key(|(fit, index)| (std::cmp::Reverse(*fit), *index));
    fits.into_iter().map(|(_, index)| index).collect()
}

/// Writes an object with the property that says which branch it is, unless it has it already.
///
/// # Errors
///
/// The value is not an object, or the serializer fails.
pub fn write_tagged<S: Serializer, T: Serialize>(
    serializer: S,
    value: &T,
    property: &str,
    tag: &str,
) -> Result<S::Ok, S::Error> {
    match serde_json::to_value(value).map_err(S::Error::custom)? {
        Value::Object(mut members) => {
            members.entry(property).or_insert_with(|| Value::from(tag));
            members.serialize(serializer)
        }
        other => other.serialize(serializer),
    }
}

/// The table of a union: a row per variant with its type, what is known of it, and, where the type
/// does not say so itself, the property and value that name the branch.
macro_rules! union {
    ($name:ident { $($variant:ident($ty:ty) = $branch:expr $(, tag $property:literal = $tag:literal)?;)* }) => {
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        $(return $crate::runtime::union::write_tagged(serializer, value, $property, $tag);)?
                        #[allow(unreachable_code, reason = "a row may have no tag")]
                        ::serde::Serialize::serialize(value, serializer)
                    })*
                    Self::Unrecognized(value) => ::serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                use $crate::runtime::union::{Branch::*, ObjectBranch};
                let value = <::serde_json::Value as ::serde::Deserialize>::deserialize(deserializer)?;
                let branches = const { &[$($branch),*] };
                let decoders: &[fn(&::serde_json::Value) -> ::core::option::Option<Self>] = &[
                    $(|value| <$ty as ::serde::Deserialize>::deserialize(value).ok().map(Self::$variant)),*
                ];
                ::core::result::Result::Ok($crate::runtime::union::decode(value, branches, decoders, Self::Unrecognized))
            }
        }
    };
}
pub(crate) use union;
