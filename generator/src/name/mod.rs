//! The only place that makes identifiers: words → case → keyword → unique in scope.
//!
//! Components are named first, so that an inline type never takes a component's name; then inline
//! types, each for the thing that it stands in.

mod scope;
mod words;

pub(crate) use scope::{Role, Scope};
pub(crate) use words::words;
