//! Bodies of parts: what is a part, and of what type a part is. Which parts are files, `files` knows.
//!
//! The properties of an object are named parts. OpenAPI up to 3.1 describes so any `multipart/*`; 3.2 says
//! that only the parts of `multipart/form-data` have names, and has lists of parts for everything else.

use super::Lowering;
use super::body::Media;
use super::merge::Part;
use crate::beside;
use crate::diagnostic::{Code, Place, Pointer};
use crate::ir::{Content, Kind, PartTypes, Scalar, Shape, Use};
use crate::media::essence;
use openapiv3::MediaType;
use serde_json::Value;

/// How many names a type may have.
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
