//! Parameters and headers: what they carry is in `schema` or in `content`, never in both.

use super::grammar::Members;
use super::walk::Walker;
use crate::beside;
use crate::diagnostic::Code;
use crate::parse::trail::Trail;
use serde_json::{Map, Value};

/// Keywords that stood in the parameter itself in Swagger 2.0, and still do in many documents.
const SCHEMA_KEYWORDS: &[&str] = &[
    "type",
    "format",
    "items",
    "enum",
    "default",
    "pattern",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "multipleOf",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "nullable",
    "oneOf",
    "anyOf",
    "allOf",
];

/// Moves schema keywords of the parameter itself into its schema, and drops null members that
/// would hide what is missing.
pub(super) fn prepare(walker: &mut Walker<'_>, value: &mut Value, trail: &Trail<'_>) {
    let Value::Object(members) = value else {
        return;
    };
    if !members
        .keys()
        .any(|key| SCHEMA_KEYWORDS.contains(&key.as_str()))
        || members.contains_key("$ref")
    {
        return;
    }
    let mut schema = Map::new();
    members.retain(|key, value| {
        let moved = SCHEMA_KEYWORDS.contains(&key.as_str());
        if moved {
            schema.insert(key.clone(), value.take());
        }
        !moved
    });
    let first = schema.keys().next().cloned().unwrap_or_default();
    let has_own = members.contains_key("schema") || members.contains_key("content");
    let help = if has_own {
        "it was ignored"
    } else {
        "it was read as part of the schema"
    };
    let message = format!("`{first}` belongs into the `schema` of the parameter");
    walker
        .report_key(Code::Malformed, &Trail::Key(trail, &first), message)
        .help(help);
    if !has_own {
        members.insert(String::from("schema"), Value::Object(schema));
    }
}

/// What must hold between the members of a parameter.
pub(super) fn conclude(
    walker: &mut Walker<'_>,
    parameter: &mut Members,
    trail: &Trail<'_>,
) -> bool {
    let place = parameter
        .get("in")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    if place == "querystring" {
        parameter.insert(String::from("in"), Value::from("query"));
        parameter.insert(beside::QUERY_STRING.to_owned(), Value::Bool(true));
    }
    if place == "cookie" && parameter.get("style").and_then(Value::as_str) == Some("cookie") {
        parameter.shift_remove("style");
        parameter.insert(beside::COOKIE_STYLE.to_owned(), Value::Bool(true));
    }
    let styles: &[&str] = match place.as_str() {
        "query" => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
        "path" => &["simple", "label", "matrix"],
        "header" => &["simple"],
        _ => &["form"],
    };
    let is_required = parameter
        .get("required")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    if place == "path" && !is_required {
        let name = parameter
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let message = format!(
            "the path parameter `{}` is not required",
            name.escape_debug()
        );
        walker
            .report(Code::PathParameter, trail, message)
            .help("it was read as `required: true`: a path has no optional parts");
        parameter.insert(String::from("required"), Value::Bool(true));
    }
    let unknown = parameter
        .get("style")
        .is_some_and(|style| !style.as_str().is_some_and(|style| styles.contains(&style)));
    if unknown {
        let message = format!("`style` must be one of `{}` here", styles.join("`, `"));
        walker
            .report(Code::Malformed, &Trail::Key(trail, "style"), message)
            .help("the default style is used");
        parameter.shift_remove("style");
    }
    conclude_header(walker, parameter, trail)
}

/// What must hold between the members of a header, and of a parameter too.
pub(super) fn conclude_header(
    walker: &mut Walker<'_>,
    header: &mut Members,
    trail: &Trail<'_>,
) -> bool {
    let media_types = header
        .get("content")
        .and_then(Value::as_object)
        .map_or(0, Map::len);
    if header.contains_key("schema") {
        if header.shift_remove("content").is_some() && media_types > 0 {
            let at = Trail::Key(trail, "content");
            walker
                .report_key(
                    Code::Malformed,
                    &at,
                    "only one of `schema` and `content` is allowed",
                )
                .help("`content` was ignored");
        }
        return true;
    }
    match media_types {
        1 => {}
        0 => {
            header.shift_remove("content");
            let message = format!("{} has neither `schema` nor `content`", trail.subject());
            walker
                .report(Code::Missing, trail, message)
                .help("it was read as a string");
            let schema = Map::from_iter([(String::from("type"), Value::from("string"))]);
            header.insert(String::from("schema"), Value::Object(schema));
        }
        _ => {
            let at = Trail::Key(trail, "content");
            walker
                .report(
                    Code::Malformed,
                    &at,
                    "`content` must have exactly one media type here",
                )
                .help("the first one is used");
        }
    }
    true
}
