//! Texts: of formats, of patterns, of a length.

use serde_json::{Map, Value, json};

/// A text that a schema of strings admits, as far as that can be told.
pub(super) fn sample(schema: &Map<String, Value>, free: &str, number: usize) -> String {
    let word = |key: &str| schema.get(key).and_then(Value::as_str);
    let length = |key: &str| schema.get(key).and_then(Value::as_u64);
    if let Some(text) = word("pattern").and_then(of_pattern) {
        return text;
    }
    let minimum = usize::try_from(length("minLength").unwrap_or(0))
        .unwrap_or(0)
        .min(4096);
    let maximum = length("maxLength").map_or(usize::MAX, |length| {
        usize::try_from(length).unwrap_or(usize::MAX)
    });
    let mut text = match word("format").and_then(of_format) {
        Some(text) => return text.to_owned(),
        None => free.to_owned(),
    };
    if number > 0 {
        text.push_str(&number.to_string());
    }
    let missing = minimum.saturating_sub(text.chars().count());
    text.extend(std::iter::repeat_n('x', missing));
    text.chars().take(maximum).collect()
}

/// A text like another one, with a number in it, that fits the pattern if one does.
pub(super) fn other(text: &str, number: usize, pattern: Option<&str>) -> String {
    let candidates = [format!("{text}{number}"), format!("{number}{text}")];
    let validator =
        pattern.and_then(|pattern| jsonschema::validator_for(&json!({ "pattern": pattern })).ok());
    let fits = |candidate: &&String| {
        let value = Value::from(candidate.as_str());
        validator
            .as_ref()
            .is_none_or(|validator| validator.is_valid(&value))
    };
    let found = candidates.iter().find(fits).cloned();
    found.unwrap_or_else(|| format!("{text}{number}"))
}

/// A value of a format; nothing for formats that say nothing of the text.
fn of_format(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" | "dateTime" | "datetime" => "2026-01-31T12:00:00Z",
        "date" => "2026-01-31",
        "time" => "12:00:00Z",
        "duration" => "P1D",
        "uuid" | "UUID" | "uuid4" => "67e55044-10b1-426f-9247-bb680e5fe0c8",
        "email" | "idn-email" => "someone@example.com",
        "hostname" | "idn-hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "uri" | "url" | "iri" => "https://example.com/path",
        "uri-reference" | "iri-reference" => "/path",
        "byte" | "base64" => "Ynl0ZXM=",
        "int8" | "int16" | "int32" | "int64" | "int" | "integer" | "short" | "long" | "bigint"
        | "uint8" | "uint16" | "uint32" | "uint64" | "uint" | "unsigned" | "ulong" | "u-int8"
        | "u-int16" | "u-int32" | "u-int64" => "7",
        "decimal" | "double" | "float" => "1.5",
        "json-pointer" => "/path",
        "uri-template" => "/path/{id}",
        "regex" => "^a+$",
        _ => return None,
    })
}

/// A text that a pattern fits; nothing where the pattern is beyond this.
fn of_pattern(pattern: &str) -> Option<String> {
    let validator = jsonschema::validator_for(&json!({ "pattern": pattern })).ok()?;
    let candidates = [1, 2, 8].into_iter().filter_map(|repeat| {
        let mut reader = Reader {
            rest: pattern.chars().collect(),
            at: 0,
            repeat,
        };
        let text = reader.alternatives()?;
        (reader.at == reader.rest.len()).then_some(text)
    });
    let usual = [
        "text",
        "a",
        "A",
        "1",
        "abc-123",
        "example.com",
        "https://example.com",
        "+15555550100",
        "1.0.0",
    ];
    let mut candidates = candidates.chain(usual.into_iter().map(str::to_owned));
    candidates.find(|text| validator.is_valid(&Value::from(text.as_str())))
}

