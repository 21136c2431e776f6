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
use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::parse::Document;
use crate::parse::trail::Trail;
use openapiv3::OpenAPI;
use origin::Origins;
pub(crate) use scalar::whole;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;
use walk::Walker;

/// A tree of which every known node is what OpenAPI 3.0 says it must be; not yet in Rust types.
#[derive(Clone, Debug)]
pub struct Normalised {
    value: Value,
    origins: Origins,
    described: BTreeMap<Pointer, String>,
}

/// A document that `openapiv3` holds, valid by construction. References are not resolved yet.
///
/// A node stands at the pointer where it stood in the text, with these exceptions:
/// - a node of another file, or one that something refers to deep inside of another, became a
///   component, and what Swagger 2.0 has elsewhere stands where OpenAPI 3.0 has it;
/// - an item of a list moves up when one before it was left out, and a path gets its slash when it
///   has none: [`Spec::origin`] leads back from all of these;
/// - an alternative beside null, and the places of a tuple, stand where OpenAPI 3.0 has them:
///   [`Spec::origin`] knows that too;
/// - a schema `{$ref, description, …}` became `{allOf: [{$ref}], description, …}`, and a list of types
///   of OpenAPI 3.1 became the union that 3.0 knows: such a node has no place in the text, but its
///   parent has.
///
/// Members are in alphabetical order, lists in the order of the text.
/// Examples, links, callbacks, and extensions other than those of schemas and of the root are gone.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The document.
    pub api: OpenAPI,
    /// The same document as a tree: a reference may lead to any node of it.
    pub value: Value,
    origins: Origins,
    described: BTreeMap<Pointer, String>,
}

impl Spec {
    /// What a reference to something else than a schema says of what it leads to.
    #[must_use]
    pub fn described(&self, reference: &Pointer) -> Option<&str> {
        if self.described.is_empty() {
            return None;
        }
        let described = self.described.get(&self.origins.in_walk(reference));
        described.map(String::as_str)
    }

    /// The pointer into the text of a node of the document.
    #[must_use]
    pub fn origin(&self, pointer: &Pointer) -> Pointer {
        self.origins.of(pointer)
    }

    /// The pointers into the text of all nodes that became this node of the document.
    #[must_use]
    pub fn all_origins(&self, pointer: &Pointer) -> Vec<Pointer> {
        self.origins.all_of(pointer)
    }
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

/// Puts the tree into the types of `openapiv3`. `None`: an error was reported.
pub fn deserialize(normalised: Normalised, diagnostics: &mut Diagnostics) -> Option<Spec> {
    let Normalised {
        value,
        origins,
        described,
    } = normalised;
    match OpenAPI::deserialize(&value) {
        Ok(api) => Some(Spec {
            api,
            value,
            origins,
            described,
        }),
        Err(error) => {
            let message = format!("the document cannot be held: {error}");
            diagnostics
                .report(Code::Unreadable, Pointer::root(), message)
                .help("this is a defect of the generator; please report it with the document");
            None
        }
    }
}
