//! Security schemes, and the requirements of operations: alternatives of combinations.

use super::Lowering;
use crate::diagnostic::{Code, Pointer};
use crate::ir::{Scheme, SchemeKind};
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
            match kind(scheme) {
                Ok((kind, description)) => {
                    schemes.push(Scheme {
                        name: name.clone(),
                        kind,
                        description: description.cloned(),
                    });
                }
                Err(what) => {
                    self.diagnostics
                        .report(
                            Code::Unsupported,
                            &pointer,
                            format!("{what} is not supported yet"),
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
        if !defined {
            self.diagnostics
                .report(
                    Code::UnknownSecurityScheme,
                    crate::diagnostic::Place::Key(pointer.clone()),
                    format!("`{name}` is not a security scheme of this document"),
                )
                .label("not defined under `components/securitySchemes`")
                .help("this alternative was left out; define the scheme, or correct the name");
        }
    }
}

/// How the credential is sent, and what the document says of it; or what is not supported.
fn kind(scheme: &SecurityScheme) -> Result<(SchemeKind, Option<&String>), String> {
    match scheme {
        SecurityScheme::HTTP {
            scheme,
            bearer_format: _,
            description,
            extensions: _,
        } => match scheme.to_ascii_lowercase().as_str() {
            "bearer" => Ok((SchemeKind::Bearer, description.as_ref())),
            "basic" => Ok((SchemeKind::Basic, description.as_ref())),
            other => Err(format!("the http authentication scheme `{other}`")),
        },
        SecurityScheme::APIKey {
            location,
            name,
            description,
            extensions: _,
        } => match location {
            APIKeyLocation::Header if is_token(name) => {
                Ok((SchemeKind::ApiKeyHeader(name.clone()), description.as_ref()))
            }
            APIKeyLocation::Header => {
                Err(format!("an apiKey in `{name}`, which is no header name,"))
            }
            APIKeyLocation::Query => {
                Ok((SchemeKind::ApiKeyQuery(name.clone()), description.as_ref()))
            }
            APIKeyLocation::Cookie if is_token(name) => {
                Ok((SchemeKind::ApiKeyCookie(name.clone()), description.as_ref()))
            }
            APIKeyLocation::Cookie => Err(format!(
                "an apiKey in `{name}`, which is no name of a cookie,"
            )),
        },
        SecurityScheme::OAuth2 {
            flows: _,
            description,
            extensions: _,
        } => Ok((SchemeKind::Bearer, description.as_ref())),
        SecurityScheme::OpenIDConnect {
            open_id_connect_url: _,
            description,
            extensions: _,
        } => Ok((SchemeKind::Bearer, description.as_ref())),
    }
}
