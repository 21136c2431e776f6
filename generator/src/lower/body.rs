//! Bodies: which of the media types is used, and what it holds.

use super::merge::Part;
use super::{Lowering, Owner};
use crate::beside;
use crate::diagnostic::{Code, Pointer};
use crate::ir::{self, Content, Kind, Scalar, Use};
use openapiv3::{MediaType, ReferenceOr, RequestBody};

/// What a media type is to us, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Media {
    Json,
    Any,
    Text,
    Bytes,
    Structured,
}

/// Who sends a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Response,
}

impl Media {
    /// The kind of a media type, by its name without parameters.
    pub fn of(name: &str) -> Self {
        let essence = name
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        match essence.as_str() {
            "application/json" | "text/json" => Self::Json,
            "*/*" | "application/*" | "" => Self::Any,
            "application/x-www-form-urlencoded" | "multipart/form-data" | "multipart/mixed" => {
                Self::Structured
            }
            "text/event-stream" => Self::Bytes,
            other if other.ends_with("+json") => Self::Json,
            other
                if other.starts_with("text/")
                    || other.ends_with("/xml")
                    || other.ends_with("+xml") =>
            {
                Self::Text
            }
            other if other.starts_with("multipart/") => Self::Structured,
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
        let (media_type, content) = self.content(
            content.iter(),
            &pointer.child("content"),
            &owner,
            Side::Request,
        )?;
        Some(ir::Body {
            required: *required,
            media_type,
            content,
            description: described.map(str::to_owned).or_else(|| description.clone()),
        })
    }

    /// The best of several media types, and what it holds; `None` when there is none.
    pub(super) fn content(
        &mut self,
        content: impl Iterator<Item = (&'a String, &'a MediaType)>,
        pointer: &Pointer,
        owner: &Owner,
        side: Side,
    ) -> Option<(String, Content)> {
        let mut all: Vec<_> = content.collect();
        all.sort_by_key(|(name, _)| Media::of(name));
        let (name, media_type) = all.first().copied()?;
        let (parent, pointer) = (pointer, pointer.child(name));
        if side == Side::Request && all.len() > 1 {
            let others: Vec<_> = all
                .iter()
                .skip(1)
                .map(|(name, _)| format!("`{name}`"))
                .collect();
            self.diagnostics
                .report(
                    Code::Unsupported,
                    crate::diagnostic::Place::Key(pointer.clone()),
                    "several media types for one body are not supported yet",
                )
                .label("this one is used")
                .help(format!("{} cannot be sent", others.join(", ")));
        }
        for (name, media_type) in &all {
            self.stream(name, media_type, &parent.child(name), owner);
        }
        let content = self.media(name, media_type, &pointer, owner);
        let name = if side == Side::Request {
            concrete(name, &content)
        } else {
            name.clone()
        };
        Some((name, content))
    }

    /// The items of a stream have a type, although the body is not decoded into them.
    fn stream(&mut self, name: &str, media_type: &'a MediaType, pointer: &Pointer, owner: &Owner) {
        let Some(schema) = &media_type.schema else {
            return;
        };
        let is_decoded = matches!(Media::of(name), Media::Json | Media::Any);
        if is_decoded || !media_type.extensions.contains_key(beside::STREAM) {
            return;
        }
        let part = Part {
            schema: schema.into(),
            pointer: pointer.child("schema"),
            owner: owner.clone(),
        };
        self.use_of(&part);
        self.diagnostics
            .report(
                Code::Unsupported,
                crate::diagnostic::Place::Key(pointer.clone()),
                format!("the items of `{name}` are not read and written one by one yet"),
            )
            .label("taken as a whole")
            .help("the type of an item is generated; decode and encode the items yourself");
    }

    fn media(
        &mut self,
        name: &str,
        media_type: &'a MediaType,
        pointer: &Pointer,
        owner: &Owner,
    ) -> Content {
        // Examples are for readers, and `encoding` is for the media types that are not supported yet.
        let MediaType {
            schema,
            example: _,
            examples: _,
            encoding: _,
            extensions: _,
        } = media_type;
        let schema = schema.as_ref().map(|schema| Part {
            schema: schema.into(),
            pointer: pointer.child("schema"),
            owner: owner.clone(),
        });
        let media = Media::of(name);
        if let (Media::Text | Media::Bytes, Some(part)) = (media, &schema) {
            self.note_raw(part);
        }
        match media {
            Media::Json => Content::Json(schema.map_or(Use::ANY, |part| self.use_of(&part))),
            Media::Any => match schema.map(|part| self.use_of(&part)) {
                None
                | Some(Use {
                    kind: Kind::Any | Kind::Scalar(Scalar::String | Scalar::Base64),
                    ..
                }) => Content::Bytes,
                Some(used) => Content::Json(used),
            },
            Media::Text => Content::Text,
            Media::Bytes => Content::Bytes,
            Media::Structured => {
                self.diagnostics
                    .report(
                        Code::Unsupported,
                        crate::diagnostic::Place::Key(pointer.clone()),
                        format!("`{name}` is not supported yet"),
                    )
                    .label("taken as bytes")
                    .help("encode the body yourself");
                Content::Bytes
            }
        }
    }
}

/// What is sent as `Content-Type` for a media type that may be a wildcard.
fn concrete(name: &str, content: &Content) -> String {
    if !name.contains('*') && !name.trim().is_empty() {
        return name.to_owned();
    }
    match content {
        Content::Json(_) => "application/json",
        Content::Text => "text/plain; charset=utf-8",
        Content::Bytes | Content::Empty => "application/octet-stream",
    }
    .to_owned()
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
            ("multipart/form-data", Media::Structured),
            ("application/x-www-form-urlencoded", Media::Structured),
        ];
        for (name, expected) in cases {
            assert_eq!(Media::of(name), expected, "{name}");
        }
    }
}
