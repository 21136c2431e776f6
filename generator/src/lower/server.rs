//! Servers and their variables.

use super::Lowering;
use crate::ir;

impl Lowering<'_, '_> {
    /// Servers with every variable that their URLs name.
    pub(super) fn servers(&self, servers: &[openapiv3::Server]) -> Vec<ir::Server> {
        servers.iter().map(server).collect()
    }
}

fn server(server: &openapiv3::Server) -> ir::Server {
    let openapiv3::Server {
        url,
        description,
        variables,
        extensions: _,
    } = server;
    let variables = variables
        .iter()
        .flatten()
        .filter(|(name, _)| url.contains(&format!("{{{name}}}")));
    ir::Server {
        url: url.clone(),
        description: description.clone(),
        variables: variables
            .map(|(name, variable)| self::variable(name, variable))
            .collect(),
    }
}

fn variable(name: &str, variable: &openapiv3::ServerVariable) -> ir::ServerVariable {
    let openapiv3::ServerVariable {
        enumeration,
        default,
        description,
        extensions: _,
    } = variable;
    ir::ServerVariable {
        name: name.to_owned(),
        default: default.clone(),
        allowed: enumeration.clone(),
        description: description.clone(),
    }
}
