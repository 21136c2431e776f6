//! Every kind of row, with a property that is missing, null, there, there twice, and unknown.

use crate::runtime::request_scope::RequestScope;
use crate::runtime::{AdditionalProperties, Nullable, object};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

#[derive(Clone)]
struct Kinds {
    required: i64,
    required_nullable: Option<i64>,
    optional: Option<i64>,
    optional_any: Option<Value>,
    nullable: Nullable<i64>,
    read_only: Option<i64>,
    read_only_nullable: Nullable<i64>,
    write_only: Option<i64>,
    rest: AdditionalProperties,
}

object! { Kinds {
    required required = "req";
    required required_nullable = "reqNull";
    optional optional = "opt";
    optional_any optional_any = "optAny";
    nullable nullable = "null";
    read_only read_only = "ro";
    read_only_nullable read_only_nullable = "roNull";
    write_only write_only = "wo";
    ..rest
} }

fn minimal() -> Kinds {
    Kinds {
        required: 1,
        required_nullable: None,
        optional: None,
        optional_any: None,
        nullable: Nullable::Absent,
        read_only: None,
        read_only_nullable: Nullable::Absent,
        write_only: None,
        rest: AdditionalProperties::new(),
    }
}

/// Reads `text` in all the ways that give borrowed and owned keys; they must agree.
fn read<T>(text: &str) -> Result<T, String>
where
    T: for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug,
{
    let from_str = serde_json::from_str::<T>(text);
    let from_slice = serde_json::from_slice::<T>(text.as_bytes());
    let from_reader = serde_json::from_reader::<_, T>(text.as_bytes());
    match from_str {
        Ok(value) => {
            assert_eq!(from_slice.expect("from_slice"), value);
            assert_eq!(from_reader.expect("from_reader"), value);
            let tree: Value = serde_json::from_str(text).expect("JSON");
            assert_eq!(T::deserialize(&tree).expect("from a borrowed value"), value);
            assert_eq!(
                serde_json::from_value::<T>(tree).expect("from_value"),
                value
            );
            Ok(value)
        }
        Err(error) => {
            assert!(from_slice.is_err() && from_reader.is_err());
            Err(error.to_string())
        }
    }
}

