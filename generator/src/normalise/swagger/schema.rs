//! What is in place, but has another name: references and keywords of schemas.

use super::super::role::{Node, Role};
use super::MAPPINGS;
use serde_json::{Map, Value};

/// Renames references and keywords everywhere.
pub(super) fn rewrite(document: &mut Value) {
    visit(document, Node::One(Role::Document));
}

fn visit(value: &mut Value, node: Node) {
    match value {
        _ if node == Node::One(Role::Data) => {}
        Value::Object(members) => {
            if let Node::One(role) = node {
                if let Some(Value::String(reference)) = members.get_mut("$ref") {
                    rename(reference);
                }
                if matches!(role, Role::Schema | Role::Parameter | Role::Header) {
                    keywords(members);
                }
            }
            for (key, member) in members {
                visit(member, node.child(key));
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, node)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn rename(reference: &mut String) {
    for (old, new) in MAPPINGS {
        let name = reference
            .strip_prefix("#/")
            .and_then(|path| path.strip_prefix(old)?.strip_prefix('/'));
        if let Some(name) = name {
            *reference = format!("#/components/{new}/{name}");
            return;
        }
    }
}

/// The keywords that Swagger 2.0 has in another form, or that everybody uses to extend it.
fn keywords(members: &mut Map<String, Value>) {
    for extension in ["x-nullable", "x-isnullable", "x-isNullable"] {
        if let Some(nullable) = members.shift_remove(extension) {
            members.entry("nullable").or_insert(nullable);
        }
    }
    // Lists inside of lists are JSON wherever they are read.
    if members.get("collectionFormat").and_then(Value::as_str) == Some("csv") {
        members.shift_remove("collectionFormat");
    }
    if let Some(discriminator) = members.get_mut("discriminator")
        && discriminator.is_string()
    {
        let name = discriminator.take();
        *discriminator = Value::Object(Map::from_iter([(String::from("propertyName"), name)]));
    }
}
