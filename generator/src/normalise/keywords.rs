//! Which keywords belong to which type.
//!
//! `openapiv3` takes a schema for untyped as soon as one keyword does not belong to its type, so
//! keywords that mean nothing are removed.

use super::grammar::Members;
use super::scalar::whole;
use super::walk::Walker;
use crate::beside;
use crate::diagnostic::Code;
use crate::parse::trail::Trail;
use serde_json::{Map, Value};

/// The types of OpenAPI 3.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    String,
    Number,
    Integer,
    Boolean,
    Array,
    Object,
}

use Kind::{Array, Integer, Number, Object, String as Text};

/// Keywords that mean something for values of these types only.
const ONLY_FOR: &[(&str, &[Kind])] = &[
    ("format", &[Text, Number, Integer]),
    ("minLength", &[Text]),
    ("maxLength", &[Text]),
    ("pattern", &[Text]),
    ("minimum", &[Number, Integer]),
    ("maximum", &[Number, Integer]),
    ("multipleOf", &[Number, Integer]),
    ("exclusiveMinimum", &[Number, Integer]),
    ("exclusiveMaximum", &[Number, Integer]),
    (beside::MINIMUM, &[Integer]),
    (beside::MAXIMUM, &[Integer]),
    ("items", &[Array]),
    ("minItems", &[Array]),
    ("maxItems", &[Array]),
    ("uniqueItems", &[Array]),
    ("properties", &[Object]),
    ("required", &[Object]),
    ("additionalProperties", &[Object]),
    ("minProperties", &[Object]),
    ("maxProperties", &[Object]),
];

impl Kind {
    /// The type of this name.
    pub(super) fn exact(name: &str) -> Option<Self> {
        Some(match name {
            "string" => Self::String,
            "object" => Self::Object,
            "integer" => Self::Integer,
            "array" => Self::Array,
            "boolean" => Self::Boolean,
            "number" => Self::Number,
            _ => return None,
        })
    }

    /// The type that somebody meant by a name from another language.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        Self::exact(&name).or_else(|| {
            Some(match name.as_str() {
                "str" | "text" | "uuid" | "date" | "datetime" | "date-time" => Self::String,
                "int" | "int32" | "int64" | "long" => Self::Integer,
                "float" | "double" | "decimal" => Self::Number,
                "bool" => Self::Boolean,
                "list" => Self::Array,
                "map" | "dict" => Self::Object,
                _ => return None,
            })
        })
    }

    /// The type that is meant by a format without one.
    pub(super) fn of_format(format: &str) -> Option<Self> {
        Some(match format {
            "binary" | "byte" | "base64" | "date" | "date-time" | "datetime" | "dateTime"
            | "email" | "hostname" | "ipv4" | "ipv6" | "password" | "string" | "time" | "uri"
            | "url" | "uuid" | "UUID" | "uuid4" => Self::String,
            "int" | "int8" | "int16" | "int32" | "int64" | "integer" | "long" | "short"
            | "uint" | "uint8" | "uint16" | "uint32" | "uint64" | "ulong" => Self::Integer,
            "float" | "double" | "number" => Self::Number,
            "boolean" => Self::Boolean,
            _ => return None,
        })
    }

    /// Whether a value is of the type.
    pub(super) fn admits(self, value: &Value) -> bool {
        match value {
            Value::Null => false,
            Value::Bool(_) => self == Self::Boolean,
            Value::Number(number) => {
                self == Self::Number || (self == Self::Integer && whole(number).is_some())
            }
            Value::String(_) => self == Self::String,
            Value::Array(_) => self == Self::Array,
            Value::Object(_) => self == Self::Object,
        }
    }

    /// The name of the type.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Array => "array",
            Self::Object => "object",
        }
    }
}

/// The types that a keyword is for, if it is not for all.
fn only_for(keyword: &str) -> Option<&'static [Kind]> {
    ONLY_FOR
        .iter()
        .find(|(name, _)| *name == keyword)
        .map(|(_, kinds)| *kinds)
}

/// Whether a keyword means nothing for some types.
pub(super) fn is_for_some_kinds(keyword: &str) -> bool {
    only_for(keyword).is_some()
}

/// A schema of one type with the keywords of the given schema that are for this type only.
pub(super) fn branch(schema: &Members, kind: Kind) -> Value {
    let own = schema
        .iter()
        .filter(|(key, _)| only_for(key).is_some_and(|for_| for_.contains(&kind)));
    let mut branch = Map::from_iter([(String::from("type"), Value::from(kind.as_str()))]);
    branch.extend(own.map(|(key, value)| (key.clone(), value.clone())));
    Value::Object(branch)
}

/// Whether a schema has keywords that mean nothing for the type.
pub(super) fn has_others(schema: &Members, kind: Kind) -> bool {
    schema.keys().any(|key| is_misplaced(key, kind))
}

fn is_misplaced(keyword: &str, kind: Kind) -> bool {
    only_for(keyword).is_some_and(|kinds| !kinds.contains(&kind))
}

/// Removes keywords that mean nothing for the type.
pub(super) fn applicable(
    walker: &mut Walker<'_>,
    schema: &mut Members,
    kind: Kind,
    trail: &Trail<'_>,
) {
    if !has_others(schema, kind) {
        return;
    }
    schema.retain(|key, _| {
        let misplaced = is_misplaced(key, kind);
        if misplaced {
            let message = format!("`{key}` means nothing for the type `{}`", kind.as_str());
            let at = Trail::Key(trail, key);
            walker
                .report_key(Code::Malformed, &at, message)
                .help("it was ignored");
        }
        !misplaced
    });
}
