//! Names and descriptions of enum values, in the extensions that many documents carry.

use super::merged::Merged;
use serde_json::Value;
use std::collections::BTreeMap;

/// Lists by position, or maps by value.
const NAMES: [&str; 2] = ["x-enum-varnames", "x-enumNames"];
const DESCRIPTIONS: [&str; 3] = [
    "x-enum-descriptions",
    "x-enumDescriptions",
    "x-google-enum-descriptions",
];

/// What the extensions of a schema say of its values.
pub(super) struct Names {
    names: Vec<Option<String>>,
    descriptions: Vec<Option<String>>,
    /// Descriptions by the value on the wire.
    described: BTreeMap<String, String>,
}

impl Names {
    pub(super) fn of(merged: &Merged<'_>) -> Self {
        let find = |keys: &[&str]| {
            let mut found = keys.iter().filter_map(|key| merged.extensions.get(key));
            found.next().copied()
        };
        let descriptions = find(&DESCRIPTIONS);
        Self {
            names: list(find(&NAMES)),
            descriptions: list(descriptions),
            described: map(descriptions),
        }
    }

    /// What the value at a place is called.
    pub(super) fn name(&self, index: usize) -> Option<String> {
        let name = self.names.get(index).cloned().flatten();
        name.filter(|name| !name.trim().is_empty())
    }

    /// What is said of the value at a place.
    pub(super) fn description(&self, index: usize, value: &str) -> Option<String> {
        let described = self.described.get(value.trim_matches('"')).cloned();
        let description = described.or_else(|| self.descriptions.get(index).cloned().flatten());
        description.filter(|description| !description.trim().is_empty())
    }
}

fn list(extension: Option<&Value>) -> Vec<Option<String>> {
    let items = extension.and_then(Value::as_array).into_iter().flatten();
    items.map(|item| item.as_str().map(str::to_owned)).collect()
}

fn map(extension: Option<&Value>) -> BTreeMap<String, String> {
    let members = extension.and_then(Value::as_object).into_iter().flatten();
    members
        .filter_map(|(value, text)| Some((value.clone(), text.as_str()?.to_owned())))
        .collect()
}
