//! Responses: their schema is the same for every media type that the operation produces.

use super::super::grammar::Members;
use super::{Converter, object};
use crate::diagnostic::Pointer;
use serde_json::{Map, Value, json};

const JSON: &str = "application/json";

/// `type: file` is a string of bytes.
pub(super) fn binary(schema: &mut Members) -> bool {
    let is_file = schema.get("type").and_then(Value::as_str) == Some("file");
    if is_file {
        schema.insert(String::from("type"), Value::from("string"));
        schema.insert(String::from("format"), Value::from("binary"));
    }
    is_file
}

/// The names of the shared schemas that are single values.
pub(super) fn scalars(document: &Members) -> Vec<String> {
    let definitions = document.get("definitions").and_then(Value::as_object);
    let is_scalar = |schema: &Value| {
        let name = schema.get("type").and_then(Value::as_str);
        name.is_some_and(|name| !matches!(name, "object" | "array"))
    };
    let scalars = definitions.into_iter().flatten();
    let scalars = scalars.filter(|(_, schema)| is_scalar(schema));
    scalars.map(|(name, _)| name.clone()).collect()
}

impl Converter<'_> {
    /// Converts a response; the places are where it will stand, and where it stood.
    pub(super) fn response(
        &mut self,
        value: &mut Value,
        status: &str,
        produces: &[String],
        (now, before): (&Pointer, &Pointer),
    ) {
        let Value::Object(members) = value else {
            return;
        };
        if members.contains_key("$ref") {
            return;
        }
        if let Some(Value::Object(headers)) = members.get_mut("headers") {
            let (now, before) = (now.child("headers"), before.child("headers"));
            for (name, header) in headers {
                self.parameter(header, &now.child(name), &before.child(name));
            }
        }
        let examples = object(members.shift_remove("examples").as_ref());
        let Some(mut schema) = members.shift_remove("schema") else {
            let media_type = |(name, example)| (name, json!({"example": example}));
            let content: Members = examples.into_iter().map(media_type).collect();
            if !content.is_empty() {
                members.insert(String::from("content"), Value::Object(content));
            }
            return;
        };
        let media_types = self.media_types(&mut schema, status, produces);
        let at = now.child("content");
        self.layer.moved(at.clone(), before.child("schema"));
        let mut content = Map::new();
        for name in media_types {
            let place = at.child(&name);
            self.layer
                .moved(place.child("schema"), before.child("schema"));
            self.layer.moved(place, before.child("schema"));
            let mut media_type = Map::new();
            media_type.insert(String::from("schema"), schema.clone());
            if let Some(example) = examples.get(&name) {
                media_type.insert(String::from("example"), example.clone());
            }
            content.insert(name, Value::Object(media_type));
        }
        members.insert(String::from("content"), Value::Object(content));
    }

    /// The media types that a response can have, by what the operation produces.
    fn media_types(&self, schema: &mut Value, status: &str, produces: &[String]) -> Vec<String> {
        let is_json = |name: &String| name.contains("json");
        if let Value::Object(schema) = schema
            && binary(schema)
        {
            // A file is not JSON, whatever else the operation produces.
            let files = produces.iter().filter(|name| !is_json(name));
            let mut files: Vec<String> = files.cloned().collect();
            if files.is_empty() {
                files.push(String::from("*/*"));
            }
            return files;
        }
        // `produces` is about successes: an error in the place of an archive is none.
        let is_error = !status.starts_with(['1', '2', '3']);
        let holds_structures =
            |name: &String| is_json(name) || name.contains("xml") || name.contains('*');
        let is_mistaken =
            is_error && self.is_structure(schema) && !produces.iter().any(holds_structures);
        if produces.is_empty() || is_mistaken {
            vec![JSON.to_owned()]
        } else {
            produces.to_vec()
        }
    }

    fn is_structure(&self, schema: &Value) -> bool {
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let name = reference.rsplit('/').next().unwrap_or_default();
            return !self.scalars.iter().any(|scalar| scalar == name);
        }
        let name = schema.get("type").and_then(Value::as_str);
        matches!(name, Some("object" | "array")) || schema.get("properties").is_some()
    }
}
