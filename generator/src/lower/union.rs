//! `oneOf` and `anyOf`: a union type, unless a simpler type says the same.

use super::facets::{Facets, JsonType, SchemaRef};
use super::merge::{Merged, Part};
use super::schema::{Decision, admit_null};
use super::{Lowering, Owner, scalar};
use crate::diagnostic::Code;
use crate::ir::{EnumValue, Kind, Origin, Scalar, Shape, Union, Use, Variant};
use openapiv3::Discriminator;
use serde_json::Value;

impl<'a> Lowering<'a, '_> {
    /// Alternatives that only say which properties are required constrain a struct, and stay one.
    pub(super) fn check_constraint_only(&mut self, merged: &mut Merged<'a>, part: &Part<'a>) {
        let known = std::mem::take(&mut merged.unions);
        for union in known {
            let constrains = union.iter().all(only_requires);
            if constrains {
                self.diagnostics
                    .report(
                        Code::Unsupported,
                        &part.pointer,
                        "the alternatives only say which properties must be present together",
                    )
                    .label("this schema")
                    .help(
                        "the type has all the properties; which of them go together is not checked",
                    );
            } else {
                merged.unions.push(union);
            }
        }
    }

    /// What a schema with alternatives is, and whether null is one of its values.
    pub(super) fn union(
        &mut self,
        merged: Merged<'a>,
        part: &Part<'a>,
        owner: &Owner,
    ) -> (Decision, bool) {
        let mut nullable = merged.nullable;
        let mut unions = Vec::new();
        for union in &merged.unions {
            let (null, rest): (Vec<_>, Vec<_>) = union.iter().cloned().partition(only_null);
            nullable |= !null.is_empty();
            unions.push(rest);
        }
        if !merged.properties.is_empty() {
            self.diagnostics
                .report(Code::Unsupported, &part.pointer, "alternatives beside properties are not supported yet")
                .label("this schema")
                .help("the type has the properties that are common to all; others are kept in its additional properties");
            let rest = Merged {
                unions: Vec::new(),
                ..merged
            };
            return (self.object(&rest, owner), nullable);
        }
        let [alternatives] = unions.as_slice() else {
            let help = "any JSON value is accepted here; write one list of alternatives";
            self.widen(
                &part.pointer,
                "several lists of alternatives for one value",
                help,
            );
            return (Decision::Kind(Kind::Any), false);
        };
        if let Some(values) = self.text(alternatives) {
            let decision = match values.as_slice() {
                [] => Decision::Kind(Kind::Scalar(Scalar::String)),
                _ => Decision::Shape(Shape::StringEnum(values, None)),
            };
            return (decision, nullable);
        }
        let (union, null) = self.branches(alternatives, merged.discriminator, owner);
        nullable |= null;
        match union.branches.as_slice() {
            [] => (Decision::Kind(Kind::Any), false),
            [only] => {
                let used = admit_null(only.ty.clone(), nullable);
                (Decision::Kind(used.kind), used.nullable)
            }
            _ => (Decision::Shape(Shape::Union(union)), nullable),
        }
    }

    /// The branches of a union, each type once, and whether one of them admits null.
    fn branches(
        &mut self,
        alternatives: &[Part<'a>],
        discriminator: Option<&Discriminator>,
        owner: &Owner,
    ) -> (Union, bool) {
        let mut union = Union::default();
        let mut nullable = false;
        for (index, part) in alternatives.iter().enumerate() {
            let name = branch_name(part, index);
            let part = Part {
                owner: owner.variant(&name),
                ..part.clone()
            };
            let used = self.use_of(&part);
            nullable |= used.nullable;
            let ty = Use {
                nullable: false,
                ..used
            };
            if union.branches.iter().any(|known| known.ty == ty) {
                continue;
            }
            let tag = discriminator.and_then(|discriminator| self.tag(&part, discriminator));
            union.branches.push(Variant { ty, name, tag });
        }
        (union, nullable)
    }

    /// The property of a discriminator, and its values that mean a branch: those of the mapping, or
    /// else the name of the component.
    fn tag(&self, part: &Part<'a>, discriminator: &Discriminator) -> Option<(String, Vec<String>)> {
        let SchemaRef::Reference(reference) = part.schema else {
            return None;
        };
        let id = self.component(reference)?;
        let Origin::Component(component) = &self.types.get(id).origin else {
            return None;
        };
        let mapped = discriminator
            .mapping
            .iter()
            .filter(|(_, target)| *target == component || self.component(target) == Some(id));
        let mut values: Vec<_> = mapped.map(|(value, _)| value.clone()).collect();
        if values.is_empty() {
            values.push(component.clone());
        }
        Some((discriminator.property_name.clone(), values))
    }

    /// When every alternative is a string: the values of those that are enums.
    fn text(&mut self, alternatives: &[Part<'a>]) -> Option<Vec<EnumValue<String>>> {
        let mut values: Vec<EnumValue<String>> = Vec::new();
        for part in alternatives {
            if !self.is_text(part, 0) {
                return None;
            }
            let merged = self.merge(part);
            for value in merged
                .enumeration
                .iter()
                .flatten()
                .filter_map(Value::as_str)
            {
                if !values.iter().any(|known| known.value == value) {
                    values.push(EnumValue {
                        value: value.to_owned(),
                        name: None,
                        description: None,
                    });
                }
            }
        }
        (!alternatives.is_empty()).then_some(values)
    }

    /// Whether every value of a schema is a string.
    pub(super) fn is_text(&mut self, part: &Part<'a>, depth: usize) -> bool {
        match part.schema {
            SchemaRef::Item(schema) => {
                let facets = Facets::of(schema);
                let scalar = facets
                    .json_type
                    .and_then(|ty| scalar::scalar(ty, facets.format.as_deref()));
                facets.json_type == Some(JsonType::String)
                    && scalar != Some(Scalar::Secret)
                    && !facets.data.nullable
            }
            SchemaRef::Reference(reference) => {
                depth < 16
                    && self
                        .peek_schema(reference)
                        .is_some_and(|target| self.is_text(&target, depth + 1))
            }
        }
    }
}

/// What an inline branch is called: its title, or its place.
fn branch_name(part: &Part<'_>, index: usize) -> String {
    let title = match part.schema {
        SchemaRef::Item(schema) => schema.schema_data.title.clone(),
        SchemaRef::Reference(_) => None,
    };
    title
        .filter(|title| !title.trim().is_empty())
        .unwrap_or_else(|| format!("variant {}", index + 1))
}

/// Whether a schema says nothing but `required`.
fn only_requires(part: &Part<'_>) -> bool {
    let SchemaRef::Item(schema) = part.schema else {
        return false;
    };
    let facets = Facets::of(schema);
    !facets.required.is_empty()
        && facets.json_type.is_none_or(|ty| ty == JsonType::Object)
        && facets.properties.is_empty()
        && facets.additional.is_none()
        && facets.items.is_none()
        && facets.enumeration.is_empty()
        && facets.all_of.is_empty()
        && facets.one_of.is_empty()
        && facets.any_of.is_empty()
}

/// Whether null is the only value of a schema: 3.0 writes that as an enum of null.
fn only_null(part: &Part<'_>) -> bool {
    let SchemaRef::Item(schema) = part.schema else {
        return false;
    };
    let facets = Facets::of(schema);
    !facets.enumeration.is_empty() && facets.enumeration.iter().all(Value::is_null)
}
