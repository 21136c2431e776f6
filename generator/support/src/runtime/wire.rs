//! The JSON form of a struct as one table, `object!`, instead of derived code.
//!
//! A row is `kind field = "name";`. The kind is a method of [`Members`] and of [`Reader`], and says
//! how a missing property, `null` and a value are told apart. A property that comes twice is an
//! error; one that no row names goes to the `..rest` field, or is skipped when there is none.
//!
//! Writing and reading keep the first error to themselves instead of returning it: a table then is
//! a straight line of calls without a branch per row, which halves what it costs to compile. The
//! way along the properties that writes them also prints and compares them, since derived code is
//! the next most expensive thing in a large crate.

use super::Nullable;
use super::constants::{self, Constant, Expected};
use super::key::Key;
use super::members::{Members, Writer};
use super::rest::Rest;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serializer};
use serde_json::Value;
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

/// `Serialize`, `Deserialize`, `Debug` and `PartialEq` for a struct of named fields.
///
/// | kind | field | read from `null` | when it is not there |
/// |---|---|---|---|
/// | `required` | `T` | as `T` reads it | an error |
/// | `list` | `T`, a list or a map | empty | an error |
/// | `optional` | `Option<T>` | `None` | `None` |
/// | `optional_any` | `Option<T>` | `Some`, as `T` reads it | `None` |
/// | `nullable` | `Nullable<T>` | `Null` | `Absent` |
/// | `read_only` | as `optional`, and never part of a request body | | |
/// | `read_only_nullable` | as `nullable`, and never part of a request body | | |
/// | `write_only` | as `optional` | | |
///
/// Rows of constants come first: `"type" = Text("cat");` is a property that every object has with this
/// value, and that is no field. Another value goes to the `..rest` field, from where it is written
/// back; it is an error where there is none.
///
/// `Name with method` calls the method on what was read. `Debug` shows the properties that are
/// there, by their names on the wire.
macro_rules! object {
    ($object:ident $(with $complete:ident)? {
        $($constant:literal = $value:ident($literal:expr);)*
        $($kind:ident $field:ident = $name:literal;)*
        $(..$rest:ident)?
    }) => {
        impl serde::Serialize for $object {
            #[inline]
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::runtime::wire::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $object {
            #[inline]
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::wire::deserialize(deserializer)
            }
        }

        impl std::fmt::Debug for $object {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                $crate::runtime::members::debug(self, formatter)
            }
        }

        impl PartialEq for $object {
            fn eq(&self, other: &Self) -> bool {
                $crate::runtime::members::equal(self, other)
            }
        }

        impl $crate::runtime::wire::Object for $object {
            const NAMES: &'static [&'static str] = &[$($constant,)* $($name),*];

            $crate::runtime::constants::constants! { $($constant = $value($literal);)* }

            #[allow(unused_variables, reason = "an object without properties")]
            fn walk<'a, M: $crate::runtime::members::Members<'a>>(&'a self, members: &mut M) {
                $(members.$kind($name, &self.$field);)*
                $(members.rest(&self.$rest, Self::NAMES);)?
            }

            fn read<'de, A: serde::de::MapAccess<'de>>(
                reader: &mut $crate::runtime::wire::Reader<'de, A>,
            ) -> Option<Self> {
                $(let mut $field = $crate::runtime::wire::slot!($kind);)*
                $(let mut $rest = Default::default();)?
                while reader.advance() {
                    $(reader.$kind(&mut $field, $name);)*
                    $(reader.rest(&mut $rest);)?
                }
                let object = Self {
                    $($field: $crate::runtime::wire::filled!(reader, $kind $field = $name),)*
                    $($rest,)?
                };
                $(let object = object.$complete();)?
                Some(object)
            }
        }
    };
}
pub(crate) use object;

/// What a property is read into: empty at first.
macro_rules! slot {
    (nullable) => {
        $crate::runtime::Nullable::Absent
    };
    (read_only_nullable) => {
        $crate::runtime::Nullable::Absent
    };
    ($kind:ident) => {
        None
    };
}
pub(crate) use slot;

