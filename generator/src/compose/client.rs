//! The client's static description, credentials and environment.

use super::{Context, servers};
use crate::docs::{Writer, code};
use crate::ir;
use crate::model::{self, CredentialSetter, SchemeKind};
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
            servers: servers::servers(&absolute),
            schemes: self.api.schemes.iter().map(scheme).collect(),
            credentials: credentials(&self.api.schemes),
            environment: self.environment(),
        }
    }

    /// The call that sets a credential, for the example of the crate.
    pub(super) fn first_credential(&self) -> String {
        let setters = credentials(&self.api.schemes);
        setters.first().map_or_else(String::new, |setter| {
            let arguments = if setter.basic {
                "\"user\", \"password\""
            } else {
                "\"secret\""
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
            ir::SchemeKind::ApiKeyHeader(name) => SchemeKind::ApiKeyHeader(name.clone()),
            ir::SchemeKind::ApiKeyQuery(name) => SchemeKind::ApiKeyQuery(name.clone()),
            ir::SchemeKind::ApiKeyCookie(name) => SchemeKind::ApiKeyCookie(name.clone()),
        },
    }
}

/// Setters: one per kind that serves every scheme of it, so that another scheme upstream renames
/// nothing; and one per scheme where its kind does not say which.
fn credentials(schemes: &[ir::Scheme]) -> Vec<CredentialSetter> {
    let mut scope = Scope::new(Role::Credential);
    let mut setters = Vec::new();
    for (kind, name, words) in [
        (
            ir::SchemeKind::Bearer,
            "bearer_token",
            "Sets the token that is sent as `Authorization: Bearer`.",
        ),
        (
            ir::SchemeKind::Basic,
            "basic_auth",
            "Sets the user name and password that are sent as `Authorization: Basic`.",
        ),
    ] {
        let same: Vec<_> = schemes
            .iter()
            .filter(|scheme| scheme.kind == kind)
            .collect();
        if same.is_empty() {
            continue;
        }
        scope.reserve(name);
        let described = same.iter().find_map(|scheme| scheme.description.as_deref());
        setters.push(CredentialSetter {
            ident: Scope::fixed(name),
            docs: Writer::new()
                .paragraph(words)
                .untrusted(described.unwrap_or_default())
                .docs(),
            schemes: same.iter().map(|scheme| scheme.name.clone()).collect(),
            basic: kind == ir::SchemeKind::Basic,
        });
        if same.len() > 1 {
            setters.extend(same.iter().map(|scheme| setter(scheme, &mut scope)));
        }
    }
    let keys = schemes
        .iter()
        .filter(|scheme| !matches!(scheme.kind, ir::SchemeKind::Bearer | ir::SchemeKind::Basic));
    setters.extend(keys.map(|scheme| setter(scheme, &mut scope)));
    setters
}

fn setter(scheme: &ir::Scheme, scope: &mut Scope) -> CredentialSetter {
    let how = match &scheme.kind {
        ir::SchemeKind::Bearer => "`Authorization: Bearer`".to_owned(),
        ir::SchemeKind::Basic => "`Authorization: Basic`".to_owned(),
        ir::SchemeKind::ApiKeyHeader(name) => format!("the {} header", code(name)),
        ir::SchemeKind::ApiKeyQuery(name) => format!("the query parameter {}", code(name)),
        ir::SchemeKind::ApiKeyCookie(name) => format!("the cookie {}", code(name)),
    };
    CredentialSetter {
        ident: scope.ident(&scheme.name),
        docs: Writer::new()
            .paragraph(&format!(
                "Sets the credential {}, which is sent as {how}.",
                code(&scheme.name)
            ))
            .untrusted(scheme.description.as_deref().unwrap_or_default())
            .docs(),
        schemes: vec![scheme.name.clone()],
        basic: scheme.kind == ir::SchemeKind::Basic,
    }
}
