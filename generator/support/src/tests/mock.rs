//! The mock server: values of an operation's types, written as the operation reads them.

use super::golden::API;
use super::requests::request;
use crate::runtime::testing::MockServer;
use crate::runtime::{
    Body, Bytes, Client, Error, EventStream, JsonStream, Method, OperationInfo, Repeat, Request,
    StatusCode, Style, Unread,
};

const ANY: OperationInfo = OperationInfo {
    id: "any",
    method: Method::POST,
    path: "/any/{id}.json",
    accept: "*/*",
    security: &[],
    server: None,
    unread: &[
        Unread {
            first: 202,
            last: 202,
            media: &["application/pdf", "text/event-stream", "application/jsonl"],
            left: &["application/pdf", "text/event-stream", "application/jsonl"],
        },
        Unread {
            first: 200,
            last: 299,
            media: &["*/*"],
            left: &[],
        },
    ],
    repeat: Repeat::ByMethod,
};

#[derive(Debug)]
enum AnyOutcome {
    Json(Vec<u32>),
    Text(String),
    Nothing,
    Binary(Body),
    Events(EventStream<u32>),
    Items(JsonStream<u32>),
    Other(Bytes),
}

#[derive(Debug, PartialEq)]
enum AnyError {
    Found,
    NotFound(String),
    Client(u32),
    Default(u32),
}

request! { any_request -> AnyOutcome, AnyError {
    200 => success("application/vnd.api+json" => json as AnyOutcome::Json, "text/*" => text as AnyOutcome::Text);
    202 => success(
        "application/pdf" => stream as AnyOutcome::Binary,
        "text/event-stream" => events as AnyOutcome::Events,
        "application/jsonl" => items as AnyOutcome::Items
    );
    204 => success(empty as AnyOutcome::Nothing);
    200..=299 => success(bytes as AnyOutcome::Other);
    302 => other(empty as AnyError::Found);
    404 => failure(text as AnyError::NotFound);
    400..=499 => failure(json as AnyError::Client);
    _ => failure(json as AnyError::Default);
} }

fn any<'c>(client: &'c Client, id: &str) -> Request<'c, AnyOutcome, AnyError> {
    let mut call = client.call(&ANY);
    call.path("id", &id);
    any_request(call)
}

async fn succeeds(value: AnyOutcome) -> String {
    let server = MockServer::of(&API);
    server.when(|api| any(api, "1")).reply(value);
    let client = server.client();
    let response = any(&client, "1").await.expect("a success");
    let status = response.status().as_u16();
    let shown = match response.into_body() {
        AnyOutcome::Binary(body) => format!("{:?}", body.collect().await.expect("whole")),
        AnyOutcome::Events(mut events) => {
            let mut all = Vec::new();
            while let Some(event) = events.next().await {
                all.push(event.expect("an event").data);
            }
            format!("events {all:?}")
        }
        AnyOutcome::Items(mut items) => {
            let mut all = Vec::new();
            while let Some(item) = items.next().await {
                all.push(item.expect("an item"));
            }
            format!("items {all:?}")
        }
        other => format!("{other:?}"),
    };
    format!("{status} {shown}")
}

#[tokio::test]
async fn every_kind_of_success() {
    let cases = [
        (AnyOutcome::Json(vec![1, 2]), "200 Json([1, 2])"),
        (AnyOutcome::Text("é".to_owned()), "200 Text(\"é\")"),
        (AnyOutcome::Nothing, "204 Nothing"),
        (AnyOutcome::Binary(Body::bytes("%PDF")), "202 b\"%PDF\""),
        (
            AnyOutcome::Events(EventStream::from_body("data: 1\n\ndata: 2\n\n")),
            "202 events [1, 2]",
        ),
        (
            AnyOutcome::Items(JsonStream::from_body("1\n2\n")),
            "202 items [1, 2]",
        ),
        (
            AnyOutcome::Other(Bytes::from_static(b"x")),
            "201 Other(b\"x\")",
        ),
    ];
    for (value, expected) in cases {
        assert_eq!(succeeds(value).await, expected);
    }
}

#[tokio::test]
async fn every_kind_of_error() {
    let cases = [
        (AnyError::Found, None, 302),
        (AnyError::NotFound("none".to_owned()), None, 404),
        (AnyError::Client(1), None, 400),
        (AnyError::Client(1), Some(418), 418),
        (AnyError::Default(2), None, 500),
        (AnyError::Default(2), Some(503), 503),
    ];
    for (value, wanted, expected) in cases {
        let server = MockServer::of(&API);
        let expected_value = format!("{value:?}");
        let when = server.when(|api| any(api, "1"));
        let when = match wanted {
            Some(status) => when.status(StatusCode::from_u16(status).expect("a status")),
            None => when,
        };
        when.fail(value);
        let Err(Error::Api(response)) = any(&server.client(), "1").await else {
            panic!("{expected_value}");
        };
        assert_eq!(response.status().as_u16(), expected);
        assert_eq!(format!("{:?}", response.body()), expected_value);
    }
}

