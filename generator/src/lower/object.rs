//! Objects: named properties become fields, anything else a map.

use super::facets::SchemaRef;
use super::merge::Part;
use super::merged::{self, Merged};
use super::schema::Decision;
use super::{Base, Lowering, Owner};
use crate::diagnostic::Code;
use crate::ir::{Additional, Kind, Object, Origin, Property, Scalar, Shape, Use};

impl<'a> Lowering<'a, '_> {
    /// What an object schema is.
    pub(super) fn object(&mut self, merged: &Merged<'a>, owner: &Owner) -> Decision {
        let additional = self.additional(merged, owner);
        if merged.properties.is_empty() {
            return match additional {
                Additional::Any => Decision::Kind(Kind::Map(Box::new(Use::ANY))),
                Additional::Typed(value) => Decision::Kind(Kind::Map(Box::new(value))),
                Additional::Forbidden => Decision::Shape(Shape::Object(Object {
                    properties: Vec::new(),
                    constants: Vec::new(),
                    additional,
                })),
            };
        }
        let mut properties: Vec<_> = merged
            .properties
            .iter()
            .map(|(name, definitions)| self.property(name, definitions, merged, owner))
            .collect();
        // `required` is a list: its order is the author's, whatever wrote the members down.
        let position = |property: &Property| merged.required.get_index_of(&*property.name);
        properties.sort_by_key(|property| position(property).unwrap_or(usize::MAX));
        self.check_required(merged);
        Decision::Shape(Shape::Object(Object {
            properties,
            constants: Vec::new(),
            additional,
        }))
    }

    fn additional(&mut self, merged: &Merged<'a>, owner: &Owner) -> Additional {
        match &merged.additional {
            None | Some(merged::Additional::Any) => Additional::Any,
            Some(merged::Additional::Forbidden) => Additional::Forbidden,
            Some(merged::Additional::Schemas(parts)) => {
                let value = match parts.as_slice() {
                    [only] => self.use_of(only),
                    several => self.use_of_all(several, &owner.value()),
                };
                match value {
                    Use {
                        kind: Kind::Any, ..
                    } => Additional::Any,
                    value => Additional::Typed(value),
                }
            }
        }
    }

    fn property(
        &mut self,
        name: &'a str,
        definitions: &[Part<'a>],
        merged: &Merged<'a>,
        owner: &Owner,
    ) -> Property {
        let mut ty = match definitions {
            [only] => self.use_of(only),
            several => self.use_of_all(several, &owner.member(name)),
        };
        if ty.kind == Kind::Scalar(Scalar::String) && self.is_configured_secret(owner, name) {
            ty.kind = Kind::Scalar(Scalar::Secret);
        }
        self.note_property(definitions);
        let words = self.merge_words(definitions);
        Property {
            name: name.to_owned(),
            ty,
            required: merged.required.contains_key(name),
            read_only: words.read_only,
            write_only: words.write_only,
            deprecated: words.deprecated,
            description: words.description.or(words.title).map(str::to_owned),
            default: words.default.cloned(),
            constraints: self.constraints(definitions),
            pointer: definitions
                .first()
                .map(|part| part.pointer.clone())
                .unwrap_or_default(),
            fixed: self.fixed_values(definitions),
        }
    }

    fn is_configured_secret(&mut self, owner: &Owner, property: &str) -> bool {
        let Base::Type(id) = owner.base else {
            return false;
        };
        let Origin::Component(component) = &self.types.get(id).origin else {
            return false;
        };
        if !owner.role.is_empty() {
            return false;
        }
        let name = format!("{component}.{property}");
        let found = self.options.secrets.iter().find(|secret| **secret == name);
        found.is_some_and(|secret| {
            self.secrets.insert(secret);
            true
        })
    }

    /// `required` may name what no property defines: nothing to print, but worth saying.
    fn check_required(&mut self, merged: &Merged<'a>) {
        for (name, pointer) in &merged.required {
            if !merged.properties.contains_key(name) {
                self.diagnostics
                    .report(
                        Code::RequiredUnknown,
                        pointer,
                        format!("`required` names `{name}`, which is not a property"),
                    )
                    .label("no property has this name")
                    .help("nothing was generated for it; define the property, or correct the name");
            }
        }
    }
}

/// What a property says of itself where it stands; a bare reference says nothing.
#[derive(Debug, Default)]
struct Words<'a> {
    description: Option<&'a str>,
    title: Option<&'a str>,
    read_only: bool,
    write_only: bool,
    deprecated: bool,
    default: Option<&'a serde_json::Value>,
}

impl<'a> Lowering<'a, '_> {
    fn merge_words(&mut self, definitions: &[Part<'a>]) -> Words<'a> {
        let mut words = Words::default();
        for part in definitions {
            let mut schema = part.schema;
            let mut followed = 0;
            // The words of a reference's target are the property's, unless it has words of its own.
            while let SchemaRef::Reference(reference) = schema {
                followed += 1;
                match self.peek_schema(reference) {
                    Some(target) if followed < 16 => schema = target.schema,
                    _ => break,
                }
            }
            if let SchemaRef::Item(item) = schema {
                let data = &item.schema_data;
                let own = followed == 0;
                words.description = words
                    .description
                    .or(data.description.as_deref().filter(|_| own));
                words.title = words.title.or(data.title.as_deref().filter(|_| own));
                words.read_only |= data.read_only;
                words.write_only |= data.write_only;
                words.deprecated |= data.deprecated && own;
                words.default = words.default.or(data.default.as_ref().filter(|_| own));
            }
        }
        words
    }
}
