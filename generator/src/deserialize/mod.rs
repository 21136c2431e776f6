//! From one tree to the types of `openapiv3`.
//!
//! `openapiv3` can do that itself, through `serde`. It tells its variants apart by copying what is below a
//! node, at every node, which was a tenth of a whole run; here a tree is read once. The leaves, which are
//! few, are left to it, and a test holds the rest against what it makes of the same tree.

mod additional;
mod deep;
mod members;
mod objects;
mod schema;

pub(crate) use additional::Additional;
pub(crate) use deep::{DeepReferences, component_name, local_pointer};

use crate::beside;
use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::digest::digest;
use crate::normalise::{Normalised, Origins};
use members::Held;
use openapiv3::{OpenAPI, ReferenceOr};
use serde_json::Value;
use std::collections::BTreeMap;

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
#[derive(Debug)]
pub struct Spec {
    /// The document.
    pub api: OpenAPI,
    /// What its references lead to beside components.
    pub(crate) deep: DeepReferences,
    /// Its operations that `openapiv3` has no room for.
    pub(crate) additional: Additional,
    /// Tells versions of the document apart.
    pub(crate) digest: String,
    /// How many operations its webhooks have.
    pub(crate) webhooks: usize,
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

    /// Where the nodes stood in the text, without the document.
    pub(crate) fn into_origins(self) -> Origins {
        self.origins
    }
}

/// Puts the tree into the types of `openapiv3`. `None`: an error was reported.
///
/// The tree is as large as these, and gone when this returns: what is needed later is asked of it here.
pub fn deserialize(normalised: Normalised, diagnostics: &mut Diagnostics) -> Option<Spec> {
    let Normalised {
        value,
        origins,
        described,
    } = normalised;
    match objects::document(&value) {
        Ok(api) => Some(Spec {
            api,
            deep: DeepReferences::collect(&value),
            additional: Additional::collect(&value),
            digest: digest(&value),
            webhooks: webhooks(&value),
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

fn webhooks(document: &Value) -> usize {
    let count = document.get(beside::WEBHOOKS).and_then(Value::as_u64);
    count
        .and_then(|count| usize::try_from(count).ok())
        .unwrap_or(0)
}

/// Reads a reference, or what may stand in its place.
pub(crate) fn referable<T>(
    item: impl Fn(&Value) -> Held<T>,
) -> impl Fn(&Value) -> Held<ReferenceOr<T>> {
    move |value| match value.get("$ref").and_then(Value::as_str) {
        Some(reference) => Ok(ReferenceOr::Reference {
            reference: reference.to_owned(),
        }),
        None => item(value).map(ReferenceOr::Item),
    }
}
