use serde_json::{Value, json};
use specwright::{SourceFile, SourceSet, TypedPlace};

use super::{Collected, collect};
use crate::survey::survey;

/// The pointers of the valid values in a schema of a document, and how many are not valid.
fn valid(version: &str, schema: Value) -> (Vec<String>, usize) {
    let collected = collected(version, schema);
    let prefix = "/components/schemas/A/";
    let pointers = collected.cases.iter();
    let pointers = pointers.map(|case| case.pointer.replacen(prefix, "", 1));
    (pointers.collect(), collected.invalid)
}

/// The values of a schema of a document.
fn collected(version: &str, schema: Value) -> Collected {
    let document = json!({
        "openapi": version,
        "components": {"schemas": {"A": schema, "B": {"type": "string", "nullable": true}}},
    });
    let files = [document];
    let file = SourceFile {
        path: "a.json".to_owned(),
        text: String::new(),
    };
    let sources = SourceSet { files: vec![file] };
    let survey = survey(&files, &sources);
    let places: Vec<_> = survey
        .places
        .iter()
        // The generator merges the parts of an `allOf` into what has it.
        .filter(|place| !place.schema.pointer.path.contains("/allOf/"))
        .map(|place| TypedPlace {
            pointer: place.schema.pointer.clone(),
            rust: "types::A".to_owned(),
            free_form: false,
        })
        .collect();
    let collected = collect(&files, &sources, &survey, &places);
    assert_eq!(collected.refused, None);
    collected
}

#[test]
fn values_that_count() {
    let cases = [
        ("3.0.3", json!({"type": "string", "example": 1}), vec![], 1),
        (
            "3.0.3",
            json!({"type": "string", "nullable": true, "example": null}),
            vec!["example"],
            0,
        ),
        (
            "3.0.3",
            json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true, "example": 1}),
            vec![],
            1,
        ),
        (
            "3.0.3",
            json!({"type": "integer", "format": "int32", "example": 3_000_000_000_u32}),
            vec![],
            1,
        ),
        (
            "3.0.3",
            json!({"type": "string", "format": "date-time", "example": "today"}),
            vec![],
            1,
        ),
        (
            "3.0.3",
            json!({"type": "string", "format": "byte", "example": "YWJj", "default": "YW..."}),
            vec!["example"],
            1,
        ),
        (
            "3.0.3",
            json!({"type": "string", "pattern": "(?<bad", "example": "a"}),
            vec!["example"],
            0,
        ),
        (
            "3.0.3",
            json!({"properties": {"b": {"$ref": "#/components/schemas/B"}}, "example": {"b": null}, "default": {"b": 1}}),
            vec!["example"],
            1,
        ),
        (
            "3.0.3",
            json!({"properties": {"b": {"$ref": "#/nowhere"}}, "example": {"b": 1}}),
            vec![],
            1,
        ),
        (
            "3.1.0",
            json!({"type": ["string", "null"], "examples": ["a", null, 1], "const": "a"}),
            vec!["const", "examples/0"],
            2,
        ),
        (
            "3.0.3",
            json!({"allOf": [{"properties": {"a": {}}, "example": {}}, {"required": ["b"]}]}),
            vec![],
            1,
        ),
    ];
    for (version, schema, expected, invalid) in cases {
        let expected: Vec<_> = expected.into_iter().map(str::to_owned).collect();
        assert_eq!(
            valid(version, schema.clone()),
            (expected, invalid),
            "{schema}"
        );
    }
}

#[test]
fn texts_with_the_json_of_an_object() {
    let cases = [
        (
            json!({"properties": {"a": {}}, "example": "{\"a\": 1}"}),
            json!({"a": 1}),
        ),
        (
            json!({"properties": {"a": {}}, "example": "{a}"}),
            json!("{a}"),
        ),
        (json!({"type": "string", "example": "[1]"}), json!("[1]")),
    ];
    for (schema, expected) in cases {
        let collected = collected("3.0.3", schema.clone());
        let values = collected.cases.into_iter().map(|case| case.value);
        assert_eq!(values.collect::<Vec<_>>(), [expected], "{schema}");
    }
}
