//! What is added to a document changes nothing that was there before.

use crate::case::{Case, files};
use serde_json::{Value, json};

/// Files that list the others.
const LISTS: &[&str] = &[
    "src/lib.rs",
    "src/operations/mod.rs",
    "src/types/mod.rs",
    "src/runtime/mod.rs",
    "src/runtime/base64.rs",
];

#[test]
fn operations_and_schemas_may_be_added() {
    let is_openapi = |case: &Case| !case.name.starts_with("swagger");
    for case in Case::single("cases").filter(is_openapi) {
        for name in ["aaa", "zzz"] {
            check(&case, name);
        }
    }
}

/// Adds an operation with a tag of its own, and a schema with a type inside it that is used nowhere.
fn check(case: &Case, name: &str) {
    let mut document: Value = serde_yaml::from_str(&case.text).expect("cases are YAML");
    let before = files("openapi.json", &document.to_string());
    let schema = json!({"type": "object", "properties": {"inner": {"type": "object", "properties": {"x": {"type": "integer"}}}}});
    let content = json!({"application/json": {"schema": schema}});
    document["paths"][format!("/{name}")] = json!({"post": {
        "operationId": format!("{name}Operation"),
        "tags": [format!("{name} tag")],
        "requestBody": {"required": true, "content": content},
        "responses": {"200": {"description": "It.", "content": content}},
    }});
    document["components"]["schemas"][format!("{name}Schema")] = schema;
    let after = files("openapi.json", &document.to_string());
    for (path, text) in &before {
        if !LISTS.contains(&path.as_str()) {
            assert_eq!(
                Some(text),
                after.get(path),
                "{} with {name}: {path}",
                case.name
            );
        }
    }
    let mut added: Vec<_> = after
        .keys()
        .filter(|path| !before.contains_key(*path))
        .collect();
    added.retain(|path| !LISTS.contains(&path.as_str()));
    let expected = [
        format!("src/operations/{name}_tag.rs"),
        format!("src/types/{name}_operation.rs"),
        format!("src/types/{name}_schema.rs"),
    ];
    assert_eq!(added, expected.iter().collect::<Vec<_>>(), "{}", case.name);
}

/// What is spelt as its identifier keeps it, and an operation keeps its id, when twins come.
#[test]
fn twins_take_no_names() {
    let object = |name: &str| json!({"type": "object", "properties": {name: {"type": "string"}}});
    let operation = |tag: &str| json!({"operationId": "listPets", "tags": [tag], "responses": {"204": {"description": "None."}}});
    let mut document = json!({
        "openapi": "3.0.3", "info": {"title": "t", "version": "1"},
        "paths": {"/pets": {"get": operation("pets")}},
        "components": {"schemas": {"Pet": object("petName")}},
    });
    let before = files("openapi.json", &document.to_string());
    for name in ["PET", "pet", "Pet_"] {
        document["components"]["schemas"][name] = object("petName");
    }
    document["components"]["schemas"]["Pet"]["properties"]["pet_name"] = json!({"type": "integer"});
    document["paths"]["/a/longer/path"] = json!({"get": operation("others")});
    let after = files("openapi.json", &document.to_string());
    assert_eq!(
        before["src/operations/pets.rs"],
        after["src/operations/pets.rs"]
    );
    assert!(after["src/operations/others.rs"].contains("fn get_a_longer_path("));
    assert!(after["src/types/pet.rs"].contains("pub struct Pet {"));
    assert!(after["src/types/pet.rs"].contains("pub pet_name: Option<i64>"));
}

/// An equal type added behind the others, and an equal title, change no name.
#[test]
fn equal_types_take_no_names() {
    let titled = json!({"type": "object", "title": "Postal Address", "properties": {"street": {"type": "string"}}});
    let plain = json!({"type": "object", "properties": {"zip": {"type": "string"}}});
    let mut document = json!({
        "openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": {},
        "components": {"schemas": {"Person": {"type": "object", "properties": {
            "home": titled, "one": {"type": "object", "properties": {"place": plain}},
        }}}},
    });
    let before = files("openapi.json", &document.to_string());
    document["components"]["schemas"]["Company"] =
        json!({"type": "object", "properties": {"seat": titled, "place": plain}});
    document["components"]["schemas"]["PersonPlace"] = plain;
    let after = files("openapi.json", &document.to_string());
    for file in ["src/types/person.rs", "src/types/postal_address.rs"] {
        assert_eq!(before[file], after[file], "{file}");
    }
}