#[test]
#[should_panic(expected = "`any` declares no such error with the status 404")]
fn a_status_of_another_row_is_refused() {
    let server = MockServer::of(&API);
    let when = server.when(|api| any(api, "1"));
    when.status(StatusCode::NOT_FOUND).fail(AnyError::Client(1));
}

#[tokio::test]
async fn what_is_compared() {
    let server = MockServer::of(&API);
    let mut mock = server.when(|api| {
        let mut request = any(api, "a/b");
        request
            .call
            .query_value("q", Style::Form, true, &["x y", "z"]);
        request.call.header("x-kind", &"k");
        request.call.json_body("application/json", &[1.0]);
        request
    });
    mock = mock.times(2);
    let mock = mock.reply(AnyOutcome::Nothing);
    let client = server.client();
    let send = async |query: &[&str], header: &str, body: &'static str| {
        let mut request = any(&client, "a/b");
        request.call.query_value("q", Style::Form, true, query);
        request.call.header("x-kind", &header);
        request.call.text_body("application/json", body);
        match request.await {
            Ok(_) => String::new(),
            Err(Error::Undeclared(response)) => {
                String::from_utf8_lossy(response.bytes()).into_owned()
            }
            Err(other) => format!("{other:?}"),
        }
    };
    for (query, header, body, reason) in [
        (&["x y", "z"][..], "k", "[ 1.0 ]", ""),
        (&["x y"], "k", "[1.0]", "the query is not"),
        (&["x y", "z"], "j", "[1.0]", "the header `x-kind`"),
        (&["x y", "z"], "k", "[2]", "the body"),
        (&["z", "x y"], "k", "[1.0]", "the query is not"),
        (&["x y", "z"], "k", "[1.0]", ""),
        (&["x y", "z"], "k", "[1.0]", "used up"),
    ] {
        let answer = send(query, header, body).await;
        assert!(
            answer.contains(reason) && answer.is_empty() == reason.is_empty(),
            "{query:?} {header} {body}: {answer}"
        );
    }
    assert_eq!(mock.calls(), 2);
}

#[tokio::test]
async fn any_arguments_are_those_of_the_template() {
    let server = MockServer::of(&API);
    let mock = server.when(|api| any(api, "1")).any_arguments();
    let mock = mock.reply(AnyOutcome::Nothing);
    let client = server.client();
    for (path, expected) in [
        ("/any/2.json", 204),
        ("/any/a%2Fb.json", 204),
        ("/any/2.txt", 501),
        ("/any/.json", 501),
        ("/any/2.json/3", 501),
    ] {
        let url = format!("{}{path}", server.url());
        let response = reqwest::Client::new().post(url).send().await;
        let status = response.expect("an answer").status().as_u16();
        assert_eq!(status, expected, "{path}");
    }
    assert_eq!(mock.calls(), 2);
    assert!(any(&client, "x.y").await.is_ok());
}

#[tokio::test]
async fn paths_are_compared_by_segments_and_decoded() {
    const ACCENTED: OperationInfo = OperationInfo {
        path: "/ü x/{id}",
        ..ANY
    };
    fn accented(client: &Client) -> Request<'_, AnyOutcome, AnyError> {
        let mut call = client.call(&ACCENTED);
        call.path("id", &"a/b");
        any_request(call)
    }
    for any_arguments in [false, true] {
        let server = MockServer::of(&API);
        let mut when = server.when(accented);
        if any_arguments {
            when = when.any_arguments();
        }
        when.reply(AnyOutcome::Nothing);
        assert!(accented(&server.client()).await.is_ok(), "{any_arguments}");
        for (path, expected) in [("%c3%bc%20x/%61%2fb", 204), ("%C3%BC%20x/a/b", 501)] {
            let url = format!("{}/{path}", server.url());
            let response = reqwest::Client::new().post(url).send().await;
            let status = response.expect("an answer").status().as_u16();
            assert_eq!(status, expected, "{path}");
        }
    }
}

#[tokio::test]
async fn a_dropped_server_answers_nothing_on_connections_that_are_open() {
    let server = MockServer::of(&API);
    let mock = server.when(|api| any(api, "1")).any_arguments();
    mock.reply(AnyOutcome::Nothing);
    let client = server.client();
    assert!(any(&client, "1").await.is_ok());
    drop(server);
    let failed = any(&client, "1").await;
    assert!(matches!(failed, Err(Error::Transport(_))), "{failed:?}");
}
