//! What is sent: URLs, headers and bodies; and what is refused.

use super::golden;
use super::golden::{Thing, builder, client};
use super::scripted::{Scripted, Sent, json};
use crate::runtime::{
    ArrayStyle, Call, Client, Error, HeaderName, HeaderValue, Method, OperationInfo, Repeat,
    RequestErrorKind, Undocumented, decode,
};

/// Sends a call of an operation, and returns what arrived.
async fn send(
    operation: &'static OperationInfo,
    fill: impl FnOnce(&mut Call<'_>),
) -> Result<Sent, Error<Undocumented>> {
    let (client, transport) = client([json(200, "{}")]);
    send_with(&client, &transport, operation, fill).await
}

pub async fn send_with(
    client: &Client,
    transport: &Scripted,
    operation: &'static OperationInfo,
    fill: impl FnOnce(&mut Call<'_>),
) -> Result<Sent, Error<Undocumented>> {
    let mut call = client.call(operation);
    fill(&mut call);
    let decode = |response| decode::success(response, decode::empty, std::convert::identity);
    let result = call.send::<(), Undocumented>(decode).await;
    let mut sent = transport.sent();
    match result {
        Ok(_) => Ok(sent.remove(0)),
        Err(error) => {
            assert!(sent.is_empty(), "{error} and yet something was sent");
            Err(error)
        }
    }
}

const fn operation(path: &'static str) -> OperationInfo {
    golden::operation(Method::GET, path, &[])
}

static SEGMENT: OperationInfo = operation("/a/{x}/b");
static FILE: OperationInfo = operation("/files/{x}.json");
static PAIR: OperationInfo = operation("/{x}{y}");

#[tokio::test]
async fn path_values_stay_in_their_segment() {
    for (value, encoded) in [
        ("plain-._~", "plain-._~"),
        ("a/b", "a%2Fb"),
        ("../../admin", "..%2F..%2Fadmin"),
        ("a?b#c", "a%3Fb%23c"),
        ("%2F", "%252F"),
        ("a b+c&d=e;f:g@h!", "a%20b%2Bc%26d%3De%3Bf%3Ag%40h%21"),
        ("ü\u{202e}", "%C3%BC%E2%80%AE"),
        ("\\", "%5C"),
        ("\r\n\0", "%0D%0A%00"),
        ("{x}", "%7Bx%7D"),
        ("...", "..."),
        (".a", ".a"),
        (" ", "%20"),
        ("//evil.example", "%2F%2Fevil.example"),
        ("@evil.example", "%40evil.example"),
    ] {
        let sent = send(&SEGMENT, |call| call.path("x", &value))
            .await
            .expect(value);
        assert_eq!(
            sent.uri,
            format!("https://api.example.com/v2/a/{encoded}/b")
        );
        let sent = send(&FILE, |call| call.path("x", &value))
            .await
            .expect(value);
        assert_eq!(
            sent.uri,
            format!("https://api.example.com/v2/files/{encoded}.json")
        );
        let uri: http::Uri = sent.uri.parse().expect("a URI");
        assert_eq!(
            uri.authority().map(|authority| authority.as_str()),
            Some("api.example.com")
        );
        assert_eq!(uri.path().split('/').count(), 4);
    }
}

#[tokio::test]
async fn path_values_that_would_reach_another_endpoint_are_refused() {
    for value in ["", ".", "..", "%2e", "%2E%2e", ".%2e", "%2e."] {
        for operation in [&SEGMENT, &FILE] {
            let error = send(operation, |call| call.path("x", &value))
                .await
                .expect_err(value);
            let Error::Request(error) = error else {
                panic!("{value}: {error}");
            };
            assert_eq!(error.kind(), RequestErrorKind::Path);
            assert!(
                error
                    .to_string()
                    .starts_with("op was not sent: the path parameter `x` ")
            );
        }
    }
    let two_dots = |call: &mut Call<'_>| {
        call.path("x", &".a");
        call.path("y", &".");
    };
    assert!(send(&PAIR, two_dots).await.is_err());
    let error = send(&SEGMENT, |_| {}).await.expect_err("no value");
    assert_eq!(
        error.to_string(),
        "op was not sent: the path parameter `x` is not set"
    );
    let arrays = [vec![], vec![".."], vec![""]];
    for items in arrays {
        assert!(
            send(&SEGMENT, |call| call.path_array("x", items))
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn templates_keep_their_text() {
    static ODD: OperationInfo = operation("/a b/{x}/ü[]/");
    static DOTS: OperationInfo = operation("/a/../b");
    static ROOT: OperationInfo = operation("");
    static BARE: OperationInfo = operation("a");
    static OPEN: OperationInfo = operation("/a/{x");
    let uri = |sent: Result<Sent, _>| sent.map(|sent: Sent| sent.uri).map_err(|_: Error<_>| ());
    let start = "https://api.example.com/v2";
    let odd = uri(send(&ODD, |call| call.path("x", &1)).await);
    assert_eq!(odd, Ok(format!("{start}/a%20b/1/%C3%BC%5B%5D/")));
    assert_eq!(uri(send(&DOTS, |_| {}).await), Err(()));
    assert_eq!(uri(send(&ROOT, |_| {}).await), Ok(start.to_owned()));
    assert_eq!(uri(send(&BARE, |_| {}).await), Ok(format!("{start}/a")));
    assert_eq!(
        uri(send(&OPEN, |_| {}).await),
        Ok(format!("{start}/a/%7Bx"))
    );
    let array = uri(send(&SEGMENT, |call| call.path_array("x", ["a,b", "c"])).await);
    assert_eq!(array, Ok(format!("{start}/a/a%2Cb,c/b")));
}

static QUERY: OperationInfo = operation("/q");

#[tokio::test]
async fn queries() {
    const COMMA: ArrayStyle = ArrayStyle::Form { explode: false };
    const EXPLODED: ArrayStyle = ArrayStyle::Form { explode: true };
    type Fill = fn(&mut Call<'_>);
    let cases: [(Fill, &str); 11] = [
        (|_| {}, ""),
        (|call| call.query("a", &1), "?a=1"),
        (|call| call.query("a", &""), "?a="),
        (
            |call| call.query("a[b]", &"x&y=z#%+ ü"),
            "?a%5Bb%5D=x%26y%3Dz%23%25%2B%20%C3%BC",
        ),
        (|call| call.query("a", &"\r\n"), "?a=%0D%0A"),
        (
            |call| call.query_array("a", EXPLODED, ["1", "2,3"]),
            "?a=1&a=2%2C3",
        ),
        (
            |call| call.query_array("a", COMMA, ["1", "2,3"]),
            "?a=1,2%2C3",
        ),
        (
            |call| call.query_array("a", ArrayStyle::SpaceDelimited, [1, 2]),
            "?a=1%202",
        ),
        (
            |call| call.query_array("a", ArrayStyle::PipeDelimited, [1, 2]),
            "?a=1%7C2",
        ),
        (|call| call.query_array("a", COMMA, Vec::<i32>::new()), ""),
        (
            |call| {
                call.query("a", &1);
                call.query("b", &2);
                call.query("a", &3);
            },
            "?b=2&a=3",
        ),
    ];
    for (fill, query) in cases {
        let sent = send(&QUERY, fill).await.expect(query);
        assert_eq!(sent.uri, format!("https://api.example.com/v2/q{query}"));
    }
}

#[tokio::test]
async fn headers() {
    let sent = send(&QUERY, |call| {
        call.header("X-One", &1);
        call.header_array("x-many", ["a", "b"]);
    });
    let sent = sent.await.expect("headers");
    assert_eq!((sent.header("x-one"), sent.header("x-many")), ("1", "a,b"));
    assert_eq!(sent.header("user-agent"), "golden/1.0");
    assert!(!sent.headers.contains_key("accept") && !sent.headers.contains_key("content-type"));

    for (name, value) in [
        ("x-one", "a\r\nx-two: b"),
        ("x-one", "a\nb"),
        ("x-one", "\0"),
        ("x one", "a"),
        ("x-one:", "a"),
        ("", "a"),
        ("content-length", "0"),
        ("Transfer-Encoding", "chunked"),
        ("host", "evil.example"),
    ] {
        let error = send(&QUERY, |call| call.header(name, &value))
            .await
            .expect_err(name);
        assert!(matches!(error, Error::Request(error) if error.kind() == RequestErrorKind::Header));
    }
    assert!(
        send(&QUERY, |call| call.text_body("a\nb", ""))
            .await
            .is_err()
    );
    let host = (
        HeaderName::from_static("host"),
        HeaderValue::from_static("evil.example"),
    );
    assert!(
        send(&QUERY, |call| call.extra_header(host.0, host.1))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn the_first_refusal_is_the_one_that_is_told() {
    let error = send(&SEGMENT, |call| {
        call.header("x", &"\n");
        call.path("x", &"");
    });
    assert_eq!(
        error.await.expect_err("two bad values").to_string(),
        "op was not sent: the header `x` cannot be sent with this value"
    );
}

#[tokio::test]
async fn own_headers_go_before_others() {
    let (name, other) = (
        HeaderName::from_static("authorization"),
        HeaderName::from_static("x-a"),
    );
    let transport = Scripted::new([json(200, r#"{"name":"a"}"#), json(200, r#"{"name":"a"}"#)]);
    let client = builder(&transport)
        .default_header(name.clone(), HeaderValue::from_static("default"))
        .default_header(other.clone(), HeaderValue::from_static("default"))
        .user_agent("mine")
        .build()
        .expect("a client");
    client.get_thing("a", "b").await.expect("a thing");
    let own = client
        .get_thing("a", "b")
        .header(name, HeaderValue::from_static("own"));
    own.header(other, HeaderValue::from_static("own"))
        .await
        .expect("a thing");
    let sent = transport.sent();
    assert_eq!(sent[0].header("authorization"), "Bearer hunter2-token");
    assert_eq!(
        (sent[0].header("x-a"), sent[0].header("user-agent")),
        ("default", "mine")
    );
    assert_eq!(
        (sent[1].header("authorization"), sent[1].header("x-a")),
        ("own", "own")
    );
    assert!(sent[0].headers["authorization"].is_sensitive());
    assert!(sent[1].headers["x-a"].is_sensitive());
}

#[tokio::test]
async fn bodies() {
    let sent = send(&QUERY, |call| call.text_body("text/csv", "a,b"))
        .await
        .expect("text");
    assert_eq!(
        (&sent.body[..], sent.header("content-type")),
        (&b"a,b"[..], "text/csv")
    );
    let sent = send(&QUERY, |call| call.bytes_body("image/png", vec![1, 2]))
        .await
        .expect("bytes");
    assert_eq!(
        (&sent.body[..], sent.header("content-type")),
        (&[1, 2][..], "image/png")
    );

    let (client, transport) = client([json(200, r#"{"name":"a"}"#)]);
    let mut thing = Thing::new("a");
    thing.id = Some("set by the server".to_owned());
    client.create_thing(thing).await.expect("a thing");
    let sent = &transport.sent()[0];
    assert_eq!(&sent.body[..], br#"{"name":"a"}"#);
    assert_eq!(sent.method, Method::POST);
    assert_eq!(sent.header("content-type"), "application/json");
    assert_eq!(sent.header("accept"), "application/json, text/plain");

    let unwritable = std::collections::BTreeMap::from([((1, 2), 3)]);
    let error = send(&QUERY, |call| {
        call.json_body("application/json", &unwritable)
    })
    .await;
    let error = error.expect_err("a map whose keys are no strings");
    assert_eq!(
        error.to_string(),
        "op was not sent: the body cannot be written as JSON"
    );
}

#[tokio::test]
async fn a_call_has_a_method_of_its_own() {
    let sent = send(&SEGMENT, |call| {
        call.path("x", &1);
        call.method("COPY");
    });
    assert_eq!(sent.await.expect("a response").method.as_str(), "COPY");
    let refused = send(&SEGMENT, |call| call.method("a b")).await;
    let refused = refused.expect_err("no token of HTTP");
    assert_eq!(
        refused.to_string(),
        "op was not sent: `a b` is not an HTTP method"
    );
}

#[tokio::test]
async fn servers_of_operations() {
    let uri = |transport: &Scripted| transport.sent().remove(0).uri;
    let (document, transport) = client([json(200, "")]);
    document.search().await.expect("a search");
    assert_eq!(uri(&transport), "https://search.example.com/v1/search");

    let transport = Scripted::new([json(200, "")]);
    let chosen = builder(&transport)
        .base_url("http://127.0.0.1:1/x/")
        .build()
        .expect("a client");
    chosen.search().await.expect("a search");
    assert_eq!(uri(&transport), "http://127.0.0.1:1/x/search");

    // One that the document names is not one for everything.
    let transport = Scripted::new([json(200, ""), json(200, ""), json(200, "")]);
    let named = builder(&transport)
        .base_url("http://127.0.0.1:1")
        .server_url("https://eu.example.com/v2".to_owned())
        .build()
        .expect("a client");
    named.search().await.expect("a search");
    assert_eq!(named.base_url(), "https://eu.example.com/v2");
    let mut chosen = named.search();
    chosen.call.server("https://search.example.net".to_owned());
    chosen.await.expect("a search");
    let mut relative = named.search();
    relative.call.server("/v9".to_owned());
    relative.await.expect("a search");
    let sent: Vec<String> = transport.sent().into_iter().map(|sent| sent.uri).collect();
    assert_eq!(
        sent,
        [
            "https://search.example.com/v1/search",
            "https://search.example.net/search",
            "https://eu.example.com/v9/search"
        ]
    );

    static RELATIVE: OperationInfo = OperationInfo {
        id: "op",
        method: Method::GET,
        path: "/a",
        accept: "",
        security: &[],
        server: Some("/v3"),
        unread: &[],
        repeat: Repeat::ByMethod,
    };
    let sent = send(&RELATIVE, |_| {}).await.expect("a relative server");
    assert_eq!(sent.uri, "https://api.example.com/v3/a");
}
