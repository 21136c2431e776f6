//! Several schemas for one value, of which one has another among its `allOf`: a base lists nodes, and
//! who extends it lists folders, which are nodes. The one that contains the other says all of it, and
//! the value is of that very type.

use super::facets::{Facets, SchemaRef};
use super::merge::{Part, member_parts};
use super::{Lowering, Owner};
use crate::ir::Use;
use std::collections::BTreeSet;

impl<'a> Lowering<'a, '_> {
    /// The type of the schemas without those that are parts of another one; nothing where none is.
    pub(super) fn containing(&mut self, parts: &[Part<'a>], owner: &Owner) -> Option<Use> {
        if parts.len() < 2 {
            return None;
        }
        let whole: Vec<_> = parts.iter().map(|part| self.followed_part(part)).collect();
        let contents: Vec<_> = whole.iter().map(|part| self.contents(part)).collect();
        let contains = |one: usize, other: usize| {
            let place = whole.get(other).map(|part| &part.pointer.path);
            let contents = contents.get(one);
            place.is_some_and(|place| contents.is_some_and(|all| all.contains(place)))
        };
        let is_part = |index: usize| {
            let mut others = (0..parts.len()).filter(|other| *other != index);
            // Of two that are the same, the first stays.
            others.any(|other| contains(other, index) && (other < index || !contains(index, other)))
        };
        let kept = parts.iter().enumerate();
        let kept = kept.filter(|(index, _)| !is_part(*index));
        let kept: Vec<_> = kept.map(|(_, part)| part.clone()).collect();
        if kept.len() == parts.len() || kept.is_empty() {
            return None;
        }
        let used = match kept.as_slice() {
            [only] => self.use_of(only),
            several => self.use_of_all(several, owner),
        };
        // Null is a value only where all of them have it.
        let nullable = used.nullable && self.merge_trial(parts).nullable;
        Some(Use { nullable, ..used })
    }

    /// What a schema is that is a reference, or one with words beside it.
    fn followed_part(&self, part: &Part<'a>) -> Part<'a> {
        let mut seen = BTreeSet::new();
        let mut part = part.clone();
        while seen.insert(part.pointer.path.clone()) {
            let next = match part.schema {
                SchemaRef::Reference(reference) => self.peek_schema(reference),
                SchemaRef::Item(schema) => {
                    let facets = Facets::of(schema);
                    let says_more = !facets.is_wrapper()
                        || facets.data.discriminator.is_some()
                        || !facets.one_of.is_empty()
                        || !facets.any_of.is_empty();
                    let members = members(&part);
                    match members.as_slice() {
                        [only] if !says_more => Some(only.clone()),
                        _ => None,
                    }
                }
            };
            match next {
                Some(next) => part = next,
                None => break,
            }
        }
        part
    }

    /// Where everything stands that a schema is merged of, itself included.
    fn contents(&self, part: &Part<'a>) -> BTreeSet<String> {
        let mut contents = BTreeSet::new();
        let mut waiting = vec![part.clone()];
        while let Some(part) = waiting.pop() {
            if !contents.insert(part.pointer.path.clone()) {
                continue;
            }
            match part.schema {
                SchemaRef::Reference(reference) => waiting.extend(self.peek_schema(reference)),
                SchemaRef::Item(_) => waiting.extend(members(&part)),
            }
        }
        contents
    }
}

/// The members of the `allOf` of a schema.
fn members<'a>(part: &Part<'a>) -> Vec<Part<'a>> {
    let SchemaRef::Item(schema) = part.schema else {
        return Vec::new();
    };
    let members = Facets::of(schema).all_of;
    member_parts(members, &part.pointer.child("allOf"), &part.owner)
}
