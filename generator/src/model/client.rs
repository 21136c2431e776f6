//! The client: addresses, credentials, environment.

use super::Docs;
use proc_macro2::Ident;

/// The static description of the API, and what the client and its builder get for it.
#[derive(Clone, Debug)]
pub struct ClientModel {
    /// The first server, with the default of each variable filled in.
    pub base_url: String,
    /// `Server`: absent when the document names no server.
    pub servers: Option<Servers>,
    /// Security schemes in document order.
    pub schemes: Vec<Scheme>,
    /// Builder methods that set credentials.
    pub credentials: Vec<CredentialSetter>,
    /// `from_env`, when the configuration asks for it.
    pub environment: Option<EnvironmentModel>,
}

/// The servers that a document names, for everything or for one operation: an enum.
#[derive(Clone, Debug)]
pub struct Servers {
    /// Documentation of the enum.
    pub docs: Docs,
    /// Name of the enum.
    pub ident: Ident,
    /// The servers, at least one; the first is the default.
    pub list: Vec<Server>,
    /// The enums of variables that have only some values.
    pub enums: Vec<ServerEnum>,
}

/// The values of a variable of server URLs.
#[derive(Clone, Debug)]
pub struct ServerEnum {
    /// Documentation.
    pub docs: Docs,
    /// Name of the enum.
    pub ident: Ident,
    /// The values, each as a variant and as it is in the URL.
    pub values: Vec<(Ident, String)>,
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

/// A variable of a server URL: a field of the variant.
#[derive(Clone, Debug)]
pub struct ServerVariable {
    /// Field name.
    pub ident: Ident,
    /// Documentation: description, default, allowed values.
    pub docs: Docs,
    /// Default value in the document.
    pub default: ServerDefault,
}

/// The type and the default of a variable of a server URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ServerDefault {
    /// A `String`.
    Text(String),
    /// This enum, and its variant.
    Variant(Ident, Ident),
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
    /// `Authorization:`, this word, and the credential.
    Http(String),
    /// A header of its own.
    ApiKeyHeader(String),
    /// A query parameter.
    ApiKeyQuery(String),
    /// A cookie.
    ApiKeyCookie(String),
    /// Nothing is sent: mutualTLS.
    Transport,
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
    /// What it takes.
    pub takes: Takes,
}

/// What a setter takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Takes {
    /// One secret.
    Secret,
    /// A user name and a password.
    Basic,
    /// The id and secret of a client, for tokens from the endpoint with this URL.
    Client(String),
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
