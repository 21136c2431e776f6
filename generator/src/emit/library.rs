//! `lib.rs`: modules, and the names of the runtime that users see.

use super::EmittedFile;
use super::manifest::is_needed;
use crate::model::{Crate, Item, Struct};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use specwright_support::Need;

/// When a name of the runtime is there.
#[derive(Clone, Copy)]
enum Condition {
    /// When its module is.
    Need(Need),
    /// With a feature of the crate.
    Feature(&'static str),
}

/// The public names of the runtime, a `pub use` for each theme, in rustfmt's order.
const RUNTIME: &[(Condition, &[&str])] = &[
    (Condition::Need(Need::Base64), &["Base64"]),
    (Condition::Need(Need::OAuth2), &["ClientCredentials"]),
    (Condition::Need(Need::Multipart), &["File", "Multipart"]),
    (Condition::Need(Need::OrEmpty), &["OrEmpty"]),
    (Condition::Need(Need::Pages), &["Items", "Pages"]),
    (
        Condition::Need(Need::Streams),
        &["Event", "EventStream", "JsonStream"],
    ),
    (Condition::Need(Need::StringOr), &["StringOr"]),
    (Condition::Need(Need::Validate), &["Invalid", "Violation"]),
    (Condition::Feature("reqwest"), &["ReqwestTransport"]),
    (Condition::Feature("tower"), &["TowerTransport"]),
    (Condition::Feature("testing"), &["testing"]),
    (
        Condition::Need(Need::Always),
        &[
            "AdditionalProperties",
            "Formatted",
            "Nullable",
            "Secret",
            "UnknownValue",
            "Unmatched",
        ],
    ),
    (
        Condition::Feature("blocking"),
        &["Blocking", "BlockingReader"],
    ),
    (
        Condition::Need(Need::Always),
        &[
            "Body",
            "BoxError",
            "BoxFuture",
            "ResponseFuture",
            "Transport",
            "TransportError",
            "TransportErrorKind",
        ],
    ),
    (
        Condition::Need(Need::Always),
        &[
            "BuildError",
            "DecodeError",
            "Error",
            "HeaderError",
            "RequestError",
            "RequestErrorKind",
            "StreamError",
        ],
    ),
    (
        Condition::Need(Need::Always),
        &[
            "Bytes",
            "HeaderMap",
            "HeaderName",
            "HeaderValue",
            "StatusCode",
        ],
    ),
    (
        Condition::Need(Need::Always),
        &["Client", "ClientBuilder", "RetryPolicy"],
    ),
    (
        Condition::Need(Need::Always),
        &["Credential", "CredentialContext", "CredentialProvider"],
    ),
    (
        Condition::Need(Need::Always),
        &[
            "ErrorResponse",
            "Header",
            "HeaderList",
            "IncomingResponse",
            "OutgoingRequest",
            "RawResponse",
            "Request",
            "Response",
            "Undocumented",
        ],
    ),
];

/// `lib.rs`
pub(super) fn file(model: &Crate) -> EmittedFile {
    let mut items = vec![lints()];
    items.extend(deprecations(model));
    items.extend(modules(model));
    items.extend(exports(model));
    EmittedFile {
        path: "src/lib.rs".to_owned(),
        docs: model.docs.lines.clone(),
        items,
    }
}

/// What is asked of the crate, and what cannot be asked of names and texts that the document makes.
fn lints() -> TokenStream {
    quote! {
        #![forbid(unsafe_code)]
        #![warn(missing_docs)]
        #![allow(
            clippy::disallowed_names,
            clippy::doc_lazy_continuation,
            clippy::doc_overindented_list_items,
            clippy::large_enum_variant,
            clippy::module_inception,
            clippy::self_named_constructors,
            clippy::should_implement_trait,
            clippy::type_complexity,
            reason = "names, texts and shapes are those of the API document"
        )]
    }
}

/// The crate names what the document deprecates: in constructors, setters and tables.
fn deprecations(model: &Crate) -> Option<TokenStream> {
    has_deprecations(model).then(|| {
        quote! {
            #![allow(deprecated, reason = "what the document deprecates is still served")]
        }
    })
}

/// Whether anything that this crate itself names is deprecated.
fn has_deprecations(model: &Crate) -> bool {
    let types = model.type_files.iter().flat_map(|file| &file.items);
    let operations = || {
        model
            .operation_files
            .iter()
            .flat_map(|file| &file.operations)
    };
    types
        .chain(operations().flat_map(|operation| &operation.items))
        .any(is_deprecated)
}

/// Whether a type or a part of it is deprecated.
fn is_deprecated(item: &Item) -> bool {
    match item {
        Item::Struct(Struct {
            deprecated, fields, ..
        }) => *deprecated || fields.iter().any(|field| field.deprecated),
        Item::StringEnum(item) => item.deprecated,
        Item::IntegerEnum(item) => item.deprecated,
        Item::ValueEnum(item) => item.deprecated,
        Item::Union(item) => item.deprecated,
        Item::Alias(item) => item.deprecated,
    }
}

/// `mod client; …`
fn modules(model: &Crate) -> Vec<TokenStream> {
    let headers = (!model.headers.is_empty()).then(|| quote! { #[rustfmt::skip] pub mod headers; });
    let operations = (!model.operation_files.is_empty())
        .then(|| quote! { #[rustfmt::skip] pub mod operations; });
    let types = (!model.type_files.is_empty()).then(|| quote! { #[rustfmt::skip] pub mod types; });
    let client = quote! { #[rustfmt::skip] mod client; };
    let runtime = quote! { mod runtime; };
    [Some(client), headers, operations, Some(runtime), types]
        .into_iter()
        .flatten()
        .collect()
}

/// `pub use …;`
fn exports(model: &Crate) -> Vec<TokenStream> {
    let server = model.client.servers.as_ref().map(|servers| {
        let enums = servers.enums.iter().map(|item| &item.ident);
        let names: Vec<_> = std::iter::once(&servers.ident).chain(enums).collect();
        match names.as_slice() {
            [one] => quote! { pub use client::#one; },
            many => quote! { pub use client::{#(#many),*}; },
        }
    });
    let runtime = RUNTIME.iter().filter_map(|(condition, names)| {
        let names: Vec<_> = names
            .iter()
            .map(|name| Ident::new(name, Span::call_site()))
            .collect();
        let names = match names.as_slice() {
            [one] => quote! { #one },
            many => quote! { {#(#many),*} },
        };
        match condition {
            Condition::Need(need) => {
                is_needed(*need, model.needs).then(|| quote! { pub use runtime::#names; })
            }
            Condition::Feature(feature) => {
                Some(quote! { #[cfg(feature = #feature)] pub use runtime::#names; })
            }
        }
    });
    server.into_iter().chain(runtime).collect()
}
