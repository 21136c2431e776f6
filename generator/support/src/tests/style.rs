//! The styles of parameters and forms, after the tables of the OpenAPI specification: sent, and read off
//! a socket.

use crate::runtime::{
    Api, Call, ClientBuilder, Encoding, Method, OperationInfo, Repeat, Style, Undocumented, decode,
};
use serde::{Serialize, Serializer};
use serde_json::{Value, json as value};
use std::fmt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

static API: Api = Api {
    base_url: "",
    user_agent: "test/1.0",
    schemes: &[],
};

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

/// What arrives: the target after `/p`, a header, and the body.
async fn sent(
    operation: &'static OperationInfo,
    header: &str,
    fill: impl FnOnce(&mut Call<'_>),
) -> Result<(String, String, String), String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let client = ClientBuilder::new(&API)
        .base_url(format!("http://{address}"))
        .build()
        .expect("a client");
    let mut call = client.call(operation);
    fill(&mut call);
    let decode = |response| decode::success(response, decode::empty, std::convert::identity);
    let call = call.send::<(), Undocumented>(decode);
    let server = async {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let mut request = Vec::new();
        while !is_whole(&request) {
            let read = stream.read_buf(&mut request).await.expect("a request");
            assert!(read > 0, "the request broke off");
        }
        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
        stream.write_all(answer).await.expect("an answer");
        String::from_utf8(request).expect("a text")
    };
    let request = tokio::select! {
        request = server => request,
        result = call => return Err(result.expect_err("no server has answered").to_string()),
    };
    let (head, body) = request.split_once("\r\n\r\n").expect("a head");
    let target = head.split(' ').nth(1).expect("a target");
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let value = lines.find(|(name, _)| *name == header);
    Ok((
        target.strip_prefix("/p").unwrap_or(target).to_owned(),
        value.map_or("", |(_, value)| value).to_owned(),
        body.to_owned(),
    ))
}

