//! Properties that every object of a type has with the same value, and that are therefore no fields.

use super::literals::Literal;
use super::members::{Member, Members};
use super::rest::Rest;
use super::wire::Object;
use serde_json::Value;

/// The name of such a property, and its value.
pub type Constant = (&'static str, Literal);

/// The constants of a table that has some.
macro_rules! constants {
    () => {};
    ($($name:literal = $value:ident($literal:expr);)+) => {
        const CONSTANTS: &'static [$crate::runtime::constants::Constant] = &[
            $(($name, $crate::runtime::literals::Literal::$value($literal))),+
        ];
    };
}
pub(crate) use constants;

/// Shows the constants of an object, but for those that it has with another value.
pub fn walk<T: Object>(object: &T, members: &mut impl Members<'static>) {
    for (name, value) in T::CONSTANTS {
        let mut unexpected = Unexpected { name, found: false };
        object.walk(&mut unexpected);
        if !unexpected.found {
            members.member(name, value);
        }
    }
}

/// Looks for a property among those that no row names.
struct Unexpected {
    name: &'static str,
    found: bool,
}

impl<'a> Members<'a> for Unexpected {
    fn member<T: Member>(&mut self, _: &'static str, _: &'a T) {}

    fn rest<R: Rest, T: Object>(&mut self, rest: &'a R, _: &'a T) {
        self.found = rest.contains(self.name);
    }
}

/// The constants that an object has to have, and which of them were there.
#[derive(Debug)]
pub struct Expected {
    constants: &'static [Constant],
    /// A bit for each.
    seen: u64,
}

impl Expected {
    /// None was there yet.
    pub const fn new(constants: &'static [Constant]) -> Self {
        Self { constants, seen: 0 }
    }

    /// Which constant has this name.
    #[inline]
    pub fn position(&self, name: &str) -> Option<usize> {
        self.constants.iter().position(|(known, _)| *known == name)
    }

    /// Takes note of a constant; its name, if it was there before.
    pub fn duplicate(&mut self, index: usize) -> Option<&'static str> {
        let was_there = self.seen & bit(index) != 0;
        self.seen |= bit(index);
        let constant = self.constants.get(index).filter(|_| was_there);
        constant.map(|(name, _)| *name)
    }

    /// Whether a value is the one that the constant has to be.
    pub fn is(&self, index: usize, value: &Value) -> bool {
        let constant = self.constants.get(index);
        constant.is_some_and(|(_, literal)| literal.is(value))
    }

    /// The first that was not there.
    pub fn missing(&self) -> Option<&'static str> {
        let mut constants = self.constants.iter().enumerate();
        let missing = constants.find(|(index, _)| self.seen & bit(*index) == 0);
        missing.map(|(_, (name, _))| *name)
    }
}

fn bit(index: usize) -> u64 {
    u32::try_from(index).map_or(0, |index| 1_u64.checked_shl(index).unwrap_or(0))
}
