//! How the pages of a list hang together, as the configuration or a document says it.

use serde_json::{Map, Value};

/// How the pages of an operation hang together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// What leads to the next page.
    pub next: NextPage,
    /// JSON pointer to whether there is another page.
    pub more: Option<String>,
    /// JSON pointer to the items; looked for when it is not given.
    pub items: Option<String>,
}

/// What leads to the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextPage {
    /// The value at this JSON pointer goes to a query parameter. The index `-1` is the last item.
    Cursor {
        /// Name of the parameter.
        parameter: String,
        /// The pointer.
        pointer: String,
    },
    /// The value of this header goes to a query parameter.
    CursorHeader {
        /// Name of the parameter.
        parameter: String,
        /// Name of the header.
        header: String,
    },
    /// A query parameter counts the items before the page.
    Offset {
        /// Name of the parameter.
        parameter: String,
    },
    /// A query parameter counts pages.
    Page {
        /// Name of the parameter.
        parameter: String,
        /// The number of the first page.
        first: u64,
    },
    /// The header `Link` with `rel="next"`.
    Link,
    /// A URL at this JSON pointer.
    Url(String),
}

impl NextPage {
    /// The query parameter that it needs.
    #[must_use]
    pub fn parameter(&self) -> Option<&str> {
        match self {
            Self::Cursor { parameter, .. }
            | Self::CursorHeader { parameter, .. }
            | Self::Offset { parameter }
            | Self::Page { parameter, .. } => Some(parameter),
            Self::Link | Self::Url(_) => None,
        }
    }
}

impl Pagination {
    /// Reads a declaration: `kind`, and what that kind needs.
    ///
    /// # Errors
    ///
    /// Says what is wrong with it.
    pub fn from_value(value: &Value) -> Result<Self, String> {
        let declared = value.as_object().ok_or("it is not an object")?;
        let known = [
            "kind",
            "parameter",
            "next",
            "next_header",
            "first",
            "more",
            "items",
        ];
        if let Some(key) = declared.keys().find(|key| !known.contains(&key.as_str())) {
            return Err(format!("`{key}` means nothing in it"));
        }
        let needed = |key: &str| -> Result<String, String> {
            text(declared, key)?.ok_or_else(|| format!("`{key}` is missing"))
        };
        let next = match needed("kind")?.as_str() {
            "cursor" => match text(declared, "next_header")? {
                Some(header) => NextPage::CursorHeader {
                    parameter: needed("parameter")?,
                    header: header.to_ascii_lowercase(),
                },
                None => NextPage::Cursor {
                    parameter: needed("parameter")?,
                    pointer: pointer(needed("next")?)?,
                },
            },
            "offset" => NextPage::Offset {
                parameter: needed("parameter")?,
            },
            "page" => NextPage::Page {
                parameter: needed("parameter")?,
                first: match declared.get("first") {
                    None => 1,
                    Some(first) => first.as_u64().ok_or("`first` is not a number")?,
                },
            },
            "link" => NextPage::Link,
            "url" => NextPage::Url(pointer(needed("next")?)?),
            other => {
                return Err(format!(
                    "`{other}` is none of the kinds cursor, offset, page, link and url"
                ));
            }
        };
        Ok(Self {
            next,
            more: text(declared, "more")?.map(pointer).transpose()?,
            items: text(declared, "items")?.map(pointer).transpose()?,
        })
    }
}

fn text(declared: &Map<String, Value>, key: &str) -> Result<Option<String>, String> {
    match declared.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("`{key}` is not a string")),
    }
}

fn pointer(text: String) -> Result<String, String> {
    if text.is_empty() || text.starts_with('/') {
        return Ok(text);
    }
    Err(format!(
        "`{text}` is not a JSON pointer: it begins with `/`"
    ))
}
