//! Servers: an enum with a variant for each, which has a field for each variable.

use crate::docs::{Writer, code};
use crate::ir;
use crate::model;
use crate::name::{Role, Scope};
use proc_macro2::Ident;
use std::collections::BTreeMap;

/// The enum of some servers, if there are any: `name` is its own, and what those of variables begin with.
pub(super) fn servers(
    servers: &[ir::Server],
    name: &str,
    docs: &str,
    types: &mut Scope,
) -> Option<model::Servers> {
    if servers.is_empty() {
        return None;
    }
    let mut scope = Scope::new(Role::Variant);
    let mut enums = Enums {
        name,
        known: Vec::new(),
    };
    Some(model::Servers {
        docs: Writer::new().paragraph(docs).docs(),
        ident: types.ident(name),
        list: servers
            .iter()
            .map(|server| self::server(server, &mut scope, &mut enums, types))
            .collect(),
        enums: enums.known.into_iter().map(|(_, known)| known).collect(),
    })
}

/// The enums of variables; those of one name and the same values are one.
struct Enums<'a> {
    name: &'a str,
    known: Vec<(&'a ir::ServerVariable, model::ServerEnum)>,
}

impl<'a> Enums<'a> {
    /// The type and the default of a variable. One whose default is not among its values takes any text.
    fn default(
        &mut self,
        variable: &'a ir::ServerVariable,
        types: &mut Scope,
    ) -> model::ServerDefault {
        let text = || model::ServerDefault::Text(variable.default.clone());
        if !variable.allowed.contains(&variable.default) {
            return text();
        }
        let same = |known: &ir::ServerVariable| {
            known.name == variable.name && known.allowed == variable.allowed
        };
        if !self.known.iter().any(|(known, _)| same(known)) {
            let new = self.values(variable, types);
            self.known.push((variable, new));
        }
        let known = self.known.iter().find(|(known, _)| same(known));
        let chosen = known.and_then(|(_, known)| {
            let mut values = known.values.iter();
            let (variant, _) = values.find(|(_, value)| *value == variable.default)?;
            Some((known.ident.clone(), variant.clone()))
        });
        chosen.map_or_else(text, |(ident, variant)| {
            model::ServerDefault::Variant(ident, variant)
        })
    }

    fn values(&self, variable: &ir::ServerVariable, types: &mut Scope) -> model::ServerEnum {
        let fallback = format!("What {} may be in a URL.", code(&variable.name));
        let mut scope = Scope::new(Role::Variant);
        let mut values: Vec<(Ident, String)> = Vec::new();
        for value in &variable.allowed {
            if !values.iter().any(|(_, known)| known == value) {
                let name = if value.is_empty() { "Empty" } else { value };
                values.push((scope.ident(name), value.clone()));
            }
        }
        model::ServerEnum {
            docs: Writer::new()
                .untrusted_or(variable.description.as_deref(), &fallback)
                .docs(),
            ident: types.ident(&format!("{} {}", self.name, variable.name)),
            values,
        }
    }
}

fn server<'a>(
    server: &'a ir::Server,
    scope: &mut Scope,
    enums: &mut Enums<'a>,
    types: &mut Scope,
) -> model::Server {
    let mut fields = Scope::new(Role::Field);
    let mut idents: BTreeMap<&str, Ident> = BTreeMap::new();
    let mut variables = Vec::new();
    for variable in &server.variables {
        let ident = fields.ident(&variable.name);
        idents.insert(&variable.name, ident.clone());
        let default = enums.default(variable, types);
        variables.push(model::ServerVariable {
            ident,
            docs: variable_docs(variable, &default),
            default,
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

fn variable_docs(variable: &ir::ServerVariable, default: &model::ServerDefault) -> model::Docs {
    let fallback = format!("The {} of the URL.", code(&variable.name));
    let mut writer = Writer::new().untrusted_or(variable.description.as_deref(), &fallback);
    writer = writer.paragraph(&format!("The default is {}.", code(&variable.default)));
    let is_text = matches!(default, model::ServerDefault::Text(_));
    if is_text && !variable.allowed.is_empty() {
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
