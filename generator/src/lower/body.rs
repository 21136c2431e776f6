//! Bodies: which of the media types is used, and what it holds.

use super::merge::Part;
use super::multipart::is_form_data;
use super::{Lowering, Owner};
use crate::diagnostic::Pointer;
use crate::ir::{self, Choice, Content, Encoding, Kind, Scalar, Use};
use crate::media::{self, essence};
use openapiv3::{MediaType, ReferenceOr, RequestBody, Schema};

/// What a media type is to us, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Media {
    Json,
    Any,
    Form,
    Multipart,
    Text,
    Bytes,
}

impl Media {
    /// The kind of a media type, by its name without parameters.
    pub fn of(name: &str) -> Self {
        match essence(name).as_str() {
            other if media::is_json(other) => Self::Json,
            "*/*" | "application/*" | "" => Self::Any,
            "application/x-www-form-urlencoded" => Self::Form,
            "text/event-stream" => Self::Bytes,
            other
                if other.starts_with("text/")
                    || other.ends_with("/xml")
                    || other.ends_with("+xml") =>
            {
                Self::Text
            }
            other if other.starts_with("multipart/") => Self::Multipart,
            _ => Self::Bytes,
        }
    }
}

impl<'a> Lowering<'a, '_> {
    /// The request body of an operation.
    pub(super) fn body(
        &mut self,
        body: &'a ReferenceOr<RequestBody>,
        pointer: &Pointer,
        index: usize,
    ) -> Option<ir::Body> {
        let described = self.described(pointer);
        let (body, pointer) = self.resolve(
            body,
            "requestBodies",
            |components| &components.request_bodies,
            pointer,
        )?;
        let RequestBody {
            description,
            content,
            required,
            extensions: _,
        } = body;
        let owner = Owner::operation(index, "body");
        let (choices, others) = self.choices(content.iter(), &pointer.child("content"), &owner);
        (!choices.is_empty()).then(|| ir::Body {
            required: *required,
            choices,
            others,
            description: described.map(str::to_owned).or_else(|| description.clone()),
        })
    }

    /// The media types of a body that a caller may choose between, best first, and the types of what is
    /// not encoded. What says the same as JSON in another notation is no choice.
    fn choices(
        &mut self,
        content: impl Iterator<Item = (&'a String, &'a MediaType)>,
        parent: &Pointer,
        owner: &Owner,
    ) -> (Vec<Choice>, Vec<Use>) {
        let mut all: Vec<_> = content.collect();
        all.sort_by_key(|(name, _)| Media::of(name));
        let (mut choices, mut others) = (Vec::new(), Vec::new());
        let mut json: Vec<Written<'a>> = Vec::new();
        for (name, media_type) in all {
            let pointer = parent.child(name);
            // Of other bodies of parts, the items are the parts.
            if Media::of(name) != Media::Multipart || is_form_data(name) {
                self.stream(name, media_type, &pointer, owner);
            }
            let schema = media_type.schema.as_ref();
            if json.iter().any(|json| is_repeated(name, schema, *json)) {
                let part = part(media_type, &pointer, owner);
                others.extend(part.and_then(|part| self.unused(name, &part)));
                continue;
            }
            let (content, unused) = self.media(name, media_type, &pointer, owner);
            others.extend(unused);
            if matches!(content, Content::Json(_)) {
                json.push(schema);
            }
            let media_type = concrete(name, &content);
            choices.push(Choice {
                media_type,
                content,
            });
        }
        (choices, others)
    }

    /// The type of what is not encoded and decoded: for whoever does it.
    pub(super) fn unused(&mut self, name: &str, part: &Part<'a>) -> Option<Use> {
        let is_raw = matches!(Media::of(name), Media::Text | Media::Bytes);
        if is_raw && self.is_text(part, 0) {
            self.note_raw(part);
            return None;
        }
        Some(self.use_of(part))
    }

    /// What a media type holds, and the type of what it holds where that is not decoded.
    fn media(
        &mut self,
        name: &str,
        media_type: &'a MediaType,
        pointer: &Pointer,
        owner: &Owner,
    ) -> (Content, Vec<Use>) {
        let schema = part(media_type, pointer, owner);
        let media = Media::of(name);
        if let (Media::Text | Media::Bytes, Some(part)) = (media, &schema) {
            self.note_raw(part);
        }
        if let Some(ir::Reading::Items(used)) =
            self.items(&essence(name), media_type, schema.as_ref())
        {
            return (Content::Items(used), Vec::new());
        }
        // Bytes, whatever the media type is called.
        let is_binary = schema.as_ref().is_some_and(|part| self.is_binary(part, 0));
        let used = match media {
            Media::Text | Media::Bytes | Media::Multipart => None,
            Media::Json | Media::Any | Media::Form => schema.as_ref().map(|part| self.use_of(part)),
        };
        let content = match media {
            Media::Json if is_binary => Content::Bytes,
            Media::Json => Content::Json(used.unwrap_or(Use::ANY)),
            Media::Any => match used {
                None
                | Some(Use {
                    kind: Kind::Any | Kind::Scalar(Scalar::String | Scalar::Base64),
                    ..
                }) => Content::Bytes,
                Some(used) => Content::Json(used),
            },
            Media::Form => {
                let used = used.unwrap_or(Use::ANY);
                match self.plain(&used, 0) {
                    Some(Use {
                        kind: Kind::Scalar(_),
                        ..
                    }) if used.kind != Kind::Any => Content::Text,
                    _ => Content::Form(used, self.encodings(media_type)),
                }
            }
            Media::Text if is_binary => Content::Bytes,
            Media::Text => Content::Text,
            Media::Bytes => Content::Bytes,
            Media::Multipart => {
                return self.multipart(name, schema.as_ref(), media_type, pointer);
            }
        };
        (content, Vec::new())
    }

    /// How properties of a form are written.
    fn encodings(&mut self, media_type: &MediaType) -> Vec<Encoding> {
        let mut encodings = Vec::new();
        for (name, encoding) in &media_type.encoding {
            // Headers are for parts.
            let openapiv3::Encoding {
                content_type,
                headers: _,
                style,
                explode,
                allow_reserved,
                extensions: _,
            } = encoding;
            let is_json = content_type
                .as_deref()
                .is_some_and(|name| Media::of(name) == Media::Json);
            let style = match style {
                Some(style) => super::style::query_style(style),
                None if is_json => ir::Style::Json,
                None if *allow_reserved || !*explode => ir::Style::Form,
                None => continue,
            };
            encodings.push(Encoding {
                name: name.clone(),
                style,
                explode: *explode && style != ir::Style::Json,
                allow_reserved: *allow_reserved,
            });
        }
        encodings
    }
}

