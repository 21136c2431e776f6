//! The example in an operation's documentation: a call that compiles, with made-up values.

use super::Context;
use super::generic::Generic;
use crate::ir::{self, Kind, Scalar, Shape, Use};
use crate::model::{self, ParameterShape};
use proc_macro2::Ident;

/// Longer bodies are left to the reader: an example that nobody reads helps nobody.
const LENGTH: usize = 160;

/// How deep required properties are filled in.
const DEPTH: usize = 3;

impl Context<'_> {
    /// The lines of the example, code fence included; none where the body is an enum that no value
    /// becomes by itself.
    pub(super) fn example(
        &self,
        operation: &ir::Operation,
        method: &Ident,
        arguments: &[model::Parameter],
    ) -> Vec<String> {
        let library = self.library();
        let required = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.required);
        let mut values: Vec<_> = required
            .zip(arguments)
            .map(|(ir, model)| self.argument(ir, model))
            .collect();
        let mut hidden = String::new();
        if let Some(body) = operation.body.as_ref().filter(|body| body.required) {
            let Some(content) = shown(body) else {
                return Vec::new();
            };
            let sample = self
                .body_sample(content)
                .filter(|sample| sample.len() <= LENGTH);
            values.push(sample.unwrap_or_else(|| {
                hidden = format!(", body: {}", self.body_type(content, &library));
                "body".to_owned()
            }));
        }
        let call = format!("client.{method}({})", values.join(", "));
        let uses_types = call.contains("types::");
        let mut lines = vec!["```no_run".to_owned()];
        lines.push(format!("# async fn example(client: &{library}::Client{hidden}) -> Result<(), Box<dyn std::error::Error>> {{"));
        if uses_types {
            lines.push(format!("use {library}::types;"));
            lines.push(String::new());
        }
        lines.push(format!("let response = {call}.await?;"));
        lines.push("println!(\"{}\", response.status());".to_owned());
        lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
        lines
    }

    fn argument(&self, parameter: &ir::Parameter, model: &model::Parameter) -> String {
        let value = match (&parameter.ty.kind, model.shape) {
            (Kind::Scalar(Scalar::String), _) => format!("{:?}", plain(&parameter.name)),
            (Kind::Scalar(Scalar::TextI64 | Scalar::TextU64), _) => "1".to_owned(),
            (Kind::Scalar(scalar @ (Scalar::Timestamp | Scalar::Date)), _) => {
                let sample = scalar_sample(*scalar).unwrap_or_default();
                format!("{sample}.parse()?")
            }
            (kind, _) if self.is_string_or(kind) => "\"text\".into()".to_owned(),
            _ => self
                .sample(&parameter.ty, 0)
                .unwrap_or_else(|| "Default::default()".to_owned()),
        };
        match model.shape {
            ParameterShape::Array(_) => format!("[{value}]"),
            _ => value,
        }
    }

    fn body_sample(&self, content: &ir::Content) -> Option<String> {
        match content {
            ir::Content::Items(_) => Some("Vec::new()".to_owned()),
            ir::Content::Json(used)
            | ir::Content::Form(used, _)
            | ir::Content::Multipart(Some(used), _) => self.owned(used, 0),
            ir::Content::Multipart(None, _) => {
                let library = self.library();
                Some(format!(
                    "{library}::Multipart::new().text(\"name\", \"value\")"
                ))
            }
            ir::Content::Text => Some("\"text\"".to_owned()),
            ir::Content::Bytes => Some("\"bytes\"".to_owned()),
        }
    }

    fn body_type(&self, content: &ir::Content, library: &str) -> String {
        match content {
            ir::Content::Json(used)
            | ir::Content::Form(used, _)
            | ir::Content::Multipart(Some(used), _) => self.path(&self.ty(used), library),
            ir::Content::Items(used) => format!("Vec<{}>", self.path(&self.ty(used), library)),
            ir::Content::Multipart(None, _) => format!("{library}::Multipart"),
            ir::Content::Text | ir::Content::Bytes => "&'static str".to_owned(),
        }
    }

    fn library(&self) -> String {
        self.options.crate_name.replace('-', "_")
    }

    /// A type as a path from outside the crate.
    fn path(&self, ty: &model::Type, library: &str) -> String {
        match ty {
            model::Type::Named(ident) => format!("{library}::types::{ident}"),
            model::Type::Vec(inner) => format!("Vec<{}>", self.path(inner, library)),
            model::Type::Map(inner) => format!(
                "std::collections::BTreeMap<String, {}>",
                self.path(inner, library)
            ),
            model::Type::Option(inner) => format!("Option<{}>", self.path(inner, library)),
            model::Type::Box(inner) => format!("Box<{}>", self.path(inner, library)),
            model::Type::Bool => "bool".to_owned(),
            model::Type::I8 => "i8".to_owned(),
            model::Type::I16 => "i16".to_owned(),
            model::Type::I32 => "i32".to_owned(),
            model::Type::I64 => "i64".to_owned(),
            model::Type::U8 => "u8".to_owned(),
            model::Type::U16 => "u16".to_owned(),
            model::Type::U32 => "u32".to_owned(),
            model::Type::U64 => "u64".to_owned(),
            model::Type::I128 => "i128".to_owned(),
            model::Type::U128 => "u128".to_owned(),
            model::Type::F64 => "f64".to_owned(),
            model::Type::Formatted(inner) => {
                format!("{library}::Formatted<{}>", self.path(inner, library))
            }
            model::Type::OrEmpty(inner) => {
                format!("{library}::OrEmpty<{}>", self.path(inner, library))
            }
            model::Type::StringOr(inner) => {
                format!("{library}::StringOr<{}>", self.path(inner, library))
            }
            model::Type::External(path) => {
                let segments: Vec<_> = path.iter().map(Ident::to_string).collect();
                segments.join("::")
            }
            model::Type::String => "String".to_owned(),
            model::Type::Secret => format!("{library}::Secret"),
            model::Type::Base64 => format!("{library}::Base64"),
            model::Type::File => format!("{library}::File"),
            model::Type::Timestamp => "jiff::Timestamp".to_owned(),
            model::Type::Date => "jiff::civil::Date".to_owned(),
            model::Type::Uuid => "uuid::Uuid".to_owned(),
            model::Type::Value => "serde_json::Value".to_owned(),
        }
    }

    /// A value of exactly the type, as a body is passed.
    fn owned(&self, used: &Use, depth: usize) -> Option<String> {
        if self.admits_null(used) && !self.is_any(used) {
            return Some("None".to_owned());
        }
        match &used.kind {
            Kind::Scalar(Scalar::String | Scalar::Secret) => Some("\"text\".into()".to_owned()),
            Kind::Scalar(Scalar::Base64) => Some("b\"bytes\".to_vec().into()".to_owned()),
            Kind::Scalar(Scalar::File) => Some("\"text\".into()".to_owned()),
            Kind::Scalar(
                scalar @ (Scalar::Timestamp | Scalar::Date | Scalar::TextI64 | Scalar::TextU64),
            ) => Some(format!("{}.into()", scalar_sample(*scalar)?)),
            kind if self.is_string_or(kind) => Some("\"text\".into()".to_owned()),
            Kind::Array(_) => Some("Vec::new()".to_owned()),
            Kind::Map(_) => Some("std::collections::BTreeMap::new()".to_owned()),
            Kind::Named(id) => match &self.api.types.get(*id).shape {
                Shape::Alias(_) if self.facts.opened.contains(id) => {
                    Some("serde_json::Value::Null".to_owned())
                }
                Shape::Alias(target) => self.owned(
                    &Use {
                        nullable: false,
                        ..target.clone()
                    },
                    depth,
                ),
                _ => self.sample(used, depth),
            },
            Kind::Any | Kind::Scalar(_) => self.sample(used, depth),
        }
    }

    /// A value in the form that constructors and setters take.
    fn sample(&self, used: &Use, depth: usize) -> Option<String> {
        if depth > DEPTH {
            return None;
        }
        match &used.kind {
            Kind::Any => Some("serde_json::Value::Null".to_owned()),
            Kind::Scalar(scalar) => scalar_sample(*scalar).map(str::to_owned),
            Kind::Array(_) => Some("[]".to_owned()),
            Kind::Map(_) => Some("[]".to_owned()),
            Kind::Named(id) => {
                let ident = self.names.ty(*id)?;
                match &self.api.types.get(*id).shape {
                    Shape::Union(_) => {
                        let (generic, _, branch) = self.generic(*id)?;
                        if generic == Generic::StringOr {
                            return Some("\"text\"".to_owned());
                        }
                        let value = self.owned(&branch.ty, depth + 1)?;
                        Some(format!("{}::OrEmpty::Value({value})", self.library()))
                    }
                    Shape::Alias(_) => None,
                    _ if self.api.closed.contains(id) => {
                        let first = self.first_value(*id)?;
                        Some(format!("{first:?}.parse::<types::{ident}>()?"))
                    }
                    Shape::ValueEnum(_) => Some(format!(
                        "types::{ident}::from({:?})",
                        self.first_value(*id)?
                    )),
                    Shape::StringEnum(values, _) => {
                        let first = values.first()?;
                        Some(format!("types::{ident}::from({:?})", first.value))
                    }
                    Shape::IntegerEnum(_, values) => {
                        Some(format!("types::{ident}::from({})", values.first()?.value))
                    }
                    Shape::Object(object) => {
                        let required = object
                            .properties
                            .iter()
                            .filter(|property| self.is_argument(*id, property));
                        let values: Option<Vec<_>> = required
                            .map(|property| self.member(property, depth + 1))
                            .collect();
                        Some(format!("types::{ident}::new({})", values?.join(", ")))
                    }
                }
            }
        }
    }

    /// Whether a string becomes a value of the type by conversion.
    fn is_string_or(&self, kind: &Kind) -> bool {
        let Kind::Named(id) = kind else { return false };
        let generic = self.generic(*id);
        generic.is_some_and(|(generic, ..)| generic == Generic::StringOr)
    }

    /// The first value of an enum, as text.
    fn first_value(&self, id: ir::TypeId) -> Option<String> {
        match &self.api.types.get(id).shape {
            Shape::StringEnum(values, _) => Some(values.first()?.value.clone()),
            Shape::IntegerEnum(_, values) => Some(values.first()?.value.to_string()),
            Shape::ValueEnum(values) => Some(super::enums::text(&values.first()?.value)),
            Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) => None,
        }
    }

    fn member(&self, property: &ir::Property, depth: usize) -> Option<String> {
        if self.admits_null(&property.ty) && !self.is_any(&property.ty) {
            return Some("None".to_owned());
        }
        match &property.ty.kind {
            Kind::Scalar(Scalar::String) => Some(format!("{:?}", plain(&property.name))),
            Kind::Named(id) if matches!(self.api.types.get(*id).shape, Shape::Alias(_)) => {
                self.alias_member(*id, depth)
            }
            Kind::Map(value) => Some(format!(
                "std::collections::BTreeMap::<String, {}>::new()",
                self.path(&self.ty(value), &self.library())
            )),
            // What converts its items cannot tell of which type those of an empty list are.
            Kind::Array(item) => Some(match &item.kind {
                kind @ Kind::Named(_) if !self.is_string_or(kind) => "[]".to_owned(),
                _ => format!(
                    "Vec::<{}>::new()",
                    self.path(&self.ty(item), &self.library())
                ),
            }),
            _ => self.sample(&property.ty, depth),
        }
    }

    /// An alias is passed by value, as the type that it stands for.
    fn alias_member(&self, id: ir::TypeId, depth: usize) -> Option<String> {
        self.owned(&Use::new(Kind::Named(id)), depth)
    }
}

