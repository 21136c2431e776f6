//! Schemas: what stands for one in real documents, and the dialects that are not OpenAPI 3.0.

use super::grammar::Members;
use super::keywords::{self, Kind};
use super::walk::Walker;
use super::{bounds, default, dialect, enumeration, types};
use crate::diagnostic::Code;
use crate::parse::trail::Trail;
use serde_json::{Map, Value};

/// Makes an object of the value, and rewrites what OpenAPI 3.0 says in another way.
pub(super) fn prepare(walker: &mut Walker<'_>, value: &mut Value, trail: &Trail<'_>) {
    match value {
        Value::Object(members) if members.contains_key("$ref") => {}
        Value::Object(members) => rewrite(walker, members, trail),
        Value::Bool(accepts) => {
            let accepts = *accepts;
            if !walker.modern {
                let help = if accepts {
                    "any value is accepted"
                } else {
                    "no value fits"
                };
                walker.unexpected(value, "a schema", trail).help(help);
            }
            *value = Value::Object(Map::new());
            if let (false, Value::Object(members)) = (accepts, value) {
                members.insert(String::from("not"), Value::Object(Map::new()));
            }
        }
        Value::String(name) => {
            let named = Kind::parse(name);
            let diagnostic = walker.unexpected(value, "a schema", trail);
            *value = Value::Object(Map::new());
            if let (Some(kind), Value::Object(members)) = (named, value) {
                diagnostic.help("it was read as the `type` of a schema");
                members.insert(String::from("type"), Value::from(kind.as_str()));
            } else {
                diagnostic.help("any value is accepted");
            }
        }
        Value::Null | Value::Number(_) | Value::Array(_) => {
            walker
                .unexpected(value, "a schema", trail)
                .help("any value is accepted");
            *value = Value::Object(Map::new());
        }
    }
}

/// A value without a known tag is told apart as one without a discriminator is.
pub(super) fn conclude_discriminator(
    walker: &mut Walker<'_>,
    discriminator: &mut Members,
    trail: &Trail<'_>,
) -> bool {
    if discriminator.shift_remove("defaultMapping").is_some() {
        let message = "values without a known tag have a schema of their own";
        dialect::unexpressed(walker, trail, "defaultMapping", message)
            .help("they are decoded as the alternative that they fit best");
    }
    true
}

/// Settles `type` first, then what depends on it.
pub(super) fn conclude(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) -> bool {
    let kind = types::settle(walker, schema, trail);
    bounds::exclusive(walker, schema, trail);
    enumeration::settle(walker, schema, kind, trail);
    default::settle(walker, schema, kind, trail);
    for list in ["allOf", "oneOf", "anyOf"] {
        if schema
            .get(list)
            .and_then(Value::as_array)
            .is_some_and(Vec::is_empty)
        {
            let at = Trail::Key(trail, list);
            walker
                .report(Code::Malformed, &at, format!("`{list}` is empty"))
                .help("it was ignored");
            schema.shift_remove(list);
        }
    }
    if let Some(kind) = kind {
        bounds::integral(walker, schema, kind, trail);
        keywords::applicable(walker, schema, kind, trail);
    }
    true
}

/// Keywords that the grammar describes in the form of OpenAPI 3.0, and that have another form in
/// 3.1 or in old drafts of JSON Schema.
fn rewrite(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    dialect::rewrite(walker, schema, trail);
    if schema.get("required").is_some_and(Value::is_boolean) {
        let at = Trail::Key(trail, "required");
        walker
            .report(
                Code::Malformed,
                &at,
                "`required` must be a list of property names",
            )
            .help(
                "it was ignored; name the property in the `required` of the object it belongs to",
            );
        schema.shift_remove("required");
    }
    types::branches(walker, schema, trail);
    if schema.get("type").is_some_and(Value::is_array) {
        types::list(walker, schema, trail);
    }
}
