//! What a schema *is*: a scalar, an enum, an object, a list, a map, another type, or anything.

use super::facets::{Facets, JsonType, SchemaRef};
use super::merge::Part;
use super::merged::Merged;
use super::{Lowering, Owner, scalar};
use crate::diagnostic::Code;
use crate::ir::{self, Kind, Shape, Use};
use openapiv3::ReferenceOr;

/// What a schema turned out to be: something that needs a name, or not.
pub(super) enum Decision {
    Shape(Shape),
    Kind(Kind),
}

impl<'a> Lowering<'a, '_> {
    /// The type of a schema where it is used.
    pub(super) fn use_of(&mut self, part: &Part<'a>) -> Use {
        self.use_of_all(std::slice::from_ref(part), &part.owner)
    }

    /// The type of a value that several schemas describe together.
    pub(super) fn use_of_all(&mut self, parts: &[Part<'a>], owner: &Owner) -> Use {
        let used = self.decided_use(parts, owner);
        self.note(parts, &used);
        used
    }

    fn decided_use(&mut self, parts: &[Part<'a>], owner: &Owner) -> Use {
        let Some(first) = parts.first() else {
            return Use::ANY;
        };
        if let Some(same) = self.same_reference(parts) {
            return same;
        }
        if let Some(narrowed) = self.narrowed(parts) {
            return narrowed;
        }
        if let Some(containing) = self.containing(parts, owner) {
            return containing;
        }
        if let Some(chosen) = self.chosen(parts, owner) {
            return chosen;
        }
        if let Some(speaking) = self.speaking(parts) {
            return self.use_of(&speaking);
        }
        let key = key(parts);
        if let Some(known) = self.inline.get(&key) {
            return known.clone();
        }
        if !self.open.insert(key.clone()) {
            self.diagnostics
                .report(Code::CircularReference, &first.pointer, "this schema is made of itself")
                .help("any JSON value is accepted here; let an object or a component stand in between");
            return Use::ANY;
        }
        let used = match parts {
            [part] => match self.wrapped(part) {
                Some(target) => self.wrapped_use(part, &target),
                None => self.inline_use(parts, owner, &key),
            },
            several => self.inline_use(several, owner, &key),
        };
        self.open.remove(&key);
        self.inline.insert(key, used.clone());
        used
    }

    /// A reference, or several to the same component, is that component.
    fn same_reference(&mut self, parts: &[Part<'a>]) -> Option<Use> {
        let SchemaRef::Reference(reference) = parts.first()?.schema else {
            return None;
        };
        let same = parts
            .iter()
            .all(|part| matches!(part.schema, SchemaRef::Reference(other) if other == reference));
        if !same {
            return None;
        }
        if let Some(id) = self.component(reference) {
            return Some(Use::new(Kind::Named(id)));
        }
        let from = parts.first()?.pointer.clone();
        match self.resolve_schema(reference, &from) {
            Some(target) if self.leads_back(&target) => {
                self.diagnostics
                    .report(
                        Code::CircularReference,
                        &from,
                        "this reference leads to itself",
                    )
                    .help("any JSON value is accepted here; let it lead to a schema");
                Some(Use::ANY)
            }
            Some(target) => Some(self.use_of(&target)),
            None => Some(Use::ANY),
        }
    }

    /// The one schema that another only wraps: `allOf: [$ref]` with nothing but words beside it.
    pub(super) fn wrapped(&mut self, part: &Part<'a>) -> Option<Part<'a>> {
        let schema = match part.schema {
            SchemaRef::Reference(_) => return Some(part.clone()),
            SchemaRef::Item(schema) => schema,
        };
        let facets = Facets::of(schema);
        if !facets.is_wrapper() {
            return None;
        }
        let mut speaking = Vec::new();
        for (key, members) in [
            ("allOf", facets.all_of),
            ("oneOf", facets.one_of),
            ("anyOf", facets.any_of),
        ] {
            let alternatives = key != "allOf";
            if alternatives && members.len() > 1 {
                return None;
            }
            for (index, member) in members.iter().enumerate() {
                let silent =
                    matches!(member, ReferenceOr::Item(member) if Facets::of(member).is_empty());
                if !silent {
                    speaking.push((key, index, member));
                }
            }
        }
        let [(key, index, member)] = speaking.as_slice() else {
            return None;
        };
        Some(Part {
            schema: (*member).into(),
            pointer: part.pointer.child(key).child(index),
            owner: part.owner.clone(),
        })
    }

    pub(super) fn wrapped_use(&mut self, part: &Part<'a>, target: &Part<'a>) -> Use {
        let nullable = match part.schema {
            SchemaRef::Item(schema) => schema.schema_data.nullable,
            SchemaRef::Reference(_) => false,
        };
        let used = self.use_of(target);
        admit_null(used, nullable)
    }

    /// Where several schemas describe a value and all but one only repeat its type: that one.
    fn speaking(&mut self, parts: &[Part<'a>]) -> Option<Part<'a>> {
        let (silent, speaking): (Vec<_>, Vec<_>) = parts.iter().partition(|part| {
            matches!(part.schema, SchemaRef::Item(schema) if Facets::of(schema).is_type_only())
        });
        let [only] = speaking.as_slice() else {
            return None;
        };
        if silent.is_empty() {
            return None;
        }
        let types = |merged: &Merged<'_>| merged.json_type.as_ref().map(|(ty, _)| *ty);
        let said = self.merge_trial(std::slice::from_ref(*only));
        let repeats = silent.iter().all(|part| {
            let repeated = self.merge_trial(std::slice::from_ref(*part));
            types(&repeated).is_none_or(|ty| Some(ty) == types(&said))
        });
        repeats.then(|| (*only).clone())
    }

    fn inline_use(&mut self, parts: &[Part<'a>], owner: &Owner, key: &str) -> Use {
        let Some(first) = parts.first() else {
            return Use::ANY;
        };
        let merged = self.merge_all(parts);
        self.merged_use(merged, first, owner, key)
    }

    /// The type of a merged schema that has no name of its own.
    pub(super) fn merged_use(
        &mut self,
        merged: Merged<'a>,
        first: &Part<'a>,
        owner: &Owner,
        key: &str,
    ) -> Use {
        let (title, description, deprecated) = (
            merged.title.map(str::to_owned),
            merged.description.map(str::to_owned),
            merged.deprecated,
        );
        let id = self.reserve(&merged, first, owner, key);
        let (decision, nullable) = self.decide(merged, first, owner);
        match (decision, id) {
            (Decision::Kind(kind), _) => admit_null(Use::new(kind), nullable),
            (Decision::Shape(shape), id) => {
                let ty = ir::Type {
                    origin: owner.origin(),
                    pointer: first.pointer.clone(),
                    title,
                    description,
                    deprecated,
                    nullable: false,
                    constraints: None,
                    shape,
                };
                let is_union = matches!(ty.shape, Shape::Union(_));
                let id = match id {
                    Some(id) => {
                        *self.types.get_mut(id) = ty;
                        id
                    }
                    None => self.types.push(ty),
                };
                if is_union {
                    self.note_union(id, first);
                }
                admit_null(Use::new(Kind::Named(id)), nullable)
            }
        }
    }

    /// An object or a union gets its id before its parts are looked at: they may lead back to it,
    /// and types inside it come after it.
    fn reserve(
        &mut self,
        merged: &Merged<'a>,
        part: &Part<'a>,
        owner: &Owner,
        key: &str,
    ) -> Option<ir::TypeId> {
        let union = !merged.unions.is_empty();
        let object = merged.enumeration.is_none() && !merged.properties.is_empty();
        (union || object).then(|| {
            let id = self.types.push(ir::Type {
                origin: owner.origin(),
                pointer: part.pointer.clone(),
                title: None,
                description: None,
                deprecated: false,
                nullable: false,
                constraints: None,
                shape: Shape::Alias(Use::ANY),
            });
            self.inline.insert(
                key.to_owned(),
                admit_null(Use::new(Kind::Named(id)), merged.nullable),
            );
            id
        })
    }

    /// What a merged schema is, and whether null is one of its values.
    pub(super) fn decide(
        &mut self,
        mut merged: Merged<'a>,
        part: &Part<'a>,
        owner: &Owner,
    ) -> (Decision, bool) {
        self.drop_constraints(&mut merged, part);
        if !merged.unions.is_empty() {
            return self.union(merged, part, owner);
        }
        merged.json_type = merged.json_type.take().or(merged.null_type.take());
        let nullable = merged.nullable;
        if let Some((values, _)) = merged.enumeration.take()
            && let Some(decision) = self.enumeration(&merged, values, part, nullable)
        {
            return decision;
        }
        if let Some(kind) = self.configured_format(merged.format.as_deref()) {
            return (Decision::Kind(kind), nullable);
        }
        let json_type = merged.json_type.as_ref().map(|(ty, _)| *ty);
        let decision = match json_type {
            None if merged.not => {
                self.diagnostics
                    .report(Code::Constraint, &part.pointer, "no value fits this schema")
                    .help("any JSON value is accepted here; leave out what can never come");
                Decision::Kind(Kind::Any)
            }
            None => Decision::Kind(Kind::Any),
            Some(JsonType::Array) => Decision::Kind(self.array(&merged, owner)),
            Some(JsonType::Object) => self.object(&merged, owner),
            Some(JsonType::Integer) if merged.format.is_none() => {
                Decision::Kind(Kind::Scalar(scalar::by_bounds(&merged.extensions)))
            }
            Some(other) => match scalar::scalar(other, merged.format.as_deref()) {
                Some(scalar) => Decision::Kind(Kind::Scalar(scalar)),
                None => Decision::Kind(Kind::Any),
            },
        };
        (decision, nullable)
    }

    fn array(&mut self, merged: &Merged<'a>, owner: &Owner) -> Kind {
        let item = self.use_of_all(&merged.items, &owner.item());
        Kind::Array(Box::new(item))
    }
}

/// What several schemas that describe one value are known by.
pub(super) fn key(parts: &[Part<'_>]) -> String {
    let paths: Vec<_> = parts
        .iter()
        .map(|part| part.pointer.path.as_str())
        .collect();
    paths.join(" ")
}

/// A use that also allows null. Any JSON value already does.
pub(super) fn admit_null(used: Use, nullable: bool) -> Use {
    let nullable = (used.nullable || nullable) && used.kind != Kind::Any;
    Use { nullable, ..used }
}
