//! Types as a test outside the generated crate names them.

use super::ty::Scope;
use crate::model::Type;
use std::collections::BTreeSet;

/// The type in text: `Vec<types::Pet>`.
pub(crate) fn type_text(ty: &Type) -> String {
    let tokens = Scope::Outside(&BTreeSet::new()).ty(ty);
    // Nothing but paths, angle brackets and commas: white space means nothing here.
    tokens.to_string().replace(' ', "").replace(',', ", ")
}
