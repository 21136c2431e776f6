//! The layout of an item, as rustfmt has it for what is generated.
//!
//! Only white space is decided here, and commas before a closing delimiter: whatever the tokens
//! are, the text reads back as them, which `proof` checks.

use super::TABLES;
use super::tokens::{Kind, Tokens};
use proc_macro2::Delimiter;
use std::ops::Range;

/// Widest line.
const WIDTH: usize = 100;
/// One level of indentation.
const INDENT: usize = 4;
/// Widest list of an attribute on one line, as rustfmt has it.
const ATTRIBUTE_WIDTH: usize = 70;

/// The text of an item, with a line end.
pub(super) fn print(tokens: &Tokens, text: &mut String) {
    let mut printer = Printer {
        tokens,
        line: text.len(),
        text,
        indent: 0,
        fresh: true,
    };
    printer.element(0..tokens.len(), 0);
    if !printer.fresh {
        printer.newline();
    }
}

/// Text that is being written.
struct Printer<'a> {
    tokens: &'a Tokens,
    text: &'a mut String,
    /// Where the line begins.
    line: usize,
    indent: usize,
    /// Whether the line is still empty.
    fresh: bool,
}

/// How the members of a block are told apart.
#[derive(Clone, Copy)]
enum Members {
    /// By commas: fields, variants, arms, arguments.
    Commas,
    /// By commas, with none after the last: the list of an attribute.
    Attribute,
    /// By semicolons: statements, rows.
    Semicolons,
    /// By their own braces, with a blank line between: methods.
    Items,
}

