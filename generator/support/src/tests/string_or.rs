//! Strings in whose place a value may stand.

use super::unions::check;
use crate::runtime::{AdditionalProperties, StringOr, object};
use serde_json::json;

#[derive(Clone)]
struct Owner {
    name: String,
    rest: AdditionalProperties,
}

object! { Owner {
    "kind" = Text("owner");
    required name = "name";
    ..rest
} }

#[test]
fn a_string_a_value_and_what_is_neither() {
    check::<StringOr<Owner>>(&[
        (json!({"kind": "owner", "name": "n", "more": 1}), "Value"),
        (json!("n"), "String"),
        (json!(""), "String"),
        (json!({"kind": "owner"}), "Unrecognized"),
        (json!({"name": "n"}), "Unrecognized"),
        (json!(1), "Unrecognized"),
        (json!(["n"]), "Unrecognized"),
        (json!(null), "Unrecognized"),
    ]);
}

#[test]
fn a_string_becomes_one_by_itself() {
    let named: StringOr<Owner> = "n".into();
    assert_eq!(named, StringOr::String("n".to_owned()));
    assert_eq!(named, "n".to_owned().into());
    assert_eq!(named.as_str(), Some("n"));
    assert!(named.value().is_none());
    let rest = AdditionalProperties::default();
    let name = "n".to_owned();
    let owner = StringOr::Value(Owner { name, rest });
    assert_eq!(owner.as_str(), None);
    assert_eq!(owner.value().map(|owner| owner.name.as_str()), Some("n"));
}
