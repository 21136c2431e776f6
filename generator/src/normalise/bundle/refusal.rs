//! References that are not followed, and why.
//!
//! They are reported by the walk, which knows what becomes of the node: until then, the text of the
//! reference is an address of our own.

use crate::diagnostic::Code;

/// The scheme of the address.
const SCHEME: &str = "x-refused:";

/// Why a reference is not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Refusal {
    /// It names something in the network.
    Remote,
    /// It names a file outside the folder of the entry document.
    Outside,
    /// There is no such file.
    File(String),
    /// There is no such node in the file.
    Node {
        /// Its pointer.
        path: String,
        /// The file.
        file: String,
    },
    /// No schema has this anchor.
    Anchor(String),
    /// What stands at this pointer holds what can be referred to, and is nothing of the kind itself.
    Structure(String),
    /// What stands at this pointer is of another kind.
    Role(String),
}

/// The text that stands for the refusal with this index.
pub(super) fn address(index: usize) -> String {
    format!("{SCHEME}{index}")
}

/// The index in such a text.
pub(in super::super) fn index(text: &str) -> Option<usize> {
    text.strip_prefix(SCHEME)?.parse().ok()
}

impl Refusal {
    /// The code, the message, the label, and what to do.
    pub(in super::super) fn words(&self) -> (Code, String, &'static str, &'static str) {
        match self {
            Self::Remote => (
                Code::ExternalReference,
                String::from("references to the network are not followed"),
                "leads out of the folder of the document",
                "save the other document beside this one and refer to it there",
            ),
            Self::Outside => (
                Code::ExternalReference,
                String::from("only files in the folder of the document, or below, are read"),
                "leads out of the folder of the document",
                "move the file there, or generate from a document further up",
            ),
            Self::File(path) => (
                Code::DanglingReference,
                format!("there is no file `{}`", path.escape_debug()),
                "names a file that was not found",
                "correct the path; it is relative to the file that it stands in",
            ),
            Self::Node { path, file } => (
                Code::DanglingReference,
                format!(
                    "there is no `{}` in `{}`",
                    path.escape_debug(),
                    file.escape_debug()
                ),
                "leads nowhere",
                "define it there, or correct the reference",
            ),
            Self::Anchor(name) => (
                Code::DanglingReference,
                format!("no schema has the anchor `{}`", name.escape_debug()),
                "leads nowhere",
                "define it, or correct the reference",
            ),
            Self::Structure(path) => (
                Code::DanglingReference,
                format!(
                    "`#{}` is a part of the document that holds others",
                    path.escape_debug()
                ),
                "leads to nothing that can stand here",
                "refer to one of the nodes inside of it",
            ),
            Self::Role(path) => (
                Code::DanglingReference,
                format!(
                    "what stands at `#{}` is of another kind",
                    path.escape_debug()
                ),
                "leads to nothing that can stand here",
                "refer to something of the kind that is expected here",
            ),
        }
    }
}
