//! Positions in JSON: each object and list is read when a path leads through it, one level at a time.
//!
//! Whatever stands deeper is skipped: most documents have few places to show, and a tree of all
//! positions took a tenth of the whole generation.

use super::Found;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;

/// A text that is JSON. Ranges count bytes.
#[derive(Debug)]
pub(super) struct Json<'t> {
    text: &'t str,
    root: &'t str,
    /// What was read, by where it begins.
    read: RefCell<BTreeMap<usize, Rc<Children<'t>>>>,
}

/// One level of a value.
#[derive(Debug)]
enum Children<'t> {
    None,
    Items(Vec<&'t str>),
    Members(Vec<(Cow<'t, str>, &'t str, &'t str)>),
}

impl<'t> Json<'t> {
    /// The text, if it is JSON from `start` on, and an object or a list.
    pub(super) fn new(text: &'t str, start: usize) -> Option<Self> {
        let root = text.get(start..)?.trim();
        if !root.starts_with(['{', '[']) {
            return None;
        }
        let json = Self {
            text,
            root,
            read: RefCell::default(),
        };
        let children = serde_json::from_str(root).ok()?;
        json.read
            .borrow_mut()
            .insert(json.offset(root), Rc::new(children));
        Some(json)
    }

    /// Follows a path as far as it goes; `true` if that is to its end.
    pub(super) fn find(&self, segments: impl Iterator<Item = String>) -> (Found, bool) {
        let (mut node, mut key) = (self.root, None);
        for segment in segments {
            let children = self.children(node);
            let next = match &*children {
                Children::None => None,
                Children::Items(items) => segment
                    .parse::<usize>()
                    .ok()
                    .and_then(|index| Some((*items.get(index)?, None))),
                // The last of several equal keys counts.
                Children::Members(members) => members
                    .iter()
                    .rev()
                    .find(|(name, ..)| *name == segment)
                    .map(|(_, key, value)| (*value, Some(*key))),
            };
            let Some(next) = next else {
                return (self.found(node, key), false);
            };
            (node, key) = next;
        }
        (self.found(node, key), true)
    }

    /// The first of several equal keys of an object, of which the last one counts.
    pub(super) fn first_key(
        &self,
        mut segments: impl DoubleEndedIterator<Item = String>,
    ) -> Option<Range<usize>> {
        let last = segments.next_back()?;
        let (parent, true) = self.find(segments) else {
            return None;
        };
        match &*self.children(self.text.get(parent.span)?) {
            Children::Members(members) => {
                let (_, key, _) = members.iter().find(|(name, ..)| *name == last)?;
                Some(self.range(key))
            }
            Children::None | Children::Items(_) => None,
        }
    }

    fn found(&self, node: &str, key: Option<&str>) -> Found {
        Found {
            span: self.range(node),
            key: key.map(|key| self.range(key)),
            is_collection: node.starts_with(['{', '[']),
        }
    }

    fn children(&self, node: &'t str) -> Rc<Children<'t>> {
        let mut read = self.read.borrow_mut();
        let children = read.entry(self.offset(node)).or_insert_with(|| {
            // A scalar has no levels. All others were read as part of the text around them, and can be again.
            Rc::new(serde_json::from_str(node).unwrap_or(Children::None))
        });
        Rc::clone(children)
    }

    /// Where a part of the text begins.
    fn offset(&self, part: &str) -> usize {
        part.as_ptr().addr() - self.text.as_ptr().addr()
    }

    fn range(&self, part: &str) -> Range<usize> {
        let start = self.offset(part);
        start..start + part.len()
    }
}

impl<'de> Deserialize<'de> for Children<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Level)
    }
}

/// Reads one level.
struct Level;

impl<'de> Visitor<'de> for Level {
    type Value = Children<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some((key, value)) = map.next_entry::<&RawValue, &RawValue>()? {
            let name = match key.get().trim_matches('"') {
                plain if !plain.contains('\\') => Cow::Borrowed(plain),
                _ => Cow::Owned(serde_json::from_str(key.get()).map_err(serde::de::Error::custom)?),
            };
            members.push((name, key.get(), value.get()));
        }
        Ok(Children::Members(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element::<&RawValue>()? {
            items.push(item.get());
        }
        Ok(Children::Items(items))
    }
}
