//! Whether a request is what the document says it is.

use super::bodies::body;
use super::compare::short;
use super::media::essence;
use super::server::Received;
use super::styles::{Pairs, Written, in_pairs, in_text, pairs, percent_decoded};
use serde_json::Value;

/// What is wrong with a request; nothing where it is as expected.
///
/// `operation` describes the operation, and `sent` holds the arguments by location and name.
pub fn objections(received: &Received, operation: &Value, sent: &Value, base: &str) -> Vec<String> {
    let mut objections = Vec::new();
    let text = |key: &str| {
        operation
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    if received.method != text("method") {
        objections.push(format!("the method is {}", received.method));
    }
    let (path, query) = received
        .target
        .split_once('?')
        .unwrap_or((&received.target, ""));
    let prefix = operation
        .get("prefix")
        .and_then(Value::as_str)
        .unwrap_or(base);
    let template = format!("{}{}", prefix.trim_end_matches('/'), text("path"));
    let mut segments = Vec::new();
    if !segments_of(&template, path, &mut segments) {
        objections.push(format!("the path `{path}` is not `{template}`"));
        return objections;
    }
    let mut query = pairs(query, '&');
    let mut cookies = pairs(&received.header("cookie").unwrap_or_default(), ';');
    let parameters = operation.get("parameters").and_then(Value::as_array);
    let unsaid = parameters.into_iter().flatten().filter_map(|parameter| {
        let pairs = (&mut query, &mut cookies);
        self::parameter(parameter, received, sent, &segments, pairs)
    });
    objections.extend(unsaid);
    objections.extend(credentials(received, operation, &mut query, &mut cookies));
    for (name, _) in query {
        objections.push(format!("nothing is declared as `{name}` in the query"));
    }
    objections.extend(accept(received, operation));
    objections.extend(body(received, operation, sent));
    objections
}

/// What is wrong with a parameter; those of the query and of cookies are taken out of their pairs.
fn parameter(
    parameter: &Value,
    received: &Received,
    sent: &Value,
    segments: &[(String, String)],
    (query, cookies): (&mut Pairs, &mut Pairs),
) -> Option<String> {
    let word = |key: &str| {
        let word = parameter.get(key).and_then(Value::as_str);
        word.unwrap_or_default()
    };
    let how = Written {
        name: word("name"),
        style: word("style"),
        explode: parameter.get("explode") == Some(&Value::Bool(true)),
    };
    let value = sent.get(format!("{} {}", word("in"), how.name))?;
    let is_there = match word("in") {
        "path" => {
            let raw = segments.iter().find(|(name, _)| name == how.name);
            raw.is_some_and(|(_, raw)| in_text(how, value, &raw.replace('+', "%2B")))
        }
        "query" => in_pairs(how, value, query),
        "cookie" => in_pairs(how, value, cookies),
        _ => {
            let raw = received.header(how.name);
            raw.is_some_and(|raw| in_header(how, value, &raw))
        }
    };
    let place = format!("{} parameter `{}`", word("in"), how.name);
    (!is_there).then(|| {
        format!(
            "the {place} does not say {}: {}",
            short(value),
            received.target
        )
    })
}

/// Headers are not encoded.
fn in_header(how: Written<'_>, value: &Value, raw: &str) -> bool {
    let mut encoded = String::new();
    for character in raw.chars() {
        match character {
            '%' | '+' => encoded.push_str(&format!("%{:02X}", u32::from(character))),
            other => encoded.push(other),
        }
    }
    in_text(how, value, &encoded)
}

/// Compares a path with a template, and gives the raw values of its variables.
fn segments_of(template: &str, path: &str, values: &mut Pairs) -> bool {
    let Some((literal, rest)) = template.split_once('{') else {
        return percent_decoded(template) == percent_decoded(path);
    };
    let Some((name, rest)) = rest.split_once('}') else {
        return false;
    };
    let Some(path) = after(literal, path) else {
        return false;
    };
    let end = rest.split('{').next().unwrap_or_default().chars().next();
    // The value ends where what follows it can begin.
    let ends = path
        .char_indices()
        .filter(|(_, character)| Some(*character) == end);
    let ends: Vec<usize> = ends.map(|(index, _)| index).chain([path.len()]).collect();
    for end in ends {
        let (value, after) = path.split_at(end);
        let known = values.len();
        values.push((name.to_owned(), value.to_owned()));
        if !value.contains('/') && segments_of(rest, after, values) {
            return true;
        }
        values.truncate(known);
    }
    false
}

/// What follows a literal, which may be encoded.
fn after<'p>(literal: &str, path: &'p str) -> Option<&'p str> {
    if let Some(rest) = path.strip_prefix(literal) {
        return Some(rest);
    }
    let literal = percent_decoded(literal);
    let mut ends = path
        .char_indices()
        .map(|(index, _)| index)
        .chain([path.len()]);
    let end = ends.find(|end| percent_decoded(&path[..*end]) == literal)?;
    path.get(end..)
}

/// Every credential of one of the alternatives must be there.
fn credentials(
    received: &Received,
    operation: &Value,
    query: &mut Pairs,
    cookies: &mut Pairs,
) -> Option<String> {
    let alternatives = operation.get("security").and_then(Value::as_array)?;
    let is_there = |credential: &Value| {
        let word = |key: &str| {
            credential
                .get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
        };
        let value = Value::from(word("value"));
        let how = Written {
            name: word("name"),
            style: "form",
            explode: true,
        };
        match word("in") {
            "query" => in_pairs(how, &value, &mut query.clone()),
            "cookie" => in_pairs(how, &value, &mut cookies.clone()),
            _ => received.header(how.name).as_deref() == value.as_str(),
        }
    };
    let met = alternatives.iter().find(|alternative| {
        let credentials = alternative.as_array();
        credentials.is_some_and(|credentials| credentials.iter().all(is_there))
    });
    let Some(met) = met else {
        return (!alternatives.is_empty())
            .then(|| "no alternative of credentials is there".to_owned());
    };
    for credential in met.as_array().into_iter().flatten() {
        let name = credential
            .get("name")
            .and_then(Value::as_str)
            .unwrap_or_default();
        match credential.get("in").and_then(Value::as_str) {
            Some("query") => query.retain(|(known, _)| percent_decoded(known) != name),
            Some("cookie") => cookies.retain(|(known, _)| known != name),
            _ => {}
        }
    }
    None
}

/// Nothing may be asked for that is not declared.
fn accept(received: &Received, operation: &Value) -> Option<String> {
    let declared = operation.get("accept").and_then(Value::as_array)?;
    let accept = received.header("accept")?;
    let unknown = accept.split(',').map(str::trim).find(|media| {
        let is_it = |known: &Value| {
            known
                .as_str()
                .is_some_and(|known| essence(known) == essence(media))
        };
        *media != "*/*" && !declared.iter().any(is_it)
    })?;
    Some(format!("`{unknown}` is asked for, and not declared"))
}
