//! The runtime's own files: copied, not generated.

use super::manifest::is_needed;
use crate::format::{FileSet, HEADER};
use crate::model::Needs;
use specwright_support::{Need, SOURCES, Source};

/// What ends a line of `runtime/mod.rs` that is there for one need only.
const OPTIONAL: [(Need, &str); 12] = [
    (Need::Base64, "// optional: base64"),
    (Need::Defaults, "// optional: defaults"),
    (Need::Forms, "// optional: forms"),
    (Need::Jiff, "// optional: jiff"),
    (Need::Multipart, "// optional: multipart"),
    (Need::OAuth2, "// optional: oauth2"),
    (Need::OrEmpty, "// optional: or_empty"),
    (Need::Pages, "// optional: pages"),
    (Need::Pattern, "// optional: pattern"),
    (Need::Streams, "// optional: streams"),
    (Need::StringOr, "// optional: string_or"),
    (Need::Validate, "// optional: validate"),
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
    let is_kept = |line: &&str| {
        OPTIONAL
            .iter()
            .all(|(need, mark)| is_needed(*need, needs) || !line.trim_end().ends_with(mark))
    };
    let lines = text.lines().filter(is_kept).flat_map(|line| [line, "\n"]);
    [HEADER, "\n"].into_iter().chain(lines).collect()
}
