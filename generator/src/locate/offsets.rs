//! From the number of a character, which is what `saphyr-parser` counts, to bytes.

use std::ops::Range;

/// Characters between two notes.
const STRIDE: usize = 1024;

/// The byte of every 1024th character.
#[derive(Debug)]
pub(super) struct Offsets {
    /// Bytes before the first character that counts: those of a byte order mark.
    start: usize,
    /// `None` for a text of ASCII, where characters are bytes.
    notes: Option<Vec<usize>>,
}

impl Offsets {
    /// Counts the characters of a text from this byte on.
    pub(super) fn new(text: &str, start: usize) -> Self {
        let counted = text[start..].char_indices().step_by(STRIDE);
        let notes =
            (!text[start..].is_ascii()).then(|| counted.map(|(byte, _)| start + byte).collect());
        Self { start, notes }
    }

    /// A range of characters as a range of bytes.
    pub(super) fn bytes(&self, text: &str, characters: &Range<usize>) -> Range<usize> {
        let start = self.byte(text, characters.start);
        start..self.byte(text, characters.end).max(start)
    }

    /// The byte where a character begins; the end of the text for one that does not exist.
    fn byte(&self, text: &str, character: usize) -> usize {
        let Some(notes) = &self.notes else {
            return (self.start + character).min(text.len());
        };
        let Some(note) = notes.get(character / STRIDE) else {
            return text.len();
        };
        let rest = text[*note..].char_indices().nth(character % STRIDE);
        rest.map_or(text.len(), |(byte, _)| note + byte)
    }
}
