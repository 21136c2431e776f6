//! Several schemas for one value, of which one allows only what another lists among its
//! alternatives: a base says that nodes are any of forty blocks, and who extends it that they are
//! paragraphs. The choice says all that both say, and nothing is left to be combined.

use super::Lowering;
use super::facets::{Facets, SchemaRef};
use super::merge::Part;
use openapiv3::{ReferenceOr, Schema};
use std::collections::BTreeSet;

/// Pointers of schemas, of which a value is one.
type Choices = BTreeSet<String>;

impl<'a> Lowering<'a, '_> {
    /// The schemas without those that another one of them chooses from; nothing where they all stay.
    pub(super) fn chosen(&self, parts: &[Part<'a>]) -> Option<Vec<Part<'a>>> {
        if parts.len() < 2 {
            return None;
        }
        let choices: Vec<_> = parts.iter().map(|part| self.choices_of(part)).collect();
        let is_chosen_from = |index: usize, all: &Choices| {
            let mut others = choices.iter().enumerate();
            others.any(|(other, some)| {
                let narrows = some.len() < all.len() || (some.len() == all.len() && other < index);
                // What leads nowhere, or only to itself, chooses nothing.
                other != index && narrows && !some.is_empty() && some.is_subset(all)
            })
        };
        let both = parts.iter().zip(&choices).enumerate();
        let chosen: Vec<_> = both
            .filter(|(index, (_, all))| !is_chosen_from(*index, all))
            .map(|(_, (part, _))| part.clone())
            .collect();
        (chosen.len() < parts.len()).then_some(chosen)
    }

    fn choices_of(&self, part: &Part<'a>) -> Choices {
        let mut choices = Choices::new();
        self.add_choices(part, &mut BTreeSet::new(), &mut choices);
        choices
    }

    /// Follows references, and lists of alternatives with nothing beside them.
    fn add_choices(&self, part: &Part<'a>, seen: &mut Choices, choices: &mut Choices) {
        if !seen.insert(part.pointer.path.clone()) {
            return;
        }
        match part.schema {
            SchemaRef::Reference(reference) => {
                if let Some(target) = self.peek_schema(reference) {
                    self.add_choices(&target, seen, choices);
                }
            }
            SchemaRef::Item(schema) => {
                let Some((key, members)) = only_list(&Facets::of(schema)) else {
                    choices.insert(part.pointer.path.clone());
                    return;
                };
                for (index, member) in members.iter().enumerate() {
                    let member = Part {
                        schema: member.into(),
                        pointer: part.pointer.child(key).child(index),
                        owner: part.owner.clone(),
                    };
                    self.add_choices(&member, seen, choices);
                }
            }
        }
    }
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
