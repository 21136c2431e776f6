//! One document, and what must be true of the generator whatever is in it.

use specwright::locate::Locator;
use specwright::{Options, Outcome, Severity, SourceFile, SourceSet};

use crate::codegen::on_large_stack;

/// How a document ended that did no harm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// As a crate.
    Generated,
    /// With errors that say where.
    Refused,
}

/// Runs the generator over a text.
///
/// # Errors
///
/// What must never be: a panic, a refusal without a place, or files that are not Rust.
pub fn trial(path: &str, text: &str) -> Result<Found, String> {
    let sources = SourceSet {
        files: vec![SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
        }],
    };
    let options = Options {
        crate_name: "mutant".to_owned(),
        ..Options::default()
    };
    let judged = on_large_stack(|| {
        let outcome = specwright::generate(&sources, &options, &mut |_| ());
        judge(&outcome, text)
    });
    judged.unwrap_or_else(|problems| {
        let words: Vec<_> = problems
            .into_iter()
            .map(|problem| problem.message)
            .collect();
        Err(words.join("\n"))
    })
}

fn judge(outcome: &Outcome, text: &str) -> Result<Found, String> {
    let Some(files) = &outcome.files else {
        let locator = Locator::new(text);
        let diagnostics = outcome.diagnostics.as_slice().iter();
        let mut errors = diagnostics
            .filter(|diagnostic| diagnostic.severity == Severity::Error)
            .peekable();
        if errors.peek().is_none() {
            return Err("it was refused without an error".to_owned());
        }
        return match errors.find(|error| locator.span(&error.place).is_none()) {
            Some(error) => Err(format!("an error has no place: {}", error.message)),
            None => Ok(Found::Refused),
        };
    };
    for (path, text) in files {
        let rust = path.ends_with(".rs") && !path.starts_with("src/runtime/");
        if let Some(error) = rust.then(|| syn::parse_file(text).err()).flatten() {
            return Err(format!("{path} is not Rust: {error}"));
        }
    }
    Ok(Found::Generated)
}
