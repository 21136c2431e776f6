//! An enum of which one value is left: the enum of a component says it as well as one of its own
//! would, and every such place then has the same type.

use super::Lowering;
use super::facets::{Facets, SchemaRef};
use super::merge::Part;
use super::schema::admit_null;
use crate::ir::{Kind, Use};
use serde_json::Value;

impl<'a> Lowering<'a, '_> {
    /// The component whose enum these schemas leave one value of.
    pub(super) fn narrowed(&mut self, parts: &[Part<'a>]) -> Option<Use> {
        if !parts.iter().any(lists_one) {
            return None;
        }
        let references: Vec<&'a str> = parts.iter().flat_map(references).collect();
        let [reference] = references.as_slice() else {
            return None;
        };
        let id = self.component(reference)?;
        let target = self.peek_schema(reference)?;
        let merged = self.merge_trial(parts);
        let (values, _) = merged.enumeration.as_ref()?;
        let [value] = values.as_slice() else {
            return None;
        };
        let is_plain = merged.says_nothing_of_objects() && merged.items.is_empty();
        (is_plain && self.lists(&target, value))
            .then(|| admit_null(Use::new(Kind::Named(id)), merged.nullable))
    }

    /// Whether a schema is an enum that has a value, in one list or in alternatives.
    fn lists(&mut self, part: &Part<'a>, value: &Value) -> bool {
        let merged = self.merge_trial(std::slice::from_ref(part));
        if let Some((values, _)) = &merged.enumeration {
            return values.contains(value);
        }
        let [list] = merged.unions.as_slice() else {
            return false;
        };
        let lists: Vec<Vec<Value>> = list
            .members
            .iter()
            .filter(|member| !super::alternatives::only_null(member))
            .map(|member| {
                let merged = self.merge_trial(std::slice::from_ref(member));
                merged
                    .enumeration
                    .map_or_else(Vec::new, |(values, _)| values)
            })
            .collect();
        let same = |values: &Vec<Value>| {
            !values.is_empty()
                && values.iter().all(|other| match value {
                    Value::String(_) => other.is_string(),
                    _ => other.is_number(),
                })
        };
        lists.iter().all(same) && lists.iter().any(|values| values.contains(value))
    }
}

/// The references that a schema is, or whose targets are parts of it.
fn references<'a>(part: &Part<'a>) -> Vec<&'a str> {
    match part.schema {
        SchemaRef::Reference(reference) => vec![reference],
        SchemaRef::Item(schema) => {
            let members = Facets::of(schema).all_of.iter();
            members
                .filter_map(|member| match member {
                    openapiv3::ReferenceOr::Reference { reference } => Some(reference.as_str()),
                    openapiv3::ReferenceOr::Item(_) => None,
                })
                .collect()
        }
    }
}

/// Whether a schema lists one value, which is a string or a number.
fn lists_one(part: &Part<'_>) -> bool {
    let SchemaRef::Item(schema) = part.schema else {
        return false;
    };
    let values = Facets::of(schema).enumeration;
    matches!(values.as_slice(), [Value::String(_) | Value::Number(_)])
}
