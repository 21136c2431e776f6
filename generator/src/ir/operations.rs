//! Operations: parameters, bodies and responses.

use super::{Constraints, Repeat, Use};
use crate::diagnostic::Pointer;
use crate::pagination::Pagination;
use serde_json::Value;

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId`, or one derived from method and path.
    pub id: String,
    /// Where the document defines it.
    pub pointer: Pointer,
    /// The HTTP method.
    pub method: Method,
    /// The path template.
    pub path: String,
    /// The group that it is filed under: its first tag, or the first segment of its path.
    pub group: String,
    /// `summary`
    pub summary: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// Parameters: those of the path template in its order, then in document order.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// Responses: exact statuses, then ranges, then default.
    pub responses: Vec<Response>,
    /// All declared response media types.
    pub accept: Vec<String>,
    /// Alternatives of combinations of scheme names.
    pub security: Vec<Vec<String>>,
    /// Servers of its own.
    pub servers: Vec<super::Server>,
    /// When its requests may be sent again.
    pub repeat: Repeat,
    /// How its pages hang together, where it has pages.
    pub pages: Option<Pagination>,
}

/// The eight methods of OpenAPI 3.0, and those of `additionalOperations`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are HTTP's")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    Query,
    /// As it goes on the wire: methods are case-sensitive.
    Extension(String),
}

impl Method {
    /// The method as it goes on the wire.
    #[must_use]
    pub fn token(&self) -> String {
        match self {
            Self::Extension(token) => token.clone(),
            known => known.key().to_ascii_uppercase(),
        }
    }

    /// The key in the document: of a path item, the method in lower case.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Head => "head",
            Self::Patch => "patch",
            Self::Trace => "trace",
            Self::Query => "query",
            Self::Extension(token) => token,
        }
    }

    /// `GET /pets/{petId}` is `get pets by petId`: the words of a name, which stay when others are
    /// added.
    #[must_use]
    pub fn name_at(&self, path: &str) -> String {
        let mut words = vec![self.key().to_owned()];
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            let parameter = segment.contains('{');
            let plain = segment.replace(['{', '}'], " ");
            if parameter {
                words.push("by".to_owned());
            }
            words.push(plain.trim().to_owned());
        }
        words.join(" ")
    }
}

/// A parameter.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name on the wire.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Whether it must be sent.
    pub required: bool,
    /// Its type: a scalar, or a named enum.
    pub ty: Use,
    /// How many values it has, and how they are joined.
    pub shape: ParameterShape,
    /// `deprecated`
    pub deprecated: bool,
    /// `description`
    pub description: Option<String>,
    /// `default` of its schema.
    pub default: Option<Value>,
    /// Whether reserved characters of a query stand for themselves.
    pub allow_reserved: bool,
    /// What its values must be beside being of its type; nothing where every value will do.
    pub constraints: Option<Box<Constraints>>,
    /// Where it stands.
    pub pointer: Pointer,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query string.
    Query,
    /// In a header.
    Header,
    /// In the header of all cookies.
    Cookie,
}

/// One value or many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterShape {
    /// One value.
    Single,
    /// `a=1&a=2`
    Exploded,
    /// `a=1,2`
    Comma,
    /// `a=1%202`
    Space,
    /// `a=1|2`
    Pipe,
    /// A value of any type, written in a style; whether its parts are apart.
    Value(Style, bool),
    /// The whole query string: a form, JSON text, or a text that is one already (`Simple`).
    QueryString(Style),
}

/// How a list or an object is written in a parameter or in a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of OpenAPI")]
pub enum Style {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    /// A form in cookies of which nothing is encoded.
    Cookie,
    /// JSON text, which is what `content` asks for.
    Json,
}

/// How a property of a form is written, where the document says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// The name of the property.
    pub name: String,
    /// The style of its value.
    pub style: Style,
    /// Whether the parts of its value are apart.
    pub explode: bool,
    /// Whether reserved characters stand for themselves.
    pub allow_reserved: bool,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether it must be sent.
    pub required: bool,
    /// What it may be, best first; at least one.
    pub choices: Vec<Choice>,
    /// Types that are there for whoever encodes them.
    pub others: Vec<Use>,
    /// `description`
    pub description: Option<String>,
}

/// A request body in one of its media types.
#[derive(Clone, Debug)]
pub struct Choice {
    /// `Content-Type`
    pub media_type: String,
    /// What it is.
    pub content: Content,
}

/// What a body is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// JSON of a type.
    Json(Use),
    /// JSON values of a type, one after the other.
    Items(Use),
    /// The pairs of a form, of a type.
    Form(Use, Vec<Encoding>),
    /// Parts: the properties or the items of a type, or any parts where there is no such type.
    Multipart(Option<Use>, PartTypes),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// The content types of parts that are not the usual ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartTypes {
    /// Of properties, by their names.
    Named(Vec<(String, String)>),
    /// Of items, by their positions.
    Placed {
        /// Of the first ones.
        first: Vec<Option<String>>,
        /// Of all others.
        rest: Option<String>,
    },
}

impl Content {
    /// The type of what is encoded.
    #[must_use]
    pub fn ty(&self) -> Option<&Use> {
        match self {
            Self::Json(used) | Self::Items(used) | Self::Form(used, _) => Some(used),
            Self::Multipart(used, _) => used.as_ref(),
            Self::Text | Self::Bytes => None,
        }
    }

    /// The same, to be replaced.
    pub(crate) fn ty_mut(&mut self) -> Option<&mut Use> {
        match self {
            Self::Json(used) | Self::Items(used) | Self::Form(used, _) => Some(used),
            Self::Multipart(used, _) => used.as_mut(),
            Self::Text | Self::Bytes => None,
        }
    }
}

/// A declared response.
#[derive(Clone, Debug)]
pub struct Response {
    /// Which statuses it is for.
    pub status: Status,
    /// `description`
    pub description: String,
    /// What its body may be, by media type, in the order in which it is asked for; none: no body.
    pub bodies: Vec<Representation>,
    /// What is not decoded: types that are there for whoever does it.
    pub others: Vec<Use>,
    /// Its headers.
    pub headers: Vec<ResponseHeader>,
}

/// A body of a response in some of its media types.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Representation {
    /// The media types in lower case, with parameters only where they tell two of them apart.
    pub media: Vec<String>,
    /// How it is read.
    pub reading: Reading,
}

/// How the body of a response is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As JSON of a type.
    Json(Use),
    /// As the pairs of a form, of a type.
    Form(Use),
    /// As text.
    Text,
    /// As bytes, by the caller, as they arrive.
    Stream,
    /// As server-sent events whose data is JSON of a type.
    Events(Use),
    /// As server-sent events whose data is text.
    TextEvents,
    /// As server-sent events, each an object of a type.
    EventObjects(Use),
    /// As JSON values of a type, one after the other.
    Items(Use),
}

impl Reading {
    /// The type of what is decoded.
    #[must_use]
    pub fn ty(&self) -> Option<&Use> {
        match self {
            Self::Json(used)
            | Self::Form(used)
            | Self::Events(used)
            | Self::EventObjects(used)
            | Self::Items(used) => Some(used),
            Self::Text | Self::Stream | Self::TextEvents => None,
        }
    }

    /// The same, to be replaced.
    pub(crate) fn ty_mut(&mut self) -> Option<&mut Use> {
        match self {
            Self::Json(used)
            | Self::Form(used)
            | Self::Events(used)
            | Self::EventObjects(used)
            | Self::Items(used) => Some(used),
            Self::Text | Self::Stream | Self::TextEvents => None,
        }
    }
}

/// Which statuses a response is for; ordered as they are tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One.
    Exact(u16),
    /// `4XX` is 4.
    Range(u8),
    /// `default`
    Default,
}

/// A declared response header.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// Its name, in lower case.
    pub name: String,
    /// Its type: a scalar, or a named enum.
    pub ty: Use,
    /// `description`
    pub description: Option<String>,
}
