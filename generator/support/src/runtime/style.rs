//! How values are written in parameters and forms: the styles of OpenAPI.

use super::path::encode;
use serde_json::{Map, Value};

/// How a list or an object is written in a parameter, or in a property of a form.
///
/// The names are those of the specification. What it leaves open is decided so: `null` is left out,
/// the members of an object come in the order of their names, and a list or an object inside an item is
/// in brackets where the parts are apart (`a[0][b]=1`), and JSON text where they are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `1,2` in paths and headers.
    Simple,
    /// `.1.2` in paths.
    Label,
    /// `;a=1;a=2` in paths.
    Matrix,
    /// `a=1&a=2`
    Form,
    /// `a=1%202`
    SpaceDelimited,
    /// `a=1%7C2`
    PipeDelimited,
    /// `a[b]=1`
    DeepObject,
    /// JSON text.
    Json,
}

/// How one property of a form is written, where that is not the usual way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    name: &'static str,
    style: Style,
    explode: bool,
}

impl Encoding {
    /// The property of this name is in this style; whether its parts are apart.
    #[must_use]
    pub const fn new(name: &'static str, style: Style, explode: bool) -> Self {
        Self {
            name,
            style,
            explode,
        }
    }
}

/// `name=value`, both encoded.
pub(super) fn pair(name: &str, value: &str) -> String {
    format!("{}={}", encode(name), encode(value))
}

/// The pairs of a form.
pub(super) fn form(encodings: &[Encoding], members: &Map<String, Value>) -> Vec<String> {
    let mut written = Vec::new();
    for (name, value) in members {
        match encodings.iter().find(|encoding| encoding.name == name) {
            Some(encoding) => {
                written.extend(pairs(name, encoding.style, encoding.explode, value));
            }
            None => member(&mut written, name, value),
        }
    }
    written
}

/// The pairs of a parameter in a query or a cookie.
pub(super) fn pairs(name: &str, style: Style, explode: bool, value: &Value) -> Vec<String> {
    let mut written = Vec::new();
    let separator = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    match (style, value) {
        (_, Value::Null) => {}
        (Style::Json, value) => written.push(pair(name, &value.to_string())),
        (Style::DeepObject, value) => brackets(&mut written, name, value),
        (_, Value::Array(_)) if explode => member(&mut written, name, value),
        (_, Value::Object(members)) if explode => {
            for (name, value) in members {
                member(&mut written, name, value);
            }
        }
        (_, Value::Array(_) | Value::Object(_)) => {
            let parts = parts(value, false, encode);
            if !parts.is_empty() {
                written.push(format!("{}={}", encode(name), parts.join(separator)));
            }
        }
        (_, scalar) => written.push(pair(name, &text(scalar))),
    }
    written
}

/// A parameter in a path, or with another way of encoding in a header.
pub(super) fn segment(
    name: &str,
    style: Style,
    explode: bool,
    value: &Value,
    encode: fn(&str) -> String,
) -> String {
    if style == Style::Json {
        return encode(&value.to_string());
    }
    let parts = parts(value, explode, encode);
    let pair = |value: &str| match value {
        "" => format!(";{}", encode(name)),
        value => format!(";{}={value}", encode(name)),
    };
    match style {
        Style::Label if explode => format!(".{}", parts.join(".")),
        Style::Label => format!(".{}", parts.join(",")),
        Style::Matrix if explode && value.is_object() => format!(";{}", parts.join(";")),
        Style::Matrix if explode => parts.iter().map(|part| pair(part)).collect(),
        Style::Matrix => pair(&parts.join(",")),
        _ => parts.join(","),
    }
}

/// The parts of a value: the items of a list; the members of an object as `name=value`, or as names
/// and values in turn; anything else is its own only part.
fn parts(value: &Value, explode: bool, encode: fn(&str) -> String) -> Vec<String> {
    match value {
        Value::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            items.map(|item| encode(&text(item))).collect()
        }
        Value::Object(members) => {
            let members = members.iter().filter(|(_, member)| !member.is_null());
            let members = members.map(|(name, member)| (encode(name), encode(&text(member))));
            if explode {
                members
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect()
            } else {
                members.flat_map(|(name, value)| [name, value]).collect()
            }
        }
        scalar => vec![encode(&text(scalar))],
    }
}

/// A value as text: a string as it is, lists and objects as JSON.
fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A property of a form: the items of a list are apart, and an object is in brackets.
fn member(written: &mut Vec<String>, name: &str, value: &Value) {
    match value {
        Value::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            for (index, item) in items.enumerate() {
                match item {
                    Value::Array(_) | Value::Object(_) => {
                        brackets(written, &format!("{name}[{index}]"), item);
                    }
                    scalar => written.push(pair(name, &text(scalar))),
                }
            }
        }
        other => brackets(written, name, other),
    }
}

/// `name[0]=a`, `name[b][c]=d`, and so on to the scalars.
fn brackets(written: &mut Vec<String>, name: &str, value: &Value) {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            let items = items.iter().filter(|item| !item.is_null());
            for (index, item) in items.enumerate() {
                brackets(written, &format!("{name}[{index}]"), item);
            }
        }
        Value::Object(members) => {
            for (member, value) in members {
                brackets(written, &format!("{name}[{member}]"), value);
            }
        }
        scalar => written.push(pair(name, &text(scalar))),
    }
}
