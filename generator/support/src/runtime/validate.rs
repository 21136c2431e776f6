//! Constraints of the document on values, checked when somebody asks, as one table per type.
//!
//! A row names a property and says what to check of it. The check of a list has the check of its
//! items inside, and so on; types with a table check themselves.

use super::Nullable;
use super::checks::{Limit, Rule};
use std::fmt;

/// What a value violates: every constraint, each with the path of the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    violations: Vec<Violation>,
}

/// A value that the document does not allow. The value itself is not shown: it may be a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where it is, for instance `$.items[3].name`.
    pub path: String,
    /// What the document asks for.
    pub message: String,
}

impl Invalid {
    /// The violations, in the order of the properties; there is at least one.
    #[must_use]
    pub fn violations(&self) -> &[Violation] {
        &self.violations
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.path, self.message)
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.violations.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(formatter, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Invalid {}

/// A type with a table.
pub trait Validate {
    /// Checks the value and everything inside.
    fn check(&self, checker: &mut Checker);
}

/// Checks a whole value.
///
/// # Errors
///
/// All violations.
pub fn run(value: &dyn Validate) -> Result<(), Invalid> {
    let mut checker = Checker {
        path: String::from("$"),
        violations: Vec::new(),
    };
    value.check(&mut checker);
    match checker.violations {
        violations if violations.is_empty() => Ok(()),
        violations => Err(Invalid { violations }),
    }
}

/// Collects violations on the way through a value.
#[derive(Debug)]
pub struct Checker {
    pub(super) path: String,
    violations: Vec<Violation>,
}

impl Checker {
    /// A property that is there.
    #[inline]
    pub fn required<T>(&mut self, name: &str, value: &T, check: impl Fn(&T, &mut Self)) {
        let length = self.enter(name);
        check(value, self);
        self.path.truncate(length);
    }

    /// A property that may be absent.
    #[inline]
    pub fn optional<T>(&mut self, name: &str, value: &Option<T>, check: impl Fn(&T, &mut Self)) {
        if let Some(value) = value {
            self.required(name, value, check);
        }
    }

    /// A property that may be absent or null.
    #[inline]
    pub fn nullable<T>(&mut self, name: &str, value: &Nullable<T>, check: impl Fn(&T, &mut Self)) {
        if let Some(value) = value.value() {
            self.required(name, value, check);
        }
    }

    /// The properties that the document does not name.
    #[inline]
    pub fn rest<T>(&mut self, _: &str, rest: &T, check: impl Fn(&T, &mut Self)) {
        check(rest, self);
    }

    /// Appends `.name`, or `["name"]` where it is no plain word; returns the length before.
    fn enter(&mut self, name: &str) -> usize {
        let length = self.path.len();
        if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_') {
            self.path.push('.');
            self.path.push_str(name);
        } else {
            self.path.push_str(&format!("[{name:?}]"));
        }
        length
    }

    pub(super) fn violated(&mut self, message: String) {
        self.violations.push(Violation {
            path: self.path.clone(),
            message,
        });
    }

    pub(super) fn text(&mut self, text: &str, rules: &[Rule]) {
        for rule in rules {
            match rule {
                Rule::Length(least, most) => {
                    self.count(text.chars().count(), *least, *most, "character");
                }
                Rule::Pattern(pattern, matches) if !matches(text) => {
                    self.violated(format!("must match the pattern {pattern:?}"));
                }
                _ => {}
            }
        }
    }

    pub(super) fn number(&mut self, value: Limit, rules: &[Rule]) {
        for rule in rules {
            let message = match *rule {
                Rule::Minimum(limit) if value.below(limit) => format!("must be at least {limit}"),
                Rule::Maximum(limit) if limit.below(value) => format!("must be at most {limit}"),
                Rule::Above(limit) if !limit.below(value) => format!("must be above {limit}"),
                Rule::Below(limit) if !value.below(limit) => format!("must be below {limit}"),
                Rule::MultipleOf(step) if !value.is_multiple(step) => {
                    format!("must be a multiple of {step}")
                }
                _ => continue,
            };
            self.violated(message);
        }
    }

    pub(super) fn counted(&mut self, count: usize, rules: &[Rule], what: &str) {
        for rule in rules {
            if let Rule::Count(least, most) = rule {
                self.count(count, *least, *most, what);
            }
        }
    }

    fn count(&mut self, count: usize, least: usize, most: usize, what: &str) {
        let (bound, number) = match count {
            count if count < least => ("at least", least),
            count if count > most => ("at most", most),
            _ => return,
        };
        let plural = if number == 1 { "" } else { "s" };
        self.violated(format!(
            "must have {bound} {number} {what}{plural}, not {count}"
        ));
    }
}

/// The table of a struct: a row per property with constraints, here or inside; or that of a union,
/// with a row per variant.
macro_rules! validate {
    ($name:ident { $($kind:ident $field:ident = $wire:literal: $check:expr;)* }) => {
        $crate::runtime::validate::validate! { @impl $name, value, checker, {
            $(checker.$kind($wire, &value.$field, $check);)*
        } }
    };
    ($name:ident: union { $($variant:ident: $check:expr;)* }) => {
        $crate::runtime::validate::validate! { @impl $name, value, checker, {
            match value {
                $(Self::$variant(value) => ($check)(value, checker),)*
                _ => {}
            }
        } }
    };
    (@impl $name:ident, $value:ident, $checker:ident, $body:block) => {
        impl $crate::runtime::validate::Validate for $name {
            #[allow(
                unused_imports,
                unused_variables,
                reason = "no type has constraints of every kind, and some only such as are not checked"
            )]
            fn check(&self, $checker: &mut $crate::runtime::validate::Checker) {
                use $crate::runtime::checks::*;
                let $value = self;
                $body
            }
        }

        impl $name {
            /// Checks what the document asks of values: lengths, patterns, ranges and counts, here
            /// and in everything inside. Nothing else does: requests are sent as they are.
            ///
            /// # Errors
            ///
            /// All violations, each with its path.
            pub fn validate(&self) -> Result<(), $crate::runtime::Invalid> {
                $crate::runtime::validate::run(self)
            }
        }
    };
}
pub(crate) use validate;
