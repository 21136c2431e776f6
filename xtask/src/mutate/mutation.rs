//! What is done to a document: to its tree mostly, to its text sometimes.

use serde_json::{Map, Value, json};
use specwright::{Diagnostics, SourceFile, SourceSet};

use super::random::Random;

/// Most mutants have one mutation, some have more.
const MOST: usize = 4;

/// The path and the text of a mutant. Trees are written as JSON, whatever they were read from.
pub(super) fn mutant(path: &str, text: &str, seed: u64, number: usize) -> (String, String) {
    let mut random = Random::new(seed, number);
    let count = 1 + random.below(MOST).min(random.below(MOST));
    if random.below(8) == 0 {
        let text = (0..count).fold(text.to_owned(), |text, _| mutated_text(&text, &mut random));
        return (path.to_owned(), text);
    }
    let Some(mut tree) = tree(path, text) else {
        return (path.to_owned(), mutated_text(text, &mut random));
    };
    for _ in 0..count {
        mutate_tree(&mut tree, &mut random);
    }
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    (format!("{stem}.json"), tree.to_string())
}

fn tree(path: &str, text: &str) -> Option<Value> {
    let sources = SourceSet {
        files: vec![SourceFile {
            path: path.to_owned(),
            text: text.to_owned(),
        }],
    };
    let document = specwright::parse::parse(&sources, &mut Diagnostics::new())?;
    document.files.into_iter().next()
}

/// Cuts, doubles, removes or replaces a piece of text.
fn mutated_text(text: &str, random: &mut Random) -> String {
    let starts: Vec<_> = text.char_indices().map(|(start, _)| start).collect();
    let mut place = || random.one_of(&starts).copied().unwrap_or_default();
    let (from, to) = (place(), place());
    let (from, to) = (from.min(to), from.max(to).min(from.min(to) + 200));
    let to = (to..=text.len()).find(|end| text.is_char_boundary(*end));
    let (before, rest) = text.split_at(from);
    let (piece, after) = rest.split_at(to.unwrap_or(text.len()) - from);
    match random.below(6) {
        0 => before.to_owned(),
        1 => format!("{before}{piece}{piece}{after}"),
        2 => format!("{before}{after}"),
        3 => format!("{after}{before}"),
        _ => {
            let strange = [
                "\0", "\"", "{", "]", ":", "\n", "\t", "&a *a", "\u{feff}", "- ", "<<: ", "💥",
            ];
            let strange = random.one_of(&strange).copied().unwrap_or_default();
            format!("{before}{strange}{after}")
        }
    }
}

fn mutate_tree(tree: &mut Value, random: &mut Random) {
    let total = size(tree);
    let chosen = random.below(total);
    match random.below(10) {
        0 | 1 => drop_member(tree, chosen, random),
        2 => rename_member(tree, chosen, random),
        3 | 4 => break_reference(tree, chosen, random),
        5 => swap(tree, chosen, random.below(total)),
        6 => {
            // A subtree where it does not belong; a tree inside itself is only a copy of it.
            let copy = nth(tree, &mut random.below(total)).map(|node| node.clone());
            if let (Some(node), Some(copy)) = (nth(tree, &mut chosen.clone()), copy) {
                *node = copy;
            }
        }
        7 => {
            if let Some(node) = nth(tree, &mut chosen.clone()) {
                *node = wrapped(node.take(), random);
            }
        }
        _ => {
            if let Some(node) = nth(tree, &mut chosen.clone()) {
                *node = strange(random);
            }
        }
    }
}

fn size(node: &Value) -> usize {
    1 + match node {
        Value::Object(members) => members.values().map(size).sum::<usize>(),
        Value::Array(items) => items.iter().map(size).sum(),
        _ => 0,
    }
}

/// The node of a number, counted from the root.
fn nth<'v>(node: &'v mut Value, number: &mut usize) -> Option<&'v mut Value> {
    if *number == 0 {
        return Some(node);
    }
    *number -= 1;
    match node {
        Value::Object(members) => members.values_mut().find_map(|inner| nth(inner, number)),
        Value::Array(items) => items.iter_mut().find_map(|inner| nth(inner, number)),
        _ => None,
    }
}

