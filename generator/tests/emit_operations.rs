//! What is printed for operations.

mod emit_builder;

use emit_builder::*;
use specwright::model::*;

#[test]
fn operation_without_anything() {
    insta::assert_snapshot!(operations_text(vec![operation("ping", "Ping", "/ping")]));
}

#[test]
fn arguments_in_path_query_and_header() {
    let mut get = operation("get_thing", "GetThing", "/things/{id}/{parts}");
    get.arguments = vec![
        parameter(Location::Path, "id", "id", Type::String),
        array(
            ArrayStyle::Comma,
            parameter(Location::Path, "parts", "parts", Type::I64),
        ),
        parameter(Location::Query, "since", "since", Type::Timestamp),
        parameter(Location::Header, "trace", "X-Trace", Type::Uuid),
    ];
    get.setters = vec![
        parameter(Location::Query, "limit", "limit", Type::I64),
        parameter(Location::Query, "kind", "kind", named("GetThingKind")),
        array(
            ArrayStyle::Exploded,
            parameter(Location::Query, "tags", "tag", Type::String),
        ),
        array(
            ArrayStyle::Pipe,
            parameter(Location::Query, "colors", "colors", named("Color")),
        ),
        array(
            ArrayStyle::Comma,
            parameter(Location::Header, "hints", "X-Hints", Type::String),
        ),
    ];
    get.items = vec![Item::StringEnum(string_enum(
        "GetThingKind",
        &[("Big", "big")],
    ))];
    get.success = Outcome::One(Reading::Json(named("Thing")));
    get.failure = Outcome::One(Reading::Json(named("ApiError")));
    get.rows = vec![
        row(Status::Exact(200), Reading::Json(named("Thing"))),
        row(Status::Exact(404), Reading::Json(named("ApiError"))),
        row(Status::Range(4), Reading::Json(named("ApiError"))),
        row(Status::Default, Reading::Json(named("ApiError"))),
    ];
    insta::assert_snapshot!(operations_text(vec![get]));
}

#[test]
fn several_statuses_are_an_enum() {
    let mut create = operation("create_thing", "CreateThing", "/things");
    create.http_method = HttpMethod::Post;
    create.body = json_body(true, named("CreateThing"));
    create.success = Outcome::Enum(ident("CreateThingResponse"));
    create.enums = vec![OutcomeEnum {
        docs: docs("A success of it."),
        ident: ident("CreateThingResponse"),
        variants: vec![
            OutcomeVariant {
                docs: docs("201"),
                ident: ident("Created"),
                reading: Reading::Json(named("Thing")),
                status: Status::Exact(201),
                media: Vec::new(),
            },
            OutcomeVariant {
                docs: docs("202"),
                ident: ident("Accepted"),
                reading: Reading::Empty,
                status: Status::Exact(202),
                media: Vec::new(),
            },
        ],
    }];
    create.rows = vec![
        row_as(
            Status::Exact(201),
            Reading::Json(named("Thing")),
            "CreateThingResponse",
            "Created",
        ),
        row_as(
            Status::Exact(202),
            Reading::Empty,
            "CreateThingResponse",
            "Accepted",
        ),
    ];
    insta::assert_snapshot!(operations_text(vec![create]));
}

#[test]
fn bodies_of_every_kind() {
    let strings = vec(Type::String);
    let contents = [
        (Content::Text, Reading::Text),
        (Content::Bytes, Reading::Bytes),
        (Content::Json(strings.clone()), Reading::Json(strings)),
        (Content::Json(Type::Value), Reading::Json(Type::Value)),
    ];
    let operations = contents
        .into_iter()
        .enumerate()
        .map(|(number, (content, reading))| {
            let body = body(number % 2 == 0, "x/y", content);
            Operation {
                http_method: HttpMethod::Put,
                body: Some(body),
                success: Outcome::One(reading.clone()),
                rows: vec![row(Status::Range(2), reading)],
                ..operation(&format!("put_{number}"), &format!("Put{number}"), "/body")
            }
        });
    let text = operations_text(operations.collect());
    let lines = text
        .lines()
        .filter(|line| line.contains("body") || line.contains("operation! {"));
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn security_server_and_nothing_declared() {
    let odd = Operation {
        deprecated: true,
        http_method: HttpMethod::Trace,
        accept: String::new(),
        security: vec![
            vec!["auth".to_owned(), "organization".to_owned()],
            Vec::new(),
        ],
        server: Some("https://other.example.com".to_owned()),
        success: Outcome::Undocumented,
        rows: Vec::new(),
        ..operation("odd", "Odd", "/odd")
    };
    insta::assert_snapshot!(operations_text(vec![odd]));
}
