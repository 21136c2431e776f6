//! Where references lead, over all files of a source set.

use serde_json::Value;
use specwright::{Pointer, SourceSet};

use super::Node;

/// The parsed files, and how references name them.
#[derive(Debug)]
pub(crate) struct Files<'d> {
    values: &'d [Value],
    paths: Vec<Vec<&'d str>>,
}

impl<'d> Files<'d> {
    /// The files in the order of the source set.
    pub(crate) fn new(values: &'d [Value], sources: &'d SourceSet) -> Self {
        let paths = sources.files.iter().map(|file| parts(&file.path, &[]));
        Self {
            values,
            paths: paths.collect(),
        }
    }

    /// The node at a pointer.
    pub(crate) fn at(&self, pointer: &Pointer) -> Option<&'d Value> {
        self.values.get(pointer.file)?.pointer(&pointer.path)
    }

    /// The place that a reference at a place leads to.
    pub(crate) fn leads_to(&self, value: &'d Value, pointer: &Pointer) -> Option<Pointer> {
        let node = Node::new(pointer.clone(), value);
        self.target(&node).map(|node| node.pointer)
    }

    /// What a reference leads to; nothing for a node that is none, and for one that leads nowhere.
    pub(super) fn target(&self, node: &Node<'d>) -> Option<Node<'d>> {
        let reference = node.value.get("$ref")?.as_str()?;
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = match path {
            "" => node.pointer.file,
            path => {
                let own = self.paths.get(node.pointer.file)?;
                let folder = own.split_last().map_or(&[][..], |(_, folder)| folder);
                let path = decoded(path);
                let wanted = parts(&path, folder);
                self.paths.iter().position(|known| *known == wanted)?
            }
        };
        let fragment = decoded(fragment);
        let path = if fragment.is_empty() || fragment.starts_with('/') {
            fragment
        } else {
            anchor(self.values.get(file)?, &fragment, "")?
        };
        let pointer = Pointer { file, path };
        let value = self.at(&pointer)?;
        Some(Node::new(pointer, value))
    }
}

/// The parts of a path below a folder, without `.` and `..`.
fn parts<'p>(path: &'p str, folder: &[&'p str]) -> Vec<&'p str> {
    let mut parts = folder.to_vec();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts
}

/// The pointer of the node with this `$anchor`.
fn anchor(value: &Value, name: &str, path: &str) -> Option<String> {
    let child = |key: &str, value: &Value| {
        let pointer = Pointer {
            file: 0,
            path: path.to_owned(),
        };
        anchor(value, name, &pointer.child(key).path)
    };
    match value {
        Value::Object(members) => {
            if members.get("$anchor").and_then(Value::as_str) == Some(name) {
                return Some(path.to_owned());
            }
            let mut members = members.iter();
            members.find_map(|(key, value)| child(key, value))
        }
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, value)| child(&index.to_string(), value))
        }
        _ => None,
    }
}

/// Percent-decoded, as far as that is text.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}
