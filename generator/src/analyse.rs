//! Facts about the API that no single type knows: who sends a type, where a cycle needs a box.
//!
//! The results are side tables keyed by [`TypeId`]; the API itself stays as it is.

use crate::circular;
use crate::diagnostic::Diagnostics;
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
            let choices = body.choices.iter();
            let used = choices.filter_map(|choice| choice.content.ty());
            for used in used.chain(&body.others) {
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
    facts.opened = circular::opened(&api.types, diagnostics);
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
pub(crate) fn named(used: &Use, found: &mut Vec<TypeId>) {
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
