//! Maps for the properties of an object that its table does not name.

use super::AdditionalProperties;
use super::members::Member;
use serde::Deserialize;
use serde::de::{Error, MapAccess};
use serde::ser::SerializeMap;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// A map that can hold the properties that no row names.
pub trait Rest: Default + Debug + PartialEq + 'static {
    /// Whether there are none.
    fn is_empty(&self) -> bool;

    /// Writes all properties but those `named` by a row.
    fn write<M: SerializeMap>(&self, map: &mut M, named: &[&str]) -> Result<(), M::Error>;

    /// Reads the value of the property `name`.
    fn read<'de, A: MapAccess<'de>>(&mut self, name: String, map: &mut A) -> Result<(), A::Error>;
}

/// What the second of two unknown properties with one name is answered with.
pub(super) const DUPLICATE_PROPERTY: &str = "duplicate property";

impl Rest for AdditionalProperties {
    fn is_empty(&self) -> bool {
        (**self).is_empty()
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
        match self.insert(name, map.next_value()?) {
            Some(_) => Err(A::Error::custom(DUPLICATE_PROPERTY)),
            None => Ok(()),
        }
    }
}

impl<T: Member + for<'de> Deserialize<'de>> Rest for BTreeMap<String, T> {
    fn is_empty(&self) -> bool {
        self.is_empty()
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
        match self.insert(name, map.next_value()?) {
            Some(_) => Err(A::Error::custom(DUPLICATE_PROPERTY)),
            None => Ok(()),
        }
    }
}
