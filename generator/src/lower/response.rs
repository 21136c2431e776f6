//! Responses by status, with their bodies and headers.

use super::body::Media;
use super::merge::Part;
use super::representation::Read;
use super::{Lowering, Owner};
use crate::diagnostic::{Code, Pointer};
use crate::ir::{self, Kind, ResponseHeader, Scalar, Shape, Status, Use};
use crate::token::is_token;
use indexmap::IndexMap;
use openapiv3::{
    Header, MediaType, ParameterSchemaOrContent, ReferenceOr, Response, Responses, StatusCode,
};

impl<'a> Lowering<'a, '_> {
    /// The responses of an operation in the order in which they are tried, and every media type.
    pub(super) fn responses(
        &mut self,
        responses: &'a Responses,
        pointer: &Pointer,
        index: usize,
        is_head: bool,
    ) -> (Vec<ir::Response>, Vec<String>) {
        let Responses {
            default,
            responses,
            extensions: _,
        } = responses;
        let mut declared: Vec<(Status, Pointer, &'a ReferenceOr<Response>)> = Vec::new();
        for (code, response) in responses {
            let place = pointer.child(code);
            match status(code) {
                Some(status) => declared.push((status, place, response)),
                None => {
                    self.diagnostics
                        .report(
                            Code::Malformed,
                            &place,
                            format!("`{code}` is not an HTTP status"),
                        )
                        .help("it was left out; statuses are 100 to 599, or ranges such as `4XX`");
                }
            }
        }
        declared.extend(
            default
                .as_ref()
                .map(|response| (Status::Default, pointer.child("default"), response)),
        );
        declared.sort_by_key(|(status, ..)| *status);
        let mut accept: Vec<String> = Vec::new();
        let mut lowered = Vec::new();
        for (status, pointer, response) in declared {
            let described = self.described(&pointer);
            let found = self.resolve(
                response,
                "responses",
                |components| &components.responses,
                &pointer,
            );
            let Some((response, pointer)) = found else {
                continue;
            };
            let (mut response, asked) = self.response(status, is_head, response, &pointer, index);
            if let Some(described) = described {
                described.clone_into(&mut response.description);
            }
            for name in asked {
                if is_media_type(&name) && !accept.contains(&name) {
                    accept.push(name);
                }
            }
            lowered.push(response);
        }
        (lowered, accept)
    }

    /// One response, and the media types that are asked for.
    fn response(
        &mut self,
        status: Status,
        is_head: bool,
        response: &'a Response,
        pointer: &Pointer,
        index: usize,
    ) -> (ir::Response, Vec<String>) {
        // Links describe follow-up calls; they do not change what this one returns.
        let Response {
            description,
            headers,
            content,
            links: _,
            extensions: _,
        } = response;
        let owner = Owner::operation(index, &role(status));
        let place = pointer.child("content");
        let Read {
            bodies,
            mut others,
            mut accept,
        } = self.representations(content, &place, &owner);
        // HTTP has no body here, whatever the document says; `HEAD` asks for what `GET` would.
        let is_bodiless = matches!(status, Status::Exact(204 | 304));
        let mut kept = Vec::new();
        if is_head || is_bodiless {
            others.extend(bodies.iter().filter_map(|body| body.reading.ty().cloned()));
        } else {
            kept = bodies;
        }
        if is_bodiless {
            accept.clear();
        }
        let headers = headers.iter().filter_map(|(name, header)| {
            self.response_header(name, header, &pointer.child("headers").child(name), index)
        });
        let headers = headers.collect();
        (
            ir::Response {
                status,
                description: description.clone(),
                bodies: kept,
                others,
                headers,
            },
            accept,
        )
    }

    fn response_header(
        &mut self,
        name: &str,
        header: &'a ReferenceOr<Header>,
        pointer: &Pointer,
        index: usize,
    ) -> Option<ResponseHeader> {
        // The content type is part of the body, and decides how it is read.
        if !is_token(name) || name.eq_ignore_ascii_case("content-type") {
            return None;
        }
        let described = self.described(pointer);
        let (header, pointer) =
            self.resolve(header, "headers", |components| &components.headers, pointer)?;
        let Header {
            description,
            style: _,
            required: _,
            deprecated: _,
            format,
            example: _,
            examples: _,
            extensions: _,
        } = header;
        let ty = match format {
            ParameterSchemaOrContent::Schema(schema) => {
                let owner = Owner::operation(index, name);
                let part = Part {
                    schema: schema.into(),
                    pointer: pointer.child("schema"),
                    owner,
                };
                self.use_of(&part)
            }
            ParameterSchemaOrContent::Content(content) => {
                self.header_content(content, &pointer);
                Use::new(Kind::Scalar(Scalar::String))
            }
        };
        let kind = self.header_kind(&ty, 0);
        if kind.is_none() {
            let message =
                "a response header that is no scalar and no list of scalars is not decoded";
            self.undecoded_header(&pointer.child("schema"), message);
        }
        Some(ResponseHeader {
            name: name.to_ascii_lowercase(),
            ty: Use::new(kind.unwrap_or(Kind::Scalar(Scalar::String))),
            description: described.map(str::to_owned).or_else(|| description.clone()),
        })
    }

    /// Headers are read as scalars, enums, or lists of them; nothing where the document says more of a
    /// header than that it is a text.
    fn header_kind(&self, used: &Use, depth: usize) -> Option<Kind> {
        let text = Kind::Scalar(Scalar::String);
        match &used.kind {
            Kind::Scalar(Scalar::Secret | Scalar::Base64 | Scalar::File | Scalar::External(_))
            | Kind::Any => Some(text),
            Kind::Scalar(scalar) => Some(Kind::Scalar(*scalar)),
            Kind::Named(id) => match &self.types.get(*id).shape {
                Shape::Alias(target) if depth < 32 => self.header_kind(target, depth + 1),
                Shape::StringEnum(..) | Shape::IntegerEnum(..) => Some(Kind::Named(*id)),
                // Where any text may come, it says all that the other branches say.
                Shape::Union(_) => self.plain(used, 0).map(|plain| plain.kind),
                Shape::Alias(_) | Shape::Object(_) | Shape::ValueEnum(_) => None,
            },
            Kind::Array(item) => match self.header_kind(item, depth + 1)? {
                Kind::Array(_) => None,
                item => Some(Kind::Array(Box::new(Use::new(item)))),
            },
            Kind::Map(_) => None,
        }
    }

    /// A header of a media type is the text of it, which is all there is to say where that is a string.
    fn header_content(&mut self, content: &'a IndexMap<String, MediaType>, pointer: &Pointer) {
        let place = pointer.child("content");
        let Some((name, MediaType { schema, .. })) = content.first() else {
            return;
        };
        let Some(schema) = schema else {
            return;
        };
        let part = Part {
            schema: schema.into(),
            pointer: place.child(name).child("schema"),
            owner: Owner::operation(usize::MAX, name),
        };
        if matches!(Media::of(name), Media::Text) && self.is_text(&part, 0) {
            self.note_raw(&part);
            return;
        }
        let message = format!("a response header that is `{name}` is not decoded");
        self.undecoded_header(&part.pointer, &message);
    }

    fn undecoded_header(&mut self, pointer: &Pointer, message: &str) {
        // A header that many responses refer to is reported once.
        if self.widened.insert(pointer.clone()) {
            self.diagnostics
                .report(Code::Unsupported, pointer, message)
                .label("read as the text that came")
                .help("decode the text yourself");
        }
    }
}

/// What an inline type of a response is called.
fn role(status: Status) -> String {
    match status {
        Status::Exact(200) | Status::Range(2) => "response".to_owned(),
        Status::Exact(code @ 201..=299) => format!("response {code}"),
        Status::Exact(code) => format!("error {code}"),
        Status::Range(class) => format!("error {class}xx"),
        Status::Default => "error".to_owned(),
    }
}

fn status(code: &StatusCode) -> Option<Status> {
    match code {
        StatusCode::Code(code @ 100..=599) => Some(Status::Exact(*code)),
        StatusCode::Range(class @ 1..=5) => u8::try_from(*class).ok().map(Status::Range),
        StatusCode::Code(_) | StatusCode::Range(_) => None,
    }
}

/// Whether text can stand in an `Accept` header.
fn is_media_type(name: &str) -> bool {
    name.contains('/') && name.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}
