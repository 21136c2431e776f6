//! A base with a discriminator, and the components that extend it.
//!
//! Where the document names the base as a type, a value may be any of its children. The base is
//! therefore a union of them, and of itself for the values that none of them takes.

use super::facets::{Facets, SchemaRef};
use super::merge::Part;
use super::merged::{Alternatives, Merged};
use super::schema::Decision;
use super::{Lowering, Owner};
use crate::ir::{self, Kind, Origin, Shape, TypeId, Union, Use, Variant};
use openapiv3::{ReferenceOr, Schema};
use std::collections::BTreeSet;

impl<'a> Lowering<'a, '_> {
    /// Notes for each component which others have it among their `allOf`.
    pub(super) fn find_children(&mut self) {
        let Some(components) = self.api.components.as_ref() else {
            return;
        };
        for (name, schema) in &components.schemas {
            let (Some(&child), ReferenceOr::Item(schema)) =
                (self.components.get(name.as_str()), schema)
            else {
                continue;
            };
            for reference in extended(schema) {
                if let Some(base) = self.component(reference) {
                    self.children.entry(base).or_default().push(child);
                }
            }
        }
    }

    /// The union that a base with a discriminator is, if there are schemas that extend it.
    pub(super) fn family(
        &mut self,
        id: TypeId,
        merged: &Merged<'a>,
        part: &Part<'a>,
    ) -> Option<Union> {
        let SchemaRef::Item(schema) = part.schema else {
            return None;
        };
        let discriminator = Facets::of(schema).data.discriminator.as_ref()?;
        let members = self.descendants(id, discriminator);
        if !merged.unions.is_empty() || members.is_empty() {
            return None;
        }
        let list = Alternatives {
            members: Vec::new(),
            discriminator: Some((discriminator, part.pointer.child("discriminator"))),
            is_chosen: false,
        };
        let mut branches = Vec::new();
        for member in members {
            let Origin::Component(name) = self.types.get(member).origin.clone() else {
                continue;
            };
            let place = self.types.get(member).pointer.clone();
            let Some(found) = self.component_part(&place) else {
                continue;
            };
            let ty = Use::new(Kind::Named(member));
            let tag = self.family_tag(&found, member, &list);
            branches.push(Variant {
                ty,
                name,
                tag,
                constant: None,
            });
        }
        branches.push(self.base_itself(id, merged, part));
        Some(Union { branches })
    }

    /// The mapped components and those that extend the base, at any distance, in document order.
    fn descendants(&self, id: TypeId, discriminator: &openapiv3::Discriminator) -> Vec<TypeId> {
        let mapped = discriminator.mapping.values();
        let mut found: Vec<TypeId> = Vec::new();
        let mut seen = BTreeSet::from([id]);
        for target in mapped.filter_map(|target| self.mapping_target(target)) {
            if seen.insert(target) {
                found.push(target);
            }
        }
        let mut waiting = vec![id];
        waiting.extend(found.iter().copied());
        let mut extending = BTreeSet::new();
        while let Some(base) = waiting.pop() {
            for child in self.children.get(&base).into_iter().flatten() {
                if seen.insert(*child) {
                    extending.insert(*child);
                    waiting.push(*child);
                }
            }
        }
        found.extend(extending);
        found
    }

    fn component_part(&self, pointer: &crate::diagnostic::Pointer) -> Option<Part<'a>> {
        self.peek_schema(&format!("#{}", pointer.path.replace('%', "%25")))
    }

    fn family_tag(
        &mut self,
        part: &Part<'a>,
        member: TypeId,
        list: &Alternatives<'a>,
    ) -> Option<(String, Vec<String>)> {
        let (discriminator, _) = list.discriminator.as_ref()?;
        let mapped = self.mapped_values(discriminator, Some(member));
        let property = discriminator.property_name.clone();
        if !mapped.is_empty() {
            return Some((property, mapped));
        }
        // The base's own list of values says nothing of one child.
        let merged = self.merge_trial(std::slice::from_ref(part));
        let declared = merged.properties.get(property.as_str()).map(Vec::as_slice);
        let own = declared.map_or_else(Vec::new, |parts| self.fixed_values(parts));
        let mut values: Vec<String> = if own.len() == 1 { own } else { Vec::new() };
        if let Origin::Component(name) = &self.types.get(member).origin
            && !values.contains(name)
        {
            values.push(name.clone());
        }
        Some((property, values))
    }

    /// The base for values that are none of its children.
    fn base_itself(&mut self, id: TypeId, merged: &Merged<'a>, part: &Part<'a>) -> Variant {
        let owner = Owner::of(id).member("base");
        let origin = owner.origin();
        let base = self.types.push(ir::Type {
            origin,
            pointer: part.pointer.clone(),
            title: None,
            description: merged.description.map(str::to_owned),
            deprecated: merged.deprecated,
            nullable: false,
            constraints: self.constraints(std::slice::from_ref(part)),
            shape: Shape::Alias(Use::ANY),
        });
        let plain = Merged {
            nullable: false,
            ..merged.clone()
        };
        let (decision, _) = self.decide(plain, part, &owner);
        let ty = match decision {
            Decision::Shape(shape) => {
                self.types.get_mut(base).shape = shape;
                Use::new(Kind::Named(base))
            }
            Decision::Kind(kind) => Use::new(kind),
        };
        // Without a tag it also takes the values that the document does not know.
        Variant {
            ty,
            name: "base".to_owned(),
            tag: None,
            constant: None,
        }
    }
}

/// The references among the `allOf` of a schema.
fn extended(schema: &Schema) -> Vec<&str> {
    let mut found = Vec::new();
    let mut waiting = vec![(schema, 0)];
    while let Some((schema, depth)) = waiting.pop() {
        for member in Facets::of(schema).all_of {
            match member {
                ReferenceOr::Reference { reference } => found.push(reference.as_str()),
                ReferenceOr::Item(inner) if depth < 8 => waiting.push((inner, depth + 1)),
                ReferenceOr::Item(_) => {}
            }
        }
    }
    found
}
