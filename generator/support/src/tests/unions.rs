//! Unions: which branch a value is read as, and what is written back.

use crate::runtime::{AdditionalProperties, Unmatched, branch, string_enum, union};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Debug;

/// Which variant a value is read as, by the beginning of its `Debug`; whatever it is, it is
/// written as it came.
#[track_caller]
pub fn check<T>(cases: &[(Value, &str)])
where
    T: for<'de> Deserialize<'de> + Serialize + Debug,
{
    for (value, expected) in cases {
        let read = serde_json::from_value::<T>(value.clone()).expect("unions read any value");
        let shown = format!("{read:?}");
        let variant = shown.split('(').next().unwrap_or_default();
        assert_eq!(variant, *expected, "{value}");
        let written = serde_json::to_value(&read).expect("it can be written");
        assert_eq!(written, *value, "as {variant}");
        let text = serde_json::from_str::<T>(&value.to_string()).expect("from text");
        assert_eq!(format!("{text:?}"), shown, "{value} as text");
    }
}

/// Declares its kind itself.
#[derive(Clone)]
struct Circle {
    kind: String,
    radius: Option<f64>,
    rest: AdditionalProperties,
}

branch! { Circle {
    required kind = "kind";
    optional radius = "radius";
    ..rest
} }

/// Does not declare its kind.
#[derive(Clone)]
struct Square {
    side: Option<f64>,
    rest: AdditionalProperties,
}

branch! { Square {
    optional side = "side";
    ..rest
} }

#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Circle(Circle),
    Square(Square),
    Unrecognized(Unmatched),
}

union! { Shape {
    Circle = object::<Circle>(&[("kind", &["circle", "round"])]);
    Square = object::<Square>(&[("kind", &["square"])]), tag "kind" = "square";
} }

#[test]
fn a_discriminator_decides() {
    check::<Shape>(&[
        (json!({"kind": "circle", "radius": 1.5}), "Circle"),
        (json!({"kind": "round"}), "Circle"),
        (json!({"kind": "square", "side": 2.5}), "Square"),
        (json!({"kind": "square", "radius": 1.5}), "Square"),
        (json!({"kind": "circle", "side": 2.5}), "Circle"),
        (json!({"kind": "hexagon", "side": 2.5}), "Unrecognized"),
        (json!({"kind": 1}), "Unrecognized"),
        (json!({"kind": "circle", "radius": "wide"}), "Unrecognized"),
    ]);
}

#[test]
fn the_tag_of_a_type_that_does_not_declare_it_is_written() {
    let square = |members: &[(&str, Value)]| {
        let rest = AdditionalProperties::from_iter(members.iter().cloned());
        Shape::Square(Square {
            side: Some(2.5),
            rest,
        })
    };
    let cases = [
        (square(&[]), json!({"kind": "square", "side": 2.5})),
        (
            square(&[("kind", json!("rhombus"))]),
            json!({"kind": "rhombus", "side": 2.5}),
        ),
    ];
    for (shape, expected) in cases {
        let written = serde_json::to_value(&shape).expect("JSON");
        assert_eq!(written, expected);
    }
    let untagged = json!({"side": 2.5});
    let read: Shape = serde_json::from_value(untagged).expect("a shape");
    let written = serde_json::to_value(&read).expect("JSON");
    assert_eq!(written, json!({"kind": "square", "side": 2.5}));
}

#[derive(Clone, Debug, PartialEq)]
enum Scalar {
    Text(String),
    Whole(i64),
    Number(f64),
    Flag(bool),
    List(Vec<i64>),
    Map(BTreeMap<String, i64>),
    Unrecognized(Unmatched),
}

union! { Scalar {
    Text = string();
    Number = number();
    Whole = integer();
    Flag = boolean();
    List = array();
    Map = map();
} }

