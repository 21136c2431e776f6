//! What Rust to print: names, types, documentation and match arms, all decided.
//!
//! Emission reads this and takes no decision of its own; nothing here is looked up again in the
//! document. Identifiers were made, and made unique in their scope, by `name`.

mod checks;
mod client;
mod operations;
mod outcome;
mod types;

pub use checks::*;
pub use client::*;
pub use operations::*;
pub use outcome::*;
pub use types::*;

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
    /// What became of each schema, when somebody asked for it; nothing is printed from them.
    pub places: Vec<Place>,
}

/// What became of a schema of the document.
#[derive(Clone, Debug)]
pub struct Place {
    /// Where the schema stands.
    pub pointer: crate::diagnostic::Pointer,
    /// The type of its values.
    pub ty: Type,
    /// Whether that is any JSON value.
    pub free_form: bool,
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
    /// `with_defaults` methods.
    pub defaults: bool,
    /// `validate` methods.
    pub validate: bool,
    /// Patterns that `validate` methods compare with.
    pub pattern: bool,
    /// Values in whose place an empty string may stand.
    pub or_empty: bool,
    /// Strings in whose place a value may stand.
    pub string_or: bool,
    /// Operations with pages.
    pub pages: bool,
    /// Bodies of parts.
    pub multipart: bool,
    /// Responses that are forms.
    pub forms: bool,
    /// Responses that are streams of items, and requests that are.
    pub streams: bool,
    /// OAuth 2 client credentials.
    pub oauth2: bool,
}

/// Documentation, as paragraphs of safe Markdown: one entry a line, without the `///`.
///
/// Text of the document in it is already escaped (see `docs`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Docs {
    /// The lines; an empty one separates paragraphs.
    pub lines: Vec<String>,
}
