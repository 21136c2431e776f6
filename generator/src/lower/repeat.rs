//! Whether the requests of an operation may be sent again.

use super::Lowering;
use crate::diagnostic::{Code, Pointer};
use crate::ir::{Method, Operation, Repeat, Response, Status};

impl Lowering<'_, '_> {
    /// Decides it by the configuration, the method and the declared responses.
    pub(super) fn repeat(&self, id: &str, method: &Method, responses: &[Response]) -> Repeat {
        if let Some(idempotency) = &self.options.idempotency {
            let is_meant = match &idempotency.operations {
                Some(ids) => ids.iter().any(|known| known == id),
                None => !is_idempotent(method),
            };
            if is_meant {
                return Repeat::Key(idempotency.header.clone());
            }
        }
        let busy = responses
            .iter()
            .filter_map(|response| match response.status {
                Status::Exact(code @ (429 | 503)) => Some(code),
                Status::Exact(_) | Status::Range(_) | Status::Default => None,
            });
        let busy: Vec<u16> = busy.collect();
        if busy.is_empty() || is_idempotent(method) {
            return Repeat::ByMethod;
        }
        Repeat::After(busy)
    }

    /// Whatever the configuration names must be there.
    pub(super) fn check_idempotency(&mut self, operations: &[Operation]) {
        let Some(idempotency) = &self.options.idempotency else {
            return;
        };
        for id in idempotency.operations.iter().flatten() {
            if !operations.iter().any(|operation| operation.id == *id) {
                self.diagnostics
                    .report(
                        Code::ConfigUnmatched,
                        Pointer::root(),
                        format!("`{id}` of the configured idempotency keys is not an operation of the document"),
                    )
                    .help("write its `operationId`, in the document's spelling, or remove it");
            }
        }
    }
}

/// RFC 9110 section 9.2.2, and the draft of QUERY.
fn is_idempotent(method: &Method) -> bool {
    match method {
        Method::Get
        | Method::Put
        | Method::Delete
        | Method::Options
        | Method::Head
        | Method::Trace
        | Method::Query => true,
        Method::Post | Method::Patch | Method::Extension(_) => false,
    }
}
