//! Documentation: text of the document as Markdown that is safe to print in a Rust file.
//!
//! A description comes from somebody else. Left as it is, a code block in it would be run as a
//! doctest, raw HTML would reach the rendered page, `[x]` would be a broken link, and control
//! characters would break the file. So every block of code becomes plain text, every run of spaces
//! that could make one is folded, and everything that is neither code, emphasis, a list, a table
//! nor an `http` link is escaped.

mod inline;

use crate::model::Docs;
use inline::escape_inline;

/// Where long lines are broken, in characters.
const WIDTH: usize = 96;

/// The documentation of an item: paragraphs of the generator's own, and of the document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Writer {
    lines: Vec<String>,
}

impl Writer {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a paragraph of text from the document, made safe.
    pub fn untrusted(mut self, text: &str) -> Self {
        let lines = markdown(text);
        if !lines.is_empty() {
            self.separate();
            self.lines.extend(lines);
        }
        self
    }

    /// Adds a paragraph of text from the document, if there is one.
    pub fn untrusted_or(self, text: Option<&str>, fallback: &str) -> Self {
        match text.filter(|text| !text.trim().is_empty()) {
            Some(text) => self.untrusted(text),
            None => self.paragraph(fallback),
        }
    }

    /// Adds a paragraph of the generator's own; parts from the document went through [`code`].
    pub fn paragraph(mut self, text: &str) -> Self {
        self.separate();
        wrap(text, "", &mut self.lines);
        self
    }

