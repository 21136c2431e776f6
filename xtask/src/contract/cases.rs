//! What is sent, expected and answered: all from the document, nothing from the client's code but which
//! media type it sends a body in, and what it asks for.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use specwright::contract::{Calls, Operation as Call};
use specwright::{Pointer, SourceSet};

use super::bodies::Given;
use super::document::{Document, Operation};
use super::responses::responses;
use super::sample::{Direction, Sampler, Wish};
use crate::examples::Oracle;

/// Headers that are set by other means than parameters.
const NO_PARAMETERS: &[&str] = &[
    "accept",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "te",
    "transfer-encoding",
    "upgrade",
];

/// Makes samples that are valid for their schemas.
pub(super) struct Maker<'d> {
    pub(super) document: &'d Document,
    requests: Option<Oracle>,
    answers: Option<Oracle>,
}

/// The cases of all operations that are called.
pub(super) fn cases(
    document: &Document,
    sources: &SourceSet,
    calls: &Calls,
    only: &dyn Fn(&Call) -> bool,
) -> Value {
    let mut skipped = Vec::new();
    let operations = document.operations();
    let mut wanted = Vec::new();
    for operation in &operations {
        let key = format!("{} {}", operation.method, operation.path);
        match calls.operations.iter().find(|call| call.key == key) {
            Some(call) if only(call) => wanted.push((operation, call)),
            Some(_) => {}
            None => {
                skipped.push(json!({ "operation": key, "reason": "the client has no such method" }))
            }
        }
    }
    let maker = Maker::new(
        document,
        sources,
        wanted.iter().map(|(operation, _)| *operation),
    );
    let operations = wanted.into_iter().filter_map(|(operation, call)| {
        let case = maker.operation(operation, call);
        case.map_err(|reason| skipped.push(json!({ "operation": call.key, "reason": reason })))
            .ok()
    });
    let operations: Vec<Value> = operations.collect();
    json!({ "operations": operations, "skipped": skipped })
}

impl<'d> Maker<'d> {
    fn new<'o>(
        document: &'d Document,
        sources: &SourceSet,
        operations: impl Iterator<Item = &'o Operation<'o>>,
    ) -> Self {
        let mut of_requests = BTreeSet::new();
        let mut of_answers = BTreeSet::new();
        for operation in operations {
            for (pointer, parameter) in &operation.parameters {
                of_requests.extend(
                    described(pointer, parameter).map(|(pointer, _, _)| document.origin(&pointer)),
                );
            }
            if let Some(body) = operation.value.get("requestBody") {
                let (pointer, body) =
                    document.resolved_at(operation.pointer.child("requestBody"), body);
                of_requests
                    .extend(schemas(&pointer, body).map(|pointer| document.origin(&pointer)));
            }
            let answers = operation.value.get("responses").and_then(Value::as_object);
            for (status, answer) in answers.into_iter().flatten() {
                let pointer = operation.pointer.child("responses").child(status);
                let (pointer, answer) = document.resolved_at(pointer, answer);
                of_answers
                    .extend(schemas(&pointer, answer).map(|pointer| document.origin(&pointer)));
            }
        }
        let oracle = |pointers: &BTreeSet<Pointer>, hidden| {
            Oracle::new(
                &document.files,
                sources,
                &pointers.iter().collect(),
                Some(hidden),
            )
            .ok()
        };
        Self {
            document,
            requests: oracle(&of_requests, "readOnly"),
            answers: oracle(&of_answers, "writeOnly"),
        }
    }

    /// Whether a value is valid; also where nobody can tell.
    fn admits(&self, direction: Direction, pointer: &Pointer, value: &Value) -> bool {
        let oracle = match direction {
            Direction::Request => self.requests.as_ref(),
            Direction::Response => self.answers.as_ref(),
        };
        let origin = self.document.origin(pointer);
        oracle.is_none_or(|oracle| oracle.admits(&origin, value))
    }

    /// A value of the schema of a media type: its example, or one that is made.
    pub(super) fn media(&self, pointer: &Pointer, entry: &Value, wish: Wish) -> Option<Value> {
        let any = json!({});
        let schema = entry.get("schema").unwrap_or(&any);
        // Examples of requests may have properties that only the server sets.
        let is_wanted = wish.full && wish.direction == Direction::Response;
        let example = entry.get("example").filter(|_| is_wanted);
        let example = example.filter(|value| self.admits(wish.direction, pointer, value));
        example
            .cloned()
            .or_else(|| self.value(pointer, schema, wish, 0))
    }

    /// The same, or two items where the document describes one (`itemSchema`), which is a list of it here.
    pub(super) fn described(&self, pointer: &Pointer, entry: &Value, wish: Wish) -> Option<Value> {
        let of_item = pointer.child("items");
        let origin = self.document.origin(&of_item);
        let is_described = origin.path.ends_with("/itemSchema");
        match entry.pointer("/schema/items").filter(|_| is_described) {
            Some(schema) => {
                let item = self.media(&of_item, &json!({ "schema": schema }), wish)?;
                Some(json!([item, item]))
            }
            None => self.media(pointer, entry, wish),
        }
    }

    /// A valid value of a schema, by several attempts.
    fn value(&self, pointer: &Pointer, schema: &Value, wish: Wish, depth: usize) -> Option<Value> {
        for full in [wish.full, false] {
            for branch in 0..4 {
                for examples in [true, false] {
                    let wish = Wish {
                        full,
                        branch,
                        examples,
                        ..wish
                    };
                    let sample = Sampler::new(self.document, wish).sample(schema, depth);
                    let is_valid = |value: &Value| self.admits(wish.direction, pointer, value);
                    if let Some(value) = sample.filter(is_valid) {
                        return Some(value);
                    }
                }
            }
        }
        let example = self.document.resolved(schema).get("example");
        example
            .filter(|value| self.admits(wish.direction, pointer, value))
            .cloned()
    }

    fn operation(&self, operation: &Operation<'_>, call: &Call) -> Result<Value, String> {
        let mut parameters = Vec::new();
        let mut minimal = Given::new();
        let mut full = Given::new();
        for (pointer, parameter) in &operation.parameters {
            self.parameter(pointer, parameter, &mut parameters, &mut minimal, &mut full)?;
        }
        let bodies = self.bodies(operation, call)?;
        let (responses, mut skipped, declared) = responses(self, operation, call);
        let unsent = bodies.skipped.iter();
        skipped.extend(unsent.map(|reason| json!({ "operation": call.key, "reason": reason })));
        Ok(json!({
            "operation": call.key,
            "method": operation.method,
            "path": operation.path.split('#').next(),
            "prefix": operation.prefix,
            "parameters": parameters,
            "bodies": bodies.described(),
            "security": self.security(operation),
            "accept": declared,
            "requests": bodies.requests(full, minimal),
            "responses": responses,
            "skipped": skipped,
        }))
    }

    fn parameter(
        &self,
        pointer: &Pointer,
        parameter: &Value,
        parameters: &mut Vec<Value>,
        minimal: &mut Given,
        full: &mut Given,
    ) -> Result<(), String> {
        let word = |key: &str| parameter.get(key).and_then(Value::as_str);
        let (location, name) = (
            word("in").unwrap_or_default(),
            word("name").unwrap_or_default(),
        );
        if location == "header" && NO_PARAMETERS.contains(&name.to_ascii_lowercase().as_str()) {
            return Ok(());
        }
        let required = parameter.get("required") == Some(&Value::Bool(true)) || location == "path";
        let Some((at, schema, is_content)) = described(pointer, parameter) else {
            return if required {
                Err(format!("`{name}` has no schema"))
            } else {
                Ok(())
            };
        };
        let (style, explode) = written(parameter, location, is_content);
        let wish = Wish {
            direction: Direction::Request,
            full: true,
            examples: true,
            branch: 0,
            free: free(location, style),
        };
        let example = parameter.get("example").filter(|example| {
            self.requests
                .as_ref()
                .is_some_and(|oracle| oracle.admits(&self.document.origin(&at), example))
        });
        let value = example
            .cloned()
            .or_else(|| self.value(&at, schema, wish, 2));
        match value.filter(|value| is_sent(value, location)) {
            Some(value) => {
                let key = format!("{location} {name}");
                parameters.push(
                    json!({ "in": location, "name": name, "style": style, "explode": explode }),
                );
                if required {
                    minimal.insert(key.clone(), value.clone());
                }
                full.insert(key, value);
                Ok(())
            }
            None if required => Err(format!(
                "no value was found for the {location} parameter `{name}`"
            )),
            None => Ok(()),
        }
    }
}

