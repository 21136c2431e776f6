//! Security schemes and requirements.

use super::dialect;
use super::grammar::Members;
use super::walk::Walker;
use crate::beside;
use crate::diagnostic::Code;
use crate::parse::trail::Trail;
use serde_json::{Map, Value};

/// Types of other versions: `basic` of Swagger 2.0 has an equal, `mutualTLS` of 3.1 has none and is noted.
pub(super) fn prepare(walker: &mut Walker<'_>, value: &mut Value, trail: &Trail<'_>) {
    let Value::Object(members) = value else {
        return;
    };
    members.shift_remove(beside::MUTUAL_TLS);
    let kind = members.get("type").and_then(Value::as_str);
    if kind == Some("mutualTLS") {
        members.insert(String::from("type"), Value::from("http"));
        members.insert(String::from("scheme"), Value::from("mutualTLS"));
        members.insert(beside::MUTUAL_TLS.to_owned(), Value::Bool(true));
    } else if kind == Some("basic") {
        let at = Trail::Key(trail, "type");
        walker
            .report(
                Code::Malformed,
                &at,
                "`basic` is not a type of security scheme",
            )
            .help("it was read as `type: http` with `scheme: basic`");
        members.insert(String::from("type"), Value::from("http"));
        members.insert(String::from("scheme"), Value::from("basic"));
    }
}

/// What each type of scheme cannot do without. A credential can be sent without knowing where it
/// was obtained, so addresses have stand-ins.
pub(super) fn conclude(walker: &mut Walker<'_>, scheme: &mut Members, trail: &Trail<'_>) -> bool {
    if scheme.shift_remove("deprecated") == Some(Value::Bool(true)) {
        dialect::note(scheme, "Deprecated.");
    }
    match scheme.get("type").and_then(Value::as_str) {
        Some("apiKey") => ["name", "in"]
            .iter()
            .all(|key| has(walker, scheme, key, trail)),
        Some("http") => has(walker, scheme, "scheme", trail),
        Some("oauth2") => {
            stand_in(walker, scheme, "flows", Value::Object(Map::new()), trail);
            true
        }
        Some("openIdConnect") => {
            stand_in(walker, scheme, "openIdConnectUrl", Value::from(""), trail);
            true
        }
        _ => false,
    }
}

/// A requirement written as the name of its scheme, and scopes that are none. A scheme whose scopes
/// are broken must stay: without it, requests would be sent with too few credentials.
pub(super) fn prepare_requirement(walker: &mut Walker<'_>, value: &mut Value, trail: &Trail<'_>) {
    if let Value::String(name) = value {
        let requirement = Map::from_iter([(name.clone(), Value::Array(Vec::new()))]);
        walker
            .unexpected(value, "an object", trail)
            .help("it was read as the name of a scheme");
        *value = Value::Object(requirement);
    }
    let Value::Object(schemes) = value else {
        return;
    };
    for (name, scopes) in schemes {
        let at = Trail::Key(trail, name);
        match *scopes {
            Value::Array(ref list) if list.iter().all(Value::is_string) => continue,
            Value::Null => {}
            ref other => {
                walker
                    .unexpected(other, "a list of scopes", &at)
                    .help("its scopes were left out");
            }
        }
        *scopes = Value::Array(Vec::new());
    }
}

fn has(walker: &mut Walker<'_>, scheme: &Members, key: &str, trail: &Trail<'_>) -> bool {
    let has = scheme.contains_key(key);
    if !has {
        let message = format!(
            "the security scheme {} has no usable `{key}`",
            trail.subject()
        );
        walker
            .report(Code::Missing, trail, message)
            .help("it was left out");
    }
    has
}

fn stand_in(
    walker: &mut Walker<'_>,
    scheme: &mut Members,
    key: &str,
    value: Value,
    trail: &Trail<'_>,
) {
    if !scheme.contains_key(key) {
        let message = format!(
            "the security scheme {} has no usable `{key}`",
            trail.subject()
        );
        walker
            .report(Code::Missing, trail, message)
            .help("credentials are sent all the same");
        scheme.insert(key.to_owned(), value);
    }
}
