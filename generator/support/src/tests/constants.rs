//! Properties that every object has with the same value.

use super::unions;
use crate::runtime::{AdditionalProperties, Unmatched, object, union};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

#[derive(Clone)]
struct Open {
    id: i64,
    rest: AdditionalProperties,
}

object! { Open {
    "type" = Text("open");
    "version" = Integer(2);
    "live" = Boolean(true);
    required id = "id";
    ..rest
} }

#[derive(Clone)]
struct Closed {}

object! { Closed {
    "type" = Text("closed");
} }

#[derive(Clone)]
struct Counted {
    counts: BTreeMap<String, i64>,
}

object! { Counted {
    "type" = Integer(-1);
    ..counts
} }

/// What is written of what was read, or the error.
fn trip<T: DeserializeOwned + Serialize>(text: &str) -> String {
    let read = serde_json::from_str::<T>(text);
    let written = read.and_then(|value| serde_json::to_string(&value));
    written.unwrap_or_else(|error| error.to_string())
}

fn check<T: DeserializeOwned + Serialize>(text: &str, expected: &str) {
    let found = trip::<T>(text);
    assert!(
        found.starts_with(expected),
        "{text}\nbecame {found}\nnot    {expected}"
    );
}

#[test]
fn what_is_read_is_written() {
    // They come first, whatever the order was.
    check::<Open>(
        r#"{"id":1,"live":true,"version":2,"type":"open"}"#,
        r#"{"type":"open","version":2,"live":true,"id":1}"#,
    );
    check::<Open>(
        r#"{"type":"open","version":2.0,"live":true,"id":1,"more":[]}"#,
        r#"{"type":"open","version":2,"live":true,"id":1,"more":[]}"#,
    );
    check::<Closed>(r#"{"type":"closed","more":[]}"#, r#"{"type":"closed"}"#);
    check::<Counted>(r#"{"a":1,"type":-1}"#, r#"{"type":-1,"a":1}"#);
}

#[test]
fn another_value_is_kept() {
    check::<Open>(
        r#"{"live":null,"type":{"new":[1]},"version":2,"id":1}"#,
        r#"{"version":2,"id":1,"live":null,"type":{"new":[1]}}"#,
    );
    check::<Counted>(r#"{"type":7}"#, r#"{"type":7}"#);
}

#[test]
fn wrong() {
    check::<Open>(
        r#"{"type":"open","live":true,"id":1}"#,
        "missing field `version`",
    );
    check::<Open>(
        r#"{"type":"open","version":2,"live":true}"#,
        "missing field `id`",
    );
    check::<Open>(r#"{"type":"open","type":"open"}"#, "duplicate field `type`");
    check::<Open>(
        r#"{"type":"other","type":"open"}"#,
        "duplicate field `type`",
    );
    check::<Closed>(r#"{"type":"other"}"#, "`type` has another value");
    check::<Closed>(r#"{"type":"other","more":1}"#, "`type` has another value");
    check::<Closed>("{}", "missing field `type`");
    check::<Counted>(r#"{"type":"text"}"#, "invalid type: string");
}

#[test]
fn shown_and_compared() {
    let read = |text| Open::deserialize(&mut serde_json::Deserializer::from_str(text));
    let usual = read(r#"{"type":"open","version":2,"live":true,"id":1}"#).expect("an object");
    let other = read(r#"{"type":"new","version":2,"live":true,"id":1}"#).expect("an object");
    assert_ne!(usual, other);
    assert_eq!(
        format!("{usual:?}"),
        r#"Open { type: "open", version: 2, live: true, id: 1 }"#
    );
    assert_eq!(
        format!("{other:?}"),
        r#"Open { version: 2, live: true, id: 1, ..: {"type"} }"#
    );
}

#[derive(Clone, Debug, PartialEq)]
enum Limit {
    Infinite,
    Count(i64),
    Name(String),
    Nothing,
    Unrecognized(Unmatched),
}

union! { Limit {
    "inf" => Infinite;
    "" => Nothing;
    Count = integer();
    Name = string();
} }

#[derive(Clone, Debug, PartialEq)]
enum Mode {
    Automatic,
    Limit(Limit),
    Unrecognized(Unmatched),
}

union! { Mode {
    "auto" => Automatic;
    Limit = one_of::<Limit>();
} }

#[test]
fn a_branch_of_one_text() {
    unions::check::<Limit>(&[
        (json!("inf"), "Infinite"),
        (json!(""), "Nothing"),
        (json!("infinite"), "Name"),
        (json!(1), "Count"),
        (json!([""]), "Unrecognized"),
    ]);
    unions::check::<Mode>(&[
        (json!("auto"), "Automatic"),
        (json!("inf"), "Limit"),
        (json!(true), "Unrecognized"),
    ]);
}
