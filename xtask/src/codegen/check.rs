//! Drift: what the folder of a crate holds, against what generation would put there.
//!
//! Bytes are compared. A checkout that turned line ends into CRLF is drift too, but is called by
//! its name instead of being shown as a difference in every line.

use std::fmt;
use std::fmt::Write as _;
use std::time::Duration;

use annotate_snippets::renderer::{
    DEFAULT_ADDITION_STYLE, DEFAULT_EMPHASIS_STYLE, DEFAULT_REMOVAL_STYLE,
};
use anstyle::Style;
use similar::{ChangeTag, TextDiff};

use super::plan::{Change, Plan};
use crate::problem::Problem;
use crate::render::{Detail, counted};
use crate::visible;

/// So many lines of the difference of a stale file are shown,
const LINES: usize = 60;
/// and so many of a file that is missing or orphaned.
const LINES_OF_WHOLE: usize = 12;
/// A difference of large files that takes longer is approximated.
const PATIENCE: Duration = Duration::from_secs(1);

/// One file that is not as generation would have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// The file, relative to the root of the workspace, with `/`.
    pub path: String,
    /// What is wrong with it.
    pub kind: DriftKind,
}

/// What is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DriftKind {
    /// It holds something else.
    Stale {
        /// What it holds.
        before: Vec<u8>,
        /// What it should hold.
        after: String,
    },
    /// It is not there.
    Missing {
        /// What it should hold.
        after: String,
    },
    /// It carries our header, and nothing generates it.
    Orphaned {
        /// What it holds.
        before: Vec<u8>,
    },
    /// It is a hand-written manifest that lacks something.
    Manifest {
        /// What it lacks.
        message: String,
        /// The lines to add.
        lines: String,
    },
}

/// Every drift that a plan would repair.
pub(super) fn drifts(plan: &Plan, shown: impl Fn(&str) -> String) -> Vec<Drift> {
    let drift = |(path, change): (&String, &Change)| {
        let kind = match change {
            Change::Unchanged => return None,
            Change::Create { after } => DriftKind::Missing {
                after: after.clone(),
            },
            Change::Update { before, after } => DriftKind::Stale {
                before: before.clone(),
                after: after.clone(),
            },
            Change::Delete { before } => DriftKind::Orphaned {
                before: before.clone(),
            },
        };
        Some(Drift {
            path: shown(path),
            kind,
        })
    };
    plan.changes.iter().filter_map(drift).collect()
}

impl Drift {
    /// What a manifest lacks, which no plan repairs.
    pub(super) fn manifest(problem: Problem, path: String) -> Self {
        let lines = problem.help;
        Self {
            path,
            kind: DriftKind::Manifest {
                message: problem.message,
                lines,
            },
        }
    }

    /// `stale`, `missing`, `orphaned`, or `incomplete`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self.kind {
            DriftKind::Stale { .. } => "stale",
            DriftKind::Missing { .. } => "missing",
            DriftKind::Orphaned { .. } => "orphaned",
            DriftKind::Manifest { .. } => "incomplete",
        }
    }

    /// The file, and how it differs, with styles.
    #[must_use]
    pub fn render(&self, detail: Detail) -> String {
        let bold = DEFAULT_EMPHASIS_STYLE;
        let path = visible::line(&self.path);
        let mut output = format!("{bold}{}: {path}{bold:#}\n", self.word());
        let limit = |lines| {
            if detail == Detail::Full {
                usize::MAX
            } else {
                lines
            }
        };
        match &self.kind {
            DriftKind::Stale { before, after } => {
                let before = String::from_utf8_lossy(before);
                if before.replace("\r\n", "\n") == *after {
                    output.push_str(
                        "  only the line ends differ: the file has CRLF, the generator writes LF\n  \
                         (`* text eol=lf` in .gitattributes keeps them)\n",
                    );
                } else {
                    diff(&mut output, &path, [&before, after], limit(LINES));
                }
            }
            DriftKind::Missing { after } => {
                diff(&mut output, &path, ["", after], limit(LINES_OF_WHOLE));
            }
            DriftKind::Orphaned { before } => {
                let before = String::from_utf8_lossy(before);
                diff(&mut output, &path, [&before, ""], limit(LINES_OF_WHOLE));
            }
            DriftKind::Manifest { message, lines } => {
                // Writing to a `String` cannot fail.
                let _ = writeln!(output, "  {}, add", visible::line(message));
                for line in visible::lines(lines).lines() {
                    let _ = writeln!(output, "    {line}");
                }
            }
        }
        output
    }
}

