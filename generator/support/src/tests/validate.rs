//! `validate` and `with_defaults`: every violation with its path, and nothing else.

use crate::runtime::checks::{Limit, Rule};
use crate::runtime::{Nullable, Secret, defaults, object, pattern, validate};
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Clone)]
struct Thing {
    name: String,
    code: Option<String>,
    secret: Nullable<Secret>,
    ratio: Option<f64>,
    count: Option<u64>,
    tags: Option<Vec<String>>,
    inner: Option<Box<Thing>>,
    labels: BTreeMap<String, Vec<Option<i64>>>,
}

object! { Thing {
    required name = "name";
    optional code = "the code";
    nullable secret = "secret";
    optional ratio = "ratio";
    optional count = "count";
    optional tags = "tags";
    optional inner = "inner";
    ..labels
} }

validate! { Thing {
    required name = "name": text(&[Length(1, 3)]);
    optional code = "the code": text(&[pattern!("^[a-z]+$")]);
    nullable secret = "secret": text(&[Length(4, usize::MAX)]);
    optional ratio = "ratio": number(&[Above(Integer(0)), Maximum(Decimal(1.5)), MultipleOf(Decimal(0.1))]);
    optional count = "count": number(&[Minimum(Integer(2)), Below(Integer(10)), MultipleOf(Integer(2))]);
    optional tags = "tags": set(&[Count(1, 2)], text(&[Length(0, 2)]));
    optional inner = "inner": boxed(nested());
    rest labels = "": map(&[], list(&[], or_null(number(&[Maximum(Integer(5))]))));
} }

#[derive(Clone, Debug, PartialEq)]
enum Either {
    Thing(Thing),
    Text(String),
}

validate! { Either: union {
    Thing: nested();
} }

fn violations(value: Value) -> Vec<String> {
    let thing: Thing = serde_json::from_value(value).expect("a thing");
    let found = Either::Thing(thing).validate().err();
    let found = found.iter().flat_map(|invalid| invalid.violations());
    found.map(ToString::to_string).collect()
}

#[test]
fn every_violation_has_its_path() {
    let cases = [
        (json!({"name": "äöü"}), vec![]),
        (
            json!({"name": ""}),
            vec!["$.name: must have at least 1 character, not 0"],
        ),
        (
            json!({"name": "abcd", "the code": "A", "secret": "abc"}),
            vec![
                "$.name: must have at most 3 characters, not 4",
                "$[\"the code\"]: must match the pattern \"^[a-z]+$\"",
                "$.secret: must have at least 4 characters, not 3",
            ],
        ),
        (
            json!({"name": "a", "secret": null, "ratio": 0.3, "count": 8}),
            vec![],
        ),
        (
            json!({"name": "a", "ratio": 0, "count": 11}),
            vec![
                "$.ratio: must be above 0",
                "$.count: must be below 10",
                "$.count: must be a multiple of 2",
            ],
        ),
        (
            json!({"name": "a", "ratio": 1.55, "count": 0}),
            vec![
                "$.ratio: must be at most 1.5",
                "$.ratio: must be a multiple of 0.1",
                "$.count: must be at least 2",
            ],
        ),
        (
            json!({"name": "a", "tags": ["abc", "x", "x"]}),
            vec![
                "$.tags: must have at most 2 items, not 3",
                "$.tags[0]: must have at most 2 characters, not 3",
                "$.tags: must not have equal items",
            ],
        ),
        (
            json!({"name": "a", "inner": {"name": "b", "inner": {"name": ""}}, "x": [1, null, 6]}),
            vec![
                "$.inner.inner.name: must have at least 1 character, not 0",
                "$.x[2]: must be at most 5",
            ],
        ),
    ];
    for (value, expected) in cases {
        assert_eq!(violations(value.clone()), expected, "{value}");
    }
    assert!(Either::Text(String::new()).validate().is_ok());
}

#[test]
fn all_violations_in_one_line() {
    let thing: Thing = serde_json::from_value(json!({"name": "", "count": 12})).expect("a thing");
    let invalid = thing.validate().expect_err("violations");
    assert_eq!(
        invalid.to_string(),
        "$.name: must have at least 1 character, not 0; $.count: must be below 10"
    );
}

#[test]
fn rules_can_be_shown() {
    let rule = Rule::Minimum(Limit::Integer(1));
    assert_eq!(format!("{rule:?}"), "Minimum(Integer(1))");
}

#[derive(Clone, Default)]
struct Settings {
    count: Option<i64>,
    order: Nullable<String>,
    tags: Option<Vec<String>>,
}

object! { Settings with with_defaults {
    optional count = "count";
    nullable order = "order";
    optional tags = "tags";
} }

defaults! { Settings {
    optional count = 5;
    nullable order = "asc".into();
    json tags = "[\"a\"]";
} }

#[test]
fn defaults_are_for_what_is_absent() {
    let decoded = |value| serde_json::from_value::<Settings>(value).expect("settings");
    let all = Settings {
        count: Some(5),
        order: Nullable::Value("asc".to_owned()),
        tags: Some(vec!["a".to_owned()]),
    };
    assert_eq!(decoded(json!({})), all);
    assert_eq!(Settings::default().with_defaults(), all);
    let given = decoded(json!({"count": 1, "order": null, "tags": []}));
    let expected = Settings {
        count: Some(1),
        order: Nullable::Null,
        tags: Some(Vec::new()),
    };
    assert_eq!(given, expected);
}
