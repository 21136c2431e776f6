//! Files in bodies of parts: properties and items that are binary there, and nowhere else.
//!
//! Which types are parts is known at the end, and what their schemas say, at the beginning: it is noted
//! where a property or a union is made.

use super::Lowering;
use super::body::Media;
use super::facets::{Facets, JsonType, SchemaRef};
use super::merge::Part;
use crate::deserialize::Spec;
use crate::diagnostic::Pointer;
use crate::ir::{Content, Kind, Operation, PartTypes, Scalar, Shape, TypeId, Use};
use crate::media::essence;
use openapiv3::{PathItem, ReferenceOr, RequestBody, Schema, SchemaKind, Type};
use std::collections::{BTreeMap, BTreeSet};

/// How deep schemas are looked into for files.
const DEPTH: usize = 16;

/// What is binary, in bodies of parts.
#[derive(Debug, Default)]
pub(super) struct Files<'a> {
    /// Whether the document has such bodies at all.
    are_sent: bool,
    /// What references lead to: files, lists of files, or neither.
    known: BTreeMap<&'a str, Option<Kind>>,
    /// Properties, by where their schemas stand: files, or lists of files.
    properties: BTreeMap<Pointer, Kind>,
    /// Unions of which the texts are files.
    among: BTreeSet<TypeId>,
}

impl Files<'_> {
    /// Nothing is known yet of a document.
    pub fn of(spec: &Spec) -> Self {
        let is_multipart = |body: &RequestBody| {
            body.content
                .keys()
                .any(|name| Media::of(name) == Media::Multipart)
        };
        let shared = spec.api.components.iter();
        let shared = shared.flat_map(|components| components.request_bodies.values());
        let paths = spec
            .api
            .paths
            .paths
            .values()
            .filter_map(ReferenceOr::as_item);
        let paths = paths
            .flat_map(PathItem::iter)
            .map(|(_, operation)| operation);
        let own = paths
            .chain(spec.additional.all())
            .filter_map(|operation| operation.request_body.as_ref());
        Self {
            are_sent: shared
                .chain(own)
                .filter_map(ReferenceOr::as_item)
                .any(is_multipart),
            ..Self::default()
        }
    }

    /// Notes that a union has another name now.
    pub fn moved(&mut self, from: TypeId, to: TypeId) {
        if self.among.remove(&from) {
            self.among.insert(to);
        }
    }
}

