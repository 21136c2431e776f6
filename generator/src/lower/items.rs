//! Bodies that are streams of items: which media types are, and of what type an item is.

use super::body::Media;
use super::facets::{Facets, SchemaRef};
use super::merge::Part;
use super::{Lowering, Owner};
use crate::beside;
use crate::diagnostic::{Code, Pointer};
use crate::ir::{Kind, Reading, Scalar, Use};
use crate::media::{essence, is_events, is_of_items, is_sequence};
use openapiv3::{MediaType, ReferenceOr, Schema};

impl<'a> Lowering<'a, '_> {
    /// How the items of a stream are read, if the body is one and its items have a type. The schema is
    /// that of an item, or of a list of all of them.
    pub(super) fn items(
        &mut self,
        essence: &str,
        media_type: &MediaType,
        part: Option<&Part<'a>>,
    ) -> Option<Reading> {
        if !is_of_items(essence) {
            return None;
        }
        let is_list = media_type.extensions.contains_key(beside::STREAM);
        let used = part.map(|part| self.use_of(part));
        let item = match used.map(|used| used.kind) {
            Some(Kind::Array(item)) if is_list || is_sequence(essence) => Some(*item),
            None | Some(Kind::Any) => None,
            Some(kind) => Some(Use::new(kind)),
        };
        let is_text = item.as_ref().is_none_or(|item| {
            let plain = self.plain(item, 0);
            plain.is_some_and(|plain| plain.kind == Kind::Scalar(Scalar::String))
        });
        match item {
            _ if is_text && is_events(essence) => Some(Reading::TextEvents),
            // Lines that nothing is said of.
            Some(item) if is_sequence(essence) => (!is_text).then_some(Reading::Items(item)),
            Some(item) if is_list && part.is_some_and(|part| self.is_event(part)) => {
                Some(Reading::EventObjects(item))
            }
            Some(item) => Some(Reading::Events(item)),
            None => None,
        }
    }

    /// Whether the items of a list are described as whole events: objects with `data`.
    fn is_event(&self, list: &Part<'a>) -> bool {
        let SchemaRef::Item(list) = list.schema else {
            return false;
        };
        let items = Facets::of(list).items;
        let items = items.and_then(|items| self.followed(items));
        items.is_some_and(|items| describes_event(items, 0))
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
        let essence = essence(name);
        let is_decoded =
            matches!(Media::of(name), Media::Json | Media::Any) || is_of_items(&essence);
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
}

/// Whether a schema, or a part of it, has a property `data`.
fn describes_event(schema: &Schema, depth: usize) -> bool {
    let facets = Facets::of(schema);
    let mut properties = facets.properties.iter();
    let mut parts = [facets.all_of, facets.one_of, facets.any_of]
        .into_iter()
        .flatten();
    properties.any(|(name, _)| *name == "data")
        || depth < 8
            && parts.any(|part| match part {
                ReferenceOr::Item(part) => describes_event(part, depth + 1),
                ReferenceOr::Reference { .. } => false,
            })
}
