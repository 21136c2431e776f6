//! Unions: a value that is one of several types, told apart by what it looks like.
//!
//! A value is read whole, compared with what is known of each branch, and decoded as the branch
//! that explains most of it. A value that fits no branch is kept as it is.

pub use super::fits::{Branch, Tags};
pub use super::tree::Tree;

use super::fits::best;
use super::tree::State;
use super::written::Written;
use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use std::fmt;

/// A union whose table `union!` has read.
pub trait Union: Sized {
    /// What is known of its branches.
    const BRANCHES: &'static [Branch];

    /// The value as the branch of this index, if it can be that.
    fn decode(index: usize, tree: &Tree) -> Option<Self>;
}

/// What rows say of their types: one function per kind, named as in the table.
pub mod looks {
    use super::super::formatted::Format;
    use super::super::wire::Named;
    use super::{Branch, Tags, Union};

    /// A boolean.
    pub const fn boolean() -> Branch {
        Branch::Boolean
    }

    /// A number without a fraction.
    pub const fn integer() -> Branch {
        Branch::Integer
    }

    /// An integer of an enum.
    pub const fn integer_of(values: &'static [i128]) -> Branch {
        Branch::IntegerOf(values)
    }

    /// A number.
    pub const fn number() -> Branch {
        Branch::Number
    }

    /// A string.
    pub const fn string() -> Branch {
        Branch::String
    }

    /// One string.
    pub const fn text(text: &'static str) -> Branch {
        Branch::Text(text)
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

    /// A list, by its items.
    pub const fn array_of(item: &'static Branch) -> Branch {
        Branch::ArrayOf(item)
    }

    /// A struct, with the properties that have fixed values.
    pub const fn object<T: Named>(tags: Tags) -> Branch {
        Branch::of_object(T::NAMES, tags, false)
    }

    /// A struct that has no other properties than those of its table.
    pub const fn closed<T: Named>(tags: Tags) -> Branch {
        Branch::of_object(T::NAMES, tags, true)
    }

    /// A map.
    pub const fn map() -> Branch {
        Branch::of_object(&[], &[], false)
    }

    /// Whatever another union is.
    pub const fn one_of<T: Union>() -> Branch {
        Branch::OneOf(T::BRANCHES, &[])
    }

    /// Whatever another union is, where these properties name it.
    pub const fn one_tagged<T: Union>(tags: Tags) -> Branch {
        Branch::OneOf(T::BRANCHES, tags)
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

/// Reads a value whole and decodes it as the branch that fits best, or the next best where that
/// fails.
///
/// # Errors
///
/// The input is not a value at all, or it fits no branch and another union, of which this one is a
/// branch, is looking at it. Any other value that fits no branch is kept.
pub fn read<'de, T: Union, D: Deserializer<'de>>(
    deserializer: D,
    unmatched: fn(Unmatched) -> T,
) -> Result<T, D::Error> {
    let tree = Tree::read(deserializer)?;
    let union = std::any::type_name::<T>();
    let (noted, is_inner) = tree.noted(union);
    // Unions that are branches of each other ask in a circle.
    if noted == Some(State::Open) {
        return Err(D::Error::custom("the union is made of itself"));
    }
    tree.note(union, Some(State::Open));
    let found = match noted {
        Some(State::Decided(index)) => T::decode(index, &tree).map(|decoded| (index, decoded)),
        _ => search::<T>(&tree),
    };
    if let Some((index, decoded)) = found {
        tree.note(union, Some(State::Decided(index)));
        return Ok(decoded);
    }
    if is_inner {
        tree.note(union, None);
        return Err(D::Error::custom("the value fits no branch"));
    }
    tree.note(union, Some(State::Decided(usize::MAX)));
    Ok(unmatched(Unmatched(tree.to_value())))
}

/// The best branch that the value can be decoded as.
fn search<T: Union>(tree: &Tree) -> Option<(usize, T)> {
    let mut fits: Vec<_> = T::BRANCHES.iter().map(|branch| branch.fit(tree)).collect();
    while let Some(index) = best(&fits) {
        if let Some(decoded) = T::decode(index, tree) {
            return Some((index, decoded));
        }
        // It did not decode: the next best may.
        if let Some(fit) = fits.get_mut(index) {
            *fit = None;
        }
    }
    None
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
    // As text, since a `Value` holds neither every integer nor the order of members. A serializer around
    // the other one would be instantiated without end for unions of each other.
    let json = serde_json::to_vec(value).map_err(S::Error::custom)?;
    let written = Written::read(&json);
    let mut written = written.ok_or_else(|| S::Error::custom("the value is no JSON"))?;
    if let Written::Object(members) = &mut written
        && members.iter().all(|(name, _)| name != property)
    {
        let tag = Written::Text(tag.to_owned());
        members.insert(0, (property.to_owned(), tag));
    }
    written.serialize(serializer)
}

/// The branch of one index, out of all that it is shown in turn.
#[derive(Debug)]
pub struct Choice<'a, U> {
    /// How many branches come before it.
    before: usize,
    tree: &'a Tree,
    decoded: Option<U>,
}

impl<'a, U> Choice<'a, U> {
    /// No branch has been shown yet.
    pub const fn new(index: usize, tree: &'a Tree) -> Self {
        Self {
            before: index,
            tree,
            decoded: None,
        }
    }

    /// The next branch.
    #[inline]
    pub fn branch<T: for<'de> Deserialize<'de>>(&mut self, variant: fn(T) -> U) {
        if self.before == 0 {
            self.decoded = T::deserialize(self.tree).ok().map(variant);
        }
        self.before = self.before.wrapping_sub(1);
    }

    /// The next branch, which is a constant: what it looks like is all that there is to it.
    #[inline]
    pub fn constant(&mut self, variant: U) {
        if self.before == 0 {
            self.decoded = Some(variant);
        }
        self.before = self.before.wrapping_sub(1);
    }

    /// The value, if it could be read as the branch.
    pub fn decoded(self) -> Option<U> {
        self.decoded
    }
}

/// The table of a union: a row per variant. Those that are one string come first; the others say what a
/// value of their type looks like, and, where the type does not say so itself, the property and value
/// that name the branch.
macro_rules! union {
    ($union:ident {
        $($text:literal => $constant:ident;)*
        $($variant:ident = $looks:expr $(, tag $property:literal = $tag:literal)?;)*
    }) => {
        impl $crate::runtime::unions::Union for $union {
            const BRANCHES: &'static [$crate::runtime::unions::Branch] = {
                #[allow(unused_imports, reason = "no union has branches of every kind")]
                use $crate::runtime::unions::looks::*;
                &[$(text($text),)* $($looks),*]
            };

            fn decode(index: usize, tree: &$crate::runtime::unions::Tree) -> Option<Self> {
                let mut choice = $crate::runtime::unions::Choice::new(index, tree);
                $(choice.constant(Self::$constant);)*
                $(choice.branch(Self::$variant);)*
                choice.decoded()
            }
        }

        impl serde::Serialize for $union {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$constant => serializer.serialize_str($text),)*
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
                $crate::runtime::unions::read(deserializer, Self::Unrecognized)
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
