//! Rules between the parts of a value: `if`, `not`, `contains`, `dependent…`. No type says them.
//!
//! What they name is not lost: properties that only `then`, `else` or a dependent schema declares
//! become optional properties, and a choice between two schemas becomes a union.

use super::dialect::{any_of, code, codes, note, unexpressed};
use super::grammar::Members;
use super::walk::Walker;
use crate::parse::trail::Trail;
use serde_json::Value;

/// Takes them out of a schema.
pub(super) fn rewrite(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    negation(walker, schema, trail);
    containment(walker, schema, trail);
    dependencies(walker, schema, trail);
    let rules = take_rules(schema);
    if let Some(key) = rules.key {
        unexpressed(
            walker,
            trail,
            key,
            "other rules apply to some of the values",
        )
        .help("the type allows what either rule allows; check what goes together yourself");
        fold_rules(schema, rules.parts, trail);
    }
}

/// Takes rules out of the members of `allOf`, where several of them are written, into the schema
/// around them: only there it is known which properties are new.
pub(super) fn parts(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    let Some(Value::Array(members)) = schema.get_mut("allOf") else {
        return;
    };
    let has_rules = |member: &Value| member.get("if").is_some();
    if !members.iter().any(has_rules) {
        return;
    }
    let others: Vec<&Value> = members.iter().filter(|member| !has_rules(member)).collect();
    let is_foldable = others.is_empty();
    let list = Trail::Key(trail, "allOf");
    let mut parts = Vec::new();
    for (index, member) in members.iter_mut().enumerate() {
        let Some(member) = member.as_object_mut() else {
            continue;
        };
        let rules = take_rules(member);
        if let Some(key) = rules.key {
            let at = Trail::Index(&list, index);
            unexpressed(walker, &at, key, "other rules apply to some of the values")
                .help("the type allows what either rule allows; check what goes together yourself");
            parts.extend(rules.parts);
        }
    }
    if is_foldable {
        let is_silent = |member: &Value| member.as_object().is_some_and(Members::is_empty);
        if members.iter().all(is_silent) {
            schema.shift_remove("allOf");
        }
        fold(schema, &parts);
    }
}

/// A rule that was taken out of a schema.
struct Rules {
    /// The keyword to point at; none when no rule has an effect.
    key: Option<&'static str>,
    /// The schemas that apply or not.
    parts: Vec<Value>,
}

fn take_rules(schema: &mut Members) -> Rules {
    let condition = schema.shift_remove("if");
    let parts: Vec<Value> = ["then", "else"]
        .iter()
        .filter_map(|key| schema.shift_remove(*key))
        .collect();
    // `then` and `else` mean nothing without `if`, which means nothing alone.
    let key = (condition.is_some() && !parts.is_empty()).then_some("if");
    Rules { key, parts }
}

/// Either two complete schemas to choose from, or additions to this one.
fn fold_rules(schema: &mut Members, parts: Vec<Value>, trail: &Trail<'_>) {
    let says_little = ![
        "type",
        "properties",
        "oneOf",
        "anyOf",
        "allOf",
        "$ref",
        "enum",
    ]
    .iter()
    .any(|key| schema.contains_key(*key));
    let is_part = matches!(trail, Trail::Index(Trail::Key(_, "allOf"), _));
    if !says_little {
        fold(schema, &parts);
    } else if parts.len() == 2
        && !is_part
        && let Some(Value::Object(union)) = any_of(parts)
    {
        schema.extend(union);
    }
}

/// Adds the properties that only these schemas declare. None of them is required.
fn fold(schema: &mut Members, parts: &[Value]) {
    let mut added: serde_json::Map<String, Value> = Members::new();
    let own = schema.get("properties").and_then(Value::as_object);
    for part in parts {
        let Some(Value::Object(properties)) = part.get("properties") else {
            continue;
        };
        for (name, property) in properties {
            if property.is_boolean() || own.is_some_and(|own| own.contains_key(name)) {
                continue;
            }
            match added.get_mut(name) {
                Some(Value::Array(known)) => known.push(property.clone()),
                _ => {
                    added.insert(name.clone(), Value::Array(vec![property.clone()]));
                }
            }
        }
    }
    if added.is_empty() {
        return;
    }
    let properties = schema
        .entry("properties")
        .or_insert_with(|| Value::Object(Members::new()));
    let Value::Object(properties) = properties else {
        return;
    };
    for (name, schemas) in added {
        if let Value::Array(schemas) = schemas
            && let Some(property) = any_of(schemas)
        {
            properties.insert(name, property);
        }
    }
}

/// `not`, unless it is all that the schema says: then no value fits, and that stays.
fn negation(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    let forbids_all =
        |not: &Value| *not == Value::Bool(true) || not.as_object().is_some_and(Members::is_empty);
    if schema.get("not").is_none_or(forbids_all) {
        return;
    }
    let Some(not) = schema.shift_remove("not") else {
        return;
    };
    let says_not_null = not.get("type").and_then(Value::as_str) == Some("null");
    if not == Value::Bool(false) || says_not_null {
        return;
    }
    if let Some(Value::Array(values)) = not.get("enum") {
        note(schema, &format!("Not one of {}.", codes(values)));
    } else if let Some(value) = not.get("const") {
        note(schema, &format!("Not {}.", codes([value])));
    } else if let Some(Value::String(pattern)) = not.get("pattern") {
        note(schema, &format!("Does not match {}.", code(pattern)));
    }
    unexpressed(walker, trail, "not", "`not` says what a value is not")
        .help("no type can say it; check the value where you use it");
}

fn containment(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    schema.shift_remove("minContains");
    schema.shift_remove("maxContains");
    if schema.shift_remove("contains").is_some() {
        unexpressed(
            walker,
            trail,
            "contains",
            "some of the items fit a schema of their own",
        )
        .help("no type can say it; check the items where you use them");
    }
}

/// Properties that come together: `dependencies` is both of the newer keywords in one.
fn dependencies(walker: &mut Walker<'_>, schema: &mut Members, trail: &Trail<'_>) {
    for key in ["dependentRequired", "dependentSchemas", "dependencies"] {
        let Some(Value::Object(dependents)) = schema.shift_remove(key) else {
            continue;
        };
        if dependents.is_empty() {
            continue;
        }
        let mut parts = Vec::new();
        for (name, dependent) in dependents {
            match dependent {
                Value::Array(names) if names.is_empty() => {}
                Value::Array(names) => {
                    note(
                        schema,
                        &format!("{} comes with {}.", code(&name), codes(&names)),
                    );
                }
                other => parts.push(other),
            }
        }
        fold(schema, &parts);
        unexpressed(
            walker,
            trail,
            key,
            "some properties come together with others",
        )
        .help("each is optional in the type; check what goes together yourself");
    }
}
