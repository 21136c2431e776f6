//! `allOf` as a true merge: every part's properties, requirements and facets in one schema.
//!
//! Specification: <https://spec.openapis.org/oas/v3.0.3#schema-object> ("allOf … inline or
//! referenced schema"), JSON Schema draft 5 section 5.22.

use super::facets::{Extra, Facets, JsonType, SchemaRef};
use super::{Lowering, Owner};
use crate::diagnostic::{Code, Pointer};
use indexmap::IndexMap;
use openapiv3::{Discriminator, ReferenceOr, Schema};
use serde_json::Value;
use std::collections::BTreeMap;

/// Parts that were referred to, by pointer: open ones, and whether each finished one admits null.
type Seen = BTreeMap<String, Option<bool>>;

/// How many references deep an `allOf` is followed.
const DEPTH: usize = 128;

/// A schema where it stands, and what an inline type there is named for.
#[derive(Clone, Debug)]
pub(super) struct Part<'a> {
    pub schema: SchemaRef<'a>,
    pub pointer: Pointer,
    pub owner: Owner,
}

/// A schema with all its `allOf` parts put into it.
#[derive(Clone, Debug, Default)]
pub(super) struct Merged<'a> {
    pub description: Option<&'a str>,
    pub title: Option<&'a str>,
    pub deprecated: bool,
    pub nullable: bool,
    pub read_only: bool,
    pub write_only: bool,
    pub default: Option<&'a Value>,
    pub discriminator: Option<&'a Discriminator>,
    pub json_type: Option<(JsonType, Pointer)>,
    pub format: Option<String>,
    pub enumeration: Option<Vec<Value>>,
    pub extensions: BTreeMap<&'a str, &'a Value>,
    /// Each property with every schema that the parts give for it.
    pub properties: IndexMap<&'a str, Vec<Part<'a>>>,
    pub required: BTreeMap<&'a str, Pointer>,
    pub additional: Option<(Extra<'a>, Pointer, Owner)>,
    pub items: Vec<Part<'a>>,
    /// The alternatives of each `oneOf` or `anyOf` among the parts.
    pub unions: Vec<Vec<Part<'a>>>,
    pub not: bool,
}

impl<'a> Lowering<'a, '_> {
    /// The schema of a part, with every `allOf` below it merged in.
    pub(super) fn merge(&mut self, part: &Part<'a>) -> Merged<'a> {
        self.merge_all(std::slice::from_ref(part))
    }

    /// Several schemas that must all hold, as one.
    pub(super) fn merge_all(&mut self, parts: &[Part<'a>]) -> Merged<'a> {
        let mut merged = Merged::default();
        let mut seen = Seen::new();
        let mut nullable = None;
        for part in parts {
            let admits = self.merge_into(&mut merged, part, &mut seen, 0);
            nullable = Some(nullable.unwrap_or(true) && admits);
        }
        merged.nullable = nullable.unwrap_or(false);
        merged
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
                let Some(target) = self.resolve_schema(reference, &part.pointer) else {
                    return true;
                };
                // A part that is in already adds nothing, and following it again at every level
                // would double the work with each.
                let known = seen.get(&target.pointer.path).copied();
                if let Some(Some(admits)) = known {
                    return admits;
                }
                if depth > DEPTH || known.is_some() {
                    self.diagnostics
                        .report(
                            Code::CircularReference,
                            &part.pointer,
                            format!("`{reference}` is a part of itself, or too deep inside"),
                        )
                        .label("this part leads back to where it came from")
                        .help("the part was left out; remove the reference");
                    return true;
                }
                seen.insert(target.pointer.path.clone(), None);
                let admits = self.merge_into(merged, &target, seen, depth + 1);
                seen.insert(target.pointer.path, Some(admits));
                return admits;
            }
        };
        let facets = Facets::of(schema);
        merged.absorb_words(&facets);
        let parts_admit = self.merge_parts(merged, part, &facets, seen, depth);
        merged.absorb_object(&facets, part);
        self.absorb_type(merged, &facets, &part.pointer);
        for (key, members) in [("oneOf", facets.one_of), ("anyOf", facets.any_of)] {
            if !members.is_empty() {
                merged
                    .unions
                    .push(union_parts(members, &part.pointer.child(key), &part.owner));
            }
        }
        facets.data.nullable || parts_admit || facets.is_empty()
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
        for member in union_parts(facets.all_of, &part.pointer.child("allOf"), &part.owner) {
            all &= self.merge_into(merged, &member, seen, depth);
        }
        all
    }

    fn absorb_type(&mut self, merged: &mut Merged<'a>, facets: &Facets<'a>, pointer: &Pointer) {
        merged.not |= facets.not;
        if let Some(ty) = facets.implied_type() {
            match &merged.json_type {
                None | Some((JsonType::Number, _))
                    if facets.implied_type() == Some(JsonType::Integer) =>
                {
                    merged.json_type = Some((ty, pointer.clone()));
                }
                None => merged.json_type = Some((ty, pointer.clone())),
                Some((known, _))
                    if *known == ty || (*known, ty) == (JsonType::Integer, JsonType::Number) => {}
                Some((known, first)) => {
                    self.diagnostics
                        .report(
                            Code::AllOfConflict,
                            pointer,
                            format!(
                                "one part of `allOf` is {}, another is {}",
                                known.word(),
                                ty.word()
                            ),
                        )
                        .label("this part contradicts an earlier one")
                        .related(first.clone(), "the earlier one")
                        .help("no value can be both; the earlier part was used");
                }
            }
        }
        if merged.format.is_none() {
            merged.format.clone_from(&facets.format);
        }
        if !facets.enumeration.is_empty() {
            merged.absorb_enumeration(&facets.enumeration);
        }
    }
}