fn scalar_sample(scalar: Scalar) -> Option<&'static str> {
    Some(match scalar {
        Scalar::Bool => "true",
        Scalar::I8
        | Scalar::I16
        | Scalar::I32
        | Scalar::I64
        | Scalar::I128
        | Scalar::U8
        | Scalar::U16
        | Scalar::U32
        | Scalar::U64
        | Scalar::U128 => "1",
        Scalar::F64 => "1.5",
        Scalar::String => "\"text\"",
        Scalar::TextI64 | Scalar::TextU64 => "\"1\"",
        Scalar::Secret => "\"secret\"",
        Scalar::Timestamp => "\"2026-01-31T12:00:00Z\"",
        Scalar::Date => "\"2026-01-31\"",
        Scalar::Uuid => "\"67e55044-10b1-426f-9247-bb680e5fe0c8\".parse()?",
        Scalar::Base64 => "b\"bytes\".to_vec()",
        Scalar::File => "\"text\"",
        Scalar::External(_) => return None,
    })
}

/// The body as it can be passed: the only choice, or one of a type that is its alone.
fn shown(body: &ir::Body) -> Option<&ir::Content> {
    let contents = || body.choices.iter().map(|choice| &choice.content);
    if body.choices.len() == 1 {
        return contents().next();
    }
    contents().find(|content| {
        let same = contents().filter(|other| other.ty() == content.ty());
        content.ty().is_some() && same.count() == 1
    })
}

/// A made-up string: the name of what it stands for, if that is plain.
fn plain(name: &str) -> &str {
    let plain = !name.is_empty()
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_');
    if plain { name } else { "text" }
}
