//! Where in a JSON text an error is, and what can be said of it without quoting the text.
//!
//! Following the path while decoding would double the code of every type. So it is found
//! afterwards, only when there is an error: the text is walked up to the position that the error
//! names, keeping the keys and indices that are open there.

use super::rest::DUPLICATE_PROPERTY;
use serde_json::error::Category;
use std::fmt::Write;

/// The longest key that a path shows in full, in characters.
const MAX_KEY: usize = 64;

/// The path to the error in `text`, for instance `$.items[3].name`.
pub(super) fn path(text: &[u8], error: &serde_json::Error) -> String {
    let mut line_start = 0;
    for _ in 1..error.line() {
        let rest = text.get(line_start..).unwrap_or_default();
        match rest.iter().position(|byte| *byte == b'\n') {
            Some(end) => line_start += end + 1,
            None => break,
        }
    }
    let mut end = line_start.saturating_add(error.column()).min(text.len());
    if error.classify() == Category::Syntax {
        // The last byte is the one that should not be there; it opens and closes nothing.
        end = end.saturating_sub(1);
    }
    let mut scanner = Scanner::default();
    scanner.scan(text.get(..end).unwrap_or_default());
    scanner.path()
}

/// An object or array that is open.
enum Container<'t> {
    /// With the raw text of the last key, if the value of that key has begun or ended.
    Object(Option<&'t [u8]>),
    /// With the index of the item that has begun or ended, or is expected.
    Array(usize),
}

/// Walks over JSON that is well-formed as far as it goes; where it is not, it just goes on.
#[derive(Default)]
struct Scanner<'t> {
    open: Vec<Container<'t>>,
    /// Containers that are open inside those, which nobody wants to read.
    deeper: usize,
}

/// How many steps a path has at most.
const STEPS: usize = 64;

impl<'t> Scanner<'t> {
    fn scan(&mut self, text: &'t [u8]) {
        let mut expects_key = false;
        let mut position = 0;
        while let Some(byte) = text.get(position) {
            position += 1;
            match byte {
                b'{' | b'[' if self.open.len() >= STEPS => {
                    self.deeper += 1;
                    expects_key = false;
                }
                b'}' | b']' if self.deeper > 0 => {
                    self.deeper -= 1;
                    expects_key = false;
                }
                b'{' => {
                    self.open.push(Container::Object(None));
                    expects_key = true;
                }
                b'[' => {
                    self.open.push(Container::Array(0));
                    expects_key = false;
                }
                b'}' | b']' => {
                    self.open.pop();
                    expects_key = false;
                }
                b',' if self.deeper > 0 => {}
                b',' => match self.open.last_mut() {
                    Some(Container::Object(key)) => {
                        *key = None;
                        expects_key = true;
                    }
                    Some(Container::Array(index)) => *index += 1,
                    None => {}
                },
                b'"' => {
                    let end = string_end(text, position);
                    if expects_key && let Some(Container::Object(key)) = self.open.last_mut() {
                        *key = text.get(position - 1..end);
                        expects_key = false;
                    }
                    position = end;
                }
                _ => {}
            }
        }
    }

    fn path(&self) -> String {
        let mut path = String::from("$");
        for container in &self.open {
            match container {
                Container::Object(None) => {}
                Container::Object(Some(key)) => push_key(&mut path, key),
                Container::Array(index) => {
                    // Writing to a string cannot fail.
                    let _ = write!(path, "[{index}]");
                }
            }
        }
        if self.deeper > 0 {
            path.push('…');
        }
        path
    }
}

/// The position after the quote that ends the string whose content starts at `start`.
fn string_end(text: &[u8], start: usize) -> usize {
    let mut position = start;
    while let Some(byte) = text.get(position) {
        match byte {
            b'"' => return position + 1,
            b'\\' => position += 2,
            _ => position += 1,
        }
    }
    text.len()
}

/// Appends `.key`, or `["key"]` where the key is not a plain word.
fn push_key(path: &mut String, raw: &[u8]) {
    let key: String = match serde_json::from_slice(raw) {
        Ok(key) => key,
        Err(_) => String::from_utf8_lossy(raw).trim_matches('"').to_owned(),
    };
    let mut shown: String = key.chars().take(MAX_KEY).collect();
    if shown.len() < key.len() {
        shown.push('…');
    }
    let is_word = !shown.is_empty() && shown.chars().all(|c| c.is_alphanumeric() || c == '_');
    if is_word {
        path.push('.');
        path.push_str(&shown);
    } else {
        let _ = write!(path, "[{shown:?}]");
    }
}

/// What is wrong, without the position and without any value of the text, which may be a secret.
pub(super) fn message(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let position = format!(" at line {} column {}", error.line(), error.column());
    let text = text.strip_suffix(&position).unwrap_or(&text);
    match error.classify() {
        // These come from the parser, which quotes nothing.
        Category::Syntax | Category::Eof | Category::Io => text.to_owned(),
        Category::Data => without_value(text),
    }
}

/// A message of a type, reduced to those parts that the document or this crate wrote.
fn without_value(text: &str) -> String {
    // Field names in these are the document's own.
    if text.starts_with("missing field `")
        || text.starts_with("duplicate field `")
        || text == DUPLICATE_PROPERTY
    {
        return text.to_owned();
    }
    for prefix in ["invalid type: ", "invalid value: ", "invalid length "] {
        if let Some(found) = text.strip_prefix(prefix)
            // The last one: the value before it may hold the same words.
            && let Some((found, expected)) = found.rsplit_once(", expected ")
        {
            let kind = kind(found);
            return format!("{prefix}{kind}, expected {expected}");
        }
    }
    "the value is not one that its type accepts".to_owned()
}

/// The kind of value that serde names before it quotes it.
fn kind(found: &str) -> &str {
    const KINDS: [&str; 12] = [
        "boolean",
        "integer",
        "floating point number",
        "floating point",
        "character",
        "string",
        "byte array",
        "null",
        "sequence",
        "map",
        "Option value",
        "unit value",
    ];
    let known = KINDS.into_iter().find(|kind| found.starts_with(kind));
    known.unwrap_or("another one")
}
