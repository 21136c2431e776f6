//! The tasks of this repository, as a library, so that a test can run them too.

pub mod codegen;
mod console;
pub mod contract;
pub mod corpus;
mod examples;
pub mod explain;
pub mod mutate;
pub mod problem;
pub mod render;
mod root;
mod survey;
mod visible;

use std::process::ExitCode;

/// How a task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Done, or in sync.
    Done,
    /// Something is not in sync.
    Drift,
    /// An error in a document, the configuration, the command line or the files.
    Failed,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::Drift => Self::from(1),
            Exit::Failed => Self::from(2),
        }
    }
}
