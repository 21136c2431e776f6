//! Keywords that only constrain values: they change no type, but they are documented and checked.
//!
//! What a reference leads to and what `allOf` adds hold as well; alternatives are left alone, since
//! which of them holds is known only when there is a value.

use super::Lowering;
use super::facets::SchemaRef;
use super::merge::Part;
use crate::ir::{Bound, Constraints};
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType,
    ReferenceOr, Schema, SchemaKind, StringType, Type,
};
use serde_json::Number;

/// How many schemas say something of one value: more are as good as endless.
const SCHEMAS: usize = 64;

/// How deep lists in lists are followed.
const DEPTH: usize = 4;

/// One end of a range as `openapiv3` has it.
type End<T> = (Option<T>, bool);

impl<'a> Lowering<'a, '_> {
    /// What constrains a value that several schemas describe together.
    pub(super) fn constraints(&self, parts: &[Part<'a>]) -> Option<Box<Constraints>> {
        let schemas = parts.iter().map(|part| part.schema).collect();
        self.collect(schemas, 0)
    }

    fn collect(&self, mut waiting: Vec<SchemaRef<'a>>, depth: usize) -> Option<Box<Constraints>> {
        let mut constraints = Constraints::default();
        let mut inner = Vec::new();
        let mut left = SCHEMAS;
        waiting.reverse();
        while let Some(schema) = waiting.pop() {
            let Some(less) = left.checked_sub(1) else {
                break;
            };
            left = less;
            match schema {
                SchemaRef::Reference(reference) => {
                    waiting.extend(self.peek_schema(reference).map(|part| part.schema));
                }
                SchemaRef::Item(schema) => {
                    absorb(&mut constraints, schema, &mut waiting, &mut inner)
                }
            }
        }
        if depth < DEPTH && !inner.is_empty() {
            constraints.inner = self.collect(inner, depth + 1);
        }
        (!constraints.is_empty()).then(|| Box::new(constraints))
    }
}

/// Adds what one schema says; schemas for the same value and for values inside it are put aside.
fn absorb<'a>(
    constraints: &mut Constraints,
    schema: &'a Schema,
    same: &mut Vec<SchemaRef<'a>>,
    inner: &mut Vec<SchemaRef<'a>>,
) {
    match &schema.schema_kind {
        SchemaKind::Type(ty) => absorb_type(constraints, ty, inner),
        SchemaKind::AllOf { all_of } => same.extend(all_of.iter().rev().map(SchemaRef::from)),
        SchemaKind::OneOf { one_of: members } | SchemaKind::AnyOf { any_of: members } => {
            same.extend(only(members));
        }
        SchemaKind::Not { not: _ } => {}
        SchemaKind::Any(any) => absorb_any(constraints, any, same, inner),
    }
}

/// A list of alternatives with one member is that member.
fn only(members: &[ReferenceOr<Schema>]) -> Option<SchemaRef<'_>> {
    match members {
        [only] => Some(only.into()),
        _ => None,
    }
}

fn absorb_type<'a>(constraints: &mut Constraints, ty: &'a Type, inner: &mut Vec<SchemaRef<'a>>) {
    match ty {
        Type::String(StringType {
            format: _,
            pattern,
            enumeration: _,
            min_length,
            max_length,
        }) => constraints.text(*min_length, *max_length, pattern.as_deref()),
        Type::Number(NumberType {
            format: _,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            enumeration: _,
        }) => constraints.range(
            (minimum.map(decimal), *exclusive_minimum),
            (maximum.map(decimal), *exclusive_maximum),
            multiple_of.map(decimal),
        ),
        Type::Integer(IntegerType {
            format: _,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            enumeration: _,
        }) => constraints.range(
            (minimum.map(Number::from), *exclusive_minimum),
            (maximum.map(Number::from), *exclusive_maximum),
            multiple_of.map(Number::from),
        ),
        Type::Boolean(BooleanType { enumeration: _ }) => {}
        Type::Object(ObjectType {
            properties: _, // each has constraints of its own
            required: _,   // the type says it
            additional_properties,
            min_properties,
            max_properties,
        }) => {
            constraints
                .properties
                .narrow(*min_properties, *max_properties);
            inner.extend(additional_properties.as_ref().and_then(further));
        }
        Type::Array(ArrayType {
            items,
            min_items,
            max_items,
            unique_items,
        }) => {
            constraints.items.narrow(*min_items, *max_items);
            constraints.unique |= *unique_items;
            inner.extend(items.as_ref().map(SchemaRef::from));
        }
    }
}

fn absorb_any<'a>(
    constraints: &mut Constraints,
    any: &'a AnySchema,
    same: &mut Vec<SchemaRef<'a>>,
    inner: &mut Vec<SchemaRef<'a>>,
) {
    constraints.text(any.min_length, any.max_length, any.pattern.as_deref());
    constraints.range(
        (
            any.minimum.map(decimal),
            any.exclusive_minimum.unwrap_or(false),
        ),
        (
            any.maximum.map(decimal),
            any.exclusive_maximum.unwrap_or(false),
        ),
        any.multiple_of.map(decimal),
    );
    constraints.items.narrow(any.min_items, any.max_items);
    constraints.unique |= any.unique_items.unwrap_or(false);
    constraints
        .properties
        .narrow(any.min_properties, any.max_properties);
    inner.extend(any.additional_properties.as_ref().and_then(further));
    inner.extend(any.items.as_ref().map(SchemaRef::from));
    same.extend(any.all_of.iter().rev().map(SchemaRef::from));
    same.extend(only(&any.one_of));
    same.extend(only(&any.any_of));
}

fn further(additional: &AdditionalProperties) -> Option<SchemaRef<'_>> {
    match additional {
        AdditionalProperties::Any(_) => None,
        AdditionalProperties::Schema(schema) => Some(schema.as_ref().into()),
    }
}

/// A bound that was read as a decimal, as the integer that it is where it is one.
fn decimal(value: f64) -> Number {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "whole, and small enough to be exact"
    )]
    let whole = (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i64);
    match whole {
        Some(whole) => Number::from(whole),
        None => Number::from_f64(value).unwrap_or_else(|| Number::from(0)),
    }
}

impl Constraints {
    fn text(&mut self, least: Option<usize>, most: Option<usize>, pattern: Option<&str>) {
        self.length.narrow(least, most);
        if let Some(pattern) = pattern.filter(|pattern| !pattern.is_empty())
            && !self.patterns.iter().any(|known| known == pattern)
        {
            self.patterns.push(pattern.to_owned());
        }
    }

    fn range(&mut self, minimum: End<Number>, maximum: End<Number>, multiple_of: Option<Number>) {
        let bound = |(value, exclusive): End<Number>| value.map(|value| Bound { value, exclusive });
        let narrower = |known: &Bound, other: &Bound, above: bool| {
            let (known_value, other_value) = (known.value.as_f64(), other.value.as_f64());
            match known_value.partial_cmp(&other_value) {
                Some(std::cmp::Ordering::Less) => above,
                Some(std::cmp::Ordering::Greater) => !above,
                _ => other.exclusive && !known.exclusive,
            }
        };
        for (mine, other, above) in [
            (&mut self.minimum, bound(minimum), true),
            (&mut self.maximum, bound(maximum), false),
        ] {
            if let Some(other) = other
                && mine
                    .as_ref()
                    .is_none_or(|known| narrower(known, &other, above))
            {
                *mine = Some(other);
            }
        }
        // Zero and less divide nothing.
        let divides = multiple_of.filter(|step| step.as_f64().is_some_and(|step| step > 0.0));
        self.multiple_of = self.multiple_of.take().or(divides);
    }
}
