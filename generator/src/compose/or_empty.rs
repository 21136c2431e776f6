//! Unions of a type and the empty string: one generic type of the runtime, where every place had one of
//! its own.

use super::Context;
use crate::ir::{Api, Kind, Origin, Scalar, Shape, TypeId, Union, Use, Variant};
use crate::model;
use proc_macro2::Ident;
use std::collections::BTreeSet;

/// The inline unions of a type and `""` that no other union has to tell from its other branches, and that
/// have no `validate` method.
pub(super) fn or_empty(api: &Api, validated: &BTreeSet<TypeId>) -> BTreeSet<TypeId> {
    let mut branches = BTreeSet::new();
    for (_, ty) in api.types.iter() {
        if let Shape::Union(union) = &ty.shape {
            let named = union.branches.iter().map(|branch| branch.ty.named());
            named.for_each(|named| note(api, named, &mut branches));
        }
    }
    let is_inline = |origin: &Origin| !matches!(origin, Origin::Component(_));
    let types = api.types.iter().filter(|(id, ty)| match &ty.shape {
        Shape::Union(union) => {
            is_inline(&ty.origin)
                && !branches.contains(id)
                && !validated.contains(id)
                && value(union).is_some_and(|(_, branch)| is_apart(api, &branch.ty))
        }
        _ => false,
    });
    types.map(|(id, _)| id).collect()
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

/// The branch beside the empty string, and its place.
fn value(union: &Union) -> Option<(usize, &Variant)> {
    let is_empty = |branch: &Variant| {
        let constant = branch.constant.as_ref();
        constant.is_some_and(|constant| constant.value.is_empty())
    };
    let (index, branch) = match union.branches.as_slice() {
        [first, second] if is_empty(first) => (1, second),
        [first, second] if is_empty(second) => (0, first),
        _ => return None,
    };
    (branch.constant.is_none() && branch.tag.is_none()).then_some((index, branch))
}

/// Whether a type has a name that ends it, so that it cannot be made of the union, and is no file, which
/// only a union of its own may turn into text.
fn is_apart(api: &Api, used: &Use) -> bool {
    match &used.kind {
        Kind::Any | Kind::Scalar(Scalar::File) => false,
        Kind::Scalar(_) => true,
        Kind::Array(inner) | Kind::Map(inner) => is_apart(api, inner),
        Kind::Named(id) => !matches!(api.types.get(*id).shape, Shape::Union(_) | Shape::Alias(_)),
    }
}

impl Context<'_> {
    /// The files of types, and the types that are printed in each.
    pub(super) fn files(&self) -> Vec<(Ident, Vec<TypeId>)> {
        let mut files = self.names.files();
        for (_, ids) in &mut files {
            ids.retain(|id| !self.or_empty.contains(id));
        }
        files.retain(|(_, ids)| !ids.is_empty());
        files
    }

    /// What is beside the empty string in a union that is an `OrEmpty`.
    pub(super) fn beside_empty(&self, id: TypeId) -> Option<(usize, &Variant)> {
        match &self.api.types.get(id).shape {
            Shape::Union(union) if self.or_empty.contains(&id) => value(union),
            _ => None,
        }
    }

    /// What stands for a union of a type and the empty string.
    pub(super) fn emptied(&self, id: TypeId) -> Option<model::Type> {
        let (index, branch) = self.beside_empty(id)?;
        let value = self.branch_type(id, index, branch);
        Some(model::Type::OrEmpty(Box::new(value)))
    }
}
