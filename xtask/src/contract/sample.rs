//! Values of schemas, made from the normalised document: one tree in the dialect of OpenAPI 3.0.
//!
//! A sample is a proposal; whether it is valid is judged by a validator that knows nothing of this.

use serde_json::{Map, Value, json};

use super::document::Document;
use super::schema::{has_enum, is_of_type, kind, mapped, merge, number, tag};
use super::text;

/// How deep optional properties are filled in, and what may be null is not.
const DEPTH: usize = 5;
/// How many values a sample has, until only what is required is added.
const VALUES: usize = 300;
/// References that may be open at once, and levels of what is required.
const NESTED: usize = 40;

/// Which way a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Request,
    Response,
}

/// What kind of sample is made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wish {
    pub(super) direction: Direction,
    /// With everything that is optional.
    pub(super) full: bool,
    /// With the examples of the document, where a schema has one.
    pub(super) examples: bool,
    /// Which alternative is taken first.
    pub(super) branch: usize,
    /// What a text is that may be anything.
    pub(super) free: &'static str,
}

/// Makes one sample.
pub(super) struct Sampler<'d> {
    pub(super) document: &'d Document,
    pub(super) wish: Wish,
    open: Vec<String>,
    values: usize,
}

impl<'d> Sampler<'d> {
    pub(super) fn new(document: &'d Document, wish: Wish) -> Self {
        Self {
            document,
            wish,
            open: Vec::new(),
            values: 0,
        }
    }

    /// A value of a schema; nothing where there is none, or none is found.
    pub(super) fn sample(&mut self, schema: &Value, depth: usize) -> Option<Value> {
        self.values += 1;
        if depth > NESTED {
            return None;
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = self.document.at(reference)?;
            if self.open.len() > NESTED || self.open.iter().any(|open| open == reference) {
                return None;
            }
            self.open.push(reference.to_owned());
            let value = self.sample(target, depth);
            self.open.pop();
            return value;
        }
        let Some(members) = schema.as_object() else {
            return Some(json!("any"));
        };
        let flat = self.flat(members, 0)?;
        let nullable = flat.get("nullable") == Some(&Value::Bool(true));
        // It may contain itself, by `allOf`, whose references do not count as open: here is where it ends.
        if nullable && depth > DEPTH {
            return Some(Value::Null);
        }
        let value = self.of_flat(&flat, depth);
        value.or(nullable.then_some(Value::Null))
    }

    fn of_flat(&mut self, schema: &Map<String, Value>, depth: usize) -> Option<Value> {
        if self.wish.examples
            && let Some(example) = schema
                .get("example")
                .filter(|example| is_of_type(schema, example))
            && !(example.is_object() || example.is_array())
        {
            return Some(example.clone());
        }
        if let Some(Value::Array(values)) = schema.get("enum") {
            let of_type = values
                .iter()
                .find(|value| !value.is_null() && is_of_type(schema, value));
            return of_type.or(values.first()).cloned();
        }
        if let Some(value) = schema.get("const") {
            return Some(value.clone());
        }
        for keyword in ["oneOf", "anyOf"] {
            if let Some(Value::Array(branches)) = schema
                .get(keyword)
                .filter(|list| list.as_array().is_some_and(|list| !list.is_empty()))
            {
                return self.alternative(schema, keyword, branches, depth);
            }
        }
        if let Some(child) = self.child(schema) {
            return self.tagged(schema, &child, depth);
        }
        match kind(schema) {
            "object" => self.object(schema, depth),
            "array" => self.array(schema, depth),
            "integer" => Some(number(schema, true)),
            "number" => Some(number(schema, false)),
            "boolean" => Some(Value::Bool(true)),
            "string" => Some(Value::String(text::sample(schema, self.wish.free, 0))),
            _ => Some(json!("any")),
        }
    }

    /// `allOf` and what stands beside it as one schema.
    fn flat(&mut self, members: &Map<String, Value>, level: usize) -> Option<Map<String, Value>> {
        let mut flat = members.clone();
        let Some(Value::Array(parts)) = flat.remove("allOf") else {
            return Some(flat);
        };
        if level > 16 {
            return None;
        }
        for part in &parts {
            let mut part = part;
            let mut steps = 0;
            while let Some(reference) = part.get("$ref").and_then(Value::as_str) {
                steps += 1;
                part = self.document.at(reference).filter(|_| steps < 16)?;
            }
            let Some(members) = part.as_object() else {
                continue;
            };
            let mut inner = self.flat(members, level + 1)?;
            // A child contains its base's properties, and is no list of the base's children.
            let is_list = inner.contains_key("oneOf") || inner.contains_key("anyOf");
            if (level == 0 || !is_list)
                && let Some(discriminator) = inner.remove("discriminator")
            {
                inner.insert("x-base".to_owned(), discriminator);
            }
            merge(&mut flat, inner);
        }
        Some(flat)
    }

    /// One of several schemas, together with what stands beside them.
    fn alternative(
        &mut self,
        schema: &Map<String, Value>,
        keyword: &str,
        branches: &[Value],
        depth: usize,
    ) -> Option<Value> {
        let mut beside = schema.clone();
        beside.remove(keyword);
        let discriminator = beside.remove("discriminator");
        beside.remove("nullable");
        let says = [
            "type",
            "properties",
            "required",
            "additionalProperties",
            "allOf",
            "items",
            "oneOf",
            "anyOf",
        ];
        let is_plain = !says.iter().any(|key| beside.contains_key(*key))
            || beside.len() == 1 && beside.get("type").is_some();
        let count = branches.len();
        for index in 0..count {
            let branch = branches.get((index + self.wish.branch) % count)?;
            let value = if is_plain {
                self.sample(branch, depth)
            } else {
                let whole = json!({ "allOf": [branch, beside] });
                self.guarded(branch, &whole, depth)
            };
            if let Some(mut value) = value {
                if let Some(discriminator) = &discriminator {
                    tag(&mut value, discriminator, branch);
                }
                return Some(value);
            }
        }
        None
    }

