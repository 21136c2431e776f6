//! Every call of the document, with every answer that it declares.

use super::api::{Client, Error, Response};
use super::received::objections;
use super::seen::{Outcome, Seen, Shown, collected, excerpt, unexpected};
use super::server::{Answer, Server};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Debug;
use std::future::Future;
use std::thread;
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

    /// Which of several bodies is given, by the name of its variant; empty where there is none.
    pub fn choice(&self) -> &str {
        word(self.arguments, "choice")
    }

    /// Sends a request, and looks at what comes back.
    pub fn sent<T, E: Debug, S: Into<Outcome>, F: Into<Outcome>>(
        &self,
        request: impl Future<Output = Result<Response<T>, Error<E>>>,
        success: fn(T) -> S,
        failure: fn(E) -> F,
    ) -> Result<Seen, String> {
        Ok(match self.runtime.block_on(request) {
            Ok(response) => {
                let (status, _, body) = response.into_parts();
                self.decoded(status.as_u16(), "success", success(body).into())
            }
            Err(Error::Api(response)) => {
                let status = response.status().as_u16();
                self.decoded(status, "error", failure(response.into_body()).into())
            }
            Err(error) => broken(&error),
        })
    }

    fn decoded(&self, status: u16, end: &'static str, outcome: Outcome) -> Seen {
        Seen {
            status,
            end,
            declared: outcome.declared,
            body: self.runtime.block_on(collected(outcome.body)),
            words: String::new(),
        }
    }
}

/// What did not come through its type.
fn broken<E: Debug>(error: &Error<E>) -> Seen {
    let raw = error.raw();
    let text = raw.map(|raw| raw.text().into_owned()).unwrap_or_default();
    Seen {
        status: error.status().map_or(0, |status| status.as_u16()),
        end: match error {
            Error::Undeclared(_) => "undeclared",
            Error::Decode(_) => "undecoded",
            Error::Request(_) => "refused",
            _ => "broken",
        },
        declared: None,
        body: Shown::Text(text),
        words: chain(error),
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

impl Counts {
    /// A line for whoever counts.
    fn print(&self) {
        let Self {
            operations,
            calls,
            responses,
            skipped,
            failures,
        } = self;
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
    }
}

/// What a call may take of the stack, in bytes: without optimisation, large types take much of it.
const STACK: usize = 512 << 20;

/// Runs all cases; panics at the end if one of them failed.
pub fn all(cases: &'static str, calls: &'static [(&str, Call)], connect: Connect) {
    let thread = thread::Builder::new().stack_size(STACK);
    let counts = thread.spawn(move || counted(cases, calls, connect));
    let counts = counts.expect("a thread can be started").join();
    let failures = counts.expect("the cases end").failures;
    assert!(
        failures.is_empty(),
        "{} calls failed:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn counted(cases: &str, calls: &[(&str, Call)], connect: Connect) -> Counts {
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
    counts.print();
    counts
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
                (Some(json), None) => json.to_string(),
                // What is beside a text is what it says.
                (_, text) => text.and_then(Value::as_str).unwrap_or_default().to_owned(),
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
