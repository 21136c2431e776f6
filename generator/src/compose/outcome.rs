//! What an operation may answer: one type where that is enough, an enum by status where it is not.

use super::Context;
use crate::docs::Writer;
use crate::ir::{self, Response, Status};
use crate::model::{Outcome, OutcomeEnum, OutcomeVariant, Row};
use crate::name::{Role, Scope};
use proc_macro2::Ident;

/// The types and the status table of one operation.
pub(super) struct Outcomes {
    pub success: Outcome,
    pub failure: Outcome,
    pub rows: Vec<Row>,
    pub enums: Vec<OutcomeEnum>,
}

impl Outcomes {
    /// Decides them. `default` stands for successes too where no success is declared.
    pub fn of(
        context: &Context<'_>,
        operation: &ir::Operation,
        name: &str,
        types: &mut Scope,
    ) -> Self {
        let declared = &operation.responses;
        let has_success = declared.iter().any(|response| is_success(response.status));
        let succeeds = |status: Status| {
            is_success(status)
                || !has_success && matches!(status, Status::Exact(300..=399) | Status::Range(3))
        };
        let mut success: Vec<(Status, &Response)> = Vec::new();
        let mut failure: Vec<(Status, &Response)> = Vec::new();
        for response in declared {
            match response.status {
                Status::Exact(100..=199) | Status::Range(1) => {}
                status if succeeds(status) => success.push((status, response)),
                Status::Default if !has_success && success.is_empty() => {
                    success.push((Status::Range(2), response));
                    failure.push((Status::Default, response));
                }
                status => failure.push((status, response)),
            }
        }
        let mut outcomes = Self {
            success: Outcome::Undocumented,
            failure: Outcome::Undocumented,
            rows: Vec::new(),
            enums: Vec::new(),
        };
        outcomes.success =
            outcomes.side(context, &success, true, &format!("{name} outcome"), types);
        outcomes.failure = outcomes.side(context, &failure, false, &format!("{name} error"), types);
        outcomes.rows.sort_by_key(|row| row.status);
        outcomes
    }

    fn side(
        &mut self,
        context: &Context<'_>,
        responses: &[(Status, &Response)],
        success: bool,
        name: &str,
        types: &mut Scope,
    ) -> Outcome {
        let contents: Vec<_> = responses
            .iter()
            .map(|(_, response)| context.content(&response.content))
            .collect();
        let Some(first) = contents.first() else {
            return Outcome::Undocumented;
        };
        let one = contents.iter().all(|content| content == first);
        let ident = (!one).then(|| types.ident(name));
        let mut scope = Scope::new(Role::Variant);
        let mut variants = Vec::new();
        for ((status, response), content) in responses.iter().zip(&contents) {
            let variant = ident
                .clone()
                .map(|ident| (ident, variant(*status, &mut scope)));
            if let Some((_, variant)) = &variant {
                variants.push(OutcomeVariant {
                    docs: variant_docs(*status, response),
                    ident: variant.clone(),
                    content: content.clone(),
                });
            }
            self.rows.push(Row {
                status: model_status(*status),
                success,
                content: content.clone(),
                variant,
            });
        }
        match ident {
            None => Outcome::One(first.clone()),
            Some(ident) => {
                let what = if success {
                    "What a success may be, by status."
                } else {
                    "What a declared error may be, by status."
                };
                self.enums.push(OutcomeEnum {
                    docs: Writer::new().paragraph(what).docs(),
                    ident: ident.clone(),
                    variants,
                });
                Outcome::Enum(ident)
            }
        }
    }
}

fn variant_docs(status: Status, response: &Response) -> crate::model::Docs {
    let status = match status {
        Status::Exact(code) => format!("{code} {}", reason(code).unwrap_or_default())
            .trim()
            .to_owned(),
        Status::Range(class) => format!("{class}00 to {class}99"),
        Status::Default => "Any other status".to_owned(),
    };
    Writer::new()
        .paragraph(&format!("{status}."))
        .untrusted(&response.description)
        .docs()
}

fn variant(status: Status, scope: &mut Scope) -> Ident {
    let name = match status {
        Status::Exact(code) => reason(code).map_or_else(|| format!("Status {code}"), str::to_owned),
        Status::Range(class) => format!("Status {class}xx"),
        Status::Default => "Default".to_owned(),
    };
    scope.ident(&name)
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Exact(200..=299) | Status::Range(2))
}

fn model_status(status: Status) -> crate::model::Status {
    match status {
        Status::Exact(code) => crate::model::Status::Exact(code),
        Status::Range(class) => crate::model::Status::Range(class),
        Status::Default => crate::model::Status::Default,
    }
}

/// Reason phrases: RFC 9110 section 15, and the registry of status codes.
pub(super) fn reason(code: u16) -> Option<&'static str> {
    Some(match code {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        207 => "Multi-Status",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        421 => "Misdirected Request",
        422 => "Unprocessable Content",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        507 => "Insufficient Storage",
        _ => return None,
    })
}
