//! Strings of a format, and numbers that are written in another way.

use crate::runtime::whole::without_fractions;
use crate::runtime::{Formatted, Nullable, object};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads a text, says whether it is of the format, and sees that it comes out as it should.
#[track_caller]
fn check<T>(cases: &[(&str, bool, &str)])
where
    Formatted<T>: DeserializeOwned + serde::Serialize + std::fmt::Display,
{
    for (text, is_value, written) in cases {
        let read: Formatted<T> = serde_json::from_value(Value::from(*text)).expect("any string");
        assert_eq!(read.value().is_some(), *is_value, "{text}");
        assert_eq!(read.to_string(), *written);
        assert_eq!(
            serde_json::to_value(&read).expect("JSON"),
            Value::from(*written)
        );
    }
}

#[test]
fn date_times() {
    check::<Timestamp>(&[
        ("2020-01-31T12:00:00Z", true, "2020-01-31T12:00:00Z"),
        (
            "2020-01-31t12:00:00.123456789z",
            true,
            "2020-01-31T12:00:00.123456789Z",
        ),
        ("2020-01-31T12:00:00+02:00", true, "2020-01-31T10:00:00Z"),
        ("0001-01-01T00:00:00Z", true, "0001-01-01T00:00:00Z"),
        // Beyond the calendar, without an offset, or another form altogether.
        ("9999-12-31T23:59:59Z", false, "9999-12-31T23:59:59Z"),
        ("2020-01-31T12:00:00", false, "2020-01-31T12:00:00"),
        ("2020-01-31 12:00:00Z", false, "2020-01-31 12:00:00Z"),
        ("2016-12-31T23:59:60Z", false, "2016-12-31T23:59:60Z"),
        (
            "2020-01-31T12:00:00+01:00[Europe/Berlin]",
            false,
            "2020-01-31T12:00:00+01:00[Europe/Berlin]",
        ),
        ("", false, ""),
        ("ä", false, "ä"),
    ]);
}

#[test]
fn dates() {
    check::<Date>(&[
        ("2020-02-29", true, "2020-02-29"),
        ("2021-02-29", false, "2021-02-29"),
        ("2020-02-29T10:00:00", false, "2020-02-29T10:00:00"),
        ("20200229", false, "20200229"),
    ]);
}

#[test]
fn integers_in_strings() {
    check::<i64>(&[
        ("-7", true, "-7"),
        ("007", false, "007"),
        ("9223372036854775808", false, "9223372036854775808"),
        ("", false, ""),
    ]);
    check::<u64>(&[("18446744073709551615", true, "18446744073709551615")]);
    let number = serde_json::from_str::<Formatted<i64>>("7").expect("a number");
    assert_eq!(number, Formatted::Value(7));
    assert!(serde_json::from_str::<Formatted<i64>>("7.5").is_err());
    assert!(serde_json::from_str::<Formatted<Timestamp>>("7").is_err());
}

#[test]
fn conversions() {
    let day = "2020-02-29".parse::<Date>().expect("a date");
    assert_eq!(Formatted::from(day), Formatted::from("2020-02-29"));
    assert_eq!(Formatted::<Date>::from("soon").into_value(), None);
    assert_eq!(
        Nullable::from(day),
        Nullable::Value(day),
        "the plain one is still there"
    );
    let nullable: Nullable<Formatted<Date>> = day.into();
    assert_eq!(nullable, Nullable::Value(Formatted::Value(day)));
    assert_eq!(
        Nullable::<String>::from("a"),
        Nullable::Value("a".to_owned())
    );
}

#[derive(Clone)]
struct Lists {
    names: Vec<String>,
    counts: Vec<i64>,
}

object! { Lists {
    list names = "names";
    list counts = "counts";
} }

#[test]
fn lists_read_null_as_empty() {
    let read = serde_json::from_str::<Lists>;
    let empty = read(r#"{"names":null,"counts":[]}"#).expect("null is empty");
    assert_eq!(
        serde_json::to_string(&empty).expect("JSON"),
        r#"{"names":[],"counts":[]}"#
    );
    let missing = read(r#"{"names":[]}"#).expect_err("counts are missing");
    assert!(missing.to_string().starts_with("missing field `counts`"));
}

#[test]
fn whole_numbers_with_a_fraction() {
    for (text, expected) in [
        (
            r#"{"names":[],"counts":[1.0,-2.00,3]}"#,
            Some(vec![1, -2, 3]),
        ),
        (r#"{"names":["1.0\"1.0"],"counts":[1.0]}"#, Some(vec![1])),
        (r#"{"names":[],"counts":[1.5]}"#, None),
        (r#"{"names":[],"counts":[1.05]}"#, None),
        (r#"{"names":[],"counts":[1.0e1]}"#, None),
    ] {
        let error = serde_json::from_str::<Lists>(text).expect_err("a fraction");
        let counts = without_fractions(text.as_bytes(), &error)
            .and_then(|text| serde_json::from_slice::<Lists>(&text).ok());
        if let Some(lists) = &counts {
            assert!(!lists.names.contains(&"1".to_owned()), "strings stay");
        }
        assert_eq!(counts.map(|lists| lists.counts), expected, "{text}");
    }
}

#[derive(Clone)]
struct Big {
    signed: Option<i128>,
    unsigned: Option<u128>,
}

object! { Big {
    optional signed = "signed";
    optional unsigned = "unsigned";
} }

#[test]
fn big_integers_are_exact() {
    let text = r#"{"signed":-99999999999999999999999,"unsigned":18446744073709551616}"#;
    let read = serde_json::from_str::<Big>(text).expect("128 bits");
    assert_eq!(serde_json::to_string(&read).expect("JSON"), text);
    assert!(serde_json::from_str::<Big>(r#"{"unsigned":-1}"#).is_err());
}
