//! Properties that the document does not name.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};
use std::fmt;
use std::ops::{Deref, DerefMut};
use std::sync::LazyLock;

/// What [`AdditionalProperties`] without content refers to.
static EMPTY: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

/// The properties of an object that the document does not name: kept, and sent back unchanged.
///
/// It derefs to a JSON map, and is one pointer wide while there are none. `Debug` shows the
/// names only, since nothing is known of the values, and one of them may be a secret.
#[derive(Clone, Default)]
pub struct AdditionalProperties {
    map: Option<Box<Map<String, Value>>>,
}

impl AdditionalProperties {
    /// No properties.
    #[inline]
    pub const fn new() -> Self {
        Self { map: None }
    }

    /// The properties as a JSON map.
    pub fn into_map(self) -> Map<String, Value> {
        self.map.map(|map| *map).unwrap_or_default()
    }
}

impl Deref for AdditionalProperties {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        self.map.as_deref().unwrap_or(&EMPTY)
    }
}

impl DerefMut for AdditionalProperties {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.map.get_or_insert_default()
    }
}

impl fmt::Debug for AdditionalProperties {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_set().entries(self.keys()).finish()
    }
}

impl PartialEq for AdditionalProperties {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for AdditionalProperties {}

impl From<Map<String, Value>> for AdditionalProperties {
    fn from(map: Map<String, Value>) -> Self {
        if map.is_empty() {
            return Self::new();
        }
        Self {
            map: Some(Box::new(map)),
        }
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for AdditionalProperties {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(properties: I) -> Self {
        let properties = properties.into_iter();
        Self::from(Map::from_iter(
            properties.map(|(name, value)| (name.into(), value.into())),
        ))
    }
}

impl<K: Into<String>, V: Into<Value>> Extend<(K, V)> for AdditionalProperties {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, properties: I) {
        for (name, value) in properties {
            self.insert(name.into(), value.into());
        }
    }
}

impl<K: Into<String>, V: Into<Value>, const N: usize> From<[(K, V); N]> for AdditionalProperties {
    fn from(properties: [(K, V); N]) -> Self {
        Self::from_iter(properties)
    }
}

impl IntoIterator for AdditionalProperties {
    type Item = (String, Value);
    type IntoIter = serde_json::map::IntoIter;

    fn into_iter(self) -> Self::IntoIter {
        self.into_map().into_iter()
    }
}

impl<'a> IntoIterator for &'a AdditionalProperties {
    type Item = (&'a String, &'a Value);
    type IntoIter = serde_json::map::Iter<'a>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Serialize for AdditionalProperties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (**self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AdditionalProperties {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self::from)
    }
}
