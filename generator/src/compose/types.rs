//! Types: structs, enums and aliases, file by file.

use super::Context;
use super::constant::{constants, constants_line};
use super::looks::mark_branches;
use crate::docs::{Writer, code};
use crate::ir::{self, Additional, Kind, Origin, Property, Scalar, Shape, TypeId, Use};
use crate::model::{self, FieldKind, Item};
use crate::name::{Role, Scope};
use proc_macro2::Ident;
use serde_json::Value;

impl Context<'_> {
    pub(super) fn type_files(&self) -> Vec<model::TypeFile> {
        let files = self.files().into_iter();
        let mut files: Vec<_> = files
            .map(|(module, ids)| {
                let items = ids
                    .into_iter()
                    .filter_map(|id| Some(self.item(id, self.names.ty(id)?.clone())))
                    .collect();
                model::TypeFile { module, items }
            })
            .collect();
        mark_branches(&mut files);
        files
    }

    fn item(&self, id: TypeId, ident: Ident) -> Item {
        let ty = self.api.types.get(id);
        let docs = self.type_docs(ty);
        let deprecated = ty.deprecated;
        match &ty.shape {
            Shape::Object(object) => {
                Item::Struct(self.structure(id, ident, object, docs, deprecated))
            }
            Shape::StringEnum(values, default) => Item::StringEnum(self.string_enum(
                id,
                ident,
                (values, default.as_deref()),
                docs,
                deprecated,
            )),
            Shape::IntegerEnum(repr, values) => {
                Item::IntegerEnum(self.integer_enum(id, ident, (*repr, values), docs, deprecated))
            }
            Shape::ValueEnum(values) => {
                Item::ValueEnum(self.value_enum(id, ident, values, docs, deprecated))
            }
            Shape::Union(union) => Item::Union(self.union(id, ident, union, docs, deprecated)),
            Shape::Alias(_) if self.facts.opened.contains(&id) => Item::Alias(model::Alias {
                docs,
                deprecated,
                ident,
                ty: model::Type::Value,
            }),
            Shape::Alias(used) => Item::Alias(model::Alias {
                docs,
                deprecated,
                ident,
                ty: self.kind(&used.kind),
            }),
        }
    }

    fn type_docs(&self, ty: &ir::Type) -> model::Docs {
        let words = ty.description.as_deref().or(ty.title.as_deref());
        let fallback = match &ty.origin {
            Origin::Component(name) => format!("{} of the API.", code(name)),
            Origin::Inside(base, role) => match self.names.ty(*base) {
                Some(base) => format!("{} of [`{base}`].", code(&said(role))),
                None => format!("{}.", code(&said(role))),
            },
            Origin::Operation(index, role) => match self.api.operations.get(*index) {
                Some(operation) => format!("{} of {}.", code(&said(role)), code(&operation.id)),
                None => format!("{}.", code(&said(role))),
            },
            Origin::Title(title) => format!("{}.", code(title)),
        };
        let mut writer = Writer::new().untrusted_or(words, &fallback);
        let lines = [self.type_constraints(ty), constants_line(&ty.shape)];
        for line in lines.iter().flatten() {
            writer = writer.paragraph(line);
        }
        writer.docs()
    }

    /// What the constraints on a component are, in a line.
    fn type_constraints(&self, ty: &ir::Type) -> Option<String> {
        match &ty.shape {
            Shape::Alias(used) => self.constraint_line(used, ty.constraints.as_deref()),
            Shape::Object(_) => {
                let counts = ir::Constraints {
                    properties: ty.constraints.as_ref()?.properties,
                    ..ir::Constraints::default()
                };
                self.constraint_line(&Use::new(Kind::Map(Box::new(Use::ANY))), Some(&counts))
            }
            _ => None,
        }
    }

    fn structure(
        &self,
        id: TypeId,
        ident: Ident,
        object: &ir::Object,
        docs: model::Docs,
        deprecated: bool,
    ) -> model::Struct {
        let mut scope = Scope::new(Role::Field);
        let properties = &object.properties;
        let names = properties
            .iter()
            .map(|property| self.renames.member(id, &property.name, &property.name));
        let idents = scope.idents(names);
        let fields = properties.iter().zip(idents).enumerate();
        let fields: Vec<_> = fields
            .map(|(index, (property, ident))| self.field(id, index, property, ident))
            .collect();
        let rest = match &object.additional {
            Additional::Forbidden => None,
            Additional::Any => Some(None),
            Additional::Typed(used) => Some(Some(self.ty(used))),
        };
        let rest = rest.map(|value| model::Rest {
            ident: scope.ident("additional_properties"),
            value,
        });
        model::Struct {
            docs,
            deprecated,
            ident,
            constants: constants(&object.constants),
            checks: self.field_checks(id, object, &fields, rest.as_ref()),
            defaults: self.defaults(id, object, &fields),
            fields,
            rest,
            setters: self.facts.is_sent(id),
            is_branch: false,
        }
    }

    fn field(&self, id: TypeId, index: usize, property: &Property, ident: Ident) -> model::Field {
        let any = self.is_any(&property.ty);
        let null = !any && self.admits_null(&property.ty);
        let (mut kind, argument) = self.field_kind(id, property);
        if kind == FieldKind::Required && !null && self.is_list(&property.ty) {
            kind = FieldKind::List;
        }
        let mut ty = self.kind(&property.ty.kind);
        let constant = self.constant(property);
        if self.facts.boxed.contains(&(id, index)) {
            ty = model::Type::Box(Box::new(ty));
        }
        if kind == FieldKind::Required && null {
            ty = model::Type::Option(Box::new(ty));
        }
        model::Field {
            docs: self.field_docs(property),
            deprecated: property.deprecated,
            ident,
            wire: property.name.clone(),
            kind,
            ty,
            argument: argument && constant.is_none(),
            constant,
        }
    }

    /// What a property says of itself; a bare reference says what its target says in one paragraph.
    fn field_docs(&self, property: &Property) -> model::Docs {
        let target = match property.ty.kind {
            Kind::Named(id) => self.api.types.get(id).description.as_deref(),
            _ => None,
        };
        let words = property
            .description
            .as_deref()
            .or(target.map(first_paragraph));
        let fallback = format!("The {} property.", code(&property.name));
        let mut writer = Writer::new().untrusted_or(words, &fallback);
        if let Some(line) = self.constraint_line(&property.ty, property.constraints.as_deref()) {
            writer = writer.paragraph(&line);
        }
        if let (true, [only]) = (self.has_several(&property.ty), property.fixed.as_slice()) {
            writer = writer.paragraph(&format!("Always {}.", code(only)));
        }
        if let Some(default) = property
            .default
            .as_ref()
            .filter(|default| !default.is_null())
        {
            writer = writer.paragraph(&format!(
                "The server takes {} when it is absent.",
                code(&short(default))
            ));
        }
        writer.docs()
    }

    /// Whether `new` takes a property.
    pub(super) fn is_argument(&self, id: TypeId, property: &Property) -> bool {
        self.field_kind(id, property).1 && self.constant(property).is_none()
    }

    /// How presence and null of a property are handled, and whether `new` takes it.
    fn field_kind(&self, id: TypeId, property: &Property) -> (FieldKind, bool) {
        let any = self.is_any(&property.ty);
        let null = !any && self.admits_null(&property.ty);
        field_kind(
            property,
            any,
            null,
            self.facts.is_sent(id),
            self.facts.is_received(id),
        )
    }

    /// The Rust type of a use, `Option` included where null is allowed.
    pub(super) fn ty(&self, used: &Use) -> model::Type {
        let ty = self.kind(&used.kind);
        if !self.is_any(used) && self.admits_null(used) {
            model::Type::Option(Box::new(ty))
        } else {
            ty
        }
    }

    /// The Rust type of a kind, null aside.
    pub(super) fn kind(&self, kind: &Kind) -> model::Type {
        match kind {
            Kind::Any => model::Type::Value,
            Kind::Scalar(value) => self.scalar(*value),
            Kind::Array(item) => model::Type::Vec(Box::new(self.ty(item))),
            Kind::Map(value) => model::Type::Map(Box::new(self.ty(value))),
            Kind::Named(id) => self.instance(*id).unwrap_or_else(|| {
                let named = |ident: &Ident| model::Type::Named(ident.clone());
                self.names.ty(*id).map_or(model::Type::Value, named)
            }),
        }
    }

    /// Whether null is allowed, here or by the type that is named.
    pub(super) fn admits_null(&self, used: &Use) -> bool {
        used.nullable || self.aliased(used).is_some_and(|(nullable, _)| nullable)
    }

    /// Whether the type is any JSON value, which null is.
    pub(super) fn is_any(&self, used: &Use) -> bool {
        match self.aliased(used) {
            Some((_, kind)) => matches!(kind, Kind::Any),
            None => matches!(used.kind, Kind::Any),
        }
    }

    /// Whether the type is a list or a map, which has an empty value.
    fn is_list(&self, used: &Use) -> bool {
        matches!(self.finally(used), Some(Kind::Array(_) | Kind::Map(_)))
    }

    /// What a use is behind any aliases; nothing for one that is made of itself.
    pub(super) fn finally(&self, used: &Use) -> Option<Kind> {
        match &used.kind {
            Kind::Named(_) => self.aliased(used).map(|(_, kind)| kind),
            other => Some(other.clone()),
        }
    }

    /// What a named use finally is, and whether null was allowed on the way.
    fn aliased(&self, used: &Use) -> Option<(bool, Kind)> {
        let Kind::Named(mut id) = used.kind else {
            return None;
        };
        let mut nullable = false;
        for _ in 0..=self.api.types.len() {
            let ty = self.api.types.get(id);
            nullable |= ty.nullable;
            let Shape::Alias(target) = &ty.shape else {
                return Some((nullable, Kind::Named(id)));
            };
            if self.facts.opened.contains(&id) {
                return Some((nullable, Kind::Any));
            }
            nullable |= target.nullable;
            match target.kind {
                Kind::Named(next) => id = next,
                ref other => return Some((nullable, other.clone())),
            }
        }
        None
    }
}

