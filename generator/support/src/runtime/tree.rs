//! The value of a union, read once: decoded as often as needed without being copied.
//!
//! Unions stand inside unions, and a branch may turn out wrong only after all that is inside it was
//! decoded. Two things keep that from growing with every level: an inner union takes its part of
//! the tree over as it is, and notes there which branch it was, so that nothing is found out twice.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{IntoDeserializer, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};
use serde_json::{Map, Number, Value};
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fmt;
use std::rc::Rc;

/// The name by which a union asks for the tree itself.
pub(super) const TREE: &str = "$union";

thread_local! {
    /// The tree on its way to the union that has asked for it.
    static HANDED_OVER: Cell<Option<Tree>> = const { Cell::new(None) };
}

/// A JSON value that several may hold.
#[derive(Clone, Debug)]
pub struct Tree(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    node: Node,
    /// What unions have found out about this value.
    notes: RefCell<Vec<Note>>,
}

#[derive(Debug)]
enum Node {
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Array(Vec<Tree>),
    Object(BTreeMap<String, Tree>),
}

/// What one union has found out.
#[derive(Debug)]
struct Note {
    union: &'static str,
    state: State,
}

/// How far a union is with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is looking for the branch.
    Open,
    /// It is this branch; no branch at all, if there is none of this index.
    Decided(usize),
}

impl From<Value> for Tree {
    fn from(value: Value) -> Self {
        let node = match value {
            Value::Null => Node::Null,
            Value::Bool(value) => Node::Bool(value),
            Value::Number(number) => Node::Number(number),
            Value::String(text) => Node::String(text),
            Value::Array(items) => Node::Array(items.into_iter().map(Self::from).collect()),
            Value::Object(members) => {
                let members = members.into_iter();
                Node::Object(members.map(|(name, value)| (name, value.into())).collect())
            }
        };
        let notes = RefCell::default();
        Self(Rc::new(Inner { node, notes }))
    }
}

