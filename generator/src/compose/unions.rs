//! Unions: a variant per type, and what tells the types apart.

use super::Context;
use crate::docs::{Writer, code};
use crate::ir::{self, Kind, Origin, Scalar, Shape, TypeId, Use};
use crate::model::{self, Looks};
use crate::name::{Role, Scope};
use proc_macro2::Ident;

impl Context<'_> {
    pub(super) fn union(
        &self,
        id: TypeId,
        ident: Ident,
        union: &ir::Union,
        docs: model::Docs,
        deprecated: bool,
    ) -> model::Union {
        let mut scope = Scope::new(Role::Variant);
        let fallback = scope.ident("Unrecognized");
        let branches = union.branches.iter().enumerate();
        let variants: Vec<_> = branches
            .map(|(index, branch)| self.variant(id, index, branch, &mut scope))
            .collect();
        model::Union {
            docs,
            deprecated,
            ident,
            checks: self.variant_checks(id, union, &variants),
            variants,
            fallback,
        }
    }

    fn variant(
        &self,
        id: TypeId,
        index: usize,
        branch: &ir::Variant,
        scope: &mut Scope,
    ) -> model::UnionVariant {
        let mut ty = self.kind(&branch.ty.kind);
        if self.facts.boxed.contains(&(id, index)) {
            ty = model::Type::Box(Box::new(ty));
        }
        let tags = branch.tag.clone();
        let declared = tags
            .as_ref()
            .is_some_and(|(property, _)| self.declares(&branch.ty, property));
        let first = tags
            .as_ref()
            .and_then(|(property, values)| Some((property.clone(), values.first()?.clone())));
        model::UnionVariant {
            docs: self.variant_docs(branch),
            ident: scope.ident(&self.variant_name(branch)),
            looks: self.looks(&branch.ty, tags, id),
            tag: first.filter(|_| !declared),
            ty,
        }
    }

    /// Types with a name of their own give it to the variant; inline ones are called by their role.
    fn variant_name(&self, branch: &ir::Variant) -> String {
        match &branch.ty.kind {
            Kind::Any => "Any".to_owned(),
            Kind::Array(_) => "List".to_owned(),
            Kind::Map(_) => "Map".to_owned(),
            Kind::Scalar(scalar) => scalar_name(*scalar).to_owned(),
            Kind::Named(id) => match &self.api.types.get(*id).origin {
                Origin::Component(name) => name.clone(),
                Origin::Inside(..) | Origin::Operation(..) | Origin::Title(_) => {
                    branch.name.clone()
                }
            },
        }
    }

    fn variant_docs(&self, branch: &ir::Variant) -> model::Docs {
        let described = match branch.ty.kind {
            Kind::Named(id) => self.api.types.get(id).description.as_deref(),
            _ => None,
        };
        let first = described.and_then(|text| text.split("\n\n").next());
        let fallback = format!("{}.", code(&self.variant_name(branch)));
        let mut writer = Writer::new().untrusted_or(first, &fallback);
        if let Some((property, values)) = &branch.tag {
            let values: Vec<_> = values.iter().map(|value| code(value)).collect();
            writer = writer.paragraph(&format!(
                "Where {} is {}.",
                code(property),
                values.join(" or ")
            ));
        }
        writer.docs()
    }

    /// Whether a type has a property of this name.
    fn declares(&self, used: &Use, property: &str) -> bool {
        self.object(used)
            .is_some_and(|(_, object)| object.properties.iter().any(|known| known.name == property))
    }

    fn object(&self, used: &Use) -> Option<(TypeId, &ir::Object)> {
        match self.finally(used)? {
            Kind::Named(id) => match &self.api.types.get(id).shape {
                Shape::Object(object) => Some((id, object)),
                _ => None,
            },
            _ => None,
        }
    }

    /// What a value of a type looks like. `inside` is the union that asks.
    fn looks(&self, used: &Use, tag: Option<(String, Vec<String>)>, inside: TypeId) -> Looks {
        let Some(kind) = self.finally(used) else {
            return Looks::Any;
        };
        match kind {
            Kind::Any => Looks::Any,
            Kind::Array(_) => Looks::Array,
            Kind::Map(_) => Looks::Map,
            Kind::Scalar(scalar) => match self.scalar(scalar) {
                model::Type::Formatted(inner) => Looks::TextOf(*inner),
                _ => scalar_looks(scalar),
            },
            Kind::Named(id) => {
                let Some(ident) = self.names.ty(id).cloned() else {
                    return Looks::Any;
                };
                match &self.api.types.get(id).shape {
                    Shape::StringEnum(..) => Looks::StringOf(ident),
                    Shape::IntegerEnum(..) => Looks::Integer,
                    Shape::ValueEnum(_) => Looks::Any,
                    Shape::Object(object) => {
                        let closed = matches!(object.additional, ir::Additional::Forbidden);
                        Looks::Object(ident, self.tags(object, tag), closed)
                    }
                    Shape::Union(_) if !self.leads_to(id, inside) => Looks::OneOf(ident),
                    Shape::Union(_) | Shape::Alias(_) => Looks::Any,
                }
            }
        }
    }

    /// Properties with fixed values: those of the discriminator, and enums of one value.
    fn tags(
        &self,
        object: &ir::Object,
        tag: Option<(String, Vec<String>)>,
    ) -> Vec<(String, Vec<String>)> {
        let mut tags: Vec<_> = tag.into_iter().collect();
        for property in &object.properties {
            let Some(Kind::Named(id)) = self.finally(&property.ty) else {
                continue;
            };
            if let Shape::StringEnum(values, _) = &self.api.types.get(id).shape
                && let [only] = values.as_slice()
                && !tags.iter().any(|(name, _)| *name == property.name)
            {
                tags.push((property.name.clone(), vec![only.value.clone()]));
            }
        }
        tags
    }

    /// Whether a union has another among its branches, at any depth.
    fn leads_to(&self, from: TypeId, to: TypeId) -> bool {
        let mut seen = std::collections::BTreeSet::new();
        let mut waiting = vec![from];
        while let Some(id) = waiting.pop() {
            if id == to {
                return true;
            }
            if !seen.insert(id) {
                continue;
            }
            if let Shape::Union(union) = &self.api.types.get(id).shape {
                waiting.extend(union.branches.iter().filter_map(|branch| {
                    match self.finally(&branch.ty)? {
                        Kind::Named(id) => Some(id),
                        _ => None,
                    }
                }));
            }
        }
        false
    }
}

fn scalar_looks(scalar: Scalar) -> Looks {
    match scalar {
        Scalar::Bool => Looks::Boolean,
        Scalar::F64 => Looks::Number,
        Scalar::String | Scalar::Secret => Looks::String,
        Scalar::Uuid | Scalar::Base64 => Looks::Formatted,
        Scalar::External(_) => Looks::Any,
        _ => Looks::Integer,
    }
}

fn scalar_name(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "Boolean",
        Scalar::F64 => "Number",
        Scalar::String => "String",
        Scalar::Secret => "Secret",
        Scalar::Timestamp => "DateTime",
        Scalar::Date => "Date",
        Scalar::Uuid => "Uuid",
        Scalar::Base64 => "Bytes",
        Scalar::External(_) => "Value",
        _ => "Integer",
    }
}
