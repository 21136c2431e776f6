//! What a schema says once all its parts are in one place.

use super::facets::{Extra, Facets, JsonType};
use super::merge::Part;
use crate::diagnostic::Pointer;
use indexmap::IndexMap;
use openapiv3::Discriminator;
use serde_json::Value;
use std::collections::BTreeMap;

/// A schema with all its `allOf` parts put into it.
#[derive(Clone, Debug, Default)]
pub(super) struct Merged<'a> {
    pub description: Option<&'a str>,
    pub title: Option<&'a str>,
    pub deprecated: bool,
    pub nullable: bool,
    pub read_only: bool,
    pub write_only: bool,
    pub default: Option<&'a Value>,
    pub json_type: Option<(JsonType, Pointer)>,
    pub format: Option<String>,
    pub enumeration: Option<(Vec<Value>, Pointer)>,
    pub extensions: BTreeMap<&'a str, &'a Value>,
    /// Each property with every schema that the parts give for it.
    pub properties: IndexMap<&'a str, Vec<Part<'a>>>,
    pub required: IndexMap<&'a str, Pointer>,
    pub additional: Option<Additional<'a>>,
    pub items: Vec<Part<'a>>,
    /// Each `oneOf` and `anyOf` among the parts.
    pub unions: Vec<Alternatives<'a>>,
    pub not: bool,
    /// Whether a part says that null is the only value.
    pub is_null: bool,
    /// The type that stands beside null as the only value: it says what null stands for where no
    /// other part does.
    pub null_type: Option<(JsonType, Pointer)>,
    /// Whether parts contradict each other.
    pub is_contradictory: bool,
    /// Whether nothing is said of contradictions: the merge only finds out.
    pub is_trial: bool,
}

/// `additionalProperties` of all parts.
#[derive(Clone, Debug)]
pub(super) enum Additional<'a> {
    Any,
    Forbidden,
    /// All schemas that the parts give for them.
    Schemas(Vec<Part<'a>>),
}

/// A discriminator, and where it stands.
pub(super) type Telling<'a> = (&'a Discriminator, Pointer);

/// The members of a `oneOf` or `anyOf`, and the discriminator beside it.
#[derive(Clone, Debug)]
pub(super) struct Alternatives<'a> {
    pub members: Vec<Part<'a>>,
    pub discriminator: Option<Telling<'a>>,
    /// Whether the discriminator is that of a longer list: what its mapping names may be none of these.
    pub is_chosen: bool,
}

impl<'a> Merged<'a> {
    /// The outer schema speaks first: what it says of itself wins over what its parts say. The
    /// title of what is only referred to, and that it is deprecated, are not said of the whole.
    pub fn absorb_words(&mut self, facets: &Facets<'a>, is_referred_to: bool) {
        let data = facets.data;
        self.description = self.description.or(data.description.as_deref());
        self.default = self.default.or(data.default.as_ref());
        if !is_referred_to {
            self.title = self.title.or(data.title.as_deref());
            self.deprecated |= data.deprecated;
        }
        self.read_only |= data.read_only;
        self.write_only |= data.write_only;
        for (key, value) in &data.extensions {
            self.extensions.entry(key).or_insert(value);
        }
    }

    pub fn absorb_object(&mut self, facets: &Facets<'a>, part: &Part<'a>) {
        for (name, schema) in &facets.properties {
            self.properties.entry(name).or_default().push(Part {
                schema: *schema,
                pointer: part.pointer.child("properties").child(name),
                owner: part.owner.member(name),
            });
        }
        for (index, name) in facets.required.iter().enumerate() {
            self.required
                .entry(name)
                .or_insert_with(|| part.pointer.child("required").child(index));
        }
        self.absorb_additional(facets, part);
        if let Some(items) = facets.items {
            self.items.push(Part {
                schema: items,
                pointer: part.pointer.child("items"),
                owner: part.owner.item(),
            });
        }
    }

    /// What is forbidden by one part is so for all, and a value must be what each part says.
    fn absorb_additional(&mut self, facets: &Facets<'a>, part: &Part<'a>) {
        let Some(additional) = facets.additional else {
            return;
        };
        let known = self.additional.take().unwrap_or(Additional::Any);
        self.additional = Some(match (known, additional) {
            (Additional::Forbidden, _) | (_, Extra::Forbidden) => Additional::Forbidden,
            (known, Extra::Any) => known,
            (known, Extra::Schema(schema)) => {
                let mut parts = match known {
                    Additional::Schemas(parts) => parts,
                    Additional::Any | Additional::Forbidden => Vec::new(),
                };
                parts.push(Part {
                    schema,
                    pointer: part.pointer.child("additionalProperties"),
                    owner: part.owner.value(),
                });
                Additional::Schemas(parts)
            }
        });
    }

    pub fn says_nothing_of_objects(&self) -> bool {
        self.properties.is_empty() && self.additional.is_none() && self.required.is_empty()
    }

    /// Whether there is nothing beside the lists of alternatives but a type.
    pub fn is_bare(&self) -> bool {
        self.is_bare_or_enum() && self.enumeration.is_none()
    }

    /// Whether there is nothing beside the lists of alternatives but a type and the values of it.
    pub fn is_bare_or_enum(&self) -> bool {
        self.says_nothing_of_objects() && self.format.is_none() && self.items.is_empty()
    }

    /// Whether the type is that of an object, or not said.
    pub fn is_object_or_any(&self) -> bool {
        let ty = self.json_type.as_ref().map(|(ty, _)| *ty);
        ty.is_none_or(|ty| ty == JsonType::Object)
    }

    /// Whether a schema says all that this one says: it declares the same properties, and requires
    /// them.
    pub fn is_covered_by(&self, other: &Self) -> bool {
        let ty = |merged: &Self| merged.json_type.as_ref().map(|(ty, _)| *ty);
        let same_type = match (ty(self), ty(other)) {
            (None, _) | (Some(JsonType::Number), Some(JsonType::Integer)) => true,
            (Some(_), None) => self.is_bare() && !other.unions.is_empty(),
            (Some(one), Some(another)) => one == another,
        };
        let properties = &other.properties;
        same_type
            && self.enumeration.is_none()
            && self.items.is_empty()
            && (self.format.is_none() || self.format == other.format)
            && (self.additional.is_none() || other.additional.is_some())
            && self
                .properties
                .keys()
                .all(|name| properties.contains_key(name))
            && self
                .required
                .keys()
                .all(|name| other.required.contains_key(name))
    }

    /// Adds the properties of an alternative that may be there or not.
    pub fn absorb_optional(&mut self, other: Self) {
        for (name, parts) in other.properties {
            self.properties.entry(name).or_insert(parts);
        }
        let ty = other.json_type;
        self.json_type = self.json_type.take().or(ty);
        self.unions.extend(other.unions);
    }
}
