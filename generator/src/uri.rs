//! References as texts (RFC 3986): what is in front of the `#`, what is behind it, and paths of
//! files that are relative to each other. Nothing here looks at files.

/// A reference in its two parts; an empty fragment is the whole document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reference<'r> {
    /// The document, as it is written; empty for the one that the reference stands in.
    pub(crate) document: &'r str,
    /// What is named in it, percent-decoded.
    pub(crate) fragment: String,
}

impl<'r> Reference<'r> {
    /// Takes a reference apart.
    pub(crate) fn parse(text: &'r str) -> Self {
        let (document, fragment) = text.split_once('#').unwrap_or((text, ""));
        Self {
            document,
            fragment: decoded(fragment),
        }
    }

    /// Whether the document is named with a scheme (`https:`) or a host (`//host`).
    pub(crate) fn is_remote(&self) -> bool {
        is_absolute(self.document)
    }
}

/// Whether this begins with a scheme or a host, as no relative path does.
pub(crate) fn is_absolute(text: &str) -> bool {
    let scheme = text.split_once(':').is_some_and(|(scheme, _)| {
        let mut characters = scheme.chars();
        characters
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic())
            && characters.all(|rest| rest.is_ascii_alphanumeric() || "+-.".contains(rest))
    });
    scheme || text.starts_with("//")
}

/// Percent-decodes, as far as the outcome is text.
pub(crate) fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while let Some(&byte) = bytes.get(index) {
        let escape = bytes
            .get(index + 1..index + 3)
            .filter(|hex| hex.iter().all(u8::is_ascii_hexdigit))
            .and_then(|hex| std::str::from_utf8(hex).ok());
        match escape.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(value) if byte == b'%' => {
                decoded.push(value);
                index += 3;
            }
            _ => {
                decoded.push(byte);
                index += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// The folder of a path with its slash; nothing for a bare file name.
pub(crate) fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |end| &path[..=end])
}

/// A path without `.` and `..`, as far as they can be taken out.
pub(crate) fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for (index, part) in path.split('/').enumerate() {
        match part {
            "" if index > 0 => {}
            "." => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, ".." | "")) => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The file that a reference names when it stands in this file; `None` if that is no relative path.
pub(crate) fn file(from: &str, document: &str) -> Option<String> {
    if is_absolute(document) || document.starts_with(['/', '\\']) {
        return None;
    }
    let document = decoded(document).replace('\\', "/");
    Some(normal(&format!("{}{document}", folder(from))))
}

/// Whether a normal path is in the folder of this normal path, or below.
pub(crate) fn is_below(path: &str, entry: &str) -> bool {
    let inside = path.strip_prefix(folder(entry));
    inside.is_some_and(|inside| !inside.starts_with("../") && !inside.starts_with('/'))
}

/// The address that a reference names when it stands in a document with this address.
pub(crate) fn joined(base: &str, document: &str) -> String {
    if document.is_empty() {
        return base.to_owned();
    }
    if document.starts_with("//") || !is_absolute(base) || is_absolute(document) {
        return document.to_owned();
    }
    let authority = base.find("//").map_or(0, |at| at + 2);
    let start = base[authority..]
        .find('/')
        .map_or(base.len(), |at| authority + at);
    let (host, path) = base.split_at(start);
    let path = if document.starts_with('/') {
        document.to_owned()
    } else {
        format!(
            "{}{document}",
            if path.is_empty() { "/" } else { folder(path) }
        )
    };
    format!("{host}{}", normal(&path))
}

#[cfg(test)]
mod tests {
    use super::{file, is_below, joined, normal};

    #[test]
    fn files() {
        for (from, document, expected) in [
            ("a.yaml", "b.yaml", Some("b.yaml")),
            ("api/a.yaml", "./x/../b.yaml", Some("api/b.yaml")),
            ("../api/a.yaml", "../b%20c.yaml", Some("../b c.yaml")),
            ("api/a.yaml", r".\x\b.yaml", Some("api/x/b.yaml")),
            ("a.yaml", "https://host/b.yaml", None),
            ("a.yaml", "//host/b.yaml", None),
            ("a.yaml", "file:b.yaml", None),
            ("a.yaml", "/b.yaml", None),
        ] {
            assert_eq!(file(from, document).as_deref(), expected, "{document}");
        }
    }

    #[test]
    fn folders() {
        for (path, entry, expected) in [
            ("b.yaml", "a.yaml", true),
            ("../b.yaml", "a.yaml", false),
            ("api/x/b.yaml", "api/a.yaml", true),
            ("b.yaml", "api/a.yaml", false),
            ("../b.yaml", "../a.yaml", true),
            ("../../b.yaml", "../a.yaml", false),
            ("/b.yaml", "a.yaml", false),
        ] {
            assert_eq!(is_below(path, entry), expected, "{path}");
        }
        assert_eq!(normal("/a//b/./../c"), "/a/c");
    }

    #[test]
    fn addresses() {
        for (base, document, expected) in [
            ("https://host/a/b.json", "c.json", "https://host/a/c.json"),
            ("https://host/a/b.json", "../c.json", "https://host/c.json"),
            ("https://host", "/c", "https://host/c"),
            ("https://host", "c", "https://host/c"),
            ("https://host/a", "urn:x", "urn:x"),
            ("", "c.json", "c.json"),
        ] {
            assert_eq!(joined(base, document), expected, "{document}");
        }
    }
}
