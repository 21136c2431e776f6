//! Open enums.

use crate::runtime::{integer_enum, string_enum, value_enum};
use serde_json::{Value, json};
use std::collections::HashSet;

#[derive(Clone)]
enum Action {
    Create,
    Read,
    Unrecognized(String),
}

string_enum! { Action {
    Create = "create";
    Read = "read \"all\"";
} }

#[derive(Clone)]
enum Renamed {
    Unrecognized,
    Other(String),
}

string_enum! { Renamed {
    Unrecognized = "unrecognized";
    ..Other
} }

#[derive(Clone, Debug)]
enum Priority {
    Low,
    Below,
    Unrecognized(i64),
}

integer_enum! { Priority: i64 {
    Low = 1;
    Below = -1;
} }

#[derive(Clone, Debug)]
enum Small {
    One,
    Unrecognized(u8),
}

integer_enum! { Small: u8 { One = 1; } }

#[test]
fn strings_go_both_ways() {
    for (wire, known) in [
        ("create", true),
        ("read \"all\"", true),
        ("", false),
        ("Create", false),
    ] {
        let action = Action::from(wire);
        assert_eq!(matches!(action, Action::Unrecognized(_)), !known, "{wire}");
        assert_eq!(action.as_str(), wire);
        assert_eq!(action.to_string(), wire);
        assert_eq!(wire.parse::<Action>(), Ok(action.clone()));
        assert_eq!(Action::from(wire.to_owned()), action);
        let json = serde_json::to_string(&action).expect("JSON");
        assert_eq!(json, serde_json::to_string(wire).expect("JSON"));
        assert_eq!(
            serde_json::from_str::<Action>(&json).expect("from_str"),
            action
        );
        let tree = serde_json::to_value(&action).expect("JSON");
        assert_eq!(
            serde_json::from_value::<Action>(tree).expect("from_value"),
            action
        );
        let read = serde_json::from_reader::<_, Action>(json.as_bytes());
        assert_eq!(read.expect("from_reader"), action);
    }
    assert!(serde_json::from_str::<Action>("1").is_err());
    assert_eq!(Action::known(), ["create", "read \"all\""]);
    assert_eq!(format!("{:>8}", Action::Create), "  create");
}

#[test]
fn comparison_goes_by_the_wire() {
    let spelled = Action::Unrecognized("create".to_owned());
    assert_eq!(spelled, Action::Create);
    assert_eq!(HashSet::from([spelled, Action::Create]).len(), 1);
    assert_eq!(Priority::Unrecognized(1), Priority::Low);
}

#[test]
fn the_fallback_can_have_another_name() {
    assert!(matches!(
        Renamed::from("unrecognized"),
        Renamed::Unrecognized
    ));
    assert!(matches!(Renamed::from("x"), Renamed::Other(value) if value == "x"));
}

#[test]
fn integers_go_both_ways() {
    for (wire, known) in [(1, true), (-1, true), (0, false), (i64::MIN, false)] {
        let priority = Priority::from(wire);
        assert_eq!(
            matches!(priority, Priority::Unrecognized(_)),
            !known,
            "{wire}"
        );
        assert_eq!(priority.value(), wire);
        assert_eq!(priority, wire);
        assert_eq!(priority.to_string(), wire.to_string());
        assert_eq!(wire.to_string().parse::<Priority>(), Ok(priority.clone()));
        let json = serde_json::to_string(&priority).expect("JSON");
        assert_eq!(json, wire.to_string());
        assert_eq!(
            serde_json::from_str::<Priority>(&json).expect("from_str"),
            priority
        );
    }
    assert_eq!(Priority::known(), [1, -1]);
    assert!("x".parse::<Priority>().is_err());
    assert!(serde_json::from_str::<Small>("256").is_err());
    assert!(serde_json::from_str::<Small>("\"1\"").is_err());
    assert_eq!(
        serde_json::from_str::<Small>("1").expect("JSON"),
        Small::One
    );
}

#[derive(Clone)]
enum Closed {
    On,
    Off,
}

string_enum! { closed Closed {
    On = "on";
    Off = "off";
} }

#[derive(Clone, Debug)]
enum ClosedLevel {
    One,
}

integer_enum! { closed ClosedLevel: u8 { One = 1; } }

