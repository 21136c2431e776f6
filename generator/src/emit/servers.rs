//! Servers: an enum of them, with fields for the variables of their URLs, and enums for the values that these
//! may have.

use super::attributes::{doc_line, docs};
use crate::model::{Server, ServerDefault, ServerEnum, ServerVariable, Servers, UrlPiece};
use proc_macro2::TokenStream;
use quote::quote;

/// The enum of some servers, its methods, and the enums of variables.
pub(super) fn servers(servers: &Servers) -> Vec<TokenStream> {
    let mut items = vec![definition(servers), methods(servers)];
    items.extend(default(servers));
    items.extend(servers.enums.iter().flat_map(values));
    items
}

/// `pub enum Server { … }`; the first is the default.
fn definition(servers: &Servers) -> TokenStream {
    let docs = docs(&servers.docs);
    let name = &servers.ident;
    let list = &servers.list;
    let plain_default = list.first().is_some_and(|first| first.variables.is_empty());
    let derive_default = plain_default.then(|| quote! { , Default });
    let mut default = plain_default.then(|| quote! { #[default] });
    let variants = list.iter().map(|server| {
        let docs = self::docs(&server.docs);
        let default = default.take();
        let name = &server.ident;
        let fields = fields(&server.variables);
        quote! {
            #docs
            #default
            #name #fields
        }
    });
    quote! {
        #docs
        #[derive(Clone, Debug #derive_default, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }
    }
}

/// `{ region: String, site: ServerSite }`
fn fields(variables: &[ServerVariable]) -> Option<TokenStream> {
    let fields = variables.iter().map(|variable| {
        let docs = docs(&variable.docs);
        let name = &variable.ident;
        let ty = match &variable.default {
            ServerDefault::Text(_) => quote! { String },
            ServerDefault::Variant(ty, _) => quote! { #ty },
        };
        quote! {
            #docs
            #name: #ty
        }
    });
    (!variables.is_empty()).then(|| quote! { { #(#fields,)* } })
}

/// `impl Server { pub fn url(&self) -> String }`
fn methods(servers: &Servers) -> TokenStream {
    let docs = doc_line("Its address.");
    let name = &servers.ident;
    let arms = servers.list.iter().map(arm);
    quote! {
        impl #name {
            #docs
            #[must_use]
            pub fn url(&self) -> String {
                match self {
                    #(#arms,)*
                }
            }
        }
    }
}

/// `Self::Regional { region } => ["https://", region.as_str(), ".example.com"].concat()`
fn arm(server: &Server) -> TokenStream {
    let name = &server.ident;
    let fields = server.variables.iter().map(|variable| &variable.ident);
    let fields = (!server.variables.is_empty()).then(|| quote! { { #(#fields),* } });
    let url = match server.pieces.as_slice() {
        [] => quote! { String::new() },
        [UrlPiece::Text(text)] => quote! { #text.to_owned() },
        pieces => {
            let pieces = pieces.iter().map(|piece| match piece {
                UrlPiece::Text(text) => quote! { #text },
                UrlPiece::Variable(name) => quote! { #name.as_str() },
            });
            quote! { [#(#pieces),*].concat() }
        }
    };
    quote! { Self::#name #fields => #url }
}

/// `impl Default for Server`, where the first server has variables.
fn default(servers: &Servers) -> Option<TokenStream> {
    let ty = &servers.ident;
    let first = servers.list.first()?;
    let name = &first.ident;
    let values = first.variables.iter().map(|variable| {
        let name = &variable.ident;
        let default = match &variable.default {
            ServerDefault::Text(text) => quote! { #text.to_owned() },
            ServerDefault::Variant(ty, variant) => quote! { #ty::#variant },
        };
        quote! { #name: #default }
    });
    (!first.variables.is_empty()).then(|| {
        quote! {
            impl Default for #ty {
                fn default() -> Self {
                    Self::#name { #(#values),* }
                }
            }
        }
    })
}

/// `pub enum ServerSite { … }` and `as_str`.
fn values(item: &ServerEnum) -> [TokenStream; 2] {
    let docs = docs(&item.docs);
    let name = &item.ident;
    let variants = item.values.iter().map(|(variant, value)| {
        let docs = doc_line(&crate::docs::code(value));
        quote! {
            #docs
            #variant
        }
    });
    let arms = item
        .values
        .iter()
        .map(|(variant, value)| quote! { Self::#variant => #value });
    let as_in_url = doc_line("As it is in the URL.");
    [
        quote! {
            #docs
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants,)*
            }
        },
        quote! {
            impl #name {
                #as_in_url
                #[must_use]
                pub fn as_str(self) -> &'static str {
                    match self {
                        #(#arms,)*
                    }
                }
            }
        },
    ]
}
