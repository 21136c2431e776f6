//! The vocabulary in which the objects of a document are described: see [`super::objects`] and
//! [`super::schema_objects`] for the descriptions.
//!
//! A description says what a node must be so that `openapiv3` can hold it. It is data: the walker
//! knows nothing about OpenAPI but what stands there.

use super::walk::Walker;
use crate::parse::trail::Trail;
use serde_json::{Map, Value};

/// The members of a node that is an object.
pub(super) type Members = Map<String, Value>;

/// What a node must be.
pub(super) enum Shape {
    /// A string.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number, zero or more.
    Count,
    /// Any number.
    Number,
    /// One of these strings.
    Word(&'static [&'static str]),
    /// Any value, null too.
    Free,
    /// Valid, but never needed by the generator: removed without a word.
    Unused,
    /// A list of these.
    List(&'static Shape),
    /// A mapping from any key to these.
    Map(&'static Shape),
    /// An object.
    Object(&'static Object),
    /// An object, or a reference to one.
    Referable(&'static Object),
    /// `true`, `false` or a schema.
    FlagOrSchema,
}

/// One kind of object.
pub(super) struct Object {
    /// What messages call it, with its article.
    pub(super) name: &'static str,
    /// Its fixed fields, the frequent ones first.
    pub(super) fields: &'static [Field],
    /// Whether other keys are allowed, and what they lead to.
    pub(super) patterned: Option<Patterned>,
    /// Whether `x-` members are of use later on. They are removed where they are not.
    pub(super) keeps_extensions: bool,
    /// Turns what stands for such an object in real documents into one, before anything is checked.
    pub(super) prepare: fn(&mut Walker<'_>, &mut Value, &Trail<'_>),
    /// What must hold between the members, after each was checked. `false`: the object is left out.
    pub(super) conclude: fn(&mut Walker<'_>, &mut Members, &Trail<'_>) -> bool,
}

/// An object without fields and rules; the base of every description.
pub(super) const PLAIN: Object = Object {
    name: "an object",
    fields: &[],
    patterned: None,
    keeps_extensions: false,
    prepare: |_, _, _| {},
    conclude: |_, _, _| true,
};

/// The keys of an object that are not fixed.
pub(super) struct Patterned {
    /// Whether this is such a key.
    pub(super) accepts: fn(&str) -> bool,
    /// What such a key is, for messages.
    pub(super) key: &'static str,
    /// What it leads to.
    pub(super) shape: Shape,
}

/// A fixed field of an object.
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) need: Need,
}

/// What the absence of a field means.
#[derive(Clone, Copy)]
pub(super) enum Need {
    /// Nothing.
    Optional,
    /// The object is left out.
    Required,
    /// This text stands in.
    Text(&'static str),
    /// An empty object stands in.
    Empty,
    /// An empty object stands in; from OpenAPI 3.1 on that is nothing to talk about.
    EmptyBefore31,
}

/// An optional field.
pub(super) const fn field(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        need: Need::Optional,
    }
}

/// A field that the object cannot do without.
pub(super) const fn required(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        need: Need::Required,
    }
}

/// A required string for which there is a stand-in.
pub(super) const fn text_or(name: &'static str, stand_in: &'static str) -> Field {
    Field {
        name,
        shape: Shape::Text,
        need: Need::Text(stand_in),
    }
}

/// A required object for which an empty one stands in.
pub(super) const fn or_empty(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        need: Need::Empty,
    }
}

/// An object that OpenAPI 3.0 requires and later versions do not.
pub(super) const fn or_empty_before_31(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        need: Need::EmptyBefore31,
    }
}