impl Tree {
    /// Reads a value, or takes it over from the union around it.
    ///
    /// # Errors
    ///
    /// The input is not a value at all.
    pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(TREE, TreeVisitor)
    }

    /// The value as it came.
    pub fn to_value(&self) -> Value {
        match &self.0.node {
            Node::Null => Value::Null,
            Node::Bool(value) => Value::Bool(*value),
            Node::Number(number) => Value::Number(number.clone()),
            Node::String(text) => Value::String(text.clone()),
            Node::Array(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            Node::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, value)| (name.clone(), value.to_value()));
                Value::Object(Map::from_iter(members))
            }
        }
    }

    /// The members, if it is an object.
    pub fn members(&self) -> Option<&BTreeMap<String, Self>> {
        match &self.0.node {
            Node::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub fn items(&self) -> Option<&[Self]> {
        match &self.0.node {
            Node::Array(items) => Some(items),
            _ => None,
        }
    }

    /// The text, if it is a string.
    pub fn text(&self) -> Option<&str> {
        match &self.0.node {
            Node::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, if it has no fraction: `1.0` is an integer in JSON.
    pub fn integer(&self) -> Option<i128> {
        match &self.0.node {
            Node::Number(number) => {
                let signed = number.as_i64().map(i128::from);
                let unsigned = || number.as_u64().map(i128::from);
                signed.or_else(unsigned).or_else(|| whole(number.as_f64()?))
            }
            _ => None,
        }
    }

    /// Whether it is a number that is written with a fraction, if only of zeros, or an exponent.
    pub fn is_float(&self) -> bool {
        matches!(&self.0.node, Node::Number(number) if number.is_f64())
    }

    /// Whether it is a number that an `f64` holds as it is.
    pub fn is_number(&self) -> bool {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_precision_loss,
            reason = "this is what is found out"
        )]
        let is_exact = |number: i128| (number as f64) as i128 == number;
        matches!(self.0.node, Node::Number(_)) && self.integer().is_none_or(is_exact)
    }

    /// Whether it is a boolean.
    pub fn is_boolean(&self) -> bool {
        matches!(self.0.node, Node::Bool(_))
    }

    /// Whether it is a string, a number or a boolean that is one of these as text.
    pub fn is_one_of(&self, values: &[&str]) -> bool {
        match &self.0.node {
            Node::String(text) => values.contains(&text.as_str()),
            Node::Bool(value) => values.contains(&if *value { "true" } else { "false" }),
            Node::Number(number) => {
                let is = |text: String| values.contains(&text.as_str());
                is(number.to_string())
                    || self.integer().is_some_and(|number| is(number.to_string()))
            }
            Node::Null | Node::Array(_) | Node::Object(_) => false,
        }
    }

    /// What a union has noted, and whether another one is looking at this very value.
    pub fn noted(&self, union: &str) -> (Option<State>, bool) {
        let notes = self.0.notes.borrow();
        let own = notes.iter().find(|note| note.union == union);
        let is_inner = notes
            .iter()
            .any(|note| note.union != union && note.state == State::Open);
        (own.map(|note| note.state), is_inner)
    }

    /// Notes how far a union is; nothing, if it is to begin again.
    pub fn note(&self, union: &'static str, state: Option<State>) {
        let mut notes = self.0.notes.borrow_mut();
        notes.retain(|note| note.union != union);
        notes.extend(state.map(|state| Note { union, state }));
    }
}

/// A number without a fraction, of those that an `f64` tells from their neighbours.
fn whole(number: f64) -> Option<i128> {
    const LIMIT: f64 = 9_007_199_254_740_992.0;
    #[allow(clippy::cast_possible_truncation, reason = "there is no fraction")]
    let whole = number as i128;
    (number.fract() == 0.0 && number.abs() < LIMIT).then_some(whole)
}

/// Takes a tree over, or builds it from whatever comes.
struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any valid JSON value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, input: D) -> Result<Tree, D::Error> {
        Value::deserialize(input).map(Tree::from)
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(HANDED_OVER.take().unwrap_or_else(|| Value::Null.into()))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Value::from(text).into())
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Value::from(value).into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Value::from(value).into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Value::from(value).into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
        Ok(Value::from(value).into())
    }
}

/// The value is not one of the type. Nobody reads why: the next branch is tried.
#[derive(Debug)]
pub struct Misfit;

impl fmt::Display for Misfit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the value is not one that its type accepts")
    }
}

impl std::error::Error for Misfit {}

impl serde::de::Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl IntoDeserializer<'_, Misfit> for &Tree {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Methods that read an integer, also where it is written as `1.0`.
macro_rules! integers {
    ($($method:ident)*) => { $(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            match self.integer().map(i64::try_from) {
                Some(Ok(integer)) => visitor.visit_i64(integer),
                _ => self.deserialize_any(visitor),
            }
        }
    )* };
}

impl<'de> Deserializer<'de> for &Tree {
    type Error = Misfit;

    integers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match &self.0.node {
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Number(number) => number.deserialize_any(visitor).map_err(|_| Misfit),
            Node::String(text) => visitor.visit_str(text),
            Node::Array(items) => {
                let mut items = SeqDeserializer::new(items.iter());
                let value = visitor.visit_seq(&mut items)?;
                items.end()?;
                Ok(value)
            }
            Node::Object(members) => {
                let members = members.iter().map(|(name, value)| (name.as_str(), value));
                let mut members = MapDeserializer::new(members);
                let value = visitor.visit_map(&mut members)?;
                members.end()?;
                Ok(value)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match &self.0.node {
            Node::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        if name != TREE {
            return visitor.visit_newtype_struct(self);
        }
        HANDED_OVER.set(Some(self.clone()));
        visitor.visit_unit()
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        let text = self.text().ok_or(Misfit)?;
        visitor.visit_enum(text.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}
