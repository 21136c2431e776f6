//! Finds every reference that does not simply name a component, and the node that it means.

use super::super::role::{self, Node, Role};
use super::index::Index;
use super::place::Places;
use super::refusal::Refusal;
use crate::diagnostic::Pointer;
use crate::media;
use crate::parse::trail::Trail;
use crate::uri::{self, Reference};
use serde_json::{Map, Value};
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

/// A reference, by the place of its text.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) role: Role,
    /// The node that it means.
    pub(super) to: Result<Pointer, Refusal>,
}

/// What references there are.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) links: BTreeMap<Pointer, Link>,
    /// Nodes that are references where OpenAPI has none, and the nodes that they mean.
    pub(super) inlined: Vec<(Pointer, Pointer)>,
}

/// Looks through the entry document, and through all that is reached from it.
pub(super) fn scan(files: &[Value], paths: &[String], places: Places) -> Found {
    let mut scan = Scan {
        files,
        paths,
        places,
        index: OnceCell::new(),
        found: Found::default(),
        pending: Vec::new(),
        seen: BTreeSet::new(),
    };
    let base = files.first().and_then(|entry| entry.get("$self"));
    let scope = Scope {
        base: base.and_then(Value::as_str),
        ..Scope::default()
    };
    if let Some(entry) = files.first() {
        scan.visit(entry, Node::One(Role::Document), &Trail::Root(0), scope);
    }
    while let Some((pointer, role)) = scan.pending.pop() {
        scan.target(&pointer, role);
    }
    scan.found
}

struct Scan<'f> {
    files: &'f [Value],
    paths: &'f [String],
    places: Places,
    index: OnceCell<Index>,
    found: Found,
    pending: Vec<(Pointer, Role)>,
    seen: BTreeSet<(Pointer, Role)>,
}

/// What references inside of a node are relative to.
#[derive(Clone, Copy, Default)]
struct Scope<'s> {
    /// The address of the innermost schema with an `$id`.
    base: Option<&'s str>,
    /// That schema.
    resource: Option<&'s Trail<'s>>,
    /// The outermost schema around the node.
    schema: Option<&'s Trail<'s>>,
    /// The nearest schema around that says `$recursiveAnchor: true`.
    recursive: Option<&'s Trail<'s>>,
}

impl<'f> Scan<'f> {
    /// Looks through a node that a reference leads to.
    fn target(&mut self, pointer: &Pointer, role: Role) {
        let files = self.files;
        let Some(file) = files.get(pointer.file) else {
            return;
        };
        let root = Pointer {
            file: pointer.file,
            path: String::new(),
        };
        let Some(node) = file.pointer(&pointer.path) else {
            return;
        };
        // The schema with an `$id` that is nearest on the way there.
        let mut around = (root.clone(), None);
        let mut current = root;
        for segment in pointer.path.split('/').skip(1) {
            let id = file.pointer(&current.path).and_then(|node| node.get("$id"));
            if let Some(id) = id.and_then(Value::as_str) {
                around = (current.clone(), Some(id));
            }
            current.path = format!("{}/{segment}", current.path);
        }
        let resource = Trail::At(&around.0);
        let scope = Scope {
            base: around.1,
            resource: around.1.map(|_| &resource),
            schema: None,
            recursive: None,
        };
        self.visit(node, Node::One(role), &Trail::At(pointer), scope);
    }

