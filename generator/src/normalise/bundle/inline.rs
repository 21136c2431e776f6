//! References where OpenAPI has none, such as `paths: {$ref: paths.yaml}`: the node that is meant is
//! put in their place.

use super::super::origin::Layer;
use crate::diagnostic::Pointer;
use serde_json::{Map, Value};

/// Nodes that may be copied in all. The largest public documents have as many.
const MOST_COPIED: usize = 1 << 21;

/// How deep a document may become.
const DEEPEST: usize = 128;

/// What may still be copied.
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(MOST_COPIED)
    }
}

/// Copies each target into its place; members that stand there win. `false`: nothing was done.
pub(super) fn inline(
    files: &mut [Value],
    places: &[(Pointer, Pointer)],
    budget: &mut Budget,
    layer: &mut Layer,
) -> bool {
    // All copies are of the tree as it was, which is what the layer leads back to.
    let copies: Vec<_> = places
        .iter()
        .filter(|(place, target)| !is_inside(place, target))
        .filter_map(|(place, target)| {
            let value = find(files, target)?;
            let above = place.path.matches('/').count();
            let is_small = measure(value, DEEPEST.saturating_sub(above), &mut budget.0);
            is_small.then(|| (place, target, value.clone()))
        })
        .collect();
    let changed = !copies.is_empty();
    for (place, target, copy) in copies {
        let file = files.get_mut(place.file);
        if let Some(node) = file.and_then(|file| file.pointer_mut(&place.path)) {
            put(node, copy, (place, target), layer);
        }
    }
    changed
}

fn put(node: &mut Value, copy: Value, (place, target): (&Pointer, &Pointer), layer: &mut Layer) {
    match (node, copy) {
        (Value::Object(members), Value::Object(copied)) if members.len() > 1 => {
            let mut merged = Map::new();
            members.shift_remove("$ref");
            for (key, value) in copied {
                if !members.contains_key(&key) {
                    layer.moved(place.child(&key), target.child(&key));
                    merged.insert(key, value);
                }
            }
            merged.extend(std::mem::take(members));
            *members = merged;
        }
        (node, copy) => {
            *node = copy;
            layer.moved(place.clone(), target.clone());
        }
    }
}

fn find<'f>(files: &'f [Value], pointer: &Pointer) -> Option<&'f Value> {
    files.get(pointer.file)?.pointer(&pointer.path)
}

/// Whether a place is inside its own target, which would never end.
fn is_inside(place: &Pointer, target: &Pointer) -> bool {
    let way = place.path.strip_prefix(&target.path);
    place.file == target.file && way.is_some_and(|way| way.is_empty() || way.starts_with('/'))
}

/// Whether a value is at most so deep and has at most so many nodes. What was looked at is taken from
/// the nodes that are left, even where the answer is no: so that the looking ends as well.
fn measure(value: &Value, deepest: usize, left: &mut usize) -> bool {
    if deepest == 0 || *left == 0 {
        return false;
    }
    *left -= 1;
    let mut inner = |value| measure(value, deepest - 1, left);
    match value {
        Value::Object(members) => members.values().all(&mut inner),
        Value::Array(items) => items.iter().all(&mut inner),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}
