//! Several schemas for one value, of which one allows only what another lists among its
//! alternatives: a base says that nodes are any of forty blocks, and who extends it that they are
//! paragraphs. The choice says all that both say, and nothing is left to be combined; only the
//! discriminator of the longer list, by which a value says what it is, holds for the choice as well.

use super::facets::{Facets, SchemaRef};
use super::merge::{Part, member_parts};
use super::merged::{Alternatives, Merged, Telling};
use super::schema::key;
use super::{Lowering, Owner};
use crate::ir::Use;
use openapiv3::{ReferenceOr, Schema};
use std::collections::{BTreeMap, BTreeSet};

/// Pointers of schemas, of which a value is one, each with the discriminator of the list that it
/// stands in.
type Choices<'a> = BTreeMap<String, Option<Telling<'a>>>;

impl<'a> Lowering<'a, '_> {
    /// The type of the schemas without those that another one of them chooses from; nothing where
    /// they all stay.
    pub(super) fn chosen(&mut self, parts: &[Part<'a>], owner: &Owner) -> Option<Use> {
        let (chosen, telling) = self.choice(parts)?;
        Some(match (telling, chosen.as_slice()) {
            (Some(telling), chosen) => self.told_apart(chosen, telling, owner),
            (None, [only]) => self.use_of(only),
            (None, several) => self.use_of_all(several, owner),
        })
    }

    /// The schemas that are left, and the discriminator that they had only in what is not.
    fn choice(&self, parts: &[Part<'a>]) -> Option<(Vec<Part<'a>>, Option<Telling<'a>>)> {
        if parts.len() < 2 {
            return None;
        }
        let choices: Vec<_> = parts.iter().map(|part| self.choices_of(part)).collect();
        let is_chosen_from = |(index, all): &(usize, &Choices<'a>)| {
            let mut others = choices.iter().enumerate();
            others.any(|(other, some)| {
                // Of two that say the same, one with a discriminator stays, or else the first.
                let yields = (is_told_apart(some), *index) > (is_told_apart(all), other);
                let narrows = some.len() < all.len() || (some.len() == all.len() && yields);
                let is_subset = some.keys().all(|choice| all.contains_key(choice));
                // What leads nowhere, or only to itself, chooses nothing.
                other != *index && narrows && !some.is_empty() && is_subset
            })
        };
        let all = choices.iter().enumerate();
        let (dropped, kept): (Vec<_>, Vec<_>) = all.partition(is_chosen_from);
        if dropped.is_empty() {
            return None;
        }
        let untold = kept.iter().flat_map(|(_, choices)| choices.iter());
        let mut untold = untold.filter(|(_, telling)| telling.is_none());
        let telling = untold.find_map(|(choice, _)| {
            let mut dropped = dropped.iter();
            dropped.find_map(|(_, all)| all.get(choice)?.clone())
        });
        let kept = kept.iter().filter_map(|(index, _)| parts.get(*index));
        Some((kept.cloned().collect(), telling))
    }

    /// The union of what is left of a list with a discriminator, which still tells the values apart.
    fn told_apart(&mut self, parts: &[Part<'a>], telling: Telling<'a>, owner: &Owner) -> Use {
        let Some(first) = parts.first() else {
            return Use::ANY;
        };
        let key = format!("{} by {}", key(parts), telling.1.path);
        if let Some(known) = self.inline.get(&key) {
            return known.clone();
        }
        if !self.open.insert(key.clone()) {
            return Use::ANY;
        }
        let used = match parts {
            [only] if self.choices_of(only).len() == 1 => self.told(only, telling, owner, &key),
            several => {
                let mut merged = self.merge_all(several);
                for list in &mut merged.unions {
                    if list.discriminator.is_none() {
                        list.discriminator = Some(telling.clone());
                        list.is_chosen = true;
                    }
                }
                self.merged_use(merged, first, owner, &key)
            }
        };
        self.open.remove(&key);
        self.inline.insert(key, used.clone());
        used
    }

    /// One schema alone is a union only where a value of it does not have the tag by itself.
    fn told(&mut self, part: &Part<'a>, telling: Telling<'a>, owner: &Owner, key: &str) -> Use {
        let said = self.merge_trial(std::slice::from_ref(part));
        let property = telling.0.property_name.as_str();
        if said.properties.contains_key(property) || !said.unions.is_empty() {
            return self.use_of(part);
        }
        let list = Alternatives {
            members: vec![leaf(part)],
            discriminator: Some(telling),
            is_chosen: true,
        };
        let merged = Merged {
            unions: vec![list],
            ..Merged::default()
        };
        self.merged_use(merged, part, owner, key)
    }

    fn choices_of(&self, part: &Part<'a>) -> Choices<'a> {
        let mut choices = Choices::new();
        self.add_choices(part, None, &mut BTreeSet::new(), &mut choices);
        choices
    }

    /// Follows references, and lists of alternatives with nothing beside them.
    fn add_choices(
        &self,
        part: &Part<'a>,
        telling: Option<&Telling<'a>>,
        seen: &mut BTreeSet<String>,
        choices: &mut Choices<'a>,
    ) {
        if !seen.insert(part.pointer.path.clone()) {
            return;
        }
        let schema = match part.schema {
            SchemaRef::Item(schema) => schema,
            SchemaRef::Reference(reference) => {
                if let Some(target) = self.peek_schema(reference) {
                    self.add_choices(&target, telling, seen, choices);
                }
                return;
            }
        };
        let facets = Facets::of(schema);
        let Some((key, _)) = only_list(&facets) else {
            choices.insert(part.pointer.path.clone(), telling.cloned());
            return;
        };
        let discriminator = facets.data.discriminator.as_ref();
        let own = discriminator.map(|own| (own, part.pointer.child("discriminator")));
        let telling = if key == "allOf" {
            telling
        } else {
            own.as_ref()
        };
        for member in members(part) {
            self.add_choices(&member, telling, seen, choices);
        }
    }
}

/// The reference that a schema only wraps.
fn leaf<'a>(part: &Part<'a>) -> Part<'a> {
    let mut leaf = part.clone();
    while let [only] = members(&leaf).as_slice() {
        leaf = only.clone();
    }
    leaf
}

/// The alternatives of a schema that says nothing else.
fn members<'a>(part: &Part<'a>) -> Vec<Part<'a>> {
    let SchemaRef::Item(schema) = part.schema else {
        return Vec::new();
    };
    let Some((key, members)) = only_list(&Facets::of(schema)) else {
        return Vec::new();
    };
    member_parts(members, &part.pointer.child(key), &part.owner)
}

fn is_told_apart(choices: &Choices<'_>) -> bool {
    choices.values().any(Option::is_some)
}

/// The alternatives of a schema that says nothing else; one part with words beside it is such a list.
fn only_list<'a>(facets: &Facets<'a>) -> Option<(&'static str, &'a [ReferenceOr<Schema>])> {
    if !facets.is_wrapper() || facets.data.nullable {
        return None;
    }
    match (facets.one_of, facets.any_of, facets.all_of) {
        ([_, ..], [], []) => Some(("oneOf", facets.one_of)),
        ([], [_, ..], []) => Some(("anyOf", facets.any_of)),
        ([], [], [_]) => Some(("allOf", facets.all_of)),
        _ => None,
    }
}