impl fmt::Display for Drift {
    /// The file, and how it differs, as plain text.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        anstream::adapter::strip_str(&self.render(Detail::Short)).fmt(formatter)
    }
}

/// `1 stale, 2 missing`.
pub(super) fn summary(drifts: &[Drift]) -> String {
    let count = |word| drifts.iter().filter(|drift| drift.word() == word).count();
    let words = ["stale", "missing", "orphaned", "incomplete"].map(|word| (count(word), word));
    let words = words.iter().filter(|(count, _)| *count > 0);
    words
        .map(|(count, word)| format!("{count} {word}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// A unified diff of at most `limit` lines.
fn diff(output: &mut String, path: &str, [before, after]: [&str; 2], limit: usize) {
    let diff = TextDiff::configure()
        .timeout(PATIENCE)
        .diff_lines(before, after);
    let mut lines = Vec::new();
    for hunk in diff.unified_diff().iter_hunks() {
        lines.push((Style::new(), hunk.header().to_string()));
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Equal => (' ', Style::new()),
                ChangeTag::Delete => ('-', DEFAULT_REMOVAL_STYLE),
                ChangeTag::Insert => ('+', DEFAULT_ADDITION_STYLE),
            };
            let text = change.value();
            let text = text.strip_suffix('\n').unwrap_or(text);
            lines.push((style, format!("{sign}{}", visible::line(text))));
            if change.missing_newline() {
                lines.push((Style::new(), "\\ no line end".to_owned()));
            }
        }
    }
    // Writing to a `String` cannot fail.
    let _ = writeln!(output, "--- {path}\n+++ {path} (generated)");
    for (style, line) in lines.iter().take(limit) {
        let _ = writeln!(output, "{style}{line}{style:#}");
    }
    if let Some(hidden) = lines.len().checked_sub(limit).filter(|hidden| *hidden > 0) {
        let _ = writeln!(
            output,
            "… {} not shown; `--verbose` shows all",
            counted(hidden, "line")
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{Drift, drifts, summary};
    use crate::codegen::plan::{Change, Plan};
    use crate::problem::Problem;
    use crate::render::Detail;

    #[test]
    fn how_it_looks() {
        let head = "// @generated by specwright. Do not edit.\n";
        let text = |lines: &[&str]| format!("{head}{}", lines.concat());
        let numbered: Vec<_> = (0..100).map(|number| format!("line {number}\n")).collect();
        let changed: Vec<_> = (0..100).map(|number| format!("row {number}\n")).collect();
        let change = |before: String, after: String| Change::Update {
            before: before.into(),
            after,
        };
        let changes = [
            (
                "src/edited.rs",
                change(
                    text(&["a\n", "b\u{202e}\n", "c"]),
                    text(&["a\n", "d\n", "c\n"]),
                ),
            ),
            (
                "src/crlf.rs",
                change(text(&["a\n"]).replace('\n', "\r\n"), text(&["a\n"])),
            ),
            ("src/long.rs", change(numbered.concat(), changed.concat())),
            (
                "src/missing.rs",
                Change::Create {
                    after: text(&["a\n"]),
                },
            ),
            (
                "src/old.rs",
                Change::Delete {
                    before: text(&["a\n"]).into(),
                },
            ),
            ("src/same.rs", Change::Unchanged),
        ];
        let changes = changes.map(|(path, change)| (path.to_owned(), change));
        let plan = Plan {
            changes: changes.into_iter().collect(),
        };
        let mut drifts = drifts(&plan, |path| format!("generated/{path}"));
        let lack = Problem::error("the generated code needs the dependency `uuid`: it is missing");
        let lack = lack.help("[dependencies]\nuuid.workspace = true");
        drifts.push(Drift::manifest(lack, "generated/Cargo.toml".to_owned()));
        let rendered: Vec<_> = drifts.iter().map(ToString::to_string).collect();
        insta::assert_snapshot!(format!("{}\n{}", rendered.join("\n"), summary(&drifts)));
        assert!(drifts[2].render(Detail::Full).contains("row 99"));
    }
}