/// The schema of a media type, as it is written.
pub(super) type Written<'a> = Option<&'a ReferenceOr<Schema>>;

/// Whether a media type says nothing that JSON with the schema `json` does not.
fn is_repeated(name: &str, schema: Written<'_>, json: Written<'_>) -> bool {
    let essence = essence(name);
    match Media::of(name) {
        Media::Any => schema.is_some() && schema == json,
        Media::Json | Media::Form | Media::Multipart => schema == json,
        Media::Text | Media::Bytes => is_notation(&essence) && (schema == json || schema.is_none()),
    }
}

/// Whether it is a value in another notation, such as XML.
pub(super) fn is_notation(essence: &str) -> bool {
    essence.ends_with("/xml")
        || essence.ends_with("+xml")
        || essence.ends_with("+yaml")
        || matches!(
            essence,
            "application/yaml"
                | "application/x-yaml"
                | "text/yaml"
                | "text/x-yaml"
                | "application/toml"
        )
}

/// The schema of a media type.
pub(super) fn part<'a>(
    media_type: &'a MediaType,
    pointer: &Pointer,
    owner: &Owner,
) -> Option<Part<'a>> {
    // Examples are for readers, and `encoding` is for forms.
    let MediaType {
        schema,
        example: _,
        examples: _,
        encoding: _,
        extensions: _,
    } = media_type;
    Some(Part {
        schema: schema.as_ref()?.into(),
        pointer: pointer.child("schema"),
        owner: owner.clone(),
    })
}

/// What is sent as `Content-Type` for a media type that may be a wildcard.
fn concrete(name: &str, content: &Content) -> String {
    if !name.contains('*') && !name.trim().is_empty() {
        return match content {
            Content::Multipart(..) => without_boundary(name),
            _ => name.to_owned(),
        };
    }
    match content {
        Content::Json(_) => "application/json",
        Content::Items(_) => "application/x-ndjson",
        Content::Form(..) => "application/x-www-form-urlencoded",
        Content::Multipart(..) => "multipart/form-data",
        Content::Text => "text/plain; charset=utf-8",
        Content::Bytes => "application/octet-stream",
    }
    .to_owned()
}

/// The boundary is made with each body, whatever the document says.
fn without_boundary(name: &str) -> String {
    let is_boundary = |parameter: &&str| {
        let name = parameter.split('=').next().unwrap_or_default();
        name.trim().eq_ignore_ascii_case("boundary")
    };
    let kept: Vec<_> = name.split(';').filter(|one| !is_boundary(one)).collect();
    kept.join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn media_types() {
        let cases = [
            ("application/json", Media::Json),
            ("application/json; charset=utf-8", Media::Json),
            ("application/problem+json", Media::Json),
            ("*/*", Media::Any),
            ("text/csv", Media::Text),
            ("application/xml", Media::Text),
            ("application/octet-stream", Media::Bytes),
            ("image/png", Media::Bytes),
            ("multipart/form-data", Media::Multipart),
            ("application/x-www-form-urlencoded", Media::Form),
        ];
        for (name, expected) in cases {
            assert_eq!(Media::of(name), expected, "{name}");
        }
    }
}
