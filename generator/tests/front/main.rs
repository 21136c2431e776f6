//! Reading documents: parsing, normalising and finding places.
//!
//! Every case is a text and what is said about it, one line for each diagnostic:
//! `code line:column #pointer message | help`, and pieces of the normalised tree.

mod dialect;
mod held;
mod hostile;
mod locating;
mod objects;
mod parsing;
mod schemas;
mod swagger;
mod versions;

use openapiv3::OpenAPI;
use serde::Deserialize;
use serde_json::Value;
use specwright::deserialize::{Spec, deserialize};
use specwright::locate::Locator;
use specwright::normalise::normalise;
use specwright::parse::parse;
use specwright::{Diagnostic, Diagnostics, Place, SourceFile, SourceSet};

/// A document that was read: its normalised tree, and what became of that.
struct Read {
    tree: Value,
    spec: Spec,
}

/// Reads a document as far as it goes.
fn read(path: &str, text: &str) -> (Option<Read>, Diagnostics) {
    let file = SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let sources = SourceSet { files: vec![file] };
    let mut diagnostics = Diagnostics::new();
    let normalised = parse(&sources, &mut diagnostics)
        .and_then(|document| normalise(document, &mut diagnostics));
    let tree = normalised
        .as_ref()
        .map(|normalised| normalised.value.clone());
    let spec = normalised.and_then(|normalised| deserialize(normalised, &mut diagnostics));
    assert_eq!(
        spec.is_none(),
        diagnostics.has_errors(),
        "an error is what forbids output"
    );
    let read = tree.zip(spec).map(|(tree, spec)| Read { tree, spec });
    if let Some(Read { tree, spec }) = &read {
        let read = OpenAPI::deserialize(tree).expect("`openapiv3` can hold the tree");
        assert_eq!(spec.api, read, "both ways to read the tree");
    }
    (read, diagnostics)
}

/// Compares what is said, and pieces of the tree: `pointer json` each.
#[track_caller]
fn check(text: &str, said: &[&str], pieces: &[&str]) {
    check_file("openapi.yaml", text, said, pieces);
}

/// The same for a file with this name.
#[track_caller]
fn check_file(path: &str, text: &str, said: &[&str], pieces: &[&str]) {
    let (read, diagnostics) = read(path, text);
    let locator = Locator::new(text);
    let found = diagnostics
        .as_slice()
        .iter()
        .map(|diagnostic| line(text, &locator, diagnostic));
    assert_eq!(sorted(found), sorted(said.iter().map(ToString::to_string)));
    let tree = read.map(|read| read.tree).unwrap_or_default();
    for piece in pieces {
        let (pointer, expected) = piece
            .split_once(' ')
            .expect("a piece is a pointer and JSON");
        let expected: Option<Value> = match expected {
            "nothing" => None,
            json => Some(serde_json::from_str(json).expect("a piece is JSON")),
        };
        assert_eq!(tree.pointer(pointer), expected.as_ref(), "at {pointer}");
    }
}

/// Compares what is said about a schema, the only one of its document, and what it became.
#[track_caller]
fn check_schema(schema: &str, said: &[&str], became: &str) {
    check_schema_of("3.0.3", schema, said, became);
}

/// A document of this version with this schema.
fn schema_document(version: &str, schema: &str) -> String {
    format!(
        "openapi: {version}\ninfo: {{title: t, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n"
    )
}

/// The same for a schema of this version of OpenAPI.
#[track_caller]
fn check_schema_of(version: &str, schema: &str, said: &[&str], became: &str) {
    let (read, diagnostics) = read("openapi.yaml", &schema_document(version, schema));
    let found = diagnostics.as_slice().iter().map(|diagnostic| {
        let pointer = pointer(&diagnostic.place);
        let pointer = pointer
            .strip_prefix("#/components/schemas/A")
            .unwrap_or(&pointer);
        let code = diagnostic.code.as_str();
        format!(
            "{code} {pointer} {} | {}",
            diagnostic.message, diagnostic.help
        )
    });
    assert_eq!(
        sorted(found),
        sorted(said.iter().map(ToString::to_string)),
        "{schema}"
    );
    let tree = read.map(|read| read.tree).unwrap_or_default();
    let found = tree.pointer("/components/schemas/A");
    let became: Value = serde_json::from_str(became).expect("the outcome is JSON");
    assert_eq!(found, Some(&became), "{schema}");
}

/// In an order that does not depend on the order of finding.
fn sorted(lines: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<_> = lines.collect();
    lines.sort();
    lines
}

fn line(text: &str, locator: &Locator<'_>, diagnostic: &Diagnostic) -> String {
    let span = locator
        .span(&diagnostic.place)
        .expect("every place has a span");
    assert!(
        text.get(span.clone()).is_some(),
        "{span:?} is not in the text"
    );
    let before = &text[..span.start];
    let (row, start) = (
        before.matches('\n').count() + 1,
        before.rfind('\n').map_or(0, |at| at + 1),
    );
    let column = before[start..].chars().count() + 1;
    let (code, pointer) = (diagnostic.code.as_str(), pointer(&diagnostic.place));
    format!(
        "{code} {row}:{column} {pointer} {} | {}",
        diagnostic.message, diagnostic.help
    )
}

fn pointer(place: &Place) -> String {
    match place {
        Place::Value(pointer) | Place::Key(pointer) | Place::FirstKey(pointer) => {
            pointer.to_string()
        }
        Place::Offset { offset, .. } => format!("@{offset}"),
        Place::File(_) => String::from("@file"),
    }
}
