//! Strings, flags and numbers, and what real documents write instead of them.

use super::walk::Walker;
use crate::parse::trail::Trail;
use serde_json::{Number, Value};

/// What a value is, with its article.
pub(super) fn describe(value: &Value) -> String {
    match value {
        Value::Null => String::from("null"),
        Value::Bool(flag) => format!("the boolean {flag}"),
        Value::Number(number) => format!("the number {number}"),
        Value::String(text) if text.chars().count() <= 20 => {
            format!("the string \"{}\"", text.escape_debug())
        }
        Value::String(_) => String::from("a string"),
        Value::Array(_) => String::from("a list"),
        Value::Object(_) => String::from("an object"),
    }
}

/// A string. YAML makes numbers and booleans of words without quotes.
pub(super) fn text(walker: &mut Walker<'_>, value: &mut Value, trail: &Trail<'_>) -> bool {
    let read = match value {
        Value::String(_) => return true,
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    };
    replace(walker, value, "a string", read.map(Value::String), trail)
}

/// `true` or `false`.
pub(super) fn flag(walker: &mut Walker<'_>, value: &mut Value, trail: &Trail<'_>) -> bool {
    let read = match value {
        Value::Bool(_) => return true,
        Value::String(text) if text.eq_ignore_ascii_case("true") => Some(Value::Bool(true)),
        Value::String(text) if text.eq_ignore_ascii_case("false") => Some(Value::Bool(false)),
        _ => None,
    };
    replace(walker, value, "`true` or `false`", read, trail)
}

/// A whole number, zero or more.
pub(super) fn count(walker: &mut Walker<'_>, value: &mut Value, trail: &Trail<'_>) -> bool {
    let read = match value {
        Value::Number(number) => match whole(number) {
            Some(count) if count.is_u64() => {
                // `1.0` is the integer 1, in JSON Schema as in mathematics.
                *number = count;
                return true;
            }
            _ => None,
        },
        Value::String(text) => text.trim().parse::<u64>().ok().map(Value::from),
        _ => None,
    };
    replace(
        walker,
        value,
        "a whole number that is not negative",
        read,
        trail,
    )
}

/// Any number.
pub(super) fn number(walker: &mut Walker<'_>, value: &mut Value, trail: &Trail<'_>) -> bool {
    let read = match value {
        Value::Number(_) => return true,
        Value::String(text) => parse_number(text).map(Value::Number),
        _ => None,
    };
    replace(walker, value, "a number", read, trail)
}

/// One of a few strings.
pub(super) fn word(
    walker: &mut Walker<'_>,
    value: &mut Value,
    words: &[&'static str],
    trail: &Trail<'_>,
) -> bool {
    let written = value.as_str();
    if written.is_some_and(|text| words.contains(&text)) {
        return true;
    }
    let meant = words
        .iter()
        .find(|word| written.is_some_and(|text| text.eq_ignore_ascii_case(word)));
    let expected = match words {
        [only] => format!("`{only}`"),
        words => format!("one of `{}`", words.join("`, `")),
    };
    let read = meant.map(|word| Value::from(*word));
    replace(walker, value, &expected, read, trail)
}

/// The number that a string spells.
pub(super) fn parse_number(text: &str) -> Option<Number> {
    let text = text.trim();
    let integer = text.parse::<i64>().map(Number::from);
    integer
        .ok()
        .or_else(|| text.parse::<f64>().ok().and_then(Number::from_f64))
}

/// The number as an integer of 64 bits, if it is one.
pub(crate) fn whole(number: &Number) -> Option<Number> {
    /// The integers up to here, and only they, are what they look like as floats.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if !number.is_f64() {
        return Some(number.clone());
    }
    let float = number
        .as_f64()
        .filter(|float| float.fract() == 0.0 && float.abs() <= EXACT)?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to be a whole number in range"
    )]
    let integer = float as i64;
    Some(u64::try_from(integer).map_or_else(|_| Number::from(integer), Number::from))
}

/// Reports the value, and puts in its place what was meant, if that is plain.
fn replace(
    walker: &mut Walker<'_>,
    value: &mut Value,
    expected: &str,
    read: Option<Value>,
    trail: &Trail<'_>,
) -> bool {
    let diagnostic = walker.unexpected(value, expected, trail);
    match read {
        Some(read) => {
            diagnostic.help(format!("it was read as {}", describe(&read)));
            *value = read;
            true
        }
        None => {
            diagnostic.help("it was left out");
            false
        }
    }
}
