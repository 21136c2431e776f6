//! What became of each schema of the document, noted on request: for figures and for tests.
//!
//! A place is the pointer of a schema. The notes are taken where every schema passes, so that a new
//! construct needs nothing here; a schema that nobody asked for is not among them.

use super::Lowering;
use super::facets::{Facets, JsonType, SchemaRef};
use super::merge::Part;
use crate::diagnostic::Pointer;
use crate::ir::{Kind, Scalar, Use};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// How many schemas stand inside each other that have no type of their own.
const DEPTH: usize = 64;

/// The notes, when somebody wants them.
#[derive(Debug, Default)]
pub(super) struct Places {
    notes: Option<BTreeMap<Pointer, Use>>,
    /// Schemas that have no type of their own, and the schema whose type says what they say.
    within: BTreeMap<Pointer, Pointer>,
}

impl Places {
    /// Takes notes if they are wanted.
    pub fn new(wanted: bool) -> Self {
        Self {
            notes: wanted.then(BTreeMap::new),
            within: BTreeMap::new(),
        }
    }

    /// All notes by pointer.
    pub fn into_notes(self) -> Vec<(Pointer, Use)> {
        let mut notes = self.notes.unwrap_or_default();
        for place in self.within.keys() {
            let whole = std::iter::successors(Some(place), |place| self.within.get(*place));
            let used = whole
                .take(DEPTH)
                .find_map(|whole| notes.get(whole).cloned());
            if let Some(used) = used {
                notes.insert(place.clone(), used);
            }
        }
        notes.into_iter().collect()
    }
}

impl<'a> Lowering<'a, '_> {
    /// Notes what a value is that these schemas describe together. What a schema is by itself counts
    /// more than what it is together with others.
    pub(super) fn note(&mut self, parts: &[Part<'a>], used: &Use) {
        if let Some(notes) = &mut self.places.notes {
            for part in parts {
                match notes.entry(part.pointer.clone()) {
                    Entry::Occupied(mut note) if parts.len() == 1 => {
                        note.insert(used.clone());
                    }
                    Entry::Occupied(_) => {}
                    Entry::Vacant(place) => {
                        place.insert(used.clone());
                    }
                }
            }
        }
    }

    /// Notes alternatives of which the type of the whole says all: values of one enum, rules that
    /// only constrain, and what contradicts the rest.
    pub(super) fn note_within<'p>(
        &mut self,
        alternatives: impl IntoIterator<Item = &'p Part<'a>>,
        whole: &Part<'a>,
    ) where
        'a: 'p,
    {
        if self.places.notes.is_none() {
            return;
        }
        for part in alternatives {
            if part.pointer != whole.pointer {
                let (place, whole) = (part.pointer.clone(), whole.pointer.clone());
                self.places.within.entry(place).or_insert(whole);
            }
        }
    }

    /// Notes a body that is not JSON: a string is what it is, anything else is not read.
    pub(super) fn note_raw(&mut self, part: &Part<'a>) {
        if self.places.notes.is_some() && self.is_text(part, 0) {
            self.note(
                std::slice::from_ref(part),
                &Use::new(Kind::Scalar(Scalar::String)),
            );
        }
    }

    /// Whether every value of a schema is a string.
    pub(super) fn is_text(&self, part: &Part<'a>, depth: usize) -> bool {
        match part.schema {
            SchemaRef::Item(schema) => {
                let facets = Facets::of(schema);
                facets.json_type == Some(JsonType::String) && !facets.data.nullable
            }
            SchemaRef::Reference(reference) => {
                let target = self.peek_schema(reference);
                depth < 16 && target.is_some_and(|target| self.is_text(&target, depth + 1))
            }
        }
    }
}
