//! What is printed for types.

mod emit_builder;

use emit_builder::*;
use specwright::model::*;

#[test]
fn struct_with_fields_of_every_kind() {
    let mut secret = field(FieldKind::WriteOnly, "password", "password", Type::Secret);
    secret.argument = true;
    let fields = vec![
        field(FieldKind::Required, "id", "id", Type::Uuid),
        field(
            FieldKind::Required,
            "parent",
            "parent",
            option(Type::String),
        ),
        field(
            FieldKind::Optional,
            "description",
            "description",
            Type::String,
        ),
        field(FieldKind::OptionalAny, "extra", "extra", Type::Value),
        field(
            FieldKind::Nullable,
            "expires_at",
            "expiresAt",
            Type::Timestamp,
        ),
        field(FieldKind::ReadOnly, "created", "created", Type::Date),
        field(
            FieldKind::ReadOnlyNullable,
            "changed",
            "changed",
            Type::Date,
        ),
        secret,
    ];
    insta::assert_snapshot!(types_text(vec![Item::Struct(structure("Thing", fields))]));
}

#[test]
fn setters_take_what_callers_have() {
    let optional = |name, ty| field(FieldKind::Optional, name, name, ty);
    let fields = vec![
        optional("count", Type::I64),
        optional("bytes", Type::Base64),
        optional("color", named("Color")),
        optional("names", vec(Type::String)),
        optional("colors", vec(named("Color"))),
        optional("labels", map(Type::String)),
        optional("grants", map(vec(named("Grant")))),
        optional("r#type", Type::String),
    ];
    insta::assert_snapshot!(types_text(vec![Item::Struct(structure("Thing", fields))]));
}

#[test]
fn recursion_through_boxes() {
    let fields = vec![
        field(FieldKind::Required, "head", "head", boxed(named("Tree"))),
        field(FieldKind::Optional, "left", "left", boxed(named("Tree"))),
        field(FieldKind::Nullable, "right", "right", boxed(named("Tree"))),
    ];
    let tree = Struct {
        rest: None,
        ..structure("Tree", fields)
    };
    insta::assert_snapshot!(types_text(vec![Item::Struct(tree)]));
}

#[test]
fn received_struct_with_typed_rest_and_deprecations() {
    let mut old = field(FieldKind::Optional, "old", "old", Type::Bool);
    old.deprecated = true;
    let thing = Struct {
        deprecated: true,
        rest: rest(Some(named("Color"))),
        setters: false,
        ..structure("Thing", vec![old])
    };
    insta::assert_snapshot!(types_text(vec![Item::Struct(thing)]));
}

#[test]
fn eight_required_fields_are_expected_to_be_many() {
    let fields = (1..=8).map(|number| {
        let name = format!("field_{number}");
        field(FieldKind::Required, &name, &name, Type::Bool)
    });
    let text = types_text(vec![Item::Struct(structure("Wide", fields.collect()))]);
    assert!(text.contains("#[expect(clippy::too_many_arguments"));
}

#[test]
fn enums() {
    let with_default = StringEnum {
        default: Some(ident("Green")),
        ..string_enum("Color", &[("Red", "red"), ("Green", "green")])
    };
    let with_other_fallback = StringEnum {
        fallback: Some(ident("Other")),
        ..string_enum("Answer", &[("Unrecognized", "unrecognized")])
    };
    let integers = integer_enum("Priority", Type::I64, &[("Low", -1), ("High", 10)]);
    insta::assert_snapshot!(types_text(vec![
        Item::StringEnum(with_default),
        Item::StringEnum(with_other_fallback),
        Item::IntegerEnum(integers),
    ]));
}

#[test]
fn aliases() {
    insta::assert_snapshot!(types_text(vec![
        Item::Alias(alias("Things", vec(named("Thing")))),
        Item::Alias(Alias {
            deprecated: true,
            ..alias("Labels", map(Type::String))
        }),
    ]));
}

#[test]
fn module_of_types() {
    let thing = Item::Struct(structure("Thing", Vec::new()));
    let kind = Item::StringEnum(string_enum("ThingKind", &[]));
    let type_files = vec![
        type_file("color", vec![Item::StringEnum(string_enum("Color", &[]))]),
        type_file("thing", vec![thing, kind]),
        type_file("r#type", vec![Item::Alias(alias("Type", Type::String))]),
    ];
    let api = Crate {
        type_files,
        ..api()
    };
    insta::assert_snapshot!(text(&api, "src/types/mod.rs"));
    assert!(text(&api, "src/types/type.rs").contains("pub type Type = String;"));
}
