//! From value trees to one document that `openapiv3` holds.
//!
//! What each object must be stands in `objects` and `schema_objects` as data; `walk` compares
//! and repairs. A broken node is repaired or left out, with a diagnostic, never the whole document.
//! References are not resolved here.

mod content;
mod enumeration;
mod grammar;
mod keywords;
mod objects;
mod origin;
mod parameter;
mod path;
mod reference;
mod response;
mod scalar;
mod schema;
mod schema_objects;
mod security;
mod version;
mod walk;

use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::parse::Document;
use crate::parse::trail::Trail;
use openapiv3::OpenAPI;
use origin::Origins;
pub(crate) use scalar::whole;
use serde::Deserialize;
use serde_json::Value;
use walk::Walker;

/// A tree of which every known node is what OpenAPI 3.0 says it must be; not yet in Rust types.
#[derive(Clone, Debug)]
pub struct Normalised {
    value: Value,
    origins: Origins,
}

/// A document that `openapiv3` holds, valid by construction. References are not resolved yet.
///
/// A node stands at the pointer where it stood in the text, with these exceptions:
/// - an item of a list moves up when one before it was left out, and a path gets its slash when it
///   has none: [`Spec::origin`] leads back;
/// - a schema `{$ref, description, …}` became `{allOf: [{$ref}], description, …}`, and a nullable
///   union or a list of types of OpenAPI 3.1 became the union that 3.0 knows: such a node has no
///   place in the text, but its parent has.
///
/// `paths` and `components` are in alphabetical order, everything else is in the order of the text.
/// Examples, links, callbacks, and extensions other than those of schemas and of the root are gone.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The document.
    pub api: OpenAPI,
    /// The same document as a tree: a reference may lead to any node of it.
    pub value: Value,
    origins: Origins,
}

impl Spec {
    /// The pointer into the text of a node of the document.
    #[must_use]
    pub fn origin(&self, pointer: &Pointer) -> Pointer {
        self.origins.of(pointer)
    }
}

/// Rewrites the entry document to the dialect of `openapiv3`. `None`: an error was reported.
pub fn normalise(document: Document, diagnostics: &mut Diagnostics) -> Option<Normalised> {
    let mut value = document.files.into_iter().next()?;
    let version = version::detect(&value, diagnostics)?;
    let modern = version == version::Version::V31;
    let mut walker = Walker::new(diagnostics, modern, content::shared(&value));
    let kept = walker.check(&mut value, &objects::ROOT, &Trail::Root(0));
    let origins = walker.into_origins();
    kept.then_some(Normalised { value, origins })
}

/// Puts the tree into the types of `openapiv3`. `None`: an error was reported.
pub fn deserialize(normalised: Normalised, diagnostics: &mut Diagnostics) -> Option<Spec> {
    let Normalised { value, origins } = normalised;
    match OpenAPI::deserialize(&value) {
        Ok(api) => Some(Spec {
            api,
            value,
            origins,
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
