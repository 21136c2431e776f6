//! The JSON form of a struct as one table, `object!`, instead of derived code.
//!
//! A row is `kind field = "name";`. The kind is the name of a module below and says how a missing
//! property, `null` and a value are told apart. A property that comes twice is an error; one that
//! no row names goes to the `..rest` field, or is skipped when there is none.

use super::AdditionalProperties;
use serde::de::{Error, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize};
use std::borrow::Cow;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// `Serialize` and `Deserialize` for a struct of named fields.
macro_rules! object {
    ($object:ident {
        $($kind:ident $field:ident = $name:literal;)*
        $(..$rest:ident)?
    }) => {
        impl serde::Serialize for $object {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                #[allow(unused_mut, reason = "an object without properties")]
                let mut map = serde::Serializer::serialize_map(serializer, None)?;
                $($crate::runtime::wire::$kind::write(&mut map, $name, &self.$field)?;)*
                $($crate::runtime::wire::rest::write::<Self, _, _>(&mut map, &self.$rest)?;)?
                serde::ser::SerializeMap::end(map)
            }
        }

        impl<'de> serde::Deserialize<'de> for $object {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::runtime::wire::deserialize_object(deserializer)
            }
        }

        impl $crate::runtime::wire::Object for $object {
            const PROPERTIES: &'static [(&'static str, bool)] =
                &[$(($name, $crate::runtime::wire::$kind::REQUIRED)),*];
            const CLOSED: bool = {
                const REST: &[&str] = &[$(stringify!($rest))?];
                REST.is_empty()
            };

            fn read<'de, A: serde::de::MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
                $(let mut $field = None;)*
                $(let mut $rest = Default::default();)?
                while let Some(key) = $crate::runtime::wire::next_key(&mut map)? {
                    match key.as_str() {
                        $($name => $crate::runtime::wire::read(&mut $field, $name, &mut map),)*
                        $(_ if $crate::runtime::wire::rest::KEPT => {
                            $crate::runtime::wire::rest::read(&mut $rest, key, &mut map)
                        })?
                        _ => $crate::runtime::wire::skip(&mut map),
                    }?;
                }
                Ok(Self {
                    $($field: $crate::runtime::wire::$kind::finish($field, $name)?,)*
                    $($rest,)?
                })
            }
        }
    };
}
pub(crate) use object;

/// A struct whose table `object!` has read: the part of `Deserialize` that is its own.
pub trait Object: Sized {
    /// The names in its rows, and whether each must be there.
    const PROPERTIES: &'static [(&'static str, bool)];
    /// Whether the document allows no other properties.
    const CLOSED: bool;

    /// Reads the properties in whatever order they come.
    fn read<'de, A: MapAccess<'de>>(map: A) -> Result<Self, A::Error>;
}

/// The part of `Deserialize` that all objects share.
#[inline]
pub fn deserialize_object<'de, T: Object, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
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
        T::read(map)
    }
}

/// The name of a property, or the text of a string enum: borrowed from the input where possible.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key<'de>(Cow<'de, str>);

impl Key<'_> {
    /// The text.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text as a string of its own.
    #[inline]
    pub fn into_string(self) -> String {
        self.0.into_owned()
    }
}

impl<'de> Deserialize<'de> for Key<'de> {
    #[inline]
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

/// Accepts a string in whichever form the input has it.
struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(value)))
    }

    #[inline]
    fn visit_str<E: Error>(self, value: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(value.to_owned())))
    }

    #[inline]
    fn visit_string<E: Error>(self, value: String) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(value)))
    }
}

/// The next property's name.
#[inline]
pub fn next_key<'de, A: MapAccess<'de>>(map: &mut A) -> Result<Option<Key<'de>>, A::Error> {
    map.next_key()
}

/// Reads a named property into its slot; the slot's type says what `null` means.
#[inline]
pub fn read<'de, V: Deserialize<'de>, A: MapAccess<'de>>(
    slot: &mut Option<V>,
    name: &'static str,
    map: &mut A,
) -> Result<(), A::Error> {
    if slot.is_some() {
        return Err(A::Error::duplicate_field(name));
    }
    *slot = Some(map.next_value()?);
    Ok(())
}

/// Skips the value of a property that nobody asked for.
#[inline]
pub fn skip<'de, A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<serde::de::IgnoredAny>()?;
    Ok(())
}

/// `T`: it must be there. `null` is for `T` to judge, so `Option<U>` is required and nullable.
pub mod required {
    use super::{Error, Serialize, SerializeMap};

    /// Whether the property must be there.
    pub const REQUIRED: bool = true;

    /// Writes the value.
    #[inline]
    pub fn write<M: SerializeMap, T: Serialize>(
        map: &mut M,
        name: &'static str,
        value: &T,
    ) -> Result<(), M::Error> {
        map.serialize_entry(name, value)
    }

    /// The value, or an error that names the missing property.
    #[inline]
    pub fn finish<T, E: Error>(slot: Option<T>, name: &'static str) -> Result<T, E> {
        match slot {
            Some(value) => Ok(value),
            None => Err(E::missing_field(name)),
        }
    }
}

/// `Option<T>`: left out when `None`, and `null` is read as left out.
pub mod optional {
    use super::{Error, Serialize, SerializeMap};

    /// Whether the property must be there.
    pub const REQUIRED: bool = false;

    /// Writes the value, if there is one.
    #[inline]
    pub fn write<M: SerializeMap, T: Serialize>(
        map: &mut M,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        match value {
            Some(value) => map.serialize_entry(name, value),
            None => Ok(()),
        }
    }

