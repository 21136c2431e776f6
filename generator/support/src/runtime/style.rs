//! How values are written in parameters and forms: the styles of OpenAPI.

use super::path::{encode, encode_reserved};
use super::written::Written;

/// How a list or an object is written in a parameter, or in a property of a form.
///
/// The names are those of the specification. What it leaves open is decided so: `null` is left out,
/// the members of an object come in the order of its type, and a list or an object inside an item is
/// in brackets where the parts are apart (`a[0][b]=1`), and JSON text where they are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `1,2` in paths and headers.
    Simple,
    /// `.1.2` in paths.
    Label,
    /// `;a=1;a=2` in paths.
    Matrix,
    /// `a=1&a=2`
    Form,
    /// `a=1%202`
    SpaceDelimited,
    /// `a=1%7C2`
    PipeDelimited,
    /// `a[b]=1`
    DeepObject,
    /// `a=1; a=2` in cookies, with nothing encoded.
    Cookie,
    /// JSON text.
    Json,
}

/// How one property of a form is written, where that is not the usual way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    name: &'static str,
    style: Style,
    explode: bool,
    is_reserved: bool,
}

impl Encoding {
    /// The property of this name is in this style; whether its parts are apart.
    #[must_use]
    pub const fn new(name: &'static str, style: Style, explode: bool) -> Self {
        Self {
            name,
            style,
            explode,
            is_reserved: false,
        }
    }

    /// The same, with reserved characters as they are.
    #[must_use]
    pub const fn reserved(self) -> Self {
        Self {
            is_reserved: true,
            ..self
        }
    }

    fn escape(&self) -> Escape {
        if self.is_reserved {
            encode_reserved
        } else {
            encode
        }
    }
}

/// How the text of a value is written.
pub(super) type Escape = fn(&str) -> String;

/// `name=value`, both encoded.
pub(super) fn pair(name: &str, value: &str) -> String {
    escaped_pair(name, value, encode)
}

fn escaped_pair(name: &str, value: &str, escape: Escape) -> String {
    format!("{}={}", encode(name), escape(value))
}

/// The pairs of a form.
pub(super) fn form(encodings: &[Encoding], members: &[(String, Written)]) -> Vec<String> {
    let mut pairs = Pairs::new(encode);
    for (name, value) in members {
        match encodings.iter().find(|encoding| encoding.name == name) {
            Some(encoding) => {
                pairs.escape = encoding.escape();
                pairs.parameter(name, encoding.style, encoding.explode, value);
                pairs.escape = encode;
            }
            None => pairs.member(name, value),
        }
    }
    pairs.written
}

/// The pairs of a parameter in a query or a cookie.
pub(super) fn pairs(
    name: &str,
    style: Style,
    explode: bool,
    value: &Written,
    escape: Escape,
) -> Vec<String> {
    let mut pairs = Pairs::new(escape);
    pairs.parameter(name, style, explode, value);
    pairs.written
}

/// Pairs that are being written.
struct Pairs {
    written: Vec<String>,
    /// For values; names are always encoded.
    escape: Escape,
}

impl Pairs {
    fn new(escape: Escape) -> Self {
        Self {
            written: Vec::new(),
            escape,
        }
    }

    fn push(&mut self, name: &str, value: &str) {
        self.written.push(escaped_pair(name, value, self.escape));
    }

    fn parameter(&mut self, name: &str, style: Style, explode: bool, value: &Written) {
        let separator = match style {
            Style::SpaceDelimited => "%20",
            Style::PipeDelimited => "%7C",
            _ => ",",
        };
        match (style, value) {
            (_, Written::Null) => {}
            (Style::Json, value) => self.push(name, &value.to_string()),
            (Style::DeepObject, value) => self.brackets(name, value),
            (_, Written::List(_)) if explode => self.member(name, value),
            (_, Written::Object(members)) if explode => {
                for (name, value) in members {
                    self.member(name, value);
                }
            }
            (_, Written::List(_) | Written::Object(_)) => {
                // What joins the parts is encoded where it is in one.
                let escape = |text: &str| match separator {
                    "," => (self.escape)(text).replace(',', "%2C"),
                    _ => (self.escape)(text),
                };
                let parts = parts(value, false, &escape);
                if !parts.is_empty() {
                    let value = parts.join(separator);
                    self.written.push(format!("{}={value}", encode(name)));
                }
            }
            (_, scalar) => self.push(name, &scalar.text()),
        }
    }

    /// A property of a form: the items of a list are apart, and an object is in brackets.
    fn member(&mut self, name: &str, value: &Written) {
        match value {
            Written::List(items) => {
                for (index, item) in items.iter().filter(is_there).enumerate() {
                    match item {
                        Written::List(_) | Written::Object(_) => {
                            self.brackets(&format!("{name}[{index}]"), item);
                        }
                        scalar => self.push(name, &scalar.text()),
                    }
                }
            }
            other => self.brackets(name, other),
        }
    }

    /// `name[0]=a`, `name[b][c]=d`, and so on to the scalars.
    fn brackets(&mut self, name: &str, value: &Written) {
        match value {
            Written::Null => {}
            Written::List(items) => {
                for (index, item) in items.iter().filter(is_there).enumerate() {
                    self.brackets(&format!("{name}[{index}]"), item);
                }
            }
            Written::Object(members) => {
                for (member, value) in members {
                    self.brackets(&format!("{name}[{member}]"), value);
                }
            }
            scalar => self.push(name, &scalar.text()),
        }
    }
}

fn is_there(value: &&Written) -> bool {
    **value != Written::Null
}

/// A parameter in a path, or with another way of encoding in a header.
pub(super) fn segment(
    name: &str,
    style: Style,
    explode: bool,
    value: &Written,
    escape: Escape,
) -> String {
    if style == Style::Json {
        return escape(&value.to_string());
    }
    let parts = parts(value, explode, &escape);
    let pair = |value: &str| match value {
        "" => format!(";{}", encode(name)),
        value => format!(";{}={value}", encode(name)),
    };
    match style {
        Style::Label if explode => format!(".{}", parts.join(".")),
        Style::Label => format!(".{}", parts.join(",")),
        Style::Matrix if explode && matches!(value, Written::Object(_)) => {
            format!(";{}", parts.join(";"))
        }
        Style::Matrix if explode => parts.iter().map(|part| pair(part)).collect(),
        Style::Matrix => pair(&parts.join(",")),
        _ => parts.join(","),
    }
}

/// The parts of a value: the items of a list; the members of an object as `name=value`, or as names
/// and values in turn; anything else is its own only part.
fn parts(value: &Written, explode: bool, escape: &dyn Fn(&str) -> String) -> Vec<String> {
    match value {
        Written::List(items) => {
            let items = items.iter().filter(is_there);
            items.map(|item| escape(&item.text())).collect()
        }
        Written::Object(members) => {
            let members = members.iter().filter(|(_, member)| is_there(&member));
            let members = members.map(|(name, member)| (escape(name), escape(&member.text())));
            if explode {
                members
                    .map(|(name, value)| format!("{name}={value}"))
                    .collect()
            } else {
                members.flat_map(|(name, value)| [name, value]).collect()
            }
        }
        scalar => vec![escape(&scalar.text())],
    }
}
