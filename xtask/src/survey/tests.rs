use serde_json::{Value, json};
use specwright::{SourceFile, SourceSet};

use super::{Place, Realm, survey};

/// Operations, places and samples as text, by pointer.
fn look(files: &[(&str, Value)]) -> (Vec<String>, Vec<String>, Vec<String>) {
    let values: Vec<_> = files.iter().map(|(_, value)| value.clone()).collect();
    let sources = SourceSet {
        files: files
            .iter()
            .map(|(path, _)| SourceFile {
                path: (*path).to_owned(),
                text: String::new(),
            })
            .collect(),
    };
    let found = survey(&values, &sources);
    let shown = |realm: Realm, pointer: &specwright::Pointer| match realm {
        Realm::Api => format!("{}{}", pointer.file, pointer.path),
        realm => format!("{realm:?} {}{}", pointer.file, pointer.path),
    };
    let operations = found.operations.iter();
    let operations = operations.map(|(realm, pointer)| shown(*realm, pointer));
    let places = found.places.iter();
    let places = places.map(|place| shown(place.realm, &place.schema.pointer));
    (
        operations.collect(),
        places.collect(),
        found
            .samples
            .iter()
            .map(|sample| format!("{} {}", sample.pointer.path, sample.value))
            .collect(),
    )
}

fn places(schema: Value) -> Vec<String> {
    let document = json!({"openapi": "3.1.0", "components": {"schemas": {"A": schema}}});
    let (_, places, _) = look(&[("a.json", document)]);
    let prefix = "0/components/schemas/A";
    let inside = places.iter().map(|place| place.replacen(prefix, "#", 1));
    inside.collect()
}

#[test]
fn schemas_that_say_something() {
    let cases = [
        (json!({}), vec![]),
        (json!(true), vec![]),
        (json!({"description": "words"}), vec![]),
        (json!({"type": "string"}), vec!["#"]),
        (json!({"type": "null"}), vec![]),
        (json!({"enum": [null]}), vec![]),
        (json!({"const": 1}), vec!["#"]),
        (
            json!({"type": ["string", "number", "boolean", "object", "array", "null"]}),
            vec![],
        ),
        (
            json!({"properties": {"a": {}, "b": {"format": "uuid"}}}),
            vec!["#", "#/properties/b"],
        ),
        (
            json!({"type": "string", "properties": {"a": {"type": "string"}}}),
            vec!["#"],
        ),
        (json!({"type": "array", "items": {}}), vec!["#"]),
        (
            json!({"anyOf": [{"type": "string"}, {}]}),
            vec!["#/anyOf/0"],
        ),
        (
            json!({"anyOf": [{"type": "string"}, {"type": "null"}]}),
            vec!["#", "#/anyOf/0"],
        ),
        (
            json!({"additionalProperties": {"type": "integer"}}),
            vec!["#", "#/additionalProperties"],
        ),
        (json!({"$ref": "#/components/schemas/A"}), vec!["#"]),
    ];
    for (schema, expected) in cases {
        assert_eq!(places(schema.clone()), expected, "{schema}");
    }
}

#[test]
fn operations_are_counted_by_realm() {
    let operation = json!({"responses": {"200": {"description": ""}}});
    let document = json!({
        "openapi": "3.1.0",
        "paths": {
            "/a": {"get": {"callbacks": {"done": {"{$url}": {"post": operation}}}}},
            "/b": {"$ref": "other.json#/items/b"},
            "x-c": {"get": operation},
        },
        "webhooks": {"new": {"post": operation}},
    });
    let other =
        json!({"items": {"b": {"put": operation, "additionalOperations": {"COPY": operation}}}});
    let (operations, ..) = look(&[("x/a.json", document), ("x/other.json", other)]);
    assert_eq!(
        operations,
        [
            "0/paths/~1a/get",
            "1/items/b/put",
            "1/items/b/additionalOperations/COPY",
            "Webhook 0/webhooks/new/post",
            "Callback 0/paths/~1a/get/callbacks/done/{$url}/post",
        ]
    );
}

