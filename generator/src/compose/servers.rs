//! Servers: one variant each, with a field per variable.

use crate::docs::{Writer, code};
use crate::ir;
use crate::model;
use crate::name::{Role, Scope};
use proc_macro2::Ident;
use std::collections::BTreeMap;

/// The variants of `Server`, named for their URLs.
pub(super) fn servers(servers: &[ir::Server]) -> Vec<model::Server> {
    let mut scope = Scope::new(Role::Variant);
    servers
        .iter()
        .map(|server| self::server(server, &mut scope))
        .collect()
}

fn server(server: &ir::Server, scope: &mut Scope) -> model::Server {
    let mut fields = Scope::new(Role::Field);
    let mut idents: BTreeMap<&str, Ident> = BTreeMap::new();
    let mut variables = Vec::new();
    for variable in &server.variables {
        let ident = fields.ident(&variable.name);
        idents.insert(&variable.name, ident.clone());
        variables.push(model::ServerVariable {
            ident,
            docs: variable_docs(variable),
            default: variable.default.clone(),
        });
    }
    let name = server
        .url
        .split_once("://")
        .map_or(server.url.as_str(), |(_, rest)| rest);
    let url = format!("{}.", code(&server.url));
    model::Server {
        ident: scope.ident(name),
        docs: Writer::new()
            .paragraph(&url)
            .untrusted(server.description.as_deref().unwrap_or_default())
            .docs(),
        pieces: pieces(&server.url, &idents),
        variables,
    }
}

fn variable_docs(variable: &ir::ServerVariable) -> model::Docs {
    let fallback = format!("The {} of the URL.", code(&variable.name));
    let mut writer = Writer::new().untrusted_or(variable.description.as_deref(), &fallback);
    writer = writer.paragraph(&format!("The default is {}.", code(&variable.default)));
    if !variable.allowed.is_empty() {
        let allowed: Vec<_> = variable.allowed.iter().map(|value| code(value)).collect();
        writer = writer.paragraph(&format!("One of {}.", allowed.join(", ")));
    }
    writer.docs()
}

/// The URL cut at its variables.
fn pieces(url: &str, idents: &BTreeMap<&str, Ident>) -> Vec<model::UrlPiece> {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let variable = after
            .split_once('}')
            .and_then(|(name, tail)| Some((idents.get(name)?, tail)));
        match variable {
            Some((ident, tail)) => {
                if !text.is_empty() {
                    pieces.push(model::UrlPiece::Text(std::mem::take(&mut text)));
                }
                pieces.push(model::UrlPiece::Variable(ident.clone()));
                rest = tail;
            }
            None => {
                text.push('{');
                rest = after;
            }
        }
    }
    text.push_str(rest);
    if !text.is_empty() {
        pieces.push(model::UrlPiece::Text(text));
    }
    pieces
}
