//! `$dynamicRef` and `$recursiveRef`: references to the schema around them that has the anchor.
//!
//! Which schema that is can depend on where a reader came from. Here it is the nearest one around
//! the reference, which is what documents that describe trees mean.

use super::grammar::Members;
use super::walk::Walker;
use serde_json::Value;

/// The anchor of a schema: its name, or nothing for `$recursiveAnchor: true`.
pub(super) fn anchor(schema: &Value) -> Option<String> {
    match (schema.get("$dynamicAnchor"), schema.get("$recursiveAnchor")) {
        (Some(Value::String(name)), _) => Some(name.clone()),
        (_, Some(Value::Bool(true))) => Some(String::new()),
        _ => None,
    }
}

/// Makes a plain reference of one, if its anchor is around it.
pub(super) fn resolve(walker: &Walker<'_>, schema: &mut Members) {
    for key in ["$dynamicRef", "$recursiveRef"] {
        let Some(Value::String(target)) = schema.get(key) else {
            continue;
        };
        let anchor = target.strip_prefix('#');
        let target = match anchor {
            Some(pointer) if pointer.starts_with('/') => Some(target.clone()),
            Some(anchor) => {
                let mut around = walker.anchors.iter().rev();
                let found = around.find(|(name, _)| name == anchor);
                found.map(|(_, place)| place.to_string().replace('%', "%25"))
            }
            None => None,
        };
        if let Some(target) = target {
            schema.shift_remove(key);
            schema.insert(String::from("$ref"), Value::String(target));
        }
    }
}
