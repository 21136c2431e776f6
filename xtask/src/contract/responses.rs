//! The answers that an operation declares: each status, media type and kind of body.

use serde_json::{Map, Value, json};
use specwright::Pointer;
use specwright::contract::Operation as Call;
use specwright::media::{essence, is_events, is_json, is_of_items, telling};

use super::cases::Maker;
use super::document::Operation;
use super::sample::{Direction, Wish};

/// A status that is answered, and how a call with it ends.
type Ending = (u16, &'static str);

/// An answer but for its body.
#[derive(Clone, Copy)]
struct Head<'d> {
    ending: Ending,
    /// The response for which it stands, by its key: no other one is nearer to the status.
    key: &'d str,
    /// The media type of that response for which it stands.
    declared: Option<&'d str>,
}

/// The answers, those that are left out, and all media types.
pub(super) fn responses(
    maker: &Maker<'_>,
    operation: &Operation<'_>,
    call: &Call,
) -> (Vec<Value>, Vec<Value>, Vec<String>) {
    let mut collected = Collected {
        maker,
        operation,
        call,
        answers: Vec::new(),
        skipped: Vec::new(),
        media: Vec::new(),
    };
    let declared = operation.value.get("responses").and_then(Value::as_object);
    let keys: Vec<&str> = declared
        .into_iter()
        .flatten()
        .map(|(key, _)| key.as_str())
        .filter(|key| !key.starts_with("x-"))
        .collect();
    for (key, response) in declared
        .into_iter()
        .flatten()
        .filter(|(key, _)| !key.starts_with("x-"))
    {
        let pointer = operation.pointer.child("responses").child(key);
        let (pointer, response) = maker.document.resolved_at(pointer, response);
        let endings = endings(key, &keys);
        if endings.is_empty() {
            collected.skip(key, "no final status is declared");
        }
        for ending in endings {
            let head = Head {
                ending,
                key,
                declared: None,
            };
            collected.answer(head, &pointer, response);
        }
    }
    collected.media.sort();
    collected.media.dedup();
    // A success comes first: it is the answer to the further requests.
    collected
        .answers
        .sort_by_key(|answer| answer.get("end") != Some(&Value::from("success")));
    (collected.answers, collected.skipped, collected.media)
}

/// Which statuses stand for a key of `responses`.
fn endings(key: &str, keys: &[&str]) -> Vec<Ending> {
    let is_success = |key: &&&str| key.starts_with('2');
    let has_success = keys.iter().any(|key| is_success(&key));
    let end = |status: u16| match status / 100 {
        2 => "success",
        3 if !has_success => "success",
        _ => "error",
    };
    let is_listed = |status: &u16| {
        let text = status.to_string();
        let range = format!("{}XX", status / 100);
        keys.iter()
            .any(|key| **key == text || key.eq_ignore_ascii_case(&range))
    };
    if let Ok(status) = key.parse::<u16>() {
        return if status < 200 {
            Vec::new()
        } else {
            vec![(status, end(status))]
        };
    }
    if let Some(class) = key.chars().next().and_then(|digit| digit.to_digit(10)) {
        let first = u16::try_from(class * 100).unwrap_or(0);
        let mut members = [first, first + 18, first + 99].into_iter();
        let member = members.find(|status| !keys.contains(&status.to_string().as_str()));
        return member
            .filter(|status| *status >= 200)
            .map(|status| (status, end(status)))
            .into_iter()
            .collect();
    }
    let has_redirect = keys.iter().any(|key| key.starts_with('3'));
    let mut endings = Vec::new();
    if !has_success && !has_redirect {
        endings.push((200, "success"));
    }
    endings.extend(
        [500, 400, 418, 599]
            .into_iter()
            .find(|status| !is_listed(status))
            .map(|status| (status, "error")),
    );
    endings
}

struct Collected<'m> {
    maker: &'m Maker<'m>,
    operation: &'m Operation<'m>,
    call: &'m Call,
    answers: Vec<Value>,
    skipped: Vec<Value>,
    media: Vec<String>,
}

