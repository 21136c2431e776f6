//! What the two parsers say about a broken text, as a sentence and a byte offset.

use super::Problem;
use crate::diagnostic::{Code, Place};

/// Flow collections open at once beyond which YAML is not even tried: its scanner takes time in
/// proportion to the depth for every token. Far above the 128 levels that are read, since brackets
/// in prose and patterns are counted too.
const MOST_BRACKETS: usize = 4096;

/// A message of `serde_json`, which appends the position to it.
pub(super) fn json(
    error: &serde_json::Error,
    file: usize,
    text: &str,
    start: usize,
    exhausted: bool,
) -> Problem {
    let before = text
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1))
        .map(str::len)
        .sum::<usize>();
    let offset = floor(text, before + error.column().saturating_sub(1));
    let place = Place::Offset {
        file,
        offset: start + offset,
    };
    if exhausted {
        return expands(place);
    }
    let position = format!(" at line {} column {}", error.line(), error.column());
    let said = error.to_string();
    let said = said.strip_suffix(&position).unwrap_or(&said);
    if said.starts_with("recursion limit") {
        return deep(place);
    }
    Problem {
        code: Code::Syntax,
        place,
        message: format!("the document is not valid JSON: {said}"),
        help: "",
    }
}

/// A message of `serde_yaml`, which has positions in several places.
pub(super) fn yaml(
    error: &serde_yaml::Error,
    file: usize,
    text: &str,
    start: usize,
    exhausted: bool,
) -> Problem {
    let index = error.location().map_or(0, |location| location.index());
    // A character that YAML does not allow is reported without a location.
    let offset = match index {
        0 => text.find(is_unprintable).unwrap_or(0),
        index => floor(text, index),
    };
    let place = Place::Offset {
        file,
        offset: start + offset,
    };
    let said = error.to_string();
    if exhausted || said.starts_with("repetition limit") {
        return expands(place);
    }
    if said.starts_with("recursion limit") {
        return deep(place);
    }
    Problem {
        code: Code::Syntax,
        place,
        message: format!(
            "the document is not valid YAML: {}",
            without_positions(&said)
        ),
        help: "",
    }
}

/// A text with nothing in it.
pub(super) fn empty(file: usize) -> Problem {
    Problem {
        code: Code::Syntax,
        place: Place::File(file),
        message: String::from("the document is empty"),
        help: "",
    }
}

/// A text that nests further than is safe to follow.
pub(super) fn deep(place: Place) -> Problem {
    Problem {
        code: Code::Limit,
        place,
        message: String::from("the document is nested more than 128 levels deep"),
        help: "give the inner part a name under `components` and refer to it",
    }
}

fn expands(place: Place) -> Problem {
    Problem {
        code: Code::Limit,
        place,
        message: String::from("the document holds more values than can be read safely"),
        help: "leave out what the client does not need; YAML aliases inside aliases multiply",
    }
}

/// Where more brackets are open than any sensible text has, counting those in strings as well.
pub(super) fn too_deep(text: &str) -> Option<usize> {
    let mut open = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > MOST_BRACKETS
    })
}

/// Characters that YAML does not allow anywhere (<https://yaml.org/spec/1.2.2/#51-character-set>).
fn is_unprintable(character: char) -> bool {
    character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}')
}

/// Cuts ` at line 1 column 2` and ` at position 3` out of a message.
fn without_positions(said: &str) -> String {
    let mut parts = said.split(", ").map(|part| {
        let end = part
            .find(" at line ")
            .or_else(|| part.find(" at position "));
        &part[..end.unwrap_or(part.len())]
    });
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |sentence, part| format!("{sentence}, {part}"))
}

/// The start of the character that holds this byte.
fn floor(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
