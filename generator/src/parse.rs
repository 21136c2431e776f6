//! From texts to value trees: JSON by `serde_json`, YAML by `serde_yaml`.
//!
//! Nothing is known yet about what the trees mean. What is known: keys are strings and unique,
//! merge keys and aliases are expanded, numbers are finite, and nesting is shallow enough for
//! recursion.

mod syntax;
pub(crate) mod trail;
mod tree;

use crate::diagnostic::{Code, Diagnostics, Place};
use crate::source::{SourceFile, SourceSet};
use crate::uri;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use tree::Reader;

/// The longest text that is read, in bytes.
pub const MOST_BYTES: usize = 64 << 20;

/// The parsed source set: one ordered value tree per file; every node has a JSON pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The trees, in the order of the source set: index 0 is the entry document.
    pub files: Vec<Value>,
    /// The path of each, without `.` and `..` in its middle: references are compared with these.
    pub paths: Vec<String>,
}

/// Reads every text. `None`: an error was reported.
pub fn parse(sources: &SourceSet, diagnostics: &mut Diagnostics) -> Option<Document> {
    let mut files = Vec::with_capacity(sources.files.len());
    for (file, source) in sources.files.iter().enumerate() {
        match read(file, source) {
            Ok((value, findings)) => {
                files.push(value);
                diagnostics.append(findings);
            }
            Err(problem) => {
                let Problem {
                    code,
                    place,
                    message,
                    help,
                } = problem;
                diagnostics.report(code, place, message).help(help);
            }
        }
    }
    let paths = sources.files.iter();
    let paths = paths.map(|file| uri::normal(&file.path)).collect();
    (files.len() == sources.files.len()).then_some(Document { files, paths })
}

/// The tree of one text, if it can be read; whoever parses the set says why not.
pub(crate) fn value(file: usize, source: &SourceFile) -> Option<Value> {
    read(file, source).ok().map(|(value, _)| value)
}

/// Why a text could not be read.
struct Problem {
    code: Code,
    place: Place,
    message: String,
    help: &'static str,
}

/// What became of a text: its tree, and the problems that did not stop the reading.
type Read = Result<(Value, Diagnostics), Problem>;

/// Decides between the two syntaxes. JSON is nearly a part of YAML, but not quite (tabs, escapes),
/// and its own parser is many times faster and explains its own mistakes better.
fn read(file: usize, source: &SourceFile) -> Read {
    if source.text.len() > MOST_BYTES {
        return Err(Problem {
            code: Code::Limit,
            place: Place::File(file),
            message: format!("the document is longer than {} MB", MOST_BYTES >> 20),
            help: "split it, or leave out what the client does not need",
        });
    }
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(&source.text);
    let start = source.text.len() - text.len();
    let looks_like_json = text.trim_ascii_start().starts_with(['{', '[']);
    if !looks_like_json {
        return read_yaml(file, text, start);
    }
    let json = read_json(file, text, start);
    let named = source
        .path
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension);
    match json {
        // Flow style: YAML may begin with a brace too. A file that calls itself JSON is not YAML.
        Err(problem) if problem.code == Code::Syntax && !named.eq_ignore_ascii_case("json") => {
            let yaml = read_yaml(file, text, start);
            let is_yaml = yaml.is_ok() || ["yaml", "yml"].contains(&named);
            if is_yaml { yaml } else { Err(problem) }
        }
        json => json,
    }
}

fn read_json(file: usize, text: &str, start: usize) -> Read {
    let reader = Reader::json(text);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = reader
        .read(file, &mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| syntax::json(&error, file, text, start, reader.is_exhausted()))?;
    Ok((value, reader.into_findings()))
}

fn read_yaml(file: usize, text: &str, start: usize) -> Read {
    if let Some(offset) = syntax::too_deep(text) {
        return Err(syntax::deep(Place::Offset {
            file,
            offset: start + offset,
        }));
    }
    let reader = Reader::yaml(text);
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Err(syntax::empty(file));
    };
    let value = reader
        .read(file, first)
        .map_err(|error| syntax::yaml(&error, file, text, start, reader.is_exhausted()))?;
    if value.is_null() {
        return Err(syntax::empty(file));
    }
    let mut findings = reader.into_findings();
    if let Some(second) = documents.next() {
        // What follows may be no document but the reason why the first one ended.
        IgnoredAny::deserialize(second)
            .map_err(|error| syntax::yaml(&error, file, text, start, false))?;
        findings
            .report(
                Code::Malformed,
                Place::File(file),
                "the file holds more than one document",
            )
            .help("only the first one is read");
    }
    Ok((value, findings))
}
