//! The request that an operation's method returns: the name of its type, and its setters where it has
//! optional parts.

use super::attributes::{deprecated, doc_line, docs};
use super::body::{body_argument, body_set};
use super::moved::moved;
use super::operation::{argument, call};
use super::outcome::outcome;
use super::ty::Scope;
use crate::model::{Body, Operation, Parameter, RequestType, Servers};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// `Request<'_, types::Thing, types::ApiError>`, or `ListThingsRequest<'_>`
pub(super) fn request_type(operation: &Operation, scope: Scope<'_>) -> TokenStream {
    if let Some(RequestType { ident, .. }) = &operation.request {
        return quote! { #ident<'_> };
    }
    let success = outcome(&operation.success, scope);
    let failure = outcome(&operation.failure, scope);
    quote! { Request<'_, #success, #failure> }
}

/// `pub type ListThingsRequest<'c> = Request<'c, …>`, and the type that marks its operation.
pub(super) fn request(
    operation: &Operation,
    request: &RequestType,
    scope: Scope<'_>,
) -> [TokenStream; 2] {
    let method = operation.method_ident.to_string();
    // rustdoc has no way to link to a name that is a keyword.
    let method = match method.strip_prefix("r#") {
        Some(keyword) => format!("`Client::r#{keyword}`"),
        None => format!("[`Client::{method}`]"),
    };
    let docs = doc_line(&format!("The request of {method}; `.await` sends it."));
    let RequestType {
        ident,
        marker_ident,
    } = request;
    let marker_docs = doc_line(&format!("Marks a [`{ident}`]."));
    let success = outcome(&operation.success, scope);
    let failure = outcome(&operation.failure, scope);
    [
        quote! {
            #docs
            pub type #ident<'c> = Request<'c, #success, #failure, #marker_ident>;
        },
        quote! {
            #marker_docs
            pub enum #marker_ident {}
        },
    ]
}

/// `impl CreateThingRequest<'_> { … }`: optional parameters and an optional body, if there are any.
pub(super) fn setters(
    operation: &Operation,
    request: &RequestType,
    scope: Scope<'_>,
) -> Option<TokenStream> {
    let name = &request.ident;
    let parameters = operation
        .setters
        .iter()
        .map(|parameter| setter(parameter, scope));
    let body = operation.body.iter().filter(|body| !body.required);
    let body = body.map(|body| body_setter(body, scope));
    let server = operation.servers.iter();
    let server = server.map(|(name, servers)| server_setter(name, servers));
    let methods = parameters.chain(body).chain(server);
    let methods: Vec<_> = methods.map(moved).collect();
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
    let docs = moved(docs(&parameter.docs));
    let deprecated = deprecated(parameter.deprecated);
    let name = &parameter.ident;
    let argument = moved(argument(parameter, scope));
    let call = moved(call(parameter));
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
    let call = body_set(body, &quote! { self });
    quote! {
        #docs
        #[inline]
        pub fn #name(mut self, #argument) -> Self {
            #call
            self
        }
    }
}
