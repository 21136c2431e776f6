//! A form as types read it: what a text is, the type decides that asks for it.

use super::form::Node;
use super::tree::TREE;
use serde::de::value::{SeqDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Error as _, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};
use serde_json::{Error, Value};
use std::cell::RefCell;
use std::collections::btree_map;
use std::str::FromStr;

/// Reads a value of a form.
#[derive(Clone, Copy)]
pub(super) struct Reader<'f> {
    node: &'f Node,
    /// The names that lead to what failed, the innermost one first.
    failed: &'f RefCell<Vec<String>>,
    /// Whether no type asks, because a union takes everything: what looks like a number or a boolean is one.
    is_guessed: bool,
}

impl<'f> Reader<'f> {
    pub(super) const fn new(node: &'f Node, failed: &'f RefCell<Vec<String>>) -> Self {
        Self {
            node,
            failed,
            is_guessed: false,
        }
    }

    /// The same for a value inside of this one.
    const fn of(self, node: &'f Node) -> Self {
        Self { node, ..self }
    }

    fn text(self) -> Option<&'f str> {
        match self.node {
            Node::Text(text) => Some(text),
            Node::List(_) | Node::Object(_) => None,
        }
    }

    fn parsed<T: FromStr>(self) -> Option<T> {
        self.text()?.parse().ok()
    }

    fn json(self) -> Option<Node> {
        Node::of_json(self.text()?)
    }

    /// The number or the boolean that a text says, if nothing is lost.
    fn guessed(self) -> Option<Value> {
        let text = self.text().filter(|_| self.is_guessed)?;
        let value: Value = serde_json::from_str(text).ok()?;
        let is_one = value.is_number() || value.is_boolean();
        let written = value.to_string();
        (is_one && written == text).then_some(value)
    }

    fn list<'de, V: Visitor<'de>>(self, items: Vec<&Node>, visitor: V) -> Result<V::Value, Error> {
        let items = items.into_iter().map(|item| self.of(item));
        visitor.visit_seq(SeqDeserializer::new(items))
    }

    fn object<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let Node::Object(members) = self.node else {
            return self.deserialize_any(visitor);
        };
        visitor.visit_map(Members {
            members: members.iter(),
            next: None,
            reader: self,
        })
    }
}

macro_rules! parsed {
    ($($method:ident: $ty:ident => $visit:ident;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match self.parsed::<$ty>() {
                Some(value) => visitor.$visit(value),
                None => self.deserialize_any(visitor),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Some(value) = self.guessed() {
            return value.deserialize_any(visitor);
        }
        match (self.node, self.node.items()) {
            (Node::Text(text), _) => visitor.visit_str(text),
            (_, Some(items)) => self.list(items, visitor),
            (_, None) => self.object(visitor),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(Self {
            is_guessed: self.is_guessed || name == TREE,
            ..self
        })
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if let Some(json) = self.json() {
            return self.of(&json).deserialize_any(visitor);
        }
        // A name that comes once may be a list of one.
        let items = self.node.items().unwrap_or_else(|| vec![self.node]);
        self.list(items, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.json() {
            Some(json) => self.of(&json).object(visitor),
            None => self.object(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let text: StrDeserializer<'_, Error> = self.text().unwrap_or_default().into_deserializer();
        visitor.visit_enum(text)
    }

    parsed! {
        deserialize_bool: bool => visit_bool;
        deserialize_i8: i8 => visit_i8;
        deserialize_i16: i16 => visit_i16;
        deserialize_i32: i32 => visit_i32;
        deserialize_i64: i64 => visit_i64;
        deserialize_i128: i128 => visit_i128;
        deserialize_u8: u8 => visit_u8;
        deserialize_u16: u16 => visit_u16;
        deserialize_u32: u32 => visit_u32;
        deserialize_u64: u64 => visit_u64;
        deserialize_u128: u128 => visit_u128;
        deserialize_f32: f32 => visit_f32;
        deserialize_f64: f64 => visit_f64;
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

impl IntoDeserializer<'_, Error> for Reader<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// The members of an object, and which of them is wrong.
struct Members<'f> {
    members: btree_map::Iter<'f, String, Node>,
    next: Option<(&'f str, &'f Node)>,
    reader: Reader<'f>,
}

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let Some((name, node)) = self.members.next() else {
            return Ok(None);
        };
        self.next = Some((name, node));
        let name: StrDeserializer<'_, Error> = name.as_str().into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let Some((name, node)) = self.next.take() else {
            return Err(Error::custom("a value without a name"));
        };
        let value = seed.deserialize(self.reader.of(node));
        if value.is_err() {
            self.reader.failed.borrow_mut().push(name.to_owned());
        }
        value
    }
}
