//! The runtime's own files: copied, not generated.

use super::manifest::is_needed;
use crate::format::{FileSet, HEADER};
use crate::model::Needs;
use specwright_support::{Need, SOURCES, Source};

/// What ends the lines of `runtime/mod.rs` that are there for one need only.
const OPTIONAL: [(&str, Need); 4] = [
    ("// optional: base64", Need::Base64),
    ("// optional: defaults", Need::Defaults),
    ("// optional: pattern", Need::Pattern),
    ("// optional: validate", Need::Validate),
];

/// The files below `src/runtime`, header included.
#[must_use]
pub fn runtime(needs: Needs) -> FileSet {
    SOURCES
        .iter()
        .filter(|source| is_needed(source.need, needs))
        .map(
            |Source {
                 file,
                 text,
                 need: _,
             }| (format!("src/runtime/{file}"), copy(text, needs)),
        )
        .collect()
}

/// One file: the header, and the text without the lines that are not needed.
fn copy(text: &str, needs: Needs) -> String {
    let unneeded: Vec<_> = OPTIONAL
        .iter()
        .filter(|(_, need)| !is_needed(*need, needs))
        .map(|(mark, _)| *mark)
        .collect();
    let is_unneeded = |line: &str| unneeded.iter().any(|mark| line.trim_end().ends_with(mark));
    let lines = text
        .lines()
        .filter(|line| !is_unneeded(line))
        .flat_map(|line| [line, "\n"]);
    [HEADER, "\n"].into_iter().chain(lines).collect()
}
