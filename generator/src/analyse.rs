//! Facts about the API that no single type knows: who sends a type, where a cycle needs a box.
//!
//! The results are side tables keyed by [`TypeId`]; the API itself stays as it is.

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Additional, Api, Kind, Shape, Type, TypeId, Types, Use};
use std::collections::{BTreeMap, BTreeSet};

/// What was found out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Facts {
    /// Types that request bodies and parameters lead to.
    pub sent: BTreeSet<TypeId>,
    /// Types that responses lead to.
    pub received: BTreeSet<TypeId>,
    /// Properties and branches, by type and position, whose value must stand behind a `Box`.
    pub boxed: BTreeSet<(TypeId, usize)>,
    /// Aliases that would be made of themselves, which Rust does not allow: their inner type is
    /// any JSON value instead.
    pub opened: BTreeSet<TypeId>,
}

impl Facts {
    /// Whether the client sends the type; a type that no operation reaches may be used either way.
    pub fn is_sent(&self, id: TypeId) -> bool {
        self.sent.contains(&id) || !self.received.contains(&id)
    }

    /// Whether the client receives the type.
    pub fn is_received(&self, id: TypeId) -> bool {
        self.received.contains(&id) || !self.sent.contains(&id)
    }
}

/// Analyses a whole API.
pub(crate) fn analyse(api: &Api, diagnostics: &mut Diagnostics) -> Facts {
    let mut facts = Facts::default();
    for operation in &api.operations {
        for parameter in &operation.parameters {
            reach(&api.types, &parameter.ty, &mut facts.sent);
        }
        if let Some(body) = &operation.body {
            for used in body.content.ty().into_iter().chain(&body.others) {
                reach(&api.types, used, &mut facts.sent);
            }
        }
        for response in &operation.responses {
            let bodies = response.bodies.iter();
            let used = bodies.filter_map(|body| body.reading.ty());
            for used in used.chain(&response.others) {
                reach(&api.types, used, &mut facts.received);
            }
        }
    }
    facts.opened = circular_aliases(&api.types, diagnostics);
    facts.boxed = boxes(&api.types);
    facts
}

/// Adds everything that a use leads to.
fn reach(types: &Types, used: &Use, reached: &mut BTreeSet<TypeId>) {
    let mut waiting = Vec::new();
    named(used, &mut waiting);
    while let Some(id) = waiting.pop() {
        if reached.insert(id) {
            uses(types.get(id))
                .into_iter()
                .for_each(|used| named(used, &mut waiting));
        }
    }
}

/// The types that a use names directly, through lists and maps.
fn named(used: &Use, found: &mut Vec<TypeId>) {
    match &used.kind {
        Kind::Any | Kind::Scalar(_) => {}
        Kind::Array(inner) | Kind::Map(inner) => named(inner, found),
        Kind::Named(id) => found.push(*id),
    }
}

/// Every use inside a type.
pub(crate) fn uses(ty: &Type) -> Vec<&Use> {
    match &ty.shape {
        Shape::Object(object) => {
            let additional = match &object.additional {
                Additional::Typed(used) => Some(used),
                Additional::Any | Additional::Forbidden => None,
            };
            object
                .properties
                .iter()
                .map(|property| &property.ty)
                .chain(additional)
                .collect()
        }
        Shape::Union(union) => union.branches.iter().map(|branch| &branch.ty).collect(),
        Shape::Alias(used) => vec![used],
        Shape::StringEnum(..) | Shape::IntegerEnum(..) | Shape::ValueEnum(_) => Vec::new(),
    }
}

/// Aliases that lead back to themselves through aliases, lists and maps alone.
///
/// Whatever leads to no other alias is taken away, again and again; then whatever no other leads to.
/// What remains goes in circles, and one of it is opened, until nothing remains.
fn circular_aliases(types: &Types, diagnostics: &mut Diagnostics) -> BTreeSet<TypeId> {
    let mut edges: Vec<(TypeId, TypeId)> = Vec::new();
    for (id, ty) in types.iter() {
        edges.extend(alias_targets(ty).into_iter().map(|target| (id, target)));
    }
    let back: Vec<_> = edges.iter().map(|(from, to)| (*to, *from)).collect();
    let mut left: BTreeSet<TypeId> = types.iter().map(|(id, _)| id).collect();
    let mut opened = BTreeSet::new();
    loop {
        left = peel(peel(left, &edges), &back);
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

/// The fewest boxes that a depth-first walk finds: one on each edge that leads back up.
fn boxes(types: &Types) -> BTreeSet<(TypeId, usize)> {
    let edges: BTreeMap<TypeId, Vec<(usize, TypeId)>> = types
        .iter()
        .map(|(id, ty)| (id, by_value(types, ty)))
        .collect();
    let mut boxed = BTreeSet::new();
    let mut done = BTreeSet::new();
    for (start, _) in types.iter() {
        let mut path = vec![(start, 0)];
        let mut on_path = BTreeSet::from([start]);
        while let Some((id, position)) = path.last_mut() {
            let id = *id;
            let next = edges
                .get(&id)
                .and_then(|edges| edges.get(*position))
                .filter(|_| !done.contains(&id));
            *position += 1;
            match next {
                Some((property, target)) if on_path.contains(target) => {
                    boxed.insert((id, *property));
                }
                Some((_, target)) => {
                    path.push((*target, 0));
                    on_path.insert(*target);
                }
                None => {
                    path.pop();
                    on_path.remove(&id);
                    done.insert(id);
                }
            }
        }
    }
    boxed
}

/// Properties and branches that hold a type by value, with what it finally is.
fn by_value(types: &Types, ty: &Type) -> Vec<(usize, TypeId)> {
    let held: Vec<&Use> = match &ty.shape {
        Shape::Object(object) => object
            .properties
            .iter()
            .map(|property| &property.ty)
            .collect(),
        Shape::Union(union) => union.branches.iter().map(|branch| &branch.ty).collect(),
        Shape::Alias(_) | Shape::StringEnum(..) | Shape::IntegerEnum(..) | Shape::ValueEnum(_) => {
            Vec::new()
        }
    };
    let held = held.into_iter().enumerate();
    held.filter_map(|(index, used)| Some((index, held_by_value(types, used)?)))
        .collect()
}

fn held_by_value(types: &Types, used: &Use) -> Option<TypeId> {
    let mut used = used;
    for _ in 0..types.len().saturating_add(1) {
        let Kind::Named(id) = used.kind else {
            return None;
        };
        match &types.get(id).shape {
            Shape::Object(_) | Shape::Union(_) => return Some(id),
            Shape::Alias(target) => used = target,
            Shape::StringEnum(..) | Shape::IntegerEnum(..) | Shape::ValueEnum(_) => return None,
        }
    }
    None
}
