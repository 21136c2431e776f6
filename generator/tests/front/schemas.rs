//! Schemas: what real documents write, and what becomes of it.

use super::{check_schema, check_schema_of};

#[test]
fn sound_schemas_stay_as_they_are() {
    for schema in [
        r#"{"type": "string", "format": "date", "minLength": 1, "pattern": "^a", "enum": ["a", null]}"#,
        r#"{"type": "integer", "minimum": 0, "exclusiveMinimum": true, "enum": [1, 2]}"#,
        r#"{"type": "number", "multipleOf": 0.5, "default": null}"#,
        r#"{"type": "array", "items": {"type": "boolean"}, "uniqueItems": true}"#,
        r#"{"properties": {"b": {}, "a": {}}, "required": ["b"], "additionalProperties": false}"#,
        r##"{"oneOf": [{"$ref": "#/a/b~1c%20d"}], "discriminator": {"propertyName": "p", "mapping": {"x": "y"}}}"##,
        r##"{"$ref": "#/components/schemas/B"}"##,
        r#"{"x-kept": [1], "title": "t", "nullable": true, "readOnly": true}"#,
        r#"{"properties": {"$ref": {"type": "string"}, "x-y": {"type": "string"}}}"#,
    ] {
        check_schema(schema, &[], schema);
    }
}

#[test]
fn examples_and_nothing_are_removed_in_silence() {
    check_schema(
        "{type: object, example: {$ref: 5}, examples: [1], xml: 5, description: ~, properties: ~}",
        &[],
        r#"{"type": "object"}"#,
    );
}

