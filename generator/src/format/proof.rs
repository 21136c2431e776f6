//! The proof that formatting added white space only: the text is read beside the tokens.
//!
//! One thing may differ: a comma before a closing delimiter.

use super::tokens::{Kind, Tokens};

/// Checks the text of an item against the tokens that it was printed from.
pub(super) fn same_tokens(tokens: &Tokens, text: &str) -> Result<(), String> {
    if let Some(control) = invisible(text) {
        return Err(format!("{control:?} in the text"));
    }
    let mut reader = Reader {
        rest: text,
        last: None,
    };
    for index in 0..tokens.len() {
        let token = tokens.text(index);
        match tokens.kind(index) {
            Some(Kind::Docs) => reader.comment("///", token)?,
            Some(Kind::InnerDocs) => reader.comment("//!", token)?,
            Some(Kind::Close(_) | Kind::CloseUse) => {
                reader.skip_comma();
                reader.token(token)?;
            }
            Some(Kind::Operator) if token == "," && closes(tokens, index + 1) => {
                reader.skip_comma()
            }
            Some(Kind::Word | Kind::Operator | Kind::Open(_) | Kind::OpenUse) => {
                reader.token(token)?
            }
            None => {}
        }
    }
    match reader.rest.trim_start().chars().next() {
        Some(_) => Err(format!("text that no token made: {:?}", reader.near())),
        None => Ok(()),
    }
}

fn closes(tokens: &Tokens, index: usize) -> bool {
    matches!(tokens.kind(index), Some(Kind::Close(_) | Kind::CloseUse))
}

/// What rustc refuses in comments and literals, and what a reader of the file would not see.
fn invisible(text: &str) -> Option<char> {
    let is_control = |byte: u8| byte < b' ' && byte != b'\n' && byte != b'\t' || byte == 0x7f;
    // To the end in any case: so the compiler makes it one pass of wide registers.
    let has_control = text
        .bytes()
        .fold(false, |found, byte| found | is_control(byte));
    if has_control || !text.is_ascii() {
        let is_override =
            |character| matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        return text.chars().find(|character| {
            u8::try_from(*character).is_ok_and(is_control) || is_override(*character)
        });
    }
    None
}

/// Text that is being read.
struct Reader<'a> {
    rest: &'a str,
    /// The last character, if what follows stands directly behind it.
    last: Option<char>,
}

impl<'a> Reader<'a> {
    fn token(&mut self, token: &str) -> Result<(), String> {
        self.skip_space();
        let Some(rest) = self.rest.strip_prefix(token) else {
            return Err(format!("{token:?} was printed as {:?}", self.near()));
        };
        if let (Some(last), Some(next)) = (self.last, token.chars().next())
            && grow_together(last, next)
        {
            return Err(format!("{token:?} has grown together with {last:?}"));
        }
        self.rest = rest;
        self.last = token.chars().next_back();
        Ok(())
    }

    /// A comment that reads as documentation: to the end of its line, and of no other kind.
    fn comment(&mut self, sign: &str, line: &str) -> Result<(), String> {
        self.skip_space();
        let rest = self
            .rest
            .strip_prefix(sign)
            .and_then(|rest| rest.strip_prefix(line));
        let Some(rest) = rest.and_then(|rest| rest.strip_prefix('\n')) else {
            return Err(format!(
                "documentation {line:?} was printed as {:?}",
                self.near()
            ));
        };
        if line.contains('\n') || line.starts_with('/') {
            return Err(format!(
                "documentation {line:?} does not read back from one line"
            ));
        }
        self.rest = rest;
        self.last = None;
        Ok(())
    }

    fn skip_space(&mut self) {
        let spaces = self
            .rest
            .bytes()
            .take_while(|byte| matches!(byte, b' ' | b'\n'))
            .count();
        if spaces > 0 {
            self.rest = self.rest.get(spaces..).unwrap_or_default();
            self.last = None;
        }
    }

    fn skip_comma(&mut self) {
        self.skip_space();
        if let Some(rest) = self.rest.strip_prefix(',') {
            self.rest = rest;
            self.last = Some(',');
        }
    }

    /// The next line, for messages.
    fn near(&self) -> &'a str {
        self.rest.lines().next().unwrap_or_default()
    }
}

/// Whether two tokens are one when nothing stands between: two words, or an operator of two signs.
fn grow_together(last: char, next: char) -> bool {
    let is_word = |character: char| character == '_' || character.is_alphanumeric();
    match (last, next) {
        ('"' | '\'', next) => is_word(next) || next == '"',
        (last, '"' | '\'') => is_word(last),
        (':', ':')
        | ('-' | '=' | '/', '>' | '/' | '*')
        | ('.', '.' | '=')
        | ('<' | '>' | '=' | '!', '=') => true,
        (last, next) => is_word(last) && is_word(next),
    }
}
