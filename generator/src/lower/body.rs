//! Bodies: which of the media types is used, and what it holds.

use super::merge::Part;
use super::{Lowering, Owner};
use crate::beside;
use crate::diagnostic::{Code, Pointer};
use crate::ir::{self, Content, Encoding, Kind, Scalar, Use};
use openapiv3::{MediaType, ReferenceOr, RequestBody};

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
            "application/json" | "text/json" => Self::Json,
            "*/*" | "application/*" | "" => Self::Any,
            "application/x-www-form-urlencoded" => Self::Form,
            "text/event-stream" => Self::Bytes,
            other if other.ends_with("+json") => Self::Json,
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
        let (media_type, content, others) =
            self.content(content.iter(), &pointer.child("content"), &owner)?;
        Some(ir::Body {
            required: *required,
            media_type,
            content,
            others,
            description: described.map(str::to_owned).or_else(|| description.clone()),
        })
    }

    /// The best of several media types, what it holds, and the types of the others; `None` when there
    /// is none.
    pub(super) fn content(
        &mut self,
        content: impl Iterator<Item = (&'a String, &'a MediaType)>,
        pointer: &Pointer,
        owner: &Owner,
    ) -> Option<(String, Content, Vec<Use>)> {
        let mut all: Vec<_> = content.collect();
        all.sort_by_key(|(name, _)| Media::of(name));
        let (name, media_type) = all.first().copied()?;
        let (parent, pointer) = (pointer, pointer.child(name));
        if all.len() > 1 {
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
                .help(format!(
                    "{} cannot be sent; the types are generated",
                    others.join(", ")
                ));
        }
        for (name, media_type) in &all {
            self.stream(name, media_type, &parent.child(name), owner);
        }
        let (content, mut others) = self.media(name, media_type, &pointer, owner);
        for (name, media_type) in all.iter().skip(1) {
            let part = part(media_type, &parent.child(name), owner);
            others.extend(part.and_then(|part| self.unused(name, &part)));
        }
        let name = concrete(name, &content);
        Some((name, content, others))
    }

    /// The items of a stream have a type, although the body is not decoded into them.
    pub(super) fn stream(
        &mut self,
        name: &str,
        media_type: &'a MediaType,
        pointer: &Pointer,
        owner: &Owner,
    ) {
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
        let used = match media {
            Media::Text | Media::Bytes => None,
            _ => schema.map(|part| self.use_of(&part)),
        };
        let content = match media {
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
                    _ => Content::Form(used, self.encodings(media_type, pointer)),
                }
            }
            Media::Text => Content::Text,
            Media::Bytes => Content::Bytes,
            Media::Multipart => {
                self.diagnostics
                    .report(
                        Code::Unsupported,
                        crate::diagnostic::Place::Key(pointer.clone()),
                        format!("`{name}` is not supported yet"),
                    )
                    .label("taken as bytes")
                    .help("encode the body yourself; its type is generated");
                return (Content::Bytes, used.into_iter().collect());
            }
        };
        (content, Vec::new())
    }

    /// How properties of a form are written.
    fn encodings(&mut self, media_type: &MediaType, pointer: &Pointer) -> Vec<Encoding> {
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
                None if *allow_reserved => ir::Style::Form,
                None => continue,
            };
            // Left out, it is true for forms; the type of the member cannot tell.
            let place = pointer.child("encoding").child(name).child("explode");
            let is_said = self.spec.value.pointer(&place.path).is_some();
            encodings.push(Encoding {
                name: name.clone(),
                style,
                explode: if is_said {
                    *explode
                } else {
                    style == ir::Style::Form
                },
                allow_reserved: *allow_reserved,
            });
        }
        encodings
    }
}

/// The name of a media type without its parameters, in lower case.
pub(super) fn essence(name: &str) -> String {
    let essence = name.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
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
        return name.to_owned();
    }
    match content {
        Content::Json(_) => "application/json",
        Content::Form(..) => "application/x-www-form-urlencoded",
        Content::Text => "text/plain; charset=utf-8",
        Content::Bytes => "application/octet-stream",
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
            ("multipart/form-data", Media::Multipart),
            ("application/x-www-form-urlencoded", Media::Form),
        ];
        for (name, expected) in cases {
            assert_eq!(Media::of(name), expected, "{name}");
        }
    }
}
