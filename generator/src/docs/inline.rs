//! Inline markup: code spans, emphasis and `http` links are kept, everything else is escaped.

/// Escapes one line of prose.
pub(super) fn escape_inline(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut rest = line;
    // A line may not start a fence, a setext underline or an HTML block of its own.
    if rest.starts_with("~~~")
        || rest.starts_with("===")
        || rest.chars().all(|character| character == '-')
    {
        out.push('\\');
    }
    while let Some(first) = rest.chars().next() {
        let taken = match first {
            '`' => code_span(rest, &mut out),
            '[' => link(rest, &mut out),
            'h' if previous_ends_word(&out) => bare_url(rest, &mut out),
            '<' => autolink(rest, &mut out),
            '\\' => escaped(rest, &mut out),
            '!' if rest.starts_with("![") => {
                out.push_str("\\!");
                1
            }
            ']' | '~' => {
                out.push('\\');
                out.push(first);
                1
            }
            other => {
                out.push(other);
                other.len_utf8()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    out
}

/// A code span that ends on the line is kept; lone backticks are escaped.
fn code_span(rest: &str, out: &mut String) -> usize {
    let ticks = run(rest, '`');
    let fence = &rest[..ticks];
    let mut from = ticks;
    while let Some(found) = rest.get(from..).and_then(|tail| tail.find('`')) {
        let start = from + found;
        let length = run(&rest[start..], '`');
        if length == ticks {
            // Three or more at the start of a line would open a block.
            let content = rest[ticks..start].trim();
            let inner = if content.is_empty() {
                "\u{fffd}"
            } else {
                content
            };
            let fence = if ticks > 2 { "``" } else { fence };
            let pad = if inner.starts_with('`') || inner.ends_with('`') {
                " "
            } else {
                ""
            };
            let inner = if ticks > 2 {
                inner.replace('`', "'")
            } else {
                inner.to_owned()
            };
            out.push_str(&format!("{fence}{pad}{inner}{pad}{fence}"));
            return start + length;
        }
        from = start + length;
    }
    (0..ticks).for_each(|_| out.push_str("\\`"));
    ticks
}

fn run(text: &str, character: char) -> usize {
    text.chars().take_while(|next| *next == character).count()
}

/// `[text](http…)` is kept with its text escaped; any other bracket is only a bracket.
fn link(rest: &str, out: &mut String) -> usize {
    let parts = rest.find("](").and_then(|middle| {
        let text = rest.get(1..middle)?;
        let tail = rest.get(middle + 2..)?;
        let end = tail.find(')')?;
        let url = tail.get(..end)?;
        let plain = !text.contains(['[', ']', '\\', '`', '<', '!']) && !text.trim().is_empty();
        (plain && is_safe_url(url)).then_some((text, url, middle + 2 + end + 1))
    });
    match parts {
        Some((text, url, length)) => {
            out.push_str(&format!("[{}](<{url}>)", without_url(text)));
            length
        }
        None => {
            out.push_str("\\[");
            1
        }
    }
}

/// The text of a link may look like a URL, which must not be a link inside the link.
fn without_url(text: &str) -> String {
    text.replace("://", ":\\//")
}

fn is_safe_url(url: &str) -> bool {
    let known = url.starts_with("https://") || url.starts_with("http://");
    known
        && url
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && !b"<>\"`\\()[]".contains(&byte))
}

/// A URL in prose becomes a link that rustdoc does not complain about.
fn bare_url(rest: &str, out: &mut String) -> usize {
    let end = rest
        .find(|character: char| character.is_whitespace() || "<>\"`\\()[]|*,;".contains(character));
    let url = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ':', '\'', '!', '?', '_']);
    if url.len() > "https://".len() && is_safe_url(url) {
        out.push_str(&format!("<{url}>"));
        url.len()
    } else if url.starts_with("http://") || url.starts_with("https://") {
        out.push_str("http");
        let scheme = "http".len();
        out.push_str(if rest[scheme..].starts_with('s') {
            "s:\\//"
        } else {
            ":\\//"
        });
        scheme
            + if rest[scheme..].starts_with('s') {
                4
            } else {
                3
            }
    } else {
        out.push('h');
        1
    }
}

/// `<https://…>` is kept; any other `<` is only a sign.
fn autolink(rest: &str, out: &mut String) -> usize {
    let url = rest
        .find('>')
        .and_then(|end| rest.get(1..end))
        .filter(|url| is_safe_url(url));
    match url {
        Some(url) => {
            out.push_str(&format!("<{url}>"));
            url.len() + 2
        }
        None => {
            out.push_str("\\<");
            1
        }
    }
}

/// A backslash keeps what it escapes, and is doubled before anything else.
fn escaped(rest: &str, out: &mut String) -> usize {
    match rest.chars().nth(1) {
        Some(next) if next.is_ascii_punctuation() => {
            out.push('\\');
            out.push(next);
            2
        }
        _ => {
            out.push_str("\\\\");
            1
        }
    }
}

fn previous_ends_word(out: &str) -> bool {
    out.chars()
        .next_back()
        .is_none_or(|last| !last.is_alphanumeric())
}
