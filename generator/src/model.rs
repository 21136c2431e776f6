//! What Rust to print: names, types, documentation and match arms, all decided.
//!
//! Emission reads this and takes no decision of its own; nothing here is looked up again in the
//! document. Identifiers were made, and made unique in their scope, by `name`.

use proc_macro2::Ident;

/// Everything that one generated crate is printed from.
#[derive(Clone, Debug)]
pub struct Crate {
    /// Name of the crate as Cargo spells it, for instance `axiom-api`.
    pub name: String,
    /// Documentation of the crate root.
    pub docs: Docs,
    /// What the crate costs beside the fixed dependencies of the runtime.
    pub needs: Needs,
    /// The client's static description of the API.
    pub client: ClientModel,
    /// One file per component schema, in the order of their module names.
    pub type_files: Vec<TypeFile>,
    /// One file per tag, in the order of their module names.
    pub operation_files: Vec<OperationFile>,
    /// Typed response header keys, in the order of their names.
    pub headers: Vec<HeaderKey>,
}

/// Optional parts of the runtime and optional dependencies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// `format: byte`, or basic authentication.
    pub base64: bool,
    /// `format: date-time` or `date`.
    pub jiff: bool,
    /// `format: uuid`.
    pub uuid: bool,
}

/// Documentation, as paragraphs of safe Markdown: one entry a line, without the `///`.
///
/// Text of the document in it is already escaped (see `docs`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// The lines; an empty one separates paragraphs.
    pub lines: Vec<String>,
}

/// The static description of the API, and what the client and its builder get for it.
#[derive(Clone, Debug)]
pub struct ClientModel {
    /// The first server, with the default of each variable filled in.
    pub base_url: String,
    /// `Server`: absent when the document names no server.
    pub servers: Vec<Server>,
    /// Security schemes in document order.
    pub schemes: Vec<Scheme>,
    /// Builder methods that set credentials.
    pub credentials: Vec<CredentialSetter>,
    /// `from_env`, when the configuration asks for it.
    pub environment: Option<EnvironmentModel>,
}

/// One variant of `Server`.
#[derive(Clone, Debug)]
pub struct Server {
    /// Variant name.
    pub ident: Ident,
    /// Documentation of the variant.
    pub docs: Docs,
    /// The URL in pieces.
    pub pieces: Vec<UrlPiece>,
    /// One field per variable.
    pub variables: Vec<ServerVariable>,
}

/// A piece of a server URL.
#[derive(Clone, Debug)]
pub enum UrlPiece {
    /// Fixed text.
    Text(String),
    /// The value of a variable, by the name of its field.
    Variable(Ident),
}

/// A variable of a server URL: a `String` field of the variant.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Field name.
    pub ident: Ident,
    /// Documentation: description, default, allowed values.
    pub docs: Docs,
    /// Default value in the document.
    pub default: String,
}

/// A security scheme that the runtime can serve.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Its name in `components.securitySchemes`.
    pub name: String,
    /// How the credential is sent.
    pub kind: SchemeKind,
}

/// How a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer …`: http bearer, oauth2, openIdConnect.
    Bearer,
    /// `Authorization: Basic …`.
    Basic,
    /// A header of its own.
    ApiKeyHeader(String),
    /// A query parameter.
    ApiKeyQuery(String),
}

/// A method of `ClientBuilder` that sets one kind of credential.
#[derive(Clone, Debug)]
pub struct CredentialSetter {
    /// Method name, for instance `bearer_token`.
    pub ident: Ident,
    /// Documentation of the method.
    pub docs: Docs,
    /// The schemes that it serves, by name.
    pub schemes: Vec<String>,
    /// Whether it takes a user name and a password rather than one secret.
    pub basic: bool,
}

/// What `from_env` reads.
#[derive(Clone, Debug)]
pub struct EnvironmentModel {
    /// Documentation of `from_env`, the variables included.
    pub docs: Docs,
    /// Variable with the base URL, and the path that is appended unless the value ends with it.
    pub base_url: Option<(String, String)>,
    /// Variables with credentials.
    pub credentials: Vec<EnvironmentCredential>,
}