/// How presence and null of a property are handled, and whether `new` takes it.
fn field_kind(
    property: &Property,
    any: bool,
    null: bool,
    sent: bool,
    received: bool,
) -> (FieldKind, bool) {
    match property {
        Property {
            read_only: true, ..
        } if sent && null => (FieldKind::ReadOnlyNullable, false),
        Property {
            read_only: true, ..
        } if sent => (FieldKind::ReadOnly, false),
        Property {
            write_only: true,
            required: true,
            ..
        } if received && !null && !any => (FieldKind::WriteOnly, true),
        Property { required: true, .. } => (FieldKind::Required, true),
        _ if any => (FieldKind::OptionalAny, false),
        _ if null => (FieldKind::Nullable, false),
        _ => (FieldKind::Optional, false),
    }
}

/// The way to an inline type, in words.
fn said(role: &[ir::Step]) -> String {
    let steps: Vec<_> = role.iter().map(ir::Step::words).collect();
    steps.join(" ")
}

fn first_paragraph(text: &str) -> &str {
    text.trim_start().split("\n\n").next().unwrap_or_default()
}

/// A JSON value in one line of a length that can be read.
pub(super) fn short(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() <= 60 {
        return text;
    }
    let cut: String = text.chars().take(59).collect();
    format!("{cut}…")
}

