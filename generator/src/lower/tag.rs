//! What tells the alternatives of a union apart: discriminators, and properties with fixed values.

use super::Lowering;
use super::facets::{Facets, SchemaRef};
use super::merge::Part;
use super::merged::Alternatives;
use crate::diagnostic::{Code, Pointer};
use crate::ir::{Origin, TypeId};
use openapiv3::Discriminator;
use serde_json::Value;

/// How many values of a property are worth comparing.
const VALUES: usize = 16;

impl<'a> Lowering<'a, '_> {
    /// The property of a discriminator and its values that mean a branch: those of the mapping, or
    /// else those that the branch itself declares, and the name of its component.
    pub(super) fn tag(
        &mut self,
        part: &Part<'a>,
        list: &Alternatives<'a>,
    ) -> Option<(String, Vec<String>)> {
        let (discriminator, pointer) = list.discriminator.as_ref()?;
        let property = discriminator.property_name.as_str();
        let id = match part.schema {
            SchemaRef::Reference(reference) => self.component(reference),
            SchemaRef::Item(_) => None,
        };
        let mapped = self.mapped_values(discriminator, id);
        let merged = self.merge_trial(std::slice::from_ref(part));
        let definitions = merged.properties.get(property);
        let declared = definitions.map_or_else(Vec::new, |parts| self.fixed_values(parts));
        if !mapped.is_empty() {
            let agrees = declared.is_empty() || mapped.iter().any(|value| declared.contains(value));
            let mut values = mapped;
            if let (false, Some(definition)) = (agrees, definitions.and_then(|parts| parts.last()))
            {
                self.contradicting_tag(&definition.pointer, pointer, property, &values);
                values.extend(declared);
            }
            return Some((property.to_owned(), values));
        }
        let mut values = declared;
        // A branch that is itself a union answers for its own branches.
        if let Some(id) = id.filter(|_| merged.unions.is_empty())
            && let Origin::Component(component) = &self.types.get(id).origin
            && !values.contains(component)
        {
            values.push(component.clone());
        }
        (!values.is_empty()).then(|| (property.to_owned(), values))
    }

    fn contradicting_tag(
        &mut self,
        definition: &Pointer,
        discriminator: &Pointer,
        property: &str,
        mapped: &[String],
    ) {
        let place = (definition.path.clone(), discriminator.path.clone());
        if !self.contradictions.insert(place) {
            return;
        }
        let values: Vec<_> = mapped.iter().map(|value| format!("`{value}`")).collect();
        self.diagnostics
            .report(
                Code::Discriminator,
                definition,
                format!(
                    "the discriminator maps {} to this schema, whose `{property}` has other values",
                    values.join(" and ")
                ),
            )
            .label("not a value of the mapping")
            .related(discriminator.clone(), "the discriminator")
            .help("either is taken for this schema; let the two agree");
    }

    /// The values of a mapping that mean a component.
    pub(super) fn mapped_values(
        &self,
        discriminator: &Discriminator,
        id: Option<TypeId>,
    ) -> Vec<String> {
        let Some(id) = id else {
            return Vec::new();
        };
        let mapped = discriminator.mapping.iter();
        mapped
            .filter(|(_, target)| self.mapping_target(target) == Some(id))
            .map(|(value, _)| value.clone())
            .collect()
    }

    /// The component that a mapping means: by its name, by a reference, or by a file of its name.
    pub(super) fn mapping_target(&self, target: &str) -> Option<TypeId> {
        if let Some(id) = self.components.get(target) {
            return Some(*id);
        }
        self.component(target).or_else(|| {
            let last = target.rsplit(['/', '#']).next()?;
            let stem = last.split('.').next()?;
            self.components.get(stem).copied()
        })
    }

    /// The alternatives that only the mapping names.
    pub(super) fn mapped_only(&mut self, list: &Alternatives<'a>) -> Vec<Part<'a>> {
        let Some((discriminator, pointer)) = list.discriminator.clone() else {
            return Vec::new();
        };
        if list.is_chosen {
            return Vec::new();
        }
        let Some(owner) = list.members.first().map(|part| part.owner.clone()) else {
            return Vec::new();
        };
        let referred = |part: &Part<'a>| match part.schema {
            SchemaRef::Reference(reference) => self.component(reference),
            SchemaRef::Item(_) => None,
        };
        let mut known: std::collections::BTreeSet<TypeId> =
            list.members.iter().filter_map(referred).collect();
        let mut added = Vec::new();
        for (value, target) in &discriminator.mapping {
            let place = pointer.child("mapping").child(value);
            match self.mapping_target(target) {
                Some(id) if !known.insert(id) => {}
                Some(_) if self.component(target).is_some() => added.push(Part {
                    schema: SchemaRef::Reference(target),
                    pointer: place,
                    owner: owner.clone(),
                }),
                found => self.unmapped(&place, target, found.is_some()),
            }
        }
        added
    }

    fn unmapped(&mut self, place: &Pointer, target: &str, exists: bool) {
        let message = if exists {
            format!("`{target}` is not one of the alternatives")
        } else {
            format!("`{target}` names no schema")
        };
        self.diagnostics
            .report(Code::Discriminator, place, message)
            .label("no alternative for this value")
            .help("values with this tag are kept as they are; add the schema to the alternatives");
    }

    /// The values, as text, that a property may have, where the document lists a few.
    pub(super) fn fixed_values(&mut self, definitions: &[Part<'a>]) -> Vec<String> {
        let values = match definitions {
            [only] => self.listed_values(only),
            several => self
                .merge_trial(several)
                .enumeration
                .map_or_else(Vec::new, |(values, _)| values),
        };
        if values.len() > VALUES {
            return Vec::new();
        }
        let texts: Option<Vec<_>> = values
            .iter()
            .filter(|value| !value.is_null())
            .map(|value| match value {
                Value::String(text) => Some(text.clone()),
                Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
                Value::Null | Value::Array(_) | Value::Object(_) => None,
            })
            .collect();
        texts.unwrap_or_default()
    }

    /// The enum of a schema, behind references and wrappers.
    fn listed_values(&mut self, part: &Part<'a>) -> Vec<Value> {
        let mut part = part.clone();
        for _ in 0..32 {
            let schema = match part.schema {
                SchemaRef::Item(schema) => schema,
                SchemaRef::Reference(reference) => match self.peek_schema(reference) {
                    Some(target) => {
                        part = target;
                        continue;
                    }
                    None => return Vec::new(),
                },
            };
            let facets = Facets::of(schema);
            if !facets.enumeration.is_empty() {
                return facets.enumeration;
            }
            match facets.all_of {
                [only] => part.schema = only.into(),
                _ => return Vec::new(),
            }
        }
        Vec::new()
    }
}
