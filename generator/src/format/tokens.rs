//! Tokens in a row: their text, the space before each, and which groups take more than one line.

use super::literal::string_value;
use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenStream, TokenTree};
use std::fmt::Write as _;
use std::iter::Peekable;
use std::ops::Range;

/// Longest content of a call or an array on one line, as rustfmt has it.
const CALL_WIDTH: usize = 60;
/// Longest content of a struct literal on one line, as rustfmt has it.
const LITERAL_WIDTH: usize = 18;
/// Longest chain of method calls on one line, as rustfmt has it.
const CHAIN_WIDTH: usize = 60;

/// All tokens of one item, groups opened out.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    text: String,
    list: Vec<Token>,
}

/// A token, or one side of a group.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    start: usize,
    end: usize,
    /// For an opening token, where the group closes.
    pub(super) close: usize,
    /// Whether a space stands before it on one line.
    pub(super) space: bool,
    /// Where it ends, if all tokens stood on one line.
    column: usize,
    /// How many tokens up to this one force a line break.
    breaks: usize,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An identifier, a lifetime or a literal.
    Word,
    /// An operator or a separator.
    Operator,
    /// One side of a group.
    Open(Delimiter),
    /// The other side.
    Close(Delimiter),
    /// The braces of a `use`, which have no space inside.
    OpenUse,
    /// Their other side.
    CloseUse,
    /// A line of documentation, by its text.
    Docs,
    /// The same, of what is around it.
    InnerDocs,
}

