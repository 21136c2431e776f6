//! Titles as names: when one is a name, and when all that have it agree.

use crate::ir::{Origin, Shape, Step, TypeId, Types};
use std::collections::{BTreeMap, BTreeSet};

/// How many words a title has that is a name: one says too little, and many are a sentence.
const WORDS: std::ops::RangeInclusive<usize> = 2..=5;

/// How long a title is that is a name.
const LENGTH: usize = 50;

/// Inline types are named by their title where it is usable and means the same everywhere.
pub(super) fn settle(types: &mut Types, classes: &[usize]) {
    let mut titles: BTreeMap<String, Vec<TypeId>> = BTreeMap::new();
    let components: BTreeSet<Vec<String>> = types
        .iter()
        .filter_map(|(_, ty)| match &ty.origin {
            Origin::Component(name) => Some(crate::name::words(name)),
            _ => None,
        })
        .collect();
    for (id, ty) in types.iter() {
        let inline = !matches!(ty.origin, Origin::Component(_) | Origin::Title(_))
            && !matches!(ty.shape, Shape::Alias(_));
        let title = ty.title.as_deref().filter(|_| inline).and_then(usable);
        if let Some(title) =
            title.filter(|title| *title != called(&ty.origin) && !components.contains(title))
        {
            titles.entry(title.join(" ")).or_default().push(id);
        }
    }
    for (title, ids) in titles {
        let mut found = ids.iter().map(|id| classes.get(id.0));
        let first = found.next().flatten();
        if first.is_some() && found.all(|class| class == first) {
            for id in ids {
                types.get_mut(id).origin = Origin::Title(title.clone());
            }
        }
    }
}

/// The words of a title that is a name: two to five of letters and digits, the first a letter.
fn usable(title: &str) -> Option<Vec<String>> {
    let title = title.trim();
    let plain = title
        .chars()
        .all(|character| character.is_ascii_alphanumeric() || matches!(character, ' ' | '_' | '-'));
    let starts = title.starts_with(|first: char| first.is_ascii_alphabetic());
    let words = crate::name::words(title);
    (plain && starts && title.len() <= LENGTH && WORDS.contains(&words.len())).then_some(words)
}

/// The words that the place of an inline type gives it: a title that repeats them says nothing.
fn called(origin: &Origin) -> Vec<String> {
    match origin {
        Origin::Inside(_, role) | Origin::Operation(_, role) => {
            let named = role.iter().rev().find_map(|step| match step {
                Step::Named(name) => Some(crate::name::words(name)),
                // It got its name from its title.
                Step::Variant(_) => Some(Vec::new()),
                Step::Item | Step::Value => None,
            });
            named.unwrap_or_default()
        }
        Origin::Component(_) | Origin::Title(_) => Vec::new(),
    }
}
