//! `default`: a value of the schema that it stands in.

use super::enumeration;
use super::grammar::Members;
use super::keywords::Kind;
use super::scalar;
use super::walk::Walker;
use crate::diagnostic::Code;
use crate::parse::trail::Trail;
use serde_json::Value;

/// Makes the default what the type and the enumeration say, or leaves it out.
pub(super) fn settle(
    walker: &mut Walker<'_>,
    schema: &mut Members,
    kind: Option<Kind>,
    trail: &Trail<'_>,
) {
    let Some(default) = schema
        .get_mut("default")
        .filter(|default| !default.is_null())
    else {
        return;
    };
    let at = Trail::Key(trail, "default");
    if let Some(kind) = kind
        && let Some(read) = enumeration::read(default, kind)
    {
        let found = scalar::describe(default);
        let message = format!(
            "the default is {found}, but the type is `{}`",
            kind.as_str()
        );
        let diagnostic = walker.report(Code::ValueType, &at, message);
        let Some(read) = read else {
            diagnostic.help("it was left out");
            schema.shift_remove("default");
            return;
        };
        diagnostic.help(format!("it was read as {}", scalar::describe(&read)));
        *default = read;
    }
    let default = schema.get("default");
    let Some(Value::Array(values)) = schema.get("enum") else {
        return;
    };
    if default.is_some_and(|default| !values.contains(default)) {
        walker
            .report(
                Code::ValueType,
                &at,
                "the default is none of the values of the enum",
            )
            .help("it was left out; add it to the enum, or correct it");
        schema.shift_remove("default");
    }
}
