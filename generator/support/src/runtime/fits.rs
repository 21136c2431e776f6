//! What is known of the branches of a union, and how well a value fits each of them.

use super::tree::Tree;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What is known of a branch of a union without decoding it.
#[derive(Clone, Copy, Debug)]
pub enum Branch {
    /// A boolean.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// One of these integers, or another one if nothing else will have it.
    IntegerOf(&'static [i128]),
    /// Any number.
    Number,
    /// Any string.
    String,
    /// This string.
    Text(&'static str),
    /// A string of some format: whether it is one, decoding tells.
    Formatted,
    /// A string for which this is true, or another one if nothing else will have it.
    TextOf(fn(&str) -> bool),
    /// One of these strings, or another one if nothing else will have it.
    StringOf(&'static [&'static str]),
    /// A list of anything.
    Array,
    /// A list, told from others by its first item.
    ArrayOf(&'static Self),
    /// An object.
    Object(ObjectBranch),
    /// Whatever one of these is, if the properties that name the branch agree.
    OneOf(&'static [Self], Tags),
    /// Anything.
    Any,
}

/// What is known of a branch that is an object.
#[derive(Clone, Copy, Debug)]
pub struct ObjectBranch {
    /// The properties that have a name in the document.
    names: &'static [&'static str],
    /// Properties that have one of some fixed values if they are there.
    tags: Tags,
    /// Properties that have one of some values in what the document knows.
    likes: Tags,
    /// A property that is an object, with the fixed values of its own properties.
    inside: Option<(&'static str, Tags)>,
    /// Whether the document allows no other properties.
    is_closed: bool,
}

/// Properties with the values that they may have. Numbers and booleans are written as text.
pub type Tags = &'static [(&'static str, &'static [&'static str])];

impl Branch {
    /// A struct, with the properties that have fixed values.
    pub const fn of_object(names: &'static [&'static str], tags: Tags, is_closed: bool) -> Self {
        Self::Object(ObjectBranch {
            names,
            tags,
            likes: &[],
            inside: None,
            is_closed,
        })
    }

    /// Adds properties that have one of these values in what the document knows.
    #[must_use]
    pub const fn likes(self, likes: Tags) -> Self {
        match self {
            Self::Object(branch) => Self::Object(ObjectBranch { likes, ..branch }),
            other => other,
        }
    }

    /// Adds a property that is an object with fixed values of its own.
    #[must_use]
    pub const fn inside(self, property: &'static str, tags: Tags) -> Self {
        match self {
            Self::Object(branch) => Self::Object(ObjectBranch {
                inside: Some((property, tags)),
                ..branch
            }),
            other => other,
        }
    }
}

/// How well a value fits a branch; greater is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    /// Whether all properties are ones that the branch may have.
    is_allowed: bool,
    /// Properties with fixed values that match.
    tags: usize,
    /// Properties that the branch knows, or how specific its kind of scalar is.
    known: usize,
    /// Properties that the branch knows and the value does not have: the fewer, the better.
    absent: Reverse<usize>,
}

impl Fit {
    fn scalar(specific: usize) -> Option<Self> {
        Some(Self {
            is_allowed: true,
            tags: 0,
            known: specific,
            absent: Reverse(0),
        })
    }

    /// The branch takes everything: it is worse than any that allows the value, and better than one that
    /// would drop a part of it.
    fn last() -> Option<Self> {
        Some(Self {
            is_allowed: true,
            tags: 0,
            known: 0,
            absent: Reverse(usize::MAX),
        })
    }
}

impl Branch {
    /// How well a value fits, if it can be one of these at all.
    pub fn fit(&self, value: &Tree) -> Option<Fit> {
        match self {
            Self::Any => Fit::last(),
            Self::OneOf(branches, tags) => {
                let tagged = match value.members() {
                    Some(members) => matching(tags, members)?,
                    None => 0,
                };
                let fits = branches.iter().filter_map(|one| one.fit(value));
                let best = fits.max()?;
                let tags = best.tags + tagged;
                Some(Fit { tags, ..best })
            }
            Self::Boolean => value.is_boolean().then(|| Fit::scalar(1))?,
            // `1.0` is an integer, but a number if it can be one: then it is written as it came.
            Self::Integer => {
                value.integer()?;
                Fit::scalar(if value.is_float() { 0 } else { 2 })
            }
            Self::IntegerOf(known) => {
                let number = value.integer()?;
                Fit::scalar(match known.contains(&number) {
                    true if value.is_float() => 1,
                    true => 3,
                    false => 0,
                })
            }
            Self::Number => value.is_number().then(|| Fit::scalar(1))?,
            Self::String => value.text().and_then(|_| Fit::scalar(1)),
            Self::Text(known) => value
                .text()
                .and_then(|text| (text == *known).then(|| Fit::scalar(3))?),
            Self::Formatted => value.text().and_then(|_| Fit::scalar(2)),
            Self::TextOf(is_formatted) => {
                let text = value.text()?;
                Fit::scalar(if is_formatted(text) { 2 } else { 0 })
            }
            Self::StringOf(known) => {
                let text = value.text()?;
                Fit::scalar(if known.contains(&text) { 3 } else { 0 })
            }
            Self::Array => value.items().and_then(|_| Fit::scalar(1)),
            Self::ArrayOf(item) => match value.items()?.first() {
                Some(first) => item.fit(first),
                None => Fit::scalar(1),
            },
            Self::Object(branch) => branch.fit(value.members()?),
        }
    }
}

impl ObjectBranch {
    /// Properties that must be there are not looked at: without one, decoding fails and the next
    /// best branch is tried.
    fn fit(&self, members: &BTreeMap<String, Tree>) -> Option<Fit> {
        let mut tags = matching(self.tags, members)?;
        let is_liked = |(name, values): &&(&str, &[&str])| {
            let value = members.get(*name);
            value.is_some_and(|value| value.is_one_of(values))
        };
        tags += self.likes.iter().filter(is_liked).count();
        if let Some((property, inner)) = self.inside
            && let Some(members) = members.get(property).and_then(Tree::members)
        {
            tags += matching(inner, members)?;
        }
        let is_there = |name: &&&str| members.contains_key(**name);
        let known = self.names.iter().filter(is_there).count();
        Some(Fit {
            is_allowed: !self.is_closed || known == members.len(),
            tags,
            known,
            absent: Reverse(self.names.len() - known),
        })
    }
}

/// How many of the properties have a value that they may have; nothing if one has another.
fn matching(tags: Tags, members: &BTreeMap<String, Tree>) -> Option<usize> {
    let mut matching = 0;
    for (name, values) in tags {
        match members.get(*name) {
            Some(value) if value.is_one_of(values) => matching += 1,
            Some(_) => return None,
            None => {}
        }
    }
    Some(matching)
}

/// The branch that fits best; the first of equals. The best one nearly always decodes, so nothing is
/// sorted.
pub fn best(fits: &[Option<Fit>]) -> Option<usize> {
    let mut best: Option<(usize, Fit)> = None;
    for (index, fit) in fits.iter().enumerate() {
        if let Some(fit) = *fit
            && best.is_none_or(|(_, known)| fit > known)
        {
            best = Some((index, fit));
        }
    }
    best.map(|(index, _)| index)
}