/// The nearest node from a number on that a question is answered with yes for.
fn nearest(
    tree: &mut Value,
    number: usize,
    wanted: impl Fn(&Value) -> bool + Copy,
) -> Option<&mut Value> {
    fn find<'v>(
        node: &'v mut Value,
        number: &mut usize,
        wanted: impl Fn(&Value) -> bool + Copy,
    ) -> Option<&'v mut Value> {
        if *number == 0 && wanted(node) {
            return Some(node);
        }
        *number = number.saturating_sub(1);
        match node {
            Value::Object(members) => members
                .values_mut()
                .find_map(|inner| find(inner, number, wanted)),
            Value::Array(items) => items
                .iter_mut()
                .find_map(|inner| find(inner, number, wanted)),
            _ => None,
        }
    }
    find(tree, &mut number.clone(), wanted)
}

fn key(members: &Map<String, Value>, random: &mut Random) -> String {
    let keys: Vec<_> = members.keys().collect();
    random
        .one_of(&keys)
        .map_or_else(String::new, |key| (*key).clone())
}

fn drop_member(tree: &mut Value, chosen: usize, random: &mut Random) {
    let full = |node: &Value| node.as_object().is_some_and(|members| !members.is_empty());
    if let Some(Value::Object(members)) = nearest(tree, chosen, full) {
        let key = key(members, random);
        members.shift_remove(&key);
    }
}

fn rename_member(tree: &mut Value, chosen: usize, random: &mut Random) {
    let full = |node: &Value| node.as_object().is_some_and(|members| !members.is_empty());
    if let Some(Value::Object(members)) = nearest(tree, chosen, full) {
        let old = key(members, random);
        let names = [
            "",
            "$ref",
            "type",
            "allOf",
            "oneOf",
            "properties",
            "items",
            "schema",
            "content",
            "x-a",
            "default",
            "enum",
            "~/~1",
            "\n",
            "self",
            "1",
        ];
        let new = random.one_of(&names).copied().unwrap_or_default();
        if let Some(value) = members.shift_remove(&old) {
            members.insert(new.to_owned(), value);
        }
    }
}

fn break_reference(tree: &mut Value, chosen: usize, random: &mut Random) {
    let has = |node: &Value| node.get("$ref").is_some();
    let targets = [
        "#",
        "",
        "#/",
        "#/components",
        "#/components/schemas/",
        "#/nowhere",
        "other.yaml#/a",
        "%zz",
        "#/paths/~1",
        "http://[",
        "#/components/schemas/A~2",
    ];
    let target = random.one_of(&targets).copied().unwrap_or_default();
    if let Some(Value::Object(members)) = nearest(tree, chosen, has) {
        members.insert("$ref".to_owned(), json!(target));
    } else if let Some(node) = nth(tree, &mut chosen.clone()) {
        *node = json!({ "$ref": target });
    }
}

fn swap(tree: &mut Value, left: usize, right: usize) {
    let Some(first) = nth(tree, &mut left.clone()).map(Value::take) else {
        return;
    };
    // The second may have been inside the first: then nothing is there any more.
    let second = nth(tree, &mut right.clone()).map(|node| std::mem::replace(node, first));
    if let (Some(node), Some(second)) = (nth(tree, &mut left.clone()), second) {
        *node = second;
    }
}

fn wrapped(node: Value, random: &mut Random) -> Value {
    match random.below(5) {
        0 => json!([node]),
        1 => json!({ "allOf": [node] }),
        2 => json!({ "type": "array", "items": node }),
        3 => json!({ "properties": { "a": node } }),
        _ => (0..200).fold(node, |inner, _| json!([inner])),
    }
}

fn strange(random: &mut Random) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e308),
        json!(u64::MAX),
        json!(""),
        json!("a"),
        json!("string"),
        json!("object"),
        json!("#/components/schemas/A"),
        json!("\u{0}\"\\ */ {} \u{202e}"),
        json!("a".repeat(5000)),
        json!([]),
        json!([null]),
        json!([1, "a", {}]),
        json!(["string", "null", "integer"]),
        json!({}),
        json!({"": {}}),
        json!({"type": "object", "properties": {"a": {"enum": []}}}),
        json!({"oneOf": [{}, {"type": "null"}], "discriminator": {"propertyName": "a"}}),
    ];
    random.one_of(&values).cloned().unwrap_or_default()
}
