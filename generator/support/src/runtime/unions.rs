//! Unions: a value that is one of several types, told apart by what it looks like.
//!
//! A value is read whole, compared with what is known of each branch, and decoded as the branch
//! that explains most of it. A value that fits no branch is kept as it is.

use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
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
    /// A string for which this is true, or another one if nothing else will have it.
    TextOf(fn(&str) -> bool),
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
    /// The properties that have a name in the document.
    names: &'static [&'static str],
    /// Properties that have one of some fixed values if they are there.
    tags: Tags,
    /// Whether the document allows no other properties.
    is_closed: bool,
}

/// Properties with the values that they may have.
pub type Tags = &'static [(&'static str, &'static [&'static str])];

/// A union whose table `union!` has read.
pub trait Union {
    /// What is known of its branches.
    const BRANCHES: &'static [Branch];
}

/// What rows say of their types: one function per kind, named as in the table.
pub mod looks {
    use super::super::formatted::Format;
    use super::super::wire::Object;
    use super::{Branch, ObjectBranch, Tags, Union};

    /// A boolean.
    pub const fn boolean() -> Branch {
        Branch::Boolean
    }

    /// A number without a fraction.
    pub const fn integer() -> Branch {
        Branch::Integer
    }

    /// A number.
    pub const fn number() -> Branch {
        Branch::Number
    }

    /// A string.
    pub const fn string() -> Branch {
        Branch::String
    }

    /// A string of some format.
    pub const fn formatted() -> Branch {
        Branch::Formatted
    }

    /// A string of a format that keeps any other text as well.
    pub const fn text_of<T: Format>() -> Branch {
        Branch::TextOf(|text| T::read(text).is_some())
    }

    /// A string of an enum.
    pub const fn string_of(values: &'static [&'static str]) -> Branch {
        Branch::StringOf(values)
    }

    /// A list.
    pub const fn array() -> Branch {
        Branch::Array
    }

    /// A struct, with the properties that have fixed values.
    pub const fn object<T: Object>(tags: Tags) -> Branch {
        Branch::Object(ObjectBranch {
            names: T::NAMES,
            tags,
            is_closed: false,
        })
    }

    /// A struct that has no other properties than those of its table.
    pub const fn closed<T: Object>(tags: Tags) -> Branch {
        Branch::Object(ObjectBranch {
            names: T::NAMES,
            tags,
            is_closed: true,
        })
    }

    /// A map.
    pub const fn map() -> Branch {
        Branch::Object(ObjectBranch {
            names: &[],
            tags: &[],
            is_closed: false,
        })
    }

    /// Whatever another union is.
    pub const fn one_of<T: Union>() -> Branch {
        Branch::OneOf(T::BRANCHES)
    }

    /// Anything.
    pub const fn any() -> Branch {
        Branch::Any
    }
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
    /// The branch forbids nothing that is there.
    is_allowed: bool,
    /// Fixed values that agree.
    tags: usize,
    /// Properties that the branch knows, or how specific its kind of scalar is.
    known: usize,
    /// Properties that the branch knows and the value does not have: the fewer, the better.
    absent: std::cmp::Reverse<usize>,
}

impl Fit {
    fn scalar(specific: usize) -> Option<Self> {
        let absent = std::cmp::Reverse(0);
        Some(Self {
            is_allowed: true,
            tags: 0,
            known: specific,
            absent,
        })
    }

    /// Worse than any other: the branch takes everything.
    fn last() -> Option<Self> {
        let absent = std::cmp::Reverse(usize::MAX);
        Some(Self {
            is_allowed: false,
            tags: 0,
            known: 0,
            absent,
        })
    }
}

impl Branch {
    fn fit(&self, value: &Value) -> Option<Fit> {
        match (self, value) {
            (Self::Any, _) => Fit::last(),
            (Self::OneOf(branches), _) => branches.iter().filter_map(|one| one.fit(value)).max(),
            (Self::Boolean, Value::Bool(_)) | (Self::Array, Value::Array(_)) => Fit::scalar(1),
            (Self::Integer, Value::Number(number)) => {
                let whole = number.is_i64() || number.is_u64();
                whole.then(|| Fit::scalar(2)).flatten()
            }
            (Self::Number, Value::Number(_)) | (Self::String, Value::String(_)) => Fit::scalar(1),
            (Self::Formatted, Value::String(_)) => Fit::scalar(2),
            (Self::TextOf(is_formatted), Value::String(text)) => {
                Fit::scalar(if is_formatted(text) { 2 } else { 0 })
            }
            (Self::StringOf(values), Value::String(text)) => {
                Fit::scalar(if values.contains(&text.as_str()) {
                    3
                } else {
                    0
                })
            }
            (Self::Object(branch), Value::Object(members)) => branch.fit(members),
            _ => None,
        }
    }
}

