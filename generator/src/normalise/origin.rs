//! Where the nodes of the normalised tree stood in the text.
//!
//! Before the walk, whole nodes are moved: out of other files, out of the middle of the document, and
//! to where OpenAPI 3.0 has what Swagger 2.0 had elsewhere. Each of these rewritings is a layer.
//! During the walk, a node keeps its pointer, except where an item before it was left out of a list,
//! or a key was repaired. Those moves are few.

use crate::diagnostic::Pointer;
use crate::parse::trail::Trail;
use std::collections::BTreeMap;

/// All that was moved, first to last: the layers, then the moves of the walk.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Origins {
    layers: Vec<Layer>,
    /// The original pointer of the parent and the new key, to the original key.
    moves: BTreeMap<(Pointer, String), String>,
}

/// One rewriting of the tree: where its moved nodes stand now, and where they stood.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Layer {
    moved: BTreeMap<Pointer, Pointer>,
}

impl Layer {
    /// Notes where a node came from; what is inside of it came with it.
    pub(super) fn moved(&mut self, now: Pointer, before: Pointer) {
        if now != before {
            self.moved.insert(now, before);
        }
    }

    /// Where a node stood before, by the innermost node around it that was moved.
    fn of(&self, pointer: &Pointer) -> Pointer {
        let mut around = pointer.clone();
        loop {
            if let Some(before) = self.moved.get(&around) {
                let inside = &pointer.path[around.path.len()..];
                return Pointer {
                    file: before.file,
                    path: format!("{}{inside}", before.path),
                };
            }
            match around.path.rfind('/') {
                Some(end) => around.path.truncate(end),
                None => return pointer.clone(),
            }
        }
    }
}

impl Origins {
    /// Adds the rewriting that was done last.
    pub(super) fn rewritten(&mut self, layer: Layer) {
        if !layer.moved.is_empty() {
            self.layers.push(layer);
        }
    }

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
        self.before_walk(&self.walked(pointer))
    }

    /// The pointer into the text of a node of the tree that the walk begins with.
    pub(super) fn before_walk(&self, pointer: &Pointer) -> Pointer {
        let layers = self.layers.iter().rev();
        layers.fold(pointer.clone(), |pointer, layer| layer.of(&pointer))
    }

    fn walked(&self, pointer: &Pointer) -> Pointer {
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
