//! The only place that makes identifiers: words → case → keyword → unique in scope.
//!
//! Components are named first, so that an inline type never takes a component's name; then inline
//! types, each for the thing that it stands in.

mod reserved;
mod scope;
mod words;

pub(crate) use scope::{Role, Scope};
pub(crate) use words::words;

use proc_macro2::Ident;

/// The segments of a path to a type, such as `rust_decimal::Decimal`; nothing for anything else.
pub(crate) fn path(text: &str) -> Option<Vec<Ident>> {
    let segments: Option<Vec<Ident>> = text
        .trim_start_matches("::")
        .split("::")
        .map(|segment| syn::parse_str(segment).ok())
        .collect();
    segments.filter(|segments| segments.len() > 1)
}