/// Reads a regular expression, and writes the plainest text that it fits.
struct Reader {
    rest: Vec<char>,
    at: usize,
    /// How often `*` and `+` repeat.
    repeat: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.rest.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += 1;
        Some(next)
    }

    fn eat(&mut self, wanted: &str) -> bool {
        let length = wanted.chars().count();
        let is_there = self.rest.get(self.at..self.at + length);
        let is_there = is_there.is_some_and(|there| there.iter().copied().eq(wanted.chars()));
        if is_there {
            self.at += length;
        }
        is_there
    }

    /// The first alternative that can be read.
    fn alternatives(&mut self) -> Option<String> {
        let mut first = None;
        loop {
            let text = self.sequence()?;
            first.get_or_insert(text);
            if !self.eat("|") {
                return first;
            }
        }
    }

    fn sequence(&mut self) -> Option<String> {
        let mut text = String::new();
        while let Some(next) = self.peek().filter(|next| !matches!(next, '|' | ')')) {
            self.at += 1;
            let atom = match next {
                '^' | '$' => continue,
                '(' => {
                    if self.eat("?!") || self.eat("?<!") {
                        self.alternatives()?;
                        self.eat(")").then_some(())?;
                        continue;
                    }
                    if self.eat("?<") || self.eat("?P<") {
                        while self.next()? != '>' {}
                    }
                    let _ = self.eat("?:") || self.eat("?=");
                    let inside = self.alternatives()?;
                    self.eat(")").then_some(inside)?
                }
                '[' => self.class()?.to_string(),
                '\\' => match self.escaped()? {
                    Some(character) => character.to_string(),
                    None => continue,
                },
                '.' => "a".to_owned(),
                literal => literal.to_string(),
            };
            let times = self.times()?;
            text.extend(std::iter::repeat_n(atom, times));
        }
        Some(text)
    }

    /// What an escape stands for; nothing for a boundary.
    fn escaped(&mut self) -> Option<Option<char>> {
        Some(Some(match self.next()? {
            'd' => '1',
            'w' => 'a',
            's' => ' ',
            'S' | 'D' => 'a',
            'W' => '-',
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'p' => {
                while self.next()? != '}' {}
                'a'
            }
            'u' => {
                let digits: String = (0..4).filter_map(|_| self.next()).collect();
                char::from_u32(u32::from_str_radix(&digits, 16).ok()?)?
            }
            'b' | 'B' | 'A' | 'z' | 'Z' => return Some(None),
            other => other,
        }))
    }

    /// A character of a class.
    fn class(&mut self) -> Option<char> {
        let is_negated = self.eat("^");
        let mut ranges = Vec::new();
        let mut first = true;
        loop {
            let next = self.next()?;
            if next == ']' && !first {
                break;
            }
            first = false;
            let low = match next {
                '\\' => self.escaped()?.unwrap_or('\u{8}'),
                other => other,
            };
            let is_range = self.peek() == Some('-') && self.rest.get(self.at + 1) != Some(&']');
            let high = if is_range {
                self.at += 1;
                match self.next()? {
                    '\\' => self.escaped()??,
                    other => other,
                }
            } else {
                low
            };
            ranges.push(low..=high);
        }
        if !is_negated {
            return ranges.first().map(|range| *range.start());
        }
        let mut plain = ('a'..='z')
            .chain('0'..='9')
            .chain(['A', '-', '_', '.', ' ', 'ü']);
        plain.find(|character| !ranges.iter().any(|range| range.contains(character)))
    }

    /// How often what stands before is repeated.
    fn times(&mut self) -> Option<usize> {
        let times = match self.peek() {
            Some('*') | Some('+') => {
                self.at += 1;
                self.repeat
            }
            Some('?') => {
                self.at += 1;
                1
            }
            Some('{') => {
                self.at += 1;
                let mut bounds = String::new();
                loop {
                    match self.next()? {
                        '}' => break,
                        other => bounds.push(other),
                    }
                }
                let (low, high) = bounds.split_once(',').unwrap_or((&bounds, &bounds));
                let low: usize = low.trim().parse().ok()?;
                let high = high.trim().parse().unwrap_or(usize::MAX);
                low.max(self.repeat.min(high)).min(4096)
            }
            _ => return Some(1),
        };
        let _ = self.eat("?") || self.eat("+");
        Some(times)
    }
}

#[cfg(test)]
mod tests {
    use super::{of_pattern, sample};
    use serde_json::{Map, json};

    #[test]
    fn texts_that_differ() {
        for (text, pattern, expected) in [
            ("a", None, "a1"),
            ("0", Some("^(0|[1-9][0-9]*)$"), "10"),
            ("a", Some("^b$"), "a1"),
        ] {
            assert_eq!(super::other(text, 1, pattern), expected);
        }
    }

    #[test]
    fn patterns() {
        let cases = [
            (r"^[a-z]+$", Some("a")),
            (r"^\d{4}-\d{2}$", Some("1111-11")),
            (r"^(foo|bar)_[A-Z0-9]{3,}$", Some("foo_AAA")),
            (r"^[^/]+$", Some("a")),
            (r"^(?:\+|-)?\d+(\.\d+)?$", Some("+1.1")),
            ("^x*?$", Some("x")),
            (r"^\[\]$", Some("[]")),
            ("^(?!a)b$", Some("b")),
            ("(", None),
        ];
        for (pattern, expected) in cases {
            assert_eq!(of_pattern(pattern).as_deref(), expected, "{pattern}");
        }
    }

    #[test]
    fn formats_and_lengths() {
        let cases = [
            (json!({ "format": "date" }), "2026-01-31"),
            (json!({ "format": "long" }), "7"),
            (json!({ "format": "u-int32" }), "7"),
            (json!({ "minLength": 6 }), "textxx"),
            (json!({ "maxLength": 2 }), "te"),
            (json!({ "format": "unknown" }), "text"),
        ];
        for (schema, expected) in cases {
            let schema = schema.as_object().cloned().unwrap_or_else(Map::new);
            assert_eq!(sample(&schema, "text", 0), expected);
        }
    }
}