/// The style of a parameter, and whether its parts are apart.
fn written<'v>(parameter: &'v Value, location: &str, is_content: bool) -> (&'v str, bool) {
    let usual = match location {
        "query" | "cookie" => "form",
        _ => "simple",
    };
    let declared = parameter.get("style").and_then(Value::as_str);
    let style = match is_content {
        true => "json",
        false => declared.unwrap_or(usual),
    };
    let explode = parameter.get("explode").and_then(Value::as_bool);
    (style, explode.unwrap_or(style == "form"))
}

/// A text with as many signs as can be told apart in this place.
fn free(location: &str, style: &str) -> &'static str {
    match (location, style) {
        (_, "spaceDelimited") | ("cookie", _) => "text",
        ("query", _) => "a b&c=ü",
        ("path", _) => "a bü",
        _ => "a b",
    }
}

/// Whether a value leaves a trace in a request.
fn is_sent(value: &Value, location: &str) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty() || location == "query",
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        _ => true,
    }
}

/// The schema of a parameter, and whether it is that of its content.
fn described<'v>(pointer: &Pointer, parameter: &'v Value) -> Option<(Pointer, &'v Value, bool)> {
    if let Some(schema) = parameter.get("schema") {
        return Some((pointer.child("schema"), schema, false));
    }
    let content = parameter.get("content").and_then(Value::as_object)?;
    let (name, entry) = content.iter().next()?;
    let schema = entry.get("schema")?;
    Some((
        pointer.child("content").child(name).child("schema"),
        schema,
        true,
    ))
}

/// The schemas of a body or a response, and those of the items where it is a list of them.
fn schemas(pointer: &Pointer, node: &Value) -> impl Iterator<Item = Pointer> {
    let content = node.get("content").and_then(Value::as_object);
    let pointer = pointer.child("content");
    let names: Vec<Pointer> = content
        .into_iter()
        .flatten()
        .flat_map(|(name, entry)| {
            let schema = pointer.child(name).child("schema");
            let items = entry.pointer("/schema/items");
            let items = items.map(|_| schema.child("items"));
            [Some(schema), items].into_iter().flatten()
        })
        .collect();
    names.into_iter()
}
