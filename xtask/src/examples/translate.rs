//! Schemas of every version of OpenAPI in the words of JSON Schema 2020-12.
//!
//! What is not understood is left out, so that the validator never refuses a document because of
//! one bad schema.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use specwright::{Pointer, SourceSet};

use crate::survey::Files;

/// Whether the value of a keyword is of the right kind.
type Fits = fn(&Value) -> bool;

/// Keywords that are taken as they are, where the value is of the right kind.
const PLAIN: &[(&str, Fits)] = &[
    ("enum", |value| {
        value.as_array().is_some_and(|values| !values.is_empty())
    }),
    ("const", |_| true),
    ("minimum", Value::is_number),
    ("maximum", Value::is_number),
    ("exclusiveMinimum", Value::is_number),
    ("exclusiveMaximum", Value::is_number),
    ("multipleOf", |value| {
        value.as_f64().is_some_and(|number| number > 0.0)
    }),
    ("minLength", Value::is_u64),
    ("maxLength", Value::is_u64),
    ("minItems", Value::is_u64),
    ("maxItems", Value::is_u64),
    ("minContains", Value::is_u64),
    ("maxContains", Value::is_u64),
    ("minProperties", Value::is_u64),
    ("maxProperties", Value::is_u64),
    ("uniqueItems", Value::is_boolean),
    ("format", Value::is_string),
];

/// Keywords with one schema.
const ONE: &[&str] = &[
    "additionalProperties",
    "unevaluatedProperties",
    "unevaluatedItems",
    "propertyNames",
    "contains",
    "not",
    "if",
    "then",
    "else",
];

/// Keywords with a list of schemas.
const LISTS: &[&str] = &["allOf", "oneOf", "anyOf", "prefixItems"];

/// Keywords with schemas by name.
const MAPS: &[&str] = &["properties", "dependentSchemas"];

const TYPES: &[&str] = &[
    "string", "number", "integer", "boolean", "object", "array", "null",
];

/// Translates the schemas that are asked for, and those that they lead to.
pub(super) struct Translator<'d> {
    files: Files<'d>,
    modern: bool,
    numbers: BTreeMap<Pointer, usize>,
    waiting: Vec<Pointer>,
    /// Properties with this mark are not required.
    hidden: Option<&'static str>,
}

impl<'d> Translator<'d> {
    pub(super) fn new(
        files: &'d [Value],
        sources: &'d SourceSet,
        hidden: Option<&'static str>,
    ) -> Self {
        let root = files.first().and_then(|root| root.get("openapi"));
        let version = root.and_then(Value::as_str).unwrap_or_default();
        Self {
            files: Files::new(files, sources),
            modern: !version.is_empty() && !version.starts_with("3.0"),
            numbers: BTreeMap::new(),
            waiting: Vec::new(),
            hidden,
        }
    }

    /// A reference to the translation of a schema.
    pub(super) fn reference(&mut self, pointer: &Pointer) -> Value {
        let next = self.numbers.len();
        let number = *self.numbers.entry(pointer.clone()).or_insert_with(|| {
            self.waiting.push(pointer.clone());
            next
        });
        json!({ "$ref": format!("#/$defs/{number}") })
    }

    /// The translations of everything that was referred to.
    pub(super) fn definitions(&mut self) -> Map<String, Value> {
        let mut definitions = Map::new();
        while let Some(pointer) = self.waiting.pop() {
            let Some(number) = self.numbers.get(&pointer).copied() else {
                continue;
            };
            let translated = match self.files.at(&pointer) {
                Some(schema) => self.schema(schema, &pointer),
                None => Value::Bool(false),
            };
            definitions.insert(number.to_string(), translated);
        }
        definitions
    }

