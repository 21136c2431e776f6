//! Responses that are forms: `application/x-www-form-urlencoded`, read into the types of JSON.
//!
//! A form has nothing but texts, so a value becomes what its type asks for: a number or a boolean where it is
//! one, a text anywhere else. A name that comes several times is a list, and `a[b]=1` is inside of an object,
//! as requests are written; an object or a list may be JSON text, too.

use super::answer::{Answer, has_no_body};
use super::decode::Failure;
use super::form_reader::Reader;
use super::response::RawResponse;
use super::{json_path, media};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// The media type.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// How many steps a name in brackets has at most.
const STEPS: usize = 16;

/// A value of a form.
#[derive(Debug, PartialEq)]
pub(super) enum Node {
    Text(String),
    List(Vec<Node>),
    Object(BTreeMap<String, Node>),
}

/// Decodes a form.
#[inline]
pub fn form<T: DeserializeOwned>(answer: &mut Answer) -> Result<T, Failure> {
    let response = &answer.response;
    let node = read(response)?;
    let failed = RefCell::default();
    T::deserialize(Reader::new(&node, &failed)).map_err(|error| failure(response, failed, &error))
}

/// The form that a response is.
fn read(response: &RawResponse) -> Result<Node, Failure> {
    let essence = media::essence(response.headers()).ok_or(Failure::Undeclared)?;
    let may_be_one = essence == FORM || media::is_generic(&essence);
    if !may_be_one || has_no_body(response.status()) {
        return Err(Failure::Undeclared);
    }
    parse(response.bytes()).ok_or_else(|| wrong(response, "$".to_owned(), "the form is not UTF-8"))
}

fn failure(
    response: &RawResponse,
    failed: RefCell<Vec<String>>,
    error: &serde_json::Error,
) -> Failure {
    let mut path = String::from("$");
    for name in failed.into_inner().iter().rev() {
        path.push('.');
        path.extend(name.chars().take(64));
    }
    wrong(response, path, &json_path::message(error))
}

/// An error in what calls itself a form is one; what does not was something else.
fn wrong(response: &RawResponse, path: String, message: &str) -> Failure {
    match media::essence(response.headers()) {
        Some(essence) if essence == FORM => Failure::Wrong {
            path,
            message: message.to_owned(),
        },
        Some(_) | None => Failure::Undeclared,
    }
}

/// The pairs, of which those with one name are together; nothing where they are no text.
fn parse(form: &[u8]) -> Option<Node> {
    let form = std::str::from_utf8(form).ok()?;
    let mut members = BTreeMap::new();
    for pair in form.trim().split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = decoded(name)?;
        put(&mut members, &steps(&name), decoded(value)?);
    }
    Some(Node::Object(members))
}

fn decoded(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    let text = percent_decode_str(&text).decode_utf8().ok()?;
    Some(text.into_owned())
}

/// `a[b][0]` is `a`, `b` and `0`; any other name, `a[]` among them, is one step.
fn steps(name: &str) -> Vec<&str> {
    let nested = || {
        let (first, rest) = name.strip_suffix(']')?.split_once('[')?;
        let rest: Vec<&str> = rest.split("][").collect();
        let is_step = |step: &&str| !step.is_empty() && !step.contains(['[', ']']);
        let are_steps = is_step(&first) && rest.len() < STEPS && rest.iter().all(is_step);
        are_steps.then(|| std::iter::once(first).chain(rest).collect())
    };
    nested().unwrap_or_else(|| vec![name])
}

fn put(members: &mut BTreeMap<String, Node>, steps: &[&str], text: String) {
    let Some((first, rest)) = steps.split_first() else {
        return;
    };
    let known = members.remove(*first);
    let node = match (known, rest) {
        (Some(Node::Object(mut inner)), [_, ..]) => {
            put(&mut inner, rest, text);
            Node::Object(inner)
        }
        (known, rest) => {
            let new = match rest {
                [] => Node::Text(text),
                rest => {
                    let mut inner = BTreeMap::new();
                    put(&mut inner, rest, text);
                    Node::Object(inner)
                }
            };
            match known {
                None => new,
                Some(Node::List(mut items)) => {
                    items.push(new);
                    Node::List(items)
                }
                Some(one) => Node::List(vec![one, new]),
            }
        }
    };
    members.insert((*first).to_owned(), node);
}

impl Node {
    /// The list or the object that a text in JSON is.
    pub(super) fn of_json(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_one = text.starts_with(['{', '[']);
        let value = is_one.then(|| serde_json::from_str(text).ok())?;
        Self::of_value(value?)
    }

    /// What a value would be in a form; nothing for `null`.
    fn of_value(value: Value) -> Option<Self> {
        Some(match value {
            Value::Null => return None,
            Value::Bool(value) => Self::Text(value.to_string()),
            Value::Number(number) => Self::Text(number.to_string()),
            Value::String(text) => Self::Text(text),
            Value::Array(items) => {
                Self::List(items.into_iter().filter_map(Self::of_value).collect())
            }
            Value::Object(members) => {
                let members = members.into_iter();
                let members =
                    members.filter_map(|(name, value)| Some((name, Self::of_value(value)?)));
                Self::Object(members.collect())
            }
        })
    }

    /// The items of a list, also of one whose items are numbered.
    pub(super) fn items(&self) -> Option<Vec<&Self>> {
        match self {
            Self::Text(_) => None,
            Self::List(items) => Some(items.iter().collect()),
            Self::Object(members) => {
                let numbers = 0..members.len();
                numbers
                    .map(|number| members.get(&number.to_string()))
                    .collect()
            }
        }
    }
}
