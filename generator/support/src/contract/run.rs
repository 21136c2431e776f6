//! Every call of the document, with every answer that it declares.

use super::api::{Body, Client, Error, Response, Undocumented};
use super::compare::{difference, short};
use super::received::objections;
use super::server::{Answer, Server};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use tokio::runtime::Runtime;

/// A call of one operation with the given arguments.
pub type Call = fn(&Client, &Given<'_>) -> Result<Seen, String>;

/// Makes a client that sends its requests to a URL, with a credential for each scheme.
pub type Connect = fn(String) -> Result<Client, String>;

/// The path of the base URL, which every request must keep.
const BASE: &str = "/base";

/// The arguments of a call, by location and name.
pub struct Given<'a> {
    runtime: &'a Runtime,
    arguments: &'a Value,
}

impl Given<'_> {
    /// An argument that there is.
    pub fn value<T: DeserializeOwned>(&self, key: &str) -> Result<T, String> {
        let value = self.optional(key)?;
        value.ok_or_else(|| format!("there is no `{key}` to be given"))
    }

    /// An argument, if it is given.
    pub fn optional<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, String> {
        let Some(value) = self.arguments.get(key) else {
            return Ok(None);
        };
        let read = T::deserialize(value).or_else(|error| {
            // A number in a string is a number as an argument, and a text may be any scalar.
            let retry = T::deserialize(numbers(value));
            retry
                .or_else(|_| T::deserialize(texts(value)))
                .map_err(|_| error)
        });
        read.map(Some)
            .map_err(|error| format!("`{key}` is not decoded: {error}"))
    }

    /// Sends a request, and looks at what comes back.
    pub fn sent<T, E: Debug>(
        &self,
        request: impl Future<Output = Result<Response<T>, Error<E>>>,
        success: fn(T) -> Shown,
        failure: fn(E) -> Shown,
    ) -> Result<Seen, String> {
        let seen = self.runtime.block_on(request);
        Ok(match seen {
            Ok(response) => {
                let (status, _, body) = response.into_parts();
                let body = self.runtime.block_on(collected(success(body)));
                Seen {
                    status: status.as_u16(),
                    end: "success",
                    body,
                    words: String::new(),
                }
            }
            Err(Error::Api(response)) => {
                let status = response.status().as_u16();
                let body = self
                    .runtime
                    .block_on(collected(failure(response.into_body())));
                Seen {
                    status,
                    end: "error",
                    body,
                    words: String::new(),
                }
            }
            Err(error) => {
                let text = error
                    .raw()
                    .map(|raw| raw.text().into_owned())
                    .unwrap_or_default();
                Seen {
                    status: error.status().map_or(0, |status| status.as_u16()),
                    end: match error {
                        Error::Undeclared(_) => "undeclared",
                        Error::Decode(_) => "undecoded",
                        Error::Request(_) => "refused",
                        _ => "broken",
                    },
                    words: chain(&error),
                    body: Shown::Text(text),
                }
            }
        })
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        words.push_str(&format!(": {inner}"));
        source = inner.source();
    }
    words
}

fn numbers(value: &Value) -> Value {
    match value {
        Value::String(text) => match serde_json::from_str(text) {
            Ok(read @ (Value::Number(_) | Value::Bool(_))) => read,
            _ => value.clone(),
        },
        Value::Array(items) => items.iter().map(numbers).collect(),
        other => other.clone(),
    }
}

fn texts(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(texts).collect(),
        Value::Number(_) | Value::Bool(_) => Value::from(value.to_string()),
        other => other.clone(),
    }
}

/// How a call ended.
#[derive(Debug)]
pub struct Seen {
    status: u16,
    end: &'static str,
    body: Shown,
    words: String,
}

/// A decoded body.
#[derive(Debug)]
pub enum Shown {
    /// It was JSON, and this is what it is encoded to again.
    Json(Result<Value, String>),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Bytes that arrive.
    Stream(Body),
    /// Nothing.
    Empty,
    /// Something that the test does not know.
    Unknown,
}