#[test]
fn shared_parameters_count_where_an_operation_has_them() {
    let parameter =
        |name: &str, ty: &str| json!({"name": name, "in": "query", "schema": {"type": ty}});
    let operation = |parameters: Value| json!({"parameters": parameters, "responses": {}});
    let document = json!({
        "openapi": "3.0.3",
        "paths": {
            "/a": {
                "parameters": [parameter("all", "string"), parameter("some", "string"), {"$ref": "#/components/parameters/P"}],
                "get": operation(json!([parameter("all", "integer"), parameter("some", "integer"), parameter("p", "integer")])),
                "put": operation(json!([parameter("all", "boolean"), {"$ref": "#/components/parameters/P"}])),
            },
            "/b": {"parameters": [parameter("none", "string")]},
        },
        "components": {"parameters": {"P": parameter("p", "string")}},
    });
    let (_, places, _) = look(&[("a.json", document)]);
    assert_eq!(
        places,
        [
            "0/paths/~1a/parameters/1/schema",
            "0/paths/~1a/get/parameters/0/schema",
            "0/paths/~1a/get/parameters/1/schema",
            "0/paths/~1a/get/parameters/2/schema",
            "0/paths/~1a/put/parameters/0/schema",
            "0/components/parameters/P/schema",
        ]
    );
}

#[test]
fn values_of_every_kind() {
    let document = json!({
        "openapi": "3.0.3",
        "paths": {"/a": {"get": {
            "parameters": [{"name": "p", "in": "query", "schema": {"type": "string", "default": "d"}, "example": "e"}],
            "responses": {"200": {"content": {
                "application/json": {"schema": {"const": 1, "examples": [2]}, "examples": {
                    "one": {"$ref": "#/components/examples/One"},
                    "two": {"value": 3},
                }},
                "text/csv": {"schema": {"type": "string"}, "example": "a,b"},
            }}},
        }}},
        "components": {"examples": {"One": {"value": 4}}},
    });
    let (.., samples) = look(&[("a.json", document)]);
    let values: Vec<_> = samples
        .iter()
        .filter_map(|sample| sample.split_once(' '))
        .map(|(_, value)| value)
        .collect();
    assert_eq!(values, ["\"d\"", "\"e\"", "1", "2", "4", "3"]);
}

#[test]
fn swagger_parameters_are_their_own_schemas() {
    let document = json!({
        "swagger": "2.0",
        "paths": {"/a": {"post": {
            "parameters": [
                {"name": "p", "in": "query", "type": "integer", "default": 1},
                {"name": "b", "in": "body", "schema": {"type": "object"}},
                {"name": "Authorization", "in": "header", "type": "string"},
            ],
            "responses": {"200": {"schema": {"$ref": "#/definitions/A"}, "examples": {"application/json": {}}}},
        }}},
        "definitions": {"A": {"type": "object"}},
    });
    let (_, places, samples) = look(&[("a.json", document)]);
    assert_eq!(
        places,
        [
            "0/paths/~1a/post/parameters/0",
            "0/paths/~1a/post/parameters/1/schema",
            "0/paths/~1a/post/responses/200/schema",
            "0/definitions/A",
        ]
    );
    assert_eq!(
        samples,
        [
            "/paths/~1a/post/parameters/0/default 1",
            "/paths/~1a/post/responses/200/examples/application~1json {}",
        ]
    );
}

#[test]
fn other_notations_of_the_same_have_the_type_of_the_json() {
    let media = |kind: &str| json!({"schema": {"type": kind}});
    let content = json!({
        "text/xml": media("string"),
        "application/json": media("string"),
        "text/json": media("string"),
        "text/plain": media("string"),
        "text/csv": media("integer"),
    });
    let paths = json!({"/a": {"get": {"responses": {"200": {"content": content}}}}});
    let document = json!({"openapi": "3.1.0", "paths": paths});
    let sources = SourceSet { files: Vec::new() };
    let files = [document];
    let found = survey(&files, &sources);
    let media_type = |place: &Place| {
        place
            .schema
            .meant
            .path
            .rsplit('/')
            .nth(1)
            .map(str::to_owned)
    };
    let meant: Vec<_> = found.places.iter().filter_map(media_type).collect();
    let json = "application~1json";
    assert_eq!(meant, [json, json, json, "text~1plain", "text~1csv"]);
}
