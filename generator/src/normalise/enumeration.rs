//! `enum` and `const`: every value must be of the declared type, or null.

use super::grammar::Members;
use super::keywords::Kind;
use super::scalar;
use super::walk::Walker;
use crate::diagnostic::Code;
use crate::parse::trail::Trail;
use serde_json::{Number, Value};

/// Makes the values what the type says. YAML makes numbers and booleans of words without quotes,
/// and people put quotes around numbers.
pub(super) fn settle(
    walker: &mut Walker<'_>,
    schema: &mut Members,
    kind: Option<Kind>,
    trail: &Trail<'_>,
) {
    if let Some(value) = schema.shift_remove("const") {
        if !walker.modern {
            let at = Trail::Key(trail, "const");
            walker
                .report_key(Code::Malformed, &at, "`const` is not part of OpenAPI 3.0")
                .help("it was read as an `enum` of one value");
        }
        schema.insert(String::from("enum"), Value::Array(vec![value]));
    }
    let at = Trail::Key(trail, "enum");
    if kind == Some(Kind::Array) && for_items(walker, schema, &at) {
        return;
    }
    let values = match schema.get_mut("enum") {
        None => return,
        Some(Value::Array(values)) => values,
        Some(other) => {
            if !other.is_null() {
                walker
                    .unexpected(other, "a list of values", &at)
                    .help("it was ignored");
            }
            schema.shift_remove("enum");
            return;
        }
    };
    if let Some(kind) = kind {
        let (mut index, mut kept) = (0, Vec::new());
        values.retain_mut(|value| {
            let keep = check(walker, value, kind, &Trail::Index(&at, index));
            if keep {
                kept.push(index);
            }
            index += 1;
            keep
        });
        if kept.len() < index {
            walker.origins.items_moved(&at, &kept);
        }
    }
    if values.is_empty() {
        walker
            .report(Code::Malformed, &at, "`enum` has no usable value")
            .help("it was ignored");
        schema.shift_remove("enum");
    }
}

/// Values of a list that are not lists are meant for its items.
fn for_items(walker: &mut Walker<'_>, schema: &mut Members, at: &Trail<'_>) -> bool {
    let is_item = |value: &Value| !value.is_array() && !value.is_null();
    let meant = schema.get("enum").and_then(Value::as_array);
    if !meant.is_some_and(|values| !values.is_empty() && values.iter().all(is_item)) {
        return false;
    }
    let Some(Value::Array(mut values)) = schema.shift_remove("enum") else {
        return false;
    };
    let message = "these values are those of the items, not of the list";
    let items = schema
        .entry("items")
        .or_insert_with(|| Value::Object(Members::new()));
    let Some(items) = items
        .as_object_mut()
        .filter(|items| !items.contains_key("$ref") && !items.contains_key("enum"))
    else {
        let diagnostic = walker.report_key(Code::Malformed, at, message);
        diagnostic.help("they were ignored, since `items` says what its values are");
        return true;
    };
    walker
        .report_key(Code::Malformed, at, message)
        .help("they were moved to the `enum` of `items`");
    let kind = items
        .get("type")
        .and_then(Value::as_str)
        .and_then(Kind::exact);
    let mut index = 0;
    values.retain_mut(|value| {
        let place = Trail::Index(at, index);
        index += 1;
        kind.is_none_or(|kind| check(walker, value, kind, &place))
    });
    if !values.is_empty() {
        items.insert(String::from("enum"), Value::Array(values));
    }
    true
}

fn check(walker: &mut Walker<'_>, value: &mut Value, kind: Kind, trail: &Trail<'_>) -> bool {
    let Some(read) = read(value, kind) else {
        return true;
    };
    let found = scalar::describe(value);
    let message = format!("the value is {found}, but the type is `{}`", kind.as_str());
    let diagnostic = walker.report(Code::ValueType, trail, message);
    match read {
        Some(read) => {
            diagnostic.help(format!("it was read as {}", scalar::describe(&read)));
            *value = read;
            true
        }
        None => {
            diagnostic.help("it was left out");
            false
        }
    }
}

/// `None`: the value is of the type. Otherwise what was meant, if that is plain.
pub(super) fn read(value: &mut Value, kind: Kind) -> Option<Option<Value>> {
    let integer = |number: &Number| scalar::whole(number).filter(|whole| !whole.is_f64());
    Some(match (kind, value) {
        (_, Value::Null)
        | (Kind::String, Value::String(_))
        | (Kind::Number, Value::Number(_))
        | (Kind::Boolean, Value::Bool(_))
        | (Kind::Array, Value::Array(_))
        | (Kind::Object, Value::Object(_)) => return None,
        (Kind::Integer, Value::Number(number)) => {
            // `1.0` is the integer 1; one beyond 64 bits is no value of any integer type.
            *number = match integer(number) {
                Some(whole) => whole,
                None => return Some(None),
            };
            return None;
        }
        (Kind::String, Value::Number(number)) => Some(Value::from(number.to_string())),
        (Kind::String, Value::Bool(flag)) => Some(Value::from(flag.to_string())),
        (Kind::Integer, Value::String(text)) => scalar::parse_number(text)
            .as_ref()
            .and_then(integer)
            .map(Value::Number),
        (Kind::Number, Value::String(text)) => scalar::parse_number(text).map(Value::Number),
        (Kind::Boolean, Value::String(text)) => match text.as_str() {
            "true" => Some(Value::Bool(true)),
            "false" => Some(Value::Bool(false)),
            _ => None,
        },
        _ => None,
    })
}
