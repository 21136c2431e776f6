//! Which specification the document follows.

use crate::diagnostic::{Code, Diagnostics, Place, Pointer};
use serde_json::Value;

/// The specifications that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// Swagger 2.0, which is rewritten to OpenAPI 3.0.
    V20,
    /// OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1 and 3.2.
    V31,
}

/// Reads the version, and reports one that is not supported. `None`: an error was reported.
///
/// Of a document that claims to be both, the member that does not decide is removed.
pub(super) fn detect(document: &mut Value, diagnostics: &mut Diagnostics) -> Option<Version> {
    let Value::Object(members) = document else {
        let message = "the document is not an object with an `openapi` version";
        diagnostics
            .report(Code::Version, Pointer::root(), message)
            .help(EXPECTED);
        return None;
    };
    let said: Vec<_> = ["openapi", "swagger"]
        .into_iter()
        .filter_map(|key| Some((key, plain(members.get(key)?))))
        .collect();
    let Some((first, _)) = said.first() else {
        let message = "the document does not say which version of OpenAPI it follows";
        diagnostics
            .report(Code::Version, Pointer::root(), message)
            .help(EXPECTED);
        return None;
    };
    let read = said
        .iter()
        .find_map(|(key, written)| Some((*key, written.as_str(), Version::parse(written)?)));
    let Some((key, written, version)) = read else {
        let at = Pointer::root().child(first);
        let written = said.first().map_or("", |(_, written)| written);
        let written = written.escape_debug();
        diagnostics
            .report(
                Code::Version,
                at,
                format!("OpenAPI {written} is not a version that is read"),
            )
            .label("this version")
            .help(EXPECTED);
        return None;
    };
    report(key, written, version, said.len() > 1, diagnostics);
    if version == Version::V20 {
        members.shift_remove("openapi");
        members.insert(String::from("swagger"), Value::from("2.0"));
    } else {
        let written = members.shift_remove("swagger");
        members
            .entry("openapi")
            .or_insert(written.unwrap_or_default());
    }
    Some(version)
}

impl Version {
    /// The version of a text such as `3.0.3`.
    fn parse(written: &str) -> Option<Self> {
        let mut numbers = written.trim().split(['.', '-']);
        match (numbers.next(), numbers.next()) {
            (Some("2"), Some("0") | None) => Some(Self::V20),
            (Some("3"), Some("0")) => Some(Self::V30),
            (Some("3"), Some("1" | "2")) => Some(Self::V31),
            _ => None,
        }
    }
}

/// What there is to say about a version that is read.
fn report(
    key: &str,
    written: &str,
    version: Version,
    is_double: bool,
    diagnostics: &mut Diagnostics,
) {
    let (own, other) = match version {
        Version::V20 => ("swagger", "openapi"),
        Version::V30 | Version::V31 => ("openapi", "swagger"),
    };
    if key != own {
        diagnostics
            .report(
                Code::Malformed,
                Place::Key(Pointer::root().child(key)),
                format!("version {written} is said with `{own}`, not with `{other}`"),
            )
            .help(format!("it was read as `{own}: {written}`"));
    } else if is_double {
        let at = Place::Key(Pointer::root().child(other));
        diagnostics
            .report(Code::Malformed, at, "the document says two versions")
            .help(format!("it was read as `{own}: {written}`"));
    }
}

const EXPECTED: &str =
    "an OpenAPI document begins with a line such as `openapi: 3.0.3` or `swagger: '2.0'`";

/// The version as it is written; YAML reads `3.0` without quotes as a number.
fn plain(version: &Value) -> String {
    version
        .as_str()
        .map_or_else(|| version.to_string(), str::to_owned)
}
