//! What a generated crate says about its API, as constants.

use http::Method;

/// The API that a crate was generated for.
#[derive(Debug)]
pub struct Api {
    /// The first server of the document; empty when it names none.
    pub base_url: &'static str,
    /// The default of the `User-Agent` header.
    pub user_agent: &'static str,
    /// The security schemes, in document order.
    pub schemes: &'static [Scheme],
}

impl Api {
    /// The security scheme of this name.
    pub(super) fn scheme(&self, name: &str) -> Option<&Scheme> {
        self.schemes.iter().find(|scheme| scheme.name == name)
    }
}

/// A security scheme.
#[derive(Debug)]
pub struct Scheme {
    /// Its name in the document.
    pub name: &'static str,
    /// How its credential is sent.
    pub kind: SchemeKind,
}

impl Scheme {
    /// Whether nothing is sent for it: the transport identifies the client.
    pub(super) const fn is_of_transport(&self) -> bool {
        matches!(self.kind, SchemeKind::Transport)
    }
}

/// How a credential is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// `Authorization:`, this word, and the credential.
    Http(&'static str),
    /// A header of this name.
    ApiKeyHeader(&'static str),
    /// A query parameter of this name.
    ApiKeyQuery(&'static str),
    /// A cookie of this name.
    ApiKeyCookie(&'static str),
    /// Nothing is sent: the transport identifies the client, for instance by its certificate.
    Transport,
}

/// Which environment variables configure a client.
#[derive(Debug)]
pub struct Environment {
    /// The variable with the base URL.
    pub base_url: Option<EnvironmentUrl>,
    /// The variables with credentials.
    pub credentials: &'static [EnvironmentCredential],
}

/// An environment variable with the base URL.
#[derive(Debug)]
pub struct EnvironmentUrl {
    /// Name of the variable.
    pub variable: &'static str,
    /// The path that is appended, unless the value ends with it.
    pub path: &'static str,
}

/// An environment variable with a credential.
#[derive(Debug)]
pub struct EnvironmentCredential {
    /// Name of the security scheme.
    pub scheme: &'static str,
    /// Name of the variable with the secret, or with the user name of basic authentication.
    pub variable: &'static str,
    /// Name of the variable with the password of basic authentication.
    pub password_variable: Option<&'static str>,
    /// Whether a client cannot be made without it.
    pub required: bool,
}

/// One operation of the API: everything about its requests that never changes.
#[derive(Debug)]
pub struct OperationInfo {
    /// Its `operationId`.
    pub id: &'static str,
    /// Its HTTP method; `POST` where the call sets another.
    pub method: Method,
    /// Its path, with `{name}` where a parameter goes.
    pub path: &'static str,
    /// The media types of all declared responses, separated by commas; may be empty.
    pub accept: &'static str,
    /// The combinations of security schemes of which one is needed. No combination: none is
    /// needed. An empty combination: it also works without.
    pub security: &'static [&'static [&'static str]],
    /// A server of its own.
    pub server: Option<&'static str>,
    /// What is declared of successes, where the body of one is left to be read later.
    pub unread: &'static [Unread],
    /// When its requests may be sent again.
    pub repeat: Repeat,
}

/// A row of the status table, as far as it says whether a body is left alone. The first one that a
/// status belongs to counts.
#[derive(Debug)]
pub struct Unread {
    /// The first status.
    pub first: u16,
    /// The last status.
    pub last: u16,
    /// The declared media types, in lower case and without parameters.
    pub media: &'static [&'static str],
    /// Those among them whose bodies are left.
    pub left: &'static [&'static str],
}

/// When a request may be sent again, beside what holds for every request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// When its method is idempotent.
    ByMethod,
    /// Also after these statuses, which the document declares: 429 or 503, with which a server says
    /// that it has not acted on the request.
    After(&'static [u16]),
    /// Always: it carries a header of this name, by which the server knows a request that it has
    /// seen already.
    Key(&'static str),
}
