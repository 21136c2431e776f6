//! The JSON form of a struct as one table, `object!`, instead of derived code.
//!
//! A row is `kind field = "name";`. The kind is a method of [`Writer`] and of [`Reader`], and says
//! how a missing property, `null` and a value are told apart. A property that comes twice is an
//! error; one that no row names goes to the `..rest` field, or is skipped when there is none.
//!
//! Both keep the first error to themselves instead of returning it: a table then is a straight
//! line of calls without a branch per row, which halves what it costs to compile.

use super::Nullable;
use super::key::Key;
use super::rest::Rest;
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

/// `Serialize` and `Deserialize` for a struct of named fields.
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
/// `Name with method` calls the method on what was read.
macro_rules! object {
    ($object:ident $(with $complete:ident)? {
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

        impl $crate::runtime::wire::Object for $object {
            const NAMES: &'static [&'static str] = &[$($name),*];

            #[allow(unused_variables, reason = "an object without properties")]
            fn write<M: serde::ser::SerializeMap>(
                &self,
                writer: &mut $crate::runtime::wire::Writer<M>,
            ) {
                $(writer.$kind($name, &self.$field);)*
                $(writer.rest(&self.$rest, Self::NAMES);)?
            }

            #[allow(irrefutable_let_patterns, reason = "an object without properties")]
            fn read<'de, A: serde::de::MapAccess<'de>>(
                reader: &mut $crate::runtime::wire::Reader<'de, A>,
            ) -> Option<Self> {
                $(let mut $field = None;)*
                $(let mut $rest = Default::default();)?
                while reader.advance() {
                    $(reader.read(&mut $field, $name);)*
                    $(reader.rest(&mut $rest);)?
                }
                if let ($(Some($field),)*) = ($(reader.$kind($field, $name),)*) {
                    let object = Self { $($field,)* $($rest,)? };
                    $(let object = object.$complete();)?
                    Some(object)
                } else {
                    None
                }
            }
        }
    };
}
pub(crate) use object;

/// A struct with a table.
pub trait Object: Sized {
    /// The names in its rows.
    const NAMES: &'static [&'static str];

    /// Writes the properties in the order of the rows.
    fn write<M: SerializeMap>(&self, writer: &mut Writer<M>);

    /// Reads the properties in whatever order they come; `None` only after an error.
    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self>;
}

/// The part of `Serialize` that all objects share.
#[inline]
pub fn serialize<T: Object, S: Serializer>(object: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut writer = Writer {
        map: serializer.serialize_map(None)?,
        error: None,
    };
    object.write(&mut writer);
    match writer.error {
        Some(error) => Err(error),
        None => writer.map.end(),
    }
}

/// Writes properties, up to the first error.
#[derive(Debug)]
pub struct Writer<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Writer<M> {
    /// Writes the value.
    #[inline]
    pub fn required<T: Serialize>(&mut self, name: &'static str, value: &T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }

    /// Writes the list or the map.
    #[inline]
    pub fn list<T: Serialize>(&mut self, name: &'static str, value: &T) {
        self.required(name, value);
    }

    /// Writes the value, if there is one.
    #[inline]
    pub fn optional<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(name, value);
        }
    }

    /// Writes the value, if there is one; it may write itself as `null`.
    #[inline]
    pub fn optional_any<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.optional(name, value);
    }

    /// Writes `null` or the value; nothing when absent.
    #[inline]
    pub fn nullable<T: Serialize>(&mut self, name: &'static str, value: &Nullable<T>) {
        if !value.is_absent() {
            self.required(name, value);
        }
    }

    /// Writes the value, if there is one, unless a request body is being written.
    #[inline]
    pub fn read_only<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if !RequestScope::is_active() {
            self.optional(name, value);
        }
    }

    /// Writes `null` or the value, unless a request body is being written.
    #[inline]
    pub fn read_only_nullable<T: Serialize>(&mut self, name: &'static str, value: &Nullable<T>) {
        if !RequestScope::is_active() {
            self.nullable(name, value);
        }
    }

    /// Writes the value, if there is one.
    #[inline]
    pub fn write_only<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        self.optional(name, value);
    }

    /// Writes the properties that no row names.
    #[inline]
    pub fn rest<R: Rest>(&mut self, rest: &R, named: &[&str]) {
        if self.error.is_none() {
            self.error = rest.write(&mut self.map, named).err();
        }
    }
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
            error: None,
        };
        let object = T::read(&mut reader);
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
        if self.key.take().is_some() {
            let skipped = self.map.next_value::<IgnoredAny>();
            self.keep(skipped);
        }
        if self.error.is_some() {
            return false;
        }
        let key = self.map.next_key();
        self.key = self.keep(key).flatten();
        self.key.is_some()
    }

    /// Reads the property into its slot if it is the one of this name; the slot's type says what
    /// `null` means.
    #[inline]
    pub fn read<V: Deserialize<'de>>(&mut self, slot: &mut Option<V>, name: &'static str) {
        if self.key.as_ref().is_none_or(|key| key.as_str() != name) {
            return;
        }
        self.key = None;
        if slot.is_some() {
            self.error = Some(A::Error::duplicate_field(name));
        } else {
            let value = self.map.next_value();
            *slot = self.keep(value);
        }
    }

    /// Reads a property that no row has claimed.
    #[inline]
    pub fn rest<R: Rest>(&mut self, rest: &mut R) {
        if let Some(key) = self.key.take() {
            let result = rest.read(key.into_string(), &mut self.map);
            self.keep(result);
        }
    }

    /// The value, which must be there.
    #[inline]
    pub fn required<T>(&mut self, slot: Option<T>, name: &'static str) -> Option<T> {
        if slot.is_none() && self.error.is_none() {
            self.error = Some(A::Error::missing_field(name));
        }
        slot
    }

    /// The list or the map, which must be there; many servers write an empty one as `null`.
    #[inline]
    pub fn list<T: Default>(&mut self, slot: Option<Option<T>>, name: &'static str) -> Option<T> {
        self.required(slot, name).map(Option::unwrap_or_default)
    }

    /// The value, if there was one that was not `null`.
    #[inline]
    pub fn optional<T>(&mut self, slot: Option<Option<T>>, _: &'static str) -> Option<Option<T>> {
        Some(slot.flatten())
    }

    /// The value, if the property was there.
    #[inline]
    pub fn optional_any<T>(&mut self, slot: Option<T>, _: &'static str) -> Option<Option<T>> {
        Some(slot)
    }

    /// `null` or the value, if the property was there.
    #[inline]
    pub fn nullable<T>(
        &mut self,
        slot: Option<Nullable<T>>,
        _: &'static str,
    ) -> Option<Nullable<T>> {
        Some(slot.unwrap_or_default())
    }

    /// The value, if there was one that was not `null`.
    #[inline]
    pub fn read_only<T>(&mut self, slot: Option<Option<T>>, _: &'static str) -> Option<Option<T>> {
        Some(slot.flatten())
    }

    /// `null` or the value, if the property was there.
    #[inline]
    pub fn read_only_nullable<T>(
        &mut self,
        slot: Option<Nullable<T>>,
        _: &'static str,
    ) -> Option<Nullable<T>> {
        Some(slot.unwrap_or_default())
    }

    /// The value, if there was one that was not `null`.
    #[inline]
    pub fn write_only<T>(&mut self, slot: Option<Option<T>>, _: &'static str) -> Option<Option<T>> {
        Some(slot.flatten())
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
