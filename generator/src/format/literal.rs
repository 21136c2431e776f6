//! What string literals say.

use proc_macro2::Literal;

/// The value of a string literal; `None` for any other.
pub(super) fn string_value(literal: &Literal) -> Option<String> {
    let text = literal.to_string();
    let inside = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    if let Some(value) = inside.and_then(plain_value) {
        return Some(value);
    }
    match syn::Lit::new(literal.clone()) {
        syn::Lit::Str(text) => Some(text.value()),
        _ => None,
    }
}

/// The value of what stands between quotes, if nothing but quotes and backslashes is escaped in it:
/// nearly all documentation, and a fraction of the time that a parse takes.
fn plain_value(inside: &str) -> Option<String> {
    let mut value = String::with_capacity(inside.len());
    let mut rest = inside;
    while let Some((before, after)) = rest.split_once('\\') {
        let escaped = after
            .chars()
            .next()
            .filter(|next| matches!(next, '"' | '\\'))?;
        value.push_str(before);
        value.push(escaped);
        rest = after.get(1..)?;
    }
    value.push_str(rest);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::string_value;
    use proc_macro2::Literal;

    #[test]
    fn strings_are_read_as_they_were() {
        for text in [
            "",
            "plain",
            r#"a "b" \ \n"#,
            "tab\t",
            "\u{e9}\u{202e}\0",
            "'",
            r"\\",
        ] {
            let read = string_value(&Literal::string(text));
            assert_eq!(read.as_deref(), Some(text));
        }
        assert_eq!(string_value(&Literal::byte_string(b"a")), None);
        assert_eq!(string_value(&Literal::u8_suffixed(1)), None);
    }
}
