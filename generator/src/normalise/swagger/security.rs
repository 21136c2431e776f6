//! Security schemes, and the names of the flows of OAuth 2.

use serde_json::{Map, Value};

/// The flows: in Swagger 2.0, and in OpenAPI 3.0.
const FLOWS: &[(&str, &str)] = &[
    ("implicit", "implicit"),
    ("password", "password"),
    ("application", "clientCredentials"),
    ("accessCode", "authorizationCode"),
];

/// Converts a security scheme.
pub(super) fn convert(scheme: &mut Value) {
    let Value::Object(members) = scheme else {
        return;
    };
    match members.get("type").and_then(Value::as_str) {
        Some("basic") => {
            members.insert(String::from("type"), Value::from("http"));
            members.insert(String::from("scheme"), Value::from("basic"));
        }
        Some("oauth2") => {
            let flow = members.shift_remove("flow");
            let mut parts = Map::new();
            for key in ["authorizationUrl", "tokenUrl", "scopes"] {
                if let Some(value) = members.shift_remove(key) {
                    parts.insert(key.to_owned(), value);
                }
            }
            let flow = flow.as_ref().and_then(Value::as_str);
            let known = flow.and_then(|flow| FLOWS.iter().find(|(old, _)| *old == flow));
            // A token is sent in the same way, however it was obtained.
            let mut flows = Map::new();
            if let Some((_, name)) = known {
                flows.insert((*name).to_owned(), Value::Object(parts));
            }
            members.insert(String::from("flows"), Value::Object(flows));
        }
        _ => {}
    }
}
