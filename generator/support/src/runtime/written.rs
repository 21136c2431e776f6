//! A value on its way into a parameter or a form: in its own order, with each number as it is written.

use serde::ser::Error as _;
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;

/// What JSON has, and nothing that JSON's readers would change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Written {
    Null,
    Text(String),
    /// A number or a boolean.
    Literal(String),
    List(Vec<Written>),
    Object(Vec<(String, Written)>),
}

impl Written {
    /// Reads what a serializer has written: JSON without white space. `None` for anything else.
    pub(super) fn read(json: &[u8]) -> Option<Self> {
        let mut reader = Reader {
            rest: std::str::from_utf8(json).ok()?,
        };
        let value = reader.value()?;
        reader.rest.is_empty().then_some(value)
    }

    /// The value as text: a string as it is, lists and objects as JSON.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Null => Cow::Borrowed(""),
            Self::Text(text) | Self::Literal(text) => Cow::Borrowed(text),
            Self::List(_) | Self::Object(_) => Cow::Owned(self.to_string()),
        }
    }
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Literal(text) => literal(text, serializer),
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                serializer.collect_map(members.iter().map(|(name, member)| (name, member)))
            }
        }
    }
}

/// Writes a boolean or a number, of the kind that keeps its value.
fn literal<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(flag) = text.parse() {
        return serializer.serialize_bool(flag);
    }
    if let Ok(integer) = text.parse() {
        return serializer.serialize_i64(integer);
    }
    if let Ok(integer) = text.parse() {
        return serializer.serialize_u64(integer);
    }
    if let Ok(integer) = text.parse() {
        return serializer.serialize_i128(integer);
    }
    if let Ok(integer) = text.parse() {
        return serializer.serialize_u128(integer);
    }
    serializer.serialize_f64(text.parse().map_err(S::Error::custom)?)
}

/// JSON.
impl fmt::Display for Written {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => formatter.write_str("null"),
            Self::Text(text) => quoted(formatter, text),
            Self::Literal(text) => formatter.write_str(text),
            Self::List(items) => {
                formatter.write_str("[")?;
                for (index, item) in items.iter().enumerate() {
                    formatter.write_str(if index > 0 { "," } else { "" })?;
                    write!(formatter, "{item}")?;
                }
                formatter.write_str("]")
            }
            Self::Object(members) => {
                formatter.write_str("{")?;
                for (index, (name, member)) in members.iter().enumerate() {
                    formatter.write_str(if index > 0 { "," } else { "" })?;
                    quoted(formatter, name)?;
                    write!(formatter, ":{member}")?;
                }
                formatter.write_str("}")
            }
        }
    }
}

fn quoted(formatter: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let quoted = serde_json::to_string(text).map_err(|_| fmt::Error)?;
    formatter.write_str(&quoted)
}

struct Reader<'j> {
    rest: &'j str,
}

impl Reader<'_> {
    fn value(&mut self) -> Option<Written> {
        match self.rest.as_bytes().first()? {
            b'"' => self.string().map(Written::Text),
            b'[' => self.list(),
            b'{' => self.object(),
            _ => {
                let end = self.rest.find([',', ']', '}']).unwrap_or(self.rest.len());
                let (text, rest) = self.rest.split_at(end);
                self.rest = rest;
                Some(match text {
                    "null" => Written::Null,
                    text => Written::Literal(text.to_owned()),
                })
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        let mut strings = serde_json::Deserializer::from_str(self.rest).into_iter();
        let text = strings.next()?.ok()?;
        self.rest = self.rest.get(strings.byte_offset()..)?;
        Some(text)
    }

    fn list(&mut self) -> Option<Written> {
        let mut items = Vec::new();
        self.take("[")?;
        while self.take("]").is_none() {
            items.push(self.value()?);
            // After the last one there is none.
            let _ = self.take(",");
        }
        Some(Written::List(items))
    }

    fn object(&mut self) -> Option<Written> {
        let mut members = Vec::new();
        self.take("{")?;
        while self.take("}").is_none() {
            let name = self.string()?;
            self.take(":")?;
            members.push((name, self.value()?));
            let _ = self.take(",");
        }
        Some(Written::Object(members))
    }

    fn take(&mut self, sign: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(sign)?;
        Some(())
    }
}
