//! The tasks of this repository, as a library, so that a test can run them too.

pub mod problem;
pub mod render;
mod visible;