impl Printer<'_> {
    fn newline(&mut self) {
        self.text.push('\n');
        self.line = self.text.len();
        self.fresh = true;
    }

    fn write(&mut self, text: &str, space: bool) {
        if self.fresh {
            self.text.extend(std::iter::repeat_n(' ', self.indent));
        } else if space {
            self.text.push(' ');
        }
        self.fresh = false;
        self.text.push_str(text);
    }

    /// The column where the next token goes.
    fn column(&self) -> usize {
        if self.fresh {
            self.indent
        } else {
            self.text.len() - self.line + 1
        }
    }

    /// Tokens on one line; no comma before a closing delimiter.
    fn inline(&mut self, range: Range<usize>) {
        for index in range {
            let Some(token) = self.tokens.get(index) else {
                return;
            };
            let closes = matches!(
                self.tokens.kind(index + 1),
                Some(Kind::Close(_) | Kind::CloseUse)
            );
            if !(closes && self.tokens.text(index) == ",") {
                self.write(self.tokens.text(index), token.space);
            }
        }
    }

    /// An item, a member, a statement or an argument; `suffix` is what follows on its last line.
    fn element(&mut self, range: Range<usize>, suffix: usize) {
        let start = self.attributes(range.clone());
        let range = start..range.end;
        if range.is_empty() {
            return;
        }
        let tokens = self.tokens;
        let keyword = self.after_visibility(start);
        let body = range.end - 1;
        let has_body = tokens.kind(body) == Some(Kind::Close(Delimiter::Brace));
        match tokens.text(keyword) {
            "struct" | "enum" | "match" if has_body => self.braced(range, Members::Commas),
            "impl" if has_body => self.braced(range, Members::Items),
            "fn" if has_body => self.function(range),
            "use" if !self.fits(&range, suffix) => self.imports(range),
            name if tokens.text(keyword + 1) == "!" && TABLES.contains(&name) => self.table(range),
            _ => self.code(range, suffix),
        }
    }

    /// Attributes and documentation, a line each; returns where they end.
    fn attributes(&mut self, range: Range<usize>) -> usize {
        let mut index = range.start;
        while index < range.end {
            match (self.tokens.kind(index), self.tokens.text(index)) {
                (Some(Kind::Docs), line) => self.docs("///", line),
                (Some(Kind::InnerDocs), line) => self.docs("//!", line),
                (Some(Kind::Operator), "#") => {
                    let open = if self.tokens.text(index + 1) == "!" {
                        index + 2
                    } else {
                        index + 1
                    };
                    let end = self.tokens.after(open);
                    self.attribute(index..end);
                    index = end - 1;
                }
                _ => break,
            }
            index += 1;
        }
        index
    }

    fn docs(&mut self, comment: &str, line: &str) {
        self.write(comment, false);
        self.text.push_str(line);
        self.newline();
    }

    /// `#[name(…)]`
    fn attribute(&mut self, range: Range<usize>) {
        let list = range
            .clone()
            .find(|index| self.tokens.kind(*index) == Some(Kind::Open(Delimiter::Parenthesis)));
        match list {
            Some(list)
                if self.tokens.width(&(list + 1..self.tokens.after(list) - 1))
                    > ATTRIBUTE_WIDTH =>
            {
                self.inline(range.start..list);
                self.lines(list, Members::Attribute);
                self.inline(self.tokens.after(list)..range.end);
            }
            _ => self.inline(range),
        }
        self.newline();
    }

    /// The index of what follows `pub` or `pub(…)`.
    fn after_visibility(&self, start: usize) -> usize {
        if self.tokens.text(start) != "pub" {
            return start;
        }
        match self.tokens.kind(start + 1) {
            Some(Kind::Open(Delimiter::Parenthesis)) => self.tokens.after(start + 1),
            _ => start + 1,
        }
    }

    /// Whether the tokens go on what is left of the line.
    fn fits(&self, range: &Range<usize>, suffix: usize) -> bool {
        self.column() + self.tokens.width(range) + suffix <= WIDTH
    }

    /// The opening brace of the group that ends the range.
    fn opening(&self, range: &Range<usize>) -> usize {
        let mut index = range.start;
        while index < range.end && self.tokens.after(index) < range.end {
            index = self.tokens.after(index);
        }
        index
    }

    /// A head, and members in braces, a line or more each.
    fn braced(&mut self, range: Range<usize>, members: Members) {
        let open = self.opening(&range);
        self.inline(range.start..open);
        self.lines(open, members);
    }

    /// `pub fn …`; the arguments on one line, or one a line.
    fn function(&mut self, range: Range<usize>) {
        let body = self.opening(&range);
        let is_arguments = |index: &usize| {
            self.tokens.kind(*index) == Some(Kind::Open(Delimiter::Parenthesis))
                && *index > self.after_visibility(range.start)
        };
        match (range.start..body).find(is_arguments) {
            Some(arguments) if !self.fits(&(range.start..body + 1), 0) => {
                self.inline(range.start..arguments);
                self.lines(arguments, Members::Commas);
                self.inline(self.tokens.after(arguments)..body);
            }
            _ => self.inline(range.start..body),
        }
        self.lines(body, Members::Semicolons);
    }

    /// `use a::{…};`, as many names a line as there is room for.
    fn imports(&mut self, range: Range<usize>) {
        let Some(open) = range
            .clone()
            .find(|index| self.tokens.kind(*index) == Some(Kind::OpenUse))
        else {
            return self.inline(range);
        };
        let close = self.tokens.after(open) - 1;
        self.inline(range.start..open + 1);
        self.indent += INDENT;
        self.newline();
        for name in self.members(open, Members::Commas) {
            if !self.fresh && !self.fits(&name, 1) {
                self.newline();
            }
            for index in name {
                let first = !self.text.ends_with(':');
                self.write(self.tokens.text(index), first);
            }
            self.write(",", false);
        }
        self.indent -= INDENT;
        self.newline();
        self.inline(close..range.end);
    }

    /// `object! { Name { … } }`: a row a line.
    fn table(&mut self, range: Range<usize>) {
        let outer = self.opening(&range);
        let inner = self.opening(&(outer + 1..range.end - 1));
        self.inline(range.start..inner);
        self.write("{", true);
        self.indent += INDENT;
        for row in self.members(inner, Members::Semicolons) {
            self.newline();
            self.inline(row);
        }
        self.indent -= INDENT;
        self.newline();
        self.inline(self.tokens.after(inner) - 1..range.end);
    }

    /// A group with its members on lines of their own.
    fn lines(&mut self, open: usize, members: Members) {
        let close = self.tokens.after(open) - 1;
        let ranges = self.members(open, members);
        if ranges.is_empty() {
            return self.inline(open..close + 1);
        }
        self.inline(open..open + 1);
        self.indent += INDENT;
        let last = ranges.len() - 1;
        for (index, member) in ranges.into_iter().enumerate() {
            self.newline();
            match members {
                Members::Attribute if index == last => self.element(member, 0),
                Members::Commas | Members::Attribute => {
                    self.element(member, 1);
                    self.write(",", false);
                }
                Members::Semicolons => self.element(member, 0),
                Members::Items => {
                    if index > 0 {
                        self.newline();
                    }
                    self.element(member, 0);
                }
            }
        }
        self.indent -= INDENT;
        self.newline();
        self.inline(close..close + 1);
    }

    /// The members of a group; a semicolon is part of its member, a comma is not.
    fn members(&self, open: usize, members: Members) -> Vec<Range<usize>> {
        let close = self.tokens.after(open) - 1;
        let mut ranges = Vec::new();
        let (mut start, mut index, mut generics) = (open + 1, open + 1, 0_usize);
        while index < close {
            let after = self.tokens.after(index);
            let end = match (members, self.tokens.kind(index), self.tokens.text(index)) {
                (Members::Commas | Members::Attribute, Some(Kind::Operator), ",")
                    if generics == 0 =>
                {
                    Some(index)
                }
                (Members::Commas, Some(Kind::Operator), "<") => {
                    generics += 1;
                    None
                }
                (Members::Commas, Some(Kind::Operator), ">") => {
                    generics = generics.saturating_sub(1);
                    None
                }
                (Members::Semicolons, Some(Kind::Operator), ";") => Some(after),
                (Members::Semicolons, Some(Kind::Open(Delimiter::Brace)), _)
                    if self.tokens.text(start) == "match" =>
                {
                    Some(after)
                }
                (Members::Items, Some(Kind::Open(Delimiter::Brace)), _) => Some(after),
                _ => None,
            };
            if let Some(end) = end {
                ranges.push(start..end);
                start = after;
            }
            index = after;
        }
        if start < close {
            ranges.push(start..close);
        }
        ranges
    }

    /// An expression, a type or a statement: on one line, or with its last group opened out.
    fn code(&mut self, range: Range<usize>, suffix: usize) {
        if self.fits(&range, suffix) && !self.tokens.breaks(&range) {
            return self.inline(range);
        }
        let (mut last, mut chain) = (None, None);
        let mut index = range.start;
        while index < range.end {
            let after = self.tokens.after(index);
            if after > index + 2 {
                last = Some(index);
            } else if self.tokens.text(index) == "." && self.tokens.breaks_at(index) {
                chain = chain.or(Some(index));
            }
            index = after;
        }
        match (chain, last) {
            (Some(first), _) => self.chain(range, first),
            (None, Some(open)) => {
                self.inline(range.start..open);
                self.opened(open);
                self.inline(self.tokens.after(open)..range.end);
            }
            (None, None) => self.inline(range),
        }
    }

    /// A group on several lines: its only member hugged where that breaks itself, else a member a
    /// line.
    fn opened(&mut self, open: usize) {
        let close = self.tokens.after(open) - 1;
        if let [only] = self.members(open, Members::Commas).as_slice()
            && self.tokens.breaks(only)
            && self.tokens.kind(open) != Some(Kind::Open(Delimiter::Brace))
            && self.tokens.breaks_at(self.opening(only))
            && self.tokens.after(self.opening(only)) == only.end
        {
            self.inline(open..open + 1);
            self.code(only.clone(), 1);
            return self.inline(close..close + 1);
        }
        self.lines(open, Members::Commas);
    }

    /// `receiver.one().two()`, a call a line; the first stays where the receiver is short.
    fn chain(&mut self, range: Range<usize>, first: usize) {
        let receiver = first.saturating_sub(1).max(range.start)..first;
        let stays = self.tokens.width(&receiver) <= INDENT;
        self.inline(range.start..first);
        self.indent += INDENT;
        let mut index = first;
        while index < range.end {
            let mut end = self.tokens.after(index);
            while end < range.end && self.tokens.text(end) != "." {
                end = self.tokens.after(end);
            }
            if index > first || !stays {
                self.newline();
            }
            self.inline(index..end);
            index = end;
        }
        self.indent -= INDENT;
    }
}
