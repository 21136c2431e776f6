//! Types: structs, enums, unions and aliases, and the types of their parts.

use super::{Check, Defaults, Docs, FieldCheck};
use proc_macro2::Ident;

/// A file below `types/`.
#[derive(Clone, Debug)]
pub struct TypeFile {
    /// Module name, without `.rs`.
    pub module: Ident,
    /// The types, the component's own first.
    pub items: Vec<Item>,
}

/// A type to print.
#[derive(Clone, Debug)]
pub enum Item {
    /// `pub struct` with a table.
    Struct(Struct),
    /// Open string enum.
    StringEnum(StringEnum),
    /// Open integer enum.
    IntegerEnum(IntegerEnum),
    /// Open enum of values of several types.
    ValueEnum(ValueEnum),
    /// Union of several types.
    Union(Union),
    /// `pub type`.
    Alias(Alias),
}

/// A value that is one of several types.
#[derive(Clone, Debug)]
pub struct Union {
    /// Documentation.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Type name.
    pub ident: Ident,
    /// Variants in document order.
    pub variants: Vec<UnionVariant>,
    /// Name of the variant for values that fit no other.
    pub fallback: Ident,
    /// What `validate` checks of each variant; nothing where there is no such method.
    pub checks: Option<Vec<(Ident, Check)>>,
}

/// A variant of a union.
#[derive(Clone, Debug)]
pub struct UnionVariant {
    /// Documentation.
    pub docs: Docs,
    /// Variant name.
    pub ident: Ident,
    /// Its payload, unless it looks like one text.
    pub ty: Type,
    /// What a value of it looks like.
    pub looks: Looks,
    /// A property and value that are written with it, because its type does not have them.
    pub tag: Option<(String, String)>,
}

/// What is known of a value without decoding it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Looks {
    /// A boolean.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// A string that decoding tells from others.
    Formatted,
    /// A string of a format that keeps other texts as well.
    TextOf(Type),
    /// This string and no other: the variant has no payload.
    Text(String),
    /// A string of this enum.
    StringOf(Ident),
    /// An integer of these, or another one.
    IntegerOf(Vec<i128>),
    /// A list of anything.
    Array,
    /// A list, by its items.
    ArrayOf(Box<Looks>),
    /// An object of a struct.
    Object(ObjectLooks),
    /// An object of any kind.
    Map,
    /// Whatever this union is, where these properties name it.
    OneOf(Ident, Tags),
    /// Anything.
    Any,
}

/// Properties with the values that they may have.
pub type Tags = Vec<(String, Vec<String>)>;

/// What is known of an object without decoding it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectLooks {
    /// The struct.
    pub ident: Ident,
    /// Properties that have one of some fixed values.
    pub tags: Tags,
    /// Properties that have one of some values in what the document knows.
    pub likes: Tags,
    /// A property that is an object, with the fixed values in it.
    pub inside: Option<(String, Tags)>,
    /// Whether it has no properties beside those of the document.
    pub is_closed: bool,
}

/// A struct of named fields.
#[derive(Clone, Debug)]
pub struct Struct {
    /// Documentation.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Type name.
    pub ident: Ident,
    /// Properties that every value has, with the value: they are no fields.
    pub constants: Vec<(String, Literal)>,
    /// Fields in document order.
    pub fields: Vec<Field>,
    /// Where properties go that the document does not name.
    pub rest: Option<Rest>,
    /// Whether chaining setters are printed: the type is sent.
    pub setters: bool,
    /// Whether unions know it by its properties.
    pub is_branch: bool,
    /// What `validate` checks; nothing where there is no such method.
    pub checks: Option<Vec<FieldCheck>>,
    /// What `with_defaults` fills in, and whether decoding calls it.
    pub defaults: Defaults,
}

impl Struct {
    /// The macro that reads its table.
    #[must_use]
    pub fn table(&self) -> &'static str {
        if self.is_branch { "branch" } else { "object" }
    }
}

/// The field for properties that the document does not name.
#[derive(Clone, Debug)]
pub struct Rest {
    /// Field name, normally `additional_properties`.
    pub ident: Ident,
    /// `AdditionalProperties` when `None`, else a map of this type.
    pub value: Option<Type>,
}

/// A field of a struct.
#[derive(Clone, Debug)]
pub struct Field {
    /// Documentation.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Field name.
    pub ident: Ident,
    /// Property name on the wire.
    pub wire: String,
    /// How presence and null are handled: the module of the runtime that reads and writes it.
    pub kind: FieldKind,
    /// The type of the value itself, without the `Option` or `Nullable` that `kind` adds.
    pub ty: Type,
    /// Whether `new` takes it. True for required fields and for required write-only ones, unless there
    /// is but one value.
    pub argument: bool,
    /// The only value of a required field that `new` sets: an enum, and its variant.
    pub constant: Option<(Ident, Ident)>,
}

