//! What a value must be beside being of its type: lengths, ranges, patterns, counts.

use serde_json::Number;

/// The constraints on a value, those of its items and of its further properties included.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// `minLength` and `maxLength`, in Unicode scalar values.
    pub length: Count,
    /// `pattern`, one of each part of an `allOf`.
    pub patterns: Vec<String>,
    /// `minimum`, or its exclusive form.
    pub minimum: Option<Bound>,
    /// `maximum`, or its exclusive form.
    pub maximum: Option<Bound>,
    /// `multipleOf`
    pub multiple_of: Option<Number>,
    /// `minItems` and `maxItems`
    pub items: Count,
    /// `uniqueItems`
    pub unique: bool,
    /// `minProperties` and `maxProperties`
    pub properties: Count,
    /// Those of each item of a list, or of each further property of an object.
    pub inner: Option<Box<Self>>,
}

/// How many there may be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// At least so many; nothing where zero is allowed.
    pub least: Option<usize>,
    /// At most so many.
    pub most: Option<usize>,
}

/// An end of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The number at the end.
    pub value: Number,
    /// Whether the number itself is outside.
    pub exclusive: bool,
}

impl Constraints {
    /// Whether every value of the type will do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Count {
    /// Both counts must hold.
    pub(crate) fn narrow(&mut self, least: Option<usize>, most: Option<usize>) {
        self.least = self.least.max(least.filter(|least| *least > 0));
        self.most = match (self.most, most) {
            (Some(known), Some(other)) => Some(known.min(other)),
            (known, other) => known.or(other),
        };
    }

    /// Whether any number will do.
    #[must_use]
    pub fn is_any(self) -> bool {
        self == Self::default()
    }
}
