//! Unions: numbers that can be read in several ways, and what they are written as.

use crate::runtime::{AdditionalProperties, Unmatched, branch, union};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fmt::Debug;

/// Which variant a text is read as, and the text that it is written as.
#[track_caller]
fn check<T: for<'de> Deserialize<'de> + Serialize + Debug>(cases: &[(&str, &str, &str)]) {
    for (text, variant, expected) in cases {
        let read: T = serde_json::from_str(text).expect("unions read any value");
        assert!(format!("{read:?}").starts_with(variant), "{text}: {read:?}");
        let written = serde_json::to_string(&read).expect("JSON");
        assert_eq!(written, *expected, "{text}");
    }
}

#[derive(Clone)]
struct Cat {
    kind: String,
    age: Option<i64>,
    weight: Option<f64>,
    rest: AdditionalProperties,
}

branch! { Cat {
    required kind = "kind";
    optional age = "age";
    optional weight = "weight";
    ..rest
} }

/// Does not declare its kind.
#[derive(Clone)]
struct Whale {
    volume: Option<i128>,
    length: Option<f64>,
    small: Option<u8>,
    rest: AdditionalProperties,
}

branch! { Whale {
    optional volume = "volume";
    optional length = "length";
    optional small = "small";
    ..rest
} }

#[derive(Clone, Debug, PartialEq)]
enum Animal {
    Cat(Cat),
    Whale(Whale),
    Unrecognized(Unmatched),
}

union! { Animal {
    Cat = object::<Cat>(&[("kind", &["cat", "1"])]);
    Whale = object::<Whale>(&[("kind", &["whale"])]), tag "kind" = "whale";
} }

#[derive(Clone, Debug, PartialEq)]
enum Switch {
    Level(i64),
    On(bool),
    Unrecognized(Unmatched),
}

union! { Switch {
    Level = integer();
    On = boolean();
} }

#[derive(Clone, Debug, PartialEq)]
enum Amount {
    Known(i64),
    Whole(i64),
    Number(f64),
    Unrecognized(Unmatched),
}

union! { Amount {
    Known = integer_of(&[7]);
    Whole = integer();
    Number = number();
} }

#[test]
fn a_number_without_a_fraction_is_an_integer() {
    check::<Animal>(&[
        (
            r#"{"kind":"cat","age":3.0,"weight":4.0}"#,
            "Cat",
            r#"{"kind":"cat","age":3,"weight":4.0}"#,
        ),
        (
            r#"{"kind":"cat","age":3.5}"#,
            "Unrecognized",
            r#"{"age":3.5,"kind":"cat"}"#,
        ),
        (
            r#"{"kind":"whale","small":255.0}"#,
            "Whale",
            r#"{"small":255,"kind":"whale"}"#,
        ),
        (
            r#"{"kind":"whale","small":256.0}"#,
            "Unrecognized",
            r#"{"kind":"whale","small":256.0}"#,
        ),
    ]);
    check::<Switch>(&[
        ("3.0", "Level(3)", "3"),
        ("-2e3", "Level(-2000)", "-2000"),
        ("3.5", "Unrecognized", "3.5"),
        ("1e300", "Unrecognized", "1e+300"),
        ("true", "On", "true"),
    ]);
    // Where a number of any kind may be, it stays as it came, unless the document names it.
    check::<Amount>(&[
        ("3", "Whole", "3"),
        ("3.0", "Number", "3.0"),
        ("7", "Known", "7"),
        ("7.0", "Known", "7"),
    ]);
}

#[test]
fn a_tag_is_written_beside_numbers_of_any_size() {
    let whale = Whale {
        volume: Some(i128::MIN),
        length: Some(30.0),
        small: Some(1),
        rest: AdditionalProperties::from_iter([("a", true.into()), ("b", Value::from(u64::MAX))]),
    };
    let written = serde_json::to_string(&Animal::Whale(whale)).expect("JSON");
    let rest = r#""a":true,"b":18446744073709551615"#;
    let expected = format!(
        r#"{{"kind":"whale","volume":{},"length":30.0,"small":1,{rest}}}"#,
        i128::MIN
    );
    assert_eq!(written, expected);
}

#[test]
fn integers_beyond_64_bits_are_not_read_in_unions() {
    // FIXME: a `Value`, of which the union's tree is made, has these as an `f64`. It should be a whale.
    check::<Animal>(&[(
        r#"{"kind":"whale","volume":18446744073709551616}"#,
        "Unrecognized",
        r#"{"kind":"whale","volume":1.8446744073709552e+19}"#,
    )]);
}

/// Allows no other properties.
#[derive(Clone)]
struct Closed {
    id: Option<i64>,
}

branch! { Closed {
    optional id = "id";
} }

#[derive(Clone, Debug, PartialEq)]
enum Loose {
    Closed(Closed),
    Any(Value),
    Unrecognized(Unmatched),
}

union! { Loose {
    Closed = closed::<Closed>(&[]);
    Any = any();
} }

#[test]
fn anything_is_better_than_a_type_that_drops_properties() {
    check::<Loose>(&[
        (r#"{"id":1}"#, "Closed", r#"{"id":1}"#),
        (r#"{"id":1,"more":2}"#, "Any", r#"{"id":1,"more":2}"#),
        ("1", "Any", "1"),
    ]);
}