/// Whether the head has arrived, and as much of a body as it announces.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let mut lines = head.lines();
    let length = lines.find_map(|line| line.strip_prefix("content-length: "));
    length.is_none_or(|length| length.parse() == Ok(body.len()))
}

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
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            Form,
            true,
            [
                "color=",
                "color=blue",
                "color=blue&color=black&color=brown",
                "R=100&G=200&B=150",
            ],
        ),
        (
            SpaceDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue%20black%20brown",
                "color=R%20100%20G%20200%20B%20150",
            ],
        ),
        (
            PipeDelimited,
            false,
            [
                "color=",
                "color=blue",
                "color=blue%7Cblack%7Cbrown",
                "color=R%7C100%7CG%7C200%7CB%7C150",
            ],
        ),
        (
            DeepObject,
            true,
            [
                "color=",
                "color=blue",
                "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ],
        ),
        (
            Json,
            false,
            [
                "color=%22%22",
                "color=%22blue%22",
                "color=%5B%22blue%22%2C%22black%22%2Cnull%2C%22brown%22%5D",
                "color=%7B%22R%22%3A100%2C%22N%22%3Anull%2C%22G%22%3A200%2C%22B%22%3A150%7D",
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

#[tokio::test]
async fn reserved_characters() {
    let all = "a:/?#[]@!$&'()*+,;=%zz %2F%é|";
    let list = value!(["a,b", "/x?"]);
    for (style, explode, value, expected) in [
        (
            Style::Form,
            true,
            value!(all),
            "?q=a:/?%23[]@!$%26%27()*%2B,%3B=%25zz%20%2F%25%C3%A9%7C",
        ),
        (Style::Form, false, list.clone(), "?q=a%2Cb,/x?"),
        (Style::Form, true, list.clone(), "?q=a,b&q=/x?"),
        (Style::PipeDelimited, false, list, "?q=a,b%7C/x?"),
        (
            Style::DeepObject,
            true,
            value!({"a": "/[b]"}),
            "?q%5Ba%5D=/[b]",
        ),
    ] {
        let sent = sent(&PLAIN, "", |call| {
            call.query_reserved("q", style, explode, &value);
        });
        assert_eq!(sent.await.expect("sent").0, expected);
    }
    let encodings = [Encoding::new("a", Style::Form, true).reserved()];
    let body = value!({"a": "/x?&", "b": "/"});
    let sent = sent(&PLAIN, "", |call| {
        call.form_body("application/x-www-form-urlencoded", &encodings, &body);
    });
    assert_eq!(sent.await.expect("sent").2, "a=/x?%26&b=%2F");
}

#[tokio::test]
async fn whole_query_strings() {
    for (style, value, expected) in [
        (
            Style::Form,
            value!({"a": [1, "x&y"], "b": null}),
            "?a=1&a=x%26y",
        ),
        (Style::Json, value!({"a": [1]}), "?%7B%22a%22%3A%5B1%5D%7D"),
        (
            Style::Simple,
            value!("a=b&c[]=ü #"),
            "?a=b&c[]=%C3%BC%20%23",
        ),
    ] {
        let sent = sent(&PLAIN, "", |call| call.query_string("q", style, &value));
        assert_eq!(sent.await.expect("sent").0, expected);
    }
}

#[tokio::test]
async fn cookies_as_they_are() {
    for (explode, value, expected) in [
        (true, value!("a%20b=c"), "q=a%20b=c"),
        (true, value!(["a", "b"]), "q=a; q=b"),
        (false, value!(["a", "b"]), "q=a,b"),
        (true, value!({"a": 1, "b": 2}), "a=1; b=2"),
    ] {
        let sent = sent(&PLAIN, "cookie", |call| {
            call.cookie_value("q", Style::Cookie, explode, &value);
        });
        assert_eq!(sent.await.expect("sent").1, expected);
    }
    for value in ["a;b", "a b", "ü", "a\nb"] {
        let refused = sent(&PLAIN, "cookie", |call| {
            call.cookie_value("q", Style::Cookie, true, value);
        });
        let message = "op was not sent: the cookie `q` cannot be sent with this value";
        assert_eq!(refused.await.expect_err("no cookie"), message);
    }
}

#[tokio::test]
async fn templates() {
    static CASES: [(&str, &str); 9] = [
        ("/p/{a}.json", "/x%2Fy.json"),
        ("/p/{a}:{b}", "/x%2Fy:z"),
        ("/p/{a}-{b}.{a}", "/x%2Fy-z.x%2Fy"),
        ("/p/v1.0/it's", "/v1.0/it's"),
        ("/p?fixed=1&a={a}", "?fixed=1&a=x%2Fy&q=2"),
        ("/p?fixed", "?fixed&q=2"),
        ("/p?", "?q=2"),
        ("/p/{b}#get", "/z"),
        ("/p?b={b}#a?c", "?b=z&q=2"),
    ];
    for (path, expected) in &CASES {
        let operation: &'static OperationInfo = Box::leak(Box::new(operation(path)));
        let sent = sent(operation, "", |call| {
            call.path("a", &"x/y");
            call.path("b", &"z");
            if path.contains('?') {
                call.query("q", &2);
            }
        });
        assert_eq!(sent.await.expect("sent").0, *expected, "{path}");
    }
}

#[tokio::test]
async fn values_are_written_as_they_are() {
    let big = u128::MAX;
    let cases: [(Sample, &str); 5] = [
        (Sample::Plain(value!(1.0)), "?q=1.0"),
        (Sample::Plain(value!("\"\\é\n")), "?q=%22%5C%C3%A9%0A"),
        (
            Sample::Plain(value!([true, -1, 1e300])),
            "?q=true,-1,1e%2B300",
        ),
        (
            Sample::Plain(value!([[1, "a,\"b"], {"c": []}])),
            "?q=%5B1%2C%22a%2C%5C%22b%22%5D,%7B%22c%22%3A%5B%5D%7D",
        ),
        (Sample::Plain(value!([])), ""),
    ];
    for (value, expected) in &cases {
        let sent = sent(&PLAIN, "", |call| {
            call.query_value("q", Style::Form, false, value);
        });
        assert_eq!(sent.await.expect("sent").0, *expected, "{value}");
    }
    let exact = sent(&PLAIN, "", |call| {
        call.query_value("q", Style::Form, false, &[big, 1]);
    });
    assert_eq!(exact.await.expect("sent").0, format!("?q={big},1"));

    let header = sent(&PLAIN, "x-json", |call| {
        call.header_value("x-json", Style::Json, false, &value!({"a": "é😀"}));
    });
    let expected = r#"{"a":"\u00e9\ud83d\ude00"}"#;
    assert_eq!(header.await.expect("sent").1, expected);

    let refused = sent(&PLAIN, "x", |call| {
        call.header_value("x", Style::Simple, false, "a\r\nb: c");
    });
    let message = "op was not sent: the header `x` cannot be sent with this value";
    assert_eq!(refused.await.expect_err("a line break"), message);
}
