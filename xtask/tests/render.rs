//! How problems look.

use specwright::Severity;
use xtask::problem::{Problem, Source};
use xtask::render::{self, Detail};

fn plain(problems: &[Problem], detail: Detail) -> String {
    anstream::adapter::strip_str(&render::problems(problems, detail)).to_string()
}

fn warning(message: &str, code: &'static str) -> Problem {
    Problem {
        severity: Severity::Warning,
        code: Some(code),
        ..Problem::error(message)
    }
}

#[test]
fn a_problem_with_everything() {
    let source = Source::new(
        "openapi/axiom.yaml",
        "openapi: 3.0.3\ncomponents:\n  schemas:\n    Anything: {}\n    Other:\n      type: object\n      x: y\n",
    );
    let problem = warning("a schema says nothing", "SW0401")
        .at(&source, Some(52..54))
        .label("any value")
        .related(&source, 59..64, "the other one, over several lines")
        .help("it became `serde_json::Value`\nadd a `type`");
    insta::assert_snapshot!(plain(&[problem], Detail::Short));
}

#[test]
fn a_value_over_several_lines_is_marked_on_its_first() {
    let source = Source::new("api.yaml", "a:\r\n  b: 1\r\n  c: 2\r\n");
    let problem = warning("message", "SW0203")
        .at(&source, Some(0..20))
        .label("label");
    insta::assert_snapshot!(plain(&[problem], Detail::Short));
}

#[test]
fn without_a_place() {
    let source = Source::new("big.yaml", "");
    let problems = [
        Problem::error("no crate is configured").help("add a `[[crate]]`"),
        Problem::error("the file is larger than 128 MiB")
            .at(&source, None)
            .help("split it"),
        Problem::error("unexpected end")
            .at(&source, Some(0..1))
            .label("here"),
    ];
    insta::assert_snapshot!(plain(&problems, Detail::Short));
}

#[test]
fn a_minified_document_is_cut() {
    let text = format!(
        r#"{{"pad":"{}","type":"strnig","more":"{}"}}"#,
        "é".repeat(400_000),
        "x".repeat(4_000_000)
    );
    let at = text.find("\"strnig\"").unwrap_or_default();
    let source = Source::new("api.json", text);
    let problem = warning("unknown type `strnig`", "SW0203")
        .at(&source, Some(at..at + 8))
        .label("taken for any value");
    insta::assert_snapshot!(plain(&[problem], Detail::Short));
}

#[test]
fn a_value_of_megabytes_is_cut() {
    let source = Source::new("api.json", "x".repeat(4_000_000));
    let problem = warning("message", "SW0203")
        .at(&source, Some(0..4_000_000))
        .label("label");
    insta::assert_snapshot!(plain(&[problem], Detail::Short));
}

#[test]
fn controls_of_the_document_are_shown_as_escapes() {
    let source = Source::new("api\u{202e}.yaml", "name: \u{202e}gnirts\u{1b}[2J\n");
    let problem = warning("unknown type `\u{1b}[31m`\nerror: forged", "SW0203")
        .at(&source, Some(6..15))
        .label("\u{9b}31m")
        .help("\u{1b}]0;title\u{7}");
    let styled = render::problems(std::slice::from_ref(&problem), Detail::Short);
    assert!(
        !styled.contains("\u{1b}[2J") && !styled.contains('\u{202e}') && !styled.contains('\u{9b}')
    );
    insta::assert_snapshot!(plain(&[problem], Detail::Short));
}

#[test]
fn many_of_a_kind_are_shortened() {
    let source = Source::new("api.yaml", "a: 1\nb: 2\n");
    let many = |number: usize| -> Vec<Problem> {
        (0..number)
            .map(|index| warning(&format!("number {index}"), "SW0401").at(&source, Some(5..6)))
            .collect()
    };
    assert!(plain(&many(10), Detail::Short).contains("number 9"));
    assert!(!plain(&many(40), Detail::Short).contains("number 39"));
    assert!(plain(&many(40), Detail::Full).contains("number 39"));
    insta::assert_snapshot!(plain(&many(17), Detail::Short));
    assert_eq!(
        render::summary(&many(2)).as_deref(),
        Some("2 warnings, 0 errors")
    );
    assert_eq!(render::summary(&[]), None);
}
