//! Path templates: the names in them, and a query that some documents write there, too.

use std::borrow::Cow;

/// The names between braces in a path template, in order.
pub(super) fn names(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        if !names.contains(&name) {
            names.push(name);
        }
        rest = tail;
    }
    names
}

/// The template without those pairs of its query that say where a query parameter goes, which is said
/// by the parameter itself: `/a?page={page}`.
pub(super) fn without_parameters<'p>(
    path: &'p str,
    is_in_query: impl Fn(&str) -> bool,
) -> Cow<'p, str> {
    let Some((before, query)) = path.split_once('?') else {
        return Cow::Borrowed(path);
    };
    let (query, fragment) = match query.split_once('#') {
        Some((query, fragment)) => (query, Some(fragment)),
        None => (query, None),
    };
    let is_fixed = |pair: &&str| {
        let value = pair.split_once('=').map_or(*pair, |(_, value)| value);
        let name = value
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'));
        !name.is_some_and(&is_in_query)
    };
    let fixed: Vec<&str> = query.split('&').filter(is_fixed).collect();
    let mut path = before.to_owned();
    if !fixed.is_empty() {
        path.extend(["?", &fixed.join("&")]);
    }
    if let Some(fragment) = fragment {
        path.extend(["#", fragment]);
    }
    Cow::Owned(path)
}

#[cfg(test)]
mod tests {
    use super::{names, without_parameters};

    #[test]
    fn queries_in_templates() {
        for (path, expected, left) in [
            ("/a/{b}-{c}.{b}", "/a/{b}-{c}.{b}", vec!["b", "c"]),
            ("/a?x=1&b={q}&c={p}", "/a?x=1&c={p}", vec!["p"]),
            ("/a?b={q}#f", "/a#f", vec![]),
            ("/a?{q}", "/a", vec![]),
            ("/a?b={q}{p}", "/a?b={q}{p}", vec!["q", "p"]),
            ("/a/{q?", "/a/{q?", vec![]),
        ] {
            let path = without_parameters(path, |name| name == "q");
            assert_eq!(path, expected);
            assert_eq!(names(&path), left);
        }
    }
}
