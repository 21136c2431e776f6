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
