//! The texts that a run of the generator reads. The shell loads them; nothing here does I/O.

/// The entry document and the local files it refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceSet {
    /// The files; index 0 is the entry document.
    pub files: Vec<SourceFile>,
}

/// One text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as it is shown in messages.
    pub path: String,
    /// The text.
    pub text: String,
}
