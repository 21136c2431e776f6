//! Unions of a type and a string, empty or any: generic types of the runtime, where every place had one of its
//! own.

use super::Context;
use crate::ir::{Api, Kind, Origin, Scalar, Shape, TypeId, Union, Use, Variant};
use crate::model;
use proc_macro2::Ident;
use std::collections::{BTreeMap, BTreeSet};

/// A generic type of the runtime that a union is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Generic {
    /// A value, or `""`.
    OrEmpty,
    /// Any string, or an object.
    StringOr,
}

/// Unions that are one, with the place of the branch beside the string.
pub(super) type Generics = BTreeMap<TypeId, (Generic, usize)>;

/// The inline unions that no other union has to tell from its other branches, that have no `validate`
/// method, and that are a type and `""`, or a string and the object of a component.
pub(super) fn generics(api: &Api, validated: &BTreeSet<TypeId>) -> Generics {
    let mut branches = BTreeSet::new();
    for (_, ty) in api.types.iter() {
        if let Shape::Union(union) = &ty.shape {
            let named = union.branches.iter().map(|branch| branch.ty.named());
            named.for_each(|named| note(api, named, &mut branches));
        }
    }
    let types = api.types.iter().filter_map(|(id, ty)| {
        let Shape::Union(union) = &ty.shape else {
            return None;
        };
        let is_inline = !matches!(ty.origin, Origin::Component(_));
        let is_apart = is_inline && !branches.contains(&id) && !validated.contains(&id);
        let (generic, index) = value(union).filter(|_| is_apart)?;
        let branch = union.branches.get(index)?;
        let fits = match generic {
            Generic::OrEmpty => is_apart_from_text(api, &branch.ty),
            Generic::StringOr => is_object(api, &branch.ty),
        };
        fits.then_some((id, (generic, index)))
    });
    types.collect()
}

/// Notes a type, and what an alias stands for.
fn note(api: &Api, mut named: Option<TypeId>, branches: &mut BTreeSet<TypeId>) {
    while let Some(id) = named
        && branches.insert(id)
    {
        named = match &api.types.get(id).shape {
            Shape::Alias(target) => target.named(),
            _ => None,
        };
    }
}

/// What a union of two branches could be, and the place of the branch beside the string.
fn value(union: &Union) -> Option<(Generic, usize)> {
    let [first, second] = union.branches.as_slice() else {
        return None;
    };
    let (generic, index, branch) = match (string(first), string(second)) {
        (Some(generic), None) => (generic, 1, second),
        (None, Some(generic)) => (generic, 0, first),
        _ => return None,
    };
    let is_plain = branch.constant.is_none() && branch.tag.is_none();
    is_plain.then_some((generic, index))
}

/// What a union is that has this branch, if it is a string that the generic types have a variant for.
fn string(branch: &Variant) -> Option<Generic> {
    match (&branch.constant, &branch.ty.kind) {
        (Some(constant), _) => constant.value.is_empty().then_some(Generic::OrEmpty),
        (None, Kind::Scalar(Scalar::String)) => branch.tag.is_none().then_some(Generic::StringOr),
        (None, _) => None,
    }
}

/// Whether a type is the object of a component.
fn is_object(api: &Api, used: &Use) -> bool {
    let Kind::Named(id) = used.kind else {
        return false;
    };
    let ty = api.types.get(id);
    matches!(ty.shape, Shape::Object(_)) && matches!(ty.origin, Origin::Component(_))
}

/// Whether a type has a name that ends it, so that it cannot be made of the union, and is no file, which
/// only a union of its own may turn into text.
fn is_apart_from_text(api: &Api, used: &Use) -> bool {
    match &used.kind {
        Kind::Any | Kind::Scalar(Scalar::File) => false,
        Kind::Scalar(_) => true,
        Kind::Array(inner) | Kind::Map(inner) => is_apart_from_text(api, inner),
        Kind::Named(id) => !matches!(api.types.get(*id).shape, Shape::Union(_) | Shape::Alias(_)),
    }
}

impl Context<'_> {
    /// The files of types, and the types that are printed in each.
    pub(super) fn files(&self) -> Vec<(Ident, Vec<TypeId>)> {
        let mut files = self.names.files();
        for (_, ids) in &mut files {
            ids.retain(|id| !self.generics.contains_key(id));
        }
        files.retain(|(_, ids)| !ids.is_empty());
        files
    }

    /// The generic type that a union is, with the branch beside the string, and its place.
    pub(super) fn generic(&self, id: TypeId) -> Option<(Generic, usize, &Variant)> {
        let (generic, index) = *self.generics.get(&id)?;
        match &self.api.types.get(id).shape {
            Shape::Union(union) => Some((generic, index, union.branches.get(index)?)),
            _ => None,
        }
    }

    /// What stands for a union that is a generic type.
    pub(super) fn instance(&self, id: TypeId) -> Option<model::Type> {
        let (generic, index, branch) = self.generic(id)?;
        let value = Box::new(self.branch_type(id, index, branch));
        Some(match generic {
            Generic::OrEmpty => model::Type::OrEmpty(value),
            Generic::StringOr => model::Type::StringOr(value),
        })
    }
}
