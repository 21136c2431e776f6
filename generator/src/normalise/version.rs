//! Which specification the document follows.

use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::parse::trail::Trail;
use serde_json::Value;

/// The specifications that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// OpenAPI 3.0.
    V30,
    /// OpenAPI 3.1 and 3.2.
    V31,
}

/// Reads the version, and reports one that is not supported. `None`: an error was reported.
pub(super) fn detect(document: &Value, diagnostics: &mut Diagnostics) -> Option<Version> {
    let root = Trail::Root(0);
    let Value::Object(members) = document else {
        let message = "the document is not an object with an `openapi` version";
        diagnostics
            .report(Code::Version, Pointer::root(), message)
            .help(EXPECTED);
        return None;
    };
    let Some(version) = members.get("openapi") else {
        if let Some(swagger) = members.get("swagger") {
            let message = format!("Swagger {} is not supported yet", plain(swagger));
            let at = Trail::Key(&root, "swagger").pointer();
            let help = "convert it to OpenAPI 3.0, for instance with swagger2openapi";
            diagnostics
                .report(Code::Version, at, message)
                .label("this version")
                .help(help);
        } else {
            let message = "the document does not say which version of OpenAPI it follows";
            diagnostics
                .report(Code::Version, Pointer::root(), message)
                .help(EXPECTED);
        }
        return None;
    };
    let at = Trail::Key(&root, "openapi").pointer();
    let written = plain(version);
    let minor = written
        .strip_prefix("3.")
        .and_then(|rest| rest.split(['.', '-']).next());
    match minor {
        Some("0") => Some(Version::V30),
        Some("1" | "2") => Some(Version::V31),
        _ => {
            let message = format!(
                "OpenAPI {} is not a version that is read",
                written.escape_debug()
            );
            diagnostics
                .report(Code::Version, at, message)
                .label("this version")
                .help(EXPECTED);
            None
        }
    }
}

const EXPECTED: &str = "an OpenAPI document begins with a line such as `openapi: 3.0.3`";

/// The version as it is written; YAML reads `3.0` without quotes as a number.
fn plain(version: &Value) -> String {
    version
        .as_str()
        .map_or_else(|| version.to_string(), str::to_owned)
}