    fn schema(&mut self, schema: &'d Value, pointer: &Pointer) -> Value {
        let members = match schema {
            Value::Bool(_) => return schema.clone(),
            Value::Object(members) => members,
            _ => return Value::Bool(true),
        };
        let mut translated = Map::new();
        if members.get("$ref").is_some_and(Value::is_string) {
            // A reference that leads nowhere admits nothing: nobody can say what is valid.
            let reference = match self.files.leads_to(schema, pointer) {
                Some(target) => self.reference(&target),
                None => Value::Bool(false),
            };
            if !self.modern {
                return reference;
            }
            translated.insert("allOf".to_owned(), json!([reference]));
        }
        self.plain(members, &mut translated);
        self.inner(members, pointer, &mut translated);
        let mut schema = Value::Object(translated);
        if let Some(asserted) = asserted(members) {
            schema = json!({ "allOf": [schema, asserted] });
        }
        let nullable = ["nullable", "x-nullable"];
        if nullable
            .iter()
            .any(|key| members.get(*key) == Some(&Value::Bool(true)))
        {
            schema = json!({ "anyOf": [schema, { "type": "null" }] });
        }
        schema
    }

    /// Keywords that hold no schema.
    fn plain(&self, members: &Map<String, Value>, translated: &mut Map<String, Value>) {
        for (keyword, fits) in PLAIN {
            if let Some(value) = members.get(*keyword).filter(|value| fits(value)) {
                translated.insert((*keyword).to_owned(), value.clone());
            }
        }
        for (flag, bound) in [
            ("exclusiveMinimum", "minimum"),
            ("exclusiveMaximum", "maximum"),
        ] {
            if let (Some(Value::Bool(true)), Some(value)) = (members.get(flag), members.get(bound))
            {
                translated.remove(bound);
                translated.insert(flag.to_owned(), value.clone());
            }
        }
        if let Some(names) = members.get("type").and_then(types) {
            translated.insert("type".to_owned(), names);
        }
        if let Some(Value::Array(names)) = members.get("required") {
            let is_wanted = |name: &&Value| {
                let name = name.as_str();
                name.is_some_and(|name| !self.is_hidden(members, name))
            };
            let names: Vec<_> = names.iter().filter(is_wanted).collect();
            translated.insert("required".to_owned(), json!(names));
        }
        if let Some(pattern) = members.get("pattern").filter(|pattern| is_pattern(pattern)) {
            translated.insert("pattern".to_owned(), pattern.clone());
        }
        if let Some(Value::Object(names)) = members.get("dependentRequired")
            && names.values().all(|names| {
                let names = names.as_array();
                names.is_some_and(|names| names.iter().all(Value::is_string))
            })
        {
            translated.insert("dependentRequired".to_owned(), json!(names));
        }
    }

    /// Whether a property goes the other way only.
    fn is_hidden(&self, members: &Map<String, Value>, name: &str) -> bool {
        let property = members
            .get("properties")
            .and_then(|properties| properties.get(name));
        let (Some(mark), Some(mut property)) = (self.hidden, property) else {
            return false;
        };
        let is_marked = |property: &Value| property.get(mark) == Some(&Value::Bool(true));
        // References of other files are not followed: what is marked there is required here.
        for _ in 0..8 {
            let parts = property.get("allOf").and_then(Value::as_array);
            if is_marked(property) || parts.is_some_and(|parts| parts.iter().any(is_marked)) {
                return true;
            }
            let reference = property.get("$ref").and_then(Value::as_str);
            let target = reference.and_then(|reference| reference.strip_prefix('#'));
            let target = target.and_then(|path| {
                self.files.at(&Pointer {
                    file: 0,
                    path: path.to_owned(),
                })
            });
            let Some(target) = target else {
                return false;
            };
            property = target;
        }
        false
    }

