//! Names of crates: the ones that are asked for, and the one a document without a name gets.

/// crates.io allows no longer one.
const LONGEST: usize = 64;

/// Names that Cargo refuses for a package, and file names that Windows refuses.
const RESERVED: &[&str] = &[
    "abstract",
    "alloc",
    "as",
    "async",
    "aux",
    "await",
    "become",
    "box",
    "break",
    "build",
    "con",
    "const",
    "continue",
    "core",
    "crate",
    "deps",
    "do",
    "dyn",
    "else",
    "enum",
    "examples",
    "extern",
    "false",
    "final",
    "fn",
    "for",
    "gen",
    "if",
    "impl",
    "in",
    "incremental",
    "let",
    "loop",
    "macro",
    "match",
    "mod",
    "move",
    "mut",
    "nul",
    "override",
    "priv",
    "prn",
    "proc-macro",
    "proc_macro",
    "pub",
    "ref",
    "return",
    "self",
    "static",
    "std",
    "struct",
    "super",
    "test",
    "trait",
    "true",
    "try",
    "type",
    "typeof",
    "unsafe",
    "unsized",
    "use",
    "virtual",
    "where",
    "while",
    "yield",
];

/// Why a name is not one that Cargo takes, as the end of a sentence.
pub(super) fn objection(name: &str) -> Option<&'static str> {
    let allowed = |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        Some("does not start with a letter")
    } else if !name.chars().all(allowed) {
        Some("holds a character other than a letter, a digit, `-` or `_`")
    } else if name.len() > LONGEST {
        Some("is longer than 64 characters")
    } else if RESERVED.contains(&name.to_ascii_lowercase().as_str()) {
        Some("is reserved")
    } else {
        None
    }
}

/// A name made from the file stem of a document: `Pet Store__v2` becomes `pet-store-v2`.
pub(crate) fn from_stem(stem: &str) -> String {
    let words = stem.split(|character: char| !character.is_ascii_alphanumeric());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    let mut name = words.join("-").to_ascii_lowercase();
    name.truncate(LONGEST - "api-".len());
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name.insert_str(0, if name.is_empty() { "api" } else { "api-" });
    }
    if RESERVED.contains(&name.as_str()) {
        name.push_str("-api");
    }
    name.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::{from_stem, objection};

    #[test]
    fn every_stem_gives_a_name() {
        let long = "a".repeat(500);
        let cases = [
            ("axiom__v2", "axiom-v2"),
            ("Pet Store.v3", "pet-store-v3"),
            ("3scale", "api-3scale"),
            ("", "api"),
            ("ümläut", "ml-ut"),
            ("日本", "api"),
            ("type", "type-api"),
            ("CON", "con-api"),
            ("../../etc", "etc"),
            (long.as_str(), &long[..60]),
        ];
        for (stem, expected) in cases {
            assert_eq!(from_stem(stem), expected, "{stem}");
            assert_eq!(objection(&from_stem(stem)), None, "{stem}");
        }
    }

    #[test]
    fn names_that_cargo_refuses() {
        let long = "a".repeat(65);
        for name in [
            "",
            "1a",
            "-a",
            "a b",
            "a/b",
            "a\"",
            "é",
            "Std",
            "match",
            long.as_str(),
        ] {
            assert!(objection(name).is_some(), "{name}");
        }
        for name in ["axiom-api", "a", "snake_case", "V2"] {
            assert_eq!(objection(name), None, "{name}");
        }
    }
}
