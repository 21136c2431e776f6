//! Paths, path items and operations.

use super::grammar::Members;
use super::walk::Walker;
use crate::diagnostic::Code;
use crate::parse::trail::Trail;
use serde_json::Value;

/// A path must begin with a slash; one without is not held by `openapiv3`.
pub(super) fn conclude(walker: &mut Walker<'_>, paths: &mut Members, trail: &Trail<'_>) -> bool {
    if paths.keys().all(|path| path.starts_with('/')) {
        return true;
    }
    for (path, item) in std::mem::take(paths) {
        if path.starts_with('/') {
            paths.insert(path, item);
            continue;
        }
        let at = Trail::Key(trail, &path);
        let message = format!("the path {} does not begin with a slash", at.subject());
        let repaired = format!("/{path}");
        if paths.contains_key(&repaired) {
            walker
                .report_key(Code::Malformed, &at, message)
                .help("it was left out");
            continue;
        }
        let help = format!("it was read as `{}`", repaired.escape_debug());
        walker.report_key(Code::Malformed, &at, message).help(help);
        walker.origins.renamed(trail, &path, &repaired);
        paths.insert(repaired, item);
    }
    paths.sort_keys();
    true
}

/// A path item may have members of its own beside a `$ref`; they win, since the specification
/// leaves it open and they are at hand.
pub(super) fn prepare(walker: &mut Walker<'_>, value: &mut Value, trail: &Trail<'_>) {
    let Value::Object(members) = value else {
        return;
    };
    let is_reference = members.contains_key("$ref");
    if is_reference
        && members
            .keys()
            .any(|key| key != "$ref" && !key.starts_with("x-"))
    {
        members.shift_remove("$ref");
        let at = Trail::Key(trail, "$ref");
        let message = "a path item with both a `$ref` and members of its own is not supported yet";
        walker
            .report_key(Code::Unsupported, &at, message)
            .help("the reference was ignored");
    }
}

/// An empty `operationId` is none.
pub(super) fn conclude_operation(
    walker: &mut Walker<'_>,
    operation: &mut Members,
    trail: &Trail<'_>,
) -> bool {
    if operation.get("operationId").and_then(Value::as_str) == Some("") {
        let at = Trail::Key(trail, "operationId");
        walker
            .report(Code::Malformed, &at, "`operationId` is empty")
            .help("it was ignored");
        operation.shift_remove("operationId");
    }
    true
}
