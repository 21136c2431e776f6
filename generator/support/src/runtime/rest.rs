//! Maps for the properties of an object that its table does not name.

use super::AdditionalProperties;
use super::members::Member;
use serde::Deserialize;
use serde::de::{Error, MapAccess};
use serde::ser::SerializeMap;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// A map that can hold the properties that no row names.
pub trait Rest: Default + Debug + PartialEq + 'static {
    /// Whether there are none.
    fn is_empty(&self) -> bool;

    /// Whether there is one of this name.
    fn contains(&self, name: &str) -> bool;

    /// Writes all properties but those `named` by a row.
    fn write<M: SerializeMap>(&self, map: &mut M, named: &[&str]) -> Result<(), M::Error>;

    /// Keeps a value that was read for the property `name`.
    fn keep<E: Error>(&mut self, name: String, value: Value) -> Result<(), E>;

    /// Reads the value of the property `name`.
    fn read<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error>;
}

/// What the second of two unknown properties with one name is answered with.
pub(super) const DUPLICATE_PROPERTY: &str = "duplicate property";

/// Fails where a property replaced another one of its name.
#[inline]
fn first<V, E: Error>(replaced: Option<V>) -> Result<(), E> {
    match replaced {
        Some(_) => Err(E::custom(DUPLICATE_PROPERTY)),
        None => Ok(()),
    }
}

impl Rest for AdditionalProperties {
    fn is_empty(&self) -> bool {
        (**self).is_empty()
    }

    fn contains(&self, name: &str) -> bool {
        self.contains_key(name)
    }

    fn keep<E: Error>(&mut self, name: String, value: Value) -> Result<(), E> {
        first(self.insert(name, value))
    }

    fn write<M: SerializeMap>(&self, map: &mut M, named: &[&str]) -> Result<(), M::Error> {
        for (name, value) in self {
            if !named.contains(&name.as_str()) {
                map.serialize_entry(name, value)?;
            }
        }
        Ok(())
    }

    fn read<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        first(self.insert(name, map.next_value()?))
    }
}

impl<T: Member + for<'de> Deserialize<'de>> Rest for BTreeMap<String, T> {
    fn is_empty(&self) -> bool {
        self.is_empty()
    }

    fn contains(&self, name: &str) -> bool {
        self.contains_key(name)
    }

    fn keep<E: Error>(&mut self, name: String, value: Value) -> Result<(), E> {
        first(self.insert(name, T::deserialize(value).map_err(E::custom)?))
    }

    #[inline]
    fn write<M: SerializeMap>(&self, map: &mut M, named: &[&str]) -> Result<(), M::Error> {
        for (name, value) in self {
            if !named.contains(&name.as_str()) {
                map.serialize_entry(name, value)?;
            }
        }
        Ok(())
    }

    #[inline]
    fn read<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error> {
        first(self.insert(name, map.next_value()?))
    }
}
