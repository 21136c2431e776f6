//! Unions: a variant per type, and what tells the types apart.

use super::Context;
use super::enums::value_name;
use super::looks::Siblings;
use crate::docs::{Writer, code};
use crate::ir::{self, Kind, Origin, Scalar, Shape, TypeId, Use};
use crate::model;
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
        let siblings = self.siblings(union);
        let branches = union.branches.iter().enumerate();
        let variants: Vec<_> = branches
            .map(|(index, branch)| self.variant(id, index, branch, &siblings, &mut scope))
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
        siblings: &Siblings,
        scope: &mut Scope,
    ) -> model::UnionVariant {
        let looks = match &branch.constant {
            Some(constant) => model::Looks::Text(constant.value.clone()),
            None => self.looks_among(branch, id, siblings),
        };
        let tags = branch.tag.as_ref();
        let declared = tags.is_some_and(|(property, _)| self.declares(&branch.ty, property));
        let first =
            tags.and_then(|(property, values)| Some((property.clone(), values.first()?.clone())));
        model::UnionVariant {
            docs: self.variant_docs(branch),
            ident: scope.ident(&self.variant_name(branch)),
            looks,
            tag: first.filter(|_| !declared),
            ty: self.branch_type(id, index, branch),
        }
    }

    /// The type of a branch's values.
    pub(super) fn branch_type(
        &self,
        id: TypeId,
        index: usize,
        branch: &ir::Variant,
    ) -> model::Type {
        let ty = self.kind(&branch.ty.kind);
        match self.facts.boxed.contains(&(id, index)) {
            true => model::Type::Box(Box::new(ty)),
            false => ty,
        }
    }

    /// Types with a name of their own give it to the variant; inline ones are called by their role.
    fn variant_name(&self, branch: &ir::Variant) -> String {
        if let Some(constant) = &branch.constant {
            return value_name(constant, &constant.value).to_owned();
        }
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
        let constant = branch.constant.as_ref();
        let described = described.or(constant.and_then(|constant| constant.description.as_deref()));
        let first = described.and_then(|text| text.split("\n\n").next());
        let fallback = match constant {
            Some(constant) => code(&constant.value),
            None => format!("{}.", code(&self.variant_name(branch))),
        };
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

    /// Whether every value of a type has a property of this name already.
    fn declares(&self, used: &Use, property: &str) -> bool {
        let Some(Kind::Named(id)) = self.finally(used) else {
            return false;
        };
        match &self.api.types.get(id).shape {
            Shape::Object(object) => {
                let constants = object.constants.iter().map(|constant| &constant.name);
                let properties = object.properties.iter().map(|property| &property.name);
                constants.chain(properties).any(|known| known == property)
            }
            // Its own branches answer for themselves.
            Shape::Union(_) => true,
            Shape::StringEnum(..)
            | Shape::IntegerEnum(..)
            | Shape::ValueEnum(_)
            | Shape::Alias(_) => false,
        }
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
        Scalar::File => "File",
        Scalar::External(_) => "Value",
        _ => "Integer",
    }
}
