//! The runtime's own files: copied, not generated.

use crate::format::HEADER;
use crate::model::Needs;
use std::collections::BTreeMap;

/// Ends a line of `runtime/mod.rs` that is there for `Base64` only.
const OPTIONAL_BASE64: &str = "// optional: base64";

/// The files below `src/runtime`, with the header, by path. `sources` are names and texts of the
/// runtime's modules.
#[must_use]
pub fn runtime(sources: &[(&str, &str)], needs: Needs) -> BTreeMap<String, String> {
    sources
        .iter()
        .filter(|(name, _)| needs.base64 || *name != "base64.rs")
        .map(|(name, text)| (format!("src/runtime/{name}"), copy(text, needs)))
        .collect()
}

/// One file: the header, and the text without the lines that are not needed.
fn copy(text: &str, needs: Needs) -> String {
    let lines = text
        .lines()
        .filter(|line| needs.base64 || !line.trim_end().ends_with(OPTIONAL_BASE64))
        .flat_map(|line| [line, "\n"]);
    [HEADER, "\n"].into_iter().chain(lines).collect()
}
