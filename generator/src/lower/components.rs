//! The schemas of `components`: each is a type with a name, another name for one, or both.

use super::facets::Facets;
use super::merge::Part;
use super::schema::{Decision, admit_null};
use super::{Lowering, Owner};
use crate::diagnostic::Pointer;
use crate::ir::{self, Kind, Shape, Use};
use openapiv3::ReferenceOr;

impl<'a> Lowering<'a, '_> {
    /// Every component: ids first, then what they are.
    pub(super) fn components(&mut self) {
        let Some(components) = self.api.components.as_ref() else {
            return;
        };
        let base = Pointer::root().child("components").child("schemas");
        for (name, schema) in &components.schemas {
            let facets = match schema {
                ReferenceOr::Item(schema) => Some(Facets::of(schema)),
                ReferenceOr::Reference { .. } => None,
            };
            let data = facets.map(|facets| facets.data);
            let id = self.types.push(ir::Type {
                origin: ir::Origin::Component(name.clone()),
                pointer: base.child(name),
                title: data.and_then(|data| data.title.clone()),
                description: data.and_then(|data| data.description.clone()),
                deprecated: data.is_some_and(|data| data.deprecated),
                nullable: false,
                constraints: None,
                shape: Shape::Alias(Use::ANY),
            });
            self.components.insert(name, id);
        }
        self.find_children();
        for (name, schema) in &components.schemas {
            let Some(&id) = self.components.get(name.as_str()) else {
                continue;
            };
            let part = Part {
                schema: schema.into(),
                pointer: base.child(name),
                owner: Owner::of(id),
            };
            self.note(std::slice::from_ref(&part), &Use::new(Kind::Named(id)));
            self.component_body(id, part);
        }
    }

    fn component_body(&mut self, id: ir::TypeId, part: Part<'a>) {
        if let ir::Origin::Component(name) = self.types.get(id).origin.clone()
            && let Some(kind) = self.configured_type(&name)
        {
            self.types.get_mut(id).shape = Shape::Alias(Use::new(kind));
            return;
        }
        self.types.get_mut(id).constraints = self.constraints(std::slice::from_ref(&part));
        if let Some(target) = self.wrapped(&part) {
            let used = self.wrapped_use(&part, &target);
            self.stand_for(id, used);
            return;
        }
        let merged = self.merge(&part);
        let owner = part.owner.clone();
        let decision = match self.family(id, &merged, &part) {
            Some(family) => (Decision::Shape(Shape::Union(family)), merged.nullable),
            None => self.decide(merged, &part, &owner),
        };
        let ty = self.types.get_mut(id);
        match decision {
            (Decision::Shape(shape), nullable) => {
                ty.shape = shape;
                ty.nullable = nullable;
                self.note_union(id, &part);
            }
            (Decision::Kind(kind), nullable) => {
                ty.shape = Shape::Alias(admit_null(Use::new(kind), nullable))
            }
        }
    }

    /// A component that only wraps an inline type is that type; otherwise it is another name.
    fn stand_for(&mut self, id: ir::TypeId, used: Use) {
        if let Kind::Named(inner_id) = used.kind
            && self.types.get(inner_id).origin == ir::Origin::Inside(id, Vec::new())
        {
            let inner = self.types.get_mut(inner_id);
            let shape =
                std::mem::replace(&mut inner.shape, Shape::Alias(Use::new(Kind::Named(id))));
            let words = (inner.title.clone(), inner.description.clone());
            self.files.moved(inner_id, id);
            let ty = self.types.get_mut(id);
            ty.shape = shape;
            ty.nullable = used.nullable;
            ty.title = ty.title.take().or(words.0);
            ty.description = ty.description.take().or(words.1);
        } else {
            self.types.get_mut(id).shape = Shape::Alias(used);
        }
    }
}
