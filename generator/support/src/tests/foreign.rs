//! Errors of types that this crate does not write: they may quote what they refuse, and nobody may see it.

use super::golden::client;
use super::requests::request;
use super::scripted::json;
use crate::runtime::{Error, Method, OperationInfo, Repeat, Undocumented};

mod types {
    use crate::runtime::{object, string_enum};
    use std::collections::BTreeMap;

    #[derive(Clone)]
    pub enum Level {
        Low,
        Unrecognized(String),
    }

    string_enum! { Level { Low = "low"; } }

    #[derive(Clone, Default)]
    pub struct Everything {
        pub time: Option<jiff::Timestamp>,
        pub date: Option<jiff::civil::Date>,
        pub uuid: Option<uuid::Uuid>,
        pub small: Option<u8>,
        pub float: Option<f64>,
        pub level: Option<Level>,
        pub map: Option<BTreeMap<String, Vec<i32>>>,
    }

    object! { Everything {
        optional time = "time";
        optional date = "date";
        optional uuid = "uuid";
        optional small = "small";
        optional float = "float";
        optional level = "level";
        optional map = "map";
    } }
}

const EVERYTHING: OperationInfo = OperationInfo {
    id: "everything",
    method: Method::GET,
    path: "/everything",
    accept: "application/json",
    security: &[],
    server: None,
    unread: &[],
    repeat: Repeat::ByMethod,
};

request! { everything_request -> types::Everything, Undocumented {
    200 => success(json);
} }

#[tokio::test]
async fn foreign_errors_are_not_quoted() {
    let refused = "the value is not one that its type accepts";
    for (body, expected) in [
        (r#"{"time":"hunter2"}"#, format!("$.time: {refused}")),
        (r#"{"date":"hunter2"}"#, format!("$.date: {refused}")),
        (r#"{"uuid":"hunter2"}"#, format!("$.uuid: {refused}")),
        (
            r#"{"small":256}"#,
            "$.small: invalid value: integer, expected u8".to_owned(),
        ),
        (
            r#"{"small":-1}"#,
            "$.small: invalid value: integer, expected u8".to_owned(),
        ),
        (
            r#"{"small":1e3}"#,
            "$.small: invalid type: floating point, expected u8".to_owned(),
        ),
        (
            r#"{"float":"1"}"#,
            "$.float: invalid type: string, expected f64".to_owned(),
        ),
        (
            r#"{"level":1}"#,
            "$.level: invalid type: integer, expected a string".to_owned(),
        ),
        (
            r#"{"map":{"a.b":[1,2147483648]}}"#,
            "$.map[\"a.b\"][1]: invalid value: integer, expected i32".to_owned(),
        ),
    ] {
        let (client, _) = client([json(200, body)]);
        let call = client.call(&EVERYTHING);
        let Err(Error::Decode(error)) = everything_request(call).await else {
            panic!("{body} decodes");
        };
        assert_eq!(format!("{}: {}", error.path(), error.message()), expected);
    }
}
