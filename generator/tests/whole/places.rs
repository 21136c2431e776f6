//! What is noted of each schema: where it stands in the text, and its type.

use crate::case::{options, run};
use specwright::Options;

/// Compares all places below the component `A`, as `pointer type`.
#[track_caller]
fn check(version: &str, schemas: &str, expected: &[&str]) {
    let text = format!(
        "openapi: {version}\ninfo: {{title: Test, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n{schemas}"
    );
    let options = Options {
        places: true,
        ..options()
    };
    let outcome = run("a.yaml", &text, &options);
    let mut shown: Vec<_> = outcome
        .places
        .iter()
        .filter_map(|place| {
            let inside = place.pointer.path.strip_prefix("/components/schemas/A/")?;
            let ty = short(&place.rust);
            let ty = if place.free_form { "anything" } else { &ty };
            Some(format!("{inside} {ty}"))
        })
        .collect();
    shown.sort_unstable();
    assert_eq!(shown, expected, "{schemas}");
}

/// A type without the modules.
fn short(ty: &str) -> String {
    let names = ty.split_inclusive(['<', '>', ',']);
    let names = names.map(|name| name.rsplit("::").next().unwrap_or_default());
    names.collect()
}

#[test]
fn alternatives_beside_null() {
    check(
        "3.1.0",
        "    A: {properties: {a: {anyOf: [{type: 'null'}, {type: object, properties: {b: {type: string}}}]}}}\n",
        &[
            "properties/a Option<AA>",
            "properties/a/anyOf/1 AA",
            "properties/a/anyOf/1/properties/b String",
        ],
    );
    check(
        "3.1.0",
        "    A: {oneOf: [{type: string}, {type: 'null'}, {type: array, items: {anyOf: [{type: integer}, {type: 'null'}]}}]}\n",
        &[
            "oneOf/0 String",
            "oneOf/2 Vec<Option<i64>>",
            "oneOf/2/items Option<i64>",
            "oneOf/2/items/anyOf/0 i64",
        ],
    );
}

#[test]
fn places_of_a_tuple() {
    check(
        "3.1.0",
        "    A: {type: array, prefixItems: [{type: string}, {type: integer}, {type: string}], items: {type: boolean}}\n",
        &[
            "items bool",
            "prefixItems AItem",
            "prefixItems/0 String",
            "prefixItems/1 i64",
            "prefixItems/2 String",
        ],
    );
}

#[test]
fn alternatives_of_one_enum() {
    check(
        "3.0.3",
        "    A: {oneOf: [{type: string, enum: [a]}, {type: string, enum: [b]}]}\n",
        &["oneOf/0 A", "oneOf/1 A"],
    );
    check(
        "3.0.3",
        "    A: {oneOf: [{type: string, enum: [a]}]}\n",
        &["oneOf/0 A"],
    );
}

#[test]
fn alternatives_that_only_constrain() {
    check(
        "3.0.3",
        "    A: {type: object, properties: {a: {type: string}}, anyOf: [{type: object, required: [a]}]}\n",
        &["anyOf/0 A", "properties/a String"],
    );
}

#[test]
fn types_that_became_one() {
    let same = "{type: object, title: Some Part, properties: {b: {type: string, enum: [x]}}}";
    check(
        "3.0.3",
        &format!("    A: {{properties: {{a: {same}, c: {same}}}}}\n"),
        &[
            "properties/a SomePart",
            "properties/a/properties/b AB",
            "properties/c SomePart",
            "properties/c/properties/b AB",
        ],
    );
}
