//! Swagger 2.0: what it becomes, and that problems are shown where they were written.

use super::check;

/// A document with this operation at `/a`, and these shared nodes.
fn document(operation: &str, shared: &str) -> String {
    format!(
        "swagger: '2.0'\ninfo: {{title: t, version: '1'}}\npaths:\n  /a:\n    post:\n{operation}\n{shared}"
    )
}

const NONE: &str = "      responses: {204: {description: d}}";

#[test]
fn forms() {
    for (consumes, parameter, media_type, property, encoding) in [
        (
            "[]",
            "type: string",
            "application~1x-www-form-urlencoded",
            r#"{"type": "string"}"#,
            "nothing",
        ),
        (
            "[multipart/form-data]",
            "type: string",
            "multipart~1form-data",
            r#"{"type": "string"}"#,
            "nothing",
        ),
        (
            "[application/json]",
            "type: file",
            "multipart~1form-data",
            r#"{"type": "string", "format": "binary"}"#,
            "nothing",
        ),
        (
            "[multipart/form-data, application/x-www-form-urlencoded]",
            "type: array, items: {type: string}, collectionFormat: pipes",
            "application~1x-www-form-urlencoded",
            r#"{"type": "array", "items": {"type": "string"}}"#,
            r#"{"style": "pipeDelimited", "explode": false}"#,
        ),
    ] {
        let text = document(
            &format!(
                "      consumes: {consumes}\n      parameters: [{{name: p, in: formData, {parameter}}}]\n{NONE}"
            ),
            "",
        );
        let at = format!("/paths/~1a/post/requestBody/content/{media_type}");
        check(
            &text,
            &[],
            &[
                &format!("{at}/schema/properties/p {property}"),
                &format!("{at}/encoding/p {encoding}"),
            ],
        );
    }
}

#[test]
fn problems_are_shown_where_they_were_written() {
    check(
        &document(
            "      parameters:\n        - {name: b, in: body, schema: {type: object, minLength: x}}\n        - {name: q, in: query, type: string, minLength: y}\n        - {name: c, in: body, schema: {}}\n        - {name: t, in: query, type: array, items: {type: string}, collectionFormat: tsv}\n      responses:\n        200: {description: d, schema: {type: strin}, headers: {H: {type: integer, minimum: z}}}",
            "parameters:\n  S: {name: s, in: body, schema: {type: int}}\nresponses:\n  R: {description: d, schema: {type: bool}}\nsecurityDefinitions:\n  K: {type: apiKey, in: header}\n",
        ),
        &[
            "SW0204 10:86 #/paths/~1a/post/parameters/3/collectionFormat `collectionFormat: tsv` is not supported yet | the items are separated by commas",
            "SW0203 9:11 #/paths/~1a/post/parameters/2 an operation has one body | the parameter was left out; put all that is sent into one schema",
            "SW0203 8:57 #/paths/~1a/post/parameters/1/minLength `minLength` must be a whole number that is not negative, not the string \"y\" | it was left out",
            "SW0203 12:92 #/paths/~1a/post/responses/200/headers/H/minimum `minimum` must be a number, not the string \"z\" | it was left out",
            "SW0203 12:46 #/paths/~1a/post/responses/200/schema/type `type` must be one of the types of JSON Schema, not the string \"strin\" | it was ignored",
            "SW0203 7:65 #/paths/~1a/post/parameters/0/schema/minLength `minLength` must be a whole number that is not negative, not the string \"x\" | it was left out",
            "SW0203 14:41 #/parameters/S/schema/type `type` must be one of the types of JSON Schema, not the string \"int\" | it was read as `integer`",
            "SW0203 16:38 #/responses/R/schema/type `type` must be one of the types of JSON Schema, not the string \"bool\" | it was read as `boolean`",
            "SW0202 18:3 #/securityDefinitions/K the security scheme `K` has no usable `name` | it was left out",
        ],
        &[],
    );
}

#[test]
fn servers() {
    for (said, servers) in [
        ("", "nothing"),
        ("host: h\n", r#"[{"url": "https://h"}]"#),
        (
            "host: h:1\nbasePath: /a/\nschemes: [ws, http, https]\n",
            r#"[{"url": "https://h:1/a"}, {"url": "http://h:1/a"}]"#,
        ),
        ("host: localhost:1\n", r#"[{"url": "http://localhost:1"}]"#),
        ("basePath: a\n", r#"[{"url": "/a"}]"#),
    ] {
        check(
            &document(NONE, said),
            &[],
            &[&format!("/servers {servers}")],
        );
    }
}

#[test]
fn security() {
    for (scheme, became) in [
        ("type: basic", r#"{"type": "http", "scheme": "basic"}"#),
        (
            "type: apiKey, in: query, name: k",
            r#"{"type": "apiKey", "in": "query", "name": "k"}"#,
        ),
        (
            "type: oauth2, flow: application, tokenUrl: t, scopes: {s: d}",
            r#"{"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "t", "scopes": {"s": "d"}}}}"#,
        ),
        (
            "type: oauth2, flow: accessCode, authorizationUrl: a, tokenUrl: t, scopes: {}",
            r#"{"type": "oauth2", "flows": {"authorizationCode": {"authorizationUrl": "a", "tokenUrl": "t", "scopes": {}}}}"#,
        ),
    ] {
        check(
            &document(NONE, &format!("securityDefinitions:\n  S: {{{scheme}}}\n")),
            &[],
            &[&format!("/components/securitySchemes/S {became}")],
        );
    }
}
