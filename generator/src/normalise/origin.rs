//! Where the nodes of the normalised tree stood in the text.
//!
//! Before the walk, whole nodes are moved: out of other files, out of the middle of the document, and
//! to where OpenAPI 3.0 has what Swagger 2.0 had elsewhere. Each of these rewritings is a layer.
//! During the walk, a node keeps its pointer, except where an item before it was left out of a list,
//! or a key was repaired, or where the node around it was prepared: a keyword became another one.
//! Those moves are few. Preparing comes before looking inside, and the rest comes after, so that a
//! pointer of the result is traced back through both.

use crate::diagnostic::Pointer;
use crate::parse::trail::Trail;
use std::collections::BTreeMap;

/// All that was moved, first to last: the layers, then the moves of the walk.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Origins {
    layers: Vec<Layer>,
    /// What was moved before the walk looked inside: the pointer in the walk, to where it stood.
    prepared: BTreeMap<Pointer, Vec<Before>>,
    /// What was moved after the walk had looked inside, to where the walk met it; all but the last
    /// step as the walk met it.
    concluded: BTreeMap<Pointer, Pointer>,
}

/// Where a node stood before the node around it was prepared.
#[derive(Clone, Debug, PartialEq)]
struct Before {
    /// How many steps the prepared node is away from the root.
    depth: usize,
    /// The way from there.
    way: String,
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
        let list = list.pointer();
        for (new, old) in kept.iter().enumerate().filter(|(new, old)| new != *old) {
            self.concluded.insert(list.child(new), list.child(old));
        }
    }

    /// Notes that a member has got another key after the walk had looked inside.
    pub(super) fn renamed(&mut self, parent: &Trail<'_>, old: &str, new: &str) {
        let parent = parent.pointer();
        self.concluded.insert(parent.child(new), parent.child(old));
    }

    /// Notes that a node moved inside a node that is being prepared. Several nodes may have become
    /// one.
    pub(super) fn prepared(&mut self, node: &Trail<'_>, old: &[&str], new: &[&str]) {
        let node = node.pointer();
        let at = |way: &[&str]| way.iter().fold(node.clone(), |at, step| at.child(step));
        let (old, new) = (at(old), at(new));
        if old == new {
            return;
        }
        // What was moved twice stood where it was moved from first.
        let before = self.prepared.remove(&old).unwrap_or_else(|| {
            vec![Before {
                depth: node.path.matches('/').count(),
                way: old
                    .path
                    .get(node.path.len()..)
                    .unwrap_or_default()
                    .to_owned(),
            }]
        });
        self.prepared.entry(new).or_default().extend(before);
    }

    /// The pointer into the text of a node of the normalised tree.
    pub(crate) fn of(&self, pointer: &Pointer) -> Pointer {
        self.before_walk(&self.in_walk(pointer))
    }

    /// The pointers into the text of all nodes that became this one.
    pub(crate) fn all_of(&self, pointer: &Pointer) -> Vec<Pointer> {
        let all = self.before_preparing(&self.in_walk(pointer), usize::MAX);
        all.iter()
            .map(|pointer| self.before_layers(pointer))
            .collect()
    }

    /// The pointer into the text of a node where the walk met it.
    pub(super) fn before_walk(&self, pointer: &Pointer) -> Pointer {
        let mut first = self.before_preparing(pointer, 1);
        self.before_layers(&first.pop().unwrap_or_default())
    }

    fn before_layers(&self, pointer: &Pointer) -> Pointer {
        let layers = self.layers.iter().rev();
        layers.fold(pointer.clone(), |pointer, layer| layer.of(&pointer))
    }

    /// Where the walk met a node.
    pub(crate) fn in_walk(&self, pointer: &Pointer) -> Pointer {
        if self.concluded.is_empty() {
            return pointer.clone();
        }
        steps(pointer).fold(root(pointer), |parent, step| {
            let here = join(&parent, step);
            self.concluded.get(&here).cloned().unwrap_or(here)
        })
    }

    /// Where the nodes that became this one stood before the nodes around them were prepared; at
    /// most so many of them.
    fn before_preparing(&self, pointer: &Pointer, most: usize) -> Vec<Pointer> {
        if self.prepared.is_empty() {
            return vec![pointer.clone()];
        }
        // Every node on the way, with all the places that it has.
        let mut ways = vec![vec![root(pointer)]];
        let mut here = root(pointer);
        for step in steps(pointer) {
            here = join(&here, step);
            let places = match self.prepared.get(&here) {
                Some(before) => before
                    .iter()
                    .flat_map(|before| {
                        let from = ways.get(before.depth).into_iter().flatten();
                        from.map(|from| Pointer {
                            file: from.file,
                            path: format!("{}{}", from.path, before.way),
                        })
                    })
                    .take(most)
                    .collect(),
                None => {
                    let around = ways.last().into_iter().flatten();
                    around.map(|around| join(around, step)).collect()
                }
            };
            ways.push(places);
        }
        ways.pop().unwrap_or_default()
    }
}

/// The steps of a pointer, as they are written.
fn steps(pointer: &Pointer) -> impl Iterator<Item = &str> {
    pointer.path.split('/').skip(1)
}

fn root(pointer: &Pointer) -> Pointer {
    Pointer {
        file: pointer.file,
        path: String::new(),
    }
}

/// One step on, as it is written.
fn join(parent: &Pointer, step: &str) -> Pointer {
    Pointer {
        file: parent.file,
        path: format!("{}/{step}", parent.path),
    }
}
