//! What `validate` checks, and what `with_defaults` fills in.

use proc_macro2::Ident;

/// A row of a struct's table of checks.
#[derive(Clone, Debug)]
pub struct FieldCheck {
    /// How presence and null are handled: a method of the runtime's checker.
    pub presence: Presence,
    /// Field name.
    pub ident: Ident,
    /// Property name on the wire.
    pub wire: String,
    /// What is checked of a value that is there.
    pub check: Check,
}

/// How presence and null of a field are handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Presence {
    /// `T`
    Required,
    /// `Option<T>`
    Optional,
    /// `Nullable<T>`
    Nullable,
    /// The map of properties that the document does not name.
    Rest,
}

/// What is checked of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// Rules for a text.
    Text(Vec<Rule>),
    /// Rules for a number.
    Number(Vec<Rule>),
    /// Rules for a list, whether its items differ, and what is checked of each.
    List(Vec<Rule>, bool, Box<Self>),
    /// Rules for a map, and what is checked of each value.
    Map(Vec<Rule>, Box<Self>),
    /// The same of an `Option`.
    OrNull(Box<Self>),
    /// The same of a `Box`.
    Boxed(Box<Self>),
    /// What the type itself checks.
    Nested,
    /// Nothing.
    Any,
}

impl Check {
    /// Whether a pattern is among the rules, here or inside.
    #[must_use]
    pub fn has_pattern(&self) -> bool {
        match self {
            Self::Text(rules) => rules.iter().any(|rule| matches!(rule, Rule::Pattern(_))),
            Self::List(_, _, inner)
            | Self::Map(_, inner)
            | Self::OrNull(inner)
            | Self::Boxed(inner) => inner.has_pattern(),
            Self::Number(_) | Self::Nested | Self::Any => false,
        }
    }
}

/// Something that a value must be. Counts are from the first to the second number.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// Characters of a text.
    Length(usize, Option<usize>),
    /// A pattern for a text.
    Pattern(String),
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
    Count(usize, Option<usize>),
}

/// A number of the document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Limit {
    /// An integer.
    Integer(i128),
    /// A decimal.
    Decimal(f64),
}

/// What `with_defaults` fills in; without fields there is no such method.
#[derive(Clone, Debug, Default)]
pub struct Defaults {
    /// The fields with a default.
    pub fields: Vec<FieldDefault>,
    /// Whether decoding calls it.
    pub on_decode: bool,
}

/// A field with its default.
#[derive(Clone, Debug)]
pub struct FieldDefault {
    /// Field name.
    pub ident: Ident,
    /// Whether the field is a `Nullable`.
    pub nullable: bool,
    /// The value.
    pub value: DefaultValue,
}

/// A default.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// `true`
    Bool(bool),
    /// A number of an integer type.
    Integer(i128),
    /// A number of a floating-point type.
    Decimal(f64),
    /// A text, or a string of an enum.
    Text(String),
    /// An integer of this enum.
    IntegerOf(Ident, i128),
    /// Anything else, as JSON.
    Json(String),
}
