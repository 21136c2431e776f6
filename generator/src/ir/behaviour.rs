//! How an operation may be sent again, and how its pages hang together.

/// When a request may be sent again, beside what holds for every request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// When its method is idempotent.
    ByMethod,
    /// Also after these statuses, with which the document declares a server that is busy.
    After(Vec<u16>),
    /// Always: it carries an idempotency key in a header of this name.
    Key(String),
}
