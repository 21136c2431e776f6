//! The same document gives the same bytes, whatever the order of its keys.

use crate::case::{Case, files};
use serde_json::{Map, Value};

/// Puts the members of a map in another order.
type Order = fn(&mut Vec<(String, Value)>);

const ORDERS: &[(&str, Order)] = &[
    ("reversed", |members| members.reverse()),
    ("rotated", |members| {
        let middle = members.len() / 2;
        members.rotate_left(middle);
    }),
    ("odd ones first", |members| {
        let mut index = 0;
        members.sort_by_key(|_| {
            index += 1;
            index % 2 == 0
        });
    }),
    ("by length", |members| {
        members.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    }),
];

#[test]
fn twice_the_same() {
    for case in Case::single("cases") {
        let [first, second] = [(); 2].map(|()| files(&case.file_name(), &case.text));
        assert!(first == second, "{}", case.name);
    }
}

#[test]
fn shuffled_the_same() {
    for case in Case::single("cases") {
        let expected = files(&case.file_name(), &case.text);
        let document: Value = serde_yaml::from_str(&case.text).expect("cases are YAML");
        for (name, order) in ORDERS {
            let text = serde_json::to_string(&shuffled(&document, *order)).expect("JSON");
            let found = files("openapi.json", &text);
            assert!(
                expected.keys().eq(found.keys()),
                "{}, {name}: other files",
                case.name
            );
            for (path, text) in &expected {
                assert_eq!(Some(text), found.get(path), "{}, {name}: {path}", case.name);
            }
        }
    }
}

/// The document with `paths` and every map of `components` in another order.
fn shuffled(document: &Value, order: Order) -> Value {
    let mut document = document.clone();
    let reorder = |map: &mut Map<String, Value>| {
        let mut members: Vec<_> = std::mem::take(map).into_iter().collect();
        order(&mut members);
        map.extend(members);
    };
    if let Some(Value::Object(paths)) = document.get_mut("paths") {
        reorder(paths);
    }
    if let Some(Value::Object(components)) = document.get_mut("components") {
        let kinds = components.values_mut();
        kinds.filter_map(Value::as_object_mut).for_each(reorder);
        reorder(components);
    }
    document
}
