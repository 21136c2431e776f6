//! The generator as a whole: documents in, files out.
//!
//! `cases/` has one tiny document per feature and a snapshot of what matters of its output;
//! `rejected/` has one bad document per diagnostic code. A new case is a new file.

mod case;
mod compile;
mod determinism;
mod hostile;
mod places;
mod rejected;
mod snapshots;
mod stability;
