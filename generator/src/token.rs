//! Tokens of HTTP: what methods and the names of headers are made of.

/// Whether a text is a token, RFC 9110 section 5.6.2.
#[must_use]
pub fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
