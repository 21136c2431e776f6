//! Defaults must be values of their types: one that is not is reported, and is no default.

use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::ir::{Additional, Kind, Parameter, ParameterShape, Scalar, Shape, Types, Use};
use serde_json::Value;
use std::cell::Cell;

/// How deep a default is compared with its type.
const DEPTH: usize = 16;

/// How many schemas a default is compared with.
const STEPS: usize = 10_000;

/// Takes every default away that is no value of its type.
pub(super) fn check(
    types: &mut Types,
    operations: &mut [crate::ir::Operation],
    diagnostics: &mut Diagnostics,
) {
    let wrong: Vec<_> = types
        .iter()
        .flat_map(|(id, ty)| {
            match &ty.shape {
                Shape::Object(object) => object.properties.as_slice(),
                _ => &[],
            }
            .iter()
            .enumerate()
            .map(move |(index, property)| (id, index, property))
        })
        .filter(|(_, _, property)| {
            let default = property.default.as_ref();
            default.is_some_and(|default| !Fit::of(types).fits(&property.ty, default, 0))
        })
        .map(|(id, index, property)| (id, index, property.pointer.clone()))
        .collect();
    for (id, index, pointer) in wrong {
        if let Shape::Object(object) = &mut types.get_mut(id).shape
            && let Some(property) = object.properties.get_mut(index)
            && let Some(default) = property.default.take().filter(|default| !default.is_null())
        {
            report(diagnostics, &pointer, &default);
        }
    }
    for parameter in operations
        .iter_mut()
        .flat_map(|operation| &mut operation.parameters)
    {
        let default = parameter.default.as_ref();
        if default.is_some_and(|default| !parameter_fits(types, parameter, default))
            && let Some(default) = parameter
                .default
                .take()
                .filter(|default| !default.is_null())
        {
            report(diagnostics, &parameter.pointer, &default);
        }
    }
}

fn report(diagnostics: &mut Diagnostics, schema: &Pointer, default: &Value) {
    let what = match default {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    };
    diagnostics
        .report(
            Code::ValueType,
            schema.child("default"),
            format!("the default, {what}, is not a value of its type"),
        )
        .label("this default")
        .help("it was left out; correct the default or the type");
}

fn parameter_fits(types: &Types, parameter: &Parameter, default: &Value) -> bool {
    let fit = Fit::of(types);
    match (parameter.shape, default) {
        (
            ParameterShape::Single | ParameterShape::Value(..) | ParameterShape::QueryString(_),
            _,
        ) => fit.fits(&parameter.ty, default, 0),
        (_, Value::Array(items)) => items.iter().all(|item| fit.fits(&parameter.ty, item, 0)),
        // One value stands for a list of one in many documents, and for text that is split.
        (_, value) => value.is_string() || fit.fits(&parameter.ty, value, 0),
    }
}

/// A comparison of a default with its type.
struct Fit<'t> {
    types: &'t Types,
    /// Unions in unions take no time without end: what is not compared is taken to fit.
    left: Cell<usize>,
}

impl<'t> Fit<'t> {
    fn of(types: &'t Types) -> Self {
        Self {
            types,
            left: Cell::new(STEPS),
        }
    }

    /// Whether a value is one of a type. What only decoding can tell is taken to fit.
    fn fits(&self, used: &Use, value: &Value, depth: usize) -> bool {
        let left = self.left.get().saturating_sub(1);
        self.left.set(left);
        if left == 0 || depth > DEPTH || value.is_null() && used.nullable {
            return true;
        }
        match (&used.kind, value) {
            (Kind::Any, _) => true,
            (Kind::Scalar(scalar), _) => scalar_fits(*scalar, value),
            (Kind::Array(item), Value::Array(items)) => {
                items.iter().all(|value| self.fits(item, value, depth + 1))
            }
            (Kind::Map(inner), Value::Object(members)) => members
                .values()
                .all(|value| self.fits(inner, value, depth + 1)),
            (Kind::Array(_) | Kind::Map(_), _) => false,
            (Kind::Named(id), _) => {
                let ty = self.types.get(*id);
                value.is_null() && ty.nullable || self.shape_fits(&ty.shape, value, depth + 1)
            }
        }
    }

    fn shape_fits(&self, shape: &Shape, value: &Value, depth: usize) -> bool {
        match (shape, value) {
            (Shape::StringEnum(values, _), Value::String(text)) => {
                values.iter().any(|known| known.value == *text)
            }
            (Shape::IntegerEnum(_, values), Value::Number(number)) => {
                let number = number.as_i64().map(i128::from);
                values.iter().any(|known| Some(known.value) == number)
            }
            (Shape::Object(object), Value::Object(members)) => {
                let typed = match &object.additional {
                    Additional::Typed(inner) => Some(inner),
                    Additional::Any | Additional::Forbidden => None,
                };
                members.iter().all(|(name, value)| {
                    let known = object
                        .properties
                        .iter()
                        .find(|property| property.name == *name);
                    let used = known.map(|property| &property.ty).or(typed);
                    used.is_none_or(|used| {
                        value.is_null() && known.is_some_and(|property| !property.required)
                            || self.fits(used, value, depth)
                    })
                }) && object
                    .properties
                    .iter()
                    .all(|property| !property.required || members.contains_key(&property.name))
            }
            (Shape::Union(union), _) => union
                .branches
                .iter()
                .any(|branch| self.fits(&branch.ty, value, depth)),
            (Shape::Alias(target), _) => self.fits(target, value, depth),
            (Shape::ValueEnum(values), _) => values.iter().any(|known| known.value == *value),
            (Shape::StringEnum(..) | Shape::IntegerEnum(..) | Shape::Object(_), _) => false,
        }
    }
}

fn scalar_fits(scalar: Scalar, value: &Value) -> bool {
    let range = |least: i128, most: i128| {
        let whole = value
            .as_i64()
            .map(i128::from)
            .or_else(|| value.as_u64().map(i128::from));
        whole.is_some_and(|whole| (least..=most).contains(&whole))
    };
    match scalar {
        Scalar::Bool => value.is_boolean(),
        Scalar::I8 => range(i8::MIN.into(), i8::MAX.into()),
        Scalar::I16 => range(i16::MIN.into(), i16::MAX.into()),
        Scalar::I32 => range(i32::MIN.into(), i32::MAX.into()),
        Scalar::I64 => range(i64::MIN.into(), i64::MAX.into()),
        Scalar::U8 => range(0, u8::MAX.into()),
        Scalar::U16 => range(0, u16::MAX.into()),
        Scalar::U32 => range(0, u32::MAX.into()),
        Scalar::U64 => range(0, u64::MAX.into()),
        Scalar::F64 => value.is_number(),
        Scalar::String | Scalar::Secret => value.is_string(),
        // What else is written as text or as a number, decoding tells.
        _ => value.is_string() || value.is_number(),
    }
}
