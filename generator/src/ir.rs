//! The API, resolved and decided, with wire names only: no Rust syntax, no references left.
//!
//! Types live in one arena and are referred to by id, so that forward and circular references cost
//! nothing. What `lower` returns is complete; later stages add side tables and never change it.

use crate::diagnostic::Pointer;
use serde_json::Value;

/// The whole API.
#[derive(Clone, Debug)]
pub struct Api {
    /// `info.title`
    pub title: String,
    /// `info.description`
    pub description: Option<String>,
    /// `info.version`
    pub version: String,
    /// Digest of the normalised document.
    pub digest: String,
    /// Servers, in document order.
    pub servers: Vec<Server>,
    /// Security schemes that the runtime can serve, in document order.
    pub schemes: Vec<Scheme>,
    /// The type arena.
    pub types: Types,
    /// Operations by path and method.
    pub operations: Vec<Operation>,
    /// Tags with a description, in document order.
    pub tags: Vec<Tag>,
    /// Operations in the document, the ones left out included.
    pub operations_total: usize,
    /// Schemas below `components`.
    pub schemas: usize,
    /// Places that became a free-form value although the document says more.
    pub widened: Vec<Pointer>,
}

/// A tag.
#[derive(Clone, Debug)]
pub struct Tag {
    /// Its name.
    pub name: String,
    /// What the document says of it.
    pub description: String,
}

/// A server.
#[derive(Clone, Debug)]
pub struct Server {
    /// URL template.
    pub url: String,
    /// What the document says of it.
    pub description: Option<String>,
    /// Variables in the order of the document.
    pub variables: Vec<ServerVariable>,
}

impl Server {
    /// Whether the URL says by itself where the server is.
    #[must_use]
    pub fn is_absolute(&self) -> bool {
        let url = self.default_url();
        url.starts_with("https://") || url.starts_with("http://")
    }

    /// The URL with the default of each variable filled in.
    #[must_use]
    pub fn default_url(&self) -> String {
        self.variables
            .iter()
            .fold(self.url.clone(), |url, variable| {
                url.replace(&format!("{{{}}}", variable.name), &variable.default)
            })
    }
}

/// A variable of a server URL.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Its name in the template.
    pub name: String,
    /// Its default value.
    pub default: String,
    /// Allowed values; empty when any will do.
    pub allowed: Vec<String>,
    /// What the document says of it.
    pub description: Option<String>,
}

/// A security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Its name in `components.securitySchemes`.
    pub name: String,
    /// How the credential is sent.
    pub kind: SchemeKind,
    /// What the document says of it.
    pub description: Option<String>,
}

/// How a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// A header of its own.
    ApiKeyHeader(String),
    /// A query parameter.
    ApiKeyQuery(String),
}

/// Index of a type in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) usize);

/// The arena of types that get a name.
#[derive(Clone, Debug, Default)]
pub struct Types {
    list: Vec<Type>,
}

impl Types {
    /// Adds a type and gives its id.
    pub(crate) fn push(&mut self, ty: Type) -> TypeId {
        self.list.push(ty);
        TypeId(self.list.len() - 1)
    }

    /// The type of an id.
    #[must_use]
    pub fn get(&self, id: TypeId) -> &Type {
        &self.list[id.0]
    }

    /// The type of an id, to complete it.
    pub(crate) fn get_mut(&mut self, id: TypeId) -> &mut Type {
        &mut self.list[id.0]
    }

