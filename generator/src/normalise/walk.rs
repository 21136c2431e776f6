//! The one walk over a document: checks every node against its description, repairs it or leaves
//! it out, and says so.
//!
//! A function that checks a node returns whether the node stays. Whoever returns `false` has
//! reported why.

use super::bundle::Refusal;
use super::grammar::{Field, Members, Need, Object, Shape};
use super::origin::Origins;
use super::schema_objects::SCHEMA;
use super::{reference, scalar};
use crate::beside;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Place, Pointer};
use crate::parse::trail::Trail;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Schemas inside each other, without a reference in between, that are read: every stage calls itself
/// for each of them, and a thread has only so much stack.
const MOST_NESTED: usize = 24;

/// What the walk carries along.
pub(super) struct Walker<'d> {
    pub(super) diagnostics: &'d mut Diagnostics,
    /// Whether the rules of OpenAPI 3.1 apply (3.2 only adds to them).
    pub(super) modern: bool,
    pub(super) origins: Origins,
    /// What references to something else than a schema say of it, by their place in the text.
    pub(super) described: BTreeMap<Pointer, String>,
    /// What references from `content` lead to.
    pub(super) shared_content: Members,
    /// Why references are not followed, by the index that stands in their place.
    pub(super) refusals: Vec<Refusal>,
    nested: usize,
}

impl<'d> Walker<'d> {
    /// A walk that has not begun.
    pub(super) fn new(
        diagnostics: &'d mut Diagnostics,
        modern: bool,
        shared_content: Members,
    ) -> Self {
        Self {
            diagnostics,
            modern,
            origins: Origins::default(),
            described: BTreeMap::new(),
            shared_content,
            refusals: Vec::new(),
            nested: 0,
        }
    }

    /// What is left of a walk.
    pub(super) fn into_origins(self) -> Origins {
        self.origins
    }
}

