//! The members of an object, each as what it must be.

use indexmap::IndexMap;
use serde::Deserialize;
use serde::de::Error;
use serde_json::{Map, Value};

/// What a tree is, or why it is not that: `normalise` lets through nothing that could fail here.
pub(crate) type Held<T> = Result<T, serde_json::Error>;

/// An object of which the fields are asked for one by one. One that is null is absent.
#[derive(Clone, Copy)]
pub(super) struct Members<'v>(&'v Map<String, Value>);

impl<'v> Members<'v> {
    pub fn of(value: &'v Value) -> Held<Self> {
        value
            .as_object()
            .map(Self)
            .ok_or_else(|| unlike("an object"))
    }

    pub fn get(self, key: &str) -> Option<&'v Value> {
        self.0.get(key).filter(|value| !value.is_null())
    }

    pub fn required(self, key: &str) -> Held<&'v Value> {
        self.get(key)
            .ok_or_else(|| Error::custom(format_args!("there is no `{key}`")))
    }

    pub fn optional<T>(
        self,
        key: &str,
        read: impl FnOnce(&'v Value) -> Held<T>,
    ) -> Held<Option<T>> {
        self.get(key).map(read).transpose()
    }

    pub fn text(self, key: &str) -> Held<Option<String>> {
        self.optional(key, text)
    }

    pub fn flag(self, key: &str) -> Held<Option<bool>> {
        self.optional(key, flag)
    }

    pub fn list<T>(self, key: &str, item: impl Fn(&'v Value) -> Held<T>) -> Held<Vec<T>> {
        let items = self.optional(key, |value| list(value, item))?;
        Ok(items.unwrap_or_default())
    }

    pub fn map<T>(
        self,
        key: &str,
        member: impl Fn(&'v Value) -> Held<T>,
    ) -> Held<IndexMap<String, T>> {
        let members = self.optional(key, |value| map(value, member))?;
        Ok(members.unwrap_or_default())
    }

    /// A leaf that `openapiv3` reads itself.
    pub fn leaf<T: Deserialize<'v> + Default>(self, key: &str) -> Held<T> {
        let leaf = self.optional(key, T::deserialize)?;
        Ok(leaf.unwrap_or_default())
    }

    /// How many there are.
    pub fn len(self) -> usize {
        self.0.len()
    }

    /// The members of which the names begin with `x-`.
    pub fn extensions(self) -> IndexMap<String, Value> {
        self.named(|name| name.starts_with("x-"))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }

    /// The members of which the names are such.
    pub fn named(
        self,
        is_such: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = (&'v String, &'v Value)> {
        self.0.iter().filter(move |(name, _)| is_such(name))
    }
}

pub(super) fn text(value: &Value) -> Held<String> {
    let text = value.as_str().ok_or_else(|| unlike("a text"))?;
    Ok(text.to_owned())
}

pub(super) fn flag(value: &Value) -> Held<bool> {
    value.as_bool().ok_or_else(|| unlike("true or false"))
}

/// Schemas are large: there is room for as many as there are, and no more.
pub(super) fn list<'v, T>(value: &'v Value, item: impl Fn(&'v Value) -> Held<T>) -> Held<Vec<T>> {
    let items = value.as_array().ok_or_else(|| unlike("a list"))?;
    let mut read = Vec::with_capacity(items.len());
    for value in items {
        read.push(item(value)?);
    }
    Ok(read)
}

pub(super) fn map<'v, T>(
    value: &'v Value,
    member: impl Fn(&'v Value) -> Held<T>,
) -> Held<IndexMap<String, T>> {
    let members = value.as_object().ok_or_else(|| unlike("an object"))?;
    let mut read = IndexMap::with_capacity(members.len());
    for (name, value) in members {
        read.insert(name.clone(), member(value)?);
    }
    Ok(read)
}

/// An error about a value that is something else.
pub(super) fn unlike(expected: &str) -> serde_json::Error {
    Error::custom(format_args!("a value is not {expected}"))
}
