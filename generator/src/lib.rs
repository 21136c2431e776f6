//! From an OpenAPI document to the files of a Rust crate.
//!
//! A pure core: texts in, texts out. No file, clock, environment or process is touched here; the
//! shell around it (`cargo xtask codegen`) loads the document, and writes or compares the files.
//! [`generate`] runs all stages; each stage is a function from the previous stage's type to the
//! next.

mod analyse;
mod beside;
mod circular;
mod compose;
mod constants;
pub mod contract;
mod deduplicate;
pub mod deserialize;
pub mod diagnostic;
mod digest;
mod docs;
pub mod emit;
pub mod examples;
pub mod format;
mod generate;
pub mod ir;
pub mod locate;
mod lower;
pub mod media;
pub mod model;
mod name;
pub mod normalise;
pub mod options;
pub mod pagination;
pub mod parse;
pub mod source;
mod token;
mod uri;

pub use diagnostic::{Code, Diagnostic, Diagnostics, Place, Pointer, Severity};
pub use generate::{
    Dependency, FileSet, HEADER_MARK, Outcome, Report, Stage, TypedPlace, generate,
};
pub use options::{
    ClosedEnums, Defaults, Environment, EnvironmentCredential, EnvironmentUrl, Idempotency,
    Options, PaginationRule,
};
pub use source::{SourceFile, SourceSet, Wanted};
pub use specwright_support::{FEATURES, Feature};
pub use token::is_token;
