//! Which alternatives there really are: those that only constrain, are null, are all text, or
//! contradict the type beside them.

use super::enumeration::integer;
use super::facets::{Facets, JsonType, SchemaRef};
use super::merge::Part;
use super::merged::{Alternatives, Merged};
use super::schema::Decision;
use super::{Lowering, scalar};
use crate::diagnostic::Code;
use crate::ir::{EnumValue, Kind, Scalar, Shape};
use serde_json::Value;
use std::collections::BTreeSet;

impl<'a> Lowering<'a, '_> {
    /// Alternatives that only say which properties go together, or how long something is,
    /// constrain the value and do not change its type.
    pub(super) fn drop_constraints(&mut self, merged: &mut Merged<'a>, part: &Part<'a>) {
        let lists = std::mem::take(&mut merged.unions);
        for list in lists {
            if !list.members.iter().all(|part| constrains(part, 0)) {
                merged.unions.push(list);
                continue;
            }
            self.note_within(&list.members, part);
            let objects = list.members.iter().all(is_object);
            if let (true, Some(first)) = (objects, list.members.first()) {
                let implied = (JsonType::Object, first.pointer.clone());
                merged.json_type.get_or_insert(implied);
            }
        }
    }

    /// A type that another part of an `allOf` says leaves only the alternatives of this type.
    pub(super) fn keep_agreeing(&mut self, list: &mut Alternatives<'a>, beside: &Merged<'a>) {
        let Some((ty, place)) = &beside.json_type else {
            return;
        };
        let inside = format!("{}/", place.path);
        let agrees: Vec<bool> = list
            .members
            .iter()
            .map(|member| {
                let rest = member.pointer.path.strip_prefix(&inside);
                let is_same_schema = rest
                    .is_some_and(|rest| rest.starts_with("oneOf/") || rest.starts_with("anyOf/"));
                let merged = self.merge_trial(std::slice::from_ref(member));
                let other = merged.json_type.map(|(other, _)| other);
                is_same_schema || other.is_none_or(|other| allows(*ty, other))
            })
            .collect();
        if agrees.iter().any(|agrees| *agrees) {
            let mut agrees = agrees.into_iter();
            list.members.retain(|_| agrees.next().unwrap_or(true));
        }
    }

    /// A type beside the alternatives holds for all of them; where one is of another type, the
    /// alternative is believed.
    pub(super) fn check_type_beside(
        &mut self,
        beside: &Merged<'a>,
        member: &Part<'a>,
        part: &Part<'a>,
    ) {
        let Some((ty, place)) = &beside.json_type else {
            return;
        };
        let merged = self.merge_trial(std::slice::from_ref(member));
        let Some((other, _)) = merged.json_type else {
            return;
        };
        let agrees = allows(*ty, other);
        let known = (member.pointer.path.clone(), part.pointer.path.clone());
        if agrees || !self.contradictions.insert(known) {
            return;
        }
        let (ty, other) = (ty.word(), other.word());
        self.diagnostics
            .report(
                Code::AllOfConflict,
                &member.pointer,
                format!("this alternative is {other}, but the schema around it is {ty}"),
            )
            .label("contradicts the type beside the alternatives")
            .related(place.clone(), "the type")
            .help("the alternative was used; correct one of the types");
    }

    /// When every alternative is text: strings without a format take all others in, and enums are
    /// one enum.
    pub(super) fn text(
        &mut self,
        beside: &Merged<'a>,
        alternatives: &[Part<'a>],
    ) -> Option<(Decision, bool)> {
        let says_string = matches!(&beside.json_type, None | Some((JsonType::String, _)));
        if !says_string || !beside.is_bare_or_enum() {
            return None;
        }
        let mut values: Vec<EnumValue<String>> = Vec::new();
        let mut seen = BTreeSet::new();
        let (mut nullable, mut is_open, mut is_enum) = (false, false, true);
        for part in alternatives {
            let merged = self.merge_trial(std::slice::from_ref(part));
            let ty = merged.json_type.as_ref().or(beside.json_type.as_ref());
            let is_string = match ty {
                Some((ty, _)) => *ty == JsonType::String,
                None => lists_strings(&merged),
            };
            if !is_string || !merged.unions.is_empty() {
                return None;
            }
            nullable |= merged.nullable;
            let scalar = scalar::scalar(JsonType::String, merged.format.as_deref());
            match merged.enumeration {
                Some((listed, _)) => {
                    nullable |= listed.iter().any(Value::is_null);
                    let texts = listed.iter().filter_map(Value::as_str);
                    let new = texts.filter(|text| seen.insert((*text).to_owned()));
                    // What is said of a constant is said of its value.
                    let description = merged.description.filter(|_| listed.len() == 1);
                    values.extend(new.map(|text| EnumValue {
                        value: text.to_owned(),
                        name: None,
                        description: description.map(str::to_owned),
                    }));
                }
                None if scalar == Some(Scalar::Secret) => return None,
                None if scalar == Some(Scalar::String) => is_open = true,
                None => is_enum = false,
            }
        }
        let is_narrowed = beside.enumeration.is_some();
        if is_narrowed
            && (is_open
                || !narrow(&mut values, beside, |value| {
                    value.as_str().map(str::to_owned)
                }))
        {
            return None;
        }
        let decision = match values.as_slice() {
            _ if !is_open && !is_enum => return None,
            [] => Decision::Kind(Kind::Scalar(Scalar::String)),
            // A string may be empty, whether or not that is listed.
            [only] if is_open && only.value.is_empty() && only.description.is_none() => {
                Decision::Kind(Kind::Scalar(Scalar::String))
            }
            // One enum stays the type that it is.
            _ if !is_open && !is_narrowed && alternatives.len() == 1 => return None,
            _ => Decision::Shape(Shape::StringEnum(values, None)),
        };
        Some((decision, nullable))
    }

    /// When every alternative is one of some integers: they are one enum, with the titles of constants as
    /// the names of their values.
    pub(super) fn integers(
        &mut self,
        beside: &Merged<'a>,
        alternatives: &[Part<'a>],
        part: &Part<'a>,
    ) -> Option<(Decision, bool)> {
        let is_integer = |merged: &Merged<'a>| match &merged.json_type {
            None => true,
            Some((ty, _)) => *ty == JsonType::Integer,
        };
        let is_plain = beside.says_nothing_of_objects() && beside.items.is_empty();
        if !is_integer(beside) || !is_plain || alternatives.len() < 2 {
            return None;
        }
        let mut values: Vec<EnumValue<i128>> = Vec::new();
        let mut nullable = false;
        let mut typed = beside.json_type.is_some().then(|| beside.clone());
        for alternative in alternatives {
            let merged = self.merge_trial(std::slice::from_ref(alternative));
            if !is_integer(&merged) || !merged.unions.is_empty() {
                return None;
            }
            nullable |= merged.nullable;
            let (listed, _) = merged.enumeration.as_ref()?;
            let is_constant = listed.len() == 1;
            for value in listed {
                let value = integer(value)?;
                if values.iter().all(|known| known.value != value) {
                    let said =
                        |words: Option<&str>| words.filter(|_| is_constant).map(str::to_owned);
                    values.push(EnumValue {
                        value,
                        name: said(merged.title),
                        description: said(merged.description),
                    });
                }
            }
            typed.get_or_insert(merged);
        }
        if !narrow(&mut values, beside, integer) {
            return None;
        }
        let all: Vec<i128> = values.iter().map(|value| value.value).collect();
        let repr = self.representation(&typed?, &all, part);
        Some((Decision::Shape(Shape::IntegerEnum(repr, values)), nullable))
    }
}

