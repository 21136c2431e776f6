//! The objects of a document but schemas.

use super::{check, read};
use specwright::Pointer;

/// A document with these parts, indented by two.
fn document(parts: &str) -> String {
    format!("openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\n{parts}")
}

/// A document with one operation, whose members are indented by six.
fn operation(members: &str) -> String {
    document(&format!("paths:\n  /a:\n    get:\n{members}"))
}

#[test]
fn stand_ins_for_what_is_missing() {
    check(
        "openapi: 3.0.3\n",
        &[
            "SW0202 1:1 # the document has no usable `info` | `{}` was used in its place",
            "SW0202 1:1 #/info the info object has no usable `title` | `\"API\"` was used in its place",
            "SW0202 1:1 #/info the info object has no usable `version` | `\"0.0.0\"` was used in its place",
            "SW0202 1:1 # the document has no usable `paths` | `{}` was used in its place",
        ],
        &[r#"/info {"title": "API", "version": "0.0.0"}"#, "/paths {}"],
    );
    check(
        &operation("      tags: [5]\n"),
        &[
            "SW0203 6:14 #/paths/~1a/get/tags/0 item 0 must be a string, not the number 5 | it was read as the string \"5\"",
            "SW0202 5:5 #/paths/~1a/get an operation has no usable `responses` | `{}` was used in its place",
        ],
        &[r#"/paths/~1a/get {"tags": ["5"], "responses": {}}"#],
    );
}

#[test]
fn what_a_client_does_not_need_is_removed_in_silence() {
    check(
        &operation(
            "      callbacks: 5\n      x-code: {a: b}\n      responses: {'200': {description: d, links: 5, content: {a/b: {example: 5}}}}\ncomponents: {examples: 5, links: 5, callbacks: 5}\n",
        ),
        &[],
        &[
            r#"/paths/~1a/get {"responses": {"200": {"description": "d", "content": {"a/b": {}}}}}"#,
            "/components {}",
        ],
    );
}

#[test]
fn order_means_nothing() {
    let (read, _) = read(
        "openapi.yaml",
        &document(
            "paths: {/b: {}, /a: {}}\ncomponents: {schemas: {B: {properties: {d: {}, c: {}}}, A: {}}}\n",
        ),
    );
    let text = read.map(|read| read.tree.to_string()).unwrap_or_default();
    let sorted = r#"{"components":{"schemas":{"A":{},"B":{"properties":{"c":{},"d":{}}}}},"info":{"title":"t","version":"1"},"openapi":"3.0.3","paths":{"/a":{},"/b":{}}}"#;
    assert_eq!(text, sorted);
}

#[test]
fn paths_begin_with_a_slash() {
    let text = document("paths: {b: {get: {responses: {}, tags: 5}}, /a: {}, x-c: 5, a: {}}\n");
    check(
        &text,
        &[
            "SW0203 3:40 #/paths/b/get/tags `tags` must be a list, not the number 5 | it was left out",
            "SW0203 3:61 #/paths/a the path `a` does not begin with a slash | it was left out",
            "SW0203 3:9 #/paths/b the path `b` does not begin with a slash | it was read as `/b`",
        ],
        &[r#"/paths {"/a": {}, "/b": {"get": {"responses": {}}}}"#],
    );
    let (read, _) = read("openapi.yaml", &text);
    let pointer = Pointer::root().child("paths").child("/b").child("get");
    let origin = read.map(|read| read.spec.origin(&pointer).to_string());
    assert_eq!(origin.as_deref(), Some("#/paths/b/get"));
}

#[test]
fn broken_parameters_are_left_out() {
    let text = operation(
        "      responses: {}\n      parameters:\n      - {in: query}\n      - {name: b}\n      - {name: c, in: body}\n      - 5\n      - {name: d, in: Query, schema: {}}\n      - {$ref: 'other.yaml#/e'}\n      - {$ref: '#/components/parameters/f', description: g}\n",
    );
    let places = "`query`, `path`, `header`, `cookie`, `querystring`";
    check(
        &text,
        &[
            "SW0202 8:9 #/paths/~1a/get/parameters/0 a parameter has no usable `name` | it was left out",
            "SW0202 9:9 #/paths/~1a/get/parameters/1 a parameter has no usable `in` | it was left out",
            &format!(
                "SW0203 10:23 #/paths/~1a/get/parameters/2/in `in` must be one of {places}, not the string \"body\" | it was left out"
            ),
            "SW0202 10:9 #/paths/~1a/get/parameters/2 a parameter has no usable `in` | it was left out",
            "SW0203 11:9 #/paths/~1a/get/parameters/3 item 3 must be a parameter (an object), not the number 5 | it was left out",
            &format!(
                "SW0203 12:23 #/paths/~1a/get/parameters/4/in `in` must be one of {places}, not the string \"Query\" | it was read as the string \"query\""
            ),
            "SW0301 13:16 #/paths/~1a/get/parameters/5/$ref there is no file `other.yaml` | the node was left out; correct the path; it is relative to the file that it stands in",
        ],
        &[
            r##"/paths/~1a/get/parameters [{"name": "d", "in": "query", "schema": {}}, {"$ref": "#/components/parameters/f"}]"##,
        ],
    );
    let (read, _) = read("openapi.yaml", &text);
    let pointer = Pointer {
        file: 0,
        path: String::from("/paths/~1a/get/parameters/1/name"),
    };
    let origin = read.map(|read| read.spec.origin(&pointer).to_string());
    assert_eq!(origin.as_deref(), Some("#/paths/~1a/get/parameters/6/name"));
}

#[test]
fn parameters_carry_one_thing_in_one_style() {
    check(
        &operation(
            "      responses: {}\n      parameters:\n      - {name: a, in: path, style: form, schema: {}}\n      - {name: b, in: query}\n      - {name: c, in: query, type: integer, format: int32}\n      - {name: d, in: query, schema: {}, content: {a/b: {}}}\n      - {name: e, in: query, content: {a/b: {}, c/d: {}}}\n",
        ),
        &[
            "SW0503 8:9 #/paths/~1a/get/parameters/0 the path parameter `a` is not required | it was read as `required: true`: a path has no optional parts",
            "SW0203 8:36 #/paths/~1a/get/parameters/0/style `style` must be one of `simple`, `label`, `matrix` here | the default style is used",
            "SW0202 9:9 #/paths/~1a/get/parameters/1 item 1 has neither `schema` nor `content` | it was read as a string",
            "SW0203 10:45 #/paths/~1a/get/parameters/2/format `format` belongs into the `schema` of the parameter | it was read as part of the schema",
            "SW0203 11:42 #/paths/~1a/get/parameters/3/content only one of `schema` and `content` is allowed | `content` was ignored",
            "SW0203 12:30 #/paths/~1a/get/parameters/4/content `content` must have exactly one media type here | the first one is used",
        ],
        &[
            r#"/paths/~1a/get/parameters/0 {"name": "a", "in": "path", "schema": {}, "required": true}"#,
            r#"/paths/~1a/get/parameters/1/schema {"type": "string"}"#,
            r#"/paths/~1a/get/parameters/2/schema {"type": "integer", "format": "int32"}"#,
            "/paths/~1a/get/parameters/3/content nothing",
        ],
    );
}

#[test]
fn responses_are_keyed_by_status() {
    check(
        &operation(
            "      responses:\n        200:\n        '201': created\n        4xx: {description: d}\n        default: {$ref: '#/components/responses/a', description: e}\n        '99': {}\n        success: {}\n        x-a: 5\n",
        ),
        &[
            "SW0202 7:9 #/paths/~1a/get/responses/200 a response has no usable `description` | `\"\"` was used in its place",
            "SW0203 8:16 #/paths/~1a/get/responses/201 `201` must be an object, not the string \"created\" | the string was read as its `description`",
            "SW0203 11:9 #/paths/~1a/get/responses/99 `99` is not a status, a range such as `4XX`, or `default` | it was ignored",
            "SW0203 12:9 #/paths/~1a/get/responses/success `success` is not a status, a range such as `4XX`, or `default` | it was ignored",
        ],
        &[
            r##"/paths/~1a/get/responses {"200": {"description": ""}, "201": {"description": "created"}, "4XX": {"description": "d"}, "default": {"$ref": "#/components/responses/a"}}"##,
        ],
    );
}

#[test]
fn a_range_has_one_spelling() {
    check(
        &operation(
            "      responses:\n        4xx: {description: a}\n        4XX: {description: b}\n        5xx: {description: c}\n",
        ),
        &[
            "SW0203 7:9 #/paths/~1a/get/responses/4xx `4xx` is `4XX`, which stands here too | it was left out",
        ],
        &[r#"/paths/~1a/get/responses {"4XX": {"description": "b"}, "5XX": {"description": "c"}}"#],
    );
}

#[test]
fn references_from_content_are_followed() {
    check(
        &operation(
            "      requestBody: {content: {$ref: '#/components/mediaTypes/m'}}\n      responses: {'200': {description: d, content: {a/b: {$ref: '#/elsewhere'}, c/d: }}}\ncomponents: {mediaTypes: {m: {a/b: {schema: {type: string}}}}}\n",
        ),
        &[
            "SW0301 7:65 #/paths/~1a/get/responses/200/content/a~1b/$ref the reference leads to no media type | any body is accepted here",
            "SW0203 7:81 #/paths/~1a/get/responses/200/content/c~1d `c/d` must be an object, not null | it was read as a media type without a schema",
        ],
        &[
            r#"/paths/~1a/get/requestBody/content {"a/b": {"schema": {"type": "string"}}}"#,
            r#"/paths/~1a/get/responses/200/content {"a/b": {}, "c/d": {}}"#,
        ],
    );
}

#[test]
fn security_is_never_lost_in_silence() {
    check(
        &document(
            "paths: {}\nsecurity:\n- a:\n- {b: [5], c: 5}\n- d\n- 5\ncomponents:\n  securitySchemes:\n    a: {type: apiKey, in: header}\n    b: {type: basic}\n    c: {type: oauth2}\n    d: {type: mutual}\n    e: {type: oauth2, flows: {implicit: {scopes: {s: }}}}\n",
        ),
        &[
            "SW0203 6:4 #/security/1/b `b` must be a list of scopes, not a list | its scopes were left out",
            "SW0203 6:15 #/security/1/c `c` must be a list of scopes, not the number 5 | its scopes were left out",
            "SW0203 7:3 #/security/2 item 2 must be an object, not the string \"d\" | it was read as the name of a scheme",
            "SW0203 8:3 #/security/3 item 3 must be a security requirement (an object), not the number 5 | it was left out",
            "SW0202 11:5 #/components/securitySchemes/a the security scheme `a` has no usable `name` | it was left out",
            "SW0203 12:15 #/components/securitySchemes/b/type `basic` is not a type of security scheme | it was read as `type: http` with `scheme: basic`",
            "SW0202 13:5 #/components/securitySchemes/c the security scheme `c` has no usable `flows` | credentials are sent all the same",
            "SW0203 14:15 #/components/securitySchemes/d/type `type` must be one of `apiKey`, `http`, `oauth2`, `openIdConnect`, not the string \"mutual\" | it was left out",
            "SW0202 14:5 #/components/securitySchemes/d a security scheme has no usable `type` | it was left out",
            "SW0203 15:51 #/components/securitySchemes/e/flows/implicit/scopes/s `s` must be a string, not null | it was left out",
            "SW0202 15:31 #/components/securitySchemes/e/flows/implicit an OAuth 2 flow has no usable `authorizationUrl` | `\"\"` was used in its place",
        ],
        &[
            r#"/security [{"a": []}, {"b": [], "c": []}, {"d": []}]"#,
            r#"/components/securitySchemes {"b": {"type": "http", "scheme": "basic"}, "c": {"type": "oauth2", "flows": {}}, "e": {"type": "oauth2", "flows": {"implicit": {"scopes": {}, "authorizationUrl": ""}}}}"#,
        ],
    );
    // An empty list says that no credentials are needed, a broken one does not.
    check(
        &document("paths: {}\nsecurity: [5]\n"),
        &[
            "SW0203 4:12 #/security/0 item 0 must be a security requirement (an object), not the number 5 | it was left out",
        ],
        &["/security nothing"],
    );
    check(
        &document("paths: {}\nsecurity: []\n"),
        &[],
        &["/security []"],
    );
}

#[test]
fn servers_and_tags() {
    check(
        &document(
            "paths: {}\nservers: [{description: d}, {url: /v1, variables: {a: {enum: [1]}}}]\ntags: [a, {name: b, x-c: d}]\n",
        ),
        &[
            "SW0202 4:11 #/servers/0 a server has no usable `url` | it was left out",
            "SW0203 4:63 #/servers/1/variables/a/enum/0 item 0 must be a string, not the number 1 | it was read as the string \"1\"",
            "SW0202 4:52 #/servers/1/variables/a a server variable has no usable `default` | `\"\"` was used in its place",
            "SW0203 5:8 #/tags/0 item 0 must be an object, not the string \"a\" | the string was read as its `name`",
        ],
        &[
            r#"/servers [{"url": "/v1", "variables": {"a": {"enum": ["1"], "default": ""}}}]"#,
            r#"/tags [{"name": "a"}, {"name": "b"}]"#,
        ],
    );
}

#[test]
fn path_items_with_a_reference() {
    check(
        &document(
            "paths:\n  /a: {$ref: '#/paths/~1b'}\n  /b: {$ref: '#/paths/~1c', get: {responses: {}}}\n  /c: {$ref: 'c.yaml'}\n  /d: {GET: {}}\n",
        ),
        &[
            "SW0204 6:8 #/paths/~1c/$ref a path item with both a `$ref` and members of its own is not supported yet | the reference was ignored",
            "SW0301 6:14 #/paths/~1c/$ref there is no file `c.yaml` | the node was left out; correct the path; it is relative to the file that it stands in",
            "SW0203 7:8 #/paths/~1d/GET a path item has no field `GET` | it was ignored",
        ],
        &[
            r##"/paths {"/a": {"$ref": "#/paths/~1b"}, "/b": {"get": {"responses": {}}}, "/d": {}}"##,
        ],
    );
}