impl ObjectBranch {
    /// Properties that must be there are not looked at: without one, decoding fails and the next
    /// best branch is tried.
    fn fit(&self, members: &Map<String, Value>) -> Option<Fit> {
        let mut tags = 0;
        for (name, values) in self.tags {
            match members.get(*name) {
                Some(Value::String(value)) if values.contains(&value.as_str()) => tags += 1,
                Some(_) => return None,
                None => {}
            }
        }
        let known = self
            .names
            .iter()
            .filter(|name| members.contains_key(**name))
            .count();
        let absent = std::cmp::Reverse(self.names.len() - known);
        Some(Fit {
            is_allowed: !self.is_closed || known == members.len(),
            tags,
            known,
            absent,
        })
    }
}

/// Reads a value whole and decodes it as the branch that fits best, or the next best where that
/// fails.
///
/// # Errors
///
/// The input is not a value at all. One that fits no branch is kept.
pub fn read<'de, T: Union, D: Deserializer<'de>>(
    deserializer: D,
    decoders: &[fn(&Value) -> Option<T>],
    unmatched: fn(Unmatched) -> T,
) -> Result<T, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let mut fits: Vec<_> = T::BRANCHES
        .iter()
        .map(|branch| branch.fit(&value))
        .collect();
    while let Some(index) = best(&fits) {
        if let Some(decoded) = decoders.get(index).and_then(|decode| decode(&value)) {
            return Ok(decoded);
        }
        // It did not decode: the next best may.
        if let Some(fit) = fits.get_mut(index) {
            *fit = None;
        }
    }
    Ok(unmatched(Unmatched(value)))
}

/// The branch that fits best; the first of equals. The best one nearly always decodes, so nothing is
/// sorted.
fn best(fits: &[Option<Fit>]) -> Option<usize> {
    let mut best: Option<(usize, Fit)> = None;
    for (index, fit) in fits.iter().enumerate() {
        if let Some(fit) = *fit
            && best.is_none_or(|(_, known)| fit > known)
        {
            best = Some((index, fit));
        }
    }
    best.map(|(index, _)| index)
}

/// Writes a variant, with the property that names it unless it has that already.
///
/// # Errors
///
/// The value or the serializer fails.
pub fn write<S: Serializer, T: Serialize>(
    serializer: S,
    value: &T,
    tag: Option<(&'static str, &'static str)>,
) -> Result<S::Ok, S::Error> {
    let Some((property, tag)) = tag else {
        return value.serialize(serializer);
    };
    let mut written = serde_json::to_value(value).map_err(S::Error::custom)?;
    if let Value::Object(members) = &mut written {
        members.entry(property).or_insert_with(|| Value::from(tag));
    }
    written.serialize(serializer)
}

/// The table of a union: a row per variant with its type, what a value of it looks like, and, where
/// the type does not say so itself, the property and value that name the branch.
macro_rules! union {
    ($union:ident { $($variant:ident($ty:ty) = $looks:expr $(, tag $property:literal = $tag:literal)?;)* }) => {
        impl $crate::runtime::unions::Union for $union {
            const BRANCHES: &'static [$crate::runtime::unions::Branch] = {
                #[allow(unused_imports, reason = "no union has branches of every kind")]
                use $crate::runtime::unions::looks::*;
                &[$($looks),*]
            };
        }

        impl serde::Serialize for $union {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => {
                        let tag = $crate::runtime::unions::tag!($($property, $tag)?);
                        $crate::runtime::unions::write(serializer, value, tag)
                    })*
                    Self::Unrecognized(value) => serde::Serialize::serialize(value, serializer),
                }
            }
        }

        impl<'de> serde::Deserialize<'de> for $union {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let decoders: &[fn(&serde_json::Value) -> Option<Self>] = &[
                    $(|value| <$ty as serde::Deserialize>::deserialize(value).ok().map(Self::$variant)),*
                ];
                $crate::runtime::unions::read(deserializer, decoders, Self::Unrecognized)
            }
        }
    };
}
pub(crate) use union;

/// The tag of a row, if it has one.
macro_rules! tag {
    () => {
        None
    };
    ($property:literal, $tag:literal) => {
        Some(($property, $tag))
    };
}
pub(crate) use tag;
