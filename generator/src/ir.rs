//! The API, resolved and decided, with wire names only: no Rust syntax, no references left.
//!
//! Types live in one arena and are referred to by id, so that forward and circular references cost
//! nothing. What `lower` returns is complete; later stages add side tables and never change it.

mod behaviour;
mod constraints;
mod operations;
mod types;

pub use behaviour::*;
pub use constraints::*;
pub use operations::*;
pub use types::*;

use crate::diagnostic::Pointer;
use std::collections::BTreeSet;

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
    /// Types of other crates that the configuration names, as paths.
    pub externals: Vec<String>,
    /// Enums that have no variant for other values.
    pub closed: BTreeSet<TypeId>,
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
    /// What became of each schema, when [`Options::places`](crate::Options::places) asks for it.
    pub places: Vec<(Pointer, Use)>,
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
    /// Where a client obtains a token for itself: OAuth 2 client credentials.
    pub client_credentials: Option<TokenEndpoint>,
}

/// An endpoint that gives tokens.
#[derive(Clone, Debug)]
pub struct TokenEndpoint {
    /// Its URL; a relative one is relative to the server's.
    pub url: String,
    /// The scopes that may be asked for, in document order.
    pub scopes: Vec<String>,
}

/// How a credential is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// `Authorization:`, this word, and the credential.
    Http(String),
    /// A header of its own.
    ApiKeyHeader(String),
    /// A query parameter.
    ApiKeyQuery(String),
    /// A cookie.
    ApiKeyCookie(String),
    /// Not at all: the transport identifies the client, by a certificate.
    Transport,
}