    fn visit(&mut self, value: &'f Value, node: Node, trail: &Trail<'_>, scope: Scope<'_>) {
        if node == Node::One(Role::Data) {
            return;
        }
        match value {
            Value::Object(members) => self.object(value, members, node, trail, scope),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.visit(item, node, &Trail::Index(trail, index), scope);
                }
            }
            Value::String(text)
                if node == Node::One(Role::Target)
                    && (text.contains(['#', '/'])
                        || [".json", ".yaml", ".yml"]
                            .iter()
                            .any(|end| text.ends_with(end))) =>
            {
                self.link(text, Role::Target, trail, scope);
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn object(
        &mut self,
        value: &'f Value,
        members: &'f Map<String, Value>,
        node: Node,
        trail: &Trail<'_>,
        scope: Scope<'_>,
    ) {
        // Looking for each of the keys that mean something here takes longer than looking at all.
        let has_keywords = members.keys().any(|key| key.starts_with('$'));
        let mut scope = scope;
        let address;
        if node == Node::One(Role::Schema) {
            scope.schema = scope.schema.or(Some(trail));
            if has_keywords && members.get("$recursiveAnchor") == Some(&Value::Bool(true)) {
                scope.recursive = Some(trail);
            }
            if has_keywords && let Some(id) = members.get("$id").and_then(Value::as_str) {
                address = uri::joined(scope.base.unwrap_or_default(), id);
                scope.base = Some(&address);
                scope.resource = Some(trail);
            }
        }
        if has_keywords && let Some((key, text)) = role::reference(value, node.role()) {
            let mut scope = scope;
            if key == "$recursiveRef" {
                scope.resource = scope.recursive.or(scope.resource);
            }
            let has_own = members
                .keys()
                .any(|other| other != key && !other.starts_with("x-"));
            if node.role().components().is_none() || (node.role() == Role::PathItem && has_own) {
                if let Ok(target) = self.resolve(text, trail.file(), scope) {
                    self.found.inlined.push((trail.pointer(), target));
                }
            } else {
                self.link(text, node.role(), &Trail::Key(trail, key), scope);
            }
        }
        for (key, member) in members {
            self.visit(member, node.child(key), &Trail::Key(trail, key), scope);
        }
    }

    fn link(&mut self, text: &str, role: Role, at: &Trail<'_>, scope: Scope<'_>) {
        let file = at.file();
        let is_plain = file == 0 && scope.resource.is_none();
        if is_plain
            && text
                .strip_prefix('#')
                .is_some_and(|path| self.places.holds(path, role))
        {
            return;
        }
        let to = self
            .resolve(text, file, scope)
            .and_then(|target| self.referable(target, role));
        // What leads nowhere within the document itself is reported by whoever follows it; nobody
        // follows a dynamic reference.
        let is_followed = file == 0 && text.starts_with('#') && matches!(at, Trail::Key(_, "$ref"));
        let is_reported = matches!(to, Err(Refusal::Structure(_) | Refusal::Role(_)));
        if to.is_err() && (role == Role::Target || (is_followed && !is_reported)) {
            return;
        }
        let role = match role {
            Role::Target => Role::Schema,
            role => role,
        };
        if let Ok(target) = &to {
            let is_known = target.file == 0 && self.places.holds(&target.path, role);
            if !is_known && self.seen.insert((target.clone(), role)) {
                self.pending.push((target.clone(), role));
            }
        }
        self.found.links.insert(at.pointer(), Link { role, to });
    }

    /// What holds other nodes of the document is none itself. Looking into it as if it were would take
    /// each reference inside of it for one where OpenAPI has none. A node of another kind is what it has the
    /// members of, and a schema is found inside of what has one.
    fn referable(&self, target: Pointer, role: Role) -> Result<Pointer, Refusal> {
        let entry = self.files.first().filter(|_| target.file == 0);
        let found = entry.and_then(|entry| {
            let value = entry.pointer(&target.path)?;
            Some((value, role::at(entry, &target.path)?))
        });
        match found {
            Some((_, node)) if node.is_structure() => Err(Refusal::Structure(target.path)),
            Some((value, node)) if !node.role().is_for(role) && !role.fits(value) => {
                let inside = (role == Role::Schema).then(|| self.schema_inside(&target));
                inside.flatten().ok_or(Refusal::Role(target.path))
            }
            _ => Ok(target),
        }
    }

    /// Where the schema of a parameter, a header, a body or a response stands, which may be a reference to
    /// one: that of JSON, if there are several.
    fn schema_inside(&self, node: &Pointer) -> Option<Pointer> {
        let mut at = node.clone();
        let mut value = self.files.get(at.file)?.pointer(&at.path)?;
        // References may lead to references, but not for ever.
        for _ in 0..16 {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
                break;
            };
            at = self.resolve(reference, at.file, Scope::default()).ok()?;
            value = self.files.get(at.file)?.pointer(&at.path)?;
        }
        if value.get("schema").is_some() {
            return Some(at.child("schema"));
        }
        let content = value.get("content")?.as_object()?.iter();
        let typed = content.filter(|(_, media_type)| media_type.get("schema").is_some());
        let is_json = |name: &str| media::is_json(&media::essence(name));
        let (name, _) = typed.min_by_key(|(name, _)| !is_json(name))?;
        Some(at.child("content").child(name).child("schema"))
    }

    /// The node that a reference means.
    fn resolve(&self, text: &str, file: usize, scope: Scope<'_>) -> Result<Pointer, Refusal> {
        let reference = Reference::parse(text);
        let root = if reference.document.is_empty() {
            scope.resource.map_or(
                Pointer {
                    file,
                    path: String::new(),
                },
                Trail::pointer,
            )
        } else {
            self.document(&reference, file, scope)?
        };
        let fragment = reference.fragment;
        if fragment.is_empty() {
            return Ok(root);
        }
        if !fragment.starts_with('/') {
            let found = self.index().anchor(root.file, &root.path, &fragment);
            return found.cloned().ok_or(Refusal::Anchor(fragment));
        }
        // Many documents have `$id`s that are only names, and refer from their own root all the same;
        // others have pasted schemas, whose references begin at the schema.
        let pasted = (fragment.starts_with("/definitions/") || fragment.starts_with("/$defs/"))
            .then_some(scope.schema)
            .flatten();
        let outer = pasted
            .map(|schema| schema.pointer().path)
            .unwrap_or_default();
        let exists = |path: &String| {
            let file = self.files.get(root.file);
            file.is_some_and(|file| file.pointer(path).is_some())
        };
        let tried = [root.path.as_str(), "", outer.as_str()];
        let mut paths = tried.iter().map(|before| format!("{before}{fragment}"));
        match paths.find(exists) {
            Some(path) => Ok(Pointer {
                file: root.file,
                path,
            }),
            None => Err(Refusal::Node {
                path: fragment,
                file: self.paths.get(root.file).cloned().unwrap_or_default(),
            }),
        }
    }

    /// The root of the document, or of the schema, that the first part of a reference names.
    fn document(
        &self,
        reference: &Reference<'_>,
        file: usize,
        scope: Scope<'_>,
    ) -> Result<Pointer, Refusal> {
        let from = self.paths.get(file).map_or("", String::as_str);
        let path = uri::file(from, reference.document);
        let known = path
            .as_ref()
            .and_then(|path| self.paths.iter().position(|known| known == path));
        if let Some(file) = known {
            return Ok(Pointer {
                file,
                path: String::new(),
            });
        }
        let address = uri::joined(scope.base.unwrap_or_default(), reference.document);
        let index = self.index();
        let named = [reference.document, address.as_str()];
        if let Some(found) = named.iter().find_map(|name| index.address_of(name)) {
            return Ok(found.clone());
        }
        let entry = self.paths.first().map_or("", String::as_str);
        Err(match path {
            _ if reference.is_remote() => Refusal::Remote,
            Some(path) if uri::is_below(&path, entry) => Refusal::File(path),
            _ => Refusal::Outside,
        })
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self.files))
    }
}
