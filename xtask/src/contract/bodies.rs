//! The bodies of requests: one of each media type in which the client sends them, with values of that
//! media type's own schema.

use serde_json::{Map, Value, json};
use specwright::Pointer;
use specwright::contract::{Body as Choice, Operation as Call};
use specwright::media::essence;

use super::cases::Maker;
use super::document::Operation;
use super::sample::{Direction, Wish};

/// Arguments by location and name.
pub(super) type Given = Map<String, Value>;

/// The bodies of an operation.
#[derive(Default)]
pub(super) struct Bodies {
    /// Whether there is no call without one.
    is_required: bool,
    all: Vec<Body>,
    /// What is not sent, and why.
    pub(super) skipped: Vec<String>,
}

/// A body in one media type.
struct Body {
    choice: String,
    /// How the server reads it.
    described: Value,
    full: Value,
    minimal: Value,
}

impl Maker<'_> {
    /// A body of each media type; an error where there must be one, and no value is found for any.
    pub(super) fn bodies(&self, operation: &Operation<'_>, call: &Call) -> Result<Bodies, String> {
        let (Some(node), false) = (operation.value.get("requestBody"), call.bodies.is_empty())
        else {
            return Ok(Bodies::default());
        };
        let pointer = operation.pointer.child("requestBody");
        let (pointer, node) = self.document.resolved_at(pointer, node);
        let mut bodies = Bodies {
            is_required: node.get("required") == Some(&Value::Bool(true)),
            ..Bodies::default()
        };
        let none = Map::new();
        let content = node.get("content").and_then(Value::as_object);
        let content = content.unwrap_or(&none);
        let mut sent = Vec::new();
        for choice in &call.bodies {
            let name = declared(content, &choice.media, &sent);
            let name = name
                .ok_or_else(|| format!("the document has no body in `{}`", choice.media))?
                .as_str();
            sent.push(name);
            match self.body(&pointer.child("content").child(name), content, name, choice) {
                Some(body) => bodies.all.push(body),
                None => bodies
                    .skipped
                    .push(format!("no value was found for the body in `{name}`")),
            }
        }
        if bodies.is_required && bodies.all.is_empty() {
            return Err(bodies.skipped.join("; "));
        }
        let unsent = content.keys().filter(|name| !sent.contains(&name.as_str()));
        let unsent = unsent.map(|name| format!("`{name}` is not sent"));
        bodies.skipped.extend(unsent);
        Ok(bodies)
    }

    fn body(
        &self,
        pointer: &Pointer,
        content: &Map<String, Value>,
        name: &str,
        choice: &Choice,
    ) -> Option<Body> {
        let entry = content.get(name)?;
        let full = self.body_value(pointer, entry, choice, true);
        let minimal = self.body_value(pointer, entry, choice, false);
        let (full, minimal) = match (full, minimal) {
            (Some(full), minimal) => (full.clone(), minimal.unwrap_or(full)),
            (None, minimal) => (minimal.clone()?, minimal?),
        };
        let encoding = entry.get("encoding").cloned().unwrap_or_else(|| json!({}));
        Some(Body {
            choice: choice.choice.clone(),
            described: json!({
                "choice": choice.choice,
                "media": name,
                "kind": choice.kind,
                "encoding": encoding,
            }),
            full,
            minimal,
        })
    }

    fn body_value(
        &self,
        pointer: &Pointer,
        entry: &Value,
        choice: &Choice,
        full: bool,
    ) -> Option<Value> {
        let wish = Wish {
            direction: Direction::Request,
            full,
            examples: true,
            branch: 0,
            free: "text",
        };
        let at = &pointer.child("schema");
        match choice.kind {
            "json" | "form" => self.media(at, entry, wish),
            "multipart" => self.described(at, entry, wish),
            "items" => self.described(at, entry, wish).map(|value| match value {
                list @ Value::Array(_) => list,
                item => json!([item]),
            }),
            "parts" => Some(json!({ "name": "value" })),
            _ => Some(Value::from("text of the body")),
        }
    }
}

impl Bodies {
    /// How the server reads them.
    pub(super) fn described(&self) -> Vec<Value> {
        let all = self.all.iter();
        all.map(|body| body.described.clone()).collect()
    }

    /// What is given to the calls: everything, and what is required, with each body.
    pub(super) fn requests(&self, full: Given, minimal: Given) -> Vec<Value> {
        let mut requests = Vec::new();
        for body in &self.all {
            requests.push(with(&full, body, &body.full));
            if self.is_required {
                requests.push(with(&minimal, body, &body.minimal));
            }
        }
        if !self.is_required {
            requests.extend(self.all.is_empty().then_some(full));
            requests.push(minimal);
        }
        requests.dedup();
        requests.into_iter().map(Value::Object).collect()
    }
}

fn with(arguments: &Given, body: &Body, value: &Value) -> Given {
    let mut given = arguments.clone();
    given.insert("choice".to_owned(), Value::from(body.choice.as_str()));
    given.insert("body".to_owned(), value.clone());
    given
}

/// The name under which the document declares what is sent and is not known yet: the same, the same but
/// for its parameters, or a range.
fn declared<'c>(
    content: &'c Map<String, Value>,
    media: &str,
    known: &[&str],
) -> Option<&'c String> {
    let find = |is_it: &dyn Fn(&str) -> bool| {
        let mut names = content.keys();
        names.find(|name| !known.contains(&name.as_str()) && is_it(name))
    };
    find(&|name| name == media)
        .or_else(|| find(&|name| essence(name) == essence(media)))
        .or_else(|| find(&|name| is_kind(name, media)))
        .or_else(|| find(&|name| name.contains('*') || name.is_empty()))
}

/// Whether it is a range such as `text/*` that a media type is in.
fn is_kind(range: &str, media: &str) -> bool {
    let kind = range.strip_suffix('*').filter(|kind| *kind != "*/");
    kind.is_some_and(|kind| media.starts_with(kind))
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    /// The names of the document, what is sent, the names that are known, and the one that is found.
    type Case = (
        &'static [&'static str],
        &'static str,
        &'static [&'static str],
        Option<&'static str>,
    );

    #[test]
    fn names_of_the_document() {
        let cases: &[Case] = &[
            (&["a/b", "a/b; v=2"], "a/b; v=2", &[], Some("a/b; v=2")),
            (&["a/b; v=1"], "a/b", &[], Some("a/b; v=1")),
            (&["image/*", "text/*"], "text/plain", &[], Some("text/*")),
            (&["*/*", "text/*"], "text/plain", &[], Some("text/*")),
            (&["*/*"], "application/json", &[], Some("*/*")),
            (&["*/*", "a/b"], "a/b", &["a/b"], Some("*/*")),
            (&["a/b"], "a/c", &[], None),
        ];
        for (names, media, known, expected) in cases {
            let names = names.iter().map(|name| ((*name).to_owned(), Value::Null));
            let content: Map<String, Value> = names.collect();
            let found = super::declared(&content, media, known);
            assert_eq!(found.map(String::as_str), *expected, "{media}");
        }
    }
}
