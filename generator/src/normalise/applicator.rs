//! Objects: properties that are forbidden or found by pattern, and what names may be.

use super::dialect::{any_of_placed, code, codes, note, placed, unexpressed};
use super::grammar::Members;
use super::walk::Walker;
use crate::parse::trail::Trail;
use serde_json::Value;

/// Leaves only `properties` and `additionalProperties`.
pub(super) fn rewrite(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    forbidden(walker, schema, trail);
    patterns(walker, schema, trail);
    names(walker, schema, trail);
    if let Some(unevaluated) = schema.shift_remove("unevaluatedProperties")
        && !schema.contains_key("additionalProperties")
    {
        schema.insert(String::from("additionalProperties"), unevaluated);
        let old = ["unevaluatedProperties"];
        walker
            .origins
            .prepared(trail, &old, &["additionalProperties"]);
    }
}

/// `properties: {a: false}` is a property that never comes.
fn forbidden(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return;
    };
    if !properties
        .values()
        .any(|property| *property == Value::Bool(false))
    {
        return;
    }
    let at = Trail::Key(trail, "properties");
    properties.retain(|name, property| {
        let forbidden = *property == Value::Bool(false);
        if forbidden && !walker.modern {
            walker
                .unexpected(property, "a schema", &Trail::Key(&at, name))
                .help("it was left out: no value fits");
        }
        !forbidden
    });
}

/// Values of properties with names of a pattern have a type. Beside declared properties it is only
/// used if nothing else may stand there: a server may add what no pattern speaks of.
fn patterns(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    let Some(patterned) = schema.shift_remove("patternProperties") else {
        return;
    };
    let Value::Object(patterned) = patterned else {
        walker
            .unexpected(
                &patterned,
                "an object",
                &Trail::Key(trail, "patternProperties"),
            )
            .help("it was ignored");
        return;
    };
    let patterns: Vec<String> = patterned.keys().cloned().collect();
    let additional = schema.get("additionalProperties").cloned();
    let is_closed = additional == Some(Value::Bool(false))
        || schema.get("unevaluatedProperties") == Some(&Value::Bool(false));
    let is_open = !is_closed && additional.as_ref().is_none_or(Value::is_boolean);
    let has_properties = schema
        .get("properties")
        .and_then(Value::as_object)
        .is_some_and(|properties| !properties.is_empty());
    let matches_all =
        |pattern: &String| matches!(pattern.as_str(), "" | ".*" | "^.*$" | ".+" | "^.+$");
    if is_open && has_properties && !patterns.iter().any(matches_all) {
        unexpressed(
            walker,
            trail,
            "patternProperties",
            "properties of these names have a schema, and others may be anything",
        )
        .help("they are kept among the additional properties; say `additionalProperties: false` to give them a type");
        return;
    }
    let values = placed("patternProperties", Value::Object(patterned)).into_iter();
    let rest = additional.filter(|additional| !additional.is_boolean());
    let rest = rest.map(|rest| (vec![String::from("additionalProperties")], rest));
    let values = values.chain(rest);
    let Some(values) = any_of_placed(walker, trail, "additionalProperties", values) else {
        return;
    };
    schema.insert(String::from("additionalProperties"), values);
    if is_closed || !has_properties {
        let patterns: Vec<String> = patterns.iter().map(|pattern| code(pattern)).collect();
        let sentence = format!("Names of properties match {}.", patterns.join(" or "));
        note(schema, &sentence);
    }
}

/// The names themselves are strings in any case; what else is said of them is for readers.
fn names(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    let names = match schema.shift_remove("propertyNames") {
        Some(Value::Bool(false)) => {
            schema.insert(String::from("additionalProperties"), Value::Bool(false));
            return;
        }
        Some(Value::Object(names)) => names,
        _ => return,
    };
    let mut is_known = true;
    for (key, value) in &names {
        let sentence = match (key.as_str(), value) {
            ("pattern", Value::String(pattern)) => {
                format!("Names of properties match {}.", code(pattern))
            }
            ("format", Value::String(format)) => {
                format!("Names of properties are of the format {}.", code(format))
            }
            ("enum", Value::Array(values)) => format!("Names of properties: {}.", codes(values)),
            ("const", value) => format!("The only name of a property: {}.", codes([value])),
            ("$ref", Value::String(target)) => {
                let name = target.rsplit('/').next().unwrap_or_default();
                format!("Names of properties are values of {}.", code(name))
            }
            ("minLength", length) => {
                format!("Names of properties have at least {length} characters.")
            }
            ("maxLength", length) => {
                format!("Names of properties have at most {length} characters.")
            }
            ("type" | "title" | "description" | "example" | "examples" | "$comment", _) => continue,
            (key, _) if key.starts_with("x-") => continue,
            _ => {
                is_known = false;
                continue;
            }
        };
        note(schema, &sentence);
    }
    if !is_known {
        let message = "the names of the properties have a schema";
        unexpressed(walker, trail, "propertyNames", message).help("names are strings of any kind");
    }
}
