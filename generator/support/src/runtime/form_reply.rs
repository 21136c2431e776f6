//! Forms that a mock server answers with.

use super::form::FORM;
use super::reply::Reply;
use super::style;
use super::written::Written;
use serde::Serialize;

/// A form, written as requests are. What is no object is empty.
pub fn form<T: Serialize>(value: T, status: u16, media: &[&str]) -> Reply {
    let json = serde_json::to_vec(&value).unwrap_or_default();
    let members = match Written::read(&json) {
        Some(Written::Object(members)) => members,
        _ => Vec::new(),
    };
    let pairs = style::form(&[], &members);
    Reply::of(status, media, FORM, pairs.join("&"))
}