impl Tokens {
    /// Takes the tokens of a stream in the place of those that were there.
    pub(super) fn read(&mut self, stream: TokenStream) {
        self.text.clear();
        self.list.clear();
        self.stream(stream);
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn get(&self, index: usize) -> Option<&Token> {
        self.list.get(index)
    }

    pub(super) fn kind(&self, index: usize) -> Option<Kind> {
        self.get(index).map(|token| token.kind)
    }

    /// The text of a token; empty when there is none.
    pub(super) fn text(&self, index: usize) -> &str {
        self.get(index)
            .and_then(|token| self.text.get(token.start..token.end))
            .unwrap_or_default()
    }

    /// The width of these tokens on one line.
    pub(super) fn width(&self, range: &Range<usize>) -> usize {
        match (self.get(range.start), self.get(range.end.wrapping_sub(1))) {
            (Some(first), Some(last)) if !range.is_empty() => {
                last.column + (first.end - first.start) - first.column
            }
            _ => 0,
        }
    }

    /// Whether these tokens do not go on one line, however wide it is.
    pub(super) fn breaks(&self, range: &Range<usize>) -> bool {
        let up_to = |index: usize| {
            index
                .checked_sub(1)
                .and_then(|index| self.get(index))
                .map_or(0, |token| token.breaks)
        };
        up_to(range.end) > up_to(range.start)
    }

    /// Whether this token itself forces a line break.
    pub(super) fn breaks_at(&self, index: usize) -> bool {
        self.breaks(&(index..index + 1))
    }

    /// The index after this token, or after the group that it opens.
    pub(super) fn after(&self, index: usize) -> usize {
        self.get(index).map_or(index, |token| token.close) + 1
    }

    fn stream(&mut self, trees: impl IntoIterator<Item = TokenTree>) {
        let mut chain = Chain {
            start: self.list.len(),
            ..Chain::default()
        };
        let mut trees = trees.into_iter().peekable();
        while let Some(tree) = trees.next() {
            match tree {
                TokenTree::Ident(ident) => self.push(Kind::Word, |text| write!(text, "{ident}")),
                TokenTree::Literal(literal) => {
                    self.push(Kind::Word, |text| write!(text, "{literal}"))
                }
                TokenTree::Punct(punct) if punct.as_char() == '\'' => {
                    let name = trees.next();
                    self.push(Kind::Word, |text| match name {
                        Some(name) => write!(text, "'{name}"),
                        None => text.write_char('\''),
                    });
                }
                TokenTree::Punct(punct) => {
                    self.push(Kind::Operator, |text| operator(text, punct, &mut trees))
                }
                TokenTree::Group(group) => self.group(group),
            }
            chain.see(self);
        }
        chain.end(self, self.list.len());
    }

    fn group(&mut self, group: Group) {
        let delimiter = group.delimiter();
        let stream = group.stream();
        // The stream is then the only owner of its trees, and gives them away without copies.
        drop(group);
        match delimiter {
            Delimiter::None => self.stream(stream),
            Delimiter::Bracket if matches!(self.last(), "#" | "!") => {
                let mut trees = stream.into_iter();
                let first: [Option<TokenTree>; 3] = std::array::from_fn(|_| trees.next());
                if !self.docs(&first) {
                    self.delimited(delimiter, first.into_iter().flatten().chain(trees));
                }
            }
            Delimiter::Parenthesis | Delimiter::Bracket | Delimiter::Brace => {
                self.delimited(delimiter, stream);
            }
        }
    }

    fn delimited(&mut self, delimiter: Delimiter, trees: impl IntoIterator<Item = TokenTree>) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace | Delimiter::None => ("{", "}"),
        };
        let (open_kind, close_kind, limit) = match delimiter {
            Delimiter::Brace if self.last() == "::" => (Kind::OpenUse, Kind::CloseUse, usize::MAX),
            Delimiter::Brace => (Kind::Open(delimiter), Kind::Close(delimiter), LITERAL_WIDTH),
            _ => (Kind::Open(delimiter), Kind::Close(delimiter), CALL_WIDTH),
        };
        let opening = self.list.len();
        self.push(open_kind, |text| text.write_str(open));
        self.stream(trees);
        let closing = self.list.len();
        self.push(close_kind, |text| text.write_str(close));
        if self.width(&(opening + 1..closing)) > limit {
            self.force_break(opening);
        }
        if let Some(token) = self.list.get_mut(opening) {
            token.close = closing;
        }
    }

    /// Reads `#[doc = "…"]` and `#![doc = "…"]`; false for any other attribute.
    fn docs(&mut self, trees: &[Option<TokenTree>; 3]) -> bool {
        let signs = match (self.text(self.list.len().wrapping_sub(2)), self.last()) {
            (_, "#") => 1,
            ("#", "!") => 2,
            _ => return false,
        };
        let [
            Some(TokenTree::Ident(name)),
            Some(TokenTree::Punct(_)),
            Some(TokenTree::Literal(literal)),
        ] = trees
        else {
            return false;
        };
        if name != "doc" {
            return false;
        }
        let literal = literal.to_string();
        let Some(line) = string_value(&literal) else {
            return false;
        };
        for _ in 0..signs {
            if let Some(sign) = self.list.pop() {
                self.text.truncate(sign.start);
            }
        }
        let kind = if signs == 1 {
            Kind::Docs
        } else {
            Kind::InnerDocs
        };
        self.push(kind, |text| text.write_str(&line));
        self.force_break(self.list.len() - 1);
        true
    }

    fn push(&mut self, kind: Kind, write: impl FnOnce(&mut String) -> std::fmt::Result) {
        let start = self.text.len();
        // Writing to a string does not fail.
        let _ = write(&mut self.text);
        let end = self.text.len();
        let index = self.list.len();
        let (column, breaks) = self
            .list
            .last()
            .map_or((0, 0), |last| (last.column, last.breaks));
        self.list.push(Token {
            kind,
            start,
            end,
            close: index,
            space: false,
            column,
            breaks,
        });
        let space = index > 0 && self.has_space(index);
        if let Some(token) = self.list.last_mut() {
            token.space = space;
            token.column += usize::from(space) + (end - start);
        }
    }

    fn last(&self) -> &str {
        self.text(self.list.len().wrapping_sub(1))
    }

    /// Notes that this token forces a line break; all later ones count it.
    fn force_break(&mut self, index: usize) {
        for token in self.list.iter_mut().skip(index) {
            token.breaks += 1;
        }
    }

    /// Whether a space stands before this token on one line.
    fn has_space(&self, index: usize) -> bool {
        let Some(before) = self.kind(index - 1) else {
            return false;
        };
        let before_text = self.text(index - 1);
        match self.kind(index) {
            Some(Kind::Operator) if self.text(index) == "|" => {
                self.opens_closure(index) && !hugs_next(before, before_text)
            }
            Some(Kind::Operator) if hugs_previous(self.text(index)) => false,
            Some(Kind::Open(Delimiter::Parenthesis)) if before == Kind::Word => false,
            Some(Kind::Open(Delimiter::Parenthesis)) if matches!(before_text, ">" | "!") => false,
            Some(Kind::Open(Delimiter::Brace)) => before_text != "(" && before_text != "[",
            Some(Kind::Close(Delimiter::Brace)) => before != Kind::Open(Delimiter::Brace),
            Some(Kind::Close(_) | Kind::CloseUse) => false,
            _ if before_text == "|" => !self.opens_closure(index - 1),
            _ => !hugs_next(before, before_text),
        }
    }

    /// Whether this `|` is the first of two.
    fn opens_closure(&self, index: usize) -> bool {
        let before = index.checked_sub(1).and_then(|index| self.kind(index));
        matches!(before, Some(Kind::Open(_) | Kind::Operator))
    }
}

