//! What a node is called that becomes a component: by the last name that leads to it, and by more of
//! its path where that is not enough.

use super::super::role::Role;
use crate::diagnostic::{Pointer, unescaped};
use std::collections::{BTreeMap, BTreeSet};

/// The names of all new components. `taken` are the names that there are; both by their mapping.
pub(super) fn names(
    targets: &[(Pointer, Role)],
    paths: &[String],
    taken: &BTreeMap<&'static str, BTreeSet<String>>,
) -> Vec<String> {
    let mut drafts: Vec<Draft> = targets
        .iter()
        .map(|(pointer, role)| Draft {
            mapping: role.components().unwrap_or_default(),
            parts: parts(pointer, paths),
            used: 1,
        })
        .collect();
    // Every round makes at least one name longer, and no name has more parts than there are.
    loop {
        let mut count: BTreeMap<(&str, String), usize> = BTreeMap::new();
        for draft in &drafts {
            *count.entry(draft.key()).or_default() += 1;
        }
        let is_double = |draft: &Draft| {
            let (mapping, name) = draft.key();
            let is_taken = taken
                .get(mapping)
                .is_some_and(|names| names.contains(&name));
            is_taken || count.get(&(mapping, name)).is_some_and(|count| *count > 1)
        };
        let doubles: Vec<bool> = drafts.iter().map(is_double).collect();
        let mut changed = false;
        for (draft, is_double) in drafts.iter_mut().zip(doubles) {
            if is_double && draft.used < draft.parts.len() {
                draft.used += 1;
                changed = true;
            }
        }
        if !changed {
            return numbered(&drafts, taken);
        }
    }
}

struct Draft {
    mapping: &'static str,
    /// The parts of the path, the last one first.
    parts: Vec<String>,
    /// How many of them are in the name.
    used: usize,
}

impl Draft {
    fn name(&self) -> String {
        let parts: Vec<_> = self.parts.iter().take(self.used).rev().cloned().collect();
        parts.join(".")
    }

    /// Names that differ in case only become the same identifier.
    fn key(&self) -> (&'static str, String) {
        (self.mapping, self.name().to_lowercase())
    }
}

/// Numbers tell apart what nothing else does.
fn numbered(drafts: &[Draft], taken: &BTreeMap<&'static str, BTreeSet<String>>) -> Vec<String> {
    let mut used: BTreeSet<(&str, String)> = BTreeSet::new();
    for (mapping, names) in taken {
        used.extend(names.iter().map(|name| (*mapping, name.clone())));
    }
    let mut name = |draft: &Draft| {
        let plain = draft.name();
        let mut name = plain.clone();
        let mut number = 2;
        while !used.insert((draft.mapping, name.to_lowercase())) {
            name = format!("{plain}.{number}");
            number += 1;
        }
        name
    };
    drafts.iter().map(&mut name).collect()
}

/// What leads to a node, the last part first: names in the file, the file, its folders.
fn parts(pointer: &Pointer, paths: &[String]) -> Vec<String> {
    let segments: Vec<_> = pointer.path.split('/').skip(1).collect();
    let named = segments
        .iter()
        .rev()
        .filter(|segment| !is_structure(segment));
    let mut parts: Vec<String> = named
        .map(|segment| plain(&unescaped(segment)))
        .filter(|part| !part.is_empty())
        .collect();
    // Within the entry document, a part is called as it would be inside of its component.
    if pointer.file == 0 && !parts.is_empty() {
        parts.reverse();
        return vec![parts.join(".")];
    }
    let path = paths.get(pointer.file).map_or("", String::as_str);
    let (stem, _) = path.rsplit_once('.').unwrap_or((path, ""));
    let files = stem.split('/').rev().map(plain);
    parts.extend(
        files.filter(|part| !matches!(part.as_str(), "" | "index" | "_index" | "." | "..")),
    );
    if parts.is_empty() {
        parts.push(String::from("document"));
    }
    parts
}

/// What may stand in the name of a component.
fn plain(part: &str) -> String {
    let is_allowed = |character: char| character.is_alphanumeric() || "._-".contains(character);
    let allowed = part.split(|character| !is_allowed(character));
    let words: Vec<_> = allowed.filter(|word| !word.is_empty()).collect();
    words.join("_")
}

/// Whether a segment only says how the file is built.
fn is_structure(segment: &str) -> bool {
    matches!(
        segment,
        "" | "properties"
            | "items"
            | "schema"
            | "schemas"
            | "definitions"
            | "$defs"
            | "content"
            | "paths"
            | "pathItems"
            | "responses"
            | "components"
            | "parameters"
            | "headers"
            | "requestBody"
            | "requestBodies"
            | "examples"
            | "links"
            | "callbacks"
            | "mediaTypes"
            | "securitySchemes"
            | "securityDefinitions"
            | "application~1json"
            | "allOf"
            | "oneOf"
            | "anyOf"
            | "additionalProperties"
    ) || (segment.len() < 3 && segment.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::{Role, names};
    use crate::diagnostic::Pointer;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn as_short_as_possible() {
        let paths = ["api.yaml", "a/pet.yaml", "b/pet.yaml", "b/index.yaml"];
        let paths = paths.map(str::to_owned);
        let targets = [
            (1, ""),
            (2, ""),
            (3, ""),
            (1, "/Dog"),
            (2, "/x/Cat"),
            (2, "/y/cat"),
            (1, "/components/schemas/Taken"),
            (
                0,
                "/paths/~1pets~1{id}/get/responses/200/content/application~1json/schema",
            ),
        ];
        let targets = targets.map(|(file, path)| {
            let path = path.to_owned();
            (Pointer { file, path }, Role::Schema)
        });
        let taken = BTreeMap::from([("schemas", BTreeSet::from([String::from("taken")]))]);
        assert_eq!(
            names(&targets, &paths, &taken),
            [
                "a.pet",
                "b.pet",
                "b",
                "Dog",
                "x.Cat",
                "y.cat",
                "pet.Taken",
                "pets_id.get.200"
            ]
        );
    }
}
