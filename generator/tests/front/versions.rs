//! The objects of OpenAPI 3.1 and 3.2 but schemas: what becomes of them.

use super::{check, read};
use specwright::Pointer;

#[test]
fn methods_without_a_field() {
    check(
        "openapi: 3.2.0\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    query: {responses: {}, tags: 5}\n    additionalOperations:\n      COPY: {responses: {}}\n      Get: {responses: {}}\n      'a b': {responses: {}}\n",
        &[
            "SW0203 5:34 #/paths/~1a/query/tags `tags` must be a list, not the number 5 | it was left out",
            "SW0203 8:7 #/paths/~1a/additionalOperations/Get `Get` is not an additional method | it was left out; write it as `get` of the path item",
            "SW0203 9:7 #/paths/~1a/additionalOperations/a b `a b` is not an additional method | it was left out; a method is a word, such as `COPY`",
        ],
        &[
            r#"/paths/~1a {"x-specwright:query": {"responses": {}}, "x-specwright:operations": {"COPY": {"responses": {}}}}"#,
        ],
    );
}

#[test]
fn streams_of_items() {
    check(
        "openapi: 3.2.0\ninfo: {title: t, version: '1'}\ncomponents:\n  responses:\n    A:\n      summary: s\n      content:\n        application/jsonl: {itemSchema: {type: string}, itemEncoding: 5}\n",
        &[],
        &[
            r#"/components/responses/A {"content": {"application/jsonl": {"schema": {"type": "array", "items": {"type": "string"}}, "x-specwright:stream": true}}, "description": "s"}"#,
        ],
    );
}

#[test]
fn bodies_of_webhooks_become_components() {
    for key in ["webhooks", "x-webhooks"] {
        check(
            &format!(
                "openapi: 3.1.0\ninfo: {{title: t, version: '1', summary: s}}\n{key}:\n  new pet:\n    post: {{requestBody: {{content: {{application/json: {{schema: {{type: object}}}}}}}}}}\n"
            ),
            &[],
            &[
                r#"/components/schemas {"new petBody": {"type": "object"}}"#,
                "/x-specwright:webhooks 1",
                "/webhooks nothing",
                r#"/info/description "s""#,
            ],
        );
    }
}

#[test]
fn references_describe_what_they_lead_to() {
    let (read, diagnostics) = read(
        "openapi.yaml",
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      parameters: [5, {$ref: '#/components/parameters/P', description: d, required: true}]\n",
    );
    let said: Vec<_> = diagnostics
        .as_slice()
        .iter()
        .map(|one| &*one.message)
        .collect();
    assert_eq!(
        said,
        [
            "item 0 must be a parameter (an object), not the number 5",
            "`required` has no effect beside `$ref`"
        ]
    );
    let spec = read.expect("the document is usable").spec;
    let parameters = Pointer::root()
        .child("paths")
        .child("/a")
        .child("get")
        .child("parameters");
    assert_eq!(spec.described(&parameters.child(0)), Some("d"));
}

#[test]
fn words_of_tags_and_servers() {
    check(
        "openapi: 3.2.0\n$self: a\njsonSchemaDialect: b\ninfo: {title: t, version: '1'}\nservers: [{url: /, name: n}]\ntags: [{name: a, summary: s, description: d, parent: b, kind: nav}]\n",
        &[],
        &[
            r#"/tags [{"name": "a", "description": "s\n\nd\n\nPart of `b`."}]"#,
            r#"/servers [{"url": "/", "description": "n"}]"#,
        ],
    );
}
