//! Schemas: most of a document.

use super::members::{Held, flag, list, map, text, unlike};
use super::referable;
use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, Discriminator, ExternalDocumentation,
    IntegerType, NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind, StringType,
    Type,
};
use serde::Deserialize;
use serde_json::{Number, Value};

/// Kinds of keywords, as bits: `openapiv3` sorts a schema by which of them it has.
mod kind {
    pub const TYPE: u16 = 1;
    pub const FORMAT: u16 = 1 << 1;
    pub const ENUM: u16 = 1 << 2;
    pub const PATTERN: u16 = 1 << 3;
    pub const LENGTH: u16 = 1 << 4;
    pub const BOUND: u16 = 1 << 5;
    pub const OBJECT: u16 = 1 << 6;
    pub const ARRAY: u16 = 1 << 7;
    pub const ONE_OF: u16 = 1 << 8;
    pub const ALL_OF: u16 = 1 << 9;
    pub const ANY_OF: u16 = 1 << 10;
    pub const NOT: u16 = 1 << 11;
}

/// A schema, with all that is inside it.
pub(crate) fn schema(value: &Value) -> Held<Schema> {
    let members = value.as_object().ok_or_else(|| unlike("a schema"))?;
    let mut reading = Reading::default();
    let mut kinds = 0;
    for (name, value) in members {
        if name.starts_with("x-") {
            let extensions = &mut reading.data.extensions;
            extensions.insert(name.clone(), value.clone());
        } else if !value.is_null() && !reading.annotation(name, value)? {
            kinds |= reading.keyword(name, value)?;
        }
    }
    Ok(Schema {
        schema_kind: sorted(reading.any, &reading.numbers, kinds),
        schema_data: reading.data,
    })
}

#[derive(Default)]
struct Reading<'v> {
    data: SchemaData,
    any: AnySchema,
    numbers: Numbers<'v>,
}

/// Numbers that are integers in the schema of an integer.
#[derive(Default)]
struct Numbers<'v> {
    multiple_of: Option<&'v Number>,
    minimum: Option<&'v Number>,
    maximum: Option<&'v Number>,
}

