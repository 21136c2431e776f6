//! One document of many files, and references that name more than a component.
//!
//! Every node that a reference means becomes a component of the entry document, wherever it stood:
//! in another file, or deep inside of something. It is moved, not copied: where it stood, a
//! reference to it remains, so that it is one type however often it is used. A component that is
//! nothing but a reference to such a node becomes that node.

mod index;
mod inline;
mod name;
mod place;
mod refusal;
mod scan;

use super::origin::{Layer, Origins};
use super::role::{self, Role};
use crate::diagnostic::{Pointer, unescaped};
use crate::parse::Document;
use place::Places;
use scan::{Found, Link};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};

pub(super) use refusal::{Refusal, index as refused};

/// How often a node that is put in the place of a reference may hold such references itself.
const MOST_ROUNDS: usize = 8;

/// Makes one document of all files. References that are not followed are left for the walk to report.
pub(super) fn bundle(
    document: Document,
    is_swagger: bool,
    origins: &mut Origins,
) -> Option<(Value, Vec<Refusal>)> {
    let Document { mut files, paths } = document;
    let places = Places::new(is_swagger);
    let mut found = scan::scan(&files, &paths, places);
    let mut budget = inline::Budget::default();
    for _ in 0..MOST_ROUNDS {
        if found.inlined.is_empty() {
            break;
        }
        let mut layer = Layer::default();
        if !inline::inline(&mut files, &found.inlined, &mut budget, &mut layer) {
            break;
        }
        origins.rewritten(layer);
        found = scan::scan(&files, &paths, places);
    }
    let refusals = if found.links.is_empty() {
        Vec::new()
    } else {
        let mut layer = Layer::default();
        let homes = homes(&files, &paths, places, &found);
        let refusals = relink(&mut files, found.links, &homes, &mut layer);
        gather(&mut files, &homes, &mut layer);
        origins.rewritten(layer);
        refusals
    };
    files.into_iter().next().map(|entry| (entry, refusals))
}

/// The paths in the entry document that nodes are moved to.
type Homes = BTreeMap<(Pointer, Role), String>;

/// Finds a place for every node that cannot be referred to where it stands.
fn homes(files: &[Value], paths: &[String], places: Places, found: &Found) -> Homes {
    let mut homes = Homes::new();
    let Some(entry) = files.first() else {
        return homes;
    };
    let is_fixed = |pointer: &Pointer, role| {
        pointer.file == 0
            && (places.holds(&pointer.path, role) || !Places::is_movable(&pointer.path))
    };
    let is_kept =
        |pointer: &Pointer, role| pointer.file == 0 && places.keeps(entry, &pointer.path, role);
    let goes = |pointer: &Pointer, role| {
        !is_fixed(pointer, role) && !is_kept(pointer, role) && !is_foreign(files, pointer, role)
    };
    let links = found.links.values();
    let moved: BTreeSet<&Pointer> = links
        .filter_map(|link| link.to.as_ref().ok().filter(|to| goes(to, link.role)))
        .collect();
    // What could be referred to where it stands cannot be if something around it goes elsewhere.
    let stays = |pointer: &Pointer, role| {
        is_fixed(pointer, role) || is_kept(pointer, role) && !is_inside(pointer, &moved)
    };
    let mut targets = BTreeSet::new();
    for (at, Link { role, to }) in &found.links {
        let Ok(target) = to else {
            continue;
        };
        if stays(target, *role) {
            continue;
        }
        let target = (target.clone(), *role);
        if let Some(home) = component(entry, places, at, *role)
            && !homes.contains_key(&target)
        {
            targets.remove(&target);
            homes.insert(target, home);
        } else if !homes.contains_key(&target) {
            targets.insert(target);
        }
    }
    let targets: Vec<_> = targets.into_iter().collect();
    let names = name::names(&targets, paths, &taken(entry, places, &targets));
    for ((pointer, role), name) in targets.into_iter().zip(names) {
        if let Some(mapping) = places.mapping(role) {
            let root = Pointer {
                file: 0,
                path: mapping,
            };
            homes.insert((pointer, role), root.child(name).path);
        }
    }
    homes
}

/// Whether something around this node is one of these.
fn is_inside(pointer: &Pointer, moved: &BTreeSet<&Pointer>) -> bool {
    let mut around = pointer.clone();
    while let Some(end) = around.path.rfind('/') {
        around.path.truncate(end);
        if moved.contains(&around) {
            return true;
        }
    }
    false
}

