//! References: to components by id, to anything else by a table made beforehand.

use super::facets::SchemaRef;
use super::merge::Part;
use super::{Lowering, Owner};
use crate::deserialize::{component_name, local_pointer};
use crate::diagnostic::{Code, Pointer, unescaped};
use crate::ir::Step;
use indexmap::IndexMap;
use openapiv3::{Components, PathItem, ReferenceOr, Schema};
use std::collections::BTreeSet;

/// How many references in a row are followed: `a` → `b` → `c` …
const CHAIN: usize = 64;

impl<'a> Lowering<'a, '_> {
    /// Whether references from here on go in a circle without a schema in it.
    pub(super) fn leads_back(&self, part: &Part<'a>) -> bool {
        let mut seen = BTreeSet::new();
        let mut part = part.clone();
        while let SchemaRef::Reference(reference) = part.schema {
            if !seen.insert(reference) {
                return true;
            }
            match self.peek_schema(reference) {
                Some(next) => part = next,
                None => return false,
            }
        }
        false
    }

    /// The schema that a reference names, as a part of its own; reports one that leads nowhere.
    pub(super) fn resolve_schema(&mut self, reference: &str, from: &Pointer) -> Option<Part<'a>> {
        let pointer = local_pointer(reference);
        let found = pointer
            .as_deref()
            .and_then(|pointer| self.find_schema(pointer));
        if found.is_none() {
            self.dangling(
                reference,
                from,
                "a schema",
                "any JSON value is accepted here",
            );
        }
        found
    }

    fn find_schema(&self, pointer: &str) -> Option<Part<'a>> {
        let place = Pointer {
            file: 0,
            path: pointer.to_owned(),
        };
        if let Some(name) = component_name(pointer, "schemas") {
            let (key, schema) = self.api.components.as_ref()?.schemas.get_key_value(&name)?;
            let id = *self.components.get(key.as_str())?;
            return Some(Part {
                schema: schema.into(),
                pointer: place,
                owner: Owner::of(id),
            });
        }
        let schema = self.deep.schemas.get(pointer)?;
        Some(Part {
            schema: schema.into(),
            pointer: place,
            owner: self.deep_owner(pointer),
        })
    }

    /// The same without a report: whoever asks first has reported it.
    pub(super) fn peek_schema(&self, reference: &str) -> Option<Part<'a>> {
        self.find_schema(&local_pointer(reference)?)
    }

    /// The schema, after all references that lead to it.
    pub(super) fn followed(&self, schema: SchemaRef<'a>) -> Option<&'a Schema> {
        let mut schema = schema;
        for _ in 0..CHAIN {
            match schema {
                SchemaRef::Item(schema) => return Some(schema),
                SchemaRef::Reference(reference) => {
                    schema = self.peek_schema(reference)?.schema;
                }
            }
        }
        None
    }

    /// The id of the component that a reference names, if it names one.
    pub(super) fn component(&self, reference: &str) -> Option<crate::ir::TypeId> {
        let name = component_name(&local_pointer(reference)?, "schemas")?;
        self.components.get(name.as_str()).copied()
    }

    /// A schema deep inside something is named for the component, or else for its own last segments.
    fn deep_owner(&self, pointer: &str) -> Owner {
        let role = |pointer: &str| {
            let segments = pointer
                .split('/')
                .filter(|segment| !is_structure(segment))
                .map(unescaped);
            segments.collect::<Vec<_>>()
        };
        let inside = pointer
            .strip_prefix("/components/schemas/")
            .and_then(|inside| inside.split_once('/'));
        match inside.and_then(|(name, rest)| Some((self.components.get(&*unescaped(name))?, rest)))
        {
            Some((id, rest)) => Owner {
                role: role(rest).into_iter().map(Step::Named).collect(),
                ..Owner::of(*id)
            },
            None => Owner::operation(usize::MAX, &role(pointer).join(" ")),
        }
    }

    /// A path item may be a reference to another one: at another path, or a component.
    pub(super) fn path_item(
        &mut self,
        item: &'a ReferenceOr<PathItem>,
        pointer: Pointer,
    ) -> Option<(&'a PathItem, Pointer)> {
        let (mut current, mut place) = (item, pointer.clone());
        for _ in 0..CHAIN {
            let reference = match current {
                ReferenceOr::Item(item) => return Some((item, place)),
                ReferenceOr::Reference { reference } => reference,
            };
            let target = local_pointer(reference);
            let Some((found, target)) = target.and_then(|target| {
                let found = match target.strip_prefix("/paths/") {
                    Some(name) if !name.contains('/') => {
                        let name = unescaped(name);
                        self.api.paths.paths.get(&name)
                    }
                    _ => self
                        .deep
                        .path_items
                        .get(&component_name(&target, "pathItems")?),
                };
                Some((found?, target))
            }) else {
                self.diagnostics
                    .report(
                        Code::DanglingReference,
                        &place,
                        format!("`{reference}` leads to no path item"),
                    )
                    .help("the path was left out; write its operations here");
                return None;
            };
            current = found;
            place = Pointer {
                file: 0,
                path: target,
            };
        }
        self.endless(&pointer);
        None
    }

    /// Follows references to a component of another kind than a schema.
    pub(super) fn resolve<T>(
        &mut self,
        reference: &'a ReferenceOr<T>,
        kind: &str,
        table: impl Fn(&'a Components) -> &'a IndexMap<String, ReferenceOr<T>>,
        from: &Pointer,
    ) -> Option<(&'a T, Pointer)> {
        let mut current = reference;
        let mut pointer = from.clone();
        for _ in 0..CHAIN {
            match current {
                ReferenceOr::Item(item) => return Some((item, pointer)),
                ReferenceOr::Reference { reference } => {
                    let target = local_pointer(reference);
                    let name = target
                        .as_deref()
                        .and_then(|target| component_name(target, kind));
                    let components = self.api.components.as_ref();
                    let found = name.and_then(|name| {
                        components.and_then(|components| table(components).get(&name))
                    });
                    let (Some(found), Some(target)) = (found, target) else {
                        self.dangling(
                            reference,
                            &pointer,
                            &format!("an entry of `components/{kind}`"),
                            "it was left out",
                        );
                        return None;
                    };
                    current = found;
                    pointer = Pointer {
                        file: 0,
                        path: target,
                    };
                }
            }
        }
        self.endless(from);
        None
    }

    fn endless(&mut self, from: &Pointer) {
        self.diagnostics
            .report(
                Code::CircularReference,
                from,
                "this reference never leads to anything but references",
            )
            .help("it was left out; let it name the thing itself");
    }

    fn dangling(&mut self, reference: &str, from: &Pointer, expected: &str, done: &str) {
        self.diagnostics
            .report(
                Code::DanglingReference,
                from,
                format!("`{reference}` leads nowhere"),
            )
            .label(format!("expected {expected} there"))
            .help(format!("{done}; define it, or correct the reference"));
    }
}

/// Whether a segment of a pointer only says how the document is built.
fn is_structure(segment: &str) -> bool {
    matches!(
        segment,
        "" | "properties"
            | "items"
            | "schema"
            | "content"
            | "paths"
            | "responses"
            | "components"
            | "parameters"
            | "requestBody"
            | "application~1json"
            | "allOf"
            | "oneOf"
            | "anyOf"
            | "additionalProperties"
            | "$defs"
            | "definitions"
    ) || segment.chars().all(|character| character.is_ascii_digit())
}
