//! How calls behave: what of `codegen.toml` is about more than one request.

use serde::Deserialize;
use specwright::Idempotency;
use toml::Spanned;

use super::Checker;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IdempotencyEntry {
    header: Spanned<String>,
    operations: Option<Vec<String>>,
}

impl IdempotencyEntry {
    pub(super) fn check(&self, checker: &mut Checker<'_>) {
        if !is_header_name(self.header.get_ref()) {
            checker.add(
                &self.header,
                "this is not the name of a header",
                "for instance `Idempotency-Key`",
            );
        }
    }

    pub(super) fn options(self) -> Idempotency {
        Idempotency {
            header: self.header.into_inner(),
            operations: self.operations,
        }
    }
}

/// A token, RFC 9110 section 5.6.2.
fn is_header_name(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
