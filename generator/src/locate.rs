//! From places to bytes of the text, for messages.
//!
//! The trees that the generator works on know no positions, so a clean run pays nothing. When there
//! is something to say, the text is parsed once more by `saphyr-parser`, which keeps them and reads
//! YAML and JSON alike. Nothing here fails: what cannot be found is near something that can.

mod lenient;
mod offsets;
mod tree;

use crate::diagnostic::{Place, Pointer};
use offsets::Offsets;
use std::cell::OnceCell;
use std::ops::Range;
use tree::{Found, Tree};

/// Finds places in one text, which is parsed when the first of them is asked for.
#[derive(Debug)]
pub struct Locator<'t> {
    text: &'t str,
    parsed: OnceCell<(Tree, Offsets)>,
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
            (Found { key: Some(key), .. }, true) => self.bytes(&key),
            (found, _) => self.node(&found),
        }
    }

    fn first_key(&self, pointer: &Pointer) -> Range<usize> {
        match self.parsed().0.first_key(segments(pointer)) {
            Some(key) => self.bytes(&key),
            None => self.key(pointer),
        }
    }

    fn value(&self, pointer: &Pointer) -> Range<usize> {
        self.node(&self.find(pointer).0)
    }

    fn find(&self, pointer: &Pointer) -> (Found, bool) {
        self.parsed().0.find(segments(pointer))
    }

    /// The bytes that stand for a whole node.
    fn node(&self, found: &Found) -> Range<usize> {
        let is_long = found.is_collection || found.span.is_empty();
        match &found.key {
            Some(key) if is_long => self.bytes(key),
            _ => {
                let start = &self.text[self.bytes(&found.span).start..];
                if found.is_collection && start.starts_with(['{', '[']) {
                    let start = self.text.len() - start.len();
                    return start..start + 1;
                }
                self.bytes(&found.span)
            }
        }
    }

    /// A range of characters as a range of bytes, cut at the end of its first line.
    fn bytes(&self, characters: &Range<usize>) -> Range<usize> {
        let offsets = &self.parsed().1;
        let start = offsets.byte(self.text, characters.start);
        let end = offsets.byte(self.text, characters.end).max(start);
        let line = self.text[start..end]
            .split(['\n', '\r'])
            .next()
            .unwrap_or_default();
        start..start + line.trim_end().len()
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

    fn parsed(&self) -> &(Tree, Offsets) {
        self.parsed.get_or_init(|| {
            let text = self.text.strip_prefix('\u{feff}').unwrap_or(self.text);
            (
                Tree::parse(text),
                Offsets::new(self.text, self.text.len() - text.len()),
            )
        })
    }
}

/// The keys and indices of a pointer.
fn segments(pointer: &Pointer) -> impl DoubleEndedIterator<Item = String> {
    let unescape = |segment: &str| segment.replace("~1", "/").replace("~0", "~");
    let segments: Vec<_> = pointer.path.split('/').skip(1).map(unescape).collect();
    segments.into_iter()
}
