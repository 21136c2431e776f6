//! The styles of parameters and forms, after the tables of the OpenAPI specification.

use super::golden::client;
use super::scripted::json;
use crate::runtime::{Call, Encoding, Method, OperationInfo, Repeat, Style, Undocumented, decode};
use serde_json::{Value, json as value};

static PATH: OperationInfo = operation("/p/{color}");
static PLAIN: OperationInfo = operation("/p");

const fn operation(path: &'static str) -> OperationInfo {
    OperationInfo {
        id: "op",
        method: Method::POST,
        path,
        accept: "",
        security: &[],
        server: None,
        unread: &[],
        repeat: Repeat::ByMethod,
    }
}

/// What goes out: the URL after the base, a header, and the body.
async fn sent(
    operation: &'static OperationInfo,
    header: &str,
    fill: impl FnOnce(&mut Call<'_>),
) -> Result<(String, String, String), String> {
    let (client, transport) = client([json(200, "{}")]);
    let mut call = client.call(operation);
    fill(&mut call);
    let decode = |response| decode::success(response, decode::empty, std::convert::identity);
    let result = call.send::<(), Undocumented>(decode).await;
    result.map_err(|error| error.to_string())?;
    let request = transport.sent().remove(0);
    let header = request.headers.get(header).map(|value| value.to_str());
    Ok((
        request
            .uri
            .replace("https://api.example.com/v2/p", "")
            .to_string(),
        header
            .transpose()
            .ok()
            .flatten()
            .unwrap_or_default()
            .to_owned(),
        String::from_utf8(request.body.to_vec()).unwrap_or_default(),
    ))
}

/// An empty string, a string, a list and an object.
fn values() -> [Value; 4] {
    [
        value!(""),
        value!("blue"),
        value!(["blue", "black", null, "brown"]),
        value!({"B": 150, "G": 200, "N": null, "R": 100}),
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
            ["", "blue", "blue,black,brown", "B,150,G,200,R,100"],
        ),
        (
            Simple,
            true,
            ["", "blue", "blue,black,brown", "B=150,G=200,R=100"],
        ),
        (
            Label,
            false,
            ["", ".blue", ".blue,black,brown", ".B,150,G,200,R,100"],
        ),
        (
            Label,
            true,
            ["", ".blue", ".blue.black.brown", ".B=150.G=200.R=100"],
        ),
        (
            Matrix,
            false,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=B,150,G,200,R,100",
            ],
        ),
        (
            Matrix,
            true,
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";B=150;G=200;R=100",
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

#[tokio::test]
async fn queries() {
    use Style::{DeepObject, Form, Json, PipeDelimited, SpaceDelimited};
    for (style, explode, expected) in [
        (
            Form,
            false,
            [
                "color=",
                "color=blue",
                "color=blue,black,brown",
                "color=B,150,G,200,R,100",
            ],
        ),
        (
            Form,
            true,
            [
                "color=",
                "color=blue",
                "color=blue&color=black&color=brown",
                "B=150&G=200&R=100",
            ],
        ),
        (
            SpaceDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue%20black%20brown",
                "color=B%20150%20G%20200%20R%20100",
            ],
        ),
        (
            PipeDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue%7Cblack%7Cbrown",
                "color=B%7C150%7CG%7C200%7CR%7C100",
            ],
        ),
        (
            DeepObject,
            true,
            [
                "color=",
                "color=blue",
                "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
                "color%5BB%5D=150&color%5BG%5D=200&color%5BR%5D=100",
            ],
        ),
        (
            Json,
            false,
            [
                "color=%22%22",
                "color=%22blue%22",
                "color=%5B%22blue%22%2C%22black%22%2Cnull%2C%22brown%22%5D",
                "color=%7B%22B%22%3A150%2C%22G%22%3A200%2C%22N%22%3Anull%2C%22R%22%3A100%7D",
            ],
        ),
    ] {
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
        (false, "B,150,G,200,R,100", "color=B,150,G,200,R,100"),
        (true, "B=150,G=200,R=100", "B=150; G=200; R=100"),
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
