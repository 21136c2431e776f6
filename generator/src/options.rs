//! What the maintainer asks for, as data: the shell reads it from `codegen.toml` or the command line.

use crate::pagination::Pagination;
use std::collections::BTreeMap;

/// How one document becomes one crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Name of the crate as Cargo spells it.
    pub crate_name: String,
    /// What `Client::from_env` reads; without it there is no `from_env`.
    pub environment: Option<Environment>,
    /// Properties that are secrets although the document does not say `format: password`, as
    /// `Component.property` in the document's spelling.
    pub secrets: Vec<String>,
    /// Names that the maintainer chose, by what the document says: `Component`,
    /// `Component.property`, `Component.value` of an enum, or an `operationId`.
    pub rename: BTreeMap<String, String>,
    /// Whether types get a `validate` method.
    pub validate: bool,
    /// What becomes of the defaults of properties.
    pub defaults: Defaults,
    /// Enums without a variant for values that the document does not know.
    pub closed_enums: ClosedEnums,
    /// The Rust type of every value of a format: a built-in name, or a path to a type.
    pub formats: BTreeMap<String, String>,
    /// The Rust type that stands for a component: a built-in name, or a path to a type.
    pub types: BTreeMap<String, String>,
    /// The header by which a server knows a request that it has seen already.
    pub idempotency: Option<Idempotency>,
    /// How the pages of operations hang together; the first rule that fits counts.
    pub pagination: Vec<PaginationRule>,
    /// Whether a `Cargo.toml` is written, for a crate that stands alone.
    pub manifest: bool,
    /// Whether [`Outcome::places`](crate::Outcome::places) is filled, for figures and tests.
    pub places: bool,
}

/// A header with a key for each call, the same for all its attempts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Idempotency {
    /// Name of the header.
    pub header: String,
    /// The `operationId`s of the operations that send it; those whose method is not idempotent
    /// when there is no list.
    pub operations: Option<Vec<String>>,
}

/// A rule of pagination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaginationRule {
    /// The `operationId`s that it is for; none is for all that it fits.
    pub operations: Vec<String>,
    /// How their pages hang together.
    pub pagination: Pagination,
}

/// What becomes of the defaults of properties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Defaults {
    /// They are documented.
    #[default]
    Documented,
    /// A method, `with_defaults`, fills in the properties that are absent.
    Method,
    /// The same, and decoding calls it.
    Decode,
}

/// Enums that are closed: a value that the document does not know is an error.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ClosedEnums {
    /// None of them.
    #[default]
    None,
    /// These, as `Component` or `Component.property` in the document's spelling.
    Named(Vec<String>),
    /// All of them.
    All,
}

/// Environment variables that `Client::from_env` reads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// The base URL.
    pub base_url: Option<EnvironmentUrl>,
    /// Credentials, one entry per security scheme.
    pub credentials: Vec<EnvironmentCredential>,
}

/// The variable with the base URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentUrl {
    /// Name of the variable.
    pub variable: String,
    /// Path that is appended to its value unless the value ends with it; may be empty.
    pub path: String,
}

/// The variable, or two, with one credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvironmentCredential {
    /// Name of the security scheme in the document.
    pub scheme: String,
    /// Variable with the secret; with the user name for basic authentication.
    pub variable: String,
    /// Variable with the password, for basic authentication.
    pub password_variable: Option<String>,
    /// Whether `from_env` fails when the variable is not set.
    pub required: bool,
}
