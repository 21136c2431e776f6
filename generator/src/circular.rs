//! Schemas that are made of themselves, with nothing in between that Rust could name.
//!
//! A map of itself is a struct without properties, which Rust can name. A list of itself is not: it
//! is opened, and holds any value.

use crate::analyse::named;
use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Additional, Kind, Object, Shape, Type, TypeId, Types};
use std::collections::{BTreeMap, BTreeSet};

/// Makes objects of maps that lead back to themselves.
pub(crate) fn name_maps(types: &mut Types) {
    let aliases = Aliases::of(types);
    for id in aliases.circles(aliases.all()) {
        let ty = types.get_mut(id);
        let Shape::Alias(alias) = &ty.shape else {
            continue;
        };
        if let Kind::Map(value) = &alias.kind {
            ty.nullable |= alias.nullable;
            ty.shape = Shape::Object(Object {
                properties: Vec::new(),
                constants: Vec::new(),
                additional: Additional::Typed((**value).clone()),
            });
        }
    }
}

/// Aliases that lead back to themselves through aliases, lists and maps alone: one of them is opened,
/// until no circle remains.
pub(crate) fn opened(types: &Types, diagnostics: &mut Diagnostics) -> BTreeSet<TypeId> {
    let aliases = Aliases::of(types);
    let mut left = aliases.all();
    let mut opened = BTreeSet::new();
    loop {
        left = aliases.circles(left);
        // Opening one alias may open every circle that goes through it.
        let Some(first) = left.pop_first() else { break };
        opened.insert(first);
        diagnostics
            .report(
                Code::CircularReference,
                &types.get(first).pointer,
                "this schema is made of itself, with no object in between",
            )
            .help("it is a free-form JSON value inside; let an object stand in between");
    }
    opened
}

/// What aliases lead to, and the same backwards.
struct Aliases {
    edges: Vec<(TypeId, TypeId)>,
    back: Vec<(TypeId, TypeId)>,
}

impl Aliases {
    fn of(types: &Types) -> Self {
        let mut edges = Vec::new();
        for (id, ty) in types.iter() {
            edges.extend(alias_targets(ty).into_iter().map(|target| (id, target)));
        }
        Self {
            back: edges.iter().map(|(from, to)| (*to, *from)).collect(),
            edges,
        }
    }

    /// The aliases that lead to a type at all.
    fn all(&self) -> BTreeSet<TypeId> {
        self.edges.iter().map(|(from, _)| *from).collect()
    }

    /// What goes in circles, and what leads from one circle to another: whatever leads to no other
    /// alias is taken away, again and again, and then whatever no other leads to.
    fn circles(&self, left: BTreeSet<TypeId>) -> BTreeSet<TypeId> {
        peel(peel(left, &self.edges), &self.back)
    }
}

/// The nodes that are left when every node without an edge to another one left is taken away.
fn peel(mut left: BTreeSet<TypeId>, edges: &[(TypeId, TypeId)]) -> BTreeSet<TypeId> {
    let mut incoming: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut outgoing: BTreeMap<TypeId, usize> = left.iter().map(|id| (*id, 0)).collect();
    for (from, to) in edges {
        if left.contains(from) && left.contains(to) {
            incoming.entry(*to).or_default().push(*from);
            *outgoing.entry(*from).or_default() += 1;
        }
    }
    let mut ends: Vec<TypeId> = outgoing
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(id, _)| *id)
        .collect();
    while let Some(end) = ends.pop() {
        left.remove(&end);
        for from in incoming.remove(&end).into_iter().flatten() {
            if let Some(count) = outgoing.get_mut(&from) {
                *count -= 1;
                if *count == 0 {
                    ends.push(from);
                }
            }
        }
    }
    left
}

fn alias_targets(ty: &Type) -> Vec<TypeId> {
    let mut targets = Vec::new();
    if let Shape::Alias(used) = &ty.shape {
        named(used, &mut targets);
    }
    targets
}
