//! Responses that are forms.

use super::golden::API;
use super::golden::client;
use super::requests::request;
use super::scripted::typed;
use crate::runtime::testing::MockServer;
use crate::runtime::{
    AdditionalProperties, Error, Formatted, Method, OperationInfo, RetryPolicy, Unmatched, branch,
    object, string_enum, union,
};
use std::collections::BTreeMap;

const FORM: &str = "application/x-www-form-urlencoded";

static GET: OperationInfo = super::golden::operation(Method::GET, "/token", &[]);

#[derive(Clone)]
enum Kind {
    Bearer,
    Unrecognized(String),
}

string_enum! { Kind {
    Bearer = "bearer";
} }

#[derive(Clone, Default)]
struct Inner {
    a: Option<i64>,
    b: Option<String>,
}

branch! { Inner {
    optional a = "a";
    optional b = "b";
} }

#[derive(Clone, Default)]
struct Token {
    access_token: String,
    expires_in: Option<u32>,
    ratio: Option<f64>,
    active: Option<bool>,
    kind: Option<Kind>,
    id: Option<Formatted<i64>>,
    scopes: Option<Vec<String>>,
    numbers: Option<Vec<i64>>,
    inner: Option<Inner>,
    list: Option<Vec<Inner>>,
    rails: Option<Vec<String>>,
    additional_properties: AdditionalProperties,
}

object! { Token {
    required access_token = "access_token";
    optional expires_in = "expires_in";
    optional ratio = "ratio";
    optional active = "active";
    optional kind = "kind";
    optional id = "id";
    optional scopes = "scopes";
    optional numbers = "numbers";
    optional inner = "inner";
    optional list = "list";
    optional rails = "rails[]";
    ..additional_properties
} }

#[derive(Clone, Debug, PartialEq)]
enum Either {
    Inner(Inner),
    Text(String),
    Unrecognized(Unmatched),
}

union! { Either {
    Inner = object::<Inner>(&[]);
    Text = string();
} }

request! { either_request -> Either, String {
    200 => success(form);
    _ => failure(text);
} }

request! { token_request -> Token, BTreeMap<String, i64> {
    200 => success(form);
    400..=499 => failure(form);
} }

/// What an answer becomes, as JSON, or the error in a few words.
async fn read(status: u16, media: &'static str, body: &'static str) -> String {
    let (client, _) = client([typed(status, media, body)]);
    let request = token_request(client.call(&GET));
    match request.retry(RetryPolicy::none()).await {
        Ok(token) => serde_json::to_string(token.body()).expect("JSON"),
        Err(Error::Api(error)) => format!("api {:?}", error.body()),
        Err(Error::Decode(error)) => format!("{}: {}", error.path(), error.message()),
        Err(Error::Undeclared(_)) => "undeclared".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn a_text_is_what_its_type_asks_for() {
    for (body, expected) in [
        (
            "access_token=abc&scope=a%2Cb&expires_in=3600",
            r#"{"access_token":"abc","expires_in":3600,"scope":"a,b"}"#,
        ),
        (
            "access_token=123&ratio=0.5&active=true&kind=bearer&id=007&more=1",
            r#"{"access_token":"123","ratio":0.5,"active":true,"kind":"bearer","id":"007","more":"1"}"#,
        ),
        (
            "access_token=a+b%2B%C3%BC&kind=x",
            r#"{"access_token":"a b+ü","kind":"x"}"#,
        ),
        ("&access_token&\n", r#"{"access_token":""}"#),
        (
            "access_token=&scopes=a&numbers=1&numbers=2",
            r#"{"access_token":"","scopes":["a"],"numbers":[1,2]}"#,
        ),
        (
            "access_token=&inner[a]=1&inner%5Bb%5D=2&list[1][a]=2&list[0][a]=1&rails[]=x&rails[]=y",
            r#"{"access_token":"","inner":{"a":1,"b":"2"},"list":[{"a":1},{"a":2}],"rails[]":["x","y"]}"#,
        ),
        (
            r#"access_token={"a":1}&inner={"a":1}&numbers=[1,2]&scopes=["a"]"#,
            r#"{"access_token":"{\"a\":1}","scopes":["a"],"numbers":[1,2],"inner":{"a":1}}"#,
        ),
        (
            "access_token=&a[b]c=1&[d]=2&e[=3",
            r#"{"access_token":"","[d]":"2","a[b]c":"1","e[":"3"}"#,
        ),
    ] {
        assert_eq!(read(200, FORM, body).await, expected, "{body}");
    }
    let problem = read(
        400,
        "application/x-www-form-urlencoded; charset=utf-8",
        "a=1",
    )
    .await;
    assert_eq!(problem, r#"api {"a": 1}"#);
}

#[tokio::test]
async fn what_is_no_form_of_the_type() {
    for (media, body, expected) in [
        (FORM, "expires_in=1", "$: missing field `access_token`"),
        (
            FORM,
            "access_token=a&expires_in=secret",
            "$.expires_in: invalid type: string, expected u32",
        ),
        (
            FORM,
            "access_token=a&expires_in=-1",
            "$.expires_in: invalid type: string, expected u32",
        ),
        (
            FORM,
            "access_token=a&inner[a]=x",
            "$.inner.a: invalid type: string, expected i64",
        ),
        (
            FORM,
            "access_token=a&access_token=b",
            "$.access_token: invalid type: sequence, expected a string",
        ),
        (FORM, "access_token=%FF", "$: the form is not UTF-8"),
        ("text/plain", "access_token=a", r#"{"access_token":"a"}"#),
        ("text/plain", "upstream error", "undeclared"),
        ("application/json", "{}", "undeclared"),
    ] {
        assert_eq!(read(200, media, body).await, expected, "{body}");
    }
}

#[tokio::test]
async fn a_union_takes_what_looks_like_a_number_for_one() {
    let (client, _) = client([typed(200, FORM, "a=1&b=x")]);
    let request = either_request(client.call(&GET));
    let either = request.await.expect("a form").into_body();
    let inner = Inner {
        a: Some(1),
        b: Some("x".to_owned()),
    };
    assert_eq!(either, Either::Inner(inner));
}

#[tokio::test]
async fn a_mock_server_answers_with_forms() {
    let token = Token {
        access_token: "a b+ü".to_owned(),
        expires_in: Some(1),
        kind: Some(Kind::Bearer),
        scopes: Some(vec!["x".to_owned(), "y".to_owned()]),
        inner: Some(Inner {
            a: Some(1),
            b: None,
        }),
        list: Some(vec![Inner {
            a: None,
            b: Some("z".to_owned()),
        }]),
        ..Token::default()
    };
    let server = MockServer::of(&API);
    server
        .when(|api| token_request(api.call(&GET)))
        .reply(token.clone());
    let client = server.client();
    let request = token_request(client.call(&GET));
    let response = request.await.expect("a form");
    assert_eq!(response.headers()["content-type"], FORM);
    assert_eq!(response.into_body(), token);
}