    /// All types with their ids, in the order of the arena.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        self.list
            .iter()
            .enumerate()
            .map(|(index, ty)| (TypeId(index), ty))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// A type that gets a name.
#[derive(Clone, Debug)]
pub struct Type {
    /// What it is named for.
    pub origin: Origin,
    /// Where the document defines it.
    pub pointer: Pointer,
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// Whether null is one of its values.
    pub nullable: bool,
    /// What it is.
    pub shape: Shape,
}

/// What a type is named for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A component, by its key.
    Component(String),
    /// Something inside another type, by its role there.
    Inside(TypeId, String),
    /// Something inside an operation, by its role there.
    Operation(usize, String),
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Named properties.
    Object(Object),
    /// One of some strings.
    StringEnum(Vec<EnumValue<String>>, Option<String>),
    /// One of some integers.
    IntegerEnum(Scalar, Vec<EnumValue<i128>>),
    /// One of several types.
    Union(Union),
    /// Another type under a name of its own.
    Alias(Use),
}

/// A value that is one of several types.
#[derive(Clone, Debug, Default)]
pub struct Union {
    /// The types, in document order, each once.
    pub branches: Vec<Variant>,
}

/// A branch of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its type.
    pub ty: Use,
    /// What to call it where its type has no name: its title, or its place in the list.
    pub name: String,
    /// The property that names the branch, and the values that mean this one.
    pub tag: Option<(String, Vec<String>)>,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue<T> {
    /// The value on the wire.
    pub value: T,
    /// A name for it, where the document gives one.
    pub name: Option<String>,
    /// What the document says of it.
    pub description: Option<String>,
}

/// An object with named properties.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// Properties in document order.
    pub properties: Vec<Property>,
    /// What other properties may be.
    pub additional: Additional,
}

/// What properties that have no name in the document may be.
#[derive(Clone, Debug, Default)]
pub enum Additional {
    /// Anything.
    #[default]
    Any,
    /// `additionalProperties: false`
    Forbidden,
    /// This.
    Typed(Use),
}

/// A property of an object.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its name on the wire.
    pub name: String,
    /// Its type.
    pub ty: Use,
    /// Whether it must be present.
    pub required: bool,
    /// Only the server sends it.
    pub read_only: bool,
    /// Only the client sends it.
    pub write_only: bool,
    /// `deprecated`
    pub deprecated: bool,
    /// `description`, or `title` where there is none.
    pub description: Option<String>,
    /// `default`
    pub default: Option<Value>,
}

/// A type where it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Whether null is allowed here.
    pub nullable: bool,
    /// What it is otherwise.
    pub kind: Kind,
}

impl Use {
    /// Any JSON value.
    pub const ANY: Self = Self {
        nullable: false,
        kind: Kind::Any,
    };

    /// A use that does not allow null.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            nullable: false,
            kind,
        }
    }
}

/// What a use refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any JSON value.
    Any,
    /// A scalar.
    Scalar(Scalar),
    /// A list.
    Array(Box<Use>),
    /// A map from strings.
    Map(Box<Use>),
    /// A type of the arena.
    Named(TypeId),
}

/// A scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the Rust types")]
pub enum Scalar {
    Bool,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    F64,
    String,
    /// A string that must not be shown.
    Secret,
    /// `date-time`
    Timestamp,
    /// `date`
    Date,
    /// `uuid`
    Uuid,
    /// `byte`
    Base64,
}

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
    /// A server of its own.
    pub server: Option<String>,
}

/// The eight methods of OpenAPI 3.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
}

impl Method {
    /// The key of a path item, which is the method in lower case.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Put => "put",
            Self::Post => "post",
            Self::Delete => "delete",
            Self::Options => "options",
            Self::Head => "head",
            Self::Patch => "patch",
            Self::Trace => "trace",
        }
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
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether it must be sent.
    pub required: bool,
    /// `Content-Type`
    pub media_type: String,
    /// What it is.
    pub content: Content,
    /// `description`
    pub description: Option<String>,
}

/// What a body is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// JSON of a type.
    Json(Use),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// Nothing.
    Empty,
}

/// A declared response.
#[derive(Clone, Debug)]
pub struct Response {
    /// Which statuses it is for.
    pub status: Status,
    /// `description`
    pub description: String,
    /// Its body.
    pub content: Content,
    /// Its headers.
    pub headers: Vec<ResponseHeader>,
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
