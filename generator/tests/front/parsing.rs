//! Both syntaxes, and what a text may do wrong before it means anything.

use super::{check, check_file};

const REST: &str = "info: {title: t, version: '1'}\npaths: {}\n";

#[test]
fn json_and_yaml_are_told_apart_by_what_they_are() {
    let json = r#"{"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {}}"#;
    check_file("openapi.json", json, &[], &["/info/title \"t\""]);
    check_file("openapi.yaml", json, &[], &["/info/title \"t\""]);
    check_file(
        "openapi.json",
        &format!("openapi: 3.0.3\n{REST}"),
        &[],
        &["/info/title \"t\""],
    );
    let flow = "{openapi: 3.0.3, info: {title: t, version: '1'}, paths: {}}";
    check_file("openapi.yaml", flow, &[], &["/info/title \"t\""]);
    check_file("openapi", flow, &[], &["/info/title \"t\""]);
}

#[test]
fn json_may_be_indented_with_tabs_and_escape_what_it_likes() {
    let json = "{\n\t\"openapi\": \"3.0.3\",\n\t\"info\": {\"title\": \"\\ud83d\\ude00\", \"version\": 1},\n\t\"paths\": {}\n}";
    check_file(
        "openapi.json",
        json,
        &[
            "SW0203 3:47 #/info/version `version` must be a string, not the number 1 | it was read as the string \"1\"",
        ],
        &["/info/title \"😀\"", "/info/version \"1\""],
    );
}

#[test]
fn broken_json_is_explained_by_its_own_parser() {
    check_file(
        "openapi.json",
        "{\n  \"é\": 1,\n}",
        &["SW0101 3:1 @13 the document is not valid JSON: trailing comma | "],
        &[],
    );
    check_file(
        "openapi.json",
        "{\"a\": ",
        &["SW0101 1:6 @5 the document is not valid JSON: EOF while parsing a value | "],
        &[],
    );
    // Neither JSON nor YAML, and it does not say which it wants to be.
    check_file(
        "openapi",
        "{\"a\": [}",
        &["SW0101 1:8 @7 the document is not valid JSON: expected value | "],
        &[],
    );
}

#[test]
fn broken_yaml_is_explained_by_its_own_parser() {
    check(
        "é: x\na: b: c\n",
        &[
            "SW0101 2:5 @10 the document is not valid YAML: mapping values are not allowed in this context | ",
        ],
        &[],
    );
    check(
        "a:\n\tb: 1\n",
        &[
            "SW0101 2:1 @3 the document is not valid YAML: found character that cannot start any token, while scanning for the next token | ",
        ],
        &[],
    );
    check(
        "a: *b\n",
        &["SW0101 1:4 @3 the document is not valid YAML: unknown anchor | "],
        &[],
    );
    check(
        "? [a]\n: b\n",
        &[
            "SW0101 1:3 @2 the document is not valid YAML: invalid type: sequence, expected a key that is a single word | ",
        ],
        &[],
    );
}

#[test]
fn nothing_is_not_a_document() {
    for text in ["", " \n", "# nothing\n", "---\n", "null\n", "\u{feff}"] {
        check(text, &["SW0101 1:1 @file the document is empty | "], &[]);
    }
}

#[test]
fn keys_need_not_be_strings() {
    check(
        "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get:\n      responses:\n        200: {description: d}\nx-keys: {true: 1, 1.5: 2, ~: 3, -7: 4, 18446744073709551616: 5, !tag k: 6}\n",
        &[],
        &[
            "/paths/~1a/get/responses/200/description \"d\"",
            r#"/x-keys {"true": 1, "1.5": 2, "null": 3, "-7": 4, "18446744073709551616": 5, "k": 6}"#,
        ],
    );
}