impl<'a> Merged<'a> {
    /// The outer schema speaks first: what it says of itself wins over what its parts say.
    fn absorb_words(&mut self, facets: &Facets<'a>) {
        let data = facets.data;
        self.description = self.description.or(data.description.as_deref());
        self.title = self.title.or(data.title.as_deref());
        self.default = self.default.or(data.default.as_ref());
        self.discriminator = self.discriminator.or(data.discriminator.as_ref());
        self.deprecated |= data.deprecated;
        self.read_only |= data.read_only;
        self.write_only |= data.write_only;
        for (key, value) in &data.extensions {
            self.extensions.entry(key).or_insert(value);
        }
    }

    fn absorb_object(&mut self, facets: &Facets<'a>, part: &Part<'a>) {
        for (name, schema) in &facets.properties {
            self.properties.entry(name).or_default().push(Part {
                schema: *schema,
                pointer: part.pointer.child("properties").child(name),
                owner: part.owner.member(name),
            });
        }
        for (index, name) in facets.required.iter().enumerate() {
            self.required
                .entry(name)
                .or_insert_with(|| part.pointer.child("required").child(index));
        }
        if let Some(additional) = facets.additional {
            let stronger = matches!(
                (&self.additional, additional),
                (None, _)
                    | (Some((Extra::Any, ..)), _)
                    | (Some((Extra::Schema(_), ..)), Extra::Forbidden)
            );
            if stronger {
                let pointer = part.pointer.child("additionalProperties");
                self.additional = Some((additional, pointer, part.owner.value()));
            }
        }
        if let Some(items) = facets.items {
            self.items.push(Part {
                schema: items,
                pointer: part.pointer.child("items"),
                owner: part.owner.item(),
            });
        }
    }

    /// Both lists must hold: their intersection, unless that leaves nothing.
    fn absorb_enumeration(&mut self, values: &[Value]) {
        let both = match &self.enumeration {
            None => values.to_vec(),
            Some(known) => {
                let both: Vec<_> = known
                    .iter()
                    .filter(|value| values.contains(value))
                    .cloned()
                    .collect();
                if both.is_empty() { known.clone() } else { both }
            }
        };
        self.enumeration = Some(both);
    }
}

/// The members of a `oneOf`, `anyOf` or `allOf` as parts.
fn union_parts<'a>(
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
