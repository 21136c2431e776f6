//! Types: an arena of those that get a name, and how they are used.

use super::Constraints;
use crate::diagnostic::Pointer;
use serde_json::Value;

/// Index of a type in the arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub(crate) usize);

/// The arena of types that get a name.
#[derive(Clone, Debug, Default)]
pub struct Types {
    list: Vec<Type>,
}

impl Types {
    /// Adds a type and gives its id.
    pub(crate) fn push(&mut self, ty: Type) -> TypeId {
        self.list.push(ty);
        TypeId(self.list.len() - 1)
    }

    /// The type of an id.
    #[must_use]
    pub fn get(&self, id: TypeId) -> &Type {
        &self.list[id.0]
    }

    /// The type of an id, to complete it.
    pub(crate) fn get_mut(&mut self, id: TypeId) -> &mut Type {
        &mut self.list[id.0]
    }

    /// All types with their ids, in the order of the arena.
    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        self.list
            .iter()
            .enumerate()
            .map(|(index, ty)| (TypeId(index), ty))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// A type that gets a name.
#[derive(Clone, Debug)]
pub struct Type {
    /// What it is named for.
    pub origin: Origin,
    /// Where the document defines it.
    pub pointer: Pointer,
    /// `title`
    pub title: Option<String>,
    /// `description`
    pub description: Option<String>,
    /// `deprecated`
    pub deprecated: bool,
    /// Whether null is one of its values.
    pub nullable: bool,
    /// What its values must be beside being of the type; nothing where every value will do.
    pub constraints: Option<Box<Constraints>>,
    /// What it is.
    pub shape: Shape,
}

/// What a type is named for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A component, by its key.
    Component(String),
    /// Something inside another type, by the way from there.
    Inside(TypeId, Vec<Step>),
    /// Something inside an operation, by the way from there.
    Operation(usize, Vec<Step>),
    /// A title that means the same type everywhere, in lower-case words.
    Title(String),
}

/// One step of the way to an inline type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A property, a parameter or a body, by its name.
    Named(String),
    /// An alternative, by its title or its number.
    Variant(String),
    /// The items of a list.
    Item,
    /// The values of a map.
    Value,
}

impl Step {
    /// The words for it.
    #[must_use]
    pub fn words(&self) -> &str {
        match self {
            Self::Named(name) | Self::Variant(name) => name,
            Self::Item => "item",
            Self::Value => "value",
        }
    }
}

/// What a type is.
#[derive(Clone, Debug)]
pub enum Shape {
    /// Named properties.
    Object(Object),
    /// One of some strings.
    StringEnum(Vec<EnumValue<String>>, Option<String>),
    /// One of some integers.
    IntegerEnum(Scalar, Vec<EnumValue<i128>>),
    /// One of some strings, numbers and booleans.
    ValueEnum(Vec<EnumValue<Value>>),
    /// One of several types.
    Union(Union),
    /// Another type under a name of its own.
    Alias(Use),
}

/// A value that is one of several types.
#[derive(Clone, Debug, Default)]
pub struct Union {
    /// The types, in document order, each once.
    pub branches: Vec<Variant>,
}

/// A branch of a union.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Its type.
    pub ty: Use,
    /// What to call it where its type has no name: its title, or its place in the list.
    pub name: String,
    /// The property that names the branch, and the values that mean this one.
    pub tag: Option<(String, Vec<String>)>,
    /// The only value that it has, if it is a string of one value.
    pub constant: Option<EnumValue<String>>,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnumValue<T> {
    /// The value on the wire.
    pub value: T,
    /// A name for it, where the document gives one.
    pub name: Option<String>,
    /// What the document says of it.
    pub description: Option<String>,
}

/// An object with named properties.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// Properties in document order.
    pub properties: Vec<Property>,
    /// Required properties that have but one value, and are therefore not among the others.
    pub constants: Vec<Constant>,
    /// What other properties may be.
    pub additional: Additional,
}

/// What properties that have no name in the document may be.
#[derive(Clone, Debug, Default)]
pub enum Additional {
    /// Anything.
    #[default]
    Any,
    /// `additionalProperties: false`
    Forbidden,
    /// This.
    Typed(Use),
}

/// A property that an object always has, with the same value.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    /// Its name on the wire.
    pub name: String,
    /// Its value: a string, an integer or a boolean.
    pub value: Value,
}

impl Constant {
    /// The value as text, as [`Property::fixed`] has it.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }
}

/// A property of an object.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its name on the wire.
    pub name: String,
    /// Its type.
    pub ty: Use,
    /// Whether it must be present.
    pub required: bool,
    /// Only the server sends it.
    pub read_only: bool,
    /// Only the client sends it.
    pub write_only: bool,
    /// `deprecated`
    pub deprecated: bool,
    /// `description`, or `title` where there is none.
    pub description: Option<String>,
    /// `default`
    pub default: Option<Value>,
    /// What its values must be beside being of its type; nothing where every value will do.
    pub constraints: Option<Box<Constraints>>,
    /// Where its schema stands.
    pub pointer: Pointer,
    /// The values that it may have, as text, where the document lists a few.
    pub fixed: Vec<String>,
}

/// A type where it is used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// Whether null is allowed here.
    pub nullable: bool,
    /// What it is otherwise.
    pub kind: Kind,
}

impl Use {
    /// Any JSON value.
    pub const ANY: Self = Self {
        nullable: false,
        kind: Kind::Any,
    };

    /// The type of the arena that is named, through lists and maps.
    #[must_use]
    pub fn named(&self) -> Option<TypeId> {
        let mut used = self;
        loop {
            match &used.kind {
                Kind::Array(inner) | Kind::Map(inner) => used = inner,
                Kind::Named(id) => return Some(*id),
                Kind::Any | Kind::Scalar(_) => return None,
            }
        }
    }

    /// A use that does not allow null.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            nullable: false,
            kind,
        }
    }
}

/// What a use refers to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Any JSON value.
    Any,
    /// A scalar.
    Scalar(Scalar),
    /// A list.
    Array(Box<Use>),
    /// A map from strings.
    Map(Box<Use>),
    /// A type of the arena.
    Named(TypeId),
}

/// A scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the Rust types")]
pub enum Scalar {
    Bool,
    I8,
    I16,
    I32,
    I64,
    U8,
    U16,
    U32,
    U64,
    I128,
    U128,
    F64,
    String,
    /// An integer in a string.
    TextI64,
    /// An integer without sign in a string.
    TextU64,
    /// A string that must not be shown.
    Secret,
    /// `date-time`
    Timestamp,
    /// `date`
    Date,
    /// `uuid`
    Uuid,
    /// `byte`
    Base64,
    /// `binary`, as a part of a body of parts.
    File,
    /// A type that the configuration names, by its place in the list of them.
    External(usize),
}
