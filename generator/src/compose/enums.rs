//! Enums: a variant per value, and one for all others unless the enum is closed.

use super::Context;
use crate::docs::{Writer, code};
use crate::ir::{EnumValue, Scalar, Shape, TypeId};
use crate::model::{self, Docs, Literal};
use crate::name::{Role, Scope};
use proc_macro2::Ident;
use serde_json::Value;

impl Context<'_> {
    pub(super) fn string_enum(
        &self,
        id: TypeId,
        ident: Ident,
        (values, default): (&[EnumValue<String>], Option<&str>),
        docs: Docs,
        deprecated: bool,
    ) -> model::StringEnum {
        let (mut scope, fallback) = self.variants(id);
        let variants: Vec<_> = values
            .iter()
            .map(|value| {
                let value = &self.renames.value(id, value);
                let (docs, ident) = variant(value, &value.value, &value.value, &mut scope);
                model::StringVariant {
                    docs,
                    ident,
                    wire: value.value.clone(),
                }
            })
            .collect();
        let mut chosen = variants
            .iter()
            .filter(|variant| Some(variant.wire.as_str()) == default);
        let default = chosen.next().map(|variant| variant.ident.clone());
        model::StringEnum {
            docs,
            deprecated,
            ident,
            variants,
            fallback,
            default,
        }
    }

    pub(super) fn integer_enum(
        &self,
        id: TypeId,
        ident: Ident,
        (repr, values): (Scalar, &[EnumValue<i128>]),
        docs: Docs,
        deprecated: bool,
    ) -> model::IntegerEnum {
        let (mut scope, fallback) = self.variants(id);
        let variants = values
            .iter()
            .map(|value| {
                let text = value.value.to_string();
                let (docs, ident) = variant(value, &text, &spelled(&text), &mut scope);
                model::IntegerVariant {
                    docs,
                    ident,
                    wire: value.value,
                }
            })
            .collect();
        model::IntegerEnum {
            docs,
            deprecated,
            ident,
            repr: self.scalar(repr),
            variants,
            fallback,
        }
    }

    pub(super) fn value_enum(
        &self,
        id: TypeId,
        ident: Ident,
        values: &[EnumValue<Value>],
        docs: Docs,
        deprecated: bool,
    ) -> model::ValueEnum {
        let (mut scope, fallback) = self.variants(id);
        let variants = values
            .iter()
            .filter_map(|value| {
                let wire = literal(&value.value)?;
                let text = text(&value.value);
                let name = match wire {
                    Literal::Integer(_) | Literal::Number(_) => spelled(&text),
                    Literal::Text(_) | Literal::Boolean(_) => text.clone(),
                };
                let (docs, ident) = variant(value, &text, &name, &mut scope);
                Some(model::ValueVariant { docs, ident, wire })
            })
            .collect();
        model::ValueEnum {
            docs,
            deprecated,
            ident,
            variants,
            fallback,
        }
    }

    /// The variant of a value of an enum of strings or integers.
    pub(super) fn variant_of(&self, id: TypeId, value: &str) -> Option<Ident> {
        let (mut scope, _) = self.variants(id);
        match &self.api.types.get(id).shape {
            Shape::StringEnum(values, _) => values.iter().find_map(|known| {
                let renamed = self.renames.value(id, known);
                let ident = variant_ident(&renamed, &known.value, &mut scope);
                (known.value == value).then_some(ident)
            }),
            Shape::IntegerEnum(_, values) => values.iter().find_map(|known| {
                let text = known.value.to_string();
                let ident = variant_ident(known, &spelled(&text), &mut scope);
                (text == value).then_some(ident)
            }),
            Shape::ValueEnum(_) | Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) => None,
        }
    }

    /// A scope for the variants of an enum, and the one for unknown values.
    fn variants(&self, id: TypeId) -> (Scope, Option<Ident>) {
        let mut scope = Scope::new(Role::Variant);
        let open = !self.api.closed.contains(&id);
        let fallback = open.then(|| scope.ident("Unrecognized"));
        (scope, fallback)
    }
}

/// The documentation of a value and its name: the document's, or one that is made of its text.
fn variant<T>(value: &EnumValue<T>, text: &str, name: &str, scope: &mut Scope) -> (Docs, Ident) {
    let docs = Writer::new()
        .untrusted_or(value.description.as_deref(), &code(text))
        .docs();
    (docs, variant_ident(value, name, scope))
}

fn variant_ident<T>(value: &EnumValue<T>, name: &str, scope: &mut Scope) -> Ident {
    scope.ident(value_name(value, name))
}

/// What a value is called: as the document says, or by its text.
pub(super) fn value_name<'v, T>(value: &'v EnumValue<T>, text: &'v str) -> &'v str {
    let name = value.name.as_deref().unwrap_or(text);
    if name.is_empty() { "Empty" } else { name }
}

/// A number in words that can stand in a name.
fn spelled(number: &str) -> String {
    number.replace('-', "minus ").replace('.', " point ")
}

/// A value as a parameter has it.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A value of an enum; nothing for lists and objects, which no enum has.
pub(super) fn literal(value: &Value) -> Option<Literal> {
    Some(match value {
        Value::String(text) => Literal::Text(text.clone()),
        Value::Bool(flag) => Literal::Boolean(*flag),
        Value::Number(number) => {
            let integer = number.as_i64().map(i128::from);
            match integer.or_else(|| number.as_u64().map(i128::from)) {
                Some(integer) => Literal::Integer(integer),
                None => Literal::Number(number.as_f64()?),
            }
        }
        Value::Null | Value::Array(_) | Value::Object(_) => return None,
    })
}
