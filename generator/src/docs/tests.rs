use super::{code, markdown};

fn check(text: &str, expected: &[&str]) {
    assert_eq!(markdown(text), expected, "{text:?}");
}

#[test]
fn prose_is_kept() {
    check("Name of the token", &["Name of the token"]);
    check("One.\n\n\nTwo.\n", &["One.", "", "Two."]);
    check("- a\n- b", &["- a", "- b"]);
    check("`a` and **b**, *c*.", &["`a` and **b**, *c*."]);
    check(
        "| a | b |\n|---|---|\n| 1 | 2 |",
        &["| a | b |", "|---|---|", "| 1 | 2 |"],
    );
    check("1. a\n   - b", &["1. a", "   - b"]);
}

#[test]
fn code_never_becomes_a_doctest() {
    check("```rust\npanic!()\n```", &["````text", "panic!()", "````"]);
    check("~~~\npanic!()\n~~~", &["````text", "panic!()", "````"]);
    check("    panic!()", &["panic!()"]);
    check("a\n\n\tpanic!()", &["a", "", "panic!()"]);
    check("-      panic!()", &["- panic!()"]);
    check(">     panic!()", &["> panic!()"]);
    check("- ```\n  panic!()", &["- \\`\\`\\`", "panic!()"]);
    check("> ~~~rust", &["> \\~\\~\\~rust"]);
    check("```\nnever closed", &["````text", "never closed", "````"]);
    check("```\na ````` b\n```", &["````text", "a ``` `` b", "````"]);
    check("    - ```rust", &["   - \\`\\`\\`rust"]);
    check("1.      panic!()", &["1. panic!()"]);
    check("```a``` b", &["``a`` b"]);
}

#[test]
fn html_links_and_brackets() {
    check(
        "<script>alert(1)</script>",
        &["\\<script>alert(1)\\</script>"],
    );
    check(
        "[x] and [`Y`] and [a](b)",
        &["\\[x\\] and \\[`Y`\\] and \\[a\\](b)"],
    );
    check(
        "[a](https://example.com/x)",
        &["[a](<https://example.com/x>)"],
    );
    check(
        "[a](javascript:alert(1))",
        &["\\[a\\](javascript:alert(1))"],
    );
    check(
        "see https://example.com/a.",
        &["see <https://example.com/a>."],
    );
    check("<https://example.com>", &["<https://example.com>"]);
    check(
        "![a](https://example.com/x.png)",
        &["\\![a](<https://example.com/x.png>)"],
    );
    check(
        "[x]: https://example.com",
        &["\\[x\\]: <https://example.com>"],
    );
    check("a `b", &["a \\`b"]);
    check("a ~~b~~", &["a \\~\\~b\\~\\~"]);
}

#[test]
fn control_characters() {
    check("a\rb", &["a", "b"]);
    check("a\0b\u{202e}c", &["a\u{fffd}b\u{fffd}c"]);
    check("a */ b", &["a */ b"]);
}

#[test]
fn long_lines_are_broken_between_words() {
    let text = "word ".repeat(40);
    let lines = markdown(&text);
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line.len() <= 96));
    let text = format!("{} - not a list", "word ".repeat(19).trim());
    assert_eq!(markdown(&text).len(), 2);
    assert!(!markdown(&text)[1].starts_with('-'));
}

#[test]
fn code_spans() {
    for (text, expected) in [
        ("a", "`a`"),
        ("a`b", "`` a`b ``"),
        ("a\nb", "`a b`"),
        ("", "`\"\"`"),
    ] {
        assert_eq!(code(text), expected, "{text:?}");
    }
}
