//! `client.rs`: the static description of the API, and what `Client` and its builder get for it.

use super::EmittedFile;
use super::attributes::{doc_line, doc_lines, docs};
use super::servers::servers;
use crate::model::{
    ClientModel, CredentialSetter, EnvironmentCredential, EnvironmentModel, Scheme, SchemeKind,
    Takes,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// `client.rs`
pub(super) fn file(client: &ClientModel) -> EmittedFile {
    let mut items = vec![imports(client), api(client)];
    items.extend(client.environment.as_ref().map(environment));
    items.push(client_methods(client.environment.as_ref()));
    items.extend(builder_methods(client));
    items.extend(client.servers.iter().flat_map(servers));
    items.push(mock_server());
    EmittedFile {
        path: "src/client.rs".to_owned(),
        docs: vec![
            "What this API adds to the client: its address, its credentials, its servers."
                .to_owned(),
        ],
        items,
    }
}

/// `use crate::runtime::{…};`
fn imports(client: &ClientModel) -> TokenStream {
    let environment = client.environment.as_ref();
    let takes = |is: fn(&Takes) -> bool| client.credentials.iter().any(|setter| is(&setter.takes));
    let names = [
        ("Api", true),
        ("BuildError", environment.is_some()),
        ("Client", true),
        ("ClientBuilder", true),
        (
            "ClientCredentials",
            takes(|takes| matches!(takes, Takes::Client(_))),
        ),
        (
            "Credential",
            takes(|takes| !matches!(takes, Takes::Client(_))),
        ),
        ("Environment", environment.is_some()),
        (
            "EnvironmentCredential",
            environment.is_some_and(|environment| !environment.credentials.is_empty()),
        ),
        (
            "EnvironmentUrl",
            environment.is_some_and(|environment| environment.base_url.is_some()),
        ),
        ("Scheme", !client.schemes.is_empty()),
        ("SchemeKind", !client.schemes.is_empty()),
        ("Secret", !client.credentials.is_empty()),
    ];
    let used = names.into_iter().filter(|(_, used)| *used);
    let used = used.map(|(name, _)| Ident::new(name, Span::call_site()));
    quote! { use crate::runtime::{#(#used),*}; }
}

/// `pub(crate) static API: Api = …;`
fn api(client: &ClientModel) -> TokenStream {
    let base_url = &client.base_url;
    let schemes = client.schemes.iter().map(scheme);
    quote! {
        pub(crate) static API: Api = Api {
            base_url: #base_url,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")),
            schemes: &[#(#schemes),*],
        };
    }
}

/// `Scheme { name: "auth", kind: SchemeKind::Bearer }`
fn scheme(scheme: &Scheme) -> TokenStream {
    let name = &scheme.name;
    let kind = match &scheme.kind {
        SchemeKind::Bearer => quote! { SchemeKind::Bearer },
        SchemeKind::Basic => quote! { SchemeKind::Basic },
        SchemeKind::Http(word) => quote! { SchemeKind::Http(#word) },
        SchemeKind::ApiKeyHeader(name) => quote! { SchemeKind::ApiKeyHeader(#name) },
        SchemeKind::ApiKeyQuery(name) => quote! { SchemeKind::ApiKeyQuery(#name) },
        SchemeKind::ApiKeyCookie(name) => quote! { SchemeKind::ApiKeyCookie(#name) },
        SchemeKind::Transport => quote! { SchemeKind::Transport },
    };
    quote! { Scheme { name: #name, kind: #kind } }
}

/// `impl MockServer { … }`
fn mock_server() -> TokenStream {
    let docs = doc_lines(&[
        "Starts a server on a free port.",
        "",
        "# Panics",
        "",
        "When there is no free port.",
    ]);
    quote! {
        #[cfg(feature = "testing")]
        impl crate::testing::MockServer {
            #docs
            #[must_use]
            pub fn start() -> Self {
                Self::of(&API)
            }
        }
    }
}

/// `static ENVIRONMENT: Environment = …;`
fn environment(environment: &EnvironmentModel) -> TokenStream {
    let base_url = match &environment.base_url {
        Some((variable, path)) => quote! {
            Some(EnvironmentUrl { variable: #variable, path: #path })
        },
        None => quote! { None },
    };
    let credentials = environment.credentials.iter().map(environment_credential);
    quote! {
        static ENVIRONMENT: Environment = Environment {
            base_url: #base_url,
            credentials: &[#(#credentials),*],
        };
    }
}

/// `EnvironmentCredential { scheme: "auth", … }`
fn environment_credential(credential: &EnvironmentCredential) -> TokenStream {
    let scheme = &credential.scheme;
    let variable = &credential.variable;
    let password_variable = match &credential.password_variable {
        Some(variable) => quote! { Some(#variable) },
        None => quote! { None },
    };
    let required = credential.required;
    quote! {
        EnvironmentCredential {
            scheme: #scheme,
            variable: #variable,
            password_variable: #password_variable,
            required: #required,
        }
    }
}

/// `impl Client { … }`
fn client_methods(environment: Option<&EnvironmentModel>) -> TokenStream {
    let docs = doc_line("A builder, with the address of this API.");
    let from_env = environment.map(client_from_env);
    quote! {
        impl Client {
            #docs
            pub fn builder() -> ClientBuilder {
                ClientBuilder::new(&API)
            }
            #from_env
        }
    }
}

/// `pub fn from_env() -> Result<Self, BuildError>` of the client
fn client_from_env(environment: &EnvironmentModel) -> TokenStream {
    let docs = docs(&environment.docs);
    quote! {
        #docs
        #[cfg(feature = "reqwest")]
        pub fn from_env() -> Result<Self, BuildError> {
            ClientBuilder::from_env()?.build()
        }
    }
}

/// `impl ClientBuilder { … }`, if this API adds anything to it.
fn builder_methods(client: &ClientModel) -> Option<TokenStream> {
    let from_env = client.environment.as_ref().map(builder_from_env);
    let credentials = client.credentials.iter().map(credential);
    let server = client.servers.is_some().then(server_setter);
    let methods: Vec<_> = from_env
        .into_iter()
        .chain(credentials)
        .chain(server)
        .collect();
    (!methods.is_empty()).then(|| {
        quote! {
            impl ClientBuilder {
                #(#methods)*
            }
        }
    })
}

/// `pub fn from_env() -> Result<Self, BuildError>` of the builder
fn builder_from_env(environment: &EnvironmentModel) -> TokenStream {
    let docs = docs(&environment.docs);
    quote! {
        #docs
        pub fn from_env() -> Result<Self, BuildError> {
            Self::new(&API).environment(&ENVIRONMENT)
        }
    }
}

/// `pub fn bearer_token(self, secret: impl Into<Secret>) -> Self`
fn credential(setter: &CredentialSetter) -> TokenStream {
    let docs = docs(&setter.docs);
    let name = &setter.ident;
    let schemes = &setter.schemes;
    let (arguments, credential) = match &setter.takes {
        Takes::Basic => (
            quote! { user: impl Into<String>, password: impl Into<Secret> },
            quote! { Credential::basic(user, password) },
        ),
        Takes::Secret => (
            quote! { secret: impl Into<Secret> },
            quote! { Credential::token(secret) },
        ),
        Takes::Client(url) => (
            quote! { client_id: impl Into<String>, client_secret: impl Into<Secret> },
            quote! { ClientCredentials::new(#url, client_id, client_secret) },
        ),
    };
    let body = match (&setter.takes, schemes.as_slice()) {
        (Takes::Client(_), _) => quote! {
            self #(.credential_provider(#schemes, #credential))*
        },
        (_, [scheme]) => quote! { self.credential(#scheme, #credential) },
        _ => quote! {
            let credential = #credential;
            self #(.credential(#schemes, credential.clone()))*
        },
    };
    quote! {
        #docs
        pub fn #name(self, #arguments) -> Self {
            #body
        }
    }
}

/// `pub fn server(self, server: Server) -> Self`
fn server_setter() -> TokenStream {
    let docs = doc_lines(&[
        "Sends the requests to one of the servers that the document names.",
        "",
        "Operations with servers of their own are sent to those; `base_url` is for all of them.",
    ]);
    quote! {
        #docs
        pub fn server(self, server: Server) -> Self {
            self.server_url(server.url())
        }
    }
}