/// One credential from the environment.
#[derive(Clone, Debug)]
pub struct EnvironmentCredential {
    /// Name of the security scheme.
    pub scheme: String,
    /// Variable with the secret, or with the user name for basic.
    pub variable: String,
    /// Variable with the password, for basic.
    pub password_variable: Option<String>,
    /// Whether `from_env` fails without it.
    pub required: bool,
}

/// A file below `types/`.
#[derive(Clone, Debug)]
pub struct TypeFile {
    /// Module name, without `.rs`.
    pub module: Ident,
    /// The types, the component's own first.
    pub items: Vec<Item>,
}

/// A type to print.
#[derive(Clone, Debug)]
pub enum Item {
    /// `pub struct` with a table.
    Struct(Struct),
    /// Open string enum.
    StringEnum(StringEnum),
    /// Open integer enum.
    IntegerEnum(IntegerEnum),
    /// Union of several types.
    Union(Union),
    /// `pub type`.
    Alias(Alias),
}

/// A value that is one of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// Documentation.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Type name.
    pub ident: Ident,
    /// Variants in document order.
    pub variants: Vec<UnionVariant>,
    /// Name of the variant for values that fit no other.
    pub fallback: Ident,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Documentation.
    pub docs: Docs,
    /// Variant name.
    pub ident: Ident,
    /// Its payload.
    pub ty: Type,
    /// What a value of it looks like.
    pub looks: Looks,
    /// A property and value that are written with it, because its type does not have them.
    pub tag: Option<(String, String)>,
}

/// What is known of a value without decoding it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looks {
    /// A boolean.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// A string that decoding tells from others.
    Formatted,
    /// A string of this enum.
    StringOf(Ident),
    /// A list.
    Array,
    /// An object of this struct, with properties that have fixed values, and whether it has no
    /// properties beside those of the document.
    Object(Ident, Vec<(String, Vec<String>)>, bool),
    /// An object of any kind.
    Map,
    /// Whatever this union is.
    OneOf(Ident),
    /// Anything.
    Any,
}

/// A struct of named fields.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Documentation.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Type name.
    pub ident: Ident,
    /// Fields in document order.
    pub fields: Vec<Field>,
    /// Where properties go that the document does not name.
    pub rest: Option<Rest>,
    /// Whether chaining setters are printed: the type is sent.
    pub setters: bool,
}

/// The field for properties that the document does not name.
#[derive(Clone, Debug)]
pub struct Rest {
    /// Field name, normally `additional_properties`.
    pub ident: Ident,
    /// `AdditionalProperties` when `None`, else a map of this type.
    pub value: Option<Type>,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Documentation.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Field name.
    pub ident: Ident,
    /// Property name on the wire.
    pub wire: String,
    /// How presence and null are handled: the module of the runtime that reads and writes it.
    pub kind: FieldKind,
    /// The type of the value itself, without the `Option` or `Nullable` that `kind` adds.
    pub ty: Type,
    /// Whether `new` takes it. True for required fields and for required write-only ones.
    pub argument: bool,
}

/// How presence and null are handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldKind {
    /// `T`. Required and nullable is this with `T = Option<U>`.
    Required,
    /// `Option<T>`; null reads as absent.
    Optional,
    /// `Option<T>`, where `T` itself can be null.
    OptionalAny,
    /// `Nullable<T>`.
    Nullable,
    /// `Option<T>`, left out of request bodies.
    ReadOnly,
    /// `Nullable<T>`, left out of request bodies.
    ReadOnlyNullable,
    /// `Option<T>`, not expected in responses.
    WriteOnly,
}

/// A type in a field, an argument or a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `bool`
    Bool,
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u8`
    U8,
    /// `u16`
    U16,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f64`
    F64,
    /// `String`
    String,
    /// `Secret`: a string that `Debug` does not show.
    Secret,
    /// `jiff::Timestamp`
    Timestamp,
    /// `jiff::civil::Date`
    Date,
    /// `uuid::Uuid`
    Uuid,
    /// `Base64`: bytes that are base64 on the wire.
    Base64,
    /// `serde_json::Value`
    Value,
    /// A generated type.
    Named(Ident),
    /// `Vec<T>`
    Vec(Box<Type>),
    /// `BTreeMap<String, T>`
    Map(Box<Type>),
    /// `Option<T>`: an item or a required field that may be null.
    Option(Box<Type>),
    /// `Box<T>`: breaks a cycle.
    Box(Box<Type>),
}

