//! The test that holds a generated crate against its document: a server on the loopback interface that
//! looks at requests as the document describes them, and answers what it declares.
//!
//! The files are copied into `tests/contract` of a generated crate. They know nothing of how the
//! runtime writes a request.

use crate::runtime as api;
pub(crate) use crate::runtime::loopback;

mod bodies;
pub(crate) mod compare;
pub(crate) mod media;
mod parts;
pub(crate) mod received;
mod run;
pub(crate) mod seen;
pub(crate) mod server;
pub(crate) mod styles;