impl Walker<'_> {
    /// Checks a node of which the place says what it must be.
    pub(super) fn check(
        &mut self,
        value: &mut Value,
        shape: &'static Shape,
        trail: &Trail<'_>,
    ) -> bool {
        match shape {
            Shape::Text => scalar::text(self, value, trail),
            Shape::Flag => scalar::flag(self, value, trail),
            Shape::Count => scalar::count(self, value, trail),
            Shape::Number => scalar::number(self, value, trail),
            Shape::Word(words) => scalar::word(self, value, words, trail),
            Shape::Free => true,
            Shape::Unused => false,
            Shape::List(item) => self.list(value, item, trail),
            Shape::Map(member) => self.map(value, member, trail),
            Shape::Object(object) => {
                (object.prepare)(self, value, trail);
                self.object(value, object, trail)
            }
            Shape::Referable(object) => self.referable(value, object, trail),
            Shape::FlagOrSchema => self.flag_or_schema(value, trail),
        }
    }

    /// Reports a problem of the node at a place.
    pub(super) fn report(
        &mut self,
        code: Code,
        trail: &Trail<'_>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.diagnostics.report(code, trail.pointer(), message)
    }

    /// Reports a problem of the key at a place.
    pub(super) fn report_key(
        &mut self,
        code: Code,
        trail: &Trail<'_>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.diagnostics
            .report(code, Place::Key(trail.pointer()), message)
    }

    /// Reports that a node is not what it must be.
    pub(super) fn unexpected(
        &mut self,
        value: &Value,
        expected: &str,
        trail: &Trail<'_>,
    ) -> &mut Diagnostic {
        let found = scalar::describe(value);
        let message = format!("{} must be {expected}, not {found}", trail.subject());
        self.report(Code::Malformed, trail, message)
            .label(format!("expected {expected}"))
    }

    /// Makes an object of a string that stands for one: the value of its main field.
    pub(super) fn expand(&mut self, value: &mut Value, field: &str, trail: &Trail<'_>) {
        if value.is_string() {
            let help = format!("the string was read as its `{field}`");
            self.unexpected(value, "an object", trail).help(help);
            let text = value.take();
            *value = Value::Object(Map::from_iter([(field.to_owned(), text)]));
        }
    }

    fn referable(&mut self, value: &mut Value, object: &'static Object, trail: &Trail<'_>) -> bool {
        (object.prepare)(self, value, trail);
        let is_schema = std::ptr::eq(object, &raw const SCHEMA);
        let had_reference = value.get("$ref").is_some();
        match reference::check(self, value, is_schema, trail) {
            reference::Found::Nothing if is_schema => {
                // What stood beside a reference is part of a schema of its own now.
                if had_reference {
                    (object.prepare)(self, value, trail);
                }
                self.schema(value, trail)
            }
            reference::Found::Nothing => self.object(value, object, trail),
            reference::Found::Reference => true,
            reference::Found::Unusable => false,
        }
    }

    fn schema(&mut self, value: &mut Value, trail: &Trail<'_>) -> bool {
        if self.nested == MOST_NESTED {
            let message = format!("more than {MOST_NESTED} schemas stand inside each other");
            self.report(Code::Widened, trail, message)
                .label("the next one")
                .help("any value is accepted; give it a name under `components` and refer to it");
            *value = Value::Object(Map::new());
            return true;
        }
        self.nested += 1;
        let keep = self.object(value, &SCHEMA, trail);
        self.nested -= 1;
        keep
    }

    fn flag_or_schema(&mut self, value: &mut Value, trail: &Trail<'_>) -> bool {
        match value {
            Value::Bool(_) => true,
            Value::String(text) if matches!(text.as_str(), "true" | "false") => {
                scalar::flag(self, value, trail)
            }
            _ => self.referable(value, &SCHEMA, trail),
        }
    }

    fn list(&mut self, value: &mut Value, item: &'static Shape, trail: &Trail<'_>) -> bool {
        if matches!(value, Value::Object(_) | Value::String(_)) {
            self.unexpected(value, "a list", trail)
                .help("it was read as a list of one");
            *value = Value::Array(vec![value.take()]);
        }
        let Value::Array(items) = value else {
            self.unexpected(value, "a list", trail)
                .help("it was left out");
            return false;
        };
        if items.is_empty() {
            return true;
        }
        let (mut index, mut kept) = (0, Vec::new());
        items.retain_mut(|value| {
            let keep = self.check(value, item, &Trail::Index(trail, index));
            if keep {
                kept.push(index);
            }
            index += 1;
            keep
        });
        if kept.len() < index {
            self.origins.items_moved(trail, &kept);
        }
        // An empty list may mean something (`security: []`) that one of broken items does not.
        !items.is_empty()
    }

    fn map(&mut self, value: &mut Value, member: &'static Shape, trail: &Trail<'_>) -> bool {
        let Value::Object(members) = value else {
            self.unexpected(value, "an object", trail)
                .help("it was left out");
            return false;
        };
        members.retain(|key, value| self.check(value, member, &Trail::Key(trail, key)));
        true
    }

    fn object(&mut self, value: &mut Value, object: &'static Object, trail: &Trail<'_>) -> bool {
        let Value::Object(members) = value else {
            let expected = format!("{} (an object)", object.name);
            self.unexpected(value, &expected, trail)
                .help("it was left out");
            return false;
        };
        members.retain(|key, value| self.member(object, key, value, &Trail::Key(trail, key)));
        object
            .fields
            .iter()
            .all(|field| self.need(object, field, members, trail))
            && (object.conclude)(self, members, trail)
    }

    fn member(
        &mut self,
        object: &'static Object,
        key: &str,
        value: &mut Value,
        trail: &Trail<'_>,
    ) -> bool {
        if let Some(field) = object.fields.iter().find(|field| field.name == key) {
            // YAML writes nothing where JSON would leave the key out.
            let nothing = value.is_null() && !matches!(field.shape, Shape::Free);
            return !nothing && self.check(value, &field.shape, trail);
        }
        if key.starts_with(beside::PREFIX) {
            let message = format!("{} is a name of the generator's own", trail.subject());
            self.report_key(Code::Malformed, trail, message)
                .help("it was ignored");
            return false;
        }
        if let Some(patterned) = object.patterned.as_ref()
            && (patterned.accepts)(key)
        {
            return self.check(value, &patterned.shape, trail);
        }
        if key.starts_with("x-") {
            return object.keeps_extensions;
        }
        let expected = object.patterned.as_ref().map(|patterned| patterned.key);
        let message = match expected {
            Some(expected) => format!("{} is not {expected}", trail.subject()),
            None => format!("{} has no field {}", object.name, trail.subject()),
        };
        self.report_key(Code::Malformed, trail, message)
            .help("it was ignored");
        false
    }

    fn need(
        &mut self,
        object: &'static Object,
        field: &'static Field,
        members: &mut Members,
        trail: &Trail<'_>,
    ) -> bool {
        let mut stand_in = match field.need {
            Need::Optional => return true,
            _ if members.contains_key(field.name) => return true,
            Need::Required => {
                let message = format!("{} has no usable `{}`", object.name, field.name);
                self.report(Code::Missing, trail, message)
                    .help("it was left out");
                return false;
            }
            Need::Text(text) => Value::from(text),
            Need::Empty | Need::EmptyBefore31 => Value::Object(Map::new()),
        };
        if !(self.modern && matches!(field.need, Need::EmptyBefore31)) {
            let message = format!("{} has no usable `{}`", object.name, field.name);
            let help = format!("`{stand_in}` was used in its place");
            self.report(Code::Missing, trail, message).help(help);
        }
        // The stand-in has needs of its own.
        let usable = self.check(&mut stand_in, &field.shape, &Trail::Key(trail, field.name));
        members.insert(field.name.to_owned(), stand_in);
        usable
    }
}
