//! What is known of one document after its run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What is known of one document after its run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The path below the folder.
    pub document: String,
    /// The name of the crate.
    pub crate_name: String,
    /// Bytes of the entry document.
    pub bytes: u64,
    /// How it ended.
    pub verdict: Verdict,
    /// Why, unless it is a crate.
    pub message: String,
    /// Operations that a client calls.
    pub operations: Share,
    /// Operations of webhooks and callbacks, which a client does not call.
    pub apart: usize,
    /// Schemas that say something, and those of them that became something better than free-form.
    pub places: Share,
    /// The same for what only webhooks and callbacks lead to.
    pub places_apart: Share,
    /// How often each code was reported.
    pub codes: BTreeMap<String, usize>,
    /// Lines of all files.
    pub lines: usize,
    /// CPU time of the generator, in milliseconds.
    pub cpu_ms: Option<f64>,
    /// The most memory that the generator had, in megabytes.
    pub peak_mb: Option<f64>,
    /// What keeps it from being a crate.
    pub errors: Vec<Spot>,
    /// Places that say something and are free-form, or nothing at all.
    pub untyped: Vec<Spot>,
    /// Places that the generator says it has widened.
    pub widened: Vec<Spot>,
    /// What the compiler says, when it was asked.
    pub compiled: Option<Compiled>,
    /// What became of the values that the document gives, when that was asked for.
    pub examples: Option<Examples>,
}

/// What the compiler says of a crate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Compiled {
    /// Neither errors nor warnings.
    pub good: bool,
    /// Warnings.
    pub warnings: usize,
    /// CPU time of `cargo check`, in seconds, with the dependencies compiled before.
    pub cpu_s: Option<f64>,
    /// The most memory that one process had, in megabytes: the compiler's.
    pub peak_mb: Option<f64>,
    /// The first messages.
    pub messages: Vec<String>,
}

/// What became of the values that a document gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Examples {
    /// Values that are valid for their schemas.
    pub valid: usize,
    /// Those of them that came through their types.
    pub survived: usize,
    /// Values that are not valid, and do not count.
    pub invalid: usize,
    /// Values that did not come through.
    pub lost: Vec<Loss>,
    /// Why there is no test, or why it did not run.
    pub message: String,
}

/// A value that did not come through its type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// The type.
    pub rust: String,
    /// The place of the value.
    pub pointer: String,
    /// How it differs, or why it was not decoded.
    pub reason: String,
}

/// How the run of a document ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// With a crate.
    Generated,
    /// With errors in the document.
    #[default]
    Refused,
    /// With a panic.
    Panicked,
    /// With a signal: a stack overflow, or memory that there was not.
    Crashed,
    /// Not at all within the time.
    Timeout,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// So many,
    pub done: usize,
    /// of so many.
    pub total: usize,
}

/// A place in a document, and what is to be said about it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// The file, as it is shown.
    pub file: String,
    /// The JSON pointer.
    pub pointer: String,
    /// The line, from one.
    pub line: Option<usize>,
    /// The column, from one.
    pub column: Option<usize>,
    /// What is to be said.
    pub reason: String,
}

impl Row {
    /// The row of a run that did not live to write its own.
    pub(super) fn of_failure(verdict: Verdict, message: String) -> Self {
        Self {
            verdict,
            message,
            ..Self::default()
        }
    }

    /// Whether an operation is missing, or a value was lost.
    pub(super) fn is_incomplete(&self) -> bool {
        let examples = self.examples.as_ref();
        self.operations.done < self.operations.total
            || examples.is_some_and(|examples| examples.survived < examples.valid)
    }

    /// Whether it is no crate, or none that compiles.
    pub(super) fn is_failure(&self) -> bool {
        let compiled = self.compiled.as_ref();
        let examples = self.examples.as_ref();
        self.verdict != Verdict::Generated
            || compiled.is_some_and(|compiled| !compiled.good)
            || examples.is_some_and(|examples| !examples.message.is_empty())
    }
}

impl Share {
    /// Per cent; nothing of nothing is everything.
    #[expect(clippy::cast_precision_loss, reason = "counts of things in a document")]
    pub(super) fn per_cent(self) -> f64 {
        if self.total == 0 {
            100.0
        } else {
            self.done as f64 * 100.0 / self.total as f64
        }
    }
}

impl std::ops::AddAssign for Share {
    fn add_assign(&mut self, other: Self) {
        self.done += other.done;
        self.total += other.total;
    }
}
