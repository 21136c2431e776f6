//! `allOf` as a true merge: every part's properties, requirements and facets in one schema.
//!
//! Specification: <https://spec.openapis.org/oas/v3.0.3#schema-object> ("allOf … inline or
//! referenced schema"), JSON Schema draft 5 section 5.22.

use super::facets::{Facets, JsonType, SchemaRef};
use super::merged::{Alternatives, Merged};
use super::{Lowering, Owner};
use crate::diagnostic::{Code, Pointer};
use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;
use std::collections::BTreeMap;

/// Parts that were met, by pointer: open ones, and whether each finished one admits null.
pub(super) type Seen = BTreeMap<String, Option<bool>>;

/// How many references deep an `allOf` is followed.
const DEPTH: usize = 128;

/// A schema where it stands, and what an inline type there is named for.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub schema: SchemaRef<'a>,
    pub pointer: Pointer,
    pub owner: Owner,
}

impl<'a> Lowering<'a, '_> {
    /// The schema of a part, with every `allOf` below it merged in.
    pub(super) fn merge(&mut self, part: &Part<'a>) -> Merged<'a> {
        self.merge_all(std::slice::from_ref(part))
    }

    /// Several schemas that must all hold, as one.
    pub(super) fn merge_all(&mut self, parts: &[Part<'a>]) -> Merged<'a> {
        let mut merged = Merged::default();
        self.merge_beside(&mut merged, parts);
        merged
    }

    /// The same, only to find out something: nothing is reported.
    pub(super) fn merge_trial(&mut self, parts: &[Part<'a>]) -> Merged<'a> {
        let mut merged = Merged {
            is_trial: true,
            ..Merged::default()
        };
        self.merge_beside(&mut merged, parts);
        merged
    }

    /// Adds schemas that must hold beside what is there; returns what was met on the way.
    pub(super) fn merge_beside(&mut self, merged: &mut Merged<'a>, parts: &[Part<'a>]) -> Seen {
        let mut seen = Seen::new();
        let mut nullable = None;
        for part in parts {
            if matches!(part.schema, SchemaRef::Item(_)) {
                seen.insert(part.pointer.path.clone(), None);
            }
            let admits = self.merge_into(merged, part, &mut seen, 0);
            nullable = Some(nullable.unwrap_or(true) && admits);
        }
        merged.nullable = nullable.unwrap_or(false) || merged.is_null;
        seen
    }

    /// Adds one part; returns whether it admits null.
    fn merge_into(
        &mut self,
        merged: &mut Merged<'a>,
        part: &Part<'a>,
        seen: &mut Seen,
        depth: usize,
    ) -> bool {
        let schema = match part.schema {
            SchemaRef::Item(schema) => schema,
            SchemaRef::Reference(reference) => {
                let target = if merged.is_trial {
                    self.peek_schema(reference)
                } else {
                    self.resolve_schema(reference, &part.pointer)
                };
                let Some(target) = target else {
                    return true;
                };
                // A part that is in already adds nothing, and following it again at every level
                // would double the work with each.
                let known = seen.get(&target.pointer.path).copied();
                if let Some(Some(admits)) = known {
                    return admits;
                }
                if depth > DEPTH || known.is_some() {
                    self.part_of_itself(merged, reference, &part.pointer);
                    return true;
                }
                seen.insert(target.pointer.path.clone(), None);
                let admits = self.merge_into(merged, &target, seen, depth + 1);
                seen.insert(target.pointer.path, Some(admits));
                return admits;
            }
        };
        let facets = Facets::of(schema);
        merged.absorb_words(&facets, depth > 0);
        let parts_admit = self.merge_parts(merged, part, &facets, seen, depth);
        merged.absorb_object(&facets, part);
        self.absorb_type(merged, &facets, &part.pointer);
        self.absorb_unions(merged, &facets, part, seen);
        facets.data.nullable || parts_admit || facets.is_empty()
    }

    fn part_of_itself(&mut self, merged: &Merged<'a>, reference: &str, pointer: &Pointer) {
        if merged.is_trial {
            return;
        }
        self.diagnostics
            .report(
                Code::CircularReference,
                pointer,
                format!("`{reference}` is a part of itself, or too deep inside"),
            )
            .label("this part leads back to where it came from")
            .help("the part was left out; remove the reference");
    }

    /// Adds the lists of alternatives. A list that names a schema which is being merged is left
    /// out: whoever extends a base is one of its alternatives, and not all of them at once.
    fn absorb_unions(
        &mut self,
        merged: &mut Merged<'a>,
        facets: &Facets<'a>,
        part: &Part<'a>,
        seen: &Seen,
    ) {
        let discriminator = facets.data.discriminator.as_ref();
        let discriminator =
            discriminator.map(|discriminator| (discriminator, part.pointer.child("discriminator")));
        for (key, members) in [("oneOf", facets.one_of), ("anyOf", facets.any_of)] {
            let mut members = member_parts(members, &part.pointer.child(key), &part.owner);
            if facets.is_wrapper() {
                self.drop_itself(&mut members, part);
            }
            if members.is_empty() || members.iter().any(|member| self.is_open(member, seen)) {
                continue;
            }
            merged.unions.push(Alternatives {
                members,
                discriminator: discriminator.clone(),
                is_chosen: false,
            });
        }
        if facets.one_of.is_empty()
            && facets.any_of.is_empty()
            && let [only] = merged.unions.as_mut_slice()
            && only.discriminator.is_none()
        {
            only.discriminator = discriminator;
        }
    }

    fn is_open(&self, member: &Part<'a>, seen: &Seen) -> bool {
        self.leads_to(member)
            .is_some_and(|target| seen.get(&target) == Some(&None))
    }

    /// Leaves out the alternatives that are the schema itself: a value that is one of those is one of
    /// the others.
    fn drop_itself(&mut self, members: &mut Vec<Part<'a>>, part: &Part<'a>) {
        let is_itself =
            |member: &Part<'a>| self.leads_to(member).as_ref() == Some(&part.pointer.path);
        let (itself, others) = members.drain(..).partition(is_itself);
        *members = others;
        self.note_within(&itself, part);
    }

    /// Where a reference leads.
    fn leads_to(&self, part: &Part<'a>) -> Option<String> {
        let SchemaRef::Reference(reference) = part.schema else {
            return None;
        };
        Some(self.peek_schema(reference)?.pointer.path)
    }

    /// Adds the members of `allOf`; returns whether there are some and all of them admit null.
    fn merge_parts(
        &mut self,
        merged: &mut Merged<'a>,
        part: &Part<'a>,
        facets: &Facets<'a>,
        seen: &mut Seen,
        depth: usize,
    ) -> bool {
        let mut all = !facets.all_of.is_empty();
        for member in member_parts(facets.all_of, &part.pointer.child("allOf"), &part.owner) {
            all &= self.merge_into(merged, &member, seen, depth);
        }
        all
    }

    fn absorb_type(&mut self, merged: &mut Merged<'a>, facets: &Facets<'a>, pointer: &Pointer) {
        merged.not |= facets.not;
        let is_bare = facets.json_type == Some(JsonType::Object) && facets.is_wrapper();
        // `enum: [null]` says that the value is null, whatever type stands beside it.
        let only_null =
            !facets.enumeration.is_empty() && facets.enumeration.iter().all(Value::is_null);
        if only_null {
            merged.null_type = merged
                .null_type
                .take()
                .or(facets.implied_type().map(|ty| (ty, pointer.clone())));
        }
        if let Some(ty) = facets.implied_type().filter(|_| !only_null) {
            use JsonType::{Integer, Number, Object};
            match merged.json_type.clone() {
                None => merged.json_type = Some((ty, pointer.clone())),
                Some((known, _)) if known == ty || (known, ty) == (Integer, Number) => {}
                Some((Number, _)) if ty == Integer => {
                    merged.json_type = Some((ty, pointer.clone()));
                }
                Some((known, first)) => {
                    let message = format!(
                        "one part of `allOf` is {}, another is {}",
                        known.word(),
                        ty.word()
                    );
                    // An object without properties is what people write without thinking of it.
                    let yields = known == Object && merged.says_nothing_of_objects() && !is_bare;
                    let used = if yields { "later" } else { "earlier" };
                    let help = format!("no value can be both; the {used} part was used");
                    self.contradiction(merged, pointer, &first, &message, &help);
                    if yields {
                        merged.json_type = Some((ty, pointer.clone()));
                    }
                }
            }
        }
        if merged.format.is_none() {
            merged.format.clone_from(&facets.format);
        }
        merged.is_null |= only_null;
        if !facets.enumeration.is_empty() && !only_null {
            self.absorb_enumeration(merged, &facets.enumeration, pointer);
        }
    }

    /// Both lists must hold: their intersection, unless that leaves nothing.
    fn absorb_enumeration(&mut self, merged: &mut Merged<'a>, values: &[Value], pointer: &Pointer) {
        let Some((known, first)) = merged.enumeration.clone() else {
            merged.enumeration = Some((values.to_vec(), pointer.clone()));
            return;
        };
        let mut both = known.clone();
        both.retain(|value| values.contains(value));
        if both.is_empty() {
            let message = "no value of this enum is one of the enum of an earlier part";
            let help = "the values of the earlier part were used";
            self.contradiction(merged, pointer, &first, message, help);
        } else {
            merged.enumeration = Some((both, first));
        }
    }

    fn contradiction(
        &mut self,
        merged: &mut Merged<'a>,
        pointer: &Pointer,
        first: &Pointer,
        message: &str,
        help: &str,
    ) {
        merged.is_contradictory = true;
        // A schema that many extend is merged many times.
        let place = (pointer.path.clone(), first.path.clone());
        if merged.is_trial || !self.contradictions.insert(place) {
            return;
        }
        self.diagnostics
            .report(Code::AllOfConflict, pointer, message)
            .label("this part contradicts an earlier one")
            .related(first.clone(), "the earlier one")
            .help(help);
    }
}

/// The members of a `oneOf`, `anyOf` or `allOf` as parts.
pub(super) fn member_parts<'a>(
    members: &'a [ReferenceOr<Schema>],
    pointer: &Pointer,
    owner: &Owner,
) -> Vec<Part<'a>> {
    members
        .iter()
        .enumerate()
        .map(|(index, member)| Part {
            schema: member.into(),
            pointer: pointer.child(index),
            owner: owner.clone(),
        })
        .collect()
}