#[test]
fn closed_enums_refuse_what_they_do_not_know() {
    assert_eq!("on".parse::<Closed>(), Ok(Closed::On));
    assert_eq!(
        Closed::try_from("off").map(|value| value.as_str()),
        Ok("off")
    );
    assert!("ON".parse::<Closed>().is_err());
    assert_eq!(
        serde_json::from_str::<Closed>("\"on\"").ok(),
        Some(Closed::On)
    );
    let error = serde_json::from_str::<Closed>("\"hunter2\"").expect_err("unknown");
    let expected = "invalid value: string, expected a value of `Closed`";
    assert!(error.to_string().starts_with(expected), "{error}");

    assert_eq!("1".parse::<ClosedLevel>(), Ok(ClosedLevel::One));
    assert_eq!(ClosedLevel::try_from(1), Ok(ClosedLevel::One));
    assert!("x".parse::<ClosedLevel>().is_err());
    let error = serde_json::from_str::<ClosedLevel>("2").expect_err("unknown");
    let expected = "invalid value: integer, expected a value of `ClosedLevel`";
    assert!(error.to_string().starts_with(expected), "{error}");
}

#[derive(Clone, Debug)]
enum Mixed {
    Auto,
    One,
    Half,
    On,
    Unrecognized(Value),
}

value_enum! { Mixed {
    Auto = Text("auto");
    One = Integer(1);
    Half = Number(0.5);
    On = Boolean(true);
} }

#[derive(Clone, Debug)]
enum ClosedMixed {
    Auto,
    One,
}

value_enum! { closed ClosedMixed {
    Auto = Text("auto");
    One = Integer(1);
} }

#[test]
fn values_of_several_types_go_both_ways() {
    for (wire, known, text) in [
        (json!("auto"), true, "auto"),
        (json!(1), true, "1"),
        (json!(0.5), true, "0.5"),
        (json!(true), true, "true"),
        (json!("1"), false, "1"),
        (json!(false), false, "false"),
        (json!(null), false, "null"),
        (json!({"a": [1]}), false, "{\"a\":[1]}"),
    ] {
        let mixed: Mixed = serde_json::from_value(wire.clone()).expect("any value");
        assert_eq!(!matches!(mixed, Mixed::Unrecognized(_)), known, "{wire}");
        assert_eq!(mixed.value(), wire);
        assert_eq!(mixed.to_string(), text);
        assert_eq!(serde_json::to_value(&mixed).expect("JSON"), wire);
        if known {
            assert_eq!(text.parse::<Mixed>(), Ok(mixed));
        }
    }
    assert!(matches!(Mixed::from(json!(1.0)), Mixed::One));
    assert!(matches!(
        Mixed::from("other"),
        Mixed::Unrecognized(Value::String(_))
    ));
    assert_eq!("1".parse::<ClosedMixed>(), Ok(ClosedMixed::One));
    assert_eq!(ClosedMixed::try_from(json!("auto")), Ok(ClosedMixed::Auto));
    assert!(serde_json::from_str::<ClosedMixed>("2").is_err());
}

/// Enums whose variants are called like the associated types of their traits.
mod called_like_types {
    use super::{Value, integer_enum, json, string_enum, value_enum};

    macro_rules! enums {
        ($($name:ident $(($kept:ty))?,)*) => { $(
            #[derive(Clone)]
            enum $name {
                Err,
                Error,
                $(Unrecognized($kept),)?
            }
        )* };
    }

    enums! { Text(String), ClosedText, Number(i64), ClosedNumber, Any(Value), ClosedAny, }

    string_enum! { Text { Err = "err"; Error = "error"; } }
    string_enum! { closed ClosedText { Err = "err"; Error = "error"; } }
    integer_enum! { Number: i64 { Err = 1; Error = 2; } }
    integer_enum! { closed ClosedNumber: i64 { Err = 1; Error = 2; } }
    value_enum! { Any { Err = Text("err"); Error = Integer(2); } }
    value_enum! { closed ClosedAny { Err = Text("err"); Error = Integer(2); } }

    #[test]
    fn they_are_what_they_say() {
        assert!("err".parse() == Ok(Text::Err));
        assert!("error".parse() == Ok(ClosedText::Error));
        assert!(ClosedText::try_from("err") == Ok(ClosedText::Err));
        assert!("1".parse() == Ok(Number::Err));
        assert!("2".parse() == Ok(ClosedNumber::Error));
        assert!(ClosedNumber::try_from(1) == Ok(ClosedNumber::Err));
        assert!("err".parse() == Ok(Any::Err));
        assert!("2".parse() == Ok(ClosedAny::Error));
        assert!(ClosedAny::try_from(json!("err")) == Ok(ClosedAny::Err));
    }
}
