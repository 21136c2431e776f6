//! The client's static description, credentials and environment.

use super::credentials::credentials;
use super::{Context, servers};
use crate::docs::{Writer, code};
use crate::ir;
use crate::model::{self, SchemeKind, Takes};
use crate::name::{Role, Scope};

impl Context<'_> {
    pub(super) fn client(&self) -> model::ClientModel {
        // A relative URL is relative to wherever the document was found, which nobody knows here.
        let absolute: Vec<_> = self
            .api
            .servers
            .iter()
            .filter(|server| server.is_absolute())
            .cloned()
            .collect();
        let base_url = absolute
            .first()
            .map(ir::Server::default_url)
            .unwrap_or_default();
        model::ClientModel {
            base_url,
            servers: servers::servers(
                &absolute,
                "Server",
                "A server that the document names.",
                &mut Scope::new(Role::Type),
            ),
            schemes: self.api.schemes.iter().map(scheme).collect(),
            credentials: credentials(&self.api.schemes),
            environment: self.environment(),
        }
    }

    /// The call that sets a credential, for the example of the crate.
    pub(super) fn first_credential(&self) -> String {
        let setters = credentials(&self.api.schemes);
        setters.first().map_or_else(String::new, |setter| {
            let arguments = match setter.takes {
                Takes::Secret => "\"secret\"",
                Takes::Basic => "\"user\", \"password\"",
                Takes::Client(_) => "\"client\", \"secret\"",
            };
            format!(".{}({arguments})", setter.ident)
        })
    }

    fn environment(&self) -> Option<model::EnvironmentModel> {
        let environment = self.options.environment.as_ref()?;
        let mut lines = Vec::new();
        if let Some(url) = &environment.base_url {
            let path = if url.path.is_empty() {
                String::new()
            } else {
                format!("; {} is appended unless it ends with it", code(&url.path))
            };
            lines.push(format!(
                "- {}: the base URL, if set{path}",
                code(&url.variable)
            ));
        }
        for credential in &environment.credentials {
            let need = if credential.required {
                "required"
            } else {
                "if set"
            };
            let password = credential
                .password_variable
                .iter()
                .map(|variable| format!(" and {}", code(variable)));
            let password: String = password.collect();
            lines.push(format!(
                "- {}{password}: the credential {}, {need}",
                code(&credential.variable),
                code(&credential.scheme)
            ));
        }
        Some(model::EnvironmentModel {
            docs: Writer::new()
                .paragraph("Reads the environment:")
                .verbatim(lines.iter().map(String::as_str))
                .paragraph("# Errors")
                .paragraph("A required variable is not set, or a value cannot be used.")
                .docs(),
            base_url: environment
                .base_url
                .as_ref()
                .map(|url| (url.variable.clone(), url.path.clone())),
            credentials: environment.credentials.iter().map(credential).collect(),
        })
    }
}

fn credential(credential: &crate::options::EnvironmentCredential) -> model::EnvironmentCredential {
    model::EnvironmentCredential {
        scheme: credential.scheme.clone(),
        variable: credential.variable.clone(),
        password_variable: credential.password_variable.clone(),
        required: credential.required,
    }
}

fn scheme(scheme: &ir::Scheme) -> model::Scheme {
    model::Scheme {
        name: scheme.name.clone(),
        kind: match &scheme.kind {
            ir::SchemeKind::Bearer => SchemeKind::Bearer,
            ir::SchemeKind::Basic => SchemeKind::Basic,
            ir::SchemeKind::Http(word) => SchemeKind::Http(word.clone()),
            ir::SchemeKind::ApiKeyHeader(name) => SchemeKind::ApiKeyHeader(name.clone()),
            ir::SchemeKind::ApiKeyQuery(name) => SchemeKind::ApiKeyQuery(name.clone()),
            ir::SchemeKind::ApiKeyCookie(name) => SchemeKind::ApiKeyCookie(name.clone()),
            ir::SchemeKind::Transport => SchemeKind::Transport,
        },
    }
}
