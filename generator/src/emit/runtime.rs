//! The runtime's own files: copied, not generated.

use super::manifest::is_needed;
use crate::format::{FileSet, HEADER};
use crate::model::Needs;
use specwright_support::{Need, SOURCES, Source};

/// Ends a line of `runtime/mod.rs` that is there for `Base64` only.
const OPTIONAL_BASE64: &str = "// optional: base64";

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
    let base64 = is_needed(Need::Base64, needs);
    let lines = text
        .lines()
        .filter(|line| base64 || !line.trim_end().ends_with(OPTIONAL_BASE64))
        .flat_map(|line| [line, "\n"]);
    [HEADER, "\n"].into_iter().chain(lines).collect()
}
