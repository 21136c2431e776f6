//! An independent look at a document: its operations, its schemas, and the values it gives.
//!
//! This walks the parsed text by the rules of the specification and knows nothing of the generator,
//! so that what the generator says of itself can be held against it. Schemas below `components` and
//! `definitions` count always; parameters, responses and bodies there count when something refers
//! to them. What only webhooks or callbacks lead to is counted apart.

mod references;
mod samples;
mod schemas;

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use specwright::{Pointer, SourceSet};

pub(crate) use references::{Files, decoded};

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Survey<'d> {
    /// Operations by realm.
    pub(crate) operations: Vec<(Realm, Pointer)>,
    /// Schemas that say something about the type of a value.
    pub(crate) places: Vec<Place>,
    /// Examples, defaults and constants.
    pub(crate) samples: Vec<Sample<'d>>,
}

/// Where something belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Realm {
    /// To the API itself.
    Api,
    /// To requests that the server sends.
    Webhook,
    /// To requests that the server sends because of an operation.
    Callback,
}

/// A schema that says something about the type of a value.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// Where it belongs.
    pub(crate) realm: Realm,
    /// Where it stands.
    pub(crate) schema: Schema,
}

/// Where a schema stands.
#[derive(Clone, Debug)]
pub(crate) struct Schema {
    /// In the text.
    pub(crate) pointer: Pointer,
    /// The same, without steps into the only branch of a union that is not null, and in the JSON of what is
    /// there in other notations, too.
    pub(crate) meant: Pointer,
}

/// A value that the document gives for a schema.
#[derive(Clone, Debug)]
pub(crate) struct Sample<'d> {
    /// Where the value stands.
    pub(crate) pointer: Pointer,
    /// The schema that it is a value of.
    pub(crate) schema: Schema,
    /// The value.
    pub(crate) value: &'d Value,
    /// Where it belongs.
    pub(crate) realm: Realm,
}

/// A node and where it stands.
#[derive(Clone, Debug)]
struct Node<'d> {
    pointer: Pointer,
    /// The same, without steps into the only branch of a union that is not null: `anyOf: [A, null]`
    /// is an `A` that may be null. In another notation of some JSON, the place in that JSON.
    meant: Pointer,
    value: &'d Value,
}

impl<'d> Node<'d> {
    fn new(pointer: Pointer, value: &'d Value) -> Self {
        Self {
            meant: pointer.clone(),
            pointer,
            value,
        }
    }

    fn child(&self, key: impl std::fmt::Display, value: &'d Value) -> Self {
        Self {
            pointer: self.pointer.child(&key),
            meant: self.meant.child(key),
            value,
        }
    }

    fn get(&self, key: &str) -> Option<Self> {
        Some(self.child(key, self.value.get(key)?))
    }

    /// The members of an object, extensions among them.
    fn members(&self) -> impl Iterator<Item = (&'d str, Self)> {
        let members = self.value.as_object().into_iter().flat_map(Map::iter);
        members.map(|(key, value)| (key.as_str(), self.child(key, value)))
    }

    /// The items of a list.
    fn items(&self) -> impl Iterator<Item = Self> {
        let items = self.value.as_array().into_iter().flatten().enumerate();
        items.map(|(index, value)| self.child(index, value))
    }
}

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// Header parameters that the specification says are described elsewhere.
const IGNORED_HEADERS: &[&str] = &["accept", "authorization", "content-type"];

struct Walker<'d> {
    files: Files<'d>,
    survey: Survey<'d>,
    /// Schemas that were here before.
    seen: BTreeSet<Pointer>,
    /// Other nodes that were: a parameter of Swagger is a schema too.
    entered: BTreeSet<Pointer>,
    realm: Realm,
    /// Swagger 2.0: schemas of parameters are the parameters themselves.
    swagger: bool,
    /// OpenAPI 3.1 and newer: keywords beside `$ref` count.
    modern: bool,
    callbacks: Vec<Node<'d>>,
}

