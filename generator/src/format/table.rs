//! The tables of the runtime's macros, one row a line.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// The macros whose inside is a table: a head, and rows in braces that end in a semicolon.
const TABLES: [&str; 5] = ["object", "string_enum", "integer_enum", "union", "request"];

/// The text of a table; `None` for any other item.
pub(super) fn print(tokens: &TokenStream) -> Option<String> {
    let mut trees = tokens.clone().into_iter();
    let (name, bang, body) = (trees.next()?, trees.next()?, trees.next()?);
    let (TokenTree::Ident(name), TokenTree::Punct(bang), TokenTree::Group(body)) =
        (name, bang, body)
    else {
        return None;
    };
    if bang.as_char() != '!' || !TABLES.iter().any(|table| name == table) || trees.next().is_some()
    {
        return None;
    }
    let mut line = Line::new(format!("{name}! {{"));
    for tree in body.stream() {
        match tree {
            TokenTree::Group(rows) if rows.delimiter() == Delimiter::Brace => {
                line.text.push_str(" {\n");
                self::rows(&mut line, rows.stream());
                line.text.push('}');
            }
            tree => line.push(&tree),
        }
    }
    line.text.push_str(" }\n");
    Some(line.text)
}

/// A row a line.
fn rows(line: &mut Line, rows: TokenStream) {
    let mut start = true;
    for tree in rows {
        if start {
            line.text.push_str("    ");
            line.tight = true;
            start = false;
        }
        line.push(&tree);
        if matches!(&tree, TokenTree::Punct(punct) if punct.as_char() == ';') {
            line.text.push('\n');
            start = true;
        }
    }
    if !start {
        line.text.push('\n');
    }
}

/// Text with the spaces that rustfmt would put between tokens.
struct Line {
    text: String,
    /// Whether the next token follows without a space.
    tight: bool,
    /// The operator that is being read, of puncts without space between.
    operator: String,
}

impl Line {
    fn new(text: String) -> Self {
        Self {
            text,
            tight: false,
            operator: String::new(),
        }
    }

    fn push(&mut self, tree: &TokenTree) {
        match tree {
            TokenTree::Punct(punct) => {
                self.operator.push(punct.as_char());
                if punct.spacing() == Spacing::Alone {
                    let operator = std::mem::take(&mut self.operator);
                    self.operator(&operator);
                }
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                let call = !self.text.ends_with([' ', '>', '<', ',']);
                self.word(if call { "" } else { "(" }, false);
                if call {
                    self.text.push('(');
                }
                self.tight = true;
                for tree in group.stream() {
                    self.push(&tree);
                }
                self.text.push(')');
                self.tight = false;
            }
            TokenTree::Group(group) => {
                for tree in group.stream() {
                    self.push(&tree);
                }
            }
            tree => self.word(&tree.to_string(), false),
        }
    }

    /// An operator, with the space before and after that it has.
    fn operator(&mut self, operator: &str) {
        match operator {
            ";" | "," | ":" => {
                self.tight = true;
                self.word(operator, false);
            }
            "::" | "<" | "..=" => {
                self.tight = true;
                self.word(operator, true);
            }
            ">" => {
                self.tight = true;
                self.word(operator, false);
            }
            ".." | "-" => self.word(operator, true),
            _ => self.word(operator, false),
        }
    }

    /// A token; `tight` when the next follows without a space.
    fn word(&mut self, word: &str, tight: bool) {
        if !self.tight && !word.is_empty() {
            self.text.push(' ');
        }
        self.text.push_str(word);
        self.tight = tight;
    }
}
