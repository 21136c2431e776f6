//! How calls behave: what of `codegen.toml` is about more than one request.

use serde::Deserialize;
use specwright::pagination::Pagination;
use specwright::{Idempotency, PaginationRule, is_token};
use toml::{Spanned, Table};

use super::Checker;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IdempotencyEntry {
    header: Spanned<String>,
    operations: Option<Vec<String>>,
}

impl IdempotencyEntry {
    pub(super) fn check(&self, checker: &mut Checker<'_>) {
        if !is_token(self.header.get_ref()) {
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

/// A rule of `[[crate.pagination]]`.
#[derive(Deserialize)]
pub(super) struct PaginationEntry {
    #[serde(default)]
    operations: Vec<String>,
    kind: Spanned<String>,
    #[serde(flatten)]
    others: Table,
}

impl PaginationEntry {
    pub(super) fn check(&self, checker: &mut Checker<'_>) {
        if let Err(reason) = self.pagination() {
            let message = format!("this does not say how pages hang together: {reason}");
            checker.add(&self.kind, message, "");
        }
    }

    fn pagination(&self) -> Result<Pagination, String> {
        let mut declared = serde_json::to_value(&self.others).map_err(|error| error.to_string())?;
        if let Some(declared) = declared.as_object_mut() {
            let kind = self.kind.get_ref().clone();
            declared.insert("kind".to_owned(), kind.into());
        }
        Pagination::from_value(&declared)
    }

    /// The rule, once it was checked.
    pub(super) fn options(self) -> Option<PaginationRule> {
        let pagination = self.pagination().ok()?;
        Some(PaginationRule {
            operations: self.operations,
            pagination,
        })
    }
}
