//! Patterns, where `validate` compares values with them.

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{Api, Shape};
use crate::options::Options;

/// Patterns that the engine of `validate` does not know are documented, and not checked.
pub(crate) fn check_patterns(api: &Api, options: &Options, diagnostics: &mut Diagnostics) {
    if !options.validate {
        return;
    }
    for (_, ty) in api.types.iter() {
        let Shape::Object(object) = &ty.shape else {
            continue;
        };
        for property in &object.properties {
            let mut constraints = property.constraints.as_deref();
            while let Some(found) = constraints {
                for pattern in found.patterns.iter().filter(|pattern| !compiles(pattern)) {
                    diagnostics
                        .report(
                            Code::Unsupported,
                            &property.pointer,
                            format!("the pattern {pattern:?} cannot be checked"),
                        )
                        .label("for this property")
                        .help("it is documented; write it without looking ahead or behind, and without classes of Unicode");
                }
                constraints = found.inner.as_deref();
            }
        }
    }
}

/// Whether the engine of `validate` knows the pattern.
pub(super) fn compiles(pattern: &str) -> bool {
    regex_lite::Regex::new(pattern).is_ok()
}