impl Context<'_> {
    /// The Rust type of a scalar.
    pub(super) fn scalar(&self, scalar: Scalar) -> model::Type {
        let formatted = |ty| model::Type::Formatted(Box::new(ty));
        match scalar {
            Scalar::Bool => model::Type::Bool,
            Scalar::I8 => model::Type::I8,
            Scalar::I16 => model::Type::I16,
            Scalar::I32 => model::Type::I32,
            Scalar::I64 => model::Type::I64,
            Scalar::U8 => model::Type::U8,
            Scalar::U16 => model::Type::U16,
            Scalar::U32 => model::Type::U32,
            Scalar::U64 => model::Type::U64,
            Scalar::I128 => model::Type::I128,
            Scalar::U128 => model::Type::U128,
            Scalar::F64 => model::Type::F64,
            Scalar::String => model::Type::String,
            Scalar::TextI64 => formatted(model::Type::I64),
            Scalar::TextU64 => formatted(model::Type::U64),
            Scalar::Secret => model::Type::Secret,
            Scalar::Timestamp => formatted(model::Type::Timestamp),
            Scalar::Date => formatted(model::Type::Date),
            Scalar::Uuid => model::Type::Uuid,
            Scalar::Base64 => model::Type::Base64,
            Scalar::File => model::Type::File,
            Scalar::External(index) => {
                let path = self.api.externals.get(index);
                // A path that is none was reported, and nothing is printed.
                match path.and_then(|path| crate::name::path(path)) {
                    Some(path) => model::Type::External(path),
                    None => model::Type::Value,
                }
            }
        }
    }
}
