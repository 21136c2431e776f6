//! Reads the properties of an object, in whatever order they come: a method for each kind of row.

use super::Nullable;
use super::constants::{Constant, Expected};
use super::key::Key;
use super::rest::Rest;
use serde::Deserialize;
use serde::de::{Error, IgnoredAny, MapAccess};
use serde_json::Value;

/// Reads properties, up to the first error.
#[derive(Debug)]
pub struct Reader<'de, A: MapAccess<'de>> {
    map: A,
    /// The name of the property whose value comes next, until a row claims it.
    key: Option<Key<'de>>,
    /// Whether there are no more properties: the rows are shown that, once, and say what is missing.
    is_at_end: bool,
    /// The constants, and which of them were there.
    constants: Expected,
    /// What a constant was instead of its value, until the `..rest` field takes it.
    unexpected: Option<Value>,
    /// The properties that were `null` and left their slots empty.
    nulls: Vec<&'static str>,
    error: Option<A::Error>,
}

impl<'de, A: MapAccess<'de>> Reader<'de, A> {
    /// Nothing was read yet.
    #[inline]
    pub const fn new(map: A, constants: &'static [Constant]) -> Self {
        Self {
            map,
            key: None,
            is_at_end: false,
            constants: Expected::new(constants),
            unexpected: None,
            nulls: Vec::new(),
            error: None,
        }
    }

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

    /// Goes on to the next property, and last to the end; `false` then, and after an error.
    ///
    /// The value of a property that no row has claimed is skipped.
    #[inline]
    pub fn advance(&mut self) -> bool {
        if let Some(key) = self.key.take() {
            self.skip(&key);
        }
        while self.error.is_none() && !self.is_at_end {
            let key = self.map.next_key();
            self.key = self.keep(key).flatten();
            let Some(key) = &self.key else {
                self.is_at_end = true;
                return self.error.is_none();
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

    /// What was read, or the first error; one is that a constant was not there.
    pub fn end<T>(self, object: Option<T>) -> Result<T, A::Error> {
        match (self.error, self.constants.missing(), object) {
            (Some(error), ..) => Err(error),
            (None, Some(missing), _) => Err(A::Error::missing_field(missing)),
            (None, None, Some(object)) => Ok(object),
            (None, None, None) => Err(A::Error::custom("the object cannot be read")),
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
        self.demand(slot.is_some(), name);
    }

    /// At the end, a value that must be there is missing where its slot is empty.
    #[inline]
    fn demand(&mut self, is_full: bool, name: &'static str) {
        if self.is_at_end && !is_full && self.error.is_none() {
            self.error = Some(A::Error::missing_field(name));
        }
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
        self.demand(slot.is_some(), name);
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
        if self.takes(name, slot.is_some()) {
            *slot = self.value();
        }
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
