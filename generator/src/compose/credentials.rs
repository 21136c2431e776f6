//! The methods of the builder that set credentials.

use crate::docs::{Writer, code};
use crate::ir;
use crate::model::{CredentialSetter, Takes};
use crate::name::{Role, Scope};

/// Setters: one per kind that serves every scheme of it, so that another scheme upstream renames
/// nothing; and one per scheme where its kind does not say which.
pub(super) fn credentials(schemes: &[ir::Scheme]) -> Vec<CredentialSetter> {
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
            takes: takes(&kind),
        });
        if same.len() > 1 {
            setters.extend(same.iter().map(|scheme| setter(scheme, &mut scope)));
        }
    }
    let has_own = |scheme: &&ir::Scheme| match scheme.kind {
        ir::SchemeKind::Bearer | ir::SchemeKind::Basic | ir::SchemeKind::Transport => false,
        ir::SchemeKind::Http(_)
        | ir::SchemeKind::ApiKeyHeader(_)
        | ir::SchemeKind::ApiKeyQuery(_)
        | ir::SchemeKind::ApiKeyCookie(_) => true,
    };
    let own = schemes.iter().filter(has_own);
    setters.extend(own.map(|scheme| setter(scheme, &mut scope)));
    setters.extend(client_credentials(schemes, &mut scope));
    setters
}

/// Setters for tokens that the client obtains itself: a short name where there is one endpoint.
fn client_credentials(schemes: &[ir::Scheme], scope: &mut Scope) -> Vec<CredentialSetter> {
    let endpoints = schemes
        .iter()
        .filter_map(|scheme| Some((scheme, scheme.client_credentials.as_ref()?)));
    let all: Vec<_> = endpoints.collect();
    let mut setters = Vec::with_capacity(all.len());
    for (scheme, endpoint) in &all {
        let name = match all.len() {
            1 => "client_credentials".to_owned(),
            _ => format!("{}_client_credentials", scheme.name),
        };
        let some: Vec<String> = endpoint
            .scopes
            .iter()
            .take(5)
            .map(|scope| code(scope))
            .collect();
        let more = if endpoint.scopes.len() > some.len() {
            " and more"
        } else {
            ""
        };
        let scopes = match some.as_slice() {
            [] => String::new(),
            [..] => format!(" (there are {}{more})", some.join(", ")),
        };
        setters.push(CredentialSetter {
            ident: scope.ident(&name),
            docs: Writer::new()
                .paragraph(&format!(
                    "Obtains tokens for the credential {} from {} as they are needed, for a client \
                     with this id and secret (OAuth 2 client credentials).",
                    code(&scheme.name),
                    code(&endpoint.url)
                ))
                .paragraph(&format!(
                    "To ask for scopes{scopes}, or at another address, give a \
                     [`ClientCredentials`](crate::ClientCredentials) to \
                     [`credential_provider`](ClientBuilder::credential_provider)."
                ))
                .docs(),
            schemes: vec![scheme.name.clone()],
            takes: Takes::Client(endpoint.url.clone()),
        });
    }
    setters
}

fn takes(kind: &ir::SchemeKind) -> Takes {
    match kind {
        ir::SchemeKind::Basic => Takes::Basic,
        _ => Takes::Secret,
    }
}

fn setter(scheme: &ir::Scheme, scope: &mut Scope) -> CredentialSetter {
    let how = match &scheme.kind {
        ir::SchemeKind::Bearer => "`Authorization: Bearer`".to_owned(),
        ir::SchemeKind::Basic => "`Authorization: Basic`".to_owned(),
        ir::SchemeKind::Http(word) => format!("what follows {} in `Authorization`", code(word)),
        ir::SchemeKind::ApiKeyHeader(name) => format!("the {} header", code(name)),
        ir::SchemeKind::ApiKeyQuery(name) => format!("the query parameter {}", code(name)),
        ir::SchemeKind::ApiKeyCookie(name) => format!("the cookie {}", code(name)),
        ir::SchemeKind::Transport => "the certificate of the transport".to_owned(),
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
        takes: takes(&scheme.kind),
    }
}
