//! The schemas of OpenAPI 3.1 and 3.2: what their keywords become.

use super::{check_schema, check_schema_of};

/// A schema of OpenAPI 3.1 of which nothing is said, and what it becomes.
#[track_caller]
fn becomes(schema: &str, became: &str) {
    check_schema_of("3.1.0", schema, &[], became);
}

/// A schema of OpenAPI 3.1 of which one thing is said.
#[track_caller]
fn says(schema: &str, said: &str, became: &str) {
    check_schema_of("3.1.0", schema, &[said], became);
}

#[test]
fn types_and_null() {
    for (schema, became) in [
        ("{type: 'null'}", r#"{"enum": [null], "nullable": true}"#),
        ("{type: null}", r#"{"enum": [null], "nullable": true}"#),
        ("{type: ['null']}", r#"{"enum": [null], "nullable": true}"#),
        ("{const: null}", r#"{"enum": [null]}"#),
        ("{type: [string]}", r#"{"type": "string"}"#),
        (
            "{type: [object, 'null'], properties: {a: true}}",
            r#"{"type": "object", "properties": {"a": {}}, "nullable": true}"#,
        ),
        (
            "{type: [integer, number, 'null']}",
            r#"{"type": "number", "nullable": true}"#,
        ),
        (
            "{type: [string, integer], enum: [a, b]}",
            r#"{"type": "string", "enum": ["a", "b"]}"#,
        ),
        (
            "{type: [string, integer, 'null'], enum: [a, 1, null]}",
            r#"{"enum": ["a", 1, null], "nullable": true}"#,
        ),
        (
            "{type: [string, integer], const: 1}",
            r#"{"type": "integer", "enum": [1]}"#,
        ),
        (
            "{type: [string, object], minLength: 2, properties: {a: {type: string}}}",
            r#"{"anyOf": [{"type": "string", "minLength": 2}, {"type": "object", "properties": {"a": {"type": "string"}}}]}"#,
        ),
        (
            "{type: [string, object], anyOf: [{type: string}, {type: object}]}",
            r#"{"anyOf": [{"type": "string"}, {"type": "object"}]}"#,
        ),
        (
            "{type: [string, 'null'], nullable: false}",
            r#"{"type": "string", "nullable": true}"#,
        ),
        (
            "{type: string, nullable: true}",
            r#"{"type": "string", "nullable": true}"#,
        ),
    ] {
        becomes(schema, became);
    }
    says(
        "{type: [string, integer], oneOf: [{minLength: 1}, {minimum: 1}]}",
        "SW0410 /oneOf the alternatives only constrain the types beside them | a value is of any of the types; the alternatives are not checked",
        r#"{"anyOf": [{"type": "string"}, {"type": "integer"}]}"#,
    );
    says(
        "{type: [string, 5]}",
        "SW0203 /type the number 5 is not a type of JSON Schema | it was left out of the list",
        r#"{"type": "string"}"#,
    );
}

#[test]
fn branches_of_null_and_of_nothing() {
    for (schema, became) in [
        (
            "{oneOf: [{type: ['null']}, {type: string}, {type: integer}]}",
            r#"{"oneOf": [{"type": "string"}, {"type": "integer"}], "nullable": true}"#,
        ),
        (
            "{anyOf: [{const: null}, {$ref: '#/b'}]}",
            r##"{"allOf": [{"$ref": "#/b"}], "nullable": true}"##,
        ),
        (
            "{anyOf: [false, {type: string}]}",
            r#"{"allOf": [{"type": "string"}]}"#,
        ),
        (
            "{anyOf: [{type: 'null'}]}",
            r#"{"enum": [null], "nullable": true}"#,
        ),
    ] {
        becomes(schema, became);
    }
    check_schema(
        "{anyOf: [{type: 'null'}, {type: string}]}",
        &["SW0203 /anyOf `null` is not a type of OpenAPI 3.0 | it was read as `nullable: true`"],
        r#"{"allOf": [{"type": "string"}], "nullable": true}"#,
    );
}

#[test]
fn bounds_on_both_sides() {
    for (schema, became) in [
        (
            "{type: integer, minimum: 5, exclusiveMinimum: 3}",
            r#"{"type": "integer", "minimum": 5}"#,
        ),
        (
            "{type: integer, minimum: 3, exclusiveMinimum: 5}",
            r#"{"type": "integer", "minimum": 5, "exclusiveMinimum": true}"#,
        ),
        (
            "{type: number, exclusiveMinimum: 0.5, exclusiveMaximum: 1}",
            r#"{"type": "number", "exclusiveMinimum": true, "exclusiveMaximum": true, "minimum": 0.5, "maximum": 1}"#,
        ),
        (
            "{type: integer, exclusiveMaximum: true, maximum: 3}",
            r#"{"type": "integer", "exclusiveMaximum": true, "maximum": 3}"#,
        ),
        (
            "{type: integer, minimum: 0, maximum: 18446744073709551615}",
            r#"{"type": "integer", "minimum": 0, "x-specwright:maximum": "18446744073709551615"}"#,
        ),
        (
            "{type: integer, minimum: -170141183460469231731687303715884105728, maximum: 340282366920938463463374607431768211455}",
            r#"{"type": "integer", "x-specwright:minimum": "-170141183460469231731687303715884105728", "x-specwright:maximum": "340282366920938463463374607431768211455"}"#,
        ),
    ] {
        becomes(schema, became);
    }
}

#[test]
fn tuples() {
    for (schema, became) in [
        (
            "{type: array, prefixItems: [{type: number}, {type: number}]}",
            r#"{"type": "array", "items": {"type": "number"}}"#,
        ),
        (
            "{prefixItems: [{type: number}], items: false}",
            r#"{"maxItems": 1, "items": {"type": "number"}}"#,
        ),
        (
            "{prefixItems: [{type: number}], items: {type: number}, maxItems: 9}",
            r#"{"maxItems": 9, "items": {"type": "number"}}"#,
        ),
        ("{prefixItems: [{type: number}, true]}", r#"{"items": {}}"#),
        (
            "{type: array, items: false}",
            r#"{"type": "array", "maxItems": 0}"#,
        ),
        (
            "{items: [{type: string}], additionalItems: false}",
            r#"{"maxItems": 1, "items": {"type": "string"}}"#,
        ),
        (
            "{type: array, unevaluatedItems: {type: string}}",
            r#"{"type": "array", "items": {"type": "string"}}"#,
        ),
    ] {
        becomes(schema, became);
    }
    says(
        "{prefixItems: [{type: string}, {anyOf: [{type: string}, {type: integer}]}], minItems: 2}",
        "SW0410 /prefixItems the places of this list have different schemas | an item is of any of these types; which one stands where is not checked",
        r#"{"minItems": 2, "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}}"#,
    );
    says(
        "{prefixItems: 5, items: {type: string}}",
        "SW0203 /prefixItems `prefixItems` must be a list of schemas, not the number 5 | it was ignored",
        r#"{"items": {"type": "string"}}"#,
    );
}

#[test]
fn properties_by_pattern() {
    for (schema, became) in [
        (
            "{type: object, patternProperties: {'^x': {type: string}}}",
            r#"{"type": "object", "additionalProperties": {"type": "string"}, "description": "Names of properties match `^x`."}"#,
        ),
        (
            "{patternProperties: {a: {type: string}, b: {type: integer}}, additionalProperties: false, description: d}",
            r#"{"additionalProperties": {"anyOf": [{"type": "string"}, {"type": "integer"}]}, "description": "d\n\nNames of properties match `a` or `b`."}"#,
        ),
        (
            "{properties: {a: false, b: {}}, patternProperties: {'.*': {type: string}}}",
            r#"{"properties": {"b": {}}, "additionalProperties": {"type": "string"}}"#,
        ),
        (
            "{additionalProperties: {type: string}, propertyNames: {type: string}}",
            r#"{"additionalProperties": {"type": "string"}}"#,
        ),
        (
            "{propertyNames: {enum: [a, b], pattern: '`'}}",
            "{\"description\": \"Names of properties: `a`, `b`.\\n\\nNames of properties match `'`.\"}",
        ),
        (
            "{propertyNames: {$ref: '#/components/schemas/Id'}}",
            r#"{"description": "Names of properties are values of `Id`."}"#,
        ),
        (
            "{type: object, propertyNames: false}",
            r#"{"type": "object", "additionalProperties": false}"#,
        ),
        (
            "{properties: {a: {}}, unevaluatedProperties: false}",
            r#"{"properties": {"a": {}}, "additionalProperties": false}"#,
        ),
        (
            "{additionalProperties: true, unevaluatedProperties: false}",
            r#"{"additionalProperties": true}"#,
        ),
    ] {
        becomes(schema, became);
    }
    says(
        "{properties: {a: {}}, patternProperties: {'^x': {type: string}}}",
        "SW0410 /patternProperties properties of these names have a schema, and others may be anything | they are kept among the additional properties; say `additionalProperties: false` to give them a type",
        r#"{"properties": {"a": {}}}"#,
    );
    says(
        "{propertyNames: {not: {const: a}}}",
        "SW0410 /propertyNames the names of the properties have a schema | names are strings of any kind",
        "{}",
    );
}

#[test]
fn strings_that_hold_something_else() {
    for (schema, became) in [
        (
            "{type: string, contentEncoding: base64}",
            r#"{"type": "string", "format": "byte"}"#,
        ),
        (
            "{type: [string, 'null'], contentEncoding: base64url}",
            r#"{"format": "base64url", "type": "string", "nullable": true}"#,
        ),
        (
            "{contentMediaType: image/png}",
            r#"{"format": "binary", "type": "string", "description": "Holds `image/png`."}"#,
        ),
        (
            "{type: string, contentMediaType: application/json}",
            r#"{"type": "string", "description": "Holds `application/json`."}"#,
        ),
        (
            "{type: string, format: uuid, contentEncoding: base32}",
            r#"{"type": "string", "format": "uuid", "description": "Encoded as `base32`."}"#,
        ),
    ] {
        becomes(schema, became);
    }
    says(
        "{type: string, contentSchema: {type: object}}",
        "SW0410 /contentSchema the text of this string has a schema | the type is that of the encoded string; decode it yourself",
        r#"{"type": "string"}"#,
    );
}

#[test]
fn rules_between_parts() {
    let rules = "SW0410 /if other rules apply to some of the values | the type allows what either rule allows; check what goes together yourself";
    says(
        "{type: object, properties: {a: {type: string}}, if: {properties: {a: {const: b}}}, then: {properties: {a: {}, c: {type: integer}}, required: [c]}, else: {properties: {c: {type: string}}}}",
        rules,
        r#"{"type": "object", "properties": {"a": {"type": "string"}, "c": {"anyOf": [{"type": "integer"}, {"type": "string"}]}}}"#,
    );
    says(
        "{if: {required: [a]}, then: {$ref: '#/b'}, else: {$ref: '#/c'}}",
        rules,
        r##"{"anyOf": [{"$ref": "#/b"}, {"$ref": "#/c"}]}"##,
    );
    says(
        "{properties: {a: {}}, allOf: [{if: {}, then: {properties: {b: {type: string}}}}]}",
        &rules.replace("/if", "/allOf/0/if"),
        r#"{"properties": {"a": {}, "b": {"type": "string"}}}"#,
    );
    becomes(
        "{type: string, if: {}, $comment: c}",
        r#"{"type": "string"}"#,
    );
    becomes("{type: string, then: {}}", r#"{"type": "string"}"#);
    let together = "some properties come together with others | each is optional in the type; check what goes together yourself";
    says(
        "{properties: {a: {}, b: {}}, dependentRequired: {a: [b]}}",
        &format!("SW0410 /dependentRequired {together}"),
        r#"{"properties": {"a": {}, "b": {}}, "description": "`a` comes with `b`."}"#,
    );
    says(
        "{properties: {a: {}}, dependentSchemas: {a: {properties: {b: {type: string}}}}}",
        &format!("SW0410 /dependentSchemas {together}"),
        r#"{"properties": {"a": {}, "b": {"type": "string"}}}"#,
    );
    says(
        "{type: string, not: {enum: [a, b]}}",
        "SW0410 /not `not` says what a value is not | no type can say it; check the value where you use it",
        r#"{"type": "string", "description": "Not one of `a`, `b`."}"#,
    );
    becomes(
        "{type: string, not: {type: 'null'}}",
        r#"{"type": "string"}"#,
    );
    says(
        "{type: array, contains: {type: string}, minContains: 2}",
        "SW0410 /contains some of the items fit a schema of their own | no type can say it; check the items where you use them",
        r#"{"type": "array"}"#,
    );
}

#[test]
fn references_with_something_beside() {
    becomes(
        "{$ref: '#/b', prefixItems: [{type: string}]}",
        r##"{"items": {"type": "string"}, "allOf": [{"$ref": "#/b"}]}"##,
    );
    becomes(
        "{$recursiveAnchor: true, properties: {a: {$recursiveRef: '#'}}}",
        r##"{"properties": {"a": {"$ref": "#/components/schemas/A"}}}"##,
    );
    becomes(
        "{$dynamicAnchor: t, properties: {a: {items: {$dynamicRef: '#t'}}}}",
        r##"{"properties": {"a": {"items": {"$ref": "#/components/schemas/A"}}}}"##,
    );
    says(
        "{$dynamicRef: '#elsewhere'}",
        "SW0301 /$dynamicRef no schema has the anchor `elsewhere` | any value is accepted here; define it, or correct the reference",
        "{}",
    );
}

#[test]
fn keywords_that_say_nothing_of_the_type() {
    becomes(
        "{$schema: s, $vocabulary: {a: true}, $comment: c, examples: [1], type: string, deprecated: true}",
        r#"{"type": "string", "deprecated": true}"#,
    );
    check_schema(
        "{type: string, x-specwright:maximum: 1}",
        &[
            "SW0203 /x-specwright:maximum `x-specwright:maximum` is a name of the generator's own | it was ignored",
        ],
        r#"{"type": "string"}"#,
    );
    says(
        "{oneOf: [{$ref: '#/b'}], discriminator: {propertyName: p, defaultMapping: b}}",
        "SW0410 /discriminator/defaultMapping values without a known tag have a schema of their own | they are decoded as the alternative that they fit best",
        r##"{"oneOf": [{"$ref": "#/b"}], "discriminator": {"propertyName": "p"}}"##,
    );
}

#[test]
fn defaults_are_values_of_the_schema() {
    check_schema(
        "{type: integer, default: '5'}",
        &[
            "SW0403 /default the default is the string \"5\", but the type is `integer` | it was read as the number 5",
        ],
        r#"{"type": "integer", "default": 5}"#,
    );
    check_schema(
        "{type: string, default: []}",
        &["SW0403 /default the default is a list, but the type is `string` | it was left out"],
        r#"{"type": "string"}"#,
    );
    check_schema(
        "{type: string, enum: [a], default: b}",
        &[
            "SW0403 /default the default is none of the values of the enum | it was left out; add it to the enum, or correct it",
        ],
        r#"{"type": "string", "enum": ["a"]}"#,
    );
}