/// The field's value: what is in its slot, or the end of reading where it must not be empty.
macro_rules! filled {
    ($reader:ident, required $field:ident = $name:literal) => {
        match $reader.filled($field, $name) {
            Some(value) => value,
            None => return None,
        }
    };
    ($reader:ident, list $field:ident = $name:literal) => {
        $crate::runtime::wire::filled!($reader, required $field = $name)
    };
    ($reader:ident, $kind:ident $field:ident = $name:literal) => {
        $field
    };
}
pub(crate) use filled;

/// A struct with a table.
pub trait Object: Sized {
    /// The names in its rows, those of constants first.
    const NAMES: &'static [&'static str];

    /// The properties that every object of the type has, and that are no fields.
    const CONSTANTS: &'static [Constant] = &[];

    /// Shows the properties in the order of the rows.
    fn walk<'a, M: Members<'a>>(&'a self, members: &mut M);

    /// Reads the properties in whatever order they come; `None` only after an error.
    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self>;
}

/// The part of `Serialize` that all objects share.
#[inline]
pub fn serialize<T: Object, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new(serializer.serialize_map(None)?, T::CONSTANTS.len());
    constants::walk(object, &mut writer);
    object.walk(&mut writer);
    writer.end()
}

/// The part of `Deserialize` that all objects share.
#[inline]
pub fn deserialize<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// Hands the map of an object to its table.
struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut reader = Reader {
            map,
            key: None,
            constants: Expected::new(T::CONSTANTS),
            unexpected: None,
            nulls: Vec::new(),
            error: None,
        };
        let object = T::read(&mut reader);
        reader.end();
        match (reader.error, object) {
            (None, Some(object)) => Ok(object),
            (Some(error), _) => Err(error),
            (None, None) => Err(A::Error::custom("the object cannot be read")),
        }
    }
}

/// Reads properties, up to the first error.
#[derive(Debug)]
pub struct Reader<'de, A: MapAccess<'de>> {
    map: A,
    /// The name of the property whose value comes next, until a row claims it.
    key: Option<Key<'de>>,
    /// The constants, and which of them were there.
    constants: Expected,
    /// What a constant was instead of its value, until the `..rest` field takes it.
    unexpected: Option<Value>,
    /// The properties that were `null` and left their slots empty.
    nulls: Vec<&'static str>,
    error: Option<A::Error>,
}

