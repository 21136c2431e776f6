//! The media types of a response: which are asked for, and how each is read.

use super::body::{self, Media, Written};
use super::facets::{Facets, JsonType, SchemaRef};
use super::merge::Part;
use super::{Lowering, Owner};
use crate::diagnostic::Pointer;
use crate::ir::{Kind, Reading, Representation, Scalar, Use};
use crate::media;
use indexmap::IndexMap;
use openapiv3::MediaType;

/// What a media type is to whoever reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Json,
    /// A range that JSON is in.
    Any,
    /// The pairs of a form.
    Form,
    /// Text that is a value in another notation, such as XML.
    Notation,
    Text,
    Binary,
}

impl Class {
    fn of(essence: &str) -> Self {
        let is_script = matches!(
            essence,
            "application/javascript" | "application/ecmascript" | "application/graphql"
        );
        match Media::of(essence) {
            Media::Json => Self::Json,
            Media::Any => Self::Any,
            Media::Form => Self::Form,
            _ if body::is_notation(essence) => Self::Notation,
            Media::Text => Self::Text,
            _ if is_script => Self::Text,
            Media::Multipart | Media::Bytes => Self::Binary,
        }
    }
}

/// What is read of the content of a response.
pub(super) struct Read {
    /// Its bodies.
    pub bodies: Vec<Representation>,
    /// The types of what is not decoded.
    pub others: Vec<Use>,
    /// What is asked for, as the document spells it.
    pub accept: Vec<String>,
}

/// A media type of a response.
struct Entry<'a, 'n> {
    name: &'n str,
    essence: String,
    /// What tells it from the others.
    telling: String,
    class: Class,
    media_type: &'a MediaType,
    pointer: Pointer,
}

impl<'a> Lowering<'a, '_> {
    /// The representations of a body. JSON comes first, and what says the same in another notation is
    /// not asked for: one type is then enough.
    pub(super) fn representations(
        &mut self,
        content: &'a IndexMap<String, MediaType>,
        pointer: &Pointer,
        owner: &Owner,
    ) -> Read {
        let mut entries: Vec<Entry<'a, '_>> = content
            .iter()
            .map(|(name, media_type)| {
                let essence = media::essence(name);
                Entry {
                    name,
                    class: Class::of(&essence),
                    telling: media::telling(name, content.keys().map(String::as_str)),
                    essence,
                    media_type,
                    pointer: pointer.child(name),
                }
            })
            .collect();
        entries.sort_by_key(|entry| entry.class != Class::Json);
        let mut read = Read {
            bodies: Vec::new(),
            others: Vec::new(),
            accept: Vec::new(),
        };
        let mut known: Vec<(Class, Written<'a>, usize)> = Vec::new();
        for entry in &entries {
            self.stream(entry.name, entry.media_type, &entry.pointer, owner);
            let part = body::part(entry.media_type, &entry.pointer, owner);
            let schema = entry.media_type.schema.as_ref();
            let same = known
                .iter()
                .find(|(class, other, _)| *class == Class::Json && is_same(entry, schema, *other));
            match same {
                Some((_, _, index)) if entry.class == Class::Json => {
                    if let Some(first) = read.bodies.get_mut(*index) {
                        first.media.push(entry.telling.clone());
                    }
                }
                Some(_) => {
                    let other = part.and_then(|part| self.unused(entry.name, &part));
                    read.others.extend(other);
                    continue;
                }
                None => {
                    known.push((entry.class, schema, read.bodies.len()));
                    let (reading, other) = self.reading(entry, part.as_ref());
                    read.others.extend(other);
                    read.bodies.push(Representation {
                        media: vec![entry.telling.clone()],
                        reading,
                    });
                }
            }
            read.accept.push(entry.name.to_owned());
        }
        read
    }

    /// How a media type is read, and the type of what it holds where that is not decoded.
    fn reading(
        &mut self,
        entry: &Entry<'a, '_>,
        part: Option<&Part<'a>>,
    ) -> (Reading, Option<Use>) {
        let is_binary = part.is_some_and(|part| self.is_binary(part, 0));
        if is_binary {
            part.into_iter().for_each(|part| self.note_raw(part));
            return (Reading::Stream, None);
        }
        if let Some(reading) = self.items(&entry.essence, entry.media_type, part) {
            return (reading, None);
        }
        match entry.class {
            Class::Json => {
                let used = part.map_or(Use::ANY, |part| self.use_of(part));
                (Reading::Json(used), None)
            }
            Class::Any => match part.map(|part| self.use_of(part)) {
                None => (Reading::Stream, None),
                Some(Use {
                    kind: Kind::Any | Kind::Scalar(Scalar::Base64),
                    ..
                }) => (Reading::Stream, None),
                Some(Use {
                    kind: Kind::Scalar(Scalar::String),
                    ..
                }) => (Reading::Text, None),
                Some(used) => (Reading::Json(used), None),
            },
            Class::Form => {
                let used = part.map(|part| self.use_of(part));
                match used {
                    Some(used) if self.has_parts(&used) => (Reading::Form(used), None),
                    other => (Reading::Text, other),
                }
            }
            Class::Notation | Class::Text | Class::Binary => {
                let other = part.and_then(|part| self.unused(entry.name, part));
                let reading = match entry.class {
                    Class::Binary => Reading::Stream,
                    _ => Reading::Text,
                };
                (reading, other)
            }
        }
    }

    /// Whether a schema says that there are bytes, whatever the media type is called.
    pub(super) fn is_binary(&self, part: &Part<'a>, depth: usize) -> bool {
        match part.schema {
            SchemaRef::Item(schema) => {
                let facets = Facets::of(schema);
                facets.json_type == Some(JsonType::String)
                    && facets.format.as_deref() == Some("binary")
            }
            SchemaRef::Reference(reference) => {
                let target = self.peek_schema(reference);
                depth < 16 && target.is_some_and(|target| self.is_binary(&target, depth + 1))
            }
        }
    }
}

/// Whether a media type says nothing that the JSON of `other` does not.
fn is_same(entry: &Entry<'_, '_>, schema: Written<'_>, other: Written<'_>) -> bool {
    if media::is_of_items(&entry.essence) {
        return false;
    }
    let is_notation = matches!(entry.class, Class::Notation | Class::Form);
    match (schema, other) {
        (Some(schema), Some(other)) => schema == other,
        (None, None) => entry.class == Class::Json || is_notation,
        (None, Some(_)) => is_notation,
        (Some(_), None) => false,
    }
}