#[test]
fn scalars_are_told_apart_by_their_kind() {
    check::<Scalar>(&[
        (json!("1"), "Text"),
        (json!(""), "Text"),
        (json!(1), "Whole"),
        (json!(-1), "Whole"),
        (json!(1.5), "Number"),
        (json!(true), "Flag"),
        (json!([]), "List"),
        (json!([1, 2]), "List"),
        (json!(["a"]), "Unrecognized"),
        (json!({}), "Map"),
        (json!({"a": 1}), "Map"),
        (json!({"a": "b"}), "Unrecognized"),
        (json!(null), "Unrecognized"),
    ]);
}

#[derive(Clone)]
enum Mode {
    Auto,
    Unrecognized(String),
}

string_enum! { Mode { Auto = "auto"; } }

#[derive(Clone, Debug, PartialEq)]
enum Text {
    Mode(Mode),
    At(jiff::Timestamp),
    Unrecognized(Unmatched),
}

union! { Text {
    Mode = string_of(Mode::known());
    At = formatted();
} }

#[derive(Clone, Debug, PartialEq)]
enum Free {
    Mode(Mode),
    Text(String),
    Any(Value),
    Unrecognized(Unmatched),
}

union! { Free {
    Mode = string_of(Mode::known());
    Text = string();
    Any = any();
} }

#[test]
fn strings_are_the_most_exact_that_they_can_be() {
    check::<Text>(&[
        (json!("auto"), "Mode"),
        (json!("2026-01-31T12:00:00Z"), "At"),
        // An open enum takes what nothing else will have.
        (json!("manual"), "Mode"),
        (json!(1), "Unrecognized"),
    ]);
    check::<Free>(&[
        (json!("auto"), "Mode"),
        (json!("manual"), "Text"),
        (json!(1), "Any"),
        (json!({"a": [null]}), "Any"),
    ]);
}

#[derive(Clone)]
struct Base {
    id: i64,
    rest: AdditionalProperties,
}

branch! { Base {
    required id = "id";
    ..rest
} }

#[derive(Clone)]
struct Extended {
    id: i64,
    name: Option<String>,
    level: Option<i64>,
    rest: AdditionalProperties,
}

branch! { Extended {
    required id = "id";
    optional name = "name";
    optional level = "level";
    ..rest
} }

/// Allows no other properties.
#[derive(Clone)]
struct Closed {
    id: i64,
    code: Option<i64>,
}

branch! { Closed {
    required id = "id";
    optional code = "code";
} }

#[derive(Clone, Debug, PartialEq)]
enum Overlap {
    Base(Base),
    Extended(Extended),
    Closed(Closed),
    Unrecognized(Unmatched),
}

union! { Overlap {
    Base = object::<Base>(&[]);
    Extended = object::<Extended>(&[]);
    Closed = closed::<Closed>(&[]);
} }

#[test]
fn the_type_that_explains_most_is_the_one() {
    check::<Overlap>(&[
        (json!({"id": 1}), "Base"),
        (json!({"id": 1, "name": "a"}), "Extended"),
        (json!({"id": 1, "name": "a", "code": 5}), "Extended"),
        (json!({"id": 1, "code": 5}), "Closed"),
        (json!({"id": 1, "unknown": 5}), "Base"),
        // The next best, where the best cannot be decoded.
        (json!({"id": 1, "name": 5}), "Base"),
        (json!({"name": "a"}), "Unrecognized"),
        (json!({"id": "one"}), "Unrecognized"),
        (json!([]), "Unrecognized"),
    ]);
}

#[derive(Clone, Debug, PartialEq)]
enum Nested {
    Shape(Shape),
    Scalar(Scalar),
    Overlap(Box<Overlap>),
    Unrecognized(Unmatched),
}

union! { Nested {
    Shape = one_of::<Shape>();
    Scalar = one_of::<Scalar>();
    Overlap = one_of::<Overlap>();
} }

#[test]
fn unions_inside_unions() {
    check::<Nested>(&[
        (json!({"kind": "circle"}), "Shape"),
        (json!({"id": 1, "name": "a"}), "Overlap"),
        (json!("text"), "Scalar"),
        (json!(1.5), "Scalar"),
        (json!(null), "Unrecognized"),
    ]);
}

