//! What an operation adds to `Client`.

use super::attributes::{deprecated, docs, too_many_arguments};
use super::body::{body_argument, body_set};
use super::moved::moved;
use super::request::request_type;
use super::ty::Scope;
use crate::model::{
    ArrayStyle, HttpMethod, Location, Operation, Parameter, ParameterShape, Style, Type,
};
use proc_macro2::TokenStream;
use quote::quote;

/// `impl Client { … }` with the methods of one file.
pub(super) fn methods(operations: &[Operation], scope: Scope<'_>) -> TokenStream {
    let methods = operations
        .iter()
        .map(|operation| moved(self::operation(operation, scope)));
    quote! {
        impl Client {
            #(#methods)*
        }
    }
}

/// `pub fn create_thing(&self, …) -> CreateThingRequest<'_>`
fn operation(operation: &Operation, scope: Scope<'_>) -> TokenStream {
    let docs = moved(docs(&operation.docs));
    let deprecated = deprecated(operation.deprecated);
    let name = &operation.method_ident;
    let request = moved(request_type(operation, scope));
    let body = operation.body.iter().filter(|body| body.required);
    let arguments: Vec<_> = operation
        .arguments
        .iter()
        .map(|parameter| argument(parameter, scope))
        .chain(body.clone().map(|body| body_argument(body, scope)))
        .collect();
    let expect = too_many_arguments(1 + arguments.len());
    let calls = extension(&operation.http_method)
        .into_iter()
        .chain(operation.arguments.iter().map(call))
        .map(|set| quote! { request.call.#set; })
        .chain(body.map(|body| body_set(body, &quote! { request })));
    let construction = moved(construction(operation, calls.collect()));
    quote! {
        #docs
        #deprecated
        #expect
        #[inline]
        pub fn #name(&self, #(#arguments),*) -> #request {
            #construction
        }
    }
}

/// `method("COPY")`
fn extension(method: &HttpMethod) -> Option<TokenStream> {
    match method {
        HttpMethod::Extension(token) => Some(quote! { method(#token) }),
        _ => None,
    }
}

/// The body of an operation's method; `mut` only where something is set.
fn construction(operation: &Operation, calls: Vec<TokenStream>) -> TokenStream {
    let name = &operation.constant_ident;
    if calls.is_empty() {
        return quote! { Request::new(self, &#name) };
    }
    quote! {
        let mut request = Request::new(self, &#name);
        #(#calls)*
        request
    }
}

/// `limit: i64`
pub(super) fn argument(parameter: &Parameter, scope: Scope<'_>) -> TokenStream {
    let name = &parameter.ident;
    let ty = parameter_type(parameter, scope);
    quote! { #name: #ty }
}

/// The type of a parameter's argument.
fn parameter_type(parameter: &Parameter, scope: Scope<'_>) -> TokenStream {
    match (parameter.shape, &parameter.ty) {
        (ParameterShape::Array(_), Type::String | Type::Secret) => {
            quote! { impl IntoIterator<Item = impl std::fmt::Display> }
        }
        (ParameterShape::Array(_), ty) => {
            let item = scope.ty(ty);
            quote! { impl IntoIterator<Item = #item> }
        }
        (_, Type::String | Type::Secret) => quote! { &str },
        (_, ty) => scope.ty(ty),
    }
}

/// `path("id", &id)`: a parameter on its way into the call.
pub(super) fn call(parameter: &Parameter) -> TokenStream {
    let name = &parameter.ident;
    let wire = &parameter.wire;
    match (parameter.location, parameter.shape) {
        (_, ParameterShape::QueryString(style)) => {
            let style = self::style(style);
            quote! { query_string(#wire, #style, &#name) }
        }
        (location, ParameterShape::Value(style, explode)) => {
            let method = match location {
                Location::Path => quote! { path_value },
                Location::Query if parameter.allow_reserved => quote! { query_reserved },
                Location::Query => quote! { query_value },
                Location::Header => quote! { header_value },
                Location::Cookie => quote! { cookie_value },
            };
            let style = self::style(style);
            quote! { #method(#wire, #style, #explode, &#name) }
        }
        (Location::Path, ParameterShape::Single) => quote! { path(#wire, &#name) },
        (Location::Path, ParameterShape::Array(_)) => quote! { path_array(#wire, #name) },
        (Location::Header, ParameterShape::Single) => quote! { header(#wire, &#name) },
        (Location::Header, ParameterShape::Array(_)) => quote! { header_array(#wire, #name) },
        (Location::Query, ParameterShape::Single) => quote! { query(#wire, &#name) },
        (Location::Query, ParameterShape::Array(style)) => {
            let style = array_style(style);
            quote! { query_array(#wire, #style, #name) }
        }
        (Location::Cookie, ParameterShape::Single | ParameterShape::Array(_)) => {
            quote! { cookie_value(#wire, Style::Form, true, &#name) }
        }
    }
}

/// `Style::DeepObject`
pub(super) fn style(style: Style) -> TokenStream {
    match style {
        Style::Simple => quote! { Style::Simple },
        Style::Label => quote! { Style::Label },
        Style::Matrix => quote! { Style::Matrix },
        Style::Form => quote! { Style::Form },
        Style::SpaceDelimited => quote! { Style::SpaceDelimited },
        Style::PipeDelimited => quote! { Style::PipeDelimited },
        Style::DeepObject => quote! { Style::DeepObject },
        Style::Cookie => quote! { Style::Cookie },
        Style::Json => quote! { Style::Json },
    }
}

/// `ArrayStyle::Form { explode: true }`
fn array_style(style: ArrayStyle) -> TokenStream {
    match style {
        ArrayStyle::Exploded => quote! { ArrayStyle::Form { explode: true } },
        ArrayStyle::Comma => quote! { ArrayStyle::Form { explode: false } },
        ArrayStyle::Space => quote! { ArrayStyle::SpaceDelimited },
        ArrayStyle::Pipe => quote! { ArrayStyle::PipeDelimited },
    }
}
