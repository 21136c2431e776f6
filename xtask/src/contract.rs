//! `cargo xtask contract`: a document's client, held against the document.
//!
//! A crate is generated into a folder, with a test that calls every operation. What is expected is made
//! here, from the normalised document, by another path than the client's code.

mod bodies;
mod cases;
mod document;
mod responses;
mod run;
mod sample;
mod schema;
mod security;
mod text;

use specwright::contract::{Calls, Operation};
use specwright::{Outcome, SourceSet};

use document::Document;

pub use run::{Arguments, run};

/// The cases as text; nothing where there is no operation.
pub(crate) fn text(
    sources: &SourceSet,
    outcome: &Outcome,
    only: &dyn Fn(&Operation) -> bool,
    pretty: bool,
) -> Option<String> {
    let Calls { operations, .. } = &outcome.calls;
    if operations.is_empty() {
        return None;
    }
    let document = Document::read(sources)?;
    let mut cases = cases::cases(&document, sources, &outcome.calls, only);
    cases.sort_all_objects();
    if pretty {
        serde_json::to_string_pretty(&cases).ok()
    } else {
        Some(cases.to_string())
    }
}

#[cfg(test)]
mod tests;
