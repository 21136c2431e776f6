//! The value types: `Nullable`, `AdditionalProperties`, `Secret`, `Base64`.

use crate::runtime::{AdditionalProperties, Base64, Nullable, Secret};
use serde_json::{Value, json};

#[test]
fn nullable() {
    let states = [Nullable::Absent, Nullable::Null, Nullable::Value(1)];
    let tests = states.map(|state| (state.is_absent(), state.is_null(), state.is_value()));
    assert_eq!(
        tests,
        [
            (true, false, false),
            (false, true, false),
            (false, false, true)
        ]
    );
    assert_eq!(
        states.map(|state| state.value().copied()),
        [None, None, Some(1)]
    );
    assert_eq!(states.map(Nullable::into_value), [None, None, Some(1)]);
    assert_eq!(
        states.map(Nullable::into_option),
        [None, Some(None), Some(Some(1))]
    );
    assert_eq!(
        states.map(|state| state.map(|value| value + 1))[2],
        Nullable::Value(2)
    );
    assert_eq!(Nullable::from(1), Nullable::Value(1));
    assert_eq!(Nullable::<i32>::from(None), Nullable::Null);
    assert_eq!(Nullable::<i32>::from(Some(1)), Nullable::Value(1));
    assert_eq!(Nullable::<i32>::default(), Nullable::Absent);
    assert_eq!(Nullable::Value(1).as_ref(), Nullable::Value(&1));
}

#[test]
fn additional_properties() {
    assert_eq!(size_of::<AdditionalProperties>(), size_of::<usize>());
    let mut properties = AdditionalProperties::new();
    assert!(properties.is_empty() && properties.get("a").is_none());
    assert_eq!(
        properties,
        AdditionalProperties::from_iter(Vec::<(String, Value)>::new())
    );
    properties.insert("a".to_owned(), json!("hunter2"));
    assert_eq!(properties.get("a"), Some(&json!("hunter2")));
    assert_eq!(format!("{properties:?}"), r#"{"a"}"#);
    properties.extend([("b", 1)]);
    assert_eq!(
        properties,
        AdditionalProperties::from([("a", json!("hunter2")), ("b", json!(1))])
    );
    assert_eq!((&properties).into_iter().count(), 2);
    properties.clear();
    assert_eq!(properties, AdditionalProperties::new());
    assert_eq!(properties.into_iter().count(), 0);
}

#[test]
fn secret() {
    let secret = Secret::from("hunter2");
    assert_eq!(secret.expose(), "hunter2");
    assert_eq!(
        format!("{secret:?} {secret:#?}"),
        "Secret([redacted]) Secret([redacted])"
    );
    assert_eq!(serde_json::to_string(&secret).expect("JSON"), "\"hunter2\"");
    assert_eq!(
        serde_json::from_str::<Secret>("\"hunter2\"").expect("JSON"),
        secret
    );
    assert_eq!(
        serde_json::from_value::<Secret>(json!("hunter2")).expect("JSON"),
        secret
    );
    for (text, found) in [
        ("80085", "integer"),
        ("-80085", "integer"),
        ("8008.5", "floating point number"),
        ("true", "boolean"),
        ("null", "null"),
        ("[80085, [80085]]", "sequence"),
        (r#"{"a":80085}"#, "map"),
    ] {
        let error = serde_json::from_str::<Secret>(text)
            .expect_err("no string")
            .to_string();
        let start = format!("invalid type: {found}, expected a string at line 1 column ");
        assert_eq!(error, format!("{start}{}", text.len()));
    }
}

#[test]
fn base64() {
    for (bytes, text) in [
        (&b""[..], ""),
        (b"f", "Zg=="),
        (b"fo", "Zm8="),
        (b"foo", "Zm9v"),
        (&[0xfb, 0xff], "+/8="),
    ] {
        let value = Base64::from(bytes);
        let json = serde_json::to_string(&value).expect("JSON");
        assert_eq!(json, format!("{text:?}"));
        assert_eq!(value.to_string(), text);
        assert_eq!(serde_json::from_str::<Base64>(&json).expect("JSON"), value);
        let unpadded = format!("{:?}", text.trim_end_matches('='));
        let other = serde_json::from_str::<Base64>(&unpadded).expect("JSON");
        assert_eq!(other, value);
        assert_eq!(serde_json::to_string(&other).expect("JSON"), unpadded);
        let safe = unpadded.replace('+', "-").replace('/', "_");
        let other = serde_json::from_str::<Base64>(&safe).expect("JSON");
        assert_eq!(other, value);
        assert_eq!(serde_json::to_string(&other).expect("JSON"), safe);
        assert_eq!(
            format!("{value:?}"),
            format!("Base64({} bytes)", bytes.len())
        );
    }
    let lines = serde_json::from_str::<Base64>("\"Zm9v\\r\\nZg==\"").expect("in lines");
    assert_eq!(&*lines, b"foof");
    let error = serde_json::from_str::<Base64>("\"hunter2!\"").expect_err("no base64");
    assert!(
        error
            .to_string()
            .starts_with("invalid value: string, expected base64 text")
    );
}
