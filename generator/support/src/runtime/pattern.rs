//! Patterns of the document, compiled when they are first needed.

/// A rule for a pattern. One that cannot be compiled allows everything: the generator leaves those
/// out that it cannot compile itself.
macro_rules! pattern {
    ($pattern:literal) => {
        Pattern($pattern, |text| {
            static PATTERN: std::sync::LazyLock<Option<regex_lite::Regex>> =
                std::sync::LazyLock::new(|| regex_lite::Regex::new($pattern).ok());
            PATTERN
                .as_ref()
                .is_none_or(|pattern| pattern.is_match(text))
        })
    };
}
pub(crate) use pattern;