impl Collected<'_> {
    fn skip(&mut self, status: impl std::fmt::Display, reason: &str) {
        self.skipped.push(json!({
            "operation": self.call.key,
            "status": status.to_string(),
            "reason": reason,
        }));
    }

    /// Adds an answer with a body: `media`, and `json`, `text` or `items`.
    fn add(&mut self, head: Head<'_>, body: Value) {
        let (status, end) = head.ending;
        let mut answer = json!({
            "status": status,
            "end": end,
            "declared": { "status": head.key, "media": head.declared },
        });
        if let (Value::Object(answer), Value::Object(body)) = (&mut answer, body) {
            answer.extend(body);
        }
        self.answers.push(answer);
    }

    fn answer(&mut self, head: Head<'_>, pointer: &Pointer, response: &Value) {
        let (status, _) = head.ending;
        let content = response.get("content").and_then(Value::as_object);
        let Some(content) = content.filter(|content| !content.is_empty()) else {
            return self.add(head, json!({}));
        };
        self.media.extend(content.keys().cloned());
        if self.operation.method == "HEAD" || matches!(status, 204 | 205 | 304) {
            return self.skip(status, "a body is declared where there can be none");
        }
        for (name, entry) in content {
            let asked = self.call.accept.split(',').map(str::trim);
            if !asked
                .into_iter()
                .any(|asked| asked == name || essence(asked) == essence(name))
            {
                self.skip(status, &format!("`{name}` is not asked for"));
                continue;
            }
            let Some(media) = concrete(name, content) else {
                self.skip(
                    status,
                    &format!("`{name}` is another one's media type, too"),
                );
                continue;
            };
            let telling = telling(name, content.keys().map(String::as_str));
            let head = Head {
                declared: Some(&telling),
                ..head
            };
            let at = pointer.child("content").child(name);
            self.body(head, &media, &at, entry);
        }
    }

    fn body(&mut self, head: Head<'_>, media: &str, at: &Pointer, entry: &Value) {
        if is_of_items(&essence(media)) {
            return self.items(head, media, at, entry);
        }
        let is_form = essence(media) == "application/x-www-form-urlencoded";
        if !(is_json(&essence(media)) || is_form && says_object(entry)) {
            return self.add(
                head,
                json!({ "media": media, "text": "text of the answer" }),
            );
        }
        let at = &at.child("schema");
        let mut known: Option<Value> = None;
        for full in [true, false] {
            let wish = Wish {
                direction: Direction::Response,
                full,
                examples: true,
                branch: 0,
                free: "text ü",
            };
            match self.maker.media(at, entry, wish) {
                Some(value) if Some(&value) == known.as_ref() => {}
                Some(value) => {
                    let mut answer = json!({ "media": media, "json": value });
                    if is_form {
                        answer["text"] = Value::from(form(&value));
                    }
                    self.add(head, answer);
                    known = Some(value);
                }
                None if full => {
                    let name = head.declared.unwrap_or_default();
                    let reason = format!("no value was found for the body in `{name}`");
                    self.skip(head.ending.0, &reason);
                }
                None => {}
            }
        }
    }

    /// A stream of two items, or of those of a list.
    fn items(&mut self, head: Head<'_>, media: &str, at: &Pointer, entry: &Value) {
        let wish = Wish {
            direction: Direction::Response,
            full: true,
            examples: false,
            branch: 0,
            free: "text ü",
        };
        // `itemSchema` is a list of it here.
        let at = at.child("schema");
        let of_item = at.child("items");
        let origin = self.maker.document.origin(&of_item);
        let is_described = origin.path.ends_with("/itemSchema");
        let value = match entry.pointer("/schema/items").filter(|_| is_described) {
            Some(schema) => {
                let entry = json!({ "schema": schema });
                self.maker.media(&of_item, &entry, wish)
            }
            None => self.maker.media(&at, entry, wish),
        };
        let Some(value) = value else {
            let reason = format!("no value was found for the items of `{media}`");
            return self.skip(head.ending.0, &reason);
        };
        let items = match value {
            Value::Array(items) if !is_described => items,
            item => vec![item.clone(), item],
        };
        let written = |item: &Value| match essence(media) {
            media if is_events(&media) => event(item, is_described),
            media if media.ends_with("json-seq") => format!("\u{1e}{item}\n"),
            _ => format!("{item}\n"),
        };
        let text: String = items.iter().map(written).collect();
        self.add(
            head,
            json!({ "media": media, "text": text, "items": items }),
        );
    }
}

