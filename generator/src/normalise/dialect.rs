//! Keywords of JSON Schema that OpenAPI 3.0 does not have, rewritten to those that it has.
//!
//! What has an effect on the type keeps it. What only constrains values goes into the description
//! where it is short, and is reported where the type says less than the schema.

use super::grammar::Members;
use super::walk::Walker;
use super::{applicator, conditional, encoding, tuple};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::trail::Trail;
use serde_json::Value;
use std::collections::BTreeMap;

/// Rewrites all of them. Nested schemas are not looked at: the walk comes to them later.
pub(super) fn rewrite(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    // Few schemas have any of them.
    if schema.keys().any(|key| is_tuple(key)) {
        tuple::rewrite(walker, schema, trail);
    }
    if schema.keys().any(|key| is_applicator(key)) {
        applicator::rewrite(walker, schema, trail);
    }
    if schema.keys().any(|key| is_conditional(key)) {
        conditional::rewrite(walker, schema, trail);
    }
    if schema.keys().any(|key| key.starts_with("content")) {
        encoding::rewrite(walker, schema, trail);
    }
    if schema.contains_key("allOf") {
        conditional::parts(walker, schema, trail);
    }
}

fn is_tuple(key: &str) -> bool {
    matches!(
        key,
        "items" | "prefixItems" | "additionalItems" | "unevaluatedItems"
    )
}

fn is_applicator(key: &str) -> bool {
    matches!(
        key,
        "properties" | "patternProperties" | "propertyNames" | "unevaluatedProperties"
    )
}

fn is_conditional(key: &str) -> bool {
    matches!(
        key,
        "if" | "then"
            | "else"
            | "not"
            | "contains"
            | "minContains"
            | "maxContains"
            | "dependencies"
            | "dependentRequired"
            | "dependentSchemas"
    )
}

/// Reports a constraint that no type says.
pub(super) fn unexpressed<'w>(
    walker: &'w mut Walker<'_>,
    trail: &Trail<'_>,
    key: &str,
    message: impl Into<String>,
) -> &'w mut Diagnostic {
    walker
        .report_key(Code::Constraint, &Trail::Key(trail, key), message)
        .label("not said by the type")
}

/// Adds a sentence to the description, so that readers of the generated type know.
pub(super) fn note(schema: &mut Members, sentence: &str) {
    let described = match schema.get("description") {
        None => String::from(sentence),
        Some(Value::String(text)) if text.trim().is_empty() => String::from(sentence),
        Some(Value::String(text)) => format!("{text}\n\n{sentence}"),
        // What is no description is reported where it stands.
        Some(_) => return,
    };
    schema.insert(String::from("description"), Value::String(described));
}

/// Text of a document in a sentence of ours.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", text.replace('`', "'"))
}

/// Several values as a list in a sentence.
pub(super) fn codes<'v>(values: impl IntoIterator<Item = &'v Value>) -> String {
    let codes = values.into_iter().map(|value| match value {
        Value::String(text) => code(text),
        other => code(&other.to_string()),
    });
    codes.collect::<Vec<_>>().join(", ")
}

/// A schema, and the way to it from the schema that is being rewritten.
pub(super) type Placed = (Vec<String>, Value);

/// The members of a list or an object with the ways to them.
pub(super) fn placed(key: &str, value: Value) -> Vec<Placed> {
    let way = |step: String| vec![key.to_owned(), step];
    match value {
        Value::Array(items) => {
            let items = items.into_iter().enumerate();
            items
                .map(|(index, item)| (way(index.to_string()), item))
                .collect()
        }
        Value::Object(members) => members
            .into_iter()
            .map(|(name, member)| (way(name), member))
            .collect(),
        _ => Vec::new(),
    }
}

/// The alternatives of a schema that is nothing but a union, or the schema itself.
fn alternatives((way, schema): Placed) -> Vec<Placed> {
    match schema {
        Value::Object(mut members) if members.len() == 1 => match members.get_mut("anyOf") {
            Some(Value::Array(branches)) => placed("anyOf", Value::Array(std::mem::take(branches)))
                .into_iter()
                .map(|(inner, branch)| ([way.as_slice(), &inner].concat(), branch))
                .collect(),
            _ => vec![(way, Value::Object(members))],
        },
        other => vec![(way, other)],
    }
}

/// One schema for what fits any of these; `None` when there is none. Equal ones count once.
pub(super) fn any_of(schemas: impl IntoIterator<Item = Value>) -> Option<Value> {
    let schemas = schemas.into_iter().map(|schema| (Vec::new(), schema));
    collected(schemas).map(|(schema, _)| schema)
}

/// The same, which will stand under this key of the schema that is being rewritten.
pub(super) fn any_of_placed(
    walker: &mut Walker<'_>,
    trail: &Trail<'_>,
    key: &str,
    schemas: impl IntoIterator<Item = Placed>,
) -> Option<Value> {
    let (schema, ways) = collected(schemas)?;
    let is_union = ways.iter().any(|(index, _)| *index > 0);
    for (index, old) in &ways {
        let index = index.to_string();
        let old: Vec<_> = old.iter().map(String::as_str).collect();
        let new = [key, "anyOf", &index];
        let new = if is_union { &new[..] } else { &[key] };
        walker.origins.prepared(trail, &old, new);
    }
    if is_union && let Some(list) = ways.first().and_then(|(_, way)| way.first()) {
        walker.origins.prepared(trail, &[list], &[key]);
    }
    Some(schema)
}

/// Which of the alternatives of a union each schema became, and the way to it.
type Ways = Vec<(usize, Vec<String>)>;

/// The union, and what became of each of the schemas.
fn collected(schemas: impl IntoIterator<Item = Placed>) -> Option<(Value, Ways)> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut branches: Vec<Value> = Vec::new();
    let mut ways = Vec::new();
    for (way, schema) in schemas.into_iter().flat_map(alternatives) {
        match &schema {
            Value::Bool(false) => continue,
            Value::Bool(true) => return Some((Value::Object(Members::new()), Vec::new())),
            Value::Object(members) if members.is_empty() => return Some((schema, Vec::new())),
            _ => {}
        }
        let next = branches.len();
        let index = *seen.entry(schema.to_string()).or_insert(next);
        if index == next {
            branches.push(schema);
        }
        ways.push((index, way));
    }
    if branches.len() < 2 {
        return Some((branches.pop()?, ways));
    }
    let union = (String::from("anyOf"), Value::Array(branches));
    Some((Value::Object(Members::from_iter([union])), ways))
}
