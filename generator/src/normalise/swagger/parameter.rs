//! Parameters and headers: the keywords of their schema stand in themselves, and
//! `collectionFormat` is what `style` and `explode` are in OpenAPI 3.0.

use super::super::grammar::Members;
use super::Converter;
use super::body::Body;
use crate::diagnostic::{Code, Pointer, unescaped};
use serde_json::{Map, Value};

/// The keywords of a parameter that are those of its schema.
const SCHEMA_KEYWORDS: &[&str] = &[
    "type",
    "format",
    "items",
    "default",
    "enum",
    "nullable",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "multipleOf",
];

const SHARED: &str = "#/components/parameters/";

impl Converter<'_> {
    /// Converts the parameters of a path item or an operation, and takes out what is sent as body.
    pub(super) fn parameters(&mut self, members: &mut Members, at: &Pointer) -> Vec<Body> {
        let mut bodies = Vec::new();
        let Some(Value::Array(parameters)) = members.get_mut("parameters") else {
            return bodies;
        };
        let at = at.child("parameters");
        let mut kept: Vec<Value> = Vec::with_capacity(parameters.len());
        for (index, mut parameter) in std::mem::take(parameters).into_iter().enumerate() {
            let place = at.child(index);
            if let Some(body) = self.body(&parameter, &place) {
                bodies.push(body);
                continue;
            }
            let now = at.child(kept.len());
            self.layer.moved(now.clone(), place.clone());
            self.parameter(&mut parameter, &now, &place);
            kept.push(parameter);
        }
        if kept.is_empty() {
            members.shift_remove("parameters");
        } else {
            *parameters = kept;
        }
        bodies
    }

    /// The body that a parameter is, if it is one.
    fn body(&self, parameter: &Value, place: &Pointer) -> Option<Body> {
        let reference = parameter.get("$ref").and_then(Value::as_str);
        let name = reference.and_then(|reference| reference.strip_prefix(SHARED));
        let name = name.map(unescaped);
        let (parameter, place) = match &name {
            Some(name) => (
                self.parameters.get(name)?,
                Pointer::root().child("parameters").child(name),
            ),
            None => (parameter, place.clone()),
        };
        let is_form = match parameter.get("in")?.as_str()? {
            "body" => false,
            "formData" => true,
            _ => return None,
        };
        Some(Body {
            parameter: parameter.as_object()?.clone(),
            place,
            shared: name,
            is_form,
        })
    }

    /// Converts the shared parameters; those that are bodies become shared bodies.
    pub(super) fn shared_parameters(
        &mut self,
        shared: &mut Members,
        now: &Pointer,
        before: &Pointer,
    ) -> Members {
        let mut bodies = Map::new();
        for (name, mut parameter) in std::mem::take(shared) {
            let place = before.child(&name);
            match self.body(&parameter, &place) {
                Some(body) if body.is_form => {}
                Some(body) => {
                    let now = Pointer::root().child("components").child("requestBodies");
                    let body = self.content_body(&body, None, &now.child(&name));
                    bodies.insert(name, body);
                }
                None => {
                    self.parameter(&mut parameter, &now.child(&name), &place);
                    shared.insert(name, parameter);
                }
            }
        }
        bodies
    }

    /// Converts a parameter, or a header.
    pub(super) fn parameter(&mut self, value: &mut Value, now: &Pointer, before: &Pointer) {
        let Value::Object(members) = value else {
            return;
        };
        if members.contains_key("$ref") || members.contains_key("schema") {
            return;
        }
        let format = members.shift_remove("collectionFormat");
        let schema = schema(members);
        if schema.is_empty() {
            return;
        }
        if schema.get("type").and_then(Value::as_str) == Some("array") {
            let place = members
                .get("in")
                .and_then(Value::as_str)
                .unwrap_or("header");
            let is_query = place == "query";
            let format = format.as_ref().and_then(Value::as_str).unwrap_or("csv");
            match style(format).filter(|_| is_query) {
                Some((style, explode)) => {
                    members.insert(String::from("style"), Value::from(style));
                    members.insert(String::from("explode"), Value::Bool(explode));
                }
                None => self.separator(format, is_query, before),
            }
        }
        self.layer.moved(now.child("schema"), before.clone());
        members.insert(String::from("schema"), Value::Object(schema));
    }

    /// Separators that cannot be said: commas are used, as by default.
    pub(super) fn separator(&mut self, format: &str, is_query: bool, before: &Pointer) {
        if format == "csv" {
            return;
        }
        let message = format!(
            "`collectionFormat: {}` is not supported {}",
            format.escape_debug(),
            if is_query { "yet" } else { "here" }
        );
        self.report(
            Code::Unsupported,
            &before.child("collectionFormat"),
            message,
        )
        .help("the items are separated by commas");
    }
}

/// Takes the keywords of the schema out of a parameter.
pub(super) fn schema(members: &mut Members) -> Members {
    let mut schema = Map::new();
    members.retain(|key, value| {
        let moved = SCHEMA_KEYWORDS.contains(&key.as_str());
        if moved {
            schema.insert(key.clone(), value.take());
        }
        !moved
    });
    // Some generators write it for every parameter.
    if schema.get("type").and_then(Value::as_str) != Some("array") {
        schema.shift_remove("uniqueItems");
    }
    schema
}

/// What `style` and `explode` are for a `collectionFormat`; tabs have no style.
pub(super) fn style(format: &str) -> Option<(&'static str, bool)> {
    Some(match format {
        "csv" => ("form", false),
        "ssv" => ("spaceDelimited", false),
        "pipes" => ("pipeDelimited", false),
        "multi" => ("form", true),
        _ => return None,
    })
}
