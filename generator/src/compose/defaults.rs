//! Defaults: the value that `with_defaults` gives a field.

use super::Context;
use crate::analyse::uses;
use crate::ir::{self, Kind, Scalar, Shape, TypeId, Use};
use crate::model::{self, DefaultValue, FieldDefault, FieldKind};
use crate::options;
use serde_json::Value;
use std::collections::BTreeSet;

impl Context<'_> {
    /// What `with_defaults` fills in: fields that may be absent and have a default.
    pub(super) fn defaults(
        &self,
        id: TypeId,
        object: &ir::Object,
        fields: &[model::Field],
    ) -> model::Defaults {
        if self.options.defaults == options::Defaults::Documented {
            return model::Defaults::default();
        }
        let on_decode = self.options.defaults == options::Defaults::Decode;
        let rows = object.properties.iter().zip(fields);
        let fields = rows.filter_map(|(property, field)| {
            let nullable = match field.kind {
                _ if field.argument => return None,
                FieldKind::Required => return None,
                FieldKind::Nullable | FieldKind::ReadOnlyNullable => true,
                _ => false,
            };
            let default = property
                .default
                .as_ref()
                .filter(|default| !default.is_null())?;
            let value = match field.ty {
                model::Type::Box(_) => DefaultValue::Json(default.to_string()),
                _ => self.default_value(&property.ty, default),
            };
            let decoded = matches!(value, DefaultValue::Json(_)) && on_decode;
            if decoded && self.may_hold(&property.ty, id) {
                return None;
            }
            Some(FieldDefault {
                ident: field.ident.clone(),
                nullable,
                value,
            })
        });
        model::Defaults {
            fields: fields.collect(),
            on_decode,
        }
    }

    /// Whether decoding a value may decode one of a type inside: with a default that is decoded too,
    /// that would have no end.
    fn may_hold(&self, used: &Use, id: TypeId) -> bool {
        let mut waiting: Vec<TypeId> = used.named().into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(next) = waiting.pop() {
            if next == id {
                return true;
            }
            if seen.insert(next) {
                let uses = uses(self.api.types.get(next));
                waiting.extend(uses.into_iter().filter_map(Use::named));
            }
        }
        false
    }

    /// Plain values as they are written in Rust; decoding JSON costs the user compile time.
    fn default_value(&self, used: &Use, default: &Value) -> DefaultValue {
        let integer = default
            .as_i64()
            .map(i128::from)
            .or_else(|| default.as_u64().map(i128::from));
        let value = match (self.finally(used), default) {
            (Some(Kind::Scalar(Scalar::Bool)), Value::Bool(value)) => {
                Some(DefaultValue::Bool(*value))
            }
            (Some(Kind::Scalar(Scalar::String | Scalar::Secret)), Value::String(text)) => {
                Some(DefaultValue::Text(text.clone()))
            }
            (Some(Kind::Scalar(Scalar::F64)), Value::Number(number)) => {
                number.as_f64().map(DefaultValue::Decimal)
            }
            (
                Some(Kind::Scalar(
                    Scalar::I8
                    | Scalar::I16
                    | Scalar::I32
                    | Scalar::I64
                    | Scalar::U8
                    | Scalar::U16
                    | Scalar::U32
                    | Scalar::U64,
                )),
                Value::Number(_),
            ) => integer.map(DefaultValue::Integer),
            // A closed enum has no conversion that cannot fail.
            (Some(Kind::Named(id)), _) if self.api.closed.contains(&id) => None,
            (Some(Kind::Named(id)), _) => match (&self.api.types.get(id).shape, default) {
                (Shape::StringEnum(..), Value::String(text)) => {
                    Some(DefaultValue::Text(text.clone()))
                }
                (Shape::IntegerEnum(..), Value::Number(_)) => integer
                    .zip(self.names.ty(id).cloned())
                    .map(|(value, ident)| DefaultValue::IntegerOf(ident, value)),
                _ => None,
            },
            _ => None,
        };
        value.unwrap_or_else(|| DefaultValue::Json(default.to_string()))
    }
}
