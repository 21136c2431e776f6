//! Operations: parameters and bodies.

use super::{Docs, Item, Outcome, OutcomeEnum, Row, Servers, Type, Unread};
pub use crate::ir::{Encoding, PartTypes, Repeat, Style};
pub use crate::pagination::NextPage;
use proc_macro2::Ident;

/// A file below `operations/`.
#[derive(Clone, Debug)]
pub struct OperationFile {
    /// Module name, without `.rs`.
    pub module: Ident,
    /// Documentation of the module: the tag's.
    pub docs: Docs,
    /// The operations in document order.
    pub operations: Vec<Operation>,
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Documentation of the method on `Client`, example and errors included.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Method name.
    pub method_ident: Ident,
    /// Name of the constant with all that its requests have in common.
    pub constant_ident: Ident,
    /// The type of its requests, where they have optional parts.
    pub request: Option<RequestType>,
    /// `operationId`, or the derived one.
    pub id: String,
    /// HTTP method.
    pub http_method: HttpMethod,
    /// Path template of a request.
    pub path: String,
    /// Method and path as the document has them, which no other operation has.
    pub place: String,
    /// Declared response media types, comma separated; may be empty.
    pub accept: String,
    /// Alternatives of combinations of scheme names.
    pub security: Vec<Vec<String>>,
    /// A server of the operation's own.
    pub server: Option<String>,
    /// The operation's own servers, where there is a choice, and the setter that makes it.
    pub servers: Option<(Ident, Servers)>,
    /// What is declared of successes, where the body of one is left to be read later.
    pub unread: Vec<Unread>,
    /// When its requests may be sent again.
    pub repeat: Repeat,
    /// How its pages hang together, where it has pages.
    pub pages: Option<Pages>,
    /// Required parameters: arguments, in order.
    pub arguments: Vec<Parameter>,
    /// Optional parameters: setters, in order.
    pub setters: Vec<Parameter>,
    /// The body.
    pub body: Option<Body>,
    /// Type of a success, as printed in `operations/<tag>.rs`.
    pub success: Outcome,
    /// Type of a declared error.
    pub failure: Outcome,
    /// Rows of the status table: exact, then ranges, then default.
    pub rows: Vec<Row>,
    /// Inline types of the operation (in the same file), for instance parameter enums.
    pub items: Vec<Item>,
    /// `ListThingsResponse` and `ListThingsError`, where one type is not enough.
    pub enums: Vec<OutcomeEnum>,
}

/// The type of requests that have optional parts.
#[derive(Clone, Debug)]
pub struct RequestType {
    /// Its name.
    pub ident: Ident,
    /// Name of the type that marks the operation.
    pub marker_ident: Ident,
}

/// How the pages of an operation hang together.
#[derive(Clone, Debug)]
pub struct Pages {
    /// What leads to the next page.
    pub next: NextPage,
    /// JSON pointer to whether there is another page.
    pub more: Option<String>,
    /// JSON pointer to the list of items, and the type of an item.
    pub items: Option<(String, Type)>,
}

/// A method: one that `http` has a constant for, or another.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are HTTP's")]
pub enum HttpMethod {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
    Query,
    /// As it goes on the wire.
    Extension(String),
}

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Documentation, for a setter.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Name of the argument or setter.
    pub ident: Ident,
    /// Name on the wire.
    pub wire: String,
    /// Where it goes.
    pub location: Location,
    /// One value or many.
    pub shape: ParameterShape,
    /// Whether reserved characters of a query stand for themselves.
    pub allow_reserved: bool,
    /// The type of the value, or of one item.
    pub ty: Type,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// Many values; the style says how they are joined.
    Array(ArrayStyle),
    /// A value of any type in a style; whether its parts are apart.
    Value(Style, bool),
    /// The whole query string, in a style.
    QueryString(Style),
}

/// How the items of an array parameter are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArrayStyle {
    /// `a=1&a=2`
    Exploded,
    /// `a=1,2`; also path and header arrays.
    Comma,
    /// `a=1%202`
    Space,
    /// `a=1|2`
    Pipe,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Documentation, for a setter.
    pub docs: Docs,
    /// Name of the argument or setter.
    pub ident: Ident,
    /// Whether it is an argument of the method (else a setter).
    pub required: bool,
    /// What it may be; at least one.
    pub choices: Vec<Choice>,
    /// The enum of the choices, where there are several.
    pub choice: Option<BodyEnum>,
}

/// A body in one of its media types.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Documentation of the variant.
    pub docs: Docs,
    /// Name of the variant, where there are several.
    pub ident: Ident,
    /// Value of `Content-Type`.
    pub content_type: String,
    /// How it is sent.
    pub content: Content,
    /// Whether no other choice has its type.
    pub is_unique: bool,
}

/// The enum of what a body may be.
#[derive(Clone, Debug)]
pub struct BodyEnum {
    /// Documentation.
    pub docs: Docs,
    /// Type name.
    pub ident: Ident,
}

/// What a body is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// JSON of this type.
    Json(Type),
    /// JSON values of this type, one after the other.
    Items(Type),
    /// The pairs of a form, of this type.
    Form(Type, Vec<Encoding>),
    /// The properties or the items of this type as parts; any parts where there is no type.
    Multipart(Option<Type>, PartTypes),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

impl Content {
    /// The type of what is encoded.
    #[must_use]
    pub const fn ty(&self) -> Option<&Type> {
        match self {
            Self::Json(ty) | Self::Items(ty) | Self::Form(ty, _) => Some(ty),
            Self::Multipart(ty, _) => ty.as_ref(),
            Self::Text | Self::Bytes => None,
        }
    }
}

/// A typed response header key: a constant in `headers`.
#[derive(Clone, Debug)]
pub struct HeaderKey {
    /// Documentation.
    pub docs: Docs,
    /// Constant name.
    pub ident: Ident,
    /// Header name, lower case.
    pub wire: String,
    /// A type that is `FromStr`: a scalar or an enum; or a list of them.
    pub ty: Type,
}
