//! One visitor that builds the value tree from JSON and YAML alike.
//!
//! It evens out what the two syntaxes do not share: keys that are no strings, merge keys, tags,
//! integers beyond 64 bits, numbers that are none. It also bounds how much a text may expand to,
//! since a few YAML aliases can ask for more memory than there is.

use super::trail::Trail;
use crate::diagnostic::{Code, Diagnostics, Place};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};
use std::cell::{Cell, RefCell};
use std::fmt;

/// What any text may expand to, in units of about a byte.
const MOST: usize = 256 << 20;

/// What aliases may add to a text.
const ALLOWANCE: usize = 32 << 20;

/// What a node costs besides its text.
const NODE: usize = 16;

/// Problems of one text that are worth listing; a text with more is not helped by a longer list.
const MOST_FINDINGS: usize = 1000;

/// What holds for the whole of one text while its tree is built.
pub(super) struct Reader {
    merge_keys: bool,
    budget: Cell<usize>,
    findings: RefCell<Diagnostics>,
    /// The members of all mappings that are being read, so that each gets as much room as it has members:
    /// most have one to three, and would get room for four.
    members: RefCell<Vec<(String, Value)>>,
}

impl Reader {
    /// A reader of JSON, where `<<` is a key like any other.
    pub(super) fn json(text: &str) -> Self {
        Self::new(text, false)
    }

    /// A reader of YAML.
    pub(super) fn yaml(text: &str) -> Self {
        Self::new(text, true)
    }

    fn new(text: &str, merge_keys: bool) -> Self {
        // The densest text, `[0,0,…]`, has a node for every two bytes.
        let budget = text
            .len()
            .saturating_mul(NODE)
            .saturating_add(ALLOWANCE)
            .min(MOST);
        Self {
            merge_keys,
            budget: Cell::new(budget),
            findings: RefCell::new(Diagnostics::new()),
            members: RefCell::default(),
        }
    }

    /// Builds the tree of one text.
    pub(super) fn read<'de, D: Deserializer<'de>>(
        &self,
        file: usize,
        deserializer: D,
    ) -> Result<Value, D::Error> {
        let trail = Trail::Root(file);
        Node {
            reader: self,
            trail: &trail,
        }
        .deserialize(deserializer)
    }

    /// Whether reading stopped because the text expands to more than can be held.
    pub(super) fn is_exhausted(&self) -> bool {
        self.budget.get() == 0
    }

    /// The problems that did not stop the reading.
    pub(super) fn into_findings(self) -> Diagnostics {
        self.findings.into_inner()
    }

    fn spend<E: Error>(&self, bytes: usize) -> Result<(), E> {
        let left = self.budget.get().saturating_sub(bytes.saturating_add(NODE));
        self.budget.set(left);
        if left == 0 {
            Err(E::custom("the document expands to too much"))
        } else {
            Ok(())
        }
    }

    fn duplicate(&self, trail: &Trail<'_>) {
        let mut findings = self.findings.borrow_mut();
        if findings.as_slice().len() < MOST_FINDINGS {
            let message = format!("the key {} stands twice in one mapping", trail.subject());
            findings
                .report(Code::DuplicateKey, Place::Key(trail.pointer()), message)
                .label("this one counts")
                .related(Place::FirstKey(trail.pointer()), "the first one")
                .help("the last one counts; remove the others");
        }
    }

    fn not_a_number(&self, trail: &Trail<'_>) {
        let mut findings = self.findings.borrow_mut();
        if findings.as_slice().len() < MOST_FINDINGS {
            let message = format!("{} is not a number that JSON can hold", trail.subject());
            findings
                .report(Code::Malformed, trail.pointer(), message)
                .label("not a finite number")
                .help("it was read as null");
        }
    }
}

/// The node at a place, still to be read.
#[derive(Clone, Copy)]
struct Node<'r> {
    reader: &'r Reader,
    trail: &'r Trail<'r>,
}

impl Node<'_> {
    fn text<E: Error>(self, text: String) -> Result<Value, E> {
        self.reader.spend(text.len())?;
        Ok(Value::String(text))
    }

    fn scalar<E: Error>(self, value: Value) -> Result<Value, E> {
        self.reader.spend(0)?;
        Ok(value)
    }

    /// The mapping of all members from there on.
    fn map(self, start: usize) -> Map<String, Value> {
        let mut members = self.reader.members.borrow_mut();
        let members = members.drain(start..);
        let mut map = Map::with_capacity(members.len());
        for (key, value) in members {
            match map.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(value);
                }
                Entry::Occupied(mut entry) => {
                    self.reader.duplicate(&Trail::Key(self.trail, entry.key()));
                    entry.insert(value);
                }
            }
        }
        map
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.scalar(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.scalar(Value::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.scalar(Value::Number(value.into()))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "beyond 64 bits only the magnitude is kept"
    )]
    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "beyond 64 bits only the magnitude is kept"
    )]
    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        if let Some(number) = Number::from_f64(value) {
            return self.scalar(Value::Number(number));
        }
        self.reader.not_a_number(self.trail);
        self.scalar(Value::Null)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.text(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.text(value)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.scalar(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.scalar(Value::Null)
    }

    /// A value with a YAML tag: the tag says nothing that an API document can mean.
    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        let (_tag, variant) = access.variant_seed(Key)?;
        variant.newtype_variant_seed(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.reader.spend(0)?;
        let mut items = Vec::new();
        loop {
            let trail = Trail::Index(self.trail, items.len());
            match access.next_element_seed(Node {
                reader: self.reader,
                trail: &trail,
            })? {
                Some(item) => items.push(item),
                None => break,
            }
        }
        items.shrink_to_fit();
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        self.reader.spend(0)?;
        let start = self.reader.members.borrow().len();
        let mut merged = Vec::new();
        while let Some(key) = access.next_key_seed(Key)? {
            self.reader.spend(key.len())?;
            let trail = Trail::Key(self.trail, &key);
            let value = access.next_value_seed(Node {
                reader: self.reader,
                trail: &trail,
            })?;
            if self.reader.merge_keys && key == "<<" && is_mergeable(&value) {
                merged.push(value);
                continue;
            }
            self.reader.members.borrow_mut().push((key, value));
        }
        let mut map = self.map(start);
        for value in merged {
            merge(&mut map, value);
        }
        Ok(Value::Object(map))
    }
}

/// Whether a value may stand at a merge key (<https://yaml.org/type/merge.html>).
fn is_mergeable(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(items) => items.iter().all(Value::is_object),
        _ => false,
    }
}

/// Adds the members of merged mappings; a key of the mapping itself, or of an earlier one, wins.
fn merge(map: &mut Map<String, Value>, value: Value) {
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                map.entry(key).or_insert(value);
            }
        }
        Value::Array(items) => {
            for item in items {
                merge(map, item);
            }
        }
        _ => {}
    }
}

/// A key of a mapping. YAML has keys that are no strings: `200:`, `true:`, `~:`.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key that is a single word")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<String, E> {
        Ok(format!("{value:?}"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<String, E> {
        Ok(value)
    }

    fn visit_unit<E: Error>(self) -> Result<String, E> {
        Ok(String::from("null"))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<String, A::Error> {
        let (_tag, variant) = access.variant_seed(Self)?;
        variant.newtype_variant_seed(Self)
    }
}