impl<'de, A: MapAccess<'de>> Reader<'de, A> {
    /// Keeps the value, or the error.
    #[inline]
    fn keep<T>(&mut self, result: Result<T, A::Error>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }

    /// Goes on to the next property; `false` at the end, and after an error.
    ///
    /// The value of a property that no row has claimed is skipped.
    #[inline]
    pub fn advance(&mut self) -> bool {
        if let Some(key) = self.key.take() {
            self.skip(&key);
        }
        while self.error.is_none() {
            let key = self.map.next_key();
            self.key = self.keep(key).flatten();
            let Some(key) = &self.key else {
                return false;
            };
            let Some(index) = self.constants.position(key.as_str()) else {
                return true;
            };
            if !self.is_expected(index) {
                return self.error.is_none();
            }
            self.key = None;
        }
        false
    }

    /// Goes past the value of a property that nothing took; that of a constant has to be the constant.
    fn skip(&mut self, key: &Key<'de>) {
        if self.unexpected.take().is_some() {
            let name = key.as_str();
            self.error = Some(A::Error::custom(format_args!("`{name}` has another value")));
            return;
        }
        let skipped = self.map.next_value::<IgnoredAny>();
        self.keep(skipped);
    }

    /// Reads a constant: whether it was the one that it has to be.
    fn is_expected(&mut self, index: usize) -> bool {
        if let Some(name) = self.constants.duplicate(index) {
            self.error = Some(A::Error::duplicate_field(name));
            return false;
        }
        let value = self.map.next_value();
        let Some(value) = self.keep(value) else {
            return false;
        };
        let is_expected = self.constants.is(index, &value);
        self.unexpected = Some(value).filter(|_| !is_expected);
        is_expected
    }

    /// After the last property: an error if a constant was not there.
    fn end(&mut self) {
        if let (None, Some(missing)) = (&self.error, self.constants.missing()) {
            self.error = Some(A::Error::missing_field(missing));
        }
    }

    /// Whether the property that comes next is the one of this name, which its row then takes; an error
    /// where its slot is full.
    #[inline]
    fn takes(&mut self, name: &'static str, is_full: bool) -> bool {
        if self.key.as_ref().is_none_or(|key| key.as_str() != name) {
            return false;
        }
        self.key = None;
        let is_full = is_full || self.nulls.contains(&name);
        if is_full {
            self.error = Some(A::Error::duplicate_field(name));
        }
        !is_full
    }

    /// The value, or `None` after an error.
    #[inline]
    fn value<T: Deserialize<'de>>(&mut self) -> Option<T> {
        let value = self.map.next_value();
        self.keep(value)
    }

    /// Reads a property that no row has claimed.
    #[inline]
    pub fn rest<R: Rest>(&mut self, rest: &mut R) {
        if let Some(key) = self.key.take() {
            let name = key.into_string();
            let result = match self.unexpected.take() {
                Some(value) => rest.keep(name, value),
                None => rest.read(name, &mut self.map),
            };
            self.keep(result);
        }
    }

    /// A value that must be there.
    #[inline]
    pub fn required<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>, name: &'static str) {
        if self.takes(name, slot.is_some()) {
            *slot = self.value();
        }
    }

    /// What is in the slot of a value that must be there.
    #[inline]
    pub fn filled<T>(&mut self, slot: Option<T>, name: &'static str) -> Option<T> {
        if slot.is_none() && self.error.is_none() {
            self.error = Some(A::Error::missing_field(name));
        }
        slot
    }

    /// A list or a map, which must be there; many servers write an empty one as `null`.
    #[inline]
    pub fn list<T>(&mut self, slot: &mut Option<T>, name: &'static str)
    where
        T: Deserialize<'de> + Default,
    {
        if self.takes(name, slot.is_some()) {
            *slot = self.value::<Option<T>>().map(Option::unwrap_or_default);
        }
    }

    /// A value; `null` is none.
    #[inline]
    pub fn optional<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>, name: &'static str) {
        if self.takes(name, slot.is_some()) {
            *slot = self.value().flatten();
            if slot.is_none() {
                self.nulls.push(name);
            }
        }
    }

    /// A value, which may be `null`.
    #[inline]
    pub fn optional_any<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>, name: &'static str) {
        self.required(slot, name);
    }

    /// `null` or a value.
    #[inline]
    pub fn nullable<T: Deserialize<'de>>(&mut self, slot: &mut Nullable<T>, name: &'static str) {
        if self.takes(name, !slot.is_absent()) {
            *slot = self.value().unwrap_or_default();
        }
    }

    /// A value; `null` is none.
    #[inline]
    pub fn read_only<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>, name: &'static str) {
        self.optional(slot, name);
    }

    /// `null` or a value.
    #[inline]
    pub fn read_only_nullable<T>(&mut self, slot: &mut Nullable<T>, name: &'static str)
    where
        T: Deserialize<'de>,
    {
        self.nullable(slot, name);
    }

    /// A value; `null` is none.
    #[inline]
    pub fn write_only<T: Deserialize<'de>>(&mut self, slot: &mut Option<T>, name: &'static str) {
        self.optional(slot, name);
    }
}

thread_local! {
    /// Whether a request body is being written on this thread.
    static WRITING_REQUEST: Cell<bool> = const { Cell::new(false) };
}

/// While it lives, read-only properties are left out on this thread.
///
/// Serialising has no other way to say what it is for; nothing suspends while it goes on.
#[derive(Debug)]
pub struct RequestScope {
    outer: bool,
}

impl RequestScope {
    /// Begins a request body.
    pub fn enter() -> Self {
        Self {
            outer: WRITING_REQUEST.replace(true),
        }
    }

    /// Whether a request body is being written on this thread.
    pub fn is_active() -> bool {
        WRITING_REQUEST.get()
    }
}

impl Drop for RequestScope {
    fn drop(&mut self) {
        WRITING_REQUEST.set(self.outer);
    }
}
