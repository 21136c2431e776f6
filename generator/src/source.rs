//! The texts that a run of the generator reads. The shell loads them; nothing here does I/O.

use crate::diagnostic::Pointer;
use crate::parse;
use crate::parse::trail::Trail;
use crate::uri;
use serde_json::Value;
use std::collections::BTreeMap;

/// The entry document and the local files it refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceSet {
    /// The files; index 0 is the entry document. The others are in its folder or below, and their
    /// paths begin with the same folder.
    pub files: Vec<SourceFile>,
}

/// One text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path as it is shown in messages, with `/` between its parts.
    pub path: String,
    /// The text.
    pub text: String,
}

/// A file that another one refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Its path, as it is to stand in the source set.
    pub path: String,
    /// Its path from the folder of the entry document on.
    pub relative: String,
    /// The first reference to it.
    pub place: Pointer,
}

impl SourceSet {
    /// The files below the folder of the entry document that the file with this index refers to,
    /// and that are not in the set.
    ///
    /// May name files that are never needed, for instance because an example looks like a reference.
    #[must_use]
    pub fn wanted_by(&self, file: usize) -> Vec<Wanted> {
        let (Some(source), Some(entry)) = (self.files.get(file), self.files.first()) else {
            return Vec::new();
        };
        if !may_refer(&source.text) {
            return Vec::new();
        }
        let Some(value) = parse::value(file, source) else {
            return Vec::new();
        };
        let mut found = BTreeMap::new();
        let from = uri::normal(&source.path);
        references(
            &value,
            Around::Nothing,
            &Trail::Root(file),
            &mut |text, place| {
                let (document, _) = text.split_once('#').unwrap_or((text, ""));
                if let Some(path) = uri::file(&from, document).filter(|_| !document.is_empty()) {
                    found.entry(path).or_insert_with(|| place.pointer());
                }
            },
        );
        let known: Vec<_> = self
            .files
            .iter()
            .map(|file| uri::normal(&file.path))
            .collect();
        let entry = uri::normal(&entry.path);
        let wanted = found.into_iter().filter_map(|(path, place)| {
            let is_new = uri::is_below(&path, &entry) && !known.contains(&path);
            let relative = path.strip_prefix(uri::folder(&entry))?.to_owned();
            is_new.then_some(Wanted {
                path,
                relative,
                place,
            })
        });
        wanted.collect()
    }
}

/// Whether a text may have references to other files: nearly all documents have none, and reading
/// them twice would be a waste.
fn may_refer(text: &str) -> bool {
    let is_local = |rest: &str| {
        let rest = rest.trim_start_matches(['"', '\'', ' ', ':']);
        // In YAML, a long reference may stand on a line of its own.
        let folded = rest.strip_prefix(['>', '|']);
        let rest = folded.map_or(rest, |rest| {
            rest.trim_start_matches(['+', '-']).trim_start()
        });
        rest.starts_with('#')
    };
    let mut rests = text.split("$ref");
    rests.next();
    !rests.all(is_local) || text.contains("$dynamicRef") || text.contains("\\u0024")
}

/// What stands around a node, as far as it matters for references.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Around {
    Nothing,
    /// The node is a discriminator.
    Discriminator,
    /// The node is the mapping of one.
    Mapping,
}

/// Calls for every text that is a reference, or a value of a discriminator's mapping.
fn references(
    value: &Value,
    around: Around,
    trail: &Trail<'_>,
    call: &mut impl FnMut(&str, &Trail<'_>),
) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                let at = Trail::Key(trail, key);
                match (key.as_str(), member) {
                    ("$ref" | "$dynamicRef" | "$recursiveRef", Value::String(text)) => {
                        call(text, &at);
                    }
                    (_, Value::String(text)) if around == Around::Mapping => call(text, &at),
                    ("example" | "default" | "enum" | "const", _) => {}
                    ("discriminator", _) => references(member, Around::Discriminator, &at, call),
                    ("mapping", _) if around == Around::Discriminator => {
                        references(member, Around::Mapping, &at, call);
                    }
                    _ => references(member, Around::Nothing, &at, call),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                references(item, Around::Nothing, &Trail::Index(trail, index), call);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{SourceFile, SourceSet};

    #[test]
    fn what_is_not_read_twice() {
        for (text, expected) in [
            ("a: {$ref: '#/b'}", false),
            ("a:\n  $ref: >-\n    #/b", false),
            ("a:\n  $ref: |\r\n    #/b", false),
            ("a:\n  $ref: >-\n    b.yaml#/b", true),
            ("a: {$ref: b.yaml}", true),
            (r#"{"a": {"\u0024ref": "b.json"}}"#, true),
        ] {
            assert_eq!(super::may_refer(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_a_reference() {
        let wanted = |text: &str| {
            let path = "a.yaml".to_owned();
            let text = text.to_owned();
            let sources = SourceSet {
                files: vec![SourceFile { path, text }],
            };
            let wanted = sources.wanted_by(0).into_iter();
            wanted.map(|wanted| wanted.path).collect::<Vec<_>>()
        };
        for (text, expected) in [
            ("a: {$ref: b.yaml}", vec!["b.yaml"]),
            (
                "a: {$ref: b.yaml, discriminator: {propertyName: k, mapping: {x: c.yaml}}}",
                vec!["b.yaml", "c.yaml"],
            ),
            // A property may have the name of a keyword, and words that are no file.
            (
                "a: {$ref: b.yaml, properties: {mapping: {type: object, description: Some words.}}}",
                vec!["b.yaml"],
            ),
        ] {
            assert_eq!(wanted(text), expected, "{text}");
        }
    }
}
