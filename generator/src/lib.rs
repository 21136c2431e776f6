//! From an OpenAPI document to the files of a Rust crate.
//!
//! A pure core: texts in, texts out. No file, clock, environment or process is touched here; the
//! shell around it (`cargo xtask codegen`) loads the document, and writes or compares the files.

pub mod diagnostic;
pub mod emit;
pub mod format;
pub mod model;
pub mod source;

pub use diagnostic::{Code, Diagnostic, Diagnostics, Place, Pointer, Severity};
pub use source::{SourceFile, SourceSet};