/// The path of the component that a reference is, if it is one.
fn component(entry: &Value, places: Places, at: &Pointer, role: Role) -> Option<String> {
    let (path, _) = at.path.rsplit_once('/')?;
    let is_alone = |node: &Value| node.as_object().is_some_and(|members| members.len() == 1);
    let is_component = at.file == 0 && places.holds(path, role);
    (is_component && entry.pointer(path).is_some_and(is_alone)).then(|| path.to_owned())
}

/// The names, in lower case, of the components that there are.
fn taken(
    entry: &Value,
    places: Places,
    targets: &[(Pointer, Role)],
) -> BTreeMap<&'static str, BTreeSet<String>> {
    let mut taken = BTreeMap::new();
    for (_, role) in targets {
        let (Some(components), Some(mapping)) = (role.components(), places.mapping(*role)) else {
            continue;
        };
        taken.entry(components).or_insert_with(|| {
            let mapping = entry.pointer(&mapping).and_then(Value::as_object);
            let names = mapping.into_iter().flat_map(Map::keys);
            names.map(|name| name.to_lowercase()).collect()
        });
    }
    taken
}

/// Lets every reference name the place where its node will be.
fn relink(
    files: &mut [Value],
    links: BTreeMap<Pointer, Link>,
    homes: &Homes,
    layer: &mut Layer,
) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for (at, Link { role, to }) in links {
        let text = match to {
            Ok(target) => {
                let key = (target, role);
                let path = homes.get(&key).unwrap_or(&key.0.path);
                reference(path)
            }
            Err(refusal) => {
                refusals.push(refusal);
                refusal::address(refusals.len() - 1)
            }
        };
        let Some((path, key)) = at.path.rsplit_once('/') else {
            continue;
        };
        let parent = files
            .get_mut(at.file)
            .and_then(|file| file.pointer_mut(path));
        match parent {
            Some(Value::Object(members))
                if matches!(key, "$ref" | "$dynamicRef" | "$recursiveRef") =>
            {
                members.shift_remove("$dynamicRef");
                members.shift_remove("$recursiveRef");
                members.insert(String::from("$ref"), Value::from(text));
                if key != "$ref" {
                    let now = Pointer {
                        file: at.file,
                        path: format!("{path}/$ref"),
                    };
                    layer.moved(now, at.clone());
                }
            }
            // A value of a discriminator's mapping.
            Some(parent) => {
                if let Some(value) = parent.pointer_mut(&format!("/{key}")) {
                    *value = Value::from(text);
                }
            }
            None => {}
        }
    }
    refusals
}

/// The text of a reference to a path of the entry document.
fn reference(path: &str) -> String {
    format!("#{}", path.replace('%', "%25"))
}

/// Moves every node to its place, the innermost first, so that those around it are still there.
fn gather(files: &mut [Value], homes: &Homes, layer: &mut Layer) {
    let mut moves = homes.iter().rev().peekable();
    while let Some(((pointer, role), home)) = moves.next() {
        let is_foreign = is_foreign(files, pointer, *role);
        let node = files
            .get_mut(pointer.file)
            .and_then(|file| file.pointer_mut(&pointer.path));
        let Some(node) = node else {
            continue;
        };
        let is_shared = moves.peek().is_some_and(|((next, _), _)| next == pointer);
        let value = if is_shared || is_foreign {
            node.clone()
        } else {
            let left = Map::from_iter([(String::from("$ref"), Value::from(reference(home)))]);
            std::mem::replace(node, Value::Object(left))
        };
        if let Some(entry) = files.first_mut()
            && insert(entry, home, value)
        {
            let now = Pointer {
                file: 0,
                path: home.clone(),
            };
            layer.moved(now, pointer.clone());
        }
    }
}

/// Whether a node stands where those of another kind do, and has to stay there for those who refer to it
/// rightly.
fn is_foreign(files: &[Value], pointer: &Pointer, role: Role) -> bool {
    let entry = files.first().filter(|_| pointer.file == 0);
    let node = entry.and_then(|entry| role::at(entry, &pointer.path));
    node.is_some_and(|node| !node.role().is_for(role))
}

/// Puts a node at a path, through objects that need not be there yet.
fn insert(root: &mut Value, path: &str, value: Value) -> bool {
    let mut node = root;
    let mut segments = path.split('/').skip(1).peekable();
    while let Some(segment) = segments.next() {
        let Value::Object(members) = node else {
            return false;
        };
        let key = unescaped(segment);
        if segments.peek().is_none() {
            members.insert(key, value);
            return true;
        }
        node = members
            .entry(key)
            .or_insert_with(|| Value::Object(Map::new()));
    }
    false
}
