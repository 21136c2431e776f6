//! The HTTP runtime of generated crates, as an ordinary crate that can be tested, together with its
//! own text, which the generator copies.

#[cfg(test)]
#[expect(
    dead_code,
    reason = "what generated crates call is called here in part"
)]
mod contract;
pub mod runtime;
mod sources;
#[cfg(test)]
mod tests;

pub use sources::{CONTRACT, DEPENDENCIES, Dependency, FEATURES, Feature, Need, SOURCES, Source};
