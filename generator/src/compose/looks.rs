//! What values of the branches of a union look like, as far as it tells them apart.

use super::Context;
use crate::ir::{self, Kind, Object, Property, Scalar, Shape, TypeId, Use};
use crate::model::{Item, Looks, ObjectLooks, Tags, Type, TypeFile};
use proc_macro2::Ident;
use std::collections::{BTreeMap, BTreeSet};

/// How deep lists of lists are looked into.
const DEPTH: usize = 4;

/// What the branches of a union have in common, and therefore does not tell them apart.
#[derive(Debug, Default)]
pub(super) struct Siblings {
    /// Each property that lists its values somewhere, with the different lists of the branches.
    values: BTreeMap<String, BTreeSet<Vec<String>>>,
    /// Each property that is an object with fixed values, with those of the branches.
    inside: BTreeMap<String, BTreeSet<Tags>>,
    /// Whether a branch has a property of a fixed value itself.
    has_tags: bool,
}

impl Context<'_> {
    /// What the branches of a union have, taken together.
    pub(super) fn siblings(&self, union: &ir::Union) -> Siblings {
        let mut siblings = Siblings::default();
        for branch in &union.branches {
            siblings.has_tags |= branch.tag.is_some();
            let Some(object) = self.object(&branch.ty) else {
                continue;
            };
            for (name, values) in listed(object) {
                siblings.has_tags |= values.len() == 1;
                siblings.values.entry(name).or_default().insert(values);
            }
            for property in &object.properties {
                let inner = self.inner_tags(property);
                if !inner.is_empty() {
                    let lists = siblings.inside.entry(property.name.clone()).or_default();
                    lists.insert(inner);
                }
            }
        }
        siblings
    }

    fn object(&self, used: &Use) -> Option<&Object> {
        let Kind::Named(id) = self.finally(used)? else {
            return None;
        };
        match &self.api.types.get(id).shape {
            Shape::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The fixed values inside a property that is an object.
    fn inner_tags(&self, property: &Property) -> Tags {
        self.object(&property.ty).map_or_else(Tags::new, only_fixed)
    }

    /// What a value of a branch looks like among the others.
    pub(super) fn looks_among(
        &self,
        branch: &ir::Variant,
        union: TypeId,
        siblings: &Siblings,
    ) -> Looks {
        let tag: Tags = branch.tag.iter().cloned().collect();
        match self.looks(&branch.ty, union, 0) {
            Looks::Object(looks) => {
                let Some(object) = self.object(&branch.ty) else {
                    return Looks::Object(looks);
                };
                Looks::Object(told_apart(self, looks, tag, object, siblings))
            }
            Looks::OneOf(ident, _) => Looks::OneOf(ident, tag),
            other => other,
        }
    }

    /// What a value of a type looks like. `inside` is the union that asks.
    fn looks(&self, used: &Use, inside: TypeId, depth: usize) -> Looks {
        let Some(kind) = self.finally(used) else {
            return Looks::Any;
        };
        match kind {
            Kind::Any => Looks::Any,
            Kind::Array(item) if depth < DEPTH && !self.admits_null(&item) => {
                match self.looks(&item, inside, depth + 1) {
                    Looks::Any => Looks::Array,
                    item => Looks::ArrayOf(Box::new(item)),
                }
            }
            Kind::Array(_) => Looks::Array,
            Kind::Map(_) => Looks::Map,
            Kind::Scalar(scalar) => match self.scalar(scalar) {
                Type::Formatted(inner) => Looks::TextOf(*inner),
                _ => scalar_looks(scalar),
            },
            Kind::Named(id) => self.named_looks(id, inside),
        }
    }

    fn named_looks(&self, id: TypeId, inside: TypeId) -> Looks {
        let Some(ident) = self.names.ty(id).cloned() else {
            return Looks::Any;
        };
        match &self.api.types.get(id).shape {
            Shape::StringEnum(..) => Looks::StringOf(ident),
            Shape::ValueEnum(_) => Looks::Any,
            Shape::IntegerEnum(_, values) => {
                Looks::IntegerOf(values.iter().map(|value| value.value).collect())
            }
            Shape::Object(object) => Looks::Object(ObjectLooks {
                ident,
                tags: only_fixed(object),
                likes: Tags::new(),
                inside: None,
                is_closed: matches!(object.additional, ir::Additional::Forbidden),
            }),
            Shape::Union(_) if !self.leads_to(id, inside) => Looks::OneOf(ident, Tags::new()),
            Shape::Union(_) | Shape::Alias(_) => Looks::Any,
        }
    }

    /// Whether the looks of a union need those of another, at any depth.
    fn leads_to(&self, from: TypeId, to: TypeId) -> bool {
        let mut seen = BTreeSet::new();
        let mut waiting = vec![from];
        while let Some(id) = waiting.pop() {
            if id == to {
                return true;
            }
            if !seen.insert(id) {
                continue;
            }
            if let Shape::Union(union) = &self.api.types.get(id).shape {
                let inner = union.branches.iter();
                waiting.extend(inner.filter_map(|branch| self.innermost(&branch.ty)));
            }
        }
        false
    }

    /// The type that a use names, behind aliases and lists.
    fn innermost(&self, used: &Use) -> Option<TypeId> {
        let mut kind = self.finally(used)?;
        for _ in 0..=DEPTH {
            match kind {
                Kind::Named(id) => return Some(id),
                Kind::Array(item) => kind = self.finally(&item)?,
                Kind::Any | Kind::Scalar(_) | Kind::Map(_) => return None,
            }
        }
        None
    }
}

/// Adds what tells an object from the other branches.
fn told_apart(
    context: &Context<'_>,
    looks: ObjectLooks,
    tag: Tags,
    object: &Object,
    siblings: &Siblings,
) -> ObjectLooks {
    let mut tags = tag;
    let own = looks.tags.into_iter();
    let new: Tags = own
        .filter(|(name, _)| !tags.iter().any(|(known, _)| known == name))
        .collect();
    tags.extend(new);
    let differs = |name: &String| {
        let lists = siblings.values.get(name);
        lists.is_some_and(|lists| lists.len() > 1)
    };
    let several = object.properties.iter().filter(|property| {
        property.fixed.len() > 1
            && differs(&property.name)
            && !tags.iter().any(|(known, _)| *known == property.name)
    });
    let likes = several
        .map(|property| (property.name.clone(), property.fixed.clone()))
        .collect();
    let inside = (!siblings.has_tags).then(|| {
        object.properties.iter().find_map(|property| {
            let lists = siblings.inside.get(&property.name)?;
            let inner = context.inner_tags(property);
            (lists.len() > 1 && !inner.is_empty()).then(|| (property.name.clone(), inner))
        })
    });
    ObjectLooks {
        tags,
        likes,
        inside: inside.flatten(),
        ..looks
    }
}

/// Properties that list their values, with these.
fn listed(object: &Object) -> impl Iterator<Item = (String, Vec<String>)> {
    let constants = object.constants.iter();
    let constants = constants.map(|constant| (constant.name.clone(), vec![constant.text()]));
    let properties = object.properties.iter();
    let properties = properties.filter(|property| !property.fixed.is_empty());
    constants.chain(properties.map(|property| (property.name.clone(), property.fixed.clone())))
}

/// Properties that have one value only.
fn only_fixed(object: &Object) -> Tags {
    listed(object)
        .filter(|(_, values)| values.len() == 1)
        .collect()
}

fn scalar_looks(scalar: Scalar) -> Looks {
    match scalar {
        Scalar::Bool => Looks::Boolean,
        Scalar::F64 => Looks::Number,
        Scalar::String | Scalar::Secret | Scalar::File => Looks::String,
        Scalar::Uuid | Scalar::Base64 => Looks::Formatted,
        Scalar::External(_) => Looks::Any,
        _ => Looks::Integer,
    }
}

/// Marks the structs by which unions know their branches.
pub(super) fn mark_branches(files: &mut [TypeFile]) {
    let items = files.iter().flat_map(|file| &file.items);
    let unions = items.filter_map(|item| match item {
        Item::Union(union) => Some(union),
        _ => None,
    });
    let variants = unions.flat_map(|union| &union.variants);
    let branches = variants.filter_map(|variant| object_of(&variant.looks));
    let branches: BTreeSet<Ident> = branches.cloned().collect();
    for item in files.iter_mut().flat_map(|file| &mut file.items) {
        if let Item::Struct(structure) = item {
            structure.is_branch = branches.contains(&structure.ident);
        }
    }
}

/// The struct that values are compared with, here or in lists.
fn object_of(looks: &Looks) -> Option<&Ident> {
    match looks {
        Looks::Object(object) => Some(&object.ident),
        Looks::ArrayOf(item) => object_of(item),
        _ => None,
    }
}
