//! Enums: of strings, of integers, or the type of their values where no enum says it.

use super::merge::Part;
use super::merged::Merged;
use super::schema::Decision;
use super::{Lowering, scalar};
use crate::diagnostic::Code;
use crate::ir::{EnumValue, Kind, Scalar, Shape};
use serde_json::Value;

impl<'a> Lowering<'a, '_> {
    /// An enum of strings or of integers; booleans and decimals are their type.
    pub(super) fn enumeration(
        &mut self,
        merged: &Merged<'a>,
        values: Vec<Value>,
        part: &Part<'a>,
        nullable: bool,
    ) -> (Decision, bool) {
        let null = values.iter().any(Value::is_null);
        let values: Vec<_> = values
            .into_iter()
            .filter(|value| !value.is_null())
            .collect();
        let nullable = nullable || null;
        let names = Names::of(merged);
        if values.is_empty() {
            return (Decision::Kind(Kind::Any), false);
        }
        if let Some(strings) = all(&values, |value| value.as_str().map(str::to_owned)) {
            let default = merged.default.and_then(Value::as_str).map(str::to_owned);
            return (
                Decision::Shape(Shape::StringEnum(names.attach(strings), default)),
                nullable,
            );
        }
        if let Some(integers) = all(&values, integer) {
            let repr = match merged
                .json_type
                .as_ref()
                .map(|(ty, _)| scalar::scalar(*ty, merged.format.as_deref()))
            {
                Some(Some(repr)) if repr != Scalar::F64 => repr,
                _ => Scalar::I64,
            };
            let repr = self.wide_enough(repr, &integers, part);
            return (
                Decision::Shape(Shape::IntegerEnum(repr, names.attach(integers))),
                nullable,
            );
        }
        if values.iter().all(Value::is_boolean) {
            return (Decision::Kind(Kind::Scalar(Scalar::Bool)), nullable);
        }
        if values.iter().all(Value::is_number) {
            return (Decision::Kind(Kind::Scalar(Scalar::F64)), nullable);
        }
        let help = "enums of values of several types are not supported yet";
        self.widen(
            &part.pointer,
            "the values of this enum are not all of one type",
            help,
        );
        (Decision::Kind(Kind::Any), false)
    }

    /// The type of an enum's values, unless one of them does not fit into it.
    fn wide_enough(&mut self, repr: Scalar, values: &[i128], part: &Part<'a>) -> Scalar {
        let range: std::ops::RangeInclusive<i128> = match repr {
            Scalar::I8 => i8::MIN.into()..=i8::MAX.into(),
            Scalar::I16 => i16::MIN.into()..=i16::MAX.into(),
            Scalar::I32 => i32::MIN.into()..=i32::MAX.into(),
            Scalar::U8 => 0..=u8::MAX.into(),
            Scalar::U16 => 0..=u16::MAX.into(),
            Scalar::U32 => 0..=u32::MAX.into(),
            Scalar::U64 => 0..=u64::MAX.into(),
            _ => return repr,
        };
        let Some(beyond) = values.iter().find(|value| !range.contains(*value)) else {
            return repr;
        };
        self.diagnostics
            .report(
                Code::ValueType,
                part.pointer.child("enum"),
                format!("the value {beyond} does not fit into the declared format"),
            )
            .help("the format was ignored; correct the value or the format");
        Scalar::I64
    }
}

fn integer(value: &Value) -> Option<i128> {
    value
        .as_i64()
        .map(i128::from)
        .or_else(|| value.as_u64().map(i128::from))
}

fn all<T>(values: &[Value], convert: impl Fn(&Value) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(convert).collect()
}

/// `x-enum-varnames` and `x-enum-descriptions`, which many documents carry.
struct Names {
    names: Vec<Option<String>>,
    descriptions: Vec<Option<String>>,
}

impl Names {
    fn of(merged: &Merged<'_>) -> Self {
        let list = |keys: [&str; 2]| {
            let found = keys
                .iter()
                .find_map(|key| merged.extensions.get(key)?.as_array());
            found
                .into_iter()
                .flatten()
                .map(|value| value.as_str().map(str::to_owned))
                .collect()
        };
        Self {
            names: list(["x-enum-varnames", "x-enumNames"]),
            descriptions: list(["x-enum-descriptions", "x-enumDescriptions"]),
        }
    }

    /// The values with what the lists say of them; a value that stands twice counts once.
    fn attach<T: PartialEq>(&self, values: Vec<T>) -> Vec<EnumValue<T>> {
        let mut attached: Vec<EnumValue<T>> = Vec::with_capacity(values.len());
        for (index, value) in values.into_iter().enumerate() {
            if attached.iter().any(|known| known.value == value) {
                continue;
            }
            let at = |list: &[Option<String>]| list.get(index).cloned().flatten();
            attached.push(EnumValue {
                value,
                name: at(&self.names),
                description: at(&self.descriptions),
            });
        }
        attached
    }
}
