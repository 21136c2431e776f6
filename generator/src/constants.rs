//! What has but one value: it says what an object or a branch of a union is, and not what is in it.
//!
//! A required property of one value becomes no field. The table of the struct writes and expects the value, as
//! serde's `tag` does, and the enum of one value that would have been its type is not there. Another
//! value that a server sends is kept among the unknown properties.
//!
//! A property that may be absent stays a field, since whether it is there is a value as well. So does one
//! whose enum the maintainer has closed, and one of an object that has no room for another value.
//!
//! A branch of a union that is a string of one value is a variant without a value in it.

use crate::ir::{
    Additional, Api, Constant, Kind, Origin, Property, Scalar, Shape, TypeId, Types, Use,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How many properties of one object become constants: the runtime has a bit for each.
const MOST: usize = 64;

/// Takes the properties that have but one value out of the properties of each object, and the types of
/// one value out of unions.
pub(crate) fn settle(api: &mut Api) {
    let mut scalars = settle_objects(api);
    scalars.extend(settle_unions(&mut api.types));
    settle_places(api, &scalars);
}

fn settle_objects(api: &mut Api) -> BTreeMap<TypeId, Scalar> {
    let mut found: BTreeMap<TypeId, Vec<Constant>> = BTreeMap::new();
    let mut scalars = BTreeMap::new();
    for (id, ty) in api.types.iter() {
        let Shape::Object(object) = &ty.shape else {
            continue;
        };
        if !matches!(object.additional, Additional::Any) {
            continue;
        }
        for property in &object.properties {
            let Some(value) = constant(property, &api.types, &api.closed) else {
                continue;
            };
            scalars.extend(inline(&property.ty, &api.types));
            let name = property.name.clone();
            found.entry(id).or_default().push(Constant { name, value });
        }
    }
    for (id, mut constants) in found {
        constants.truncate(MOST);
        if let Shape::Object(object) = &mut api.types.get_mut(id).shape {
            let is_field = |property: &Property| {
                constants
                    .iter()
                    .all(|constant| constant.name != property.name)
            };
            object.properties.retain(is_field);
            object.constants = constants;
        }
    }
    scalars
}

fn settle_unions(types: &mut Types) -> BTreeMap<TypeId, Scalar> {
    let mut found = BTreeMap::new();
    let mut scalars = BTreeMap::new();
    for (id, ty) in types.iter() {
        let Shape::Union(union) = &ty.shape else {
            continue;
        };
        for (index, branch) in union.branches.iter().enumerate() {
            let inline = inline(&branch.ty, types).filter(|_| !branch.ty.nullable);
            let Some((enumeration, scalar)) = inline else {
                continue;
            };
            let inner = types.get(enumeration);
            if let (Shape::StringEnum(values, _), false) = (&inner.shape, inner.nullable) {
                found.insert((id, index), values.first().cloned());
                scalars.insert(enumeration, scalar);
            }
        }
    }
    for ((id, index), constant) in found {
        if let Shape::Union(union) = &mut types.get_mut(id).shape
            && let Some(branch) = union.branches.get_mut(index)
        {
            branch.ty = Use::new(Kind::Scalar(Scalar::String));
            branch.constant = constant;
        }
    }
    scalars
}

/// Where an inline enum of one value stood, there is a text or a number on the wire, and no type.
fn settle_places(api: &mut Api, scalars: &BTreeMap<TypeId, Scalar>) {
    for (_, used) in &mut api.places {
        let Kind::Named(id) = used.kind else { continue };
        if let Some(scalar) = scalars.get(&id) {
            used.kind = Kind::Scalar(*scalar);
        }
    }
}

/// The one value of a property that an object must have.
fn constant(property: &Property, types: &Types, closed: &BTreeSet<TypeId>) -> Option<Value> {
    let [text] = property.fixed.as_slice() else {
        return None;
    };
    let is_expected = property.required && !property.read_only && !property.write_only;
    if !is_expected {
        return None;
    }
    let mut used = &property.ty;
    for _ in 0..=types.len() {
        if used.nullable {
            return None;
        }
        let Kind::Named(id) = used.kind else {
            let is_flag = used.kind == Kind::Scalar(Scalar::Bool);
            return text.parse().ok().filter(|_| is_flag).map(Value::Bool);
        };
        let ty = types.get(id);
        if ty.nullable || closed.contains(&id) {
            return None;
        }
        match &ty.shape {
            Shape::Alias(target) => used = target,
            Shape::StringEnum(values, _) => {
                let mut values = values.iter();
                return values
                    .any(|known| known.value == *text)
                    .then(|| Value::from(text.as_str()));
            }
            Shape::IntegerEnum(_, values) => {
                let value: i64 = text.parse().ok()?;
                let mut values = values.iter();
                return values
                    .any(|known| known.value == i128::from(value))
                    .then(|| Value::from(value));
            }
            Shape::Object(_) | Shape::Union(_) | Shape::ValueEnum(_) => return None,
        }
    }
    None
}

/// The inline enum of one value that a property has for its type, and what its value is on the wire.
fn inline(used: &Use, types: &Types) -> Option<(TypeId, Scalar)> {
    let Kind::Named(id) = used.kind else {
        return None;
    };
    let ty = types.get(id);
    if matches!(ty.origin, Origin::Component(_)) {
        return None;
    }
    match &ty.shape {
        Shape::StringEnum(values, _) if values.len() == 1 => Some((id, Scalar::String)),
        Shape::IntegerEnum(scalar, values) if values.len() == 1 => Some((id, *scalar)),
        _ => None,
    }
}
