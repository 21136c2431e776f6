//! A tree is in the types of `openapiv3` what `openapiv3` itself makes of it. [`super::read`] compares the
//! two for every document of these tests; here are those that were written for other tests.

use super::{read, schema_document};
use std::fs;
use std::path::Path;

#[test]
fn every_document_of_other_tests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut count = 0;
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the entry can be read").path();
        if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            let text = fs::read_to_string(&path).expect("the document can be read");
            read("openapi.yaml", &text);
            count += 1;
        }
    }
    assert!(count > 80, "{count} documents were read");
}

#[test]
fn a_schema_is_of_a_type_or_of_any() {
    for schema in [
        "{}",
        "{type: string}",
        "{type: string, format: date-time, pattern: a, minLength: 1, maxLength: 2}",
        "{type: string, enum: [a, null]}",
        "{type: string, enum: [a, 1]}",
        "{type: string, minimum: 1}",
        "{type: string, properties: {a: {}}}",
        "{type: number, format: float, minimum: 1.5, maximum: 2, multipleOf: 0.5}",
        "{type: number, enum: [1, 2.5, null], exclusiveMinimum: true, minimum: 0}",
        "{type: integer, format: int32, minimum: 1, maximum: 2, multipleOf: 3}",
        "{type: integer, minimum: 1.5}",
        "{type: integer, maximum: 18446744073709551615}",
        "{type: integer, enum: [1, 2]}",
        "{type: integer, enum: [1.5]}",
        "{type: boolean, enum: [true, null]}",
        "{type: boolean, format: on-off}",
        "{type: object, required: [a], properties: {a: {type: string}}, additionalProperties: false}",
        "{type: object, additionalProperties: {$ref: '#/components/schemas/A'}, minProperties: 1, maxProperties: 2}",
        "{type: object, enum: [{a: 1}]}",
        "{type: array, items: {$ref: '#/components/schemas/A'}, minItems: 1, maxItems: 2, uniqueItems: true}",
        "{type: array}",
        "{items: {}}",
        "{oneOf: [{type: string}, {$ref: '#/components/schemas/A'}]}",
        "{anyOf: [{type: string}, {type: integer}], discriminator: {propertyName: a, mapping: {b: c}}}",
        "{allOf: [{type: object}], description: words, title: A, readOnly: true, nullable: true}",
        "{allOf: [{}], oneOf: [{}]}",
        "{not: {type: string}}",
        "{not: {}, type: integer}",
        "{enum: [1, a, null]}",
        "{default: null, example: 1, deprecated: true, writeOnly: true, x-kept: null, unknown: 1}",
        "{externalDocs: {url: 'https://example.org', description: more}}",
    ] {
        for version in ["3.0.3", "3.1.0"] {
            read("openapi.yaml", &schema_document(version, schema));
        }
    }
}
