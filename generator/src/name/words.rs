//! Words: from any text to the words of a name, in ASCII.
//!
//! What has no letter or digit is spelt out (`+1` is `plus 1`, `>=` is `greater or equal`), so that
//! values that consist of signs get names that a reader can say.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Text on its way to a name: only ASCII letters, digits and spaces.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Words(String);

impl Words {
    /// The words of any text.
    pub fn of(text: &str) -> Self {
        if is_plain(text) {
            return Self(text.to_owned());
        }
        let signs_speak = !text.chars().any(char::is_alphanumeric)
            || text.starts_with(['+', '-']) && starts_number(text);
        let mut words = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(character) = rest.chars().next() {
            let sign = SIGNS
                .iter()
                .find(|(sign, _)| signs_speak && rest.starts_with(sign));
            let length = match sign {
                Some((sign, name)) => {
                    words.push(' ');
                    words.push_str(name);
                    words.push(' ');
                    sign.len()
                }
                None => {
                    push(&mut words, character);
                    character.len_utf8()
                }
            };
            rest = rest.get(length..).unwrap_or_default();
        }
        Self(words)
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }

    /// `CreateApiToken`
    pub fn upper_camel(&self) -> String {
        self.0.to_upper_camel_case()
    }

    /// `create_api_token`
    pub fn snake(&self) -> String {
        match is_snake(&self.0) {
            true => self.0.clone(),
            false => self.0.to_snake_case(),
        }
    }

    /// `CREATE_API_TOKEN`
    pub fn shouty(&self) -> String {
        self.0.to_shouty_snake_case()
    }
}

/// Whether a text has nothing but letters, digits, and what separates words anyway: nearly every name,
/// which then need not be looked at sign by sign.
fn is_plain(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b' ')
        && text.bytes().any(|byte| byte.is_ascii_alphanumeric())
}

/// Whether a name is in snake case already.
fn is_snake(name: &str) -> bool {
    let mut after_word = false;
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'0'..=b'9' => after_word = true,
            b'_' if after_word => after_word = false,
            _ => return false,
        }
    }
    after_word
}

/// The words of any text, in lower case.
pub(crate) fn words(text: &str) -> Vec<String> {
    let snake = Words::of(text).snake();
    let words = snake.split('_').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Signs with a name, longest first.
const SIGNS: &[(&str, &str)] = &[
    ("<=", "less or equal"),
    (">=", "greater or equal"),
    ("!=", "not equal"),
    ("==", "equal equal"),
    ("=~", "matches"),
    ("!~", "matches not"),
    ("&&", "and"),
    ("||", "or"),
    ("->", "arrow"),
    ("=", "equal"),
    ("<", "less"),
    (">", "greater"),
    ("+", "plus"),
    ("-", "minus"),
    ("*", "star"),
    ("/", "slash"),
    ("\\", "backslash"),
    ("%", "percent"),
    ("&", "ampersand"),
    ("|", "pipe"),
    ("!", "not"),
    ("?", "question"),
    (".", "dot"),
    (",", "comma"),
    (":", "colon"),
    (";", "semicolon"),
    ("#", "hash"),
    ("@", "at"),
    ("$", "dollar"),
    ("^", "caret"),
    ("~", "tilde"),
    ("_", "underscore"),
    ("(", "open parenthesis"),
    (")", "close parenthesis"),
    ("[", "open bracket"),
    ("]", "close bracket"),
    ("{", "open brace"),
    ("}", "close brace"),
    ("\"", "double quote"),
    ("'", "quote"),
    ("`", "backtick"),
    (" ", "space"),
];

fn starts_number(text: &str) -> bool {
    text.chars()
        .nth(1)
        .is_some_and(|character| character.is_ascii_digit())
}

/// ASCII letters and digits are kept; other letters become the ASCII letters that stand for them,
/// or their code point where none do; the rest separates.
fn push(words: &mut String, character: char) {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => words.push(character),
        '\'' | '\u{2019}' => {}
        other if other.is_alphanumeric() => {
            let before = words.len();
            let letters = any_ascii::any_ascii_char(other).chars();
            words.extend(letters.filter(char::is_ascii_alphanumeric));
            if words.len() == before {
                words.push_str(&format!(" u{:04x} ", u32::from(other)));
            }
        }
        // A mark that belongs to the letter before it.
        '\u{300}'..='\u{36f}' => {}
        _ => words.push(' '),
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn words_of_real_names() {
        let cases = [
            ("CreateAPIToken", "CreateApiToken", "create_api_token"),
            ("getAPITokens", "GetApiTokens", "get_api_tokens"),
            ("expiresAt", "ExpiresAt", "expires_at"),
            ("x-axiom-org-id", "XAxiomOrgId", "x_axiom_org_id"),
            ("@odata.type", "OdataType", "odata_type"),
            ("+1", "Plus1", "plus_1"),
            ("-1", "Minus1", "minus_1"),
            (">=", "GreaterOrEqual", "greater_or_equal"),
            ("==", "EqualEqual", "equal_equal"),
            ("created-at", "CreatedAt", "created_at"),
            ("-created", "Created", "created"),
            ("a.b/c", "ABC", "a_b_c"),
            ("日本", "RiBen", "ri_ben"),
            ("ünï", "Uni", "uni"),
            ("straße", "Strasse", "strasse"),
            ("e\u{301}t\u{e9}", "Ete", "ete"),
            ("\u{1f130}", "A", "a"),
            ("_links", "Links", "links"),
            ("$ref", "Ref", "ref"),
            ("a[b]", "AB", "a_b"),
            ("don't", "Dont", "dont"),
            ("", "", ""),
        ];
        for (text, camel, snake) in cases {
            let words = Words::of(text);
            assert_eq!(
                (words.upper_camel().as_str(), words.snake().as_str()),
                (camel, snake),
                "{text:?}"
            );
        }
    }
}
