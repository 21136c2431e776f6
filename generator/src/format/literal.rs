//! What string literals say.

use std::borrow::Cow;

/// The value of a string literal, from the text of the literal; `None` for any other.
pub(super) fn string_value(literal: &str) -> Option<Cow<'_, str>> {
    let inside = literal
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    inside.and_then(plain_value).or_else(|| {
        let parsed = syn::parse_str::<syn::LitStr>(literal).ok()?;
        Some(parsed.value().into())
    })
}

/// The value of what stands between quotes, if nothing but quotes and backslashes is escaped in it:
/// nearly all documentation, and a fraction of the time that a parse takes.
fn plain_value(inside: &str) -> Option<Cow<'_, str>> {
    if !inside.contains('\\') {
        return Some(inside.into());
    }
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
    Some(value.into())
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
            let literal = Literal::string(text).to_string();
            assert_eq!(string_value(&literal).as_deref(), Some(text));
        }
        assert_eq!(string_value("b\"a\""), None);
        assert_eq!(string_value("1u8"), None);
    }
}
