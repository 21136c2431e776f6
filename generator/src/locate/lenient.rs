//! What other parsers accept and `saphyr-parser` does not, rewritten without moving a character.

use std::borrow::Cow;

/// JSON writes characters beyond the basic plane as two escapes, `\ud83d\ude00`; YAML does not
/// know that, and its parser would stop there. Other escapes of the same length stand in.
pub(super) fn without_surrogates(text: &str) -> Cow<'_, str> {
    let is_surrogate = |rest: &str| {
        let mut digits = rest.bytes().skip(2);
        matches!(digits.next(), Some(b'd' | b'D'))
            && matches!(digits.next(), Some(b'8' | b'9' | b'a'..=b'f' | b'A'..=b'F'))
            && digits.next().is_some_and(|digit| digit.is_ascii_hexdigit())
            && digits.next().is_some_and(|digit| digit.is_ascii_hexdigit())
    };
    let mut masked = String::new();
    let mut copied = 0;
    for (at, _) in text.match_indices("\\u") {
        if is_surrogate(&text[at..]) {
            masked.push_str(&text[copied..at]);
            masked.push_str("\\u0020");
            copied = at + 6;
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    masked.push_str(&text[copied..]);
    Cow::Owned(masked)
}

/// YAML wants the lines of quoted texts, and brackets that close, further to the right than the
/// mapping around them; `libyaml` does not care, so neither do documents. Where the parser stopped
/// for that, the line is joined to the one before, or the lines of the quoted text to one.
pub(super) fn joined(text: &str, character: usize) -> Option<String> {
    let stopped = text
        .char_indices()
        .nth(character)
        .map_or(text.len(), |(byte, _)| byte);
    let (start, end) = match text.as_bytes().get(stopped) {
        Some(quote @ (b'"' | b'\'')) => {
            let length = quoted(&text.as_bytes()[stopped + 1..], *quote)?;
            (stopped, stopped + 1 + length)
        }
        _ => {
            let line = text[..stopped].rfind('\n')?;
            if !text[line..].trim_ascii_start().starts_with(['}', ']']) {
                return None;
            }
            (
                line.saturating_sub(usize::from(text[..line].ends_with('\r'))),
                stopped,
            )
        }
    };
    let lines = &text[start..end];
    let is_long = lines.contains('\n');
    is_long.then(|| {
        let line = lines.replace(['\n', '\r'], " ");
        [&text[..start], &line, &text[end..]].concat()
    })
}

/// How far it is to the end of a quoted text.
fn quoted(text: &[u8], quote: u8) -> Option<usize> {
    let mut at = 0;
    loop {
        match text.get(at)? {
            b'\\' if quote == b'"' => at += 2,
            byte if *byte == quote && quote == b'\'' && text.get(at + 1) == Some(&quote) => at += 2,
            byte if *byte == quote => return Some(at),
            _ => at += 1,
        }
    }
}
