//! Values that the document gives: examples, defaults and constants.

use specwright::media::{self, essence};

use super::{Node, Sample, Walker};

impl<'d> Walker<'d> {
    /// What a schema says of its own values.
    pub(super) fn own_samples(&mut self, schema: &Node<'d>) {
        if schema.value.get("$ref").is_some() && !self.modern {
            return;
        }
        for keyword in ["example", "default", "const"] {
            if let Some(node) = schema.get(keyword) {
                self.sample(node, schema);
            }
        }
        if let Some(examples) = schema.get("examples") {
            examples.items().for_each(|node| self.sample(node, schema));
        }
    }

    /// What stands beside a schema: in a parameter, a header or a media type.
    pub(super) fn examples(&mut self, node: &Node<'d>, schema: &Node<'d>) {
        if let Some(example) = node.get("example") {
            self.sample(example, schema);
        }
        for (_, named) in node.get("examples").iter().flat_map(Node::members) {
            let named = self.target(&named).unwrap_or(named);
            let value = named.get("value").or_else(|| named.get("dataValue"));
            if let Some(value) = value {
                self.sample(value, schema);
            }
        }
    }

    /// Swagger's examples of a response, by media type.
    pub(super) fn swagger_examples(&mut self, response: &Node<'d>, schema: &Node<'d>) {
        for (name, example) in response.get("examples").iter().flat_map(Node::members) {
            if is_json_or_form(name) {
                self.sample(example, schema);
            }
        }
    }

    fn sample(&mut self, node: Node<'d>, schema: &Node<'d>) {
        self.survey.samples.push(Sample {
            pointer: node.pointer,
            schema: schema.place(),
            value: node.value,
            realm: self.realm,
        });
    }
}

/// Whether values of a media type are given as JSON.
pub(super) fn is_json_or_form(name: &str) -> bool {
    let essence = essence(name);
    let is_range = matches!(essence.as_str(), "*/*" | "application/*");
    is_json(name) || essence.ends_with("/json") || is_range || has_parts(name)
}

/// Whether a media type is JSON.
pub(super) fn is_json(name: &str) -> bool {
    media::is_json(&essence(name))
}

/// Whether a media type is JSON or XML, which a schema describes in the same way.
pub(super) fn is_notation(name: &str) -> bool {
    let essence = essence(name);
    is_json(name) || essence.ends_with("/xml") || essence.ends_with("+xml")
}

/// Whether a media type has pairs or parts.
fn has_parts(name: &str) -> bool {
    let essence = essence(name);
    essence == "application/x-www-form-urlencoded" || essence == "multipart/form-data"
}