    /// A sample of a schema that was made of a reference, which counts as open meanwhile.
    fn guarded(&mut self, reference: &Value, schema: &Value, depth: usize) -> Option<Value> {
        let Some(name) = reference.get("$ref").and_then(Value::as_str) else {
            return self.sample(schema, depth);
        };
        if self.open.iter().any(|open| open == name) {
            return None;
        }
        self.open.push(name.to_owned());
        let value = self.sample(schema, depth);
        self.open.pop();
        value
    }

    /// The first child of a base with a discriminator.
    fn child(&self, schema: &Map<String, Value>) -> Option<String> {
        let discriminator = schema.get("discriminator")?;
        let mapping = discriminator.get("mapping").and_then(Value::as_object)?;
        let mut targets = mapping.values().filter_map(Value::as_str);
        let target = targets.find(|target| !self.open.iter().any(|open| open == target))?;
        self.document.at(target).map(|_| target.to_owned())
    }

    fn tagged(&mut self, schema: &Map<String, Value>, child: &str, depth: usize) -> Option<Value> {
        let reference = json!({ "$ref": child });
        let mut value = self.sample(&reference, depth)?;
        if let Some(discriminator) = schema.get("discriminator") {
            tag(&mut value, discriminator, &reference);
        }
        Some(value)
    }

    fn object(&mut self, schema: &Map<String, Value>, depth: usize) -> Option<Value> {
        let required = schema.get("required").and_then(Value::as_array);
        let is_required =
            |name: &str| required.is_some_and(|names| names.iter().any(|known| known == name));
        let minimum = schema.get("minProperties").and_then(Value::as_u64);
        let minimum = minimum.unwrap_or(0);
        let mut object = Map::new();
        for (name, property) in schema
            .get("properties")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            let hidden = match self.wish.direction {
                Direction::Request => "readOnly",
                Direction::Response => "writeOnly",
            };
            if self.document.flag(property, hidden) {
                continue;
            }
            let required = is_required(name);
            let is_enough = object.len() as u64 >= minimum;
            if !required && is_enough && (!self.wish.full || depth >= DEPTH || self.values > VALUES)
            {
                continue;
            }
            match self.sample(property, depth + 1) {
                Some(value) => _ = object.insert(name.clone(), value),
                None if required => return None,
                None => {}
            }
        }
        for name in required.into_iter().flatten().filter_map(Value::as_str) {
            let declared = schema
                .get("properties")
                .and_then(|properties| properties.get(name));
            if declared.is_none() && !object.contains_key(name) {
                object.insert(name.to_owned(), json!("any"));
            }
        }
        let additional = schema
            .get("additionalProperties")
            .filter(|additional| additional.is_object());
        if let Some(additional) =
            additional.filter(|_| self.wish.full && depth < DEPTH || minimum > object.len() as u64)
            && let Some(value) = self.sample(additional, depth + 1)
        {
            object.insert("extra".to_owned(), value);
        }
        if let Some(base) = schema.get("discriminator").or(schema.get("x-base"))
            && let Some(name) = base.get("propertyName").and_then(Value::as_str)
            && let Some(value) = self.own_tag(base)
            && object.get(name).is_some_and(Value::is_string)
            && !has_enum(schema, name)
        {
            object.insert(name.to_owned(), Value::from(value));
        }
        Some(Value::Object(object))
    }

    /// The tag of the schema that is being sampled, by the mapping or by its name.
    fn own_tag(&self, discriminator: &Value) -> Option<String> {
        let open = self.open.last()?;
        mapped(discriminator, open)
    }

    fn array(&mut self, schema: &Map<String, Value>, depth: usize) -> Option<Value> {
        let count = |key: &str| schema.get(key).and_then(Value::as_u64);
        let minimum = count("minItems").unwrap_or(0).min(64);
        let wanted = if self.wish.full && depth < DEPTH {
            minimum.max(1)
        } else {
            minimum
        };
        let wanted = wanted.min(count("maxItems").unwrap_or(u64::MAX));
        let empty = json!({});
        let item = schema.get("items").unwrap_or(&empty);
        let mut items = Vec::new();
        for index in 0..wanted {
            match self.sample(item, depth + 1) {
                Some(value) => items.push(self.distinct(value, schema, index)),
                None if minimum > 0 => return None,
                None => break,
            }
        }
        Some(Value::Array(items))
    }

    /// Items that must differ do, where they are texts or numbers that may be anything.
    fn distinct(&self, value: Value, schema: &Map<String, Value>, index: u64) -> Value {
        if index == 0 || schema.get("uniqueItems") != Some(&Value::Bool(true)) {
            return value;
        }
        let index = usize::try_from(index).unwrap_or(0);
        let item = schema.get("items").map(|item| self.document.resolved(item));
        if let Some(Value::Array(values)) = item.and_then(|item| item.get("enum")) {
            return values.get(index).cloned().unwrap_or(value);
        }
        match value {
            Value::String(text) => {
                let pattern = item.and_then(|item| item.get("pattern")?.as_str());
                Value::from(text::other(&text, index, pattern))
            }
            Value::Number(number) => number
                .as_i64()
                .map_or(Value::Number(number), |number| json!(number + index as i64)),
            other => other,
        }
    }
}
