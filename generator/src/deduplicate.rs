//! Inline types that are written more than once become one type.
//!
//! Two rules, both of which a reader of the document can apply. Inside one component or operation,
//! equal inline types that are called the same (the last named step of the way to them) are one, and
//! so are equal bodies of an operation's errors, or of its successes. It is named for that step where
//! all that are called so are equal, and else for the first of them. Anywhere in the document, inline types with the same usable title are one type of that name,
//! when all schemas with the title are equal. Components stay as they are.
//!
//! Equal means that the JSON is the same: properties, presence, null, constraints, defaults and
//! whatever is inside. Words do not count.

mod title;

use crate::ir::{
    Additional, Api, Constant, Constraints, Kind, Origin, Property, Shape, Step, Type, TypeId,
    Types, Use,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What equal types have in common, beside being equal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    /// A title that all of them have.
    Title(String),
    /// The component or operation that they stand in, and what they are called there.
    Inside(Base, Vec<Step>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Base {
    Type(TypeId),
    Operation(usize),
}

/// Makes equal types one, and takes away what nothing leads to any more.
pub(crate) fn deduplicate(api: &mut Api) {
    let classes = classes(&api.types);
    title::settle(&mut api.types, &classes);
    let mut first: BTreeMap<(Place, usize), TypeId> = BTreeMap::new();
    let mut same: BTreeMap<TypeId, TypeId> = BTreeMap::new();
    let mut shapes: BTreeMap<Place, BTreeSet<usize>> = BTreeMap::new();
    for (id, ty) in api.types.iter() {
        let (Some(place), Some(class)) = (place(ty), classes.get(id.0)) else {
            continue;
        };
        shapes.entry(place.clone()).or_default().insert(*class);
        match first.get(&(place.clone(), *class)) {
            Some(known) => {
                same.insert(id, *known);
            }
            None => {
                first.insert((place, *class), id);
            }
        }
    }
    if !same.is_empty() {
        let shared: BTreeSet<TypeId> = same.values().copied().collect();
        let alone = |place: &Place| shapes.get(place).is_some_and(|shapes| shapes.len() == 1);
        for ((place, _), id) in first {
            if shared.contains(&id) && alone(&place) {
                call(api.types.get_mut(id), place);
            }
        }
        redirect(api, &same);
    }
    settle_places(api);
    let reached = reached(api);
    settle_equals(api, &classes, &reached);
    forget(api, &reached);
}

/// A note that names a type which became another one names that one.
fn settle_places(api: &mut Api) {
    for (_, used) in &mut api.places {
        let Some(id) = named_mut(used) else { continue };
        let mut seen = BTreeSet::new();
        while seen.insert(*id)
            && let ty = api.types.get(*id)
            && !matches!(ty.origin, Origin::Component(_))
            && let Shape::Alias(target) = &ty.shape
            && let Kind::Named(target) = target.kind
        {
            *id = target;
        }
    }
}

/// What stood inside a type that became another one is what stands inside that one: a note that names
/// a type which nothing leads to any more names an equal one.
fn settle_equals(api: &mut Api, classes: &[usize], reached: &BTreeSet<TypeId>) {
    let mut equals: BTreeMap<usize, TypeId> = BTreeMap::new();
    for id in reached {
        if let Some(class) = classes.get(id.0) {
            equals.entry(*class).or_insert(*id);
        }
    }
    for (_, used) in &mut api.places {
        if let Some(id) = named_mut(used).filter(|id| !reached.contains(id)) {
            let class = classes.get(id.0);
            *id = class
                .and_then(|class| equals.get(class))
                .copied()
                .unwrap_or(*id);
        }
    }
}

/// What several have in common names all of them: the way to one of them says too much.
fn call(ty: &mut Type, place: Place) {
    if let Place::Inside(base, called) = place {
        ty.origin = match base {
            Base::Type(id) => Origin::Inside(id, called),
            Base::Operation(index) => Origin::Operation(index, called),
        };
    }
}

/// Where an inline type stands, as far as it matters; nothing for components.
fn place(ty: &Type) -> Option<Place> {
    let (base, role) = match &ty.origin {
        Origin::Component(_) => return None,
        Origin::Inside(id, role) => (Base::Type(*id), role),
        Origin::Operation(index, role) => (Base::Operation(*index), role),
        Origin::Title(title) => return Some(Place::Title(title.clone())),
    };
    if matches!(ty.shape, Shape::Alias(_)) {
        return None;
    }
    let named = role
        .iter()
        .rposition(|step| matches!(step, Step::Named(_) | Step::Variant(_)))?;
    let mut called = role.get(named..)?.to_vec();
    if let (Base::Operation(_), 0, Some(Step::Named(name))) = (base, named, called.first_mut()) {
        // `error 404` is an error like `error 400`.
        for kind in ["response", "error"] {
            if name
                .strip_prefix(kind)
                .is_some_and(|status| status.starts_with(' '))
            {
                kind.clone_into(name);
            }
        }
    }
    Some(Place::Inside(base, called))
}

/// A number for each type; equal types have the same. A component is only equal to itself.
fn classes(types: &Types) -> Vec<usize> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let mut classes: Vec<Option<usize>> = vec![None; types.len()];
    let mut waiting: Vec<(TypeId, bool)> = Vec::new();
    let mut open = BTreeSet::new();
    for (start, _) in types.iter() {
        waiting.push((start, false));
        while let Some((id, finished)) = waiting.pop() {
            if classes.get(id.0).copied().flatten().is_some() {
                continue;
            }
            let ty = types.get(id);
            if !finished {
                if !open.insert(id) {
                    continue;
                }
                waiting.push((id, true));
                if !matches!(ty.origin, Origin::Component(_)) {
                    waiting.extend(inner(ty).into_iter().map(|id| (id, false)));
                }
                continue;
            }
            let text = match ty.origin {
                Origin::Component(_) => format!("#{}", id.0),
                _ => written(types, ty, &classes),
            };
            let next = known.len();
            let class = *known.entry(text).or_insert(next);
            if let Some(slot) = classes.get_mut(id.0) {
                *slot = Some(class);
            }
        }
    }
    classes.into_iter().flatten().collect()
}

/// The types that a type names.
fn inner(ty: &Type) -> Vec<TypeId> {
    let mut ids = Vec::new();
    each_use(&ty.shape, &mut |used| {
        if let Some(id) = used.named() {
            ids.push(id);
        }
    });
    ids
}

fn each_use<'a>(shape: &'a Shape, visit: &mut dyn FnMut(&'a Use)) {
    match shape {
        Shape::Object(object) => {
            object
                .properties
                .iter()
                .for_each(|property| visit(&property.ty));
            if let Additional::Typed(used) = &object.additional {
                visit(used);
            }
        }
        Shape::Union(union) => {
            union.branches.iter().for_each(|branch| visit(&branch.ty));
        }
        Shape::Alias(used) => visit(used),
        _ => {}
    }
}

/// All that makes an inline type what it is, as text: without words and places, and with the
/// classes of other inline types for their ids.
fn written(types: &Types, ty: &Type, classes: &[Option<usize>]) -> String {
    let replaced = |used: &Use| {
        let mut used = used.clone();
        replace(&mut used, types, classes);
        used
    };
    let mut text = format!("{} ", ty.nullable);
    write_constraints(&mut text, &ty.constraints);
    // Writing to a string does not fail.
    let _ = match &ty.shape {
        Shape::Object(object) => {
            for property in &object.properties {
                write_property(&mut text, property, &replaced(&property.ty));
            }
            for Constant { name, value } in &object.constants {
                // Writing to a string does not fail.
                let _ = write!(text, "{name:?} always {value:?} ");
            }
            match &object.additional {
                Additional::Typed(used) => write!(text, "{:?}", replaced(used)),
                other => write!(text, "{other:?}"),
            }
        }
        shape => {
            let mut shape = shape.clone();
            each_use_mut(&mut shape, &mut |used| replace(used, types, classes));
            write!(text, "{shape:?}")
        }
    };
    text
}

fn replace(used: &mut Use, types: &Types, classes: &[Option<usize>]) {
    let Some(id) = named_mut(used) else { return };
    let inline = !matches!(types.get(*id).origin, Origin::Component(_));
    // A type that leads back to itself has no class yet, and is only equal to itself.
    if let Some(class) = classes.get(id.0).copied().flatten().filter(|_| inline) {
        *id = TypeId(types.len() + class);
    }
}

/// A property, with its type as it counts.
fn write_property(text: &mut String, property: &Property, used: &Use) {
    let Property {
        name,
        ty: _, // as it counts, beside
        required,
        read_only,
        write_only,
        deprecated,
        description: _, // words
        default,
        constraints,
        pointer: _, // a place
        fixed,
    } = property;
    // Writing to a string does not fail.
    let _ = write!(
        text,
        "{name:?} {used:?} {required} {read_only} {write_only} {deprecated} {default:?} {fixed:?} "
    );
    write_constraints(text, constraints);
}

/// Constraints; nearly always there are none.
fn write_constraints(text: &mut String, constraints: &Option<Box<Constraints>>) {
    if let Some(constraints) = constraints {
        // Writing to a string does not fail.
        let _ = write!(text, "{constraints:?} ");
    }
}

/// Lets everything that names one of the types name the other.
fn redirect(api: &mut Api, same: &BTreeMap<TypeId, TypeId>) {
    let ids: Vec<_> = api.types.iter().map(|(id, _)| id).collect();
    for id in ids {
        let ty = api.types.get_mut(id);
        match same.get(&id) {
            Some(known) => ty.shape = Shape::Alias(Use::new(Kind::Named(*known))),
            None => each_use_mut(&mut ty.shape, &mut |used| redirect_use(used, same)),
        }
    }
    each_operation_use(api, &mut |used| redirect_use(used, same));
    for (_, used) in &mut api.places {
        redirect_use(used, same);
    }
}

fn redirect_use(used: &mut Use, same: &BTreeMap<TypeId, TypeId>) {
    if let Some(id) = named_mut(used) {
        *id = same.get(id).copied().unwrap_or(*id);
    }
}

/// The type that a use names, through lists and maps, to be replaced.
fn named_mut(used: &mut Use) -> Option<&mut TypeId> {
    let mut kind = &mut used.kind;
    loop {
        match kind {
            Kind::Array(inner) | Kind::Map(inner) => kind = &mut inner.kind,
            Kind::Named(id) => return Some(id),
            Kind::Any | Kind::Scalar(_) => return None,
        }
    }
}

fn each_use_mut(shape: &mut Shape, visit: &mut dyn FnMut(&mut Use)) {
    match shape {
        Shape::Object(object) => {
            for property in &mut object.properties {
                visit(&mut property.ty);
            }
            if let Additional::Typed(used) = &mut object.additional {
                visit(used);
            }
        }
        Shape::Union(union) => {
            for branch in &mut union.branches {
                visit(&mut branch.ty);
            }
        }
        Shape::Alias(used) => visit(used),
        _ => {}
    }
}

fn each_operation_use(api: &mut Api, visit: &mut dyn FnMut(&mut Use)) {
    for operation in &mut api.operations {
        for parameter in &mut operation.parameters {
            visit(&mut parameter.ty);
        }
        if let Some(body) = &mut operation.body {
            let choices = body.choices.iter_mut();
            let used = choices.filter_map(|choice| choice.content.ty_mut());
            let used = used.chain(&mut body.others);
            used.for_each(&mut *visit);
        }
        for response in &mut operation.responses {
            let bodies = response.bodies.iter_mut();
            let used = bodies.filter_map(|body| body.reading.ty_mut());
            used.chain(&mut response.others).for_each(&mut *visit);
            for header in &mut response.headers {
                visit(&mut header.ty);
            }
        }
    }
}

/// The types that a component or an operation leads to.
fn reached(api: &mut Api) -> BTreeSet<TypeId> {
    let mut waiting: Vec<TypeId> = api
        .types
        .iter()
        .filter(|(_, ty)| matches!(ty.origin, Origin::Component(_)))
        .map(|(id, _)| id)
        .collect();
    each_operation_use(api, &mut |used| waiting.extend(used.named()));
    let mut reached = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if reached.insert(id) {
            waiting.extend(inner(api.types.get(id)));
        }
    }
    reached
}

/// All other types get no name, and are not printed.
fn forget(api: &mut Api, reached: &BTreeSet<TypeId>) {
    let ids: Vec<_> = api.types.iter().map(|(id, _)| id).collect();
    for id in ids.into_iter().filter(|id| !reached.contains(id)) {
        api.types.get_mut(id).shape = Shape::Alias(Use::ANY);
    }
}
