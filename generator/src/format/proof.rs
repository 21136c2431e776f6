//! The proof that formatting changed white space only: the text, read again, is the same tokens.
//!
//! A documentation comment reads as the attribute that it was printed from. Two things may differ:
//! a comma before a closing delimiter, and invisible groups.

use proc_macro2::{Delimiter, Literal, Spacing, TokenStream, TokenTree};
use std::fmt::Write as _;

/// Checks a file's text against the tokens that it was printed from.
pub(super) fn same_tokens(emitted: TokenStream, text: &str) -> Result<(), String> {
    if let Some(control) = text.chars().find(|character| is_invisible(*character)) {
        return Err(format!("{control:?} in the text of the file"));
    }
    let printed: TokenStream = text
        .parse()
        .map_err(|error| format!("does not read back: {error}"))?;
    compare(emitted, printed, &mut Scratch::default())
}

/// What rustc refuses in comments and literals, and what a reader of the file would not see.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\0'..='\x08' | '\x0b'..='\x1f' | '\x7f' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
    )
}

/// Room to print literals for comparison.
#[derive(Default)]
struct Scratch {
    emitted: String,
    printed: String,
}

fn compare(
    emitted: TokenStream,
    printed: TokenStream,
    scratch: &mut Scratch,
) -> Result<(), String> {
    let mut emitted = flatten(emitted);
    let mut printed = flatten(printed);
    loop {
        match (emitted.next(), printed.next()) {
            (None, None) => return Ok(()),
            (Some(TokenTree::Punct(comma)), None) if comma.as_char() == ',' => {
                printed = flatten(TokenStream::new())
            }
            (None, Some(TokenTree::Punct(comma))) if comma.as_char() == ',' => {
                emitted = flatten(TokenStream::new())
            }
            (Some(emitted), Some(printed)) => same_tree(emitted, printed, scratch)?,
            (Some(emitted), None) => return Err(format!("`{emitted}` is not in the text")),
            (None, Some(printed)) => {
                return Err(format!("`{printed}` in the text is not in the tokens"));
            }
        }
    }
}

/// The trees of a stream; what is in an invisible group stands for itself.
fn flatten(stream: TokenStream) -> Box<dyn Iterator<Item = TokenTree>> {
    Box::new(stream.into_iter().flat_map(|tree| match tree {
        TokenTree::Group(group) if group.delimiter() == Delimiter::None => flatten(group.stream()),
        tree => Box::new(std::iter::once(tree)),
    }))
}

fn same_tree(emitted: TokenTree, printed: TokenTree, scratch: &mut Scratch) -> Result<(), String> {
    let same = match (&emitted, &printed) {
        (TokenTree::Group(emitted), TokenTree::Group(printed))
            if emitted.delimiter() == printed.delimiter() =>
        {
            return compare(emitted.stream(), printed.stream(), scratch);
        }
        (TokenTree::Ident(emitted), TokenTree::Ident(printed)) => emitted == printed,
        (TokenTree::Punct(emitted), TokenTree::Punct(printed)) => {
            // What was one operator must not have come apart.
            emitted.as_char() == printed.as_char()
                && (emitted.spacing() == Spacing::Alone || printed.spacing() == Spacing::Joint)
        }
        (TokenTree::Literal(emitted), TokenTree::Literal(printed)) => {
            same_literal(emitted, printed, scratch)
        }
        _ => false,
    };
    if same {
        Ok(())
    } else {
        Err(format!("`{emitted}` was printed as `{printed}`"))
    }
}

fn same_literal(emitted: &Literal, printed: &Literal, scratch: &mut Scratch) -> bool {
    scratch.emitted.clear();
    scratch.printed.clear();
    write!(scratch.emitted, "{emitted}").is_ok()
        && write!(scratch.printed, "{printed}").is_ok()
        && scratch.emitted == scratch.printed
}