/// Surveys the parsed files of a source set; the first one is the entry.
pub(crate) fn survey<'d>(files: &'d [Value], sources: &'d SourceSet) -> Survey<'d> {
    let Some(root) = files.first() else {
        return Survey::default();
    };
    let version = root.get("openapi").and_then(Value::as_str);
    let mut walker = Walker {
        files: Files::new(files, sources),
        survey: Survey::default(),
        seen: BTreeSet::new(),
        entered: BTreeSet::new(),
        realm: Realm::Api,
        swagger: root.get("swagger").is_some(),
        modern: version.is_some_and(|version| !version.starts_with("3.0")),
        callbacks: Vec::new(),
    };
    walker.document(&Node::new(Pointer::root(), root));
    walker.survey
}

fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

impl<'d> Walker<'d> {
    fn document(&mut self, root: &Node<'d>) {
        if let Some(paths) = root.get("paths") {
            self.path_items(&paths);
        }
        let schemas = if self.swagger {
            root.get("definitions")
        } else {
            root.get("components")
                .and_then(|components| components.get("schemas"))
        };
        for (_, schema) in schemas.iter().flat_map(Node::members) {
            self.schema(&schema);
        }
        self.realm = Realm::Webhook;
        if let Some(webhooks) = root.get("webhooks") {
            self.path_items(&webhooks);
        }
        self.realm = Realm::Callback;
        while let Some(callback) = self.callbacks.pop() {
            self.path_items(&callback);
        }
    }

    fn path_items(&mut self, items: &Node<'d>) {
        for (key, item) in items.members().filter(|(key, _)| !is_extension(key)) {
            if key == "$ref" {
                continue;
            }
            self.path_item(&item);
            if let Some(target) = self.target(&item) {
                self.path_item(&target);
            } else if item.value.get("$ref").is_some() {
                // Nobody can tell how many there are; that something is missing must not be lost.
                self.survey.operations.push((self.realm, item.pointer));
            }
        }
    }

    fn path_item(&mut self, item: &Node<'d>) {
        let methods = METHODS.iter().filter_map(|method| item.get(method));
        let additional = item.get("additionalOperations");
        let additional = additional.iter().flat_map(Node::members);
        let additional = additional.map(|(_, operation)| operation);
        let operations = methods.chain(additional);
        let operations: Vec<_> = operations
            .filter(|operation| operation.value.is_object())
            .collect();
        let own: Vec<_> = operations
            .iter()
            .map(|operation| self.parameter_names(operation))
            .collect();
        for parameter in item.get("parameters").iter().flat_map(Node::items) {
            // One that each operation writes anew is of no request.
            let name = self.parameter_name(&parameter);
            if name.is_none() || own.iter().any(|own| !own.contains(&name)) {
                self.parameter(&parameter);
            }
        }
        for operation in operations {
            self.operation(&operation);
        }
    }

    fn parameter_names(&self, operation: &Node<'d>) -> BTreeSet<Option<(&'d str, &'d str)>> {
        let parameters = operation.get("parameters");
        let parameters = parameters.iter().flat_map(Node::items);
        parameters
            .map(|parameter| self.parameter_name(&parameter))
            .collect()
    }

    /// Where a parameter is sent, and its name: what tells it apart from others.
    fn parameter_name(&self, parameter: &Node<'d>) -> Option<(&'d str, &'d str)> {
        let parameter = self.target(parameter).unwrap_or_else(|| parameter.clone());
        let text = |key: &str| parameter.value.get(key).and_then(Value::as_str);
        Some((text("in")?, text("name")?))
    }

