//! What the configuration says of types: formats, components, and enums that are closed.

use super::Lowering;
use crate::diagnostic::{Code, Pointer};
use crate::ir::{Kind, Origin, Scalar, Shape, Step, Type, TypeId};
use crate::options::ClosedEnums;
use std::collections::BTreeSet;

/// What of the configuration was found in the document.
#[derive(Debug, Default)]
pub(super) struct Found<'a> {
    formats: BTreeSet<&'a str>,
    types: BTreeSet<&'a str>,
    /// Paths of types, each once.
    pub externals: Vec<String>,
}

impl<'a> Lowering<'a, '_> {
    /// What the configuration says of every value of a format.
    pub(super) fn configured_format(&mut self, format: Option<&str>) -> Option<Kind> {
        let options = self.options;
        let (name, target) = options.formats.get_key_value(format?)?;
        self.configured.formats.insert(name);
        Some(self.target(target))
    }

    /// What the configuration says of a component.
    pub(super) fn configured_type(&mut self, component: &str) -> Option<Kind> {
        let options = self.options;
        let (name, target) = options.types.get_key_value(component)?;
        self.configured.types.insert(name);
        Some(self.target(target))
    }

    /// A built-in type by its name, or else a path.
    fn target(&mut self, target: &str) -> Kind {
        if let Some(scalar) = built_in(target) {
            return Kind::Scalar(scalar);
        }
        if matches!(target, "Value" | "serde_json::Value") {
            return Kind::Any;
        }
        let known = self
            .configured
            .externals
            .iter()
            .position(|path| path == target);
        let index = known.unwrap_or_else(|| {
            self.configured.externals.push(target.to_owned());
            self.configured.externals.len() - 1
        });
        Kind::Scalar(Scalar::External(index))
    }

    /// Whatever the configuration names must be there, and be a type.
    pub(super) fn check_configured(&mut self) {
        let options = self.options;
        let formats = options
            .formats
            .keys()
            .filter(|name| !self.configured.formats.contains(name.as_str()));
        let formats = formats.map(|name| {
            (
                format!("no schema has the configured format `{name}`"),
                "write the format as the document does, or remove it",
            )
        });
        let types = options
            .types
            .keys()
            .filter(|name| !self.configured.types.contains(name.as_str()));
        let types = types.map(|name| (format!("the configured type `{name}` is not a schema of the document"), "write the key below `components.schemas`, in the document's spelling, or remove it"));
        let paths = self
            .configured
            .externals
            .iter()
            .filter(|path| crate::name::path(path).is_none());
        let paths = paths.map(|path| {
            (
                format!(
                    "the configured type `{path}` is neither a built-in type nor the path of a type"
                ),
                "write the crate's name first, for instance `rust_decimal::Decimal`",
            )
        });
        let problems: Vec<_> = formats.chain(types).chain(paths).collect();
        for (message, help) in problems {
            self.diagnostics
                .report(Code::ConfigUnmatched, Pointer::root(), message)
                .help(help);
        }
    }

    /// The enums that are closed.
    pub(super) fn closed_enums(&mut self) -> BTreeSet<TypeId> {
        let options = self.options;
        let enums = self.types.iter().filter(|(_, ty)| is_enum(ty));
        let names = match &options.closed_enums {
            ClosedEnums::None => return BTreeSet::new(),
            ClosedEnums::All => return enums.map(|(id, _)| id).collect(),
            ClosedEnums::Named(names) => names,
        };
        let named: Vec<_> = enums
            .filter_map(|(id, ty)| Some((id, self.document_name(ty)?)))
            .collect();
        let mut closed = BTreeSet::new();
        for name in names {
            let before = closed.len();
            closed.extend(
                named
                    .iter()
                    .filter(|(_, known)| known == name)
                    .map(|(id, _)| *id),
            );
            if closed.len() == before {
                self.diagnostics
                    .report(Code::ConfigUnmatched, Pointer::root(), format!("the configured closed enum `{name}` is not an enum of the document"))
                    .help("write it as `Component` or `Component.property`, in the document's spelling, or remove it");
            }
        }
        closed
    }

    /// `Component` or `Component.property`; the items of a list are called as the list.
    fn document_name(&self, ty: &Type) -> Option<String> {
        match &ty.origin {
            Origin::Component(name) => Some(name.clone()),
            Origin::Inside(base, role) => match &self.types.get(*base).origin {
                Origin::Component(name) => {
                    let mut role = role.as_slice();
                    while let [rest @ .., Step::Item] = role {
                        role = rest;
                    }
                    let steps: Vec<_> = role.iter().map(Step::words).collect();
                    Some(format!("{name}.{}", steps.join(".")))
                }
                Origin::Inside(..) | Origin::Operation(..) | Origin::Title(..) => None,
            },
            Origin::Operation(..) | Origin::Title(..) => None,
        }
    }
}

fn is_enum(ty: &Type) -> bool {
    match ty.shape {
        Shape::StringEnum(..) | Shape::IntegerEnum(..) | Shape::ValueEnum(_) => true,
        Shape::Object(_) | Shape::Union(_) | Shape::Alias(_) => false,
    }
}

/// The types that the configuration calls by their plain names.
fn built_in(name: &str) -> Option<Scalar> {
    Some(match name {
        "bool" => Scalar::Bool,
        "i8" => Scalar::I8,
        "i16" => Scalar::I16,
        "i32" => Scalar::I32,
        "i64" => Scalar::I64,
        "i128" => Scalar::I128,
        "u8" => Scalar::U8,
        "u16" => Scalar::U16,
        "u32" => Scalar::U32,
        "u64" => Scalar::U64,
        "u128" => Scalar::U128,
        "f64" => Scalar::F64,
        "String" => Scalar::String,
        "Secret" => Scalar::Secret,
        "Base64" => Scalar::Base64,
        "Formatted<i64>" => Scalar::TextI64,
        "Formatted<u64>" => Scalar::TextU64,
        "Formatted<jiff::Timestamp>" => Scalar::Timestamp,
        "Formatted<jiff::civil::Date>" => Scalar::Date,
        "uuid::Uuid" => Scalar::Uuid,
        _ => return None,
    })
}
