//! The normalised document as a tree: one file, the dialect of OpenAPI 3.0, and the examples of the text
//! put back where they stood.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use specwright::deserialize::{Spec, deserialize};
use specwright::normalise::{OPERATIONS, QUERY, normalise};
use specwright::{Diagnostics, Pointer, SourceSet};

use crate::survey::decoded;

/// The methods that are members of a path item.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A document, and where its nodes stood.
pub(super) struct Document {
    pub(super) value: Value,
    pub(super) files: Vec<Value>,
    spec: Spec,
}

/// An operation.
pub(super) struct Operation<'d> {
    pub(super) method: String,
    pub(super) path: &'d str,
    pub(super) value: &'d Value,
    pub(super) pointer: Pointer,
    /// Those of the path item that the operation has not for itself, then its own.
    pub(super) parameters: Vec<(Pointer, &'d Value)>,
    /// Where its servers say that it is; nothing for that of the client.
    pub(super) prefix: Option<String>,
}

impl Document {
    pub(super) fn read(sources: &SourceSet) -> Option<Self> {
        let mut diagnostics = Diagnostics::new();
        let document = specwright::parse::parse(sources, &mut diagnostics)?;
        let files = document.files.clone();
        let normalised = normalise(document, &mut diagnostics)?;
        let mut value = normalised.value.clone();
        let spec = deserialize(normalised, &mut diagnostics)?;
        let mut restorer = Restorer {
            files: &files,
            spec: &spec,
        };
        restorer.restore(&mut value, &Pointer::root());
        Some(Self { value, files, spec })
    }

    /// Where a node stands in the text.
    pub(super) fn origin(&self, pointer: &Pointer) -> Pointer {
        self.spec.origin(pointer)
    }

    /// What a reference leads to.
    pub(super) fn at(&self, reference: &str) -> Option<&Value> {
        self.value.pointer(&path(reference)?)
    }

    /// The node itself, or what its references lead to.
    pub(super) fn resolved<'v>(&'v self, node: &'v Value) -> &'v Value {
        self.resolved_at(Pointer::root(), node).1
    }

    pub(super) fn resolved_at<'v>(
        &'v self,
        pointer: Pointer,
        node: &'v Value,
    ) -> (Pointer, &'v Value) {
        let mut found = (pointer, node);
        for _ in 0..32 {
            let target = found.1.get("$ref").and_then(Value::as_str).and_then(path);
            let Some(path) = target else {
                break;
            };
            let Some(value) = self.value.pointer(&path) else {
                break;
            };
            found = (Pointer { file: 0, path }, value);
        }
        found
    }

    /// Whether a property is marked, itself or what it is.
    pub(super) fn flag(&self, schema: &Value, keyword: &str) -> bool {
        let schema = self.resolved(schema);
        let is_set = |schema: &Value| schema.get(keyword) == Some(&Value::Bool(true));
        let parts = schema.get("allOf").and_then(Value::as_array);
        is_set(schema)
            || parts
                .into_iter()
                .flatten()
                .any(|part| is_set(self.resolved(part)))
    }

    /// All operations.
    pub(super) fn operations(&self) -> Vec<Operation<'_>> {
        let mut operations = Vec::new();
        let paths = self.value.get("paths").and_then(Value::as_object);
        for (path, item) in paths.into_iter().flatten() {
            let at = Pointer::root().child("paths").child(path);
            let (at, item) = self.resolved_at(at, item);
            for (key, value) in item.as_object().into_iter().flatten() {
                let own = at.child(key);
                if METHODS.contains(&key.as_str()) {
                    let method = key.to_ascii_uppercase();
                    operations.push(self.operation(method, path, (&at, item), (own, value)));
                } else if key == QUERY {
                    let method = "QUERY".to_owned();
                    operations.push(self.operation(method, path, (&at, item), (own, value)));
                } else if key == OPERATIONS {
                    for (method, value) in value.as_object().into_iter().flatten() {
                        let node = (own.child(method), value);
                        operations.push(self.operation(method.clone(), path, (&at, item), node));
                    }
                }
            }
        }
        operations
    }

    fn operation<'d>(
        &'d self,
        method: String,
        path: &'d str,
        (item_pointer, item): (&Pointer, &'d Value),
        (pointer, value): (Pointer, &'d Value),
    ) -> Operation<'d> {
        let mut parameters: BTreeMap<(String, String), (Pointer, &'d Value)> = BTreeMap::new();
        for (at, node) in [(item_pointer, item), (&pointer, value)] {
            let list = node.get("parameters").and_then(Value::as_array);
            for (index, parameter) in list.into_iter().flatten().enumerate() {
                let at = at.child("parameters").child(index);
                let (at, parameter) = self.resolved_at(at, parameter);
                let word = |key: &str| {
                    parameter
                        .get(key)
                        .and_then(Value::as_str)
                        .unwrap_or_default()
                        .to_owned()
                };
                parameters.insert((word("in"), word("name")), (at, parameter));
            }
        }
        let servers = value.get("servers").or(item.get("servers"));
        let server = servers.and_then(|servers| servers.get(0)?.get("url")?.as_str());
        let prefix = server.filter(|url| url.starts_with('/')).map(str::to_owned);
        Operation {
            method,
            path,
            value,
            pointer,
            parameters: parameters.into_values().collect(),
            prefix,
        }
    }
}

/// The pointer of a reference into the document itself.
fn path(reference: &str) -> Option<String> {
    reference.strip_prefix('#').map(decoded)
}

/// Normalising leaves out examples, since nothing is generated from them.
struct Restorer<'d> {
    files: &'d [Value],
    spec: &'d Spec,
}

impl Restorer<'_> {
    fn restore(&mut self, node: &mut Value, pointer: &Pointer) {
        match node {
            Value::Object(members) => {
                for (key, value) in members.iter_mut() {
                    if value.is_object() || value.is_array() {
                        self.restore(value, &pointer.child(key));
                    }
                }
                let describes = [
                    "type",
                    "schema",
                    "properties",
                    "allOf",
                    "oneOf",
                    "anyOf",
                    "enum",
                    "items",
                ];
                if describes.iter().any(|key| members.contains_key(*key))
                    && !members.contains_key("example")
                {
                    let origin = self.spec.origin(pointer);
                    let raw = self
                        .files
                        .get(origin.file)
                        .and_then(|file| file.pointer(&origin.path));
                    if let Some(example) = raw.and_then(example) {
                        members.insert("example".to_owned(), example);
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    self.restore(item, &pointer.child(index));
                }
            }
            _ => {}
        }
    }
}

/// The example of a schema, a parameter or a media type.
fn example(raw: &Value) -> Option<Value> {
    if let Some(example) = raw.get("example").or(raw.get("x-example")) {
        return Some(example.clone());
    }
    match raw.get("examples")? {
        Value::Array(examples) => examples.first().cloned(),
        Value::Object(examples) => examples.values().find_map(of_map),
        _ => None,
    }
}

fn of_map(example: &Value) -> Option<Value> {
    let members: &Map<String, Value> = example.as_object()?;
    members.get("value").or(members.get("dataValue")).cloned()
}
