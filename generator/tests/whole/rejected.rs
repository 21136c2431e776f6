//! One bad document per diagnostic code: what is said, and where.
//!
//! The comments of a document say what is expected: `# Code:`, and a line `# Said:` for each problem,
//! in the order in which they are found. `# Option:` lines are for what only the configuration can get
//! wrong.

use crate::case::{Case, configured};
use specwright::Code;

/// Defects of the generator itself, which no document is known to cause.
const DEFECTS: &[Code] = &[Code::Unreadable, Code::Internal];

#[test]
fn problems() {
    let mut wrong = String::new();
    for case in Case::all("rejected") {
        let outcome = case.run(&configured(&case));
        let problems = outcome.diagnostics.as_slice();
        let said: Vec<_> = problems
            .iter()
            .map(|problem| case.describe(problem))
            .collect();
        let expected = case.said("Said");
        if said != expected {
            wrong += &format!("{}:\n", case.name);
            for line in &said {
                wrong += &format!("# Said: {line}\n");
            }
        }
        let code = case.said("Code").join(" ");
        assert!(
            problems.iter().any(|problem| problem.code.as_str() == code),
            "{} does not show {code}",
            case.name
        );
        for problem in problems {
            assert_eq!(problem.severity, problem.code.severity(), "{}", case.name);
            assert!(!problem.message.ends_with('.'), "{}", problem.message);
        }
        assert_eq!(
            outcome.files.is_none(),
            outcome.diagnostics.has_errors(),
            "{}: an error is what forbids output",
            case.name
        );
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_code_has_a_case() {
    let cases = Case::all("rejected");
    let covered: Vec<_> = cases.iter().flat_map(|case| case.said("Code")).collect();
    let exempt = |code: &Code| DEFECTS.contains(code);
    for code in Code::ALL.iter().filter(|code| !exempt(code)) {
        assert!(
            covered.contains(&code.as_str()),
            "no document in tests/rejected shows {} ({code:?})",
            code.as_str()
        );
    }
}