    /// The value, if there was one that was not `null`.
    #[inline]
    pub fn finish<T, E: Error>(
        slot: Option<Option<T>>,
        _name: &'static str,
    ) -> Result<Option<T>, E> {
        Ok(slot.flatten())
    }
}

/// `Option<T>` where `T` can be `null` itself, so `null` is `Some`.
pub mod optional_any {
    use super::Error;
    pub use super::optional::write;

    /// Whether the property must be there.
    pub const REQUIRED: bool = false;

    /// The value, if the property was there.
    #[inline]
    pub fn finish<T, E: Error>(slot: Option<T>, _name: &'static str) -> Result<Option<T>, E> {
        Ok(slot)
    }
}

/// `Nullable<T>`: absent, `null` and a value are three things.
pub mod nullable {
    use super::super::Nullable;
    use super::{Error, Serialize, SerializeMap};

    /// Whether the property must be there.
    pub const REQUIRED: bool = false;

    /// Writes `null` or the value; nothing when absent.
    #[inline]
    pub fn write<M: SerializeMap, T: Serialize>(
        map: &mut M,
        name: &'static str,
        value: &Nullable<T>,
    ) -> Result<(), M::Error> {
        match value {
            Nullable::Absent => Ok(()),
            Nullable::Null | Nullable::Value(_) => map.serialize_entry(name, value),
        }
    }

    /// What was read; absent when nothing was.
    #[inline]
    pub fn finish<T, E: Error>(
        slot: Option<Nullable<T>>,
        _name: &'static str,
    ) -> Result<Nullable<T>, E> {
        Ok(slot.unwrap_or_default())
    }
}

/// `Option<T>` that only the server sets: as [`optional`], but never part of a request body.
pub mod read_only {
    pub use super::optional::finish;
    use super::{Serialize, SerializeMap};

    /// Whether the property must be there.
    pub const REQUIRED: bool = false;

    /// Writes the value, unless a request body is being written.
    #[inline]
    pub fn write<M: SerializeMap, T: Serialize>(
        map: &mut M,
        name: &'static str,
        value: &Option<T>,
    ) -> Result<(), M::Error> {
        if super::RequestScope::is_active() {
            return Ok(());
        }
        super::optional::write(map, name, value)
    }
}

/// `Nullable<T>` that only the server sets: as [`nullable`], but never part of a request body.
pub mod read_only_nullable {
    use super::super::Nullable;
    pub use super::nullable::finish;
    use super::{Serialize, SerializeMap};

    /// Whether the property must be there.
    pub const REQUIRED: bool = false;

    /// Writes the value, unless a request body is being written.
    #[inline]
    pub fn write<M: SerializeMap, T: Serialize>(
        map: &mut M,
        name: &'static str,
        value: &Nullable<T>,
    ) -> Result<(), M::Error> {
        if super::RequestScope::is_active() {
            return Ok(());
        }
        super::nullable::write(map, name, value)
    }
}

/// `Option<T>` that only the client sets: as [`optional`].
pub mod write_only {
    pub use super::optional::{finish, write};

    /// Whether the property must be there.
    pub const REQUIRED: bool = false;
}

/// The field for properties that no row names.
pub mod rest {
    use super::{Key, MapAccess, Object, Rest, SerializeMap};

    /// Unknown properties are kept, not skipped.
    pub const KEPT: bool = true;

    /// Writes the properties, but none that a row has written already.
    #[inline]
    pub fn write<T: Object, M: SerializeMap, R: Rest>(
        map: &mut M,
        rest: &R,
    ) -> Result<(), M::Error> {
        rest.write(map, T::PROPERTIES)
    }

    /// Reads one property.
    #[inline]
    pub fn read<'de, R: Rest, A: MapAccess<'de>>(
        rest: &mut R,
        key: Key<'de>,
        map: &mut A,
    ) -> Result<(), A::Error> {
        rest.read(key.into_string(), map)
    }
}

/// A map that can hold the properties that no row names.
pub trait Rest: Default {
    /// Writes all properties but those `named` by a row.
    fn write<M: SerializeMap>(&self, map: &mut M, named: &[(&str, bool)]) -> Result<(), M::Error>;

    /// Reads the value of the property `name`.
    fn read<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error>;
}

/// What the second of two unknown properties with one name is answered with.
pub(super) const DUPLICATE_PROPERTY: &str = "duplicate property";

impl Rest for AdditionalProperties {
    fn write<M: SerializeMap>(&self, map: &mut M, named: &[(&str, bool)]) -> Result<(), M::Error> {
        for (name, value) in self {
            if !named.iter().any(|(known, _)| known == name) {
                map.serialize_entry(name, value)?;
            }
        }
        Ok(())
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        match self.insert(name, map.next_value()?) {
            Some(_) => Err(A::Error::custom(DUPLICATE_PROPERTY)),
            None => Ok(()),
        }
    }
}

impl<T: Serialize + for<'de> Deserialize<'de>> Rest for BTreeMap<String, T> {
    #[inline]
    fn write<M: SerializeMap>(&self, map: &mut M, named: &[(&str, bool)]) -> Result<(), M::Error> {
        for (name, value) in self {
            if !named.iter().any(|(known, _)| known == name) {
                map.serialize_entry(name, value)?;
            }
        }
        Ok(())
    }

    #[inline]
    fn read<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        match self.insert(name, map.next_value()?) {
            Some(_) => Err(A::Error::custom(DUPLICATE_PROPERTY)),
            None => Ok(()),
        }
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
