//! From pointers to bytes, in JSON and in YAML.

use specwright::locate::Locator;
use specwright::{Place, Pointer};

/// Compares the text of keys and values: `pointer key | value` each, with `line:` before both.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let locator = Locator::new(text);
    let show = |place: Place| {
        let span = locator.span(&place).expect("every place has a span");
        format!(
            "{}:{}",
            text[..span.start].matches('\n').count() + 1,
            &text[span]
        )
    };
    for expected in expected {
        let path = expected
            .split(' ')
            .next()
            .unwrap_or_default()
            .trim_matches('.')
            .to_owned();
        let pointer = Pointer { file: 0, path };
        let (key, value) = (
            show(Place::Key(pointer.clone())),
            show(Place::Value(pointer.clone())),
        );
        assert_eq!(&format!(".{} {key} | {value}", pointer.path), expected);
    }
}

#[test]
fn json() {
    check(
        "{\n  \"a\": {\"b/c\": [1, \"two\", {\"~d\": null}]},\n  \"e\": true\n}",
        &[
            ". 1:{ | 1:{",
            "./a 2:\"a\" | 2:\"a\"",
            "./a/b~1c 2:\"b/c\" | 2:\"b/c\"",
            "./a/b~1c/0 2:1 | 2:1",
            "./a/b~1c/1 2:\"two\" | 2:\"two\"",
            "./a/b~1c/2 2:{ | 2:{",
            "./a/b~1c/2/~0d 2:\"~d\" | 2:null",
            "./e 3:\"e\" | 3:true",
        ],
    );
}

#[test]
fn json_that_yaml_would_not_write() {
    check(
        "{\"\\ud83d\\ude00\":\"\\ud83d\\ude00 x\",\n\t\"a\"\t:\"b\\/c\", \"é\":\"ü\"}",
        &["./a 2:\"a\" | 2:\"b\\/c\"", "./é 2:\"é\" | 2:\"ü\""],
    );
}

#[test]
fn yaml() {
    check(
        "a:\n  b:\n  - c: 1\n    d: x y # not this\n  - - 'e'\n    - \"f\"\n200: {g: [h, {i: }]}\n",
        &[
            ". 1:a | 1:a",
            "./a 1:a | 1:a",
            "./a/b 2:b | 2:b",
            "./a/b/0 3:c | 3:c",
            "./a/b/0/c 3:c | 3:1",
            "./a/b/0/d 4:d | 4:x y",
            "./a/b/1/0 5:'e' | 5:'e'",
            "./a/b/1/1 6:\"f\" | 6:\"f\"",
            "./200 7:200 | 7:200",
            "./200/g/0 7:h | 7:h",
            "./200/g/1 7:{ | 7:{",
            "./200/g/1/i 7:i | 7:i",
        ],
    );
}

#[test]
fn texts_of_several_lines_are_cut_at_the_first() {
    check(
        "a: \"one\n  two\"\nb: one  \n  two\r\nc: |\n  one\n  two\nd: >-\n  one\ne: ü\r\nf: g\r\n",
        &[
            "./a 1:a | 1:\"one",
            "./b 3:b | 3:one",
            "./e 10:e | 10:ü",
            "./f 11:f | 11:g",
        ],
    );
}

#[test]
fn aliases_and_merge_keys_lead_to_what_they_stand_for() {
    check(
        "x: &x {a: 1, b: 2}\ny: *x\nz:\n  <<: [{b: 3}, *x]\n  c: 4\nself: &s [*s]\n",
        &[
            "./y 2:y | 2:*x",
            "./y/a 1:a | 1:1",
            "./z/a 1:a | 1:1",
            "./z/b 4:b | 4:3",
            "./z/c 5:c | 5:4",
            "./self/0/0 6:*s | 6:*s",
        ],
    );
}

#[test]
fn what_is_not_there_is_near_something_that_is() {
    check(
        "a:\n  b: [c]\n",
        &[
            "./a/b/7/x 2:b | 2:b",
            "./a/x/y 1:a | 1:a",
            "./x 1:a | 1:a",
            "./a/b/0/x 2:c | 2:c",
        ],
    );
    check("", &[". 1: | 1:", "./a 1: | 1:"]);
    check("a: 1\nb: [1\nc: }", &["./a 1:a | 1:1", "./b/0 2:b | 2:b"]);
}

#[test]
fn lines_may_be_indented_less_than_yaml_wants() {
    check(
        "a:\n  b: {\n    c: [\n      1\n  ]\n}\n  d: \"\n\n one\ntwo \\\" \"\n  e: 'f\r\n''g\r\n'\nh: {\r\n}\ni: j\n",
        &[
            "./a/b/c/0 4:1 | 4:1",
            "./a/d 7:d | 7:\"",
            "./a/e 11:e | 11:'f",
            "./i 16:i | 16:j",
        ],
    );
}

#[test]
fn the_last_of_equal_keys_is_the_one() {
    check("a: 1\nb: 2\na: 3\n", &["./a 3:a | 3:3"]);
}

#[test]
fn byte_order_marks_and_characters_count_as_bytes() {
    let text = "\u{feff}é: ü\na: ä\n";
    let locator = Locator::new(text);
    let value = |path: &str| {
        locator.span(&Place::Value(Pointer {
            file: 0,
            path: path.to_owned(),
        }))
    };
    assert_eq!(value("/é").map(|span| &text[span]), Some("ü"));
    assert_eq!(value("/a").map(|span| &text[span]), Some("ä"));
    let offset = |offset| locator.span(&Place::Offset { file: 0, offset });
    assert_eq!(offset(4), Some(3..5));
    assert_eq!(offset(1000), Some(text.len()..text.len()));
    let long = format!("{}\na: b\n", "# ü".repeat(2000));
    let span = Locator::new(&long).span(&Place::Value(Pointer::root().child("a")));
    assert_eq!(span.map(|span| &long[span]), Some("b"));
}
