//! Bodies of parts: what is a part, which parts are files, and of what type a part is.
//!
//! The properties of an object are named parts. OpenAPI up to 3.1 describes so any `multipart/*`; 3.2 says
//! that only the parts of `multipart/form-data` have names, and has lists of parts for everything else.

use super::Lowering;
use super::body::Media;
use super::facets::{Facets, JsonType, SchemaRef};
use super::merge::Part;
use crate::beside;
use crate::deserialize::Spec;
use crate::diagnostic::{Code, Place, Pointer};
use crate::ir::{Content, Kind, Operation, PartTypes, Scalar, Shape, TypeId, Use};
use crate::media::essence;
use openapiv3::{MediaType, PathItem, ReferenceOr, RequestBody, Schema, SchemaKind, Type};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// How deep schemas are looked into for files, and how many names a type may have.
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
    /// Whether a type has properties, which are the parts of a body.
    pub(super) fn has_parts(&self, used: &Use) -> bool {
        let mut used = used;
        for _ in 0..DEPTH {
            match &used.kind {
                Kind::Map(_) => return true,
                Kind::Named(id) => match &self.types.get(*id).shape {
                    Shape::Object(_) | Shape::Union(_) => return true,
                    Shape::Alias(target) => used = target,
                    Shape::StringEnum(..) | Shape::IntegerEnum(..) | Shape::ValueEnum(_) => break,
                },
                Kind::Any | Kind::Scalar(_) | Kind::Array(_) => break,
            }
        }
        false
    }

    /// A body of parts, and the type of what is not encoded.
    pub(super) fn multipart(
        &mut self,
        name: &str,
        schema: Option<&Part<'a>>,
        media_type: &MediaType,
        pointer: &Pointer,
    ) -> (Content, Vec<Use>) {
        let used = schema.map(|part| self.use_of(part));
        let used = used.filter(|used| used.kind != Kind::Any);
        let is_form = is_form_data(name);
        let content = match used {
            Some(used) if self.has_parts(&used) => {
                let types = self.named_parts(media_type, pointer);
                Content::Multipart(Some(used), types)
            }
            Some(used) if !is_form && self.is_list(&used) => {
                let types = self.placed_parts(media_type, pointer);
                let used = self.list_of_parts(used, schema, &types);
                Content::Multipart(Some(used), types)
            }
            Some(used) if !is_form => {
                self.raw_parts(name, pointer);
                return (Content::Bytes, vec![used]);
            }
            Some(_) | None => Content::Multipart(None, self.named_parts(media_type, pointer)),
        };
        (content, Vec::new())
    }

    /// Whether a type is a list.
    fn is_list(&self, used: &Use) -> bool {
        let plain = self.plain(used, 0);
        plain.is_some_and(|plain| matches!(plain.kind, Kind::Array(_)))
    }

    /// A list of parts, with files where that is what its items are.
    fn list_of_parts(&mut self, used: Use, schema: Option<&Part<'a>>, types: &PartTypes) -> Use {
        let file = || Kind::Array(Box::new(Use::new(Kind::Scalar(Scalar::File))));
        if schema.is_some_and(|part| self.file(part.schema, 0).is_some()) {
            return Use::new(file());
        }
        match &used.kind {
            Kind::Array(item) if item.kind == Kind::Any && are_bytes(types) => Use::new(file()),
            _ => used,
        }
    }

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

    /// The content types that the document gives to properties.
    fn named_parts(&mut self, media_type: &MediaType, pointer: &Pointer) -> PartTypes {
        let mut types = Vec::new();
        for (name, encoding) in &media_type.encoding {
            // How the parts of a value are joined is for forms.
            let openapiv3::Encoding {
                content_type,
                headers,
                style: _,
                explode: _,
                allow_reserved: _,
                extensions: _,
            } = encoding;
            let one = content_type.as_deref().and_then(one_type);
            types.extend(one.map(|one| (name.clone(), one)));
            if !headers.is_empty() {
                self.headers_of_parts(&pointer.child("encoding").child(name));
            }
        }
        PartTypes::Named(types)
    }

    /// The content types that the document gives to items.
    fn placed_parts(&mut self, media_type: &MediaType, pointer: &Pointer) -> PartTypes {
        let member = |key| media_type.extensions.get(key);
        let first = member(beside::PREFIX_ENCODING).and_then(Value::as_array);
        let place = pointer.child(beside::PREFIX_ENCODING);
        let first = first.into_iter().flatten().enumerate();
        let first =
            first.map(|(index, encoding)| self.placed(encoding, &place.child(index.to_string())));
        let first = first.collect();
        let place = pointer.child(beside::ITEM_ENCODING);
        let rest = member(beside::ITEM_ENCODING).and_then(|rest| self.placed(rest, &place));
        PartTypes::Placed { first, rest }
    }

    /// The content type in an encoding that goes by position.
    fn placed(&mut self, encoding: &Value, pointer: &Pointer) -> Option<String> {
        let headers = encoding.get("headers").and_then(Value::as_object);
        if headers.is_some_and(|headers| !headers.is_empty()) {
            self.headers_of_parts(pointer);
        }
        one_type(encoding.get("contentType")?.as_str()?)
    }

    fn headers_of_parts(&mut self, encoding: &Pointer) {
        let message = "headers of parts have no types";
        self.diagnostics
            .report(Code::Unsupported, encoding.child("headers"), message)
            .help("set them with `File::header`, if the part is a file");
    }

    /// Parts that nothing is said of.
    fn raw_parts(&mut self, name: &str, pointer: &Pointer) {
        self.diagnostics
            .report(
                Code::Unsupported,
                Place::Key(pointer.child("schema")),
                format!("the schema says nothing of the parts of `{name}`"),
            )
            .label("neither an object nor a list")
            .help("encode the body yourself, and set `content-type` with its boundary");
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
    fn file(&mut self, schema: SchemaRef<'a>, depth: usize) -> Option<Kind> {
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

/// Whether it is `multipart/form-data`, of which parts have names.
pub(super) fn is_form_data(name: &str) -> bool {
    matches!(
        essence(name).as_str(),
        "multipart/form-data" | "multipart/*"
    )
}

/// A content type that is one. Where there are several, each part is one of them, and only its maker knows
/// which.
fn one_type(content_type: &str) -> Option<String> {
    let one = content_type.trim();
    (!one.is_empty() && !one.contains(['*', ','])).then(|| one.to_owned())
}

/// Whether items that nothing is said of are bytes by their content types.
fn are_bytes(types: &PartTypes) -> bool {
    let PartTypes::Placed { first, rest } = types else {
        return false;
    };
    let known = first.iter().chain([rest]).flatten();
    let mut known = known.map(|content_type| Media::of(content_type)).peekable();
    known.peek().is_some() && known.all(|media| media == Media::Bytes)
}

/// A schema that says nothing of the type, as it stands beside a reference.
fn is_empty(schema: &ReferenceOr<Schema>) -> bool {
    matches!(schema, ReferenceOr::Item(schema) if Facets::of(schema).is_empty())
}
