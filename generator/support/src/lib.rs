//! The HTTP runtime of generated crates.