impl<'v> Reading<'v> {
    /// Whether a member is one of those that say nothing about which values are valid.
    fn annotation(&mut self, name: &str, value: &Value) -> Held<bool> {
        let data = &mut self.data;
        match name {
            "title" => data.title = Some(text(value)?),
            "description" => data.description = Some(text(value)?),
            "default" => data.default = Some(value.clone()),
            "example" => data.example = Some(value.clone()),
            "nullable" => data.nullable = flag(value)?,
            "readOnly" => data.read_only = flag(value)?,
            "writeOnly" => data.write_only = flag(value)?,
            "deprecated" => data.deprecated = flag(value)?,
            "discriminator" => data.discriminator = Some(Discriminator::deserialize(value)?),
            "externalDocs" => {
                data.external_docs = Some(ExternalDocumentation::deserialize(value)?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Keeps a keyword, and says of which kind it is: of none if nobody knows it.
    fn keyword(&mut self, name: &str, value: &'v Value) -> Held<u16> {
        let (any, numbers) = (&mut self.any, &mut self.numbers);
        Ok(match name {
            "type" => put(&mut any.typ, text(value)?, kind::TYPE),
            "format" => put(&mut any.format, text(value)?, kind::FORMAT),
            "pattern" => put(&mut any.pattern, text(value)?, kind::PATTERN),
            "enum" => {
                any.enumeration = list(value, |value| Ok(value.clone()))?;
                kind::ENUM
            }
            "minLength" => put(&mut any.min_length, count(value)?, kind::LENGTH),
            "maxLength" => put(&mut any.max_length, count(value)?, kind::LENGTH),
            "multipleOf" => put(&mut numbers.multiple_of, number(value)?, kind::BOUND),
            "minimum" => put(&mut numbers.minimum, number(value)?, kind::BOUND),
            "maximum" => put(&mut numbers.maximum, number(value)?, kind::BOUND),
            "exclusiveMinimum" => put(&mut any.exclusive_minimum, flag(value)?, kind::BOUND),
            "exclusiveMaximum" => put(&mut any.exclusive_maximum, flag(value)?, kind::BOUND),
            "properties" => {
                any.properties = map(value, boxed)?;
                kind::OBJECT
            }
            "required" => {
                any.required = list(value, text)?;
                kind::OBJECT
            }
            "additionalProperties" => {
                let additional = additional(value)?;
                put(&mut any.additional_properties, additional, kind::OBJECT)
            }
            "minProperties" => put(&mut any.min_properties, count(value)?, kind::OBJECT),
            "maxProperties" => put(&mut any.max_properties, count(value)?, kind::OBJECT),
            "items" => put(&mut any.items, boxed(value)?, kind::ARRAY),
            "minItems" => put(&mut any.min_items, count(value)?, kind::ARRAY),
            "maxItems" => put(&mut any.max_items, count(value)?, kind::ARRAY),
            "uniqueItems" => put(&mut any.unique_items, flag(value)?, kind::ARRAY),
            "oneOf" => {
                any.one_of = list(value, referable(schema))?;
                kind::ONE_OF
            }
            "allOf" => {
                any.all_of = list(value, referable(schema))?;
                kind::ALL_OF
            }
            "anyOf" => {
                any.any_of = list(value, referable(schema))?;
                kind::ANY_OF
            }
            "not" => put(&mut any.not, Box::new(referable(schema)(value)?), kind::NOT),
            _ => 0,
        })
    }
}

fn put<T>(slot: &mut Option<T>, value: T, kind: u16) -> u16 {
    *slot = Some(value);
    kind
}

/// A schema that has only what belongs to one type is of that type; any other says what it says.
fn sorted(any: AnySchema, numbers: &Numbers<'_>, kinds: u16) -> SchemaKind {
    let has_only = |of_type: u16| kinds & !(kind::TYPE | of_type) == 0;
    let lists = |is_such: fn(&Value) -> bool| {
        let mut values = any.enumeration.iter();
        values.all(|value| value.is_null() || is_such(value))
    };
    let ty = any.typ.as_deref().unwrap_or_default();
    match ty {
        "string"
            if has_only(kind::FORMAT | kind::ENUM | kind::PATTERN | kind::LENGTH)
                && lists(Value::is_string) =>
        {
            SchemaKind::Type(Type::String(StringType {
                enumeration: values(&any, |value| value.as_str().map(str::to_owned)),
                format: any.format.into(),
                pattern: any.pattern,
                min_length: any.min_length,
                max_length: any.max_length,
            }))
        }
        "number"
            if has_only(kind::FORMAT | kind::ENUM | kind::BOUND) && lists(Value::is_number) =>
        {
            SchemaKind::Type(Type::Number(number_type(any, numbers)))
        }
        "integer"
            if has_only(kind::FORMAT | kind::ENUM | kind::BOUND)
                && lists(Value::is_i64)
                && numbers.are_integers() =>
        {
            SchemaKind::Type(Type::Integer(integer_type(any, numbers)))
        }
        "boolean" if has_only(kind::ENUM) && lists(Value::is_boolean) => {
            SchemaKind::Type(Type::Boolean(BooleanType {
                enumeration: values(&any, Value::as_bool),
            }))
        }
        "object" if has_only(kind::OBJECT) => SchemaKind::Type(Type::Object(ObjectType {
            properties: any.properties,
            required: any.required,
            additional_properties: any.additional_properties,
            min_properties: any.min_properties,
            max_properties: any.max_properties,
        })),
        "array" if has_only(kind::ARRAY) => SchemaKind::Type(Type::Array(ArrayType {
            items: any.items,
            min_items: any.min_items,
            max_items: any.max_items,
            unique_items: any.unique_items.unwrap_or_default(),
        })),
        _ => untyped(any, numbers, kinds),
    }
}

fn untyped(any: AnySchema, numbers: &Numbers<'_>, kinds: u16) -> SchemaKind {
    match (kinds, any) {
        (kind::ONE_OF, AnySchema { one_of, .. }) => SchemaKind::OneOf { one_of },
        (kind::ALL_OF, AnySchema { all_of, .. }) => SchemaKind::AllOf { all_of },
        (kind::ANY_OF, AnySchema { any_of, .. }) => SchemaKind::AnyOf { any_of },
        (kind::NOT, AnySchema { not: Some(not), .. }) => SchemaKind::Not { not },
        (_, any) => SchemaKind::Any(AnySchema {
            multiple_of: numbers.multiple_of.and_then(Number::as_f64),
            minimum: numbers.minimum.and_then(Number::as_f64),
            maximum: numbers.maximum.and_then(Number::as_f64),
            ..any
        }),
    }
}

fn number_type(any: AnySchema, numbers: &Numbers<'_>) -> NumberType {
    NumberType {
        enumeration: values(&any, Value::as_f64),
        format: any.format.into(),
        multiple_of: numbers.multiple_of.and_then(Number::as_f64),
        exclusive_minimum: any.exclusive_minimum.unwrap_or_default(),
        exclusive_maximum: any.exclusive_maximum.unwrap_or_default(),
        minimum: numbers.minimum.and_then(Number::as_f64),
        maximum: numbers.maximum.and_then(Number::as_f64),
    }
}

fn integer_type(any: AnySchema, numbers: &Numbers<'_>) -> IntegerType {
    IntegerType {
        enumeration: values(&any, Value::as_i64),
        format: any.format.into(),
        multiple_of: numbers.multiple_of.and_then(Number::as_i64),
        exclusive_minimum: any.exclusive_minimum.unwrap_or_default(),
        exclusive_maximum: any.exclusive_maximum.unwrap_or_default(),
        minimum: numbers.minimum.and_then(Number::as_i64),
        maximum: numbers.maximum.and_then(Number::as_i64),
    }
}

impl Numbers<'_> {
    fn are_integers(&self) -> bool {
        let numbers = [self.multiple_of, self.minimum, self.maximum];
        numbers.iter().flatten().all(|number| number.is_i64())
    }
}

/// The values of an enum, of which all but null are of one type.
fn values<T>(any: &AnySchema, value: impl Fn(&Value) -> Option<T>) -> Vec<Option<T>> {
    any.enumeration.iter().map(value).collect()
}

fn additional(value: &Value) -> Held<AdditionalProperties> {
    Ok(match value {
        Value::Bool(allowed) => AdditionalProperties::Any(*allowed),
        other => AdditionalProperties::Schema(Box::new(referable(schema)(other)?)),
    })
}

fn boxed(value: &Value) -> Held<ReferenceOr<Box<Schema>>> {
    referable(|value| schema(value).map(Box::new))(value)
}

fn count(value: &Value) -> Held<usize> {
    let count = value.as_u64().and_then(|count| usize::try_from(count).ok());
    count.ok_or_else(|| unlike("a count"))
}

fn number(value: &Value) -> Held<&Number> {
    value.as_number().ok_or_else(|| unlike("a number"))
}