    fn operation(&mut self, operation: &Node<'d>) {
        let entry = (self.realm, operation.pointer.clone());
        self.survey.operations.push(entry);
        for parameter in operation.get("parameters").iter().flat_map(Node::items) {
            self.parameter(&parameter);
        }
        if let Some(body) = operation.get("requestBody") {
            self.body(&body);
        }
        for (status, response) in operation.get("responses").iter().flat_map(Node::members) {
            if !is_extension(status) {
                self.response(&response);
            }
        }
        for (_, callback) in operation.get("callbacks").iter().flat_map(Node::members) {
            let callback = self.target(&callback).unwrap_or(callback);
            if self.entered.insert(callback.pointer.clone()) {
                self.callbacks.push(callback);
            }
        }
    }

    /// What a reference leads to; nothing for a node that is none.
    fn target(&self, node: &Node<'d>) -> Option<Node<'d>> {
        let mut target = self.files.target(node)?;
        // References may lead to references, but not for ever.
        for _ in 0..64 {
            match self.files.target(&target) {
                Some(next) => target = next,
                None => break,
            }
        }
        Some(target)
    }

    /// The node itself, or what it refers to, unless it was here before.
    fn enter(&mut self, node: &Node<'d>) -> Option<Node<'d>> {
        let node = self.target(node).unwrap_or_else(|| node.clone());
        self.entered.insert(node.pointer.clone()).then_some(node)
    }

    fn parameter(&mut self, parameter: &Node<'d>) {
        let Some(parameter) = self.enter(parameter) else {
            return;
        };
        let text = |key: &str| parameter.value.get(key).and_then(Value::as_str);
        let name = text("name").unwrap_or_default().to_ascii_lowercase();
        if text("in") == Some("header") && IGNORED_HEADERS.contains(&name.as_str()) {
            return;
        }
        self.described(&parameter, text("in") == Some("body"));
    }

    /// A parameter or a header: `schema`, `content`, or in Swagger the thing itself.
    fn described(&mut self, node: &Node<'d>, is_body: bool) {
        if let Some(content) = node.get("content") {
            self.content(&content);
        }
        if let Some(schema) = node.get("schema") {
            self.schema(&schema);
            self.examples(node, &schema);
        } else if self.swagger && !is_body {
            self.schema(node);
        }
    }

    fn body(&mut self, body: &Node<'d>) {
        let body = self.enter(body);
        if let Some(content) = body.and_then(|body| body.get("content")) {
            self.content(&content);
        }
    }

    fn response(&mut self, response: &Node<'d>) {
        let Some(response) = self.enter(response) else {
            return;
        };
        for (name, header) in response.get("headers").iter().flat_map(Node::members) {
            if name.eq_ignore_ascii_case("content-type") {
                continue;
            }
            if let Some(header) = self.enter(&header) {
                self.described(&header, false);
            }
        }
        if let Some(content) = response.get("content") {
            self.content(&content);
        }
        if let Some(schema) = response.get("schema").filter(|_| self.swagger) {
            self.schema(&schema);
            self.swagger_examples(&response, &schema);
        }
    }

    fn content(&mut self, content: &Node<'d>) {
        let mut json = Vec::new();
        for (_, media_type) in content.members().filter(|(name, _)| samples::is_json(name)) {
            let media_type = self.target(&media_type).unwrap_or(media_type);
            json.extend(media_type.get("schema"));
        }
        for (name, media_type) in content.members() {
            let Some(media_type) = self.enter(&media_type) else {
                continue;
            };
            if let Some(mut schema) = media_type.get("schema") {
                // What is there in several notations has one type: that of its JSON.
                let same = json.iter().find(|known| known.value == schema.value);
                if let Some(same) = same.filter(|_| samples::is_notation(name)) {
                    schema.meant.clone_from(&same.meant);
                }
                self.schema(&schema);
                if samples::is_json_or_form(name) {
                    self.examples(&media_type, &schema);
                }
            }
            if let Some(schema) = media_type.get("itemSchema") {
                self.schema(&schema);
            }
        }
    }
}

#[cfg(test)]
mod tests;
