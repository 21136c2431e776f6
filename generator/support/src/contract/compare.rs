//! Whether two JSON values, or a value and its text, say the same.

use serde_json::{Number, Value};

/// The first place in which two values differ.
pub fn difference(path: &str, before: &Value, after: &Value) -> Option<String> {
    match (before, after) {
        (Value::Object(left), Value::Object(right)) => {
            if let Some(key) = right.keys().find(|key| !left.contains_key(*key)) {
                return Some(format!("`{path}/{key}` was added"));
            }
            left.iter().find_map(|(key, value)| match right.get(key) {
                Some(other) => difference(&format!("{path}/{key}"), value, other),
                None => Some(format!("`{path}/{key}` is gone")),
            })
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            let mut pairs = left.iter().zip(right).enumerate();
            pairs.find_map(|(index, (left, right))| {
                difference(&format!("{path}/{index}"), left, right)
            })
        }
        (Value::Number(left), Value::Number(right)) if same_number(left, right) => None,
        (Value::String(left), Value::String(right)) if same_text(left, right) => None,
        (left, right) if left == right => None,
        (left, right) => Some(format!(
            "`{path}` was {} and is {}",
            short(left),
            short(right)
        )),
    }
}

/// Whether a text says what a scalar is.
pub fn says(text: &str, value: &Value) -> bool {
    match value {
        Value::String(wanted) => same_text(text, wanted),
        Value::Number(wanted) => text
            .parse::<Number>()
            .is_ok_and(|number| same_number(&number, wanted)),
        Value::Bool(wanted) => text == if *wanted { "true" } else { "false" },
        Value::Null => text.is_empty() || text == "null",
        Value::Array(_) | Value::Object(_) => serde_json::from_str(text)
            .is_ok_and(|read: Value| difference("", value, &read).is_none()),
    }
}

/// A value that is not too long for a message.
pub fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// `1` is `1.0`.
fn same_number(left: &Number, right: &Number) -> bool {
    let integer = |number: &Number| {
        number
            .as_i64()
            .map(i128::from)
            .or(number.as_u64().map(i128::from))
    };
    match (integer(left), integer(right)) {
        (Some(left), Some(right)) => left == right,
        _ => left.as_f64() == right.as_f64(),
    }
}

/// Instants may be written in several ways, and so may UUIDs.
fn same_text(left: &str, right: &str) -> bool {
    left == right
        || is_uuid(left) && left.eq_ignore_ascii_case(right)
        || instant(left).is_some_and(|left| Some(left) == instant(right))
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Seconds of RFC 3339, and the digits behind the point.
fn instant(text: &str) -> Option<(i64, String)> {
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let rest = text.get(19..)?;
    let zone_at = rest.find(['Z', 'z', '+', '-'])?;
    let (fraction, zone) = rest.split_at(zone_at);
    let offset = match zone.get(1..)? {
        "" => 0,
        zone => {
            let (hours, minutes) = zone.split_once(':')?;
            let minutes = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
            if rest.as_bytes().get(zone_at) == Some(&b'-') {
                -minutes
            } else {
                minutes
            }
        }
    };
    // Days since the first of March of the year 0.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day;
    let seconds = ((days * 24 + hour) * 60 + minute - offset) * 60 + second;
    Some((seconds, fraction.trim_matches(['.', '0']).to_owned()))
}
