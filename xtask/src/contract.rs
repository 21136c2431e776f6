//! `cargo xtask contract`: a document's client, held against the document.
//!
//! A crate is generated into a folder, with a test that calls every operation. What is expected is made
//! here, from the normalised document, by another path than the client's code.

mod cases;
mod document;
mod responses;
mod run;
mod sample;
mod schema;
mod security;
mod text;

use specwright::contract::{self, Calls, Operation};
use specwright::{FileSet, Options, Outcome, SourceSet};

use document::Document;

pub use run::{Arguments, run};

/// Adds the test to the files of a crate.
pub(crate) fn add(files: &mut FileSet, sources: &SourceSet, options: &Options) {
    let options = Options {
        places: true,
        ..options.clone()
    };
    let outcome = specwright::generate(sources, &options, &mut |_| ());
    if let Some(text) = text(sources, &outcome, &|_| true, true) {
        files.extend(contract::files(&options.crate_name, &outcome.calls, &text));
    }
}

/// The cases as text; nothing where there is no operation.
fn text(
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
