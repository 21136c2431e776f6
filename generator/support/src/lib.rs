//! The HTTP runtime of generated crates, as an ordinary crate that can be tested, together with its
//! own text, which the generator copies.

pub mod runtime;
mod sources;
#[cfg(test)]
mod tests;

pub use sources::{DEPENDENCIES, Dependency, FEATURES, Feature, Need, SOURCES, Source};
