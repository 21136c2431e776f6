//! The styles of parameters and forms, after the tables of the OpenAPI specification.

use super::arrived::{PLAIN, operation, sent};
use crate::runtime::{Encoding, OperationInfo, Style};
use serde::{Serialize, Serializer};
use serde_json::{Value, json as value};
use std::fmt;

static PATH: OperationInfo = operation("/p/{color}");

/// A value of the specification's tables.
enum Sample {
    Plain(Value),
    /// `{"R": 100, "G": 200, "B": 150}`, and one more member that is null.
    Color,
}

impl Serialize for Sample {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(value) => value.serialize(serializer),
            Self::Color => {
                let members = [
                    ("R", Some(100)),
                    ("N", None),
                    ("G", Some(200)),
                    ("B", Some(150)),
                ];
                serializer.collect_map(members)
            }
        }
    }
}

impl fmt::Display for Sample {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&serde_json::to_string(self).unwrap_or_default())
    }
}

/// An empty string, a string, a list and an object.
fn values() -> [Sample; 4] {
    [
        Sample::Plain(value!("")),
        Sample::Plain(value!("blue")),
        Sample::Plain(value!(["blue", "black", null, "brown"])),
        Sample::Color,
    ]
}

#[tokio::test]
async fn paths() {
    use Style::{Label, Matrix, Simple};
    // An empty value and a lone dot are not segments of a path.
    for (style, explode, expected) in [
        (
            Simple,
            false,
            ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            Simple,
            true,
            ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
        (
            Label,
            false,
            ["", ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
        ),
        (
            Label,
            true,
            ["", ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
        ),
        (
            Matrix,
            false,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ],
        ),
        (
            Matrix,
            true,
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ],
        ),
    ] {
        for (value, expected) in values().iter().zip(expected) {
            let sent = sent(&PATH, "", |call| {
                call.path_value("color", style, explode, value);
            });
            let uri = sent.await.map_or(String::new(), |(uri, ..)| uri);
            assert_eq!(
                uri.trim_start_matches('/'),
                expected,
                "{style:?} {explode} {value}"
            );
        }
    }
}

/// A style, whether its parts are apart, and how the values are written.
const QUERIES: [(Style, bool, [&str; 4]); 6] = [
    (
        Style::Form,
        false,
        [
            "color=",
            "color=blue",
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
        ],
    ),
    (
        Style::Form,
        true,
        [
            "color=",
            "color=blue",
            "color=blue&color=black&color=brown",
            "R=100&G=200&B=150",
        ],
    ),
    (
        Style::SpaceDelimited,
        false,
        [
            "color=",
            "color=blue",
            "color=blue%20black%20brown",
            "color=R%20100%20G%20200%20B%20150",
        ],
    ),
    (
        Style::PipeDelimited,
        false,
        [
            "color=",
            "color=blue",
            "color=blue%7Cblack%7Cbrown",
            "color=R%7C100%7CG%7C200%7CB%7C150",
        ],
    ),
    (
        Style::DeepObject,
        true,
        [
            "color=",
            "color=blue",
            "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ],
    ),
    (
        Style::Json,
        false,
        [
            "color=%22%22",
            "color=%22blue%22",
            "color=%5B%22blue%22%2C%22black%22%2Cnull%2C%22brown%22%5D",
            "color=%7B%22R%22%3A100%2C%22N%22%3Anull%2C%22G%22%3A200%2C%22B%22%3A150%7D",
        ],
    ),
];

#[tokio::test]
async fn queries() {
    for (style, explode, expected) in QUERIES {
        for (value, expected) in values().iter().zip(expected) {
            let sent = sent(&PLAIN, "", |call| {
                call.query_value("color", style, explode, value);
            });
            let (uri, ..) = sent.await.expect("sent");
            assert_eq!(
                uri.trim_start_matches('?'),
                expected,
                "{style:?} {explode} {value}"
            );
        }
    }
}

#[tokio::test]
async fn headers_and_cookies() {
    for (explode, header, cookie) in [
        (false, "R,100,G,200,B,150", "color=R,100,G,200,B,150"),
        (true, "R=100,G=200,B=150", "R=100; G=200; B=150"),
    ] {
        let [.., object] = values();
        let sent_header = sent(&PLAIN, "color", |call| {
            call.header_value("color", Style::Simple, explode, &object);
        });
        assert_eq!(sent_header.await.expect("sent").1, header);
        let sent_cookie = sent(&PLAIN, "cookie", |call| {
            call.cookie_value("color", Style::Form, explode, "once");
            call.cookie_value("color", Style::Form, explode, &object);
            call.cookie_value("b", Style::Form, explode, "a; b");
        });
        assert_eq!(
            sent_cookie.await.expect("sent").1,
            format!("{cookie}; b=a%3B%20b")
        );
    }
}

#[tokio::test]
async fn forms() {
    let encodings = [
        Encoding::new("deep", Style::DeepObject, true),
        Encoding::new("json", Style::Json, false),
        Encoding::new("comma", Style::Form, false),
        Encoding::new("flat", Style::Form, true),
    ];
    for (body, expected) in [
        (value!({}), Ok("")),
        (
            value!({"a": "x y&z=ü", "b": 1.5, "c": true, "d": null}),
            Ok("a=x%20y%26z%3D%C3%BC&b=1.5&c=true"),
        ),
        (value!({"a": [1, 2], "b": [], "c": {}}), Ok("a=1&a=2")),
        (
            value!({"a": {"b": {"c": 1}, "d": [1, 2]}}),
            Ok("a%5Bb%5D%5Bc%5D=1&a%5Bd%5D%5B0%5D=1&a%5Bd%5D%5B1%5D=2"),
        ),
        (
            value!({"a": [{"b": 1}, [2]]}),
            Ok("a%5B0%5D%5Bb%5D=1&a%5B1%5D%5B0%5D=2"),
        ),
        (
            value!({"deep": ["x"], "json": {"a": [1]}}),
            Ok("deep%5B0%5D=x&json=%7B%22a%22%3A%5B1%5D%7D"),
        ),
        (
            value!({"comma": ["x,y", "z"], "flat": {"a": 1}}),
            Ok("comma=x%2Cy,z&a=1"),
        ),
        (value!([1]), Err("not an object")),
    ] {
        let result = sent(&PLAIN, "content-type", |call| {
            call.form_body("application/x-www-form-urlencoded", &encodings, &body);
        });
        match (result.await, expected) {
            (Ok((_, header, sent)), Ok(expected)) => {
                assert_eq!(header, "application/x-www-form-urlencoded");
                assert_eq!(sent, expected);
            }
            (Err(error), Err(expected)) => assert!(error.contains(expected), "{error}"),
            (result, expected) => panic!("{result:?} is not {expected:?}"),
        }
    }
}
