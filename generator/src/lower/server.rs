//! Servers and their variables.

use super::Lowering;
use crate::diagnostic::{Code, Pointer};
use crate::ir;

impl Lowering<'_, '_> {
    /// A relative URL is relative to wherever the document was found, which nobody knows here.
    pub(super) fn check_servers(&mut self) {
        let base = Pointer::root().child("servers");
        for (index, server) in self.servers(&self.api.servers).iter().enumerate() {
            if !server.is_absolute() {
                self.diagnostics
                    .report(
                        Code::Unsupported,
                        base.child(index).child("url"),
                        format!("the server `{}` is relative", server.url),
                    )
                    .label("relative to where?")
                    .help(
                        "give the whole address, this path included, to `ClientBuilder::base_url`",
                    );
            }
        }
    }

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
