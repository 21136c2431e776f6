//! Request bodies: a parameter in `body`, or all those in `formData` together.

use super::super::grammar::Members;
use super::{Converter, parameter};
use crate::diagnostic::{Code, Pointer};
use serde_json::{Map, Value, json};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// A parameter that is a body, or a part of one.
#[derive(Clone)]
pub(super) struct Body {
    pub(super) parameter: Members,
    /// Where it stood.
    pub(super) place: Pointer,
    /// Its name among the shared parameters, if it is one of them.
    pub(super) shared: Option<String>,
    pub(super) is_form: bool,
}

impl Converter<'_> {
    /// The body of an operation, from the parameters that are sent in it.
    pub(super) fn request_body(
        &mut self,
        bodies: Vec<Body>,
        consumes: Option<Vec<String>>,
        operation: &Pointer,
    ) -> Option<Value> {
        let now = operation.child("requestBody");
        let (forms, whole): (Vec<Body>, Vec<Body>) =
            bodies.into_iter().partition(|body| body.is_form);
        let Some(body) = whole.first() else {
            return (!forms.is_empty()).then(|| self.form(forms, consumes, &now));
        };
        if let Some(other) = whole.get(1).or(forms.first()) {
            let place = other.place.clone();
            self.report(Code::Malformed, &place, "an operation has one body")
                .related(body.place.clone(), "this one is sent")
                .help("the parameter was left out; put all that is sent into one schema");
        }
        if let (Some(name), None) = (&body.shared, &consumes) {
            let name = name.replace('~', "~0").replace('/', "~1");
            self.layer.moved(now, body.place.clone());
            return Some(json!({"$ref": format!("#/components/requestBodies/{name}")}));
        }
        Some(self.content_body(body, consumes, &now))
    }

    /// A body of the media types that the operation consumes.
    pub(super) fn content_body(
        &mut self,
        body: &Body,
        consumes: Option<Vec<String>>,
        now: &Pointer,
    ) -> Value {
        self.layer.moved(now.clone(), body.place.clone());
        let mut media_types = consumes.unwrap_or_else(|| self.consumes.clone());
        if media_types.is_empty() {
            media_types.push(JSON.to_owned());
        }
        let mut content = Map::new();
        self.layer.moved(now.child("content"), body.place.clone());
        for name in media_types {
            let mut media_type = Map::new();
            let at = now.child("content").child(&name);
            self.layer.moved(at, body.place.clone());
            if let Some(schema) = body.parameter.get("schema") {
                let at = now.child("content").child(&name).child("schema");
                self.layer.moved(at, body.place.child("schema"));
                media_type.insert(String::from("schema"), schema.clone());
            }
            content.insert(name, Value::Object(media_type));
        }
        let mut members = Map::new();
        for key in ["description", "required"] {
            if let Some(value) = body.parameter.get(key) {
                members.insert(key.to_owned(), value.clone());
            }
        }
        members.insert(String::from("content"), Value::Object(content));
        Value::Object(members)
    }

    /// A form: an object of which every parameter is a property.
    fn form(&mut self, forms: Vec<Body>, consumes: Option<Vec<String>>, now: &Pointer) -> Value {
        let consumes = consumes.unwrap_or_else(|| self.consumes.clone());
        let says = |name: &str| consumes.iter().any(|consumed| consumed.starts_with(name));
        let is_file =
            |body: &Body| body.parameter.get("type").and_then(Value::as_str) == Some("file");
        let is_multipart = forms.iter().any(is_file) || (says(MULTIPART) && !says(FORM));
        let media_type = if is_multipart { MULTIPART } else { FORM };
        let at = now.child("content").child(media_type).child("schema");
        if let Some(first) = forms.first() {
            let content = now.child("content").child(media_type);
            for at in [now.clone(), content, at.clone()] {
                self.layer.moved(at, first.place.clone());
            }
        }
        let (mut properties, mut required, mut encodings) = (Map::new(), Vec::new(), Map::new());
        for Body {
            mut parameter,
            place,
            ..
        } in forms
        {
            let Some(Value::String(name)) = parameter.shift_remove("name") else {
                self.report(Code::Missing, &place, "a parameter has no usable `name`")
                    .help("it was left out");
                continue;
            };
            self.layer
                .moved(at.child("properties").child(&name), place.clone());
            if parameter.get("required").and_then(Value::as_bool) == Some(true) {
                required.push(Value::from(name.as_str()));
            }
            let format = parameter.shift_remove("collectionFormat");
            let mut schema = parameter::schema(&mut parameter);
            if schema.get("type").and_then(Value::as_str) == Some("array") {
                let format = format.as_ref().and_then(Value::as_str).unwrap_or("csv");
                match parameter::style(format) {
                    Some((style, explode)) => {
                        let encoding = json!({"style": style, "explode": explode});
                        encodings.insert(name.clone(), encoding);
                    }
                    None => self.separator(format, true, &place),
                }
            }
            super::response::binary(&mut schema);
            if let Some(description) = parameter.shift_remove("description") {
                schema.insert(String::from("description"), description);
            }
            properties.insert(name, Value::Object(schema));
        }
        let is_required = !required.is_empty();
        let mut schema = json!({"type": "object", "properties": properties});
        if is_required {
            schema["required"] = Value::Array(required);
        }
        let mut content = json!({"schema": schema});
        if !encodings.is_empty() {
            content["encoding"] = Value::Object(encodings);
        }
        json!({"required": is_required, "content": {media_type: content}})
    }
}