/// Whether the token has no space after it.
fn hugs_next(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Operator => matches!(
            text,
            "::" | "." | "<" | "&" | "!" | "#" | ".." | "..=" | "-" | "*"
        ),
        Kind::Open(delimiter) => delimiter != Delimiter::Brace,
        Kind::OpenUse => true,
        Kind::Word | Kind::Close(_) | Kind::CloseUse | Kind::Docs | Kind::InnerDocs => false,
    }
}

/// Whether the operator has no space before it.
fn hugs_previous(operator: &str) -> bool {
    matches!(
        operator,
        "," | ";" | ":" | "::" | "." | "?" | "<" | ">" | "!" | "..="
    )
}

/// Writes an operator of one sign or more.
fn operator(
    text: &mut String,
    first: Punct,
    trees: &mut Peekable<impl Iterator<Item = TokenTree>>,
) -> std::fmt::Result {
    let start = text.len();
    text.push(first.as_char());
    let mut last = first.spacing();
    while let (Spacing::Joint, Some(TokenTree::Punct(next))) = (last, trees.peek()) {
        if !is_operator(text.get(start..).unwrap_or_default(), next.as_char()) {
            break;
        }
        text.push(next.as_char());
        last = next.spacing();
        trees.next();
    }
    Ok(())
}

/// Whether a sign belongs to the operator before it.
fn is_operator(operator: &str, next: char) -> bool {
    matches!(
        (operator, next),
        (":", ':') | ("-" | "=", '>') | (".", '.') | ("..", '=')
    )
}

/// A chain of method calls that is being read, at one level of groups.
#[derive(Default)]
struct Chain {
    start: usize,
    first: Option<usize>,
    calls: usize,
}

impl Chain {
    /// Sees the last token.
    fn see(&mut self, tokens: &mut Tokens) {
        let last = tokens.list.len().saturating_sub(1);
        match tokens.text(last) {
            "." if tokens.kind(last) == Some(Kind::Operator) => {
                self.first = self.first.or(Some(last));
                self.calls += 1;
            }
            "," | ";" | ":" | "=" | "=>" | "|" if tokens.kind(last) == Some(Kind::Operator) => {
                self.end(tokens, last);
                *self = Self {
                    start: last + 1,
                    ..Self::default()
                };
            }
            _ => {}
        }
    }

    /// Ends before this token: a wide chain goes on several lines.
    fn end(&self, tokens: &mut Tokens, end: usize) {
        if let Some(first) = self.first
            && self.calls > 1
            && tokens.width(&(self.start..end)) > CHAIN_WIDTH
        {
            tokens.force_break(first);
        }
    }
}
