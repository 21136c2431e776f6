//! Integers that are written with a fraction of zeros.

use serde_json::error::Category;

/// The text with `1` for every `1.0`, if the error is about a number with a fraction, and there
/// is one.
pub fn without_fractions(text: &[u8], error: &serde_json::Error) -> Option<Vec<u8>> {
    let message = error.to_string();
    let is_fraction = match error.classify() {
        Category::Data => message.starts_with("invalid type: floating point"),
        // What reads 128 bits takes the digits only, and then there is a point where nothing may be.
        Category::Syntax => {
            message.starts_with("expected `,` or") || message.starts_with("trailing characters")
        }
        Category::Io | Category::Eof => false,
    };
    is_fraction.then(|| rewritten(text))?
}

/// The text without fractions of zeros; nothing where there are none.
fn rewritten(text: &[u8]) -> Option<Vec<u8>> {
    let mut written = Vec::with_capacity(text.len());
    let mut is_changed = false;
    let mut rest = text;
    while let Some((byte, after)) = rest.split_first() {
        let length = match byte {
            b'"' => string_length(rest),
            b'.' => {
                let zeros = after.iter().take_while(|byte| **byte == b'0').count();
                let next = after.get(zeros);
                let is_more = matches!(next, Some(b'0'..=b'9' | b'e' | b'E'));
                if zeros > 0 && !is_more {
                    is_changed = true;
                    rest = after.get(zeros..).unwrap_or_default();
                    continue;
                }
                1
            }
            _ => 1,
        };
        let (token, after) = rest.split_at_checked(length).unwrap_or((rest, &[]));
        written.extend_from_slice(token);
        rest = after;
    }
    is_changed.then_some(written)
}

/// How long the string is that starts the text, quotes included.
fn string_length(text: &[u8]) -> usize {
    let mut position = 1;
    while let Some(byte) = text.get(position) {
        match byte {
            b'"' => return position + 1,
            b'\\' => position += 2,
            _ => position += 1,
        }
    }
    text.len()
}
