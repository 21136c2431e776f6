//! What the tables of `validate` check: rules for values, and a function per kind of value.

use super::Secret;
use super::validate::{Checker, Validate};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use Limit::{Decimal, Integer};
pub use Rule::{Above, Below, Count, Length, Maximum, Minimum, MultipleOf, Pattern};

/// Something that a value must be. Counts are from the first to the second number.
#[derive(Clone, Copy, Debug)]
pub enum Rule {
    /// Characters of a text.
    Length(usize, usize),
    /// A text that matches a pattern, which a function tells.
    Pattern(&'static str, fn(&str) -> bool),
    /// A number from here on.
    Minimum(Limit),
    /// A number up to here.
    Maximum(Limit),
    /// A number above this one.
    Above(Limit),
    /// A number below this one.
    Below(Limit),
    /// A whole multiple of this number.
    MultipleOf(Limit),
    /// Items of a list, or properties of an object.
    Count(usize, usize),
}

/// A number of the document.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub enum Limit {
    /// An integer.
    Integer(i128),
    /// A decimal.
    Decimal(f64),
}

impl fmt::Display for Limit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(formatter),
            Self::Decimal(value) => value.fmt(formatter),
        }
    }
}

impl Limit {
    #[allow(
        clippy::cast_precision_loss,
        reason = "a bound that is no integer is not exact anyway"
    )]
    fn decimal(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Decimal(value) => value,
        }
    }

    /// Integers exactly, anything else as decimals.
    pub(super) fn below(self, other: Self) -> bool {
        match (self, other) {
            (Self::Integer(one), Self::Integer(other)) => one < other,
            _ => self.decimal() < other.decimal(),
        }
    }

    pub(super) fn is_multiple(self, step: Self) -> bool {
        match (self, step) {
            (Self::Integer(value), Self::Integer(step)) => step == 0 || value % step == 0,
            _ => {
                // 0.3 is a multiple of 0.1, although not of the nearest double.
                let times = self.decimal() / step.decimal();
                !times.is_finite() || (times - times.round()).abs() < 1e-9 * times.abs().max(1.0)
            }
        }
    }
}

/// A text.
pub fn text<T: Text>(rules: &'static [Rule]) -> impl Fn(&T, &mut Checker) {
    |value, checker| checker.text(value.text(), rules)
}

/// A number.
pub fn number<T: Number>(rules: &'static [Rule]) -> impl Fn(&T, &mut Checker) {
    |value, checker| checker.number(value.limit(), rules)
}

/// A list, and each of its items.
pub fn list<T>(
    rules: &'static [Rule],
    each: impl Fn(&T, &mut Checker),
) -> impl Fn(&Vec<T>, &mut Checker) {
    move |items, checker| {
        checker.counted(items.len(), rules, "item");
        let length = checker.path.len();
        for (index, item) in items.iter().enumerate() {
            checker.path.push_str(&format!("[{index}]"));
            each(item, checker);
            checker.path.truncate(length);
        }
    }
}

/// A list of which every item is there once only, and each of its items.
pub fn set<T: Serialize>(
    rules: &'static [Rule],
    each: impl Fn(&T, &mut Checker),
) -> impl Fn(&Vec<T>, &mut Checker) {
    let list = list(rules, each);
    move |items, checker| {
        list(items, checker);
        if !unique(items) {
            checker.violated("must not have equal items".to_owned());
        }
    }
}

/// A map, and each of its values.
pub fn map<T>(
    rules: &'static [Rule],
    each: impl Fn(&T, &mut Checker),
) -> impl Fn(&BTreeMap<String, T>, &mut Checker) {
    move |members, checker| {
        checker.counted(members.len(), rules, "property");
        for (name, member) in members {
            checker.required(name, member, &each);
        }
    }
}

/// A value that may be null.
pub fn or_null<T>(check: impl Fn(&T, &mut Checker)) -> impl Fn(&Option<T>, &mut Checker) {
    move |value, checker| {
        if let Some(value) = value {
            check(value, checker);
        }
    }
}

/// A value behind a box.
pub fn boxed<T>(check: impl Fn(&T, &mut Checker)) -> impl Fn(&Box<T>, &mut Checker) {
    move |value, checker| check(value, checker)
}

/// A type with a table of its own.
pub fn nested<T: Validate>() -> impl Fn(&T, &mut Checker) {
    |value, checker| value.check(checker)
}

/// Anything will do.
pub fn any<T>() -> impl Fn(&T, &mut Checker) {
    |_, _| {}
}

/// Whether no two items are the same JSON.
fn unique<T: Serialize>(items: &[T]) -> bool {
    let mut seen = BTreeSet::new();
    items
        .iter()
        .filter_map(|item| serde_json::to_string(item).ok())
        .all(|text| seen.insert(text))
}

/// A text whose length and form are checked.
pub trait Text {
    /// The text.
    fn text(&self) -> &str;
}

impl Text for String {
    fn text(&self) -> &str {
        self
    }
}

impl Text for Secret {
    fn text(&self) -> &str {
        self.expose()
    }
}

/// A number whose range is checked.
pub trait Number {
    /// The number.
    fn limit(&self) -> Limit;
}

macro_rules! integers {
    ($($integer:ident)*) => {
        $(impl Number for $integer {
            fn limit(&self) -> Limit {
                Limit::Integer(i128::from(*self))
            }
        })*
    };
}
integers!(i8 i16 i32 i64 u8 u16 u32 u64);

impl Number for f64 {
    fn limit(&self) -> Limit {
        Decimal(*self)
    }
}
