//! Tests of the runtime, in the crate so that they can use its macros.
