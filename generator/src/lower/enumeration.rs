//! Enums: of strings, of integers, of values of several types, or the type of their values where
//! no enum says it.

use super::merge::Part;
use super::merged::Merged;
use super::schema::Decision;
use super::{Lowering, enum_names::Names, facets::JsonType, scalar};
use crate::diagnostic::Code;
use crate::ir::{EnumValue, Kind, Scalar, Shape};
use crate::normalise::whole;
use serde_json::Value;
use std::collections::BTreeSet;

impl<'a> Lowering<'a, '_> {
    /// What a list of values makes of a schema, and whether null is one of them; nothing where the
    /// list does not say more than the type.
    pub(super) fn enumeration(
        &mut self,
        merged: &Merged<'a>,
        values: Vec<Value>,
        part: &Part<'a>,
        nullable: bool,
    ) -> Option<(Decision, bool)> {
        let null = values.iter().any(Value::is_null);
        let values: Vec<_> = values
            .into_iter()
            .filter(|value| !value.is_null())
            .collect();
        let nullable = nullable || null;
        if values
            .iter()
            .any(|value| value.is_object() || value.is_array())
        {
            return self.structured(merged, part, nullable);
        }
        let names = Names::of(merged);
        self.check_default(merged, &values, part);
        let shape = if let Some(strings) = all(&values, |value| value.as_str().map(str::to_owned)) {
            let default = merged.default.and_then(Value::as_str).map(str::to_owned);
            Shape::StringEnum(attach(&names, strings), default)
        } else if values.iter().all(Value::is_boolean) {
            return Some((Decision::Kind(Kind::Scalar(Scalar::Bool)), nullable));
        } else {
            match all(&values, integer).filter(|_| !is_decimal(merged)) {
                Some(integers) => {
                    let repr = self.representation(merged, &integers, part);
                    Shape::IntegerEnum(repr, attach(&names, integers))
                }
                None => Shape::ValueEnum(attach(&names, values.into_iter().map(plain).collect())),
            }
        };
        Some((Decision::Shape(shape), nullable))
    }

    /// Lists and objects in an enum: the declared type is as close as a type can come.
    fn structured(
        &mut self,
        merged: &Merged<'a>,
        part: &Part<'a>,
        nullable: bool,
    ) -> Option<(Decision, bool)> {
        let pointer = part.pointer.child("enum");
        let message = "an enum of lists or objects cannot be a Rust enum";
        let typed = matches!(
            merged.json_type,
            Some((JsonType::Object | JsonType::Array, _))
        );
        if typed {
            self.diagnostics
                .report(Code::Unsupported, pointer, message)
                .label("these values are not checked")
                .help("the schema was generated as its `type` says");
            return None;
        }
        self.widen(
            &pointer,
            message,
            "say with `type` and `properties` what the values are",
        );
        Some((Decision::Kind(Kind::Any), nullable))
    }

    /// The integer type of an enum: that of its format, unless a value does not fit into it.
    pub(super) fn representation(
        &mut self,
        merged: &Merged<'a>,
        values: &[i128],
        part: &Part<'a>,
    ) -> Scalar {
        let declared = merged
            .json_type
            .as_ref()
            .and_then(|(ty, _)| scalar::scalar(*ty, merged.format.as_deref()));
        let repr = match declared {
            Some(repr) if range(repr).is_some() => repr,
            _ => Scalar::I64,
        };
        let fits = |repr| {
            range(repr).is_some_and(|range| values.iter().all(|value| range.contains(value)))
        };
        if fits(repr) {
            return repr;
        }
        if merged.format.is_some() {
            let beyond = values
                .iter()
                .find(|value| range(repr).is_none_or(|range| !range.contains(value)));
            let message = beyond.map_or_else(String::new, |beyond| {
                format!("the value {beyond} does not fit into the declared format")
            });
            self.diagnostics
                .report(Code::ValueType, part.pointer.child("enum"), message)
                .help("the format was ignored; correct the value or the format");
        }
        let wider = [Scalar::I64, Scalar::U64]
            .into_iter()
            .find(|wider| fits(*wider));
        wider.unwrap_or(Scalar::I128)
    }

    /// A default outside the list is a mistake in one of the two.
    fn check_default(&mut self, merged: &Merged<'a>, values: &[Value], part: &Part<'a>) {
        let Some(default) = merged.default.filter(|default| !default.is_null()) else {
            return;
        };
        let same = |value: &Value| match (integer(value), integer(default)) {
            (Some(value), Some(default)) => value == default,
            (None, None) => {
                value == default || value.is_f64() && value.as_f64() == default.as_f64()
            }
            _ => false,
        };
        if !values.iter().any(same) {
            self.diagnostics
                .report(
                    Code::ValueType,
                    part.pointer.child("default"),
                    "the default is not a value of the enum",
                )
                .related(part.pointer.child("enum"), "the values")
                .help("no variant is the default; correct the default, or add it to the enum");
        }
    }
}

/// What an integer type holds; nothing for other types.
fn range(repr: Scalar) -> Option<std::ops::RangeInclusive<i128>> {
    Some(match repr {
        Scalar::I8 => i8::MIN.into()..=i8::MAX.into(),
        Scalar::I16 => i16::MIN.into()..=i16::MAX.into(),
        Scalar::I32 => i32::MIN.into()..=i32::MAX.into(),
        Scalar::I64 => i64::MIN.into()..=i64::MAX.into(),
        Scalar::I128 => i128::MIN..=i128::MAX,
        Scalar::U8 => 0..=u8::MAX.into(),
        Scalar::U16 => 0..=u16::MAX.into(),
        Scalar::U32 => 0..=u32::MAX.into(),
        Scalar::U64 => 0..=u64::MAX.into(),
        Scalar::U128 => 0..=i128::MAX,
        _ => return None,
    })
}

/// An integer; `1.0` is the integer 1.
pub(super) fn integer(value: &Value) -> Option<i128> {
    let whole = whole(value.as_number()?)?;
    let signed = whole.as_i64().map(i128::from);
    signed.or_else(|| whole.as_u64().map(i128::from))
}

/// The value with whole numbers as integers.
fn plain(value: Value) -> Value {
    match value.as_number().and_then(whole) {
        Some(whole) => Value::Number(whole),
        None => value,
    }
}

/// Whether the type is `number`: other values than those listed may have a fraction.
fn is_decimal(merged: &Merged<'_>) -> bool {
    let scalar = |ty| scalar::scalar(ty, merged.format.as_deref());
    let json_type = merged.json_type.as_ref().map(|(ty, _)| *ty);
    json_type.and_then(scalar) == Some(Scalar::F64)
}

fn all<T>(values: &[Value], convert: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(convert).collect()
}

/// The values with what the document says of them; a value that stands twice counts once.
fn attach<T: ToString>(names: &Names, values: Vec<T>) -> Vec<EnumValue<T>> {
    let mut seen = BTreeSet::new();
    let mut attached: Vec<EnumValue<T>> = Vec::with_capacity(values.len());
    for (index, value) in values.into_iter().enumerate() {
        let text = value.to_string();
        if seen.contains(&text) {
            continue;
        }
        attached.push(EnumValue {
            name: names.name(index),
            description: names.description(index, &text),
            value,
        });
        seen.insert(text);
    }
    attached
}
