//! The test that sends the document's own values through the generated types.
//!
//! Which values there are and which of them are valid is for others to say (see
//! [`Options::places`](crate::Options::places)); here they become a Rust file. The values are one
//! string literal, because that costs the compiler nothing, however many there are.

use crate::generate::HEADER_MARK;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Where the test goes, relative to the crate.
pub const PATH: &str = "tests/examples.rs";

/// A value of the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// The Rust type of its place: [`TypedPlace::rust`](crate::TypedPlace::rust).
    pub rust: String,
    /// Where it stands.
    pub pointer: String,
    /// The value.
    pub value: Value,
}

/// The text of the test; `instants` says whether the crate depends on `jiff`.
#[must_use]
pub fn test(crate_name: &str, instants: bool, cases: &[Case]) -> String {
    let mut types: BTreeMap<&str, Vec<&Case>> = BTreeMap::new();
    for case in cases {
        types.entry(&case.rust).or_default().push(case);
    }
    let mut rows = String::new();
    let mut lines = String::new();
    for (rust, cases) in &types {
        // Writing to a `String` cannot fail.
        let _ = writeln!(rows, "    (\"{rust}\", trip::<{rust}>),");
        let _ = writeln!(lines, "{rust}");
        for case in cases {
            let value = plain(&case.value.to_string());
            let _ = writeln!(lines, "\t{}\t{value}", plain(&case.pointer));
        }
    }
    let fence = fence(&lines);
    let library = crate_name.replace('-', "_");
    let same_text = if instants { INSTANTS } else { TEXTS };
    format!(
        "// {HEADER_MARK}. Do not edit: run `cargo xtask codegen`.\n{HEAD}use {library}::*;\n{MIDDLE}\
         const TYPES: &[(&str, Trip)] = &[\n{rows}];\n\n{CASES}\
         const CASES: &str = r{fence}\"\n{lines}\"{fence};\n{TAIL}{same_text}"
    )
}

/// As many `#` as a raw string needs around a text.
pub(crate) fn fence(text: &str) -> String {
    let longest = text
        .split('"')
        .skip(1)
        .map(|rest| rest.len() - rest.trim_start_matches('#').len());
    "#".repeat(longest.max().unwrap_or(0) + 1)
}

/// JSON and pointers with nothing in them that a reader or the compiler could stumble over.
pub(crate) fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for character in text.chars() {
        if character == ' ' || character.is_ascii_graphic() || character.is_alphanumeric() {
            plain.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            let _ = write!(plain, "\\u{unit:04x}");
        }
    }
    plain
}

const HEAD: &str = r#"//! Every example, default and constant of the document that is valid for its schema comes through
//! its type as it was: decoded, encoded, and equal.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(deprecated, unused_imports, reason = "which types have values is up to the document")]

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Number, Value};
use std::collections::BTreeMap;
"#;

const MIDDLE: &str = r#"
/// Decodes and encodes.
type Trip = fn(&str) -> Result<Value, String>;

/// The types, by name.
"#;

const CASES: &str = r#"/// The name of a type, and below it the place and the text of each value.
"#;

const TAIL: &str = r#"
#[test]
fn values_come_through_their_types() {
    let mut total = 0;
    let mut lost = Vec::new();
    let mut current = None;
    for line in CASES.lines().filter(|line| !line.is_empty()) {
        let Some((pointer, text)) = line.strip_prefix('\t').and_then(|line| line.split_once('\t')) else {
            current = TYPES.iter().find(|(name, _)| *name == line);
            continue;
        };
        let Some((name, trip)) = current else {
            panic!("no type for #{pointer}");
        };
        total += 1;
        if let Err(reason) = check(*trip, text) {
            lost.push(format!("{name}\t#{pointer}\t{reason}"));
        }
    }
    for line in &lost {
        println!("lost\t{line}");
    }
    println!("{} of {total} values came through", total - lost.len());
    assert!(lost.is_empty(), "{} of {total} values were lost", lost.len());
}

fn trip<T: DeserializeOwned + Serialize>(text: &str) -> Result<Value, String> {
    let value: T = serde_json::from_str(text).map_err(|error| format!("not decoded: {error}"))?;
    serde_json::to_value(value).map_err(|error| format!("not encoded: {error}"))
}

fn check(trip: Trip, text: &str) -> Result<(), String> {
    let before: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let after = trip(text)?;
    match difference("", &before, &after) {
        Some(difference) => Err(difference),
        None => Ok(()),
    }
}

/// The first place in which two values differ.
fn difference(path: &str, before: &Value, after: &Value) -> Option<String> {
    match (before, after) {
        (Value::Object(left), Value::Object(right)) => {
            let missing = right.keys().find(|key| !left.contains_key(*key));
            if let Some(key) = missing {
                return Some(format!("`{path}/{key}` was added"));
            }
            left.iter().find_map(|(key, value)| match right.get(key) {
                Some(other) => difference(&format!("{path}/{key}"), value, other),
                None => Some(format!("`{path}/{key}` is gone")),
            })
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            let mut pairs = left.iter().zip(right).enumerate();
            pairs.find_map(|(index, (left, right))| difference(&format!("{path}/{index}"), left, right))
        }
        (Value::Number(left), Value::Number(right)) if same_number(left, right) => None,
        (Value::String(left), Value::String(right)) if same_text(left, right) => None,
        (left, right) if left == right => None,
        (left, right) => Some(format!("`{path}` was {} and is {}", short(left), short(right))),
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// `1` is `1.0`.
fn same_number(left: &Number, right: &Number) -> bool {
    let integer = |number: &Number| number.as_i64().map(i128::from).or(number.as_u64().map(i128::from));
    match (integer(left), integer(right)) {
        (Some(left), Some(right)) => left == right,
        _ => left.as_f64() == right.as_f64(),
    }
}
"#;

const INSTANTS: &str = r#"
/// Instants may be written in several ways.
fn same_text(left: &str, right: &str) -> bool {
    let instant = |text: &str| text.parse::<jiff::Timestamp>().ok();
    left.eq_ignore_ascii_case(right) && is_uuid(left)
        || left == right
        || instant(left).is_some_and(|left| Some(left) == instant(right))
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}
"#;

const TEXTS: &str = r#"
fn same_text(left: &str, right: &str) -> bool {
    left.eq_ignore_ascii_case(right) && is_uuid(left) || left == right
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}
"#;

#[cfg(test)]
mod tests {
    use super::{Case, test};
    use serde_json::json;

    #[test]
    fn values_cannot_leave_their_literal() {
        let case = Case {
            rust: "types::Pet".to_owned(),
            pointer: "/a\n\"#b".to_owned(),
            value: json!("\"## \u{202e} ü \u{1f600}"),
        };
        let text = test("test-api", true, &[case]);
        assert!(text.starts_with("// @generated by specwright. "));
        assert!(text.contains("use test_api::*;\n"));
        let line = "\t/a\\u000a\"#b\t\"\\\"## \\u202e ü \\ud83d\\ude00\"\n\"###;\n";
        assert!(text.contains(line), "{text}");
        syn::parse_file(&text).expect("to be Rust");
    }
}
