//! Text of a document, made safe to show on a terminal.
//!
//! A document can hold escape sequences that recolour or clear the screen, and direction controls
//! that make a line read as something else. They are shown as what they are: `\u{202e}`.

use std::fmt::Write as _;
use std::ops::Range;

/// Lines of at most this many bytes are shown whole.
const WHOLE: usize = 240;
/// How much of a longer line is shown in front of the marked text, in characters.
const BEFORE: usize = 50;
/// How much of a longer line is shown from the start of the marked text on, in characters.
const AFTER: usize = 80;

/// The part of a line that is worth showing, and where the marked text is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// The text, safe to print, without a line end.
    pub text: String,
    /// The marked bytes of `text`.
    pub span: Range<usize>,
}

/// One line: line ends are shown as escapes too.
#[must_use]
pub fn line(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    for character in text.chars() {
        push(&mut output, character);
    }
    output
}

/// Several lines: everything but line ends is shown as by [`line`].
#[must_use]
pub fn lines(text: &str) -> String {
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Cuts a long line down to the surroundings of `span`; a minified document is one line of megabytes.
#[must_use]
pub fn window(text: &str, span: Range<usize>) -> Window {
    let start = floor(text, span.start);
    let end = floor(text, span.end.max(start));
    let (from, to) = if text.len() <= WHOLE {
        (0, text.len())
    } else {
        surroundings(text, start)
    };
    let end = end.min(to);

    let mut window = Window {
        text: String::new(),
        span: 0..0,
    };
    if from > 0 {
        window.text.push_str("… ");
    }
    window.text.push_str(&line(&text[from..start]));
    window.span.start = window.text.len();
    window.text.push_str(&line(&text[start..end]));
    window.span.end = window.text.len();
    window.text.push_str(&line(&text[end..to]));
    if to < text.len() {
        window.text.push_str(" …");
    }
    window
}

/// The bytes from [`BEFORE`] characters in front of `start` to [`AFTER`] characters behind it.
fn surroundings(text: &str, start: usize) -> (usize, usize) {
    let from = text[..start]
        .char_indices()
        .rev()
        .nth(BEFORE - 1)
        .map_or(0, |(at, _)| at);
    let to = text[start..]
        .char_indices()
        .nth(AFTER)
        .map_or(text.len(), |(at, _)| start + at);
    (from, to)
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn push(output: &mut String, character: char) {
    match character {
        '\t' => output.push('\t'),
        '\n' => output.push_str("\\n"),
        '\r' => output.push_str("\\r"),
        character if is_hidden(character) => {
            // Writing to a `String` cannot fail.
            let _ = write!(output, "\\u{{{:x}}}", u32::from(character));
        }
        character => output.push(character),
    }
}

/// Controls, direction marks, and characters without a shape of their own.
///
/// See <https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing>.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::{line, lines, window};

    #[test]
    fn controls_are_shown_as_escapes() {
        let cases = [
            ("plain: é ✓", "plain: é ✓"),
            ("red \u{1b}[31m", "red \\u{1b}[31m"),
            ("c1 \u{9b}31m", "c1 \\u{9b}31m"),
            (
                "a\u{202e}b\u{2066}c\u{200f}",
                "a\\u{202e}b\\u{2066}c\\u{200f}",
            ),
            ("two\r\nlines", "two\\r\\nlines"),
            ("nul \0", "nul \\u{0}"),
        ];
        for (input, expected) in cases {
            assert_eq!(line(input), expected);
        }
        assert_eq!(lines("one\ntwo\u{7}"), "one\ntwo\\u{7}");
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let shown = window("type: \u{202e}string", 6..15);
        assert_eq!(shown.text, "type: \\u{202e}string");
        assert_eq!(&shown.text[shown.span], "\\u{202e}string");
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let text = format!("{}MARK{}", "é".repeat(1_000), "ü".repeat(1_000));
        let shown = window(&text, 2_000..2_004);
        assert_eq!(&shown.text[shown.span.clone()], "MARK");
        assert_eq!(
            shown.text,
            format!("… {}MARK{} …", "é".repeat(50), "ü".repeat(76))
        );
    }

    #[test]
    fn marks_outside_the_line_or_inside_a_character_do_no_harm() {
        assert_eq!(window("ab", 7..9).span, 2..2);
        assert_eq!(window("é", 1..2).text, "é");
        let long = "x".repeat(1_000);
        let shown = window(&long, 0..1_000);
        assert_eq!(shown.span, 0..80);
    }
}
