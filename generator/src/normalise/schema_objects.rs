//! The Schema Object and what belongs to it
//! (<https://spec.openapis.org/oas/v3.0.4#schema-object>), with the keywords of later versions and
//! of JSON Schema that real documents use.

use super::grammar::Shape::{
    Count, Flag, FlagOrSchema, Free, List, Map, Number, Object as An, Referable, Text, Unused,
};
use super::grammar::{Object, PLAIN, Patterned, field, required};
use super::objects::EXTERNAL_DOCUMENTATION;
use super::schema;

/// A schema. Its `type`, `enum` and bounds depend on each other: see [`schema::conclude`].
///
/// Keywords of later versions are no longer there when these fields are looked at, but for those
/// that stand here: see [`schema::prepare`].
pub(super) static SCHEMA: Object = Object {
    name: "a schema",
    keeps_extensions: true,
    prepare: schema::prepare,
    fields: &[
        field("type", Free),
        field("description", Text),
        field("properties", Map(&Referable(&SCHEMA))),
        field("items", Referable(&SCHEMA)),
        field("required", List(&Text)),
        field("format", Text),
        field("enum", Free),
        field("nullable", Flag),
        field("allOf", List(&Referable(&SCHEMA))),
        field("oneOf", List(&Referable(&SCHEMA))),
        field("anyOf", List(&Referable(&SCHEMA))),
        field("title", Text),
        field("default", Free),
        field("example", Unused),
        field("examples", Unused),
        field("additionalProperties", FlagOrSchema),
        field("minimum", Number),
        field("maximum", Number),
        field("minLength", Count),
        field("maxLength", Count),
        field("pattern", Text),
        field("minItems", Count),
        field("maxItems", Count),
        field("uniqueItems", Flag),
        field("readOnly", Flag),
        field("writeOnly", Flag),
        field("deprecated", Flag),
        field("minProperties", Count),
        field("maxProperties", Count),
        field("multipleOf", Number),
        field("exclusiveMinimum", Free),
        field("exclusiveMaximum", Free),
        field("not", Referable(&SCHEMA)),
        field("discriminator", An(&DISCRIMINATOR)),
        field("externalDocs", An(&EXTERNAL_DOCUMENTATION)),
        field("xml", Unused),
        field("const", Free),
        field("$defs", Map(&Referable(&SCHEMA))),
        field("definitions", Map(&Referable(&SCHEMA))),
        field("$comment", Unused),
        field("$schema", Unused),
        field("$id", Unused),
        field("id", Unused),
        field("$vocabulary", Unused),
        field("$anchor", Unused),
        field("$dynamicAnchor", Unused),
        field("$dynamicRef", Unused),
        field("$recursiveAnchor", Unused),
        field("$recursiveRef", Unused),
    ],
    conclude: schema::conclude,
    ..PLAIN
};

static DISCRIMINATOR: Object = Object {
    name: "a discriminator",
    prepare: |walker, value, trail| walker.expand(value, "propertyName", trail),
    fields: &[
        required("propertyName", Text),
        field("mapping", An(&MAPPING)),
        field("defaultMapping", Text),
    ],
    conclude: schema::conclude_discriminator,
    ..PLAIN
};

static MAPPING: Object = Object {
    name: "the mapping of a discriminator",
    patterned: Some(Patterned {
        accepts: |_| true,
        key: "a value of the discriminator",
        shape: Text,
    }),
    ..PLAIN
};