    /// Adds lines of the generator's own as they are.
    pub fn verbatim<'l>(mut self, lines: impl IntoIterator<Item = &'l str>) -> Self {
        self.separate();
        self.lines.extend(lines.into_iter().map(str::to_owned));
        self
    }

    /// The finished documentation.
    pub fn docs(self) -> Docs {
        Docs { lines: self.lines }
    }

    fn separate(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

/// Text from the document as inline code: one line, no backtick can end it early.
pub(crate) fn code(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|character| {
            if character.is_whitespace() {
                ' '
            } else {
                visible(character)
            }
        })
        .collect();
    let longest = line
        .split(|character| character != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if longest > 0 || line.starts_with(' ') || line.is_empty() {
        " "
    } else {
        ""
    };
    // An empty code span cannot be written.
    if line.trim().is_empty() {
        format!("{fence}\"{line}\"{fence}")
    } else {
        format!("{fence}{pad}{line}{pad}{fence}")
    }
}

/// Makes a description safe.
fn markdown(text: &str) -> Vec<String> {
    let text: String = text
        .replace("\r\n", "\n")
        .replace('\r', "\n")
        .chars()
        .map(visible)
        .collect();
    let mut lines = Vec::new();
    let mut fence: Option<Fence> = None;
    for line in text.split('\n') {
        let line = line.replace('\t', "    ");
        match &fence {
            Some(open) if open.is_closed_by(&line) => {
                lines.push(open.text());
                fence = None;
            }
            Some(open) => lines.push(open.content(&line)),
            None => match Fence::open(&line) {
                Some(open) => {
                    lines.push(format!("{}text", open.text()));
                    fence = Some(open);
                }
                None => prose(&line, &mut lines),
            },
        }
    }
    lines.extend(fence.map(|open| open.text()));
    trim_blank(lines)
}

/// A fenced block of code of the document, printed as plain text.
struct Fence {
    marker: char,
    length: usize,
}

/// Longer than any fence inside: a run of this length in the content is broken up.
const FENCE: usize = 4;

impl Fence {
    fn open(line: &str) -> Option<Self> {
        let line = line.trim_start();
        let marker = line
            .chars()
            .next()
            .filter(|first| matches!(first, '`' | '~'))?;
        let length = line
            .chars()
            .take_while(|character| *character == marker)
            .count();
        let info = &line[length..];
        (length >= 3 && !(marker == '`' && info.contains('`'))).then_some(Self { marker, length })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.length && line.chars().all(|character| character == self.marker)
    }

    fn text(&self) -> String {
        "`".repeat(FENCE)
    }

    /// Content can hold no fence of our own.
    fn content(&self, line: &str) -> String {
        line.trim_end().replace("````", "``` `")
    }
}

/// A line of prose: no indentation that makes code, inline markup made safe, wrapped.
fn prose(line: &str, lines: &mut Vec<String>) {
    let trimmed = line.trim();
    if trimmed.is_empty() {
        if lines.last().is_some_and(|last| !last.is_empty()) {
            lines.push(String::new());
        }
        return;
    }
    let indentation = (line.len() - line.trim_start().len()).min(3);
    let indent = if is_list_item(trimmed) {
        &"   "[..indentation]
    } else {
        ""
    };
    let folded = fold_spaces(trimmed);
    let safe = escape_inline(&folded);
    if trimmed.starts_with('|') {
        lines.push(format!("{indent}{safe}"));
    } else {
        wrap(&safe, indent, lines);
    }
}

fn is_list_item(line: &str) -> bool {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let rest = &line[digits..];
    if digits > 0 {
        rest.starts_with(". ") || rest.starts_with(") ")
    } else {
        rest.starts_with("- ") || rest.starts_with("* ") || rest.starts_with("+ ")
    }
}

fn fold_spaces(line: &str) -> String {
    line.split(' ')
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Breaks a line at spaces, never in front of something that would start a block of its own.
fn wrap(text: &str, indent: &str, lines: &mut Vec<String>) {
    let hanging = if is_list_item(text) {
        format!("{indent}  ")
    } else {
        indent.to_owned()
    };
    let mut current = indent.to_owned();
    let mut width = current.len();
    let mut empty = true;
    for word in words(text) {
        let length = word.chars().count();
        if !empty && width + 1 + length > WIDTH && !starts_block(word) {
            lines.push(std::mem::replace(&mut current, hanging.clone()));
            width = hanging.len();
            empty = true;
        }
        if !empty {
            current.push(' ');
            width += 1;
        }
        current.push_str(word);
        width += length;
        empty = false;
    }
    lines.push(current);
}

/// The words of a line; what stands in backticks or is a link is not broken.
fn words(text: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let (mut start, mut index, mut brackets) = (0, 0, 0_i32);
    while let Some(character) = text.get(index..).and_then(|rest| rest.chars().next()) {
        let mut length = character.len_utf8();
        match character {
            '`' => length = span(&text[index..]),
            '[' | '(' => brackets += 1,
            ']' | ')' => brackets -= 1,
            ' ' if brackets <= 0 => {
                words.push(&text[start..index]);
                start = index + 1;
            }
            _ => {}
        }
        index += length;
    }
    words.push(&text[start..]);
    words.retain(|word| !word.is_empty());
    words
}

/// How long the code is that starts a text: up to as many backticks as it starts with. Without
/// those, the backticks are all.
fn span(text: &str) -> usize {
    let run = |text: &str| text.len() - text.trim_start_matches('`').len();
    let fence = run(text);
    let mut index = fence;
    while let Some(next) = text[index..].find('`') {
        index += next;
        let found = run(&text[index..]);
        index += found;
        if found == fence {
            return index;
        }
    }
    fence
}

fn starts_block(word: &str) -> bool {
    word.starts_with(['#', '>', '-', '+', '*', '|', '=', '~', '`', ':'])
        || word.starts_with(|first: char| first.is_ascii_digit())
}

/// Characters that would break the file, or show something else than what is there, are spelt out.
fn visible(character: char) -> char {
    match character {
        '\n' | '\t' | '\r' => character,
        control if control.is_control() => '\u{fffd}',
        '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}' => '\u{fffd}',
        other => other,
    }
}

fn trim_blank(mut lines: Vec<String>) -> Vec<String> {
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let blank = lines.iter().take_while(|line| line.is_empty()).count();
    lines.split_off(blank)
}

#[cfg(test)]
mod tests;
