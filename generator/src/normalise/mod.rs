//! From value trees to one document that `openapiv3` holds.
//!
//! First all files become one document (`bundle`), and Swagger 2.0 becomes OpenAPI 3.0 (`swagger`).
//! What each object must be stands in `objects` and `schema_objects` as data; `walk` compares
//! and repairs. A broken node is repaired or left out, with a diagnostic, never the whole document.
//! References are not resolved here, but each of them names a node of the one document then.

mod applicator;
mod bounds;
mod bundle;
mod conditional;
mod content;
mod default;
mod dialect;
mod encoding;
mod enumeration;
mod grammar;
mod keywords;
mod method;
mod objects;
mod origin;
mod parameter;
mod path;
mod reference;
mod response;
mod role;
mod scalar;
mod schema;
mod schema_objects;
mod security;
mod swagger;
mod tuple;
mod types;
mod version;
mod walk;
mod webhooks;
mod words;

pub use crate::beside::{OPERATIONS, QUERY};
use crate::diagnostic::{Diagnostics, Pointer};
use crate::parse::Document;
use crate::parse::trail::Trail;
pub(crate) use origin::Origins;
pub(crate) use scalar::whole;
use serde_json::Value;
use std::collections::BTreeMap;
use walk::Walker;

/// A tree of which every known node is what OpenAPI 3.0 says it must be; not yet in Rust types.
#[derive(Clone, Debug)]
pub struct Normalised {
    /// The tree.
    pub value: Value,
    pub(crate) origins: Origins,
    pub(crate) described: BTreeMap<Pointer, String>,
}

/// Makes one document of all files, and rewrites it to the dialect of `openapiv3`. `None`: an error
/// was reported.
pub fn normalise(document: Document, diagnostics: &mut Diagnostics) -> Option<Normalised> {
    let mut document = document;
    let version = version::detect(document.files.first_mut()?, diagnostics)?;
    let mut origins = Origins::default();
    let is_swagger = version == version::Version::V20;
    let (mut value, refusals) = bundle::bundle(document, is_swagger, &mut origins)?;
    let mut known = diagnostics.as_slice().len();
    if is_swagger {
        let (converted, layer) = swagger::convert(value, diagnostics);
        diagnostics.trace_back(known, |pointer| origins.before_walk(pointer));
        known = diagnostics.as_slice().len();
        value = converted;
        origins.rewritten(layer);
    }
    // The order of members means nothing in JSON, and nothing may depend on it.
    value.sort_all_objects();
    let modern = version == version::Version::V31;
    let mut walker = Walker::new(diagnostics, modern, content::shared(&value));
    walker.origins = origins;
    walker.refusals = refusals;
    let kept = walker.check(&mut value, &objects::ROOT, &Trail::Root(0));
    let described = std::mem::take(&mut walker.described);
    let origins = walker.into_origins();
    diagnostics.trace_back(known, |pointer| origins.before_walk(pointer));
    kept.then_some(Normalised {
        value,
        origins,
        described,
    })
}