#[test]
fn what_stands_for_a_schema_becomes_one() {
    let any = "any value is accepted";
    check_schema(
        "null",
        &[&format!("SW0203  `A` must be a schema, not null | {any}")],
        "{}",
    );
    check_schema(
        "5",
        &[&format!(
            "SW0203  `A` must be a schema, not the number 5 | {any}"
        )],
        "{}",
    );
    check_schema(
        "[a]",
        &[&format!("SW0203  `A` must be a schema, not a list | {any}")],
        "{}",
    );
    check_schema(
        "String",
        &[
            "SW0203  `A` must be a schema, not the string \"String\" | it was read as the `type` of a schema",
        ],
        r#"{"type": "string"}"#,
    );
    check_schema(
        "true",
        &[&format!(
            "SW0203  `A` must be a schema, not the boolean true | {any}"
        )],
        "{}",
    );
    check_schema_of("3.1.0", "false", &[], r#"{"not": {}}"#);
    check_schema(
        "{properties: {a: }}",
        &[&format!(
            "SW0203 /properties/a `a` must be a schema, not null | {any}"
        )],
        r#"{"properties": {"a": {}}}"#,
    );
}

#[test]
fn strings_stand_for_flags_and_numbers() {
    check_schema(
        "{nullable: 'true', minLength: '5', maxLength: 5.0, deprecated: maybe}",
        &[
            "SW0203 /nullable `nullable` must be `true` or `false`, not the string \"true\" | it was read as the boolean true",
            "SW0203 /minLength `minLength` must be a whole number that is not negative, not the string \"5\" | it was read as the number 5",
            "SW0203 /deprecated `deprecated` must be `true` or `false`, not the string \"maybe\" | it was left out",
        ],
        r#"{"nullable": true, "minLength": 5, "maxLength": 5}"#,
    );
    check_schema(
        "{title: 5, description: [a], maxItems: -1}",
        &[
            "SW0203 /title `title` must be a string, not the number 5 | it was read as the string \"5\"",
            "SW0203 /description `description` must be a string, not a list | it was left out",
            "SW0203 /maxItems `maxItems` must be a whole number that is not negative, not the number -1 | it was left out",
        ],
        r#"{"title": "5"}"#,
    );
}

#[test]
fn types_from_elsewhere() {
    let types = "`type` must be one of the types of JSON Schema, not the string";
    check_schema(
        "{type: file}",
        &[&format!(
            "SW0203 /type {types} \"file\" | it was read as a string of format `binary`"
        )],
        r#"{"type": "string", "format": "binary"}"#,
    );
    check_schema(
        "{type: int64}",
        &[&format!(
            "SW0203 /type {types} \"int64\" | it was read as `integer`"
        )],
        r#"{"type": "integer"}"#,
    );
    check_schema(
        "{type: whatever, minLength: 1}",
        &[&format!(
            "SW0203 /type {types} \"whatever\" | it was ignored"
        )],
        r#"{"minLength": 1}"#,
    );
    check_schema(
        "{type: 'null'}",
        &["SW0203 /type `null` is not a type of OpenAPI 3.0 | it was read as `nullable: true`"],
        r#"{"enum": [null], "nullable": true}"#,
    );
}

#[test]
fn lists_of_types() {
    let said = "SW0203 /type a list of types is not part of OpenAPI 3.0 | it was read as OpenAPI 3.1 reads it";
    check_schema(
        "{type: [string, 'null'], minLength: 1}",
        &[said],
        r#"{"type": "string", "minLength": 1, "nullable": true}"#,
    );
    check_schema_of(
        "3.1.0",
        "{type: [string, array, 'null'], minLength: 1, items: {type: string}, title: t}",
        &[],
        r#"{"title": "t", "nullable": true, "anyOf": [{"type": "string", "minLength": 1}, {"type": "array", "items": {"type": "string"}}]}"#,
    );
    check_schema_of(
        "3.1.0",
        "{type: [5, {}]}",
        &[
            "SW0203 /type the number 5 is not a type of JSON Schema | it was left out of the list",
            "SW0203 /type an object is not a type of JSON Schema | it was left out of the list",
        ],
        "{}",
    );
}

#[test]
fn nullable_unions_of_later_versions() {
    check_schema_of(
        "3.1.0",
        "{anyOf: [{type: 'null'}, {type: string}]}",
        &[],
        r#"{"allOf": [{"type": "string"}], "nullable": true}"#,
    );
    check_schema_of(
        "3.1.0",
        "{oneOf: [{type: integer}, {type: string}, {type: 'null'}]}",
        &[],
        r#"{"oneOf": [{"type": "integer"}, {"type": "string"}], "nullable": true}"#,
    );
}

#[test]
fn keywords_of_later_versions() {
    check_schema_of("3.1.0", "{const: a}", &[], r#"{"enum": ["a"]}"#);
    check_schema(
        "{type: integer, const: 1, exclusiveMinimum: 5}",
        &[
            "SW0203 /exclusiveMinimum `exclusiveMinimum` must be `true` or `false` in OpenAPI 3.0 | it was read as OpenAPI 3.1 reads it",
            "SW0203 /const `const` is not part of OpenAPI 3.0 | it was read as an `enum` of one value",
        ],
        r#"{"type": "integer", "enum": [1], "exclusiveMinimum": true, "minimum": 5}"#,
    );
}

#[test]
fn enum_values_are_of_the_type() {
    check_schema(
        "{type: string, enum: [a, 1, true, 1.50, {}, ~]}",
        &[
            "SW0403 /enum/1 the value is the number 1, but the type is `string` | it was read as the string \"1\"",
            "SW0403 /enum/2 the value is the boolean true, but the type is `string` | it was read as the string \"true\"",
            "SW0403 /enum/3 the value is the number 1.5, but the type is `string` | it was read as the string \"1.5\"",
            "SW0403 /enum/4 the value is an object, but the type is `string` | it was left out",
        ],
        r#"{"type": "string", "enum": ["a", "1", "true", "1.5", null]}"#,
    );
    check_schema(
        "{type: integer, enum: ['1', 2.0, 2.5, x, 18446744073709551615]}",
        &[
            "SW0403 /enum/0 the value is the string \"1\", but the type is `integer` | it was read as the number 1",
            "SW0403 /enum/2 the value is the number 2.5, but the type is `integer` | it was left out",
            "SW0403 /enum/3 the value is the string \"x\", but the type is `integer` | it was left out",
        ],
        r#"{"type": "integer", "enum": [1, 2, 18446744073709551615]}"#,
    );
    check_schema(
        "{type: array, enum: [a]}",
        &[
            "SW0203 /enum these values are those of the items, not of the list | they were moved to the `enum` of `items`",
        ],
        r#"{"type": "array", "items": {"enum": ["a"]}}"#,
    );
    check_schema("{enum: [1, a]}", &[], r#"{"enum": [1, "a"]}"#);
    check_schema(
        "{type: boolean, enum: {a: b}}",
        &["SW0203 /enum `enum` must be a list of values, not an object | it was ignored"],
        r#"{"type": "boolean"}"#,
    );
}

#[test]
fn bounds_are_what_the_type_can_hold() {
    check_schema(
        "{type: integer, minimum: 0.0, maximum: 18446744073709551615, multipleOf: 0.5}",
        &["SW0203 /multipleOf `multipleOf` is not an integer: 0.5 | it was ignored"],
        r#"{"type": "integer", "minimum": 0, "x-specwright:maximum": "18446744073709551615"}"#,
    );
    check_schema(
        "{type: integer, maximum: 1.0e+40}",
        &["SW0203 /maximum `maximum` is not an integer: 1e+40 | it was ignored"],
        r#"{"type": "integer"}"#,
    );
}

#[test]
fn keywords_of_another_type_mean_nothing() {
    check_schema(
        "{type: boolean, format: int32, minLength: 1, title: t}",
        &[
            "SW0203 /format `format` means nothing for the type `boolean` | it was ignored",
            "SW0203 /minLength `minLength` means nothing for the type `boolean` | it was ignored",
        ],
        r#"{"type": "boolean", "title": "t"}"#,
    );
}

#[test]
fn required_is_a_list_of_names() {
    check_schema(
        "{properties: {a: {type: string, required: true}}, required: a}",
        &[
            "SW0203 /properties/a/required `required` must be a list of property names | it was ignored; name the property in the `required` of the object it belongs to",
            "SW0203 /required `required` must be a list, not the string \"a\" | it was read as a list of one",
        ],
        r#"{"properties": {"a": {"type": "string"}}, "required": ["a"]}"#,
    );
}

#[test]
fn additional_properties_are_a_flag_or_a_schema() {
    check_schema(
        "{additionalProperties: 'true'}",
        &[
            "SW0203 /additionalProperties `additionalProperties` must be `true` or `false`, not the string \"true\" | it was read as the boolean true",
        ],
        r#"{"additionalProperties": true}"#,
    );
    check_schema(
        "{additionalProperties: string}",
        &[
            "SW0203 /additionalProperties `additionalProperties` must be a schema, not the string \"string\" | it was read as the `type` of a schema",
        ],
        r#"{"additionalProperties": {"type": "string"}}"#,
    );
}

#[test]
fn combinations_are_lists() {
    check_schema(
        "{allOf: {type: string}, anyOf: []}",
        &[
            "SW0203 /allOf `allOf` must be a list, not an object | it was read as a list of one",
            "SW0203 /anyOf `anyOf` is empty | it was ignored",
        ],
        r#"{"allOf": [{"type": "string"}]}"#,
    );
}

#[test]
fn discriminators_name_a_property() {
    check_schema(
        "{discriminator: kind}",
        &[
            "SW0203 /discriminator `discriminator` must be an object, not the string \"kind\" | the string was read as its `propertyName`",
        ],
        r#"{"discriminator": {"propertyName": "kind"}}"#,
    );
    check_schema(
        "{discriminator: {mapping: {a: 1}}}",
        &[
            "SW0203 /discriminator/mapping/a `a` must be a string, not the number 1 | it was read as the string \"1\"",
            "SW0202 /discriminator a discriminator has no usable `propertyName` | it was left out",
        ],
        "{}",
    );
}

#[test]
fn members_beside_a_reference() {
    check_schema(
        "{$ref: '#/b', description: d, nullable: true, deprecated: false, type: object, x-y: 1}",
        &[],
        r##"{"description": "d", "nullable": true, "allOf": [{"$ref": "#/b"}]}"##,
    );
    check_schema(
        "{$ref: '#/b', nullable: false, title: t}",
        &[],
        r##"{"$ref": "#/b"}"##,
    );
    check_schema(
        "{$ref: '#/b', properties: {}}",
        &[
            "SW0203 /properties `properties` has no effect beside `$ref` | it was ignored; put both into an `allOf` to combine them",
        ],
        r##"{"$ref": "#/b"}"##,
    );
    check_schema_of(
        "3.1.0",
        "{$ref: '#/b', properties: {}}",
        &[],
        r##"{"properties": {}, "allOf": [{"$ref": "#/b"}]}"##,
    );
}

#[test]
fn references_that_cannot_be_followed() {
    check_schema(
        "{$ref: 'b.yaml#/B', description: d}",
        &[
            "SW0301 /$ref there is no file `b.yaml` | any value is accepted here; correct the path; it is relative to the file that it stands in",
        ],
        r#"{"description": "d"}"#,
    );
    check_schema(
        "{$ref: 5, type: string}",
        &["SW0203 /$ref `$ref` must be a reference, not the number 5 | it was ignored"],
        r#"{"type": "string"}"#,
    );
}

#[test]
fn unknown_keywords_are_reported() {
    check_schema(
        "{typ: string}",
        &["SW0203 /typ a schema has no field `typ` | it was ignored"],
        "{}",
    );
}
