//! What each node of a document is, by the keys that lead to it.
//!
//! One table for Swagger 2.0 and OpenAPI 3.x: no key means something else in one of them. It is
//! coarser than the grammar, and asks for nothing: it says where references and schemas can stand.

use crate::diagnostic::unescaped;
use serde_json::Value;

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Document,
    Components,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    Response,
    Header,
    MediaType,
    Encoding,
    Schema,
    Discriminator,
    /// A value of a discriminator's mapping: a reference without `$ref`.
    Target,
    Example,
    Link,
    Callback,
    SecurityScheme,
    /// Something that OpenAPI has no references for.
    Other,
    /// A value of the user's: nothing in it means anything.
    Data,
}

/// A node, or a mapping to such nodes. A list of them is seen as one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Node {
    One(Role),
    Map(Role),
}

use Node::{Map, One};

impl Node {
    /// What a member of this node is.
    pub(super) fn child(self, key: &str) -> Self {
        match self {
            Map(role) if key.starts_with("x-") && role != Role::Schema => One(Role::Data),
            Map(role) => One(role),
            One(role) => role.child(key),
        }
    }

    /// Whether it only holds other nodes, so that no reference can mean it.
    pub(super) fn is_structure(self) -> bool {
        matches!(
            self,
            Map(_) | One(Role::Document | Role::Components | Role::Operation)
        )
    }

    /// What the node is by itself.
    pub(super) fn role(self) -> Role {
        match self {
            One(role) => role,
            Map(_) => Role::Other,
        }
    }
}

/// What stands at a pointer of an entry document.
pub(super) fn at(entry: &Value, pointer: &str) -> Option<Node> {
    let (mut node, mut value) = (One(Role::Document), entry);
    for segment in pointer.split('/').skip(1) {
        let key = unescaped(segment);
        value = match value {
            Value::Object(members) => {
                node = node.child(&key);
                members.get(&key)?
            }
            Value::Array(items) => items.get(key.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(node)
}

impl Role {
    /// The mapping below `components` that holds such nodes.
    pub(super) fn components(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema | Self::Target => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::Header => "headers",
            Self::RequestBody => "requestBodies",
            Self::SecurityScheme => "securitySchemes",
            Self::PathItem => "pathItems",
            Self::MediaType => "mediaTypes",
            Self::Example => "examples",
            Self::Link => "links",
            Self::Callback => "callbacks",
            _ => return None,
        })
    }

    /// Whether a reference in the place of a node of the other role can mean a node of this one.
    pub(super) fn is_for(self, wanted: Self) -> bool {
        let is_schema = |role| matches!(role, Self::Schema | Self::Target);
        self == wanted || self.components().is_none() || is_schema(self) && is_schema(wanted)
    }

    /// Whether a node, which stands where those of another role do, can be one of this role.
    pub(super) fn fits(self, node: &Value) -> bool {
        let has = |key: &str| node.get(key).is_some();
        match self {
            Self::Parameter => has("name") && has("in"),
            Self::Header => has("schema") || has("content") || has("type"),
            Self::Response => has("content") || has("description") && !has("type"),
            Self::RequestBody => has("content"),
            _ => false,
        }
    }

    fn child(self, key: &str) -> Node {
        match self {
            Self::Data => One(Self::Data),
            _ if key.starts_with("x-") => One(Self::Data),
            Self::Schema => schema(key),
            Self::Document => document(key),
            Self::Components => components(key),
            Self::PathItem if key == "parameters" => One(Self::Parameter),
            Self::PathItem if key == "additionalOperations" => Map(Self::Operation),
            Self::PathItem if matches!(key, "servers" | "summary" | "description") => {
                One(Self::Other)
            }
            Self::PathItem => One(Self::Operation),
            Self::Operation => operation(key),
            Self::Parameter | Self::Header | Self::MediaType | Self::Response => content(key),
            Self::RequestBody if key == "content" => Map(Self::MediaType),
            Self::Encoding if key == "headers" => Map(Self::Header),
            Self::Discriminator if key == "mapping" => Map(Self::Target),
            Self::Callback => One(Self::PathItem),
            Self::Example if key == "value" => One(Self::Data),
            _ => One(Self::Other),
        }
    }
}

fn document(key: &str) -> Node {
    match key {
        "paths" | "webhooks" => Map(Role::PathItem),
        "components" => One(Role::Components),
        "definitions" => Map(Role::Schema),
        "parameters" => Map(Role::Parameter),
        "responses" => Map(Role::Response),
        "securityDefinitions" => Map(Role::SecurityScheme),
        _ => One(Role::Other),
    }
}

fn components(key: &str) -> Node {
    Map(match key {
        "schemas" => Role::Schema,
        "responses" => Role::Response,
        "parameters" => Role::Parameter,
        "headers" => Role::Header,
        "requestBodies" => Role::RequestBody,
        "securitySchemes" => Role::SecurityScheme,
        "pathItems" => Role::PathItem,
        "mediaTypes" => Role::MediaType,
        "examples" => Role::Example,
        "links" => Role::Link,
        "callbacks" => Role::Callback,
        _ => return One(Role::Data),
    })
}

fn operation(key: &str) -> Node {
    match key {
        "parameters" => One(Role::Parameter),
        "requestBody" => One(Role::RequestBody),
        "responses" => Map(Role::Response),
        "callbacks" => Map(Role::Callback),
        _ => One(Role::Other),
    }
}

/// Parameters, headers, media types and responses: what they share has the same names.
fn content(key: &str) -> Node {
    match key {
        "schema" | "items" | "itemSchema" => One(Role::Schema),
        "content" => Map(Role::MediaType),
        "headers" => Map(Role::Header),
        "examples" => Map(Role::Example),
        "links" => Map(Role::Link),
        "encoding" => Map(Role::Encoding),
        "itemEncoding" | "prefixEncoding" => One(Role::Encoding),
        "example" | "default" | "enum" => One(Role::Data),
        _ => One(Role::Other),
    }
}

fn schema(key: &str) -> Node {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas"
        | "dependencies" => Map(Role::Schema),
        "items"
        | "additionalProperties"
        | "allOf"
        | "oneOf"
        | "anyOf"
        | "not"
        | "prefixItems"
        | "additionalItems"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "contains"
        | "propertyNames"
        | "if"
        | "then"
        | "else"
        | "contentSchema" => One(Role::Schema),
        "discriminator" => One(Role::Discriminator),
        _ => One(Role::Data),
    }
}

/// The key of a reference that a node of this role is, if it is one.
pub(super) fn reference(value: &Value, role: Role) -> Option<(&'static str, &str)> {
    let members = value.as_object()?;
    let keys: &[&'static str] = match role {
        Role::Data | Role::Document | Role::Target => &[],
        Role::Schema => &["$ref", "$dynamicRef", "$recursiveRef"],
        _ => &["$ref"],
    };
    keys.iter()
        .find_map(|key| Some((*key, members.get(*key)?.as_str()?)))
}
