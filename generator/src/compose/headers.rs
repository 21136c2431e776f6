//! Typed response headers: one key per name and type, over all responses.

use super::Context;
use crate::docs::{Writer, code};
use crate::model;
use crate::name::{Role, Scope};
use std::collections::BTreeMap;

impl Context<'_> {
    pub(super) fn headers(&self) -> Vec<model::HeaderKey> {
        let mut found: BTreeMap<(String, String), (model::Type, Option<&str>)> = BTreeMap::new();
        let responses = self
            .api
            .operations
            .iter()
            .flat_map(|operation| &operation.responses);
        for header in responses.flat_map(|response| &response.headers) {
            let ty = self.kind(&header.ty.kind);
            let key = (header.name.clone(), format!("{ty:?}"));
            let known = found.entry(key).or_insert((ty, None));
            known.1 = known.1.or(header.description.as_deref());
        }
        let mut scope = Scope::new(Role::Constant);
        found
            .into_iter()
            .map(|((wire, _), (ty, description))| model::HeaderKey {
                docs: Writer::new()
                    .untrusted_or(description, &format!("The {} header.", code(&wire)))
                    .docs(),
                ident: scope.ident(&wire),
                wire,
                ty,
            })
            .collect()
    }
}
