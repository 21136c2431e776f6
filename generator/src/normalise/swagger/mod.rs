//! Swagger 2.0 becomes OpenAPI 3.0, in its words only: what is wrong stays wrong, and is repaired by
//! the walk like everything else.
//!
//! References have been made references to shared nodes before (`bundle`), so that it is enough to
//! rename the mappings that they lead to.

mod body;
mod parameter;
mod response;
mod schema;
mod security;
mod server;

use super::grammar::Members;
use super::origin::Layer;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Pointer};
use serde_json::{Map, Value};

/// The mappings of shared nodes: in Swagger 2.0, and below `components`.
const MAPPINGS: &[(&str, &str)] = &[
    ("definitions", "schemas"),
    ("parameters", "parameters"),
    ("responses", "responses"),
    ("securityDefinitions", "securitySchemes"),
];

const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Converts a document. The diagnostics are about places of the tree as it was.
pub(super) fn convert(document: Value, diagnostics: &mut Diagnostics) -> (Value, Layer) {
    let mut layer = Layer::default();
    let mut document = document;
    schema::rewrite(&mut document);
    let Value::Object(mut members) = document else {
        return (document, layer);
    };
    let root = Pointer::root();
    let mut converter = Converter {
        consumes: Vec::new(),
        produces: Vec::new(),
        parameters: object(members.get("parameters")),
        scalars: response::scalars(&members),
        layer: &mut layer,
        diagnostics,
    };
    converter.consumes = converter
        .names(&mut members, "consumes", &root)
        .unwrap_or_default();
    converter.produces = converter
        .names(&mut members, "produces", &root)
        .unwrap_or_default();
    let schemes = converter
        .names(&mut members, "schemes", &root)
        .unwrap_or_default();
    let servers = server::Servers::take(&mut members, schemes);
    let paths = root.child("paths");
    if let Some(Value::Object(items)) = members.get_mut("paths") {
        for (path, item) in items {
            converter.path_item(item, &paths.child(path), &servers);
        }
    }
    let mut components = object(members.shift_remove("components").as_ref());
    let place = root.child("components");
    if let Some(Value::Object(items)) = components.get_mut("pathItems") {
        for (name, item) in items {
            let at = place.child("pathItems").child(name);
            converter.path_item(item, &at, &servers);
        }
    }
    converter.components(&mut members, &mut components);
    if let Some((urls, key)) = servers.urls() {
        converter
            .layer
            .moved(root.child("servers"), root.child(key));
        members.insert(String::from("servers"), urls);
    }
    members.insert(String::from("components"), Value::Object(components));
    members.shift_remove("swagger");
    members.insert(String::from("openapi"), Value::from("3.0.3"));
    (Value::Object(members), layer)
}

/// What holds for the whole of a document.
struct Converter<'c> {
    consumes: Vec<String>,
    produces: Vec<String>,
    /// The shared parameters as they were: a body may be among them.
    parameters: Members,
    /// The shared schemas that are no structures.
    scalars: Vec<String>,
    layer: &'c mut Layer,
    diagnostics: &'c mut Diagnostics,
}

impl Converter<'_> {
    fn report(&mut self, code: Code, at: &Pointer, message: impl Into<String>) -> &mut Diagnostic {
        self.diagnostics.report(code, at, message)
    }

    /// Takes a list of words out of an object.
    fn names(&mut self, members: &mut Members, key: &str, at: &Pointer) -> Option<Vec<String>> {
        let names = match members.shift_remove(key)? {
            Value::Array(names) => names,
            Value::Null => return None,
            single => {
                self.report(
                    Code::Malformed,
                    &at.child(key),
                    format!("`{key}` must be a list"),
                )
                .help("it was read as a list of one");
                vec![single]
            }
        };
        let names = names.into_iter().filter_map(|name| match name {
            Value::String(name) => Some(name),
            _ => None,
        });
        Some(names.collect())
    }

    fn path_item(&mut self, item: &mut Value, at: &Pointer, servers: &server::Servers) {
        let Value::Object(members) = item else {
            return;
        };
        let bodies = self.parameters(members, at);
        for method in METHODS {
            let Some(Value::Object(operation)) = members.get_mut(*method) else {
                continue;
            };
            let at = at.child(method);
            let consumes = self.names(operation, "consumes", &at);
            let produces = self.names(operation, "produces", &at);
            if let Some(schemes) = self.names(operation, "schemes", &at)
                && let Some(own) = servers.other(&schemes)
            {
                operation.insert(String::from("servers"), own);
            }
            let mut own = self.parameters(operation, &at);
            let is_own = !own.is_empty();
            if !is_own {
                own.clone_from(&bodies);
            }
            if let Some(body) = self.request_body(own, consumes, &at) {
                operation.insert(String::from("requestBody"), body);
            }
            let produces = produces.unwrap_or_else(|| self.produces.clone());
            if let Some(Value::Object(responses)) = operation.get_mut("responses") {
                let at = at.child("responses");
                for (status, response) in responses {
                    let place = at.child(status);
                    self.response(response, status, &produces, (&place, &place));
                }
            }
        }
    }

    /// What is shared moves below `components`.
    fn components(&mut self, members: &mut Members, components: &mut Members) {
        let root = Pointer::root();
        let mut bodies = Map::new();
        for (old, new) in MAPPINGS {
            let Some(mut shared) = members.shift_remove(*old) else {
                continue;
            };
            let (before, now) = (root.child(old), root.child("components").child(new));
            self.layer.moved(now.clone(), before.clone());
            if let Value::Object(shared) = &mut shared {
                match *old {
                    "parameters" => bodies = self.shared_parameters(shared, &now, &before),
                    "responses" => {
                        let produces = self.produces.clone();
                        for (name, response) in shared {
                            let places = (&now.child(name), &before.child(name));
                            self.response(response, "default", &produces, places);
                        }
                    }
                    "securityDefinitions" => shared.values_mut().for_each(security::convert),
                    _ => {}
                }
            }
            components.insert((*new).to_owned(), shared);
        }
        if !bodies.is_empty() {
            components.insert(String::from("requestBodies"), Value::Object(bodies));
        }
        if let Some(Value::Object(headers)) = components.get_mut("headers") {
            let at = root.child("components").child("headers");
            for (name, header) in headers {
                self.parameter(header, &at.child(name), &at.child(name));
            }
        }
    }
}

/// The members of an object; none of anything else.
fn object(value: Option<&Value>) -> Members {
    value
        .and_then(Value::as_object)
        .cloned()
        .unwrap_or_default()
}
