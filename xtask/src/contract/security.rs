//! Which credentials a request must carry.

use serde_json::{Value, json};
use specwright::contract::SECRET;

use super::cases::Maker;
use super::document::Operation;

/// `contract-secret:contract-secret` in base64.
const BASIC: &str = "Basic Y29udHJhY3Qtc2VjcmV0OmNvbnRyYWN0LXNlY3JldA==";

impl Maker<'_> {
    /// The alternatives that a client can meet, as what a request carries for them.
    pub(super) fn security(&self, operation: &Operation<'_>) -> Value {
        let alternatives = operation
            .value
            .get("security")
            .or(self.document.value.get("security"));
        let alternatives = alternatives.and_then(Value::as_array);
        let schemes = self.document.value.pointer("/components/securitySchemes");
        let alternatives = alternatives
            .into_iter()
            .flatten()
            .filter_map(|alternative| {
                let names = alternative.as_object()?.keys();
                let carried =
                    names.map(|name| carried(self.document.resolved(schemes?.get(name)?)));
                carried.collect::<Option<Vec<Value>>>()
            });
        alternatives.collect()
    }
}

/// Where a credential of a scheme must be.
fn carried(scheme: &Value) -> Option<Value> {
    let word = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    let header = |value: String| json!({ "in": "header", "name": "authorization", "value": value });
    Some(
        match (word("type"), word("scheme").to_ascii_lowercase().as_str()) {
            ("http", "basic") => header(BASIC.to_owned()),
            ("http", "bearer") | ("oauth2" | "openIdConnect", _) => {
                header(format!("Bearer {SECRET}"))
            }
            ("http", other) if !other.is_empty() && other != "mutualtls" => {
                header(format!("{} {SECRET}", word("scheme").trim()))
            }
            ("apiKey", _) => json!({ "in": word("in"), "name": word("name"), "value": SECRET }),
            _ => return None,
        },
    )
}
