//! Values in whose place an empty string may stand.

use super::unions::check;
use crate::runtime::{AdditionalProperties, OrEmpty, object};
use serde_json::json;

#[derive(Clone)]
struct Owner {
    name: String,
    rest: AdditionalProperties,
}

object! { Owner {
    required name = "name";
    ..rest
} }

#[test]
fn a_value_an_empty_string_and_what_is_neither() {
    check::<OrEmpty<Owner>>(&[
        (json!({"name": "n", "more": 1}), "Value"),
        (json!(""), "Empty"),
        (json!("text"), "Unrecognized"),
        (json!({"more": 1}), "Unrecognized"),
        (json!(null), "Unrecognized"),
    ]);
    check::<OrEmpty<i64>>(&[
        (json!(1), "Value"),
        (json!(""), "Empty"),
        (json!("1"), "Unrecognized"),
    ]);
    // One may stand in the other, and in a list.
    check::<OrEmpty<Vec<OrEmpty<i64>>>>(&[
        (json!([1, ""]), "Value"),
        (json!([]), "Value"),
        (json!(""), "Empty"),
        (json!(1), "Unrecognized"),
    ]);
}

#[test]
fn a_value_becomes_one_by_itself() {
    let set: OrEmpty<i64> = 1.into();
    assert_eq!(set, OrEmpty::Value(1));
    assert_eq!(set.value(), Some(&1));
    assert_eq!(OrEmpty::<i64>::Empty.value(), None);
}
