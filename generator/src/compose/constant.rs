//! Required properties that have but one value: whoever makes the object does not have to say it.

use super::Context;
use crate::ir::{Kind, Property, Shape, Use};
use proc_macro2::Ident;

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
