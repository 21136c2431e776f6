//! Where a walk over the tree stands.
//!
//! A chain of stack frames costs nothing while all is well; a [`Pointer`] is built from it only for
//! a diagnostic.

use crate::diagnostic::Pointer;

/// The way from the root of a file to a node.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trail<'t> {
    /// The root of the file with this index.
    Root(usize),
    /// A node where a walk begins.
    At(&'t Pointer),
    /// The member with this key.
    Key(&'t Trail<'t>, &'t str),
    /// The item with this index.
    Index(&'t Trail<'t>, usize),
}

impl Trail<'_> {
    /// The same place as a JSON pointer.
    pub(crate) fn pointer(&self) -> Pointer {
        match self {
            Self::Root(file) => Pointer {
                file: *file,
                path: String::new(),
            },
            Self::At(pointer) => (*pointer).clone(),
            Self::Key(parent, key) => parent.pointer().child(key),
            Self::Index(parent, index) => parent.pointer().child(index),
        }
    }

    /// Index of the file.
    pub(crate) fn file(&self) -> usize {
        match self {
            Self::Root(file) => *file,
            Self::At(pointer) => pointer.file,
            Self::Key(parent, _) | Self::Index(parent, _) => parent.file(),
        }
    }

    /// Whether the way leads through a member with this key.
    pub(crate) fn passes(&self, key: &str) -> bool {
        match self {
            Self::Root(_) | Self::At(_) => false,
            Self::Key(parent, passed) => *passed == key || parent.passes(key),
            Self::Index(parent, _) => parent.passes(key),
        }
    }

    /// What messages call the node: its key, or its place in a list.
    pub(crate) fn subject(&self) -> String {
        match self {
            Self::Root(_) | Self::At(_) => String::from("the document"),
            Self::Key(_, key) => format!("`{}`", key.escape_debug()),
            Self::Index(_, index) => format!("item {index}"),
        }
    }
}