/// Whether the schema of a media type is that of an object, as far as that is seen from outside.
fn says_object(entry: &Value) -> bool {
    let schema = entry.get("schema");
    let is_text = schema
        .and_then(|schema| schema.get("type"))
        .and_then(Value::as_str);
    schema.is_some() && is_text.is_none_or(|ty| ty == "object")
}

/// The pairs of a form: a name for each item of a list, and JSON for what is deeper.
fn form(value: &Value) -> String {
    let mut pairs = Vec::new();
    for (name, value) in value.as_object().into_iter().flatten() {
        let items = match value {
            Value::Array(items) => items.as_slice(),
            one => std::slice::from_ref(one),
        };
        let is_flat = |item: &Value| !item.is_array() && !item.is_object();
        let texts: Vec<String> = match items.iter().all(is_flat) {
            true => items.iter().map(text_of).collect(),
            false => vec![value.to_string()],
        };
        pairs.extend(
            texts
                .iter()
                .map(|text| format!("{}={}", encoded(name), encoded(text))),
        );
    }
    pairs.join("&")
}

fn text_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Every byte but letters and digits, as a form may have it.
fn encoded(text: &str) -> String {
    let encoded = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        b' ' => "+".to_owned(),
        other => format!("%{other:02X}"),
    });
    encoded.collect()
}

/// An event: the object itself, where the document describes the whole of it, or an object in its data.
fn event(item: &Value, is_described: bool) -> String {
    let member = |name: &str| item.get(name).filter(|_| is_described);
    if let Some(data) = member("data") {
        let mut text = String::new();
        for name in ["event", "id", "retry"] {
            if let Some(value) = member(name) {
                text.push_str(&format!("{name}: {}\n", said(value)));
            }
        }
        return format!("{text}data: {}\n\n", said(data));
    }
    format!("data: {}\n\n", said(item))
}

/// A text as it is, anything else as JSON.
fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A media type that a range stands for, and that is no other one's; nothing where there is none.
fn concrete(name: &str, content: &Map<String, Value>) -> Option<String> {
    let essence = essence(name);
    let candidates = match essence.as_str() {
        "" | "*/*" | "application/*" => vec!["application/json".to_owned()],
        "text/*" => vec!["text/plain".to_owned(), "text/x-other".to_owned()],
        range if range.ends_with("/*") => vec![range.replace('*', "x-other")],
        _ => return Some(name.to_owned()),
    };
    let is_known = |media: &String| {
        content
            .keys()
            .any(|known| specwright::media::essence(known) == *media)
    };
    candidates.into_iter().find(|media| !is_known(media))
}

#[cfg(test)]
mod tests {
    use super::endings;

    #[test]
    fn statuses() {
        let cases: &[(&str, &[&str], &[super::Ending])] = &[
            ("200", &["200"], &[(200, "success")]),
            ("404", &["200", "404"], &[(404, "error")]),
            ("4XX", &["200", "400", "4XX"], &[(418, "error")]),
            ("default", &["200", "500", "default"], &[(400, "error")]),
            ("default", &["default"], &[(200, "success"), (500, "error")]),
            ("302", &["302"], &[(302, "success")]),
            ("302", &["200", "302"], &[(302, "error")]),
            ("100", &["100", "200"], &[]),
        ];
        for (key, keys, expected) in cases {
            assert_eq!(endings(key, keys), *expected, "{key} of {keys:?}");
        }
    }
}
