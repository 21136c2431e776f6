//! Statuses in words.

use crate::ir::Status;

/// `404 Not Found`, `400 to 499`; nothing for `default`.
pub(super) fn phrase(status: Status) -> Option<String> {
    match status {
        Status::Exact(code) => {
            let phrase = format!("{code} {}", reason(code).unwrap_or_default());
            Some(phrase.trim().to_owned())
        }
        Status::Range(class) => Some(format!("{class}00 to {class}99")),
        Status::Default => None,
    }
}

/// What a variant for a status is called.
pub(super) fn words(status: Status) -> String {
    match status {
        Status::Exact(code) => reason(code).map_or_else(|| format!("Status {code}"), str::to_owned),
        Status::Range(class) => format!("Status {class}xx"),
        Status::Default => "Default".to_owned(),
    }
}

/// Reason phrases: RFC 9110 section 15, and the registry of status codes.
fn reason(code: u16) -> Option<&'static str> {
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
