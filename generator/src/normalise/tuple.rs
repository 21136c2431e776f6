//! Lists whose places have schemas of their own: `prefixItems`, and `items: [..]` before 2020.
//!
//! The list becomes one of any of these, since a list of Rust has one type. A tuple that does not
//! say what follows its places is read as if nothing did: that is what authors mean.

use super::dialect::{any_of_placed, placed, unexpressed};
use super::grammar::Members;
use super::walk::Walker;
use crate::parse::trail::Trail;
use serde_json::Value;

/// Makes `items` a single schema.
pub(super) fn rewrite(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    let unevaluated = schema.shift_remove("unevaluatedItems");
    let additional = schema.shift_remove("additionalItems");
    let (key, places, rest) = match schema.shift_remove("prefixItems") {
        Some(places) => ("prefixItems", places, schema.shift_remove("items")),
        None => match schema.get_mut("items") {
            Some(Value::Array(places)) => {
                let places = std::mem::take(places);
                schema.shift_remove("items");
                ("items", Value::Array(places), additional)
            }
            Some(Value::Bool(false)) => {
                schema.shift_remove("items");
                at_most(schema, 0);
                return;
            }
            Some(_) => return,
            None => return without_places(schema, unevaluated),
        },
    };
    let Value::Array(places) = places else {
        walker
            .unexpected(&places, "a list of schemas", &Trail::Key(trail, key))
            .help("it was ignored");
        if let Some(rest) = rest {
            schema.insert(String::from("items"), rest);
        }
        return;
    };
    let (after, rest) = match (rest, key) {
        (Some(rest), "prefixItems") => ("items", Some(rest)),
        (Some(rest), _) => ("additionalItems", Some(rest)),
        (None, _) => ("unevaluatedItems", unevaluated),
    };
    if rest == Some(Value::Bool(false)) {
        at_most(schema, places.len());
    }
    let rest = rest.filter(|rest| !rest.is_boolean());
    let rest = rest.map(|rest| (vec![after.to_owned()], rest));
    let places = placed(key, Value::Array(places)).into_iter().chain(rest);
    let Some(items) = any_of_placed(walker, trail, "items", places) else {
        return;
    };
    let is_mixed = items.get("anyOf").is_some();
    schema.insert(String::from("items"), items);
    if is_mixed {
        let message = "the places of this list have different schemas";
        unexpressed(walker, trail, key, message)
            .help("an item is of any of these types; which one stands where is not checked");
    }
}

/// A list that only says what its items must not be.
fn without_places(schema: &mut Members, unevaluated: Option<Value>) {
    match unevaluated {
        // What other parts say of the items is not known here.
        None | Some(Value::Bool(_)) => {}
        Some(items) => {
            schema.insert(String::from("items"), items);
        }
    }
}

/// A bound for readers; a smaller one stays.
fn at_most(schema: &mut Members, count: usize) {
    let known = schema.get("maxItems").and_then(Value::as_u64);
    if known.is_none_or(|known| known > count as u64) {
        schema.insert(String::from("maxItems"), Value::from(count));
    }
}
