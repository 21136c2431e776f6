//! Required properties that have but one value: whoever makes the object does not have to say it.
//!
//! Most are no fields at all; fields are those of closed enums, and of objects that have no room for another value.

use super::Context;
use super::enums::literal;
use crate::docs::code;
use crate::ir::{Constant, Kind, Property, Shape, Use};
use crate::model::Literal;
use proc_macro2::Ident;

/// The properties that are no fields, with their values.
pub(super) fn constants(constants: &[Constant]) -> Vec<(String, Literal)> {
    let constants = constants.iter();
    constants
        .filter_map(|constant| Some((constant.name.clone(), literal(&constant.value)?)))
        .collect()
}

/// A sentence on them.
pub(super) fn constants_line(shape: &Shape) -> Option<String> {
    let Shape::Object(object) = shape else {
        return None;
    };
    let clauses = object.constants.iter().map(|constant| {
        let (name, value) = (code(&constant.name), code(&constant.text()));
        format!("{name} is always {value}")
    });
    let clauses: Vec<_> = clauses.collect();
    let is_any = !clauses.is_empty();
    is_any.then(|| format!("On the wire, {}.", clauses.join(" and ")))
}

impl Context<'_> {
    /// The enum of a required property that has but one value, and the variant of that value.
    pub(super) fn constant(&self, property: &Property) -> Option<(Ident, Ident)> {
        let [value] = property.fixed.as_slice() else {
            return None;
        };
        let is_sent = property.required && !property.read_only;
        if !is_sent || self.admits_null(&property.ty) {
            return None;
        }
        let Some(Kind::Named(target)) = self.finally(&property.ty) else {
            return None;
        };
        let ident = self.names.ty(target)?.clone();
        let variant = self.variant_of(target, value)?;
        Some((ident, variant))
    }

    /// Whether a type is an enum of several values.
    pub(super) fn has_several(&self, used: &Use) -> bool {
        let Some(Kind::Named(target)) = self.finally(used) else {
            return false;
        };
        match &self.api.types.get(target).shape {
            Shape::StringEnum(values, _) => values.len() > 1,
            Shape::IntegerEnum(_, values) => values.len() > 1,
            Shape::ValueEnum(_) | Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) => false,
        }
    }
}