/// An open enum of strings.
#[derive(Clone, Debug)]
pub struct StringEnum {
    /// Documentation.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Type name.
    pub ident: Ident,
    /// Variants in document order.
    pub variants: Vec<StringVariant>,
    /// Name of the variant for values that the document does not know.
    pub fallback: Ident,
    /// The `default` of the document, as a variant: `impl Default`.
    pub default: Option<Ident>,
}

/// A variant of a string enum.
#[derive(Clone, Debug)]
pub struct StringVariant {
    /// Documentation.
    pub docs: Docs,
    /// Variant name.
    pub ident: Ident,
    /// Value on the wire.
    pub wire: String,
}

/// An open enum of integers.
#[derive(Clone, Debug)]
pub struct IntegerEnum {
    /// Documentation.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Type name.
    pub ident: Ident,
    /// The integer type.
    pub repr: Type,
    /// Variants in document order.
    pub variants: Vec<IntegerVariant>,
    /// Name of the variant for values that the document does not know.
    pub fallback: Ident,
}

/// A variant of an integer enum.
#[derive(Clone, Debug)]
pub struct IntegerVariant {
    /// Documentation.
    pub docs: Docs,
    /// Variant name.
    pub ident: Ident,
    /// Value on the wire.
    pub wire: i128,
}

/// A component that is another type under its own name.
#[derive(Clone, Debug)]
pub struct Alias {
    /// Documentation.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Type name.
    pub ident: Ident,
    /// The type.
    pub ty: Type,
}

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
    /// Name of the `OperationInfo` constant.
    pub info_ident: Ident,
    /// Name of the request struct.
    pub request_ident: Ident,
    /// `operationId`, or the derived one.
    pub id: String,
    /// HTTP method, upper case: a constant of `Method`.
    pub http_method: HttpMethod,
    /// Path template.
    pub path: String,
    /// Declared response media types, comma separated; may be empty.
    pub accept: String,
    /// Alternatives of combinations of scheme names.
    pub security: Vec<Vec<String>>,
    /// A server of the operation's own.
    pub server: Option<String>,
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

/// The eight methods of OpenAPI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
}

/// One value or many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParameterShape {
    /// One value.
    Single,
    /// Many values; the style says how they are joined.
    Array(ArrayStyle),
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
    /// Value of `Content-Type`.
    pub content_type: String,
    /// How it is sent.
    pub content: Content,
}

/// What a body is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// JSON of this type.
    Json(Type),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
    /// No body (responses only).
    Empty,
}

/// The type of all successes, or of all declared errors, of one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// None declared.
    Undocumented,
    /// Always this.
    One(Content),
    /// An enum of the same file.
    Enum(Ident),
}

/// A row of the status table.
#[derive(Clone, Debug)]
pub struct Row {
    /// Which statuses.
    pub status: Status,
    /// Whether it is a success.
    pub success: bool,
    /// What the body is.
    pub content: Content,
    /// The variant of the outcome's enum, where it is one.
    pub variant: Option<(Ident, Ident)>,
}

/// Which statuses a row is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One.
    Exact(u16),
    /// `4XX` is 4.
    Range(u8),
    /// `default`
    Default,
}

/// An enum over the bodies of several statuses.
#[derive(Clone, Debug)]
pub struct OutcomeEnum {
    /// Documentation.
    pub docs: Docs,
    /// Type name.
    pub ident: Ident,
    /// One variant per distinct declared response.
    pub variants: Vec<OutcomeVariant>,
}

/// A variant of an [`OutcomeEnum`].
#[derive(Clone, Debug)]
pub struct OutcomeVariant {
    /// Documentation.
    pub docs: Docs,
    /// Variant name.
    pub ident: Ident,
    /// Its payload; no payload for `Content::Empty`.
    pub content: Content,
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
    /// A scalar type that is `FromStr`, or a generated string enum.
    pub ty: Type,
}
