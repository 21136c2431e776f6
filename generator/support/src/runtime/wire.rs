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

use super::constants::{self, Constant};
use super::members::{Members, Writer};
use super::reader::Reader;
use serde::de::{MapAccess, Visitor};
use serde::{Deserializer, Serializer};
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
/// `Name: Default` says that the type is that, which is less to compile: its fields are the slots.
///
/// Rows of constants come first: `"type" = Text("cat");` is a property that every object has with this
/// value, and that is no field. Another value goes to the `..rest` field, from where it is written
/// back; it is an error where there is none.
///
/// `Name with method` calls the method on what was read. `Debug` shows the properties that are
/// there, by their names on the wire.
macro_rules! object {
    ($object:ident $(: $default:ident)? $(with $complete:ident)? {
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
            $crate::runtime::constants::constants! { $($constant = $value($literal);)* }

            // An object without properties shows none.
            fn walk<'a, M: $crate::runtime::members::Members<'a>>(&'a self, _members: &mut M) {
                $(_members.$kind($name, &self.$field);)*
                $(_members.rest(&self.$rest, self);)?
            }

            fn read<'de, A: serde::de::MapAccess<'de>>(
                reader: &mut $crate::runtime::reader::Reader<'de, A>,
            ) -> Option<Self> {
                let object = $crate::runtime::wire::read! {
                    reader $(: $default)? { $($kind $field = $name;)* $(..$rest)? }
                };
                $(let object = object.$complete();)?
                Some(object)
            }
        }
    };
}
pub(crate) use object;

/// `object!` for a type that is a branch of a union: the names in its rows, those of constants first, are
/// there to compare a value with.
macro_rules! branch {
    ($object:ident $(: $default:ident)? $(with $complete:ident)? {
        $($constant:literal = $value:ident($literal:expr);)*
        $($kind:ident $field:ident = $name:literal;)*
        $(..$rest:ident)?
    }) => {
        $crate::runtime::wire::object! { $object $(: $default)? $(with $complete)? {
            $($constant = $value($literal);)*
            $($kind $field = $name;)*
            $(..$rest)?
        } }

        impl $crate::runtime::wire::Named for $object {
            const NAMES: &'static [&'static str] = &[$($constant,)* $($name),*];
        }
    };
}
pub(crate) use branch;

/// Reads the properties of an object: where it is `Default`, one after the other into the object, else each
/// into a slot of its own.
macro_rules! read {
    ($reader:ident: Default {
        $($kind:ident $field:ident = $name:literal;)*
        $(..$rest:ident)?
    }) => {{
        let mut object = <Self as Default>::default();
        while $reader.advance() {
            $($reader.$kind(&mut object.$field, $name);)*
            $($reader.rest(&mut object.$rest);)?
        }
        object
    }};
    ($reader:ident {
        $($kind:ident $field:ident = $name:literal;)*
        $(..$rest:ident)?
    }) => {{
        $(let mut $field = $crate::runtime::wire::slot!($kind);)*
        $(let mut $rest = Default::default();)?
        while $reader.advance() {
            $($reader.$kind(&mut $field, $name);)*
            $($reader.rest(&mut $rest);)?
        }
        Self {
            $($field: $crate::runtime::wire::filled!($kind $field),)*
            $($rest,)?
        }
    }};
}
pub(crate) use read;

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

/// The field's value: what is in its slot, or the end of reading where it must not be empty, of which the
/// reader then knows.
macro_rules! filled {
    (required $field:ident) => {
        match $field {
            Some(value) => value,
            None => return None,
        }
    };
    (list $field:ident) => {
        $crate::runtime::wire::filled!(required $field)
    };
    ($kind:ident $field:ident) => {
        $field
    };
}
pub(crate) use filled;

/// A struct with a table.
pub trait Object: Sized {
    /// The properties that every object of the type has, and that are no fields.
    const CONSTANTS: &'static [Constant] = &[];

    /// Shows the properties in the order of the rows.
    fn walk<'a, M: Members<'a>>(&'a self, members: &mut M);

    /// Reads the properties in whatever order they come; `None` only after an error.
    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self>;
}

/// A struct with a table, of which unions know the names.
pub trait Named: Object {
    /// The names in its rows, those of constants first.
    const NAMES: &'static [&'static str];
}

/// The part of `Serialize` that all objects share.
#[inline]
pub fn serialize<T: Object, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer::new(serializer.serialize_map(None)?);
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
        let mut reader = Reader::new(map, T::CONSTANTS);
        let object = T::read(&mut reader);
        reader.end(object)
    }
}