/// How presence and null are handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldKind {
    /// `T`. Required and nullable is this with `T = Option<U>`.
    Required,
    /// `T`, a list or a map; null reads as empty.
    List,
    /// `Option<T>`; null reads as absent.
    Optional,
    /// `Option<T>`, where `T` itself can be null.
    OptionalAny,
    /// `Nullable<T>`.
    Nullable,
    /// `Option<T>`, left out of request bodies.
    ReadOnly,
    /// `Nullable<T>`, left out of request bodies.
    ReadOnlyNullable,
    /// `Option<T>`, not expected in responses.
    WriteOnly,
}

/// A type in a field, an argument or a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `bool`
    Bool,
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u8`
    U8,
    /// `u16`
    U16,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `i128`
    I128,
    /// `u128`
    U128,
    /// `f64`
    F64,
    /// `String`
    String,
    /// `Secret`: a string that `Debug` does not show.
    Secret,
    /// `jiff::Timestamp`
    Timestamp,
    /// `jiff::civil::Date`
    Date,
    /// `uuid::Uuid`
    Uuid,
    /// `Base64`: bytes that are base64 on the wire.
    Base64,
    /// A file in a body of parts.
    File,
    /// `Formatted<T>`: a string that stands for a value, or another text.
    Formatted(Box<Type>),
    /// `OrEmpty<T>`: a value, or an empty string in its place.
    OrEmpty(Box<Type>),
    /// `StringOr<T>`: a string, or a value in its place.
    StringOr(Box<Type>),
    /// A type of another crate, by its path.
    External(Vec<Ident>),
    /// `serde_json::Value`
    Value,
    /// A generated type.
    Named(Ident),
    /// `Vec<T>`
    Vec(Box<Type>),
    /// `BTreeMap<String, T>`
    Map(Box<Type>),
    /// `Option<T>`: an item or a required field that may be null.
    Option(Box<Type>),
    /// `Box<T>`: breaks a cycle.
    Box(Box<Type>),
}

/// An open enum of strings.
#[derive(Clone, Debug)]
pub struct StringEnum {
    /// Documentation.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Type name.
    pub ident: Ident,
    /// Variants in document order.
    pub variants: Vec<StringVariant>,
    /// Name of the variant for values that the document does not know; none in a closed enum.
    pub fallback: Option<Ident>,
    /// The `default` of the document, as a variant: `impl Default`.
    pub default: Option<Ident>,
}

/// A variant of a string enum.
#[derive(Clone, Debug)]
pub struct StringVariant {
    /// Documentation.
    pub docs: Docs,
    /// Variant name.
    pub ident: Ident,
    /// Value on the wire.
    pub wire: String,
}

/// An open enum of integers.
#[derive(Clone, Debug)]
pub struct IntegerEnum {
    /// Documentation.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Type name.
    pub ident: Ident,
    /// The integer type.
    pub repr: Type,
    /// Variants in document order.
    pub variants: Vec<IntegerVariant>,
    /// Name of the variant for values that the document does not know; none in a closed enum.
    pub fallback: Option<Ident>,
}

/// A variant of an integer enum.
#[derive(Clone, Debug)]
pub struct IntegerVariant {
    /// Documentation.
    pub docs: Docs,
    /// Variant name.
    pub ident: Ident,
    /// Value on the wire.
    pub wire: i128,
}

/// An open enum of values of several types.
#[derive(Clone, Debug)]
pub struct ValueEnum {
    /// Documentation.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Type name.
    pub ident: Ident,
    /// Variants in document order.
    pub variants: Vec<ValueVariant>,
    /// Name of the variant for values that the document does not know; none in a closed enum.
    pub fallback: Option<Ident>,
}

/// A variant of such an enum.
#[derive(Clone, Debug)]
pub struct ValueVariant {
    /// Documentation.
    pub docs: Docs,
    /// Variant name.
    pub ident: Ident,
    /// Value on the wire.
    pub wire: Literal,
}

/// A scalar of the document as it is printed.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A string.
    Text(String),
    /// A number without a fraction.
    Integer(i128),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
}

/// A component that is another type under its own name.
#[derive(Clone, Debug)]
pub struct Alias {
    /// Documentation.
    pub docs: Docs,
    /// Whether the document deprecates it.
    pub deprecated: bool,
    /// Type name.
    pub ident: Ident,
    /// The type.
    pub ty: Type,
}