impl<'a> Lowering<'a, '_> {
    /// Notes whether a property would be a file, were its object a body of parts.
    pub(super) fn note_property(&mut self, definitions: &[Part<'a>]) {
        let Some(first) = definitions.first().filter(|_| self.files.are_sent) else {
            return;
        };
        if let Some(kind) = self.file(first.schema, 0) {
            self.files.properties.insert(first.pointer.clone(), kind);
        }
    }

    /// Notes whether all texts of a union would be files, were it what the parts of a body are.
    pub(super) fn note_union(&mut self, id: TypeId, part: &Part<'a>) {
        let SchemaRef::Item(schema) = part.schema else {
            return;
        };
        if !self.files.are_sent {
            return;
        }
        let facets = Facets::of(schema);
        let branches = [facets.one_of, facets.any_of].into_iter().flatten();
        let texts: Vec<_> = branches
            .filter(|branch| {
                let branch = self.followed((*branch).into());
                branch.is_some_and(|branch| Facets::of(branch).json_type == Some(JsonType::String))
            })
            .collect();
        let are_files = |text: &&'a ReferenceOr<Schema>| self.file((*text).into(), 0).is_some();
        if !texts.is_empty() && texts.iter().all(are_files) {
            self.files.among.insert(id);
        }
    }

    /// What is binary in bodies of parts is a file.
    pub(super) fn settle_files(&mut self, operations: &[Operation]) {
        let bodies = operations
            .iter()
            .filter_map(|operation| operation.body.as_ref());
        let mut waiting: Vec<(Use, &[(String, String)])> = Vec::new();
        for choice in bodies.flat_map(|body| &body.choices) {
            match &choice.content {
                Content::Multipart(Some(used), PartTypes::Named(types)) => {
                    waiting.push((used.clone(), types));
                }
                Content::Multipart(Some(used), PartTypes::Placed { .. }) => {
                    self.items_with_files(used);
                }
                _ => {}
            }
        }
        let mut seen = BTreeSet::new();
        while let Some((used, content_types)) = waiting.pop() {
            let Kind::Named(id) = used.kind else {
                continue;
            };
            if !seen.insert(id) {
                continue;
            }
            match &self.types.get(id).shape {
                Shape::Alias(target) => waiting.push((target.clone(), content_types)),
                Shape::Union(union) => {
                    let branches = union.branches.iter();
                    waiting.extend(branches.map(|branch| (branch.ty.clone(), content_types)));
                }
                Shape::Object(_) => self.object_with_files(id, content_types),
                Shape::StringEnum(..) | Shape::IntegerEnum(..) | Shape::ValueEnum(_) => {}
            }
        }
    }

    /// What is binary among several kinds of items is a file, if all texts among them are.
    fn items_with_files(&mut self, list: &Use) {
        let Some(Kind::Array(item)) = self.plain(list, 0).map(|plain| plain.kind) else {
            return;
        };
        let Kind::Named(id) = item.kind else {
            return;
        };
        if let Shape::Union(union) = &mut self.types.get_mut(id).shape
            && self.files.among.contains(&id)
        {
            for branch in &mut union.branches {
                if branch.ty.kind == Kind::Scalar(Scalar::String) {
                    branch.ty.kind = Kind::Scalar(Scalar::File);
                }
            }
        }
    }

    fn object_with_files(&mut self, id: TypeId, content_types: &[(String, String)]) {
        let Shape::Object(object) = &self.types.get(id).shape else {
            return;
        };
        let files: Vec<(usize, Kind)> = object
            .properties
            .iter()
            .enumerate()
            .filter_map(|(index, property)| {
                let content_type = content_types
                    .iter()
                    .find(|(name, _)| *name == property.name);
                let is_typed = content_type.is_some_and(|(_, content_type)| {
                    matches!(Media::of(&essence(content_type)), Media::Bytes)
                });
                if is_typed && property.ty.kind == Kind::Any {
                    return Some((index, Kind::Scalar(Scalar::File)));
                }
                let noted = self.files.properties.get(&property.pointer);
                Some((index, noted?.clone()))
            })
            .collect();
        if let Shape::Object(object) = &mut self.types.get_mut(id).shape {
            for (index, kind) in files {
                if let Some(property) = object.properties.get_mut(index) {
                    property.ty.kind = kind;
                    property.default = None;
                }
            }
        }
    }

    /// A file, or a list of files, if that is what a schema says.
    pub(super) fn file(&mut self, schema: SchemaRef<'a>, depth: usize) -> Option<Kind> {
        let SchemaRef::Reference(reference) = schema else {
            return self.inline_file(schema, depth);
        };
        if let Some(known) = self.files.known.get(reference) {
            return known.clone();
        }
        // What leads back to itself is none by that.
        self.files.known.insert(reference, None);
        let found = self.inline_file(schema, depth);
        self.files.known.insert(reference, found.clone());
        found
    }

    fn inline_file(&mut self, schema: SchemaRef<'a>, depth: usize) -> Option<Kind> {
        if depth > DEPTH {
            return None;
        }
        let schema = self.followed(schema)?;
        // Most properties are none of these, and told so at once.
        if let SchemaKind::Type(
            Type::Object(_) | Type::Boolean(_) | Type::Integer(_) | Type::Number(_),
        ) = schema.schema_kind
        {
            return None;
        }
        let facets = Facets::of(schema);
        let list = || Kind::Array(Box::new(Use::new(Kind::Scalar(Scalar::File))));
        match (facets.json_type, facets.format.as_deref()) {
            (Some(JsonType::String), Some("binary")) => return Some(Kind::Scalar(Scalar::File)),
            (Some(JsonType::Array), _) => {
                let items = self.file(facets.items?, depth + 1)?;
                return matches!(items, Kind::Scalar(_)).then(list);
            }
            _ => {}
        }
        // One file or several: a list is both.
        let branches = [facets.one_of, facets.any_of, facets.all_of]
            .into_iter()
            .find(|branches| !branches.is_empty())?;
        let kinds: Option<Vec<Kind>> = branches
            .iter()
            .filter(|branch| !is_empty(branch))
            .map(|branch| self.file(branch.into(), depth + 1))
            .collect();
        let kinds = kinds.filter(|kinds| !kinds.is_empty())?;
        match kinds.iter().all(|kind| matches!(kind, Kind::Scalar(_))) {
            true => kinds.into_iter().next(),
            false => Some(list()),
        }
    }
}

/// A schema that says nothing of the type, as it stands beside a reference.
fn is_empty(schema: &ReferenceOr<Schema>) -> bool {
    matches!(schema, ReferenceOr::Item(schema) if Facets::of(schema).is_empty())
}
