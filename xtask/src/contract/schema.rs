//! What a sampler reads off a schema, and how parts of one are put together.

use serde_json::{Map, Value, json};

pub(super) fn has_enum(schema: &Map<String, Value>, name: &str) -> bool {
    let property = schema
        .get("properties")
        .and_then(|properties| properties.get(name));
    property.is_some_and(|property| property.get("enum").is_some())
}

/// Sets the property that names the branch.
pub(super) fn tag(value: &mut Value, discriminator: &Value, branch: &Value) {
    let name = discriminator.get("propertyName").and_then(Value::as_str);
    let reference = branch.get("$ref").and_then(Value::as_str);
    if let (Value::Object(members), Some(name), Some(reference)) = (value, name, reference)
        && let Some(tag) = mapped(discriminator, reference)
    {
        members.insert(name.to_owned(), Value::from(tag));
    }
}

/// The tag of a component; nothing where there is a mapping without it.
pub(super) fn mapped(discriminator: &Value, reference: &str) -> Option<String> {
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let last = reference.rsplit('/').next().unwrap_or_default();
    let mut entries = mapping.into_iter().flatten();
    let entry = entries.find(|(_, target)| {
        target
            .as_str()
            .is_some_and(|target| target == reference || target == last)
    });
    match (entry, mapping) {
        (Some((key, _)), _) => Some(key.clone()),
        (None, Some(mapping)) if !mapping.is_empty() => None,
        (None, _) => Some(last.to_owned()),
    }
}

/// Adds what another part of an `allOf` says.
pub(super) fn merge(into: &mut Map<String, Value>, part: Map<String, Value>) {
    for (key, value) in part {
        match (key.as_str(), into.get_mut(&key)) {
            ("properties", Some(Value::Object(known))) => {
                for (name, property) in value.as_object().into_iter().flatten() {
                    let both = match known.get(name) {
                        Some(other) if other != property => json!({ "allOf": [other, property] }),
                        _ => property.clone(),
                    };
                    known.insert(name.clone(), both);
                }
            }
            ("required", Some(Value::Array(known))) => {
                let missing: Vec<_> = value
                    .as_array()
                    .into_iter()
                    .flatten()
                    .filter(|name| !known.contains(name))
                    .cloned()
                    .collect();
                known.extend(missing);
            }
            ("enum", Some(Value::Array(known))) => {
                known.retain(|item| value.as_array().is_some_and(|values| values.contains(item)));
            }
            ("minimum" | "minLength" | "minItems", Some(known)) => {
                if value.as_f64() > known.as_f64() {
                    *known = value;
                }
            }
            ("maximum" | "maxLength" | "maxItems", Some(known)) => {
                if value.as_f64() < known.as_f64() {
                    *known = value;
                }
            }
            ("oneOf" | "anyOf", Some(_)) => {
                let beside = into.entry("x-more").or_insert_with(|| json!([]));
                if let Value::Array(list) = beside {
                    list.push(json!({ key: value }));
                }
            }
            (_, Some(_)) => {}
            (_, None) => _ = into.insert(key, value),
        }
    }
}

/// The type, or what the other keywords mean.
pub(super) fn kind(schema: &Map<String, Value>) -> &str {
    if let Some(kind) = schema.get("type").and_then(Value::as_str) {
        return kind;
    }
    let has = |keys: &[&str]| keys.iter().any(|key| schema.contains_key(*key));
    if has(&[
        "properties",
        "additionalProperties",
        "required",
        "minProperties",
    ]) {
        "object"
    } else if has(&["items", "minItems"]) {
        "array"
    } else if has(&["pattern", "minLength", "maxLength", "format"]) {
        "string"
    } else if has(&["minimum", "maximum", "multipleOf"]) {
        "number"
    } else {
        ""
    }
}

pub(super) fn is_of_type(schema: &Map<String, Value>, value: &Value) -> bool {
    match kind(schema) {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        _ => true,
    }
}

/// A number between its bounds.
pub(super) fn number(schema: &Map<String, Value>, is_integer: bool) -> Value {
    let bound = |key: &str| schema.get(key).and_then(Value::as_f64);
    let is_set = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    let step = if is_integer { 1.0 } else { 0.5 };
    let mut value: f64 = if is_integer { 7.0 } else { 1.5 };
    if let Some(maximum) = bound("maximum") {
        value = value.min(if is_set("exclusiveMaximum") {
            maximum - step
        } else {
            maximum
        });
    }
    if let Some(minimum) = bound("minimum") {
        value = value.max(if is_set("exclusiveMinimum") {
            minimum + step
        } else {
            minimum
        });
    }
    if let Some(multiple) = bound("multipleOf").filter(|multiple| *multiple > 0.0) {
        value = (value / multiple).ceil() * multiple;
    }
    if value.fract() == 0.0 && value.abs() < 9e15 {
        return json!(value as i64);
    }
    json!(value)
}
