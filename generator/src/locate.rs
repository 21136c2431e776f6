//! From places to bytes of the text, for messages.
//!
//! The trees that the generator works on know no positions, so a clean run pays nothing. When there
//! is something to say, the text is read once more: JSON level by level, and anything else by
//! `saphyr-parser`, which keeps positions. Nothing here fails: what cannot be found is near something
//! that can.

mod json;
mod lenient;
mod offsets;
mod tree;

use crate::diagnostic::{Place, Pointer, unescaped};
use json::Json;
use offsets::Offsets;
use std::cell::OnceCell;
use std::ops::Range;
use tree::Tree;

/// Finds places in one text, which is parsed when the first of them is asked for.
#[derive(Debug)]
pub struct Locator<'t> {
    text: &'t str,
    parsed: OnceCell<Parsed<'t>>,
}

#[derive(Debug)]
enum Parsed<'t> {
    Json(Json<'t>),
    /// Ranges of it count characters.
    Other(Tree, Offsets),
}

/// A node that was looked up. Ranges count bytes.
#[derive(Clone, Debug)]
struct Found {
    span: Range<usize>,
    /// The key that leads to it, if it is a member of a mapping.
    key: Option<Range<usize>>,
    is_collection: bool,
}

impl<'t> Locator<'t> {
    /// A locator for the text of one file.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            parsed: OnceCell::new(),
        }
    }

    /// The bytes to show for a place, never more than one line.
    ///
    /// Of an object or a list only the key is shown, or its beginning where it has none. A place
    /// that is not in the text is shown as the innermost node around it that is; `None` is never
    /// the answer today, but callers should be able to live without a snippet.
    #[must_use]
    pub fn span(&self, place: &Place) -> Option<Range<usize>> {
        Some(match place {
            Place::File(_) => 0..0,
            Place::Offset { offset, .. } => self.character_at(*offset),
            Place::Value(pointer) => self.value(pointer),
            Place::Key(pointer) => self.key(pointer),
            Place::FirstKey(pointer) => self.first_key(pointer),
        })
    }

    fn key(&self, pointer: &Pointer) -> Range<usize> {
        match self.find(pointer) {
            (Found { key: Some(key), .. }, true) => self.line(&key),
            (found, _) => self.node(&found),
        }
    }

    fn first_key(&self, pointer: &Pointer) -> Range<usize> {
        let key = match self.parsed() {
            Parsed::Json(json) => json.first_key(segments(pointer)),
            Parsed::Other(tree, offsets) => tree
                .first_key(segments(pointer))
                .map(|key| offsets.bytes(self.text, &key)),
        };
        key.map_or_else(|| self.key(pointer), |key| self.line(&key))
    }

    fn value(&self, pointer: &Pointer) -> Range<usize> {
        self.node(&self.find(pointer).0)
    }

    fn find(&self, pointer: &Pointer) -> (Found, bool) {
        match self.parsed() {
            Parsed::Json(json) => json.find(segments(pointer)),
            Parsed::Other(tree, offsets) => {
                let (found, is_all) = tree.find(segments(pointer));
                let bytes = |range| offsets.bytes(self.text, &range);
                let found = Found {
                    span: bytes(found.span),
                    key: found.key.map(bytes),
                    ..found
                };
                (found, is_all)
            }
        }
    }

    /// The bytes that stand for a whole node.
    fn node(&self, found: &Found) -> Range<usize> {
        let is_long = found.is_collection || found.span.is_empty();
        match &found.key {
            Some(key) if is_long => self.line(key),
            _ => {
                let start = self.line(&found.span).start;
                if found.is_collection && self.text[start..].starts_with(['{', '[']) {
                    return start..start + 1;
                }
                self.line(&found.span)
            }
        }
    }

    /// A range, cut at the end of its first line.
    fn line(&self, range: &Range<usize>) -> Range<usize> {
        let line = self.text[range.clone()]
            .split(['\n', '\r'])
            .next()
            .unwrap_or_default();
        range.start..range.start + line.trim_end().len()
    }

    /// The character that holds a byte; nothing at the end of a line or of the text.
    fn character_at(&self, offset: usize) -> Range<usize> {
        let mut start = offset.min(self.text.len());
        while !self.text.is_char_boundary(start) {
            start -= 1;
        }
        match self.text[start..].chars().next() {
            Some('\n' | '\r') | None => start..start,
            Some(character) => start..start + character.len_utf8(),
        }
    }

    fn parsed(&self) -> &Parsed<'t> {
        self.parsed.get_or_init(|| {
            let text = self.text.strip_prefix('\u{feff}').unwrap_or(self.text);
            let start = self.text.len() - text.len();
            match Json::new(self.text, start) {
                Some(json) => Parsed::Json(json),
                None => Parsed::Other(Tree::parse(text), Offsets::new(self.text, start)),
            }
        })
    }
}

/// The keys and indices of a pointer.
fn segments(pointer: &Pointer) -> impl DoubleEndedIterator<Item = String> {
    let segments: Vec<_> = pointer.path.split('/').skip(1).map(unescaped).collect();
    segments.into_iter()
}
