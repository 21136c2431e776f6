//! Texts that want memory, time or stack. Each is refused or cut, with a place, in no time.

use super::{check, check_file, read};
use specwright::locate::Locator;
use specwright::{Code, Place, Pointer};

const DEEP: &str = "the document is nested more than 128 levels deep | give the inner part a name under `components` and refer to it";

#[test]
fn deep_nesting_is_refused() {
    let many = 100_000;
    check_file(
        "a.json",
        &"[".repeat(many),
        &[&format!("SW0102 1:128 @127 {DEEP}")],
        &[],
    );
    check_file(
        "a.json",
        &"{\"a\":".repeat(many),
        &[&format!("SW0102 1:636 @635 {DEEP}")],
        &[],
    );
    check(
        &"- ".repeat(many),
        &[&format!("SW0102 1:257 @256 {DEEP}")],
        &[],
    );
    check(
        &format!("a: {}", "[".repeat(many)),
        &[&format!("SW0102 1:4100 @4099 {DEEP}")],
        &[],
    );
    check(
        &format!("a: {}", "{a: ".repeat(1000)),
        &[&format!("SW0102 1:512 @511 {DEEP}")],
        &[],
    );
}

#[test]
fn deep_texts_are_located_without_recursion() {
    for text in [
        "[".repeat(100_000),
        "- ".repeat(100_000),
        "? ".repeat(100_000),
    ] {
        let place = Place::Value(Pointer {
            file: 0,
            path: "/0".repeat(100_000),
        });
        assert!(Locator::new(&text).span(&place).is_some());
    }
}

#[test]
fn aliases_may_not_multiply() {
    let refused = "the document holds more values than can be read safely | leave out what the client does not need; YAML aliases inside aliases multiply";
    let mut nested = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    let mut merged = String::from("a0: &a0 {x: 1}\n");
    for level in 1..40 {
        let inner = vec![format!("*a{}", level - 1); 9].join(", ");
        nested += &format!("a{level}: &a{level} [{inner}]\n");
        merged += &format!("a{level}: &a{level} {{<<: [{inner}]}}\n");
    }
    check(&nested, &[&format!("SW0102 1:1 @0 {refused}")], &[]);
    check(&merged, &[&format!("SW0102 1:1 @0 {refused}")], &[]);
    let long = format!(
        "a: &a {}\nb:\n{}",
        "x".repeat(1_000_000),
        "- *a\n".repeat(1_000)
    );
    check(&long, &[&format!("SW0102 1:4 @3 {refused}")], &[]);
    check("a: &a [*a]\n", &[&format!("SW0102 1:4 @3 {DEEP}")], &[]);
    // The locator follows merge keys too, and meets each mapping once.
    let place = Place::Value(Pointer::root().child("a39").child("y"));
    let span = Locator::new(&merged).span(&place);
    assert_eq!(span.map(|span| &merged[span]), Some("a39"));
}

#[test]
fn schemas_inside_schemas_leave_stack_for_others() {
    for (open, close) in [
        ("{\"items\":", "}"),
        ("{\"allOf\":[", "]}"),
        ("{\"additionalProperties\":", "}"),
    ] {
        let schema = format!("{}{{}}{}", open.repeat(50), close.repeat(50));
        let text = format!(
            r#"{{"openapi":"3.0.3","info":{{"title":"t","version":"1"}},"paths":{{"/a":{{"get":{{"responses":{{"200":{{"description":"","headers":{{"h":{{"content":{{"a/b":{{"schema":{schema}}}}}}}}}}}}}}}}}}}}}"#
        );
        let (read, diagnostics) = read("a.json", &text);
        assert!(read.is_some());
        let codes: Vec<Code> = diagnostics
            .as_slice()
            .iter()
            .map(|found| found.code)
            .collect();
        assert_eq!(codes, [Code::Widened], "{open}");
    }
}

#[test]
fn references_from_content_do_not_lead_in_circles() {
    check(
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {}\ncomponents:\n  requestBodies:\n    B:\n      content: {a/b: {$ref: '#/components/mediaTypes/M'}}\n  mediaTypes:\n    M: {encoding: {e: {headers: {h: {content: {a/b: {$ref: '#/components/mediaTypes/M'}}}}}}}\n",
        &[
            "SW0301 7:17 #/components/requestBodies/B/content/a~1b/encoding/e/headers/h/content/a~1b/$ref the reference leads to no media type | any body is accepted here",
        ],
        &[],
    );
}

#[test]
fn control_characters_are_refused_where_the_syntax_says_so() {
    check(
        "a: \"b\0c\"\n",
        &["SW0101 1:6 @5 the document is not valid YAML: control characters are not allowed | "],
        &[],
    );
    check_file(
        "a.json",
        "{\"a\": \"b\0c\"}",
        &[
            "SW0101 1:9 @8 the document is not valid JSON: control character (\\u0000-\\u001F) found while parsing a string | ",
        ],
        &[],
    );
}

#[test]
fn a_text_beyond_the_limit_is_not_read() {
    check(
        &" ".repeat((64 << 20) + 1),
        &[
            "SW0102 1:1 @file the document is longer than 64 MB | split it, or leave out what the client does not need",
        ],
        &[],
    );
}

#[test]
fn what_holds_others_is_no_node_to_refer_to() {
    // Each used to be looked through as if it were a response, and grew with every round.
    for (target, reference) in [
        ("#", "#"),
        ("#/components", "#/components"),
        ("#/components/responses", "#/components/responses"),
        ("#/paths", "#/paths"),
        ("#/paths/~1a/get", "openapi.yaml#/paths/~1a/get"),
    ] {
        check(
            &format!(
                "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\npaths:\n  /a:\n    get:\n      responses:\n        '200': {{$ref: '#/components/responses/B'}}\n        '501': {{$ref: '{reference}'}}\ncomponents:\n  responses:\n    B: {{description: b, headers: {{h: {{$ref: '#/components/headers/H'}}}}}}\n  headers:\n    H: {{schema: {{type: string}}}}\n"
            ),
            &[&format!(
                "SW0301 8:23 #/paths/~1a/get/responses/501/$ref `{target}` is a part of the document that holds others | the node was left out; refer to one of the nodes inside of it"
            )],
            &[
                r##"/paths/~1a/get/responses/200 {"$ref": "#/components/responses/B"}"##,
                "/paths/~1a/get/responses/501 nothing",
                r##"/components/responses/B/headers/h {"$ref": "#/components/headers/H"}"##,
            ],
        );
    }
}
