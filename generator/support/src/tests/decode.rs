//! From raw responses to typed ones, and the paths of errors in them.

use super::golden::{CreateError, Created, LIMIT, Problem, Thing, builder, client};
use super::scripted::{Answer, Scripted, json, typed, with_headers};
use crate::runtime::{
    Body, BoxFuture, Error, Header, HeaderError, HeaderList, HeaderValue, Nullable, RetryPolicy,
    Transport, TransportError,
};

const THING: &str = r#"{"name":"a","x":1}"#;

/// What a GET comes to, in a word or two.
async fn get(answer: Answer) -> String {
    let (client, _) = client([answer]);
    match client.get_thing("a", "b").retry(RetryPolicy::none()).await {
        Ok(thing) => format!("{} {}", thing.status().as_u16(), thing.name),
        Err(Error::Api(error)) => format!("api {} {}", error.status().as_u16(), error.message),
        Err(Error::Undeclared(raw)) => format!("undeclared {}", raw.status().as_u16()),
        Err(Error::Decode(error)) => format!("{}: {}", error.path(), error.message()),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn status_comes_first() {
    let problem = r#"{"message":"m"}"#;
    for (status, body, expected) in [
        (200, THING, "200 a"),
        (200, problem, "$: missing field `name`"),
        (201, THING, "undeclared 201"),
        (204, "", "undeclared 204"),
        (404, problem, "api 404 m"),
        (418, problem, "api 418 m"),
        (500, problem, "api 500 m"),
        (500, THING, "$: missing field `message`"),
        (304, "", "undeclared 304"),
    ] {
        assert_eq!(get(json(status, body)).await, expected, "{status}");
    }
}

#[tokio::test]
async fn then_the_kind_of_content() {
    for (content_type, body, expected) in [
        ("application/json", THING, "200 a"),
        ("Application/JSON; charset=utf-8", THING, "200 a"),
        ("application/problem+json", THING, "200 a"),
        ("text/json", THING, "200 a"),
        ("text/plain", THING, "200 a"),
        ("text/plain", "upstream error", "undeclared 200"),
        ("application/octet-stream", THING, "200 a"),
        ("", THING, "200 a"),
        ("", "<html>", "undeclared 200"),
        ("text/html", THING, "undeclared 200"),
        ("application/xml", THING, "undeclared 200"),
        ("application/json", "<html>", "$: expected value"),
        ("application/json", "", "$: EOF while parsing a value"),
        ("application/json", "\u{feff}{\"name\":\"a\"}", "200 a"),
    ] {
        assert_eq!(
            get(typed(200, content_type, body)).await,
            expected,
            "{content_type} {body}"
        );
    }
    assert_eq!(get(with_headers(200, &[], THING)).await, "200 a");
    assert_eq!(
        get(typed(502, "text/html", "<html>")).await,
        "undeclared 502"
    );
    assert_eq!(
        get(with_headers(500, &[("content-type", "ü")], "{}")).await,
        "undeclared 500"
    );
}

#[tokio::test]
async fn several_kinds_of_success_and_error() {
    let answers = [
        json(200, THING),
        typed(202, "text/plain", "later"),
        typed(203, "image/png", "\u{1}"),
        with_headers(204, &[], ""),
    ];
    let (client, _) = client(answers);
    let mut created = Vec::new();
    for _ in 0..4 {
        created.push(
            client
                .create_thing(Thing::new("a"))
                .await
                .expect("a success")
                .into_body(),
        );
    }
    let [
        Created::Done(thing),
        Created::Accepted(text),
        Created::File(file),
        Created::Nothing,
    ] = &created[..]
    else {
        panic!("{created:?}");
    };
    assert_eq!(
        (&*thing.name, &**text, &file[..]),
        ("a", "later", &b"\x01"[..])
    );

    let answers = [
        typed(409, "text/html", ""),
        json(422, r#"{"message":"m"}"#),
        json(403, "{}"),
    ];
    let (client, _) = super::golden::client(answers);
    let mut errors = Vec::new();
    for _ in 0..3 {
        errors.push(
            client
                .create_thing(Thing::new("a"))
                .await
                .expect_err("an error"),
        );
    }
    let message = "m".to_owned();
    assert_eq!(
        errors[0].api().expect("declared").body(),
        &CreateError::Busy
    );
    let problem = CreateError::Problem(Problem { message });
    assert_eq!(errors[1].api().expect("declared").body(), &problem);
    assert!(matches!(&errors[2], Error::Undeclared(raw) if raw.text() == "{}"));
}

#[tokio::test]
async fn an_error_never_becomes_a_success() {
    let (client, _) = client([json(200, ""), json(400, ""), json(503, ""), json(302, "")]);
    let mut results = Vec::new();
    for _ in 0..4 {
        let search = client.search().retry(RetryPolicy::none());
        results.push(search.await.is_ok());
    }
    assert_eq!(results, [true, false, false, true]);
}

#[tokio::test]
async fn headers_of_lists() {
    const NUMBERS: Header<HeaderList<u8>> = Header::list("x-numbers");
    const WORDS: Header<HeaderList<String>> = Header::list("x-words");
    let headers = [
        ("content-type", "application/json"),
        ("x-numbers", "1, 2,"),
        ("x-numbers", "3"),
        ("x-words", "a b ,c"),
    ];
    let (client, _) = client([with_headers(200, &headers, THING)]);
    let thing = client.get_thing("a", "b").await.expect("a thing");
    assert_eq!(thing.header(NUMBERS), Some(Ok(HeaderList(vec![1, 2, 3]))));
    let words = thing.header(WORDS).expect("a header").expect("texts");
    assert_eq!(words.join("|"), "a b|c");
    const NO_NUMBERS: Header<HeaderList<u8>> = Header::list("x-words");
    assert!(thing.header(NO_NUMBERS).expect("a header").is_err());
}

/// Answers with these bytes in a header, twice.
struct InHeader(&'static [u8]);

impl Transport for InHeader {
    fn send(
        &self,
        _: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let mut response = http::Response::new(Body::bytes(THING));
        for _ in 0..2 {
            let value = HeaderValue::from_bytes(self.0).expect("a header value");
            response.headers_mut().append("x-text", value);
        }
        Box::pin(std::future::ready(Ok(response)))
    }

    fn sleep(&self, duration: std::time::Duration) -> BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

#[tokio::test]
async fn headers_are_text_beyond_ascii() {
    const TEXT: Header<String> = Header::new("x-text");
    const TEXTS: Header<HeaderList<String>> = Header::list("x-text");
    for bytes in ["café".as_bytes(), b"caf\xe9"] {
        let builder = builder(&Scripted::default()).transport(InHeader(bytes));
        let client = builder.build().expect("a client");
        let thing = client.get_thing("a", "b").await.expect("a thing");
        assert_eq!(thing.header(TEXT), Some(Ok("café".to_owned())));
        let texts = thing.header(TEXTS).expect("a header").expect("texts");
        assert_eq!(texts.join("|"), "café|café");
    }
}

#[tokio::test]
async fn headers_are_typed() {
    const MISSING: Header<u32> = Header::new("x-missing");
    const TEXT: Header<String> = Header::new("x-ratelimit-limit");
    let headers = |limit| {
        [
            ("x-ratelimit-limit", limit),
            ("content-type", "application/json"),
        ]
    };
    let answers = [
        with_headers(200, &headers("10"), THING),
        with_headers(404, &headers("ten"), r#"{"message":"m"}"#),
        with_headers(201, &headers("300"), "{}"),
    ];
    let (client, _) = client(answers);
    let thing = client.get_thing("a", "b").await.expect("a thing");
    assert_eq!(thing.header(LIMIT), Some(Ok(10)));
    assert_eq!(thing.header(TEXT), Some(Ok("10".to_owned())));
    assert_eq!(thing.header(MISSING), None);
    assert_eq!(thing.note, Nullable::Absent);
    let error = client.get_thing("a", "b").await.expect_err("no thing");
    let refused: HeaderError = error
        .header(LIMIT)
        .expect("a header")
        .expect_err("no number");
    assert_eq!(refused.name(), "x-ratelimit-limit");
    assert!(!refused.to_string().contains("ten"));
    let error = client.get_thing("a", "b").await.expect_err("undeclared");
    assert_eq!(error.raw().expect("raw").header(LIMIT), Some(Ok(300)));
}

#[tokio::test]
async fn errors_say_where() {
    for (body, expected) in [
        // Missing properties are reported at the object that lacks them.
        ("{}", "$: missing field `name`"),
        (
            r#"{"parts":[{"name":"a"},{}]}"#,
            "$.parts[1]: missing field `name`",
        ),
        (
            "{\"parts\": [\n {\"name\":\"a\"},\n {\n}\n ] }",
            "$.parts[1]: missing field `name`",
        ),
        // Wrong types, at the value.
        (
            r#"{"name":1}"#,
            "$.name: invalid type: integer, expected a string",
        ),
        (
            r#"{"name":null}"#,
            "$.name: invalid type: null, expected a string",
        ),
        (
            r#"{"name":["hunter2"]}"#,
            "$.name: invalid type: sequence, expected a string",
        ),
        (
            r#"{"name": {"a":1}}"#,
            "$.name: invalid type: map, expected a string",
        ),
        (
            r#"{"name":true}"#,
            "$.name: invalid type: boolean, expected a string",
        ),
        (
            r#"{"name":1.5}"#,
            "$.name: invalid type: floating point, expected a string",
        ),
        (
            r#"["hunter2"]"#,
            "$: invalid type: sequence, expected an object",
        ),
        ("\"hunter2\"", "$: invalid type: string, expected an object"),
        (
            r#"{"name":"a","parts":"x, expected y"}"#,
            "$.parts: invalid type: string, expected a sequence",
        ),
        (
            r#"{"name":"a","parts":[{"name":"b","parts":[{"name":"c"},{"name":7}]}]}"#,
            "$.parts[0].parts[1].name: invalid type: integer, expected a string",
        ),
        (
            r#"{"parts":[[]]}"#,
            "$.parts[0]: invalid type: sequence, expected an object",
        ),
        (
            r#"{"parts":[{"name":"a"},3]}"#,
            "$.parts[1]: invalid type: integer, expected an object",
        ),
        // Secrets.
        (
            r#"{"token":["hunter2",{"a":[]}]}"#,
            "$.token: invalid type: sequence, expected a string",
        ),
        (
            r#"{"token":{"hunter2":1}}"#,
            "$.token: invalid type: map, expected a string",
        ),
        (
            r#"{"token":22}"#,
            "$.token: invalid type: integer, expected a string",
        ),
        // Duplicates, at the second key.
        (
            r#"{"name":"a","name":"b"}"#,
            "$.name: duplicate field `name`",
        ),
        (
            r#"{"x":[],"parts":[{"name":"a","name":"b"}]}"#,
            "$.parts[0].name: duplicate field `name`",
        ),
        // Text that ends, or is no JSON.
        (r#"{"name":"a""#, "$.name: EOF while parsing an object"),
        (r#"{"name":"hunt"#, "$.name: EOF while parsing a string"),
        (
            r#"{"parts":[{"name":"a"},"#,
            "$.parts[1]: EOF while parsing a value",
        ),
        (
            r#"{"parts":[{"name":"a"}"#,
            "$.parts[0]: EOF while parsing a list",
        ),
        (r#"{"name":"a"} x"#, "$: trailing characters"),
        (r#"{"name":"a",}"#, "$: trailing comma"),
        (r#"{"name":hunter2}"#, "$.name: expected value"),
        (r#"{"name" "a"}"#, "$.name: expected `:`"),
        // Keys that are no words, and text in between that looks like structure.
        (
            r#"{"a b":{"]}":[1,"\"}]{",{"name":1e999}]}}"#,
            r#"$["a b"]["]}"][2].name: number out of range"#,
        ),
        (
            r#"{"\u0061\n":[{"":nul}]}"#,
            "$[\"a\\n\"][0][\"\"]: expected ident",
        ),
    ] {
        assert_eq!(get(json(200, body)).await, expected, "{body}");
    }
}

#[tokio::test]
async fn long_keys_and_deep_nesting() {
    let body = format!(r#"{{"{}":[nul]}}"#, "k".repeat(1000));
    let expected = format!("$[\"{}…\"][0]: expected ident", "k".repeat(64));
    assert_eq!(get(json(200, &body)).await, expected);
    let deep = get(json(200, &r#"{"parts":["#.repeat(500))).await;
    assert!(deep.starts_with("$.parts[0].parts[0]."), "{deep}");
    assert!(deep.ends_with(": recursion limit exceeded"), "{deep}");
}

#[tokio::test]
async fn paths_end_somewhere() {
    let body = format!("{{\"x\":{}", "[".repeat(100_000));
    let said = get(json(200, &body)).await;
    assert!(
        said.starts_with("$.x[0][0]") && said.len() < 400,
        "{} bytes",
        said.len()
    );
}
