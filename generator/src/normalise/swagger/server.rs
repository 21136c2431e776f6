//! `schemes`, `host` and `basePath` are servers.

use super::super::grammar::Members;
use serde_json::{Value, json};

/// Where the API is.
pub(super) struct Servers {
    schemes: Vec<String>,
    host: Option<String>,
    path: Option<String>,
}

impl Servers {
    /// Takes the members of the document that say it.
    pub(super) fn take(members: &mut Members, schemes: Vec<String>) -> Self {
        let mut text = |key: &str| match members.shift_remove(key)? {
            Value::String(text) if !text.is_empty() => Some(text),
            _ => None,
        };
        Self {
            schemes: secure_first(&schemes),
            host: text("host"),
            path: text("basePath"),
        }
    }

    /// The servers, and the key of the document that says most about them.
    pub(super) fn urls(&self) -> Option<(Value, &'static str)> {
        let key = match (&self.host, &self.path) {
            (Some(_), _) => "host",
            (None, Some(_)) => "basePath",
            (None, None) => return None,
        };
        Some((self.with(&self.schemes), key))
    }

    /// The servers of an operation with schemes of its own, if the document's do not include them.
    pub(super) fn other(&self, schemes: &[String]) -> Option<Value> {
        let schemes = secure_first(schemes);
        let is_other = schemes.iter().all(|scheme| !self.schemes.contains(scheme));
        (self.host.is_some() && is_other && !schemes.is_empty()).then(|| self.with(&schemes))
    }

    fn with(&self, schemes: &[String]) -> Value {
        let path = self.path.as_deref().unwrap_or_default().trim_matches('/');
        let path = format!("/{path}");
        let Some(host) = &self.host else {
            return json!([{"url": path}]);
        };
        let path = if path == "/" { "" } else { path.as_str() };
        let local = ["localhost", "127.", "0.0.0.0", "[::1]"];
        let usual = if local.iter().any(|start| host.starts_with(start)) {
            "http"
        } else {
            "https"
        };
        let usual = [usual.to_owned()];
        let schemes = if schemes.is_empty() {
            &usual[..]
        } else {
            schemes
        };
        let server = |scheme: &String| json!({"url": format!("{scheme}://{host}{path}")});
        schemes.iter().map(server).collect()
    }
}

/// The schemes that requests are sent with; the first is the default, so it is the secure one.
fn secure_first(schemes: &[String]) -> Vec<String> {
    let usable = schemes
        .iter()
        .filter(|scheme| matches!(scheme.as_str(), "http" | "https"));
    let mut usable: Vec<_> = usable.cloned().collect();
    usable.sort_by(|one, other| other.cmp(one));
    usable
}
