//! Security schemes, and the requirements of operations: alternatives of combinations.

use super::Lowering;
use crate::beside;
use crate::diagnostic::{Code, Pointer};
use crate::ir::{Scheme, SchemeKind, TokenEndpoint};
use crate::token::is_token;
use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme};

impl Lowering<'_, '_> {
    /// The schemes that the runtime can serve.
    pub(super) fn schemes(&mut self) -> Vec<Scheme> {
        let Some(components) = self.api.components.as_ref() else {
            return Vec::new();
        };
        let base = Pointer::root().child("components").child("securitySchemes");
        let mut schemes = Vec::new();
        for (name, scheme) in &components.security_schemes {
            let pointer = base.child(name);
            let Some((scheme, pointer)) = self.resolve(
                scheme,
                "securitySchemes",
                |components| &components.security_schemes,
                &pointer,
            ) else {
                continue;
            };
            match self::scheme(name, scheme) {
                Ok(scheme) => schemes.push(scheme),
                Err(what) => {
                    self.diagnostics
                        .report(
                            Code::Unsupported,
                            &pointer,
                            format!("{what} is not supported"),
                        )
                        .help(
                            "its credential cannot be set on the client; add the header yourself",
                        );
                }
            }
        }
        schemes
    }

    /// The requirements of an operation, or of the whole API, that the runtime can meet.
    pub(super) fn security(
        &mut self,
        requirements: &[SecurityRequirement],
        schemes: &[Scheme],
        pointer: &Pointer,
    ) -> Vec<Vec<String>> {
        let mut alternatives = Vec::new();
        for (index, requirement) in requirements.iter().enumerate() {
            let unknown = requirement
                .keys()
                .find(|name| !schemes.iter().any(|scheme| scheme.name == **name));
            match unknown {
                None => alternatives.push(requirement.keys().cloned().collect()),
                Some(name) => self.unknown_scheme(name, &pointer.child(index).child(name)),
            }
        }
        alternatives
    }

    fn unknown_scheme(&mut self, name: &str, pointer: &Pointer) {
        let defined = self
            .api
            .components
            .as_ref()
            .is_some_and(|all| all.security_schemes.contains_key(name));
        let place = crate::diagnostic::Place::Key(pointer.clone());
        if defined {
            let message = format!("the credential `{name}` cannot be set on the client");
            self.diagnostics
                .report(Code::Unsupported, place, message)
                .label("not supported, see there")
                .help("this alternative was left out: add the header yourself where it is needed");
        } else {
            self.diagnostics
                .report(
                    Code::UnknownSecurityScheme,
                    place,
                    format!("`{name}` is not a security scheme of this document"),
                )
                .label("not defined under `components/securitySchemes`")
                .help("this alternative was left out; define the scheme, or correct the name");
        }
    }
}

/// What the runtime has to know of a scheme, or what is not supported.
fn scheme(name: &str, scheme: &SecurityScheme) -> Result<Scheme, String> {
    let (kind, description) = match scheme {
        SecurityScheme::HTTP {
            scheme,
            bearer_format: _,
            description,
            extensions,
        } => {
            let is_of_transport = extensions.contains_key(beside::MUTUAL_TLS);
            (http(scheme.trim(), is_of_transport)?, description)
        }
        SecurityScheme::APIKey {
            location,
            name,
            description,
            extensions: _,
        } => (api_key(location, name)?, description),
        SecurityScheme::OAuth2 {
            flows: _,
            description,
            extensions: _,
        } => (SchemeKind::Bearer, description),
        SecurityScheme::OpenIDConnect {
            open_id_connect_url: _,
            description,
            extensions: _,
        } => (SchemeKind::Bearer, description),
    };
    Ok(Scheme {
        name: name.to_owned(),
        kind,
        description: description.clone(),
        client_credentials: client_credentials(scheme),
    })
}

fn http(scheme: &str, is_of_transport: bool) -> Result<SchemeKind, String> {
    match scheme.to_ascii_lowercase().as_str() {
        _ if is_of_transport => Ok(SchemeKind::Transport),
        "bearer" => Ok(SchemeKind::Bearer),
        "basic" => Ok(SchemeKind::Basic),
        other if is_token(other) => Ok(SchemeKind::Http(scheme.to_owned())),
        _ => Err(format!("the http authentication scheme `{scheme}`")),
    }
}

fn api_key(location: &APIKeyLocation, name: &str) -> Result<SchemeKind, String> {
    match location {
        APIKeyLocation::Header if is_token(name) => Ok(SchemeKind::ApiKeyHeader(name.to_owned())),
        APIKeyLocation::Header => Err(format!("an apiKey in `{name}`, which is no header name,")),
        APIKeyLocation::Query => Ok(SchemeKind::ApiKeyQuery(name.to_owned())),
        APIKeyLocation::Cookie if is_token(name) => Ok(SchemeKind::ApiKeyCookie(name.to_owned())),
        APIKeyLocation::Cookie => Err(format!(
            "an apiKey in `{name}`, which is no name of a cookie,"
        )),
    }
}

/// Where a client obtains tokens for itself, if the document says so.
fn client_credentials(scheme: &SecurityScheme) -> Option<TokenEndpoint> {
    let SecurityScheme::OAuth2 { flows, .. } = scheme else {
        return None;
    };
    let flow = flows.client_credentials.as_ref()?;
    (!flow.token_url.trim().is_empty()).then(|| TokenEndpoint {
        url: flow.token_url.trim().to_owned(),
        scopes: flow.scopes.keys().cloned().collect(),
    })
}
