//! The names that schemas give themselves: `$id`, `$anchor` and `$dynamicAnchor`
//! (<https://json-schema.org/draft/2020-12/json-schema-core#section-8.2>).

use crate::diagnostic::Pointer;
use crate::parse::trail::Trail;
use crate::uri;
use serde_json::Value;
use std::collections::BTreeMap;

/// What is named in all files.
#[derive(Debug, Default)]
pub(super) struct Index {
    addresses: BTreeMap<String, Pointer>,
    anchors: BTreeMap<(usize, String), Vec<Pointer>>,
}

impl Index {
    /// Finds all names. The first of several equal ones counts.
    pub(super) fn of(files: &[Value]) -> Self {
        let mut index = Self::default();
        for (file, value) in files.iter().enumerate() {
            let base = value.get("$self").and_then(Value::as_str);
            let base = base.unwrap_or_default();
            let trail = Trail::Root(file);
            if !base.is_empty() {
                index.address(base, &trail);
            }
            index.visit(value, base, &trail);
        }
        index
    }

    /// The node with this address.
    pub(super) fn address_of(&self, address: &str) -> Option<&Pointer> {
        self.addresses.get(address)
    }

    /// The node of a file with this anchor, if possible below this path.
    pub(super) fn anchor(&self, file: usize, root: &str, name: &str) -> Option<&Pointer> {
        let found = self.anchors.get(&(file, name.to_owned()))?;
        let inside = found.iter().find(|pointer| pointer.path.starts_with(root));
        inside.or_else(|| found.first())
    }

    fn address(&mut self, address: &str, trail: &Trail<'_>) {
        let address = address.strip_suffix('#').unwrap_or(address).to_owned();
        self.addresses
            .entry(address)
            .or_insert_with(|| trail.pointer());
    }

    fn visit(&mut self, value: &Value, base: &str, trail: &Trail<'_>) {
        match value {
            Value::Object(members) => {
                let text = |key: &str| members.get(key).and_then(Value::as_str);
                let own = text("$id").map(|id| uri::joined(base, id));
                if let (Some(id), Some(address)) = (text("$id"), &own) {
                    self.address(id, trail);
                    self.address(address, trail);
                }
                let anchors = ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text);
                for name in anchors {
                    let key = (trail.file(), name.to_owned());
                    self.anchors.entry(key).or_default().push(trail.pointer());
                }
                let base = own.as_deref().unwrap_or(base);
                for (key, member) in members {
                    let is_data = matches!(
                        key.as_str(),
                        "example" | "examples" | "default" | "enum" | "const"
                    );
                    if !is_data {
                        self.visit(member, base, &Trail::Key(trail, key));
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.visit(item, base, &Trail::Index(trail, index));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}
