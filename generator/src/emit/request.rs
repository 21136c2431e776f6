//! The request that an operation's method returns: its status table, and its struct and setters where it
//! has optional parts.

use super::attributes::{deprecated, doc_line, docs};
use super::body::{body_argument, body_set};
use super::operation::{argument, call};
use super::outcome::outcome;
use super::ty::Scope;
use crate::model::{Arm, Body, Operation, Parameter, Reading, Row, Servers, Status, Verdict};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

/// `Request<'_, types::Thing, types::ApiError>`, or `ListThingsRequest<'_>`
pub(super) fn request_type(operation: &Operation, scope: Scope<'_>) -> TokenStream {
    if operation.answers_ident.is_none() {
        let name = &operation.request_ident;
        return quote! { #name<'_> };
    }
    let success = outcome(&operation.success, scope);
    let failure = outcome(&operation.failure, scope);
    quote! { Request<'_, #success, #failure> }
}

/// `pub struct ListThingsRequest<'c> { … }`
pub(super) fn request(operation: &Operation) -> TokenStream {
    let method = operation.method_ident.to_string();
    // rustdoc has no way to link to a name that is a keyword.
    let docs = doc_line(&match method.strip_prefix("r#") {
        Some(keyword) => format!("The request of `Client::r#{keyword}`; `.await` sends it."),
        None => format!("The request of [`Client::{method}`]; `.await` sends it."),
    });
    let name = &operation.request_ident;
    quote! {
        #docs
        #[derive(Debug)]
        #[must_use = "a request does nothing until it is awaited"]
        pub struct #name<'c> {
            call: Call<'c>,
        }
    }
}

/// `impl CreateThingRequest<'_> { … }`: optional parameters and an optional body, if there are any.
pub(super) fn setters(operation: &Operation, scope: Scope<'_>) -> Option<TokenStream> {
    let name = &operation.request_ident;
    let parameters = operation
        .setters
        .iter()
        .map(|parameter| setter(parameter, scope));
    let body = operation.body.iter().filter(|body| !body.required);
    let body = body.map(|body| body_setter(body, scope));
    let server = operation.servers.iter();
    let server = server.map(|(name, servers)| server_setter(name, servers));
    let methods: Vec<_> = parameters.chain(body).chain(server).collect();
    (!methods.is_empty()).then(|| {
        quote! {
            impl #name<'_> {
                #(#methods)*
            }
        }
    })
}

/// `pub fn server(mut self, server: GetFileServer) -> Self`
fn server_setter(name: &Ident, servers: &Servers) -> TokenStream {
    let docs = doc_line(
        "Sends the request to one of its own servers, unless the client has a `base_url` elsewhere.",
    );
    let ty = &servers.ident;
    quote! {
        #docs
        #[inline]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.call.server(#name.url());
            self
        }
    }
}

/// `pub fn limit(mut self, limit: i64) -> Self`
fn setter(parameter: &Parameter, scope: Scope<'_>) -> TokenStream {
    let docs = docs(&parameter.docs);
    let deprecated = deprecated(parameter.deprecated);
    let name = &parameter.ident;
    let argument = argument(parameter, scope);
    let call = call(parameter);
    quote! {
        #docs
        #deprecated
        #[inline]
        pub fn #name(mut self, #argument) -> Self {
            self.call.#call;
            self
        }
    }
}

/// `pub fn body(mut self, body: types::Thing) -> Self`
fn body_setter(body: &Body, scope: Scope<'_>) -> TokenStream {
    let docs = docs(&body.docs);
    let name = &body.ident;
    let argument = body_argument(body, scope);
    let call = body_set(body);
    quote! {
        #docs
        #[inline]
        pub fn #name(mut self, #argument) -> Self {
            #call
            self
        }
    }
}

/// `answers! { GET_THING_ANSWERS -> types::Thing, types::ApiError { … } }`, or `request!` of the request's
/// own type.
pub(super) fn table(operation: &Operation, scope: Scope<'_>) -> TokenStream {
    let success = outcome(&operation.success, scope);
    let failure = outcome(&operation.failure, scope);
    let rows = operation.rows.iter().map(row);
    let (table, name) = match &operation.answers_ident {
        Some(answers) => (quote! { answers }, answers),
        None => (quote! { request }, &operation.request_ident),
    };
    quote! {
        #table! { #name -> #success, #failure {
            #(#rows;)*
        } }
    }
}

/// `200 => success(json)`
fn row(row: &Row) -> TokenStream {
    let status = status(row.status);
    let verdict = match row.verdict {
        Verdict::Success => quote! { success },
        Verdict::Failure => quote! { failure },
        Verdict::Other => quote! { other },
    };
    let arms = match row.arms.as_slice() {
        [arm] if !arm.reading.is_of_items() => vec![decoder(arm)],
        arms => arms.iter().map(arm).collect(),
    };
    quote! { #status => #verdict(#(#arms),*) }
}

/// `"text/csv" => text as ExportOutcome::Csv`
fn arm(arm: &Arm) -> TokenStream {
    let media = &arm.media;
    let decoder = decoder(arm);
    quote! { #(#media)|* => #decoder }
}

/// `json as ExportOutcome::Json`
fn decoder(arm: &Arm) -> TokenStream {
    let decoder = match arm.reading {
        Reading::Json(_) => quote! { json },
        Reading::Form(_) => quote! { form },
        Reading::Text => quote! { text },
        Reading::Bytes => quote! { bytes },
        Reading::Stream => quote! { stream },
        Reading::Events(_) => quote! { events },
        Reading::TextEvents => quote! { texts },
        Reading::EventObjects(_) => quote! { envelopes },
        Reading::Items(_) => quote! { items },
        Reading::Empty => quote! { empty },
    };
    let variant = arm
        .variant
        .as_ref()
        .map(|(name, variant)| quote! { as #name::#variant });
    quote! { #decoder #variant }
}

/// A pattern over the status: `404`, `400..=499` or `_`.
fn status(status: Status) -> TokenStream {
    match status {
        Status::Exact(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote! { #code }
        }
        Status::Range(_) => {
            let [first, last] = status.bounds().map(Literal::u16_unsuffixed);
            quote! { #first..=#last }
        }
        Status::Default => quote! { _ },
    }
}