/// Whether an enum that names no type has strings for its values, and null at most beside.
fn lists_strings(merged: &Merged<'_>) -> bool {
    let listed = merged.enumeration.iter().flat_map(|(listed, _)| listed);
    let mut strings = listed.filter(|value| !value.is_null()).peekable();
    strings.peek().is_some() && strings.all(|value| value.is_string())
}

/// Leaves the values that an enum beside the alternatives lists too; false where that would be none.
fn narrow<T: PartialEq>(
    values: &mut Vec<EnumValue<T>>,
    beside: &Merged<'_>,
    read: impl Fn(&Value) -> Option<T>,
) -> bool {
    if let Some((listed, _)) = &beside.enumeration {
        let listed: Vec<T> = listed.iter().filter_map(read).collect();
        values.retain(|known| listed.contains(&known.value));
    }
    beside.enumeration.is_none() || !values.is_empty()
}

/// Whether a value of one type may be of another.
fn allows(ty: JsonType, other: JsonType) -> bool {
    ty == other || (ty, other) == (JsonType::Number, JsonType::Integer)
}

fn is_object(part: &Part<'_>) -> bool {
    matches!(part.schema, SchemaRef::Item(schema) if Facets::of(schema).json_type == Some(JsonType::Object))
}

/// Whether a schema only narrows which values of a type are allowed.
fn constrains(part: &Part<'_>, depth: usize) -> bool {
    let SchemaRef::Item(schema) = part.schema else {
        return false;
    };
    let facets = Facets::of(schema);
    let inner = |members: &[openapiv3::ReferenceOr<openapiv3::Schema>]| {
        members.iter().all(|member| {
            let part = Part {
                schema: member.into(),
                ..part.clone()
            };
            depth < 16 && constrains(&part, depth + 1)
        })
    };
    let has_type = facets.json_type.is_some();
    let says_object = !has_type || !facets.required.is_empty();
    facets.json_type.is_none_or(|ty| ty == JsonType::Object)
        && says_object
        && !facets.data.nullable
        && facets.format.is_none()
        && facets.enumeration.is_empty()
        && facets.properties.is_empty()
        && facets.additional.is_none()
        && facets.items.is_none()
        && inner(facets.all_of)
        && inner(facets.one_of)
        && inner(facets.any_of)
}

/// Whether null is the only value of a schema: 3.0 writes that as an enum of null.
pub(super) fn only_null(part: &Part<'_>) -> bool {
    let SchemaRef::Item(schema) = part.schema else {
        return false;
    };
    let facets = Facets::of(schema);
    let listed = !facets.enumeration.is_empty() && facets.enumeration.iter().all(Value::is_null);
    listed || (facets.data.nullable && facets.is_empty())
}
