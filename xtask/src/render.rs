//! Problems as text for people, in the manner of rustc.
//!
//! The text is always styled; whoever prints it strips the styles where they cannot be shown
//! (`anstream` does so for pipes and for `NO_COLOR`).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use annotate_snippets::renderer::{DEFAULT_ERROR_STYLE, DEFAULT_WARNING_STYLE};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Padding, Renderer, Snippet};
use specwright::Severity;

use crate::problem::{Location, Position, Problem};
use crate::visible;

/// Up to this many problems of one code are all shown in full.
const PATIENCE: usize = 10;
/// Of more than that, so many are shown in full,
const IN_FULL: usize = 3;
/// so many on one line each, and the rest is counted.
const IN_BRIEF: usize = 12;

/// Whether all problems are shown in full, or many of a kind are shortened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// Many of a kind are shortened.
    Short,
    /// Everything.
    Full,
}

/// All problems, in their order, each followed by an empty line.
#[must_use]
pub fn problems(problems: &[Problem], detail: Detail) -> String {
    let mut totals = BTreeMap::<_, usize>::new();
    for problem in problems {
        *totals.entry(kind(problem)).or_default() += 1;
    }
    let mut seen = BTreeMap::<_, usize>::new();
    let mut output = String::new();
    for problem in problems {
        let total = totals.get(&kind(problem)).copied().unwrap_or_default();
        let number = seen.entry(kind(problem)).or_default();
        *number += 1;
        let shortened = detail == Detail::Short && problem.code.is_some() && total > PATIENCE;
        if !shortened || *number <= IN_FULL {
            output.push_str(&full(problem));
            output.push_str("\n\n");
        } else if *number <= IN_FULL + IN_BRIEF {
            output.push_str(&brief(problem));
            output.push('\n');
        }
        if shortened && *number == total {
            output.push_str(&rest(problem, total));
        }
    }
    output
}

/// `2 warnings, 1 error`; nothing when there is neither.
#[must_use]
pub fn summary(problems: &[Problem]) -> Option<String> {
    if problems.is_empty() {
        return None;
    }
    let errors = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .count();
    let warnings = problems.len() - errors;
    Some(format!(
        "{}, {}",
        counted(warnings, "warning"),
        counted(errors, "error")
    ))
}

/// `1 file`, `2 files`.
#[must_use]
pub fn counted(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// Problems of one kind are shortened together.
fn kind(problem: &Problem) -> (Severity, Option<&'static str>) {
    (problem.severity, problem.code)
}

fn full(problem: &Problem) -> String {
    let mut title = level(problem.severity).primary_title(visible::line(&problem.message));
    if let Some(code) = problem.code {
        title = title.id(code);
    }
    let mut groups = vec![Group::with_title(title)];
    let severity = problem.severity;
    if let Some(location) = &problem.location {
        let label = &problem.label;
        place(
            &mut groups,
            severity,
            location,
            AnnotationKind::Primary,
            label,
        );
    }
    for (location, label) in &problem.related {
        place(
            &mut groups,
            severity,
            location,
            AnnotationKind::Context,
            label,
        );
    }
    if !problem.help.is_empty() {
        let padding = problem.location.is_some().then_some(Padding);
        let help = Level::HELP.message(visible::lines(&problem.help));
        if let Some(last) = groups.pop() {
            groups.push(last.elements(padding).element(help));
        }
    }
    Renderer::styled().render(&groups)
}

/// `--> path:line:column`, and the line with its mark when there is one.
fn place(
    groups: &mut Vec<Group<'_>>,
    severity: Severity,
    location: &Location,
    kind: AnnotationKind,
    label: &str,
) {
    let Some(last) = groups.pop() else { return };
    let path = visible::line(&location.source.path);
    let Some((position, span)) = location.position().zip(location.span.clone()) else {
        groups.push(last.element(Origin::path(path)));
        return;
    };
    let (line, start) = location.source.line(span.start);
    let from = span.start - start;
    // Of a value over many lines only the first is shown: it says which one is meant.
    let to = span
        .end
        .saturating_sub(start)
        .clamp(from, line.trim_end().len().max(from));
    let window = visible::window(line, from..to);
    let shown_column = window.text[..window.span.start].chars().count() + 1;
    let label = (!label.is_empty()).then(|| visible::line(label));
    let snippet = Snippet::source(window.text)
        .line_start(position.line)
        .annotation(kind.span(window.span).label(label));
    if shown_column == position.column {
        groups.push(last.element(snippet.path(path)));
    } else {
        // The renderer would count the column in what is left of the line, so the place goes first.
        let origin = Origin::path(path)
            .line(position.line)
            .char_column(position.column);
        groups.push(last.element(origin));
        groups.push(Group::with_level(level(severity)).element(snippet));
    }
}

/// `path:line:column: warning[code]: message`
fn brief(problem: &Problem) -> String {
    let place = problem.location.as_ref().map(|location| {
        let path = visible::line(&location.source.path);
        match location.position() {
            Some(Position { line, column }) => format!("{path}:{line}:{column}: "),
            None => format!("{path}: "),
        }
    });
    let (style, name) = match problem.severity {
        Severity::Warning => (DEFAULT_WARNING_STYLE, "warning"),
        Severity::Error => (DEFAULT_ERROR_STYLE, "error"),
    };
    format!(
        "{}{style}{name}[{}]{style:#}: {}",
        place.unwrap_or_default(),
        problem.code.unwrap_or_default(),
        visible::line(&problem.message),
    )
}

/// How many are not shown, behind the last of a kind.
fn rest(problem: &Problem, total: usize) -> String {
    let mut output = String::new();
    if let Some(hidden) = total
        .checked_sub(IN_FULL + IN_BRIEF)
        .filter(|hidden| *hidden > 0)
    {
        let code = problem.code.unwrap_or_default();
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            output,
            "… and {hidden} more {code}; `--verbose` shows all of them in full"
        );
    }
    output.push('\n');
    output
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    }
}