/// Reads the minimal object with one more member.
fn read_with(member: &str) -> Result<Kinds, String> {
    read(&format!(r#"{{"req":1,"reqNull":null{member}}}"#))
}

#[test]
fn missing() {
    assert_eq!(read_with(""), Ok(minimal()));
    let missing = |text| read::<Kinds>(text).expect_err("a property is missing");
    assert!(missing(r#"{"reqNull":1}"#).starts_with("missing field `req`"));
    assert!(missing(r#"{"req":1}"#).starts_with("missing field `reqNull`"));
    assert!(missing("{}").starts_with("missing field `req`"));
}

#[test]
fn null_and_value() {
    let nulls = r#","opt":null,"optAny":null,"null":null,"ro":null,"roNull":null,"wo":null"#;
    let expected = Kinds {
        optional_any: Some(Value::Null),
        nullable: Nullable::Null,
        read_only_nullable: Nullable::Null,
        ..minimal()
    };
    assert_eq!(read_with(nulls), Ok(expected));

    let values = r#","opt":2,"optAny":{"a":[]},"null":3,"ro":4,"roNull":5,"wo":6"#;
    let expected = Kinds {
        optional: Some(2),
        optional_any: Some(json!({"a": []})),
        nullable: Nullable::Value(3),
        read_only: Some(4),
        read_only_nullable: Nullable::Value(5),
        write_only: Some(6),
        ..minimal()
    };
    assert_eq!(read_with(values), Ok(expected));
    assert!(read::<Kinds>(r#"{"req":null,"reqNull":1}"#).is_err());
}

#[test]
fn wrong_type() {
    for member in ["opt", "null", "ro", "roNull", "wo"] {
        let error = read_with(&format!(r#","{member}":"x""#)).expect_err("a string");
        assert!(error.starts_with("invalid type: string"), "{error}");
    }
    for text in ["[]", "1", "null", "\"x\""] {
        let error = read::<Kinds>(text).expect_err("no object");
        assert!(error.contains("expected an object"), "{error}");
    }
}

#[test]
fn duplicates() {
    for name in [
        "req", "reqNull", "opt", "optAny", "null", "ro", "roNull", "wo",
    ] {
        let members = format!(r#"{{"req":1,"reqNull":1,"{name}":1,"{name}":1}}"#);
        let error = read_text(&members);
        assert_eq!(
            error.split(" at ").next(),
            Some(&*format!("duplicate field `{name}`"))
        );
    }
    for name in ["reqNull", "opt", "optAny", "null", "ro", "roNull", "wo"] {
        for second in ["1", "null"] {
            let members = format!(r#"{{"req":1,"{name}":null,"{name}":{second}}}"#);
            let error = read_text(&members);
            assert!(error.starts_with("duplicate field"), "{members}: {error}");
        }
    }
    let error = read_text(r#"{"req":1,"reqNull":1,"x":1,"x":1}"#);
    assert!(error.starts_with("duplicate property"), "{error}");
}

/// The error of a text that only the text form can express, since a map has each key once.
fn read_text(text: &str) -> String {
    assert!(serde_json::from_reader::<_, Kinds>(text.as_bytes()).is_err());
    let error = serde_json::from_str::<Kinds>(text).expect_err("a property comes twice");
    error.to_string()
}

#[test]
fn unknown_properties_are_kept() {
    let kinds = read_with(r#","x":[1],"y\n":null"#).expect("unknown properties");
    assert_eq!(kinds.rest.get("x"), Some(&json!([1])));
    assert_eq!(kinds.rest.len(), 2);
    let text = serde_json::to_string(&kinds).expect("JSON");
    assert_eq!(text, r#"{"req":1,"reqNull":null,"x":[1],"y\n":null}"#);
}

#[test]
fn named_properties_go_before_additional_ones() {
    let rest = AdditionalProperties::from([("req", json!("no")), ("z", json!(1))]);
    let kinds = Kinds { rest, ..minimal() };
    let text = serde_json::to_string(&kinds).expect("JSON");
    assert_eq!(text, r#"{"req":1,"reqNull":null,"z":1}"#);
}

#[test]
fn written_by_presence() {
    let kinds = Kinds {
        optional: Some(2),
        optional_any: Some(Value::Null),
        nullable: Nullable::Null,
        read_only: Some(3),
        read_only_nullable: Nullable::Null,
        write_only: Some(4),
        ..minimal()
    };
    let plain = serde_json::to_value(&kinds).expect("JSON");
    let request = {
        let _scope = RequestScope::enter();
        {
            let _inner = RequestScope::enter();
        }
        serde_json::to_value(&kinds).expect("JSON")
    };
    assert_eq!(
        plain,
        json!({"req": 1, "reqNull": null, "opt": 2, "optAny": null, "null": null,
               "ro": 3, "roNull": null, "wo": 4})
    );
    assert_eq!(
        request,
        json!({"req": 1, "reqNull": null, "opt": 2, "optAny": null, "null": null, "wo": 4})
    );
    assert_eq!(serde_json::to_value(&kinds).expect("JSON"), plain);
}

#[derive(Clone, Default)]
struct Closed {
    r#type: Option<String>,
}

object! { Closed {
    optional r#type = "the \"type\"";
} }

#[derive(Clone, Default)]
struct Typed {
    map: Option<bool>,
    key: BTreeMap<String, u8>,
}

object! { Typed {
    optional map = "map";
    ..key
} }

#[derive(Clone, Default)]
struct Nothing {}

object! { Nothing {} }

#[test]
fn objects_without_and_with_typed_rest() {
    let closed = Closed {
        r#type: Some("a".to_owned()),
    };
    assert_eq!(
        read(r#"{"x":{"y":[1,2]},"the \"type\"":"a"}"#),
        Ok(closed.clone())
    );
    assert_eq!(
        serde_json::to_string(&closed).expect("JSON"),
        r#"{"the \"type\"":"a"}"#
    );

    let typed = Typed {
        map: Some(true),
        key: BTreeMap::from([("a".to_owned(), 1)]),
    };
    assert_eq!(read(r#"{"a":1,"map":true}"#), Ok(typed.clone()));
    assert_eq!(
        serde_json::to_string(&typed).expect("JSON"),
        r#"{"map":true,"a":1}"#
    );
    assert!(read::<Typed>(r#"{"a":256}"#).is_err());

    assert_eq!(read(r#"{"a":1}"#), Ok(Nothing {}));
    assert_eq!(serde_json::to_string(&Nothing {}).expect("JSON"), "{}");
}

#[test]
fn debug_shows_what_is_there() {
    assert_eq!(
        format!("{:?}", minimal()),
        r#"Kinds { req: 1, reqNull: None }"#
    );
    let mut full = Kinds {
        optional: Some(2),
        nullable: Nullable::Null,
        read_only: Some(3),
        ..minimal()
    };
    full.rest.insert("x".to_owned(), json!("secret"));
    assert_eq!(
        format!("{full:?}"),
        r#"Kinds { req: 1, reqNull: None, opt: 2, null: Null, ro: 3, ..: {"x"} }"#
    );
    let _request = RequestScope::enter();
    assert!(format!("{full:?}").contains("ro: 3"), "no request body");
}

#[test]
fn equal_where_the_same_properties_have_equal_values() {
    let with_rest = |value: Value| {
        let mut kinds = minimal();
        kinds.rest.insert("x".to_owned(), value);
        kinds
    };
    let values = [
        minimal(),
        Kinds {
            required: 2,
            ..minimal()
        },
        Kinds {
            optional: Some(1),
            ..minimal()
        },
        Kinds {
            optional: Some(2),
            ..minimal()
        },
        Kinds {
            read_only: Some(1),
            ..minimal()
        },
        Kinds {
            write_only: Some(1),
            ..minimal()
        },
        Kinds {
            nullable: Nullable::Null,
            ..minimal()
        },
        Kinds {
            nullable: Nullable::Value(1),
            ..minimal()
        },
        with_rest(json!(1)),
        with_rest(json!(2)),
    ];
    for (left, value) in values.iter().enumerate() {
        for (right, other) in values.iter().enumerate() {
            assert_eq!(value == other, left == right, "{value:?} and {other:?}");
        }
        assert_eq!(*value, value.clone());
    }
}
