//! Required properties that have but one value: they are what an object is, and not what is in it.
//!
//! Such a property becomes no field. The table of the struct writes and expects the value, as
//! serde's `tag` does, and the enum of one value that would have been its type is not there. Another
//! value that a server sends is kept among the unknown properties.
//!
//! A property that may be absent stays a field, since whether it is there is a value as well. So does one
//! whose enum the maintainer has closed, and one of an object that has no room for another value.

use crate::ir::{
    Additional, Api, Constant, Kind, Origin, Property, Scalar, Shape, TypeId, Types, Use,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How many properties of one object become constants: the runtime has a bit for each.
const MOST: usize = 64;

/// Takes the properties that have but one value out of the properties of each object.
pub(crate) fn settle(api: &mut Api) {
    let mut found: BTreeMap<TypeId, Vec<Constant>> = BTreeMap::new();
    let mut scalars: BTreeMap<TypeId, Scalar> = BTreeMap::new();
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
    settle_places(api, &scalars);
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
