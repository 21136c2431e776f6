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
    let integer = |number: &Number| scalar::whole(number).filter(Number::is_i64);
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