#[test]
fn what_fits_nothing_is_kept_and_not_shown() {
    for (value, shown) in [
        (json!(null), "Unrecognized(Unmatched(null))"),
        (json!(true), "Unrecognized(Unmatched(a boolean))"),
        (json!(80085), "Unrecognized(Unmatched(a number))"),
        (json!("hunter2"), "Unrecognized(Unmatched(a string))"),
        (json!(["hunter2"]), "Unrecognized(Unmatched(a list))"),
        (
            json!({"hunter2": "hunter2"}),
            "Unrecognized(Unmatched(an object))",
        ),
    ] {
        let read: Overlap = serde_json::from_value(value.clone()).expect("any value");
        assert_eq!(format!("{read:?}"), shown);
        assert!(!format!("{read:#?}").contains("hunter2"));
        let Overlap::Unrecognized(unmatched) = &read else {
            panic!("{read:?}");
        };
        assert_eq!(*unmatched.value(), value);
        assert_eq!(unmatched.clone().into_value(), value);
        assert_eq!(serde_json::to_value(&read).expect("JSON"), value);
    }
}

#[test]
fn what_is_no_value_is_an_error() {
    assert!(serde_json::from_str::<Shape>("{\"kind\":").is_err());
}

#[derive(Clone, Debug, PartialEq)]
enum Lists {
    Texts(Vec<String>),
    Whole(Vec<i64>),
    Numbers(Vec<f64>),
    Deep(Vec<Vec<i64>>),
    Level(i64),
    Unrecognized(Unmatched),
}

union! { Lists {
    Texts = array_of(&string());
    Whole = array_of(&integer());
    Numbers = array_of(&number());
    Deep = array_of(&array_of(&integer()));
    Level = integer_of(&[1, 2]);
} }

#[test]
fn lists_are_told_apart_by_their_items() {
    check::<Lists>(&[
        (json!([]), "Texts"),
        (json!(["a"]), "Texts"),
        (json!([1, 2]), "Whole"),
        (json!([0.5, 2.5]), "Numbers"),
        (json!([1.5]), "Numbers"),
        (json!([[1], []]), "Deep"),
        (json!([true]), "Unrecognized"),
        (json!(["a", 1]), "Unrecognized"),
        (json!(1), "Level"),
        (json!(9), "Level"),
    ]);
}

#[derive(Clone, Debug, PartialEq)]
enum Tagged {
    Circle(Circle),
    Square(Square),
    Base(Base),
    Unrecognized(Unmatched),
}

union! { Tagged {
    Circle = object::<Circle>(&[("version", &["1"])]).inside("meta", &[("kind", &["one"])]);
    Square = object::<Square>(&[("version", &["2", "true"])]).likes(&[("state", &["new", "old"])]);
    Base = object::<Base>(&[]).inside("meta", &[("kind", &["two"])]);
} }

#[test]
fn tags_may_be_numbers_and_booleans_and_stand_deeper() {
    check::<Tagged>(&[
        (json!({"version": 1, "kind": "a"}), "Circle"),
        (json!({"version": 2}), "Square"),
        (json!({"version": true}), "Square"),
        (json!({"version": 3}), "Unrecognized"),
        (json!({"state": "new", "kind": "a"}), "Square"),
        (
            json!({"kind": "a", "id": 1, "meta": {"kind": "one"}}),
            "Circle",
        ),
        (
            json!({"kind": "a", "id": 1, "meta": {"kind": "two"}}),
            "Base",
        ),
    ]);
}

#[test]
fn numbers_keep_their_value() {
    check::<Nested>(&[
        // Neither `i64` nor `f64` holds it.
        (json!(u64::MAX), "Unrecognized"),
        (json!(9_007_199_254_740_993_u64), "Scalar"),
        (json!(i64::MIN), "Scalar"),
        (json!(0.1), "Scalar"),
    ]);
    let big: Free = serde_json::from_str("18446744073709551615").expect("a value");
    assert_eq!(
        serde_json::to_string(&big).expect("JSON"),
        "18446744073709551615"
    );
}