/// What was JSON.
pub fn json<T: Serialize>(body: T) -> Shown {
    Shown::Json(serde_json::to_value(body).map_err(|error| error.to_string()))
}

/// What was text.
pub fn text(body: String) -> Shown {
    Shown::Text(body)
}

/// What was bytes.
pub fn bytes(body: super::api::Bytes) -> Shown {
    Shown::Bytes(body.to_vec())
}

/// What still arrives.
pub fn stream(body: Body) -> Shown {
    Shown::Stream(body)
}

/// What has no body.
pub fn empty(_body: ()) -> Shown {
    Shown::Empty
}

/// What there is not.
pub fn nothing(body: Undocumented) -> Shown {
    match body {}
}

async fn collected(shown: Shown) -> Shown {
    use http_body::Body as _;
    let Shown::Stream(mut body) = shown else {
        return shown;
    };
    let mut bytes = Vec::new();
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        match frame.map(http_body::Frame::into_data) {
            Ok(Ok(data)) => bytes.extend_from_slice(&data),
            Ok(Err(_)) => {}
            Err(error) => return Shown::Text(format!("the stream broke: {error}")),
        }
    }
    Shown::Bytes(bytes)
}

/// Where the calls go.
enum Peer {
    /// To a server that knows what to expect.
    Own(Server),
    /// To whatever answers there.
    Other,
}

/// What was done, and what went wrong.
#[derive(Default)]
struct Counts {
    operations: usize,
    calls: usize,
    responses: usize,
    skipped: usize,
    failures: Vec<String>,
}

