//! Which of several declared media types an answer is of.

use super::golden::client;
use super::requests::request;
use super::scripted::{typed, with_headers};
use crate::runtime::{Client, Error, Method, OperationInfo, Repeat, Request, Undocumented};

const SHOW: OperationInfo = OperationInfo {
    id: "show",
    method: Method::GET,
    path: "/show",
    accept: "*/*",
    security: &[],
    server: None,
    unread: &[],
    repeat: Repeat::ByMethod,
};

#[derive(Debug)]
enum Shown {
    Json(u32),
    JsonVersion2(u32),
    JsonVersion2Brief(u32),
    CsvHeader(String),
    CsvBare(String),
    Text(String),
}

request! { show_request -> Shown, Undocumented {
    200 => success(
        "application/json" => json as Shown::Json,
        "application/json; version=2" => json as Shown::JsonVersion2,
        "application/json; version=2; brief" => json as Shown::JsonVersion2Brief,
        "text/csv; header=present" => text as Shown::CsvHeader,
        "text/csv; header=absent" => text as Shown::CsvBare,
        "text/*" => text as Shown::Text
    );
} }

fn show(client: &Client) -> Request<'_, Shown, Undocumented> {
    show_request(client.call(&SHOW))
}

#[tokio::test]
async fn parameters_tell_media_types_apart() {
    let cases = [
        (Some("application/json"), "Json(1)"),
        (Some("application/json; charset=utf-8"), "Json(1)"),
        (Some("application/json; version=3"), "Json(1)"),
        (Some("Application/JSON;Version=\"2\""), "JsonVersion2(1)"),
        (
            Some("application/json; charset=utf-8; version=2"),
            "JsonVersion2(1)",
        ),
        (
            Some("application/json; brief; version=2"),
            "JsonVersion2Brief(1)",
        ),
        (Some("application/json; brief"), "Json(1)"),
        (Some("application/other+json"), "Json(1)"),
        (Some("text/csv; header=absent"), "CsvBare(\"1\")"),
        (Some("text/csv"), "CsvHeader(\"1\")"),
        (Some("text/html"), "Text(\"1\")"),
        (None, "Json(1)"),
        (Some("image/png"), "undeclared"),
    ];
    for (content_type, expected) in cases {
        let answer = match content_type {
            Some(content_type) => typed(200, content_type, "1"),
            None => with_headers(200, &[], "1"),
        };
        let (client, _) = client([answer]);
        let shown = match show(&client).await {
            Ok(response) => format!("{:?}", response.into_body()),
            Err(Error::Undeclared(_)) => "undeclared".to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(shown, expected, "{content_type:?}");
    }
}
