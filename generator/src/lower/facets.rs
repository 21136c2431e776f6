//! One uniform view of a schema, whichever of openapiv3's variants holds it.
//!
//! openapiv3 sorts schemas into typed variants and a catch-all; what a schema *is* must not depend
//! on which of them it fell into. Every field is named here: what is ignored says why.

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, IntegerFormat, IntegerType,
    NumberFormat, NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;

/// A schema, or a reference to one.
#[derive(Clone, Copy, Debug)]
pub(super) enum SchemaRef<'a> {
    /// `$ref`
    Reference(&'a str),
    /// An inline schema.
    Item(&'a Schema),
}

impl<'a> From<&'a ReferenceOr<Schema>> for SchemaRef<'a> {
    fn from(reference: &'a ReferenceOr<Schema>) -> Self {
        match reference {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

impl<'a> From<&'a ReferenceOr<Box<Schema>>> for SchemaRef<'a> {
    fn from(reference: &'a ReferenceOr<Box<Schema>>) -> Self {
        match reference {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

/// `type`, parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum JsonType {
    String,
    Number,
    Integer,
    Boolean,
    Object,
    Array,
}

impl JsonType {
    fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "string" => Self::String,
            "number" => Self::Number,
            "integer" => Self::Integer,
            "boolean" => Self::Boolean,
            "object" => Self::Object,
            "array" => Self::Array,
            _ => return None,
        })
    }

    /// The word of the document for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Object => "object",
            Self::Array => "array",
        }
    }
}

/// `additionalProperties`
#[derive(Clone, Copy, Debug)]
pub(super) enum Extra<'a> {
    /// Absent, or `true`.
    Any,
    /// `false`
    Forbidden,
    /// A schema.
    Schema(SchemaRef<'a>),
}

/// Everything that a schema says by itself, without what it refers to.
#[derive(Clone, Debug)]
pub(super) struct Facets<'a> {
    pub data: &'a SchemaData,
    pub json_type: Option<JsonType>,
    pub format: Option<String>,
    pub enumeration: Vec<Value>,
    pub properties: Vec<(&'a str, SchemaRef<'a>)>,
    pub required: &'a [String],
    pub additional: Option<Extra<'a>>,
    pub items: Option<SchemaRef<'a>>,
    pub one_of: &'a [ReferenceOr<Schema>],
    pub any_of: &'a [ReferenceOr<Schema>],
    pub all_of: &'a [ReferenceOr<Schema>],
    pub not: bool,
}

impl<'a> Facets<'a> {
    /// The facets of a schema.
    pub fn of(schema: &'a Schema) -> Self {
        let facets = Self::empty(&schema.schema_data);
        match &schema.schema_kind {
            SchemaKind::Type(ty) => facets.with_type(ty),
            SchemaKind::OneOf { one_of } => Self { one_of, ..facets },
            SchemaKind::AnyOf { any_of } => Self { any_of, ..facets },
            SchemaKind::AllOf { all_of } => Self { all_of, ..facets },
            SchemaKind::Not { not: _ } => Self {
                not: true,
                ..facets
            },
            SchemaKind::Any(any) => facets.with_any(any),
        }
    }

    fn empty(data: &'a SchemaData) -> Self {
        Self {
            data,
            json_type: None,
            format: None,
            enumeration: Vec::new(),
            properties: Vec::new(),
            required: &[],
            additional: None,
            items: None,
            one_of: &[],
            any_of: &[],
            all_of: &[],
            not: false,
        }
    }

    fn with_type(self, ty: &'a Type) -> Self {
        match ty {
            // Lengths, bounds and patterns only constrain values; the docs of the field show them.
            Type::String(StringType {
                format,
                pattern: _,
                enumeration,
                min_length: _,
                max_length: _,
            }) => Self {
                json_type: Some(JsonType::String),
                format: string_format(format),
                enumeration: values(enumeration),
                ..self
            },
            Type::Number(NumberType {
                format,
                multiple_of: _,
                exclusive_minimum: _,
                exclusive_maximum: _,
                minimum: _,
                maximum: _,
                enumeration,
            }) => Self {
                json_type: Some(JsonType::Number),
                format: number_format(format),
                enumeration: values(enumeration),
                ..self
            },
            Type::Integer(IntegerType {
                format,
                multiple_of: _,
                exclusive_minimum: _,
                exclusive_maximum: _,
                minimum: _,
                maximum: _,
                enumeration,
            }) => Self {
                json_type: Some(JsonType::Integer),
                format: integer_format(format),
                enumeration: values(enumeration),
                ..self
            },
            Type::Boolean(BooleanType { enumeration }) => Self {
                json_type: Some(JsonType::Boolean),
                enumeration: values(enumeration),
                ..self
            },
            Type::Object(ObjectType {
                properties,
                required,
                additional_properties,
                min_properties: _,
                max_properties: _,
            }) => Self {
                json_type: Some(JsonType::Object),
                properties: properties
                    .iter()
                    .map(|(name, schema)| (name.as_str(), schema.into()))
                    .collect(),
                required,
                additional: additional_properties.as_ref().map(extra),
                ..self
            },
            Type::Array(ArrayType {
                items,
                min_items: _,
                max_items: _,
                unique_items: _,
            }) => Self {
                json_type: Some(JsonType::Array),
                items: items.as_ref().map(SchemaRef::from),
                ..self
            },
        }
    }