#[test]
fn merge_keys_add_what_is_not_there() {
    check(
        &format!(
            "openapi: 3.0.3\n{REST}x-a: &a {{p: 1, q: 1}}\nx-b: &b {{q: 2, r: 2}}\nx-c:\n  q: 3\n  <<: [*a, *b]\nx-d: {{<<: *b}}\nx-e: {{<<: no mapping}}\n"
        ),
        &[],
        &[
            r#"/x-c {"q": 3, "p": 1, "r": 2}"#,
            r#"/x-d {"q": 2, "r": 2}"#,
            r#"/x-e {"<<": "no mapping"}"#,
        ],
    );
    let json = r#"{"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {}, "x-a": {"<<": {"a": 1}}}"#;
    check_file("openapi.json", json, &[], &[r#"/x-a {"<<": {"a": 1}}"#]);
}

#[test]
fn of_duplicate_keys_the_last_one_counts() {
    check(
        &format!("openapi: 3.0.3\n{REST}x-a:\n  b/c: 1\n  d: 2\n  b/c: 3\n"),
        &[
            "SW0103 7:3 #/x-a/b~1c the key `b/c` stands twice in one mapping | the last one counts; remove the others",
        ],
        &[r#"/x-a {"b/c": 3, "d": 2}"#],
    );
}

#[test]
fn numbers_are_kept_as_far_as_json_has_them() {
    check(
        &format!(
            "openapi: 3.0.3\n{REST}x-n: [18446744073709551615, -9223372036854775808, 18446744073709551616, 1.5, 0x10, .nan, -.inf, no, 2024-01-01]\n"
        ),
        &[
            "SW0203 4:84 #/x-n/5 item 5 is not a number that JSON can hold | it was read as null",
            "SW0203 4:90 #/x-n/6 item 6 is not a number that JSON can hold | it was read as null",
        ],
        &[
            r#"/x-n [18446744073709551615, -9223372036854775808, 1.8446744073709552e19, 1.5, 16, null, null, "no", "2024-01-01"]"#,
        ],
    );
}

#[test]
fn tags_say_nothing() {
    check(
        "openapi: !version 3.0.3\ninfo: !info {title: !!str t, version: !!str 1}\npaths: !!map {}\n",
        &[],
        &[r#"/info {"title": "t", "version": "1"}"#],
    );
}

#[test]
fn line_ends_and_byte_order_marks_do_not_matter() {
    let text = format!("openapi: 3.0.3\n{REST}x-a: é\ntags: 5\n");
    for (text, place) in [
        (text.clone(), "5:7"),
        (text.replace('\n', "\r\n"), "5:7"),
        (format!("\u{feff}{text}"), "5:7"),
        (text.replace('\n', "\r"), "1:70"),
    ] {
        check(
            &text,
            &[&format!(
                "SW0203 {place} #/tags `tags` must be a list, not the number 5 | it was left out"
            )],
            &["/x-a \"é\"", "/tags nothing"],
        );
    }
}

#[test]
fn only_the_first_of_several_documents_is_read() {
    check(
        &format!("openapi: 3.0.3\n{REST}---\nopenapi: 3.0.0\n"),
        &["SW0203 1:1 @file the file holds more than one document | only the first one is read"],
        &["/openapi \"3.0.3\""],
    );
}

#[test]
fn what_follows_a_document_must_be_one() {
    check(
        "{openapi: 3.0.3},\n",
        &[
            "SW0101 1:17 @16 the document is not valid YAML: did not find expected <document start> | ",
        ],
        &[],
    );
}

#[test]
fn the_version_decides() {
    let help =
        "an OpenAPI document begins with a line such as `openapi: 3.0.3` or `swagger: '2.0'`";
    for (version, said) in [
        ("openapi: 3.0.99", String::new()),
        ("openapi: '3.0'", String::new()),
        (
            "openapi: 3.0",
            String::from(
                "SW0203 1:10 #/openapi `openapi` must be a string, not the number 3.0 | it was read as the string \"3.0\"",
            ),
        ),
        ("openapi: 3.1.1", String::new()),
        ("openapi: 3.2.0", String::new()),
        (
            "openapi: 4.0.0",
            format!("SW0201 1:10 #/openapi OpenAPI 4.0.0 is not a version that is read | {help}"),
        ),
        (
            "openapi: [3]",
            format!("SW0201 1:1 #/openapi OpenAPI [3] is not a version that is read | {help}"),
        ),
        (
            "swagger: '1.2'",
            format!("SW0201 1:10 #/swagger OpenAPI 1.2 is not a version that is read | {help}"),
        ),
        ("swagger: '2.0'", String::new()),
        ("swagger: 2.0", String::new()),
        ("swagger: 2", String::new()),
        ("swagger: 2.0.0", String::new()),
        (
            "swagger: 3.0.0",
            String::from(
                "SW0203 1:1 #/swagger version 3.0.0 is said with `openapi`, not with `swagger` | it was read as `openapi: 3.0.0`",
            ),
        ),
        (
            "openapi: '2.0'",
            String::from(
                "SW0203 1:1 #/openapi version 2.0 is said with `swagger`, not with `openapi` | it was read as `swagger: 2.0`",
            ),
        ),
        (
            "swagger: '2.0'\nopenapi: 3.0.3",
            String::from(
                "SW0203 1:1 #/swagger the document says two versions | it was read as `openapi: 3.0.3`",
            ),
        ),
        (
            "version: 3",
            format!(
                "SW0201 1:1 # the document does not say which version of OpenAPI it follows | {help}"
            ),
        ),
    ] {
        let said: Vec<&str> = Some(said.as_str())
            .filter(|said| !said.is_empty())
            .into_iter()
            .collect();
        check(&format!("{version}\n{REST}"), &said, &[]);
    }
    check(
        "<html>",
        &[&format!(
            "SW0201 1:1 # the document is not an object with an `openapi` version | {help}"
        )],
        &[],
    );
}

#[test]
fn words_and_numbers_are_those_of_yaml_1_2() {
    check(
        &format!(
            "openapi: 3.0.3\n{REST}x-a: {{on: yes, off: no, y: n, e: 1e3, f: -1.5E-2, o: 0o17, d: 12e0, t: True, n: ~}}\n"
        ),
        &[],
        &[
            r#"/x-a {"on": "yes", "off": "no", "y": "n", "e": 1000.0, "f": -0.015, "o": 15, "d": 12.0, "t": true, "n": null}"#,
        ],
    );
}
