//! A problem as the shell shows it: like a [`specwright::Diagnostic`], but located, and also for
//! configuration, command line and files, which the generator knows nothing of.

use std::cell::OnceCell;
use std::ops::Range;
use std::rc::Rc;

use specwright::Severity;

/// One problem, with everything that is needed to show it.
#[derive(Clone, Debug)]
pub struct Problem {
    /// Warning or error.
    pub severity: Severity,
    /// The stable code of the generator; the shell's own problems have none.
    pub code: Option<&'static str>,
    /// One sentence, without a full stop: what is wrong.
    pub message: String,
    /// Where.
    pub location: Option<Location>,
    /// What the marked text is; may be empty.
    pub label: String,
    /// Other places that take part.
    pub related: Vec<(Location, String)>,
    /// How to fix it; may be empty.
    pub help: String,
}

/// A place in a text.
#[derive(Clone, Debug)]
pub struct Location {
    /// The text.
    pub source: Rc<Source>,
    /// The bytes; nothing for the whole file.
    pub span: Option<Range<usize>>,
}

/// A text that problems point into.
#[derive(Clone, Debug)]
pub struct Source {
    /// The path as it is shown.
    pub path: String,
    /// The text.
    pub text: String,
    /// Where each line starts, once somebody asked.
    lines: OnceCell<Vec<usize>>,
}

/// Line and column, both counted from one; the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl Problem {
    /// An error of the shell.
    #[must_use]
    pub fn error(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code: None,
            message: message.into(),
            location: None,
            label: String::new(),
            related: Vec::new(),
            help: String::new(),
        }
    }

    /// Says where.
    #[must_use]
    pub fn at(mut self, source: &Rc<Source>, span: Option<Range<usize>>) -> Self {
        self.location = Some(Location {
            source: Rc::clone(source),
            span,
        });
        self
    }

    /// Says what the marked text is.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Shows another place that takes part.
    #[must_use]
    pub fn related(
        mut self,
        source: &Rc<Source>,
        span: Range<usize>,
        label: impl Into<String>,
    ) -> Self {
        let location = Location {
            source: Rc::clone(source),
            span: Some(span),
        };
        self.related.push((location, label.into()));
        self
    }

    /// Says how to fix it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

impl Location {
    /// Line and column of the start, when more than the file is known.
    #[must_use]
    pub fn position(&self) -> Option<Position> {
        Some(self.source.position(self.span.as_ref()?.start))
    }
}

impl Source {
    /// A text under the path by which it is shown.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Rc<Self> {
        Rc::new(Self {
            path: path.into(),
            text: text.into(),
            lines: OnceCell::new(),
        })
    }

    /// Line and column of a byte offset.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let (line, start) = self.line_of(offset);
        let before = &self.text.as_bytes()[start..offset.min(self.text.len())];
        // Every byte but the continuation bytes of UTF-8 starts a character.
        let column = before.iter().filter(|byte| (**byte & 0xc0) != 0x80).count();
        Position {
            line: line + 1,
            column: column + 1,
        }
    }

    /// The line that holds an offset, without its line end, and the offset of its start.
    #[must_use]
    pub fn line(&self, offset: usize) -> (&str, usize) {
        let (_, start) = self.line_of(offset);
        let rest = &self.text[start..];
        let line = rest.split_once('\n').map_or(rest, |(line, _)| line);
        (line.strip_suffix('\r').unwrap_or(line), start)
    }

    /// Index and start of the line that holds an offset.
    fn line_of(&self, offset: usize) -> (usize, usize) {
        let starts = self.lines.get_or_init(|| {
            let ends = self
                .text
                .bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n');
            std::iter::once(0)
                .chain(ends.map(|(at, _)| at + 1))
                .collect()
        });
        let index = starts
            .partition_point(|start| *start <= offset)
            .saturating_sub(1);
        (index, starts.get(index).copied().unwrap_or(0))
    }
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn positions() {
        let source = Source::new("x", "a\r\nbé c\n\nd");
        let cases = [
            (0, (1, 1), "a"),
            (3, (2, 1), "bé c"),
            (6, (2, 3), "bé c"),
            (9, (3, 1), ""),
            (10, (4, 1), "d"),
            (99, (4, 2), "d"),
        ];
        for (offset, (line, column), text) in cases {
            let position = source.position(offset);
            assert_eq!(
                (position.line, position.column),
                (line, column),
                "offset {offset}"
            );
            assert_eq!(source.line(offset).0, text, "offset {offset}");
        }
        assert_eq!(Source::new("x", "").position(0).line, 1);
    }
}