/// Runs all cases; panics at the end if one of them failed.
pub fn all(cases: &str, calls: &[(&str, Call)], connect: Connect) {
    let cases: Value = serde_json::from_str(cases).expect("the cases are JSON");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be built");
    let (peer, url) = match std::env::var("CONTRACT_BASE_URL") {
        Ok(url) if !url.is_empty() => (Peer::Other, url),
        _ => {
            let server = Server::start().expect("a server can be started");
            let url = format!("{}{BASE}", server.url());
            (Peer::Own(server), url)
        }
    };
    let client = connect(url).expect("the client can be built");
    let calls: BTreeMap<&str, Call> = calls.iter().copied().collect();
    let mut counts = Counts::default();
    for skipped in list(&cases, "skipped") {
        counts.skipped += 1;
        println!("skipped\t{skipped}");
    }
    for operation in list(&cases, "operations") {
        let name = word(operation, "operation");
        let Some(call) = calls.get(name) else {
            counts.skipped += 1;
            println!(
                "skipped\t{}",
                json!({ "operation": name, "reason": "there is no call of it" })
            );
            continue;
        };
        counts.operations += 1;
        for skipped in list(operation, "skipped") {
            counts.skipped += 1;
            println!("skipped\t{skipped}");
        }
        let subject = Subject {
            operation,
            name,
            call: *call,
            client: &client,
            runtime: &runtime,
        };
        match &peer {
            Peer::Own(server) => subject.own(server, &mut counts),
            Peer::Other => subject.other(&mut counts),
        }
    }
    let Counts {
        operations,
        calls,
        responses,
        skipped,
        failures,
    } = &counts;
    println!(
        "contract\t{}",
        json!({
            "operations": operations,
            "calls": calls,
            "responses": responses,
            "skipped": skipped,
            "failures": failures.len(),
        })
    );
    assert!(
        failures.is_empty(),
        "{} calls failed:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn word<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// One operation.
struct Subject<'a> {
    operation: &'a Value,
    name: &'a str,
    call: Call,
    client: &'a Client,
    runtime: &'a Runtime,
}

impl Subject<'_> {
    fn call(&self, arguments: &Value) -> Result<Seen, String> {
        (self.call)(
            self.client,
            &Given {
                runtime: self.runtime,
                arguments,
            },
        )
    }

    /// Each list of arguments and each answer at least once.
    fn own(&self, server: &Server, counts: &mut Counts) {
        let requests = list(self.operation, "requests");
        let responses = list(self.operation, "responses");
        // Where no answer can be given, the request is looked at all the same.
        let none = json!({ "status": 204 });
        for index in 0..requests.len().max(responses.len()) {
            let Some(sent) = requests.get(index).or(requests.first()) else {
                break;
            };
            let response = responses.get(index).or(responses.first()).unwrap_or(&none);
            let body = match (response.get("json"), response.get("text")) {
                (Some(json), _) => json.to_string(),
                (None, text) => text.and_then(Value::as_str).unwrap_or_default().to_owned(),
            };
            let status = response
                .get("status")
                .and_then(Value::as_u64)
                .unwrap_or(200);
            server.answer(Answer {
                status: u16::try_from(status).unwrap_or(200),
                media: response
                    .get("media")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
                body: body.clone().into_bytes(),
            });
            counts.calls += 1;
            counts.responses += usize::from(index < responses.len());
            let seen = self.call(sent);
            let mut wrong = Vec::new();
            match server.received().as_slice() {
                [] => wrong.push("nothing arrived".to_owned()),
                [received] => wrong = objections(received, self.operation, sent, BASE),
                several => wrong.push(format!("{} requests arrived", several.len())),
            }
            match seen {
                Ok(seen) => wrong.extend(unexpected(&seen, response, &body)),
                Err(reason) => wrong.push(reason),
            }
            for reason in wrong {
                self.failed(status, &reason, counts);
            }
        }
    }

    /// Whatever is declared and decodes will do.
    fn other(&self, counts: &mut Counts) {
        for sent in list(self.operation, "requests") {
            counts.calls += 1;
            let (status, end, words) = match self.call(sent) {
                Ok(seen) => (
                    seen.status,
                    seen.end,
                    format!("{} {}", seen.words, excerpt(&seen.body)),
                ),
                Err(reason) => (0, "uncalled", reason),
            };
            let call =
                json!({ "operation": self.name, "status": status, "end": end, "words": words });
            println!("call\t{call}");
            if !matches!(end, "success" | "error") {
                self.failed(u64::from(status), &format!("{end}: {words}"), counts);
            }
        }
    }

    fn failed(&self, status: u64, reason: &str, counts: &mut Counts) {
        let failure = json!({ "operation": self.name, "status": status, "reason": reason });
        println!("failed\t{failure}");
        counts
            .failures
            .push(format!("{} ({status}): {reason}", self.name));
    }
}

fn excerpt(body: &Shown) -> String {
    let text = match body {
        Shown::Json(Ok(value)) => value.to_string(),
        Shown::Text(text) => text.clone(),
        _ => String::new(),
    };
    text.chars().take(600).collect()
}

/// What is wrong with the outcome of a call.
fn unexpected(seen: &Seen, response: &Value, sent: &str) -> Option<String> {
    if response.get("end").is_none() {
        return None;
    }
    let status = response.get("status").and_then(Value::as_u64);
    if status != Some(u64::from(seen.status)) || word(response, "end") != seen.end {
        let expected = word(response, "end");
        return Some(format!(
            "it ended as {} and not as {expected}: {}",
            seen.end, seen.words
        ));
    }
    match (&seen.body, response.get("json")) {
        (Shown::Json(Err(error)), _) => Some(format!("the answer is not encoded again: {error}")),
        (Shown::Json(Ok(value)), Some(sent)) => difference("", sent, value),
        (Shown::Json(Ok(value)), None) => Some(format!("the answer became {}", short(value))),
        (Shown::Text(text), _) => (text != sent).then(|| "the text is another one".to_owned()),
        (Shown::Bytes(bytes), _) => {
            (bytes != sent.as_bytes()).then(|| "the bytes are others".to_owned())
        }
        (Shown::Empty, _) => None,
        (other, _) => Some(format!("the answer became {other:?}")),
    }
}
