//! Where the nodes of the normalised tree stood in the text.
//!
//! A node keeps its pointer, except where an item before it was left out of a list, or a key was
//! repaired. Those moves are few, and are kept here.

use crate::diagnostic::Pointer;
use crate::parse::trail::Trail;
use std::collections::BTreeMap;

/// The moves: the original pointer of the parent and the new key, to the original key.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Origins {
    moves: BTreeMap<(Pointer, String), String>,
}

impl Origins {
    /// Notes which items of a list were kept.
    pub(super) fn items_moved(&mut self, list: &Trail<'_>, kept: &[usize]) {
        let parent = list.pointer();
        for (new, old) in kept.iter().enumerate().filter(|(new, old)| new != *old) {
            self.moves
                .insert((parent.clone(), new.to_string()), old.to_string());
        }
    }

    /// Notes that a member has another key now.
    pub(super) fn renamed(&mut self, parent: &Trail<'_>, old: &str, new: &str) {
        self.moves
            .insert((parent.pointer(), new.to_owned()), old.to_owned());
    }

    /// The pointer into the text of a node of the normalised tree.
    pub(super) fn of(&self, pointer: &Pointer) -> Pointer {
        if self.moves.is_empty() {
            return pointer.clone();
        }
        let root = Pointer {
            file: pointer.file,
            path: String::new(),
        };
        pointer
            .path
            .split('/')
            .skip(1)
            .fold(root, |parent, segment| {
                let key = segment.replace("~1", "/").replace("~0", "~");
                let origin = self.moves.get(&(parent.clone(), key.clone()));
                parent.child(origin.unwrap_or(&key))
            })
    }
}
