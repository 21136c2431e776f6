//! Bodies of parts: which properties are files, and of what type a part is.

use super::Lowering;
use super::body::Media;
use crate::diagnostic::{Code, Place, Pointer};
use crate::ir::{Content, Kind, Operation, Scalar, Shape, TypeId, Use};
use crate::media::essence;
use openapiv3::MediaType;
use serde_json::Value;
use std::collections::BTreeSet;

/// How many references lead to a schema at most.
const DEPTH: usize = 16;

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

    /// A body of parts, and the content types that the document gives them.
    pub(super) fn multipart(
        &mut self,
        used: Option<Use>,
        media_type: &MediaType,
        pointer: &Pointer,
    ) -> Content {
        let mut content_types = Vec::new();
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
            // Where there are several, each part is one of them, and only its maker knows which.
            let one = content_type.as_deref().unwrap_or_default().trim();
            if !one.is_empty() && !one.contains(['*', ',']) {
                content_types.push((name.clone(), one.to_owned()));
            }
            if !headers.is_empty() {
                let place = pointer.child("encoding").child(name).child("headers");
                self.diagnostics
                    .report(Code::Unsupported, &place, "headers of parts have no types")
                    .help("set them with `File::header`, if the part is a file");
            }
        }
        Content::Multipart(used, content_types)
    }

    /// Parts that are not those of a form.
    pub(super) fn raw_parts(&mut self, name: &str, pointer: &Pointer) {
        self.diagnostics
            .report(
                Code::Unsupported,
                Place::Key(pointer.clone()),
                format!("`{name}` is not supported yet"),
            )
            .label("taken as bytes")
            .help("encode the body yourself; its type is generated");
    }

    /// What is binary in bodies of parts is a file.
    pub(super) fn settle_files(&mut self, operations: &[Operation]) {
        let bodies = operations
            .iter()
            .filter_map(|operation| operation.body.as_ref());
        let choices = bodies.flat_map(|body| &body.choices);
        let mut waiting: Vec<(Use, &[(String, String)])> = choices
            .filter_map(|choice| match &choice.content {
                Content::Multipart(Some(used), content_types) => {
                    Some((used.clone(), content_types.as_slice()))
                }
                _ => None,
            })
            .collect();
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
                let schema = self.spec.value.pointer(&property.pointer.path)?;
                if is_typed && property.ty.kind == Kind::Any {
                    return Some((index, Kind::Scalar(Scalar::File)));
                }
                Some((index, self.file(schema, 0)?))
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
    fn file(&self, schema: &'a Value, depth: usize) -> Option<Kind> {
        if depth > DEPTH {
            return None;
        }
        let schema = self.followed(schema)?;
        let text = |name: &str| schema.get(name).and_then(Value::as_str);
        let list = || Kind::Array(Box::new(Use::new(Kind::Scalar(Scalar::File))));
        match (text("type"), text("format")) {
            (Some("string"), Some("binary")) => return Some(Kind::Scalar(Scalar::File)),
            (Some("array"), _) => {
                let items = self.file(schema.get("items")?, depth + 1)?;
                return matches!(items, Kind::Scalar(_)).then(list);
            }
            _ => {}
        }
        // One file or several: a list is both.
        let branches = ["oneOf", "anyOf", "allOf"]
            .iter()
            .find_map(|name| schema.get(name).and_then(Value::as_array))?;
        let kinds: Option<Vec<Kind>> = branches
            .iter()
            .filter(|branch| !is_empty(branch))
            .map(|branch| self.file(branch, depth + 1))
            .collect();
        let kinds = kinds.filter(|kinds| !kinds.is_empty())?;
        match kinds.iter().all(|kind| matches!(kind, Kind::Scalar(_))) {
            true => kinds.into_iter().next(),
            false => Some(list()),
        }
    }
}

/// A schema of words only, as it stands beside a reference.
fn is_empty(schema: &Value) -> bool {
    schema.as_object().is_some_and(|members| {
        let words = ["description", "title", "nullable", "deprecated"];
        members.keys().all(|key| words.contains(&key.as_str()))
    })
}