    /// Keywords that hold schemas.
    fn inner(
        &mut self,
        members: &'d Map<String, Value>,
        pointer: &Pointer,
        translated: &mut Map<String, Value>,
    ) {
        for keyword in ONE {
            if let Some(inner) = members.get(*keyword) {
                let inner = self.schema(inner, &pointer.child(keyword));
                translated.insert((*keyword).to_owned(), inner);
            }
        }
        for keyword in LISTS {
            let list = match members.get(*keyword) {
                Some(Value::Array(list)) if !list.is_empty() => list,
                _ => continue,
            };
            let list = self.list(list, &pointer.child(keyword));
            match translated.get_mut(*keyword) {
                Some(Value::Array(known)) => known.extend(list),
                _ => _ = translated.insert((*keyword).to_owned(), Value::Array(list)),
            }
        }
        match members.get("items") {
            Some(Value::Array(list)) => {
                let list = self.list(list, &pointer.child("items"));
                if !list.is_empty() {
                    translated.insert("prefixItems".to_owned(), Value::Array(list));
                }
            }
            Some(inner) => {
                let inner = self.schema(inner, &pointer.child("items"));
                translated.insert("items".to_owned(), inner);
            }
            None => {}
        }
        for keyword in MAPS.iter().chain(&["patternProperties"]) {
            let Some(Value::Object(map)) = members.get(*keyword) else {
                continue;
            };
            let pointer = pointer.child(keyword);
            let wanted = |name: &str| *keyword != "patternProperties" || is_pattern(&json!(name));
            let map: Map<_, _> = map
                .iter()
                .filter(|(name, _)| wanted(name))
                .map(|(name, inner)| (name.clone(), self.schema(inner, &pointer.child(name))))
                .collect();
            translated.insert((*keyword).to_owned(), Value::Object(map));
        }
    }

    fn list(&mut self, list: &'d [Value], pointer: &Pointer) -> Vec<Value> {
        let list = list.iter().enumerate();
        list.map(|(index, inner)| self.schema(inner, &pointer.child(index)))
            .collect()
    }
}

/// The types that JSON Schema knows; nothing when that leaves none.
fn types(value: &Value) -> Option<Value> {
    let known = |name: &Value| name.as_str().is_some_and(|name| TYPES.contains(&name));
    match value {
        Value::String(_) => known(value).then(|| value.clone()),
        Value::Array(names) => {
            let mut kept: Vec<Value> = Vec::new();
            for name in names.iter().filter(|name| known(name)) {
                if !kept.contains(name) {
                    kept.push(name.clone());
                }
            }
            (!kept.is_empty()).then_some(Value::Array(kept))
        }
        _ => None,
    }
}

/// What formats that the validator does not know allow.
fn asserted(members: &Map<String, Value>) -> Option<Value> {
    let word = |keyword: &str| members.get(keyword).and_then(Value::as_str);
    if word("format") == Some("byte") || word("contentEncoding") == Some("base64") {
        // A text that was cut off with dots, or says what would stand there, is not base64.
        return Some(json!({ "pattern": r"^[A-Za-z0-9+/_=\r\n-]*$" }));
    }
    let (minimum, maximum) = word("format").and_then(range)?;
    Some(json!({ "minimum": minimum, "maximum": maximum }))
}

/// What the formats of integers allow.
fn range(format: &str) -> Option<(i128, i128)> {
    Some(match format {
        "int8" => (i8::MIN.into(), i8::MAX.into()),
        "int16" => (i16::MIN.into(), i16::MAX.into()),
        "int32" => (i32::MIN.into(), i32::MAX.into()),
        "int64" => (i64::MIN.into(), i64::MAX.into()),
        "uint8" => (0, u8::MAX.into()),
        "uint16" => (0, u16::MAX.into()),
        "uint32" => (0, u32::MAX.into()),
        "uint64" => (0, u64::MAX.into()),
        _ => return None,
    })
}

/// Whether the validator can read a pattern: documents have many dialects.
fn is_pattern(pattern: &Value) -> bool {
    pattern.is_string() && jsonschema::validator_for(&json!({ "pattern": pattern })).is_ok()
}