    fn with_any(self, any: &'a AnySchema) -> Self {
        let AnySchema {
            typ,
            pattern: _,
            multiple_of: _,
            exclusive_minimum: _,
            exclusive_maximum: _,
            minimum: _,
            maximum: _,
            properties,
            required,
            additional_properties,
            min_properties: _,
            max_properties: _,
            items,
            min_items: _,
            max_items: _,
            unique_items: _,
            enumeration,
            format,
            min_length: _,
            max_length: _,
            one_of,
            all_of,
            any_of,
            not,
        } = any;
        Self {
            json_type: typ.as_deref().and_then(JsonType::parse),
            format: format.clone(),
            enumeration: enumeration.clone(),
            properties: properties
                .iter()
                .map(|(name, schema)| (name.as_str(), schema.into()))
                .collect(),
            required,
            additional: additional_properties.as_ref().map(extra),
            items: items.as_ref().map(SchemaRef::from),
            one_of,
            any_of,
            all_of,
            not: not.is_some(),
            ..self
        }
    }

    /// Whether the schema says nothing of its own about the value: only words, null and references.
    pub fn is_wrapper(&self) -> bool {
        self.json_type.is_none_or(|ty| ty == JsonType::Object)
            && self.format.is_none()
            && self.enumeration.is_empty()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.additional.is_none()
            && self.items.is_none()
            && !self.not
    }

    /// Whether the schema says nothing at all: `{}`, or words only.
    pub fn is_empty(&self) -> bool {
        self.is_wrapper()
            && self.json_type.is_none()
            && self.one_of.is_empty()
            && self.any_of.is_empty()
            && self.all_of.is_empty()
    }

    /// Whether the schema says of the value at most which type it is.
    pub fn is_type_only(&self) -> bool {
        self.format.is_none()
            && self.enumeration.is_empty()
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.additional.is_none()
            && self.items.is_none()
            && !self.not
            && self.one_of.is_empty()
            && self.any_of.is_empty()
            && self.all_of.is_empty()
    }

    /// The type, said or implied.
    pub fn implied_type(&self) -> Option<JsonType> {
        self.json_type.or_else(|| {
            if !self.properties.is_empty() || self.additional.is_some() {
                Some(JsonType::Object)
            } else if self.items.is_some() {
                Some(JsonType::Array)
            } else {
                None
            }
        })
    }
}

fn extra(additional: &AdditionalProperties) -> Extra<'_> {
    match additional {
        AdditionalProperties::Any(true) => Extra::Any,
        AdditionalProperties::Any(false) => Extra::Forbidden,
        AdditionalProperties::Schema(schema) => Extra::Schema(schema.as_ref().into()),
    }
}

fn values<T: Clone + Into<Value>>(enumeration: &[Option<T>]) -> Vec<Value> {
    enumeration
        .iter()
        .map(|value| value.clone().map_or(Value::Null, Into::into))
        .collect()
}

fn string_format(format: &VariantOrUnknownOrEmpty<StringFormat>) -> Option<String> {
    format_name(format, |known| match known {
        StringFormat::Date => "date",
        StringFormat::DateTime => "date-time",
        StringFormat::Password => "password",
        StringFormat::Byte => "byte",
        StringFormat::Binary => "binary",
    })
}

fn number_format(format: &VariantOrUnknownOrEmpty<NumberFormat>) -> Option<String> {
    format_name(format, |known| match known {
        NumberFormat::Float => "float",
        NumberFormat::Double => "double",
    })
}

fn integer_format(format: &VariantOrUnknownOrEmpty<IntegerFormat>) -> Option<String> {
    format_name(format, |known| match known {
        IntegerFormat::Int32 => "int32",
        IntegerFormat::Int64 => "int64",
    })
}

fn format_name<T>(
    format: &VariantOrUnknownOrEmpty<T>,
    name: impl Fn(&T) -> &'static str,
) -> Option<String> {
    match format {
        VariantOrUnknownOrEmpty::Item(known) => Some(name(known).to_owned()),
        VariantOrUnknownOrEmpty::Unknown(unknown) => Some(unknown.clone()),
        VariantOrUnknownOrEmpty::Empty => None,
    }
}
