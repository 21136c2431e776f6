//! Unions inside unions: deciding ends, and takes time that grows with the value only.

use super::unions::check;
use crate::runtime::{AdditionalProperties, Unmatched, branch, union};
use serde_json::{Value, json};

/// Each may be the other, and something of its own.
#[derive(Clone, Debug, PartialEq)]
enum Left {
    Right(Box<Right>),
    Text(String),
    Unrecognized(Unmatched),
}

union! { Left {
    Right = any();
    Text = string();
} }

#[derive(Clone, Debug, PartialEq)]
enum Right {
    Left(Box<Left>),
    Number(i64),
    Unrecognized(Unmatched),
}

union! { Right {
    Left = any();
    Number = integer();
} }

#[test]
fn unions_of_each_other_end() {
    check::<Left>(&[
        (json!("a"), "Text"),
        (json!(1), "Right"),
        (json!(true), "Unrecognized"),
        (json!({"a": {"b": []}}), "Unrecognized"),
    ]);
    check::<Right>(&[(json!("a"), "Left"), (json!(1), "Number")]);
}

/// Both branches hold another node, and the one that looks better fails after it was decoded.
#[derive(Clone)]
struct Tempting {
    child: Option<Box<Node>>,
    level: Option<i64>,
    rest: AdditionalProperties,
}

branch! { Tempting {
    optional child = "child";
    optional level = "level";
    ..rest
} }

#[derive(Clone)]
struct Plain {
    child: Option<Box<Node>>,
    rest: AdditionalProperties,
}

branch! { Plain {
    optional child = "child";
    ..rest
} }

#[derive(Clone, Debug, PartialEq)]
enum Node {
    Tempting(Tempting),
    Plain(Plain),
    Unrecognized(Unmatched),
}

union! { Node {
    Tempting = object::<Tempting>(&[]);
    Plain = object::<Plain>(&[]);
} }

#[test]
fn wrong_turns_at_every_level_do_not_multiply() {
    let mut text = String::from(r#"{"wide":["#);
    text += &vec!["1"; 20_000].join(",");
    text += "]}";
    for _ in 0..110 {
        text = format!(r#"{{"child":{text},"level":"high"}}"#);
    }
    let began = std::time::Instant::now();
    let read: Node = serde_json::from_str(&text).expect("a node");
    // Two branches at each of 110 levels would be 2^110 attempts.
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
    let mut depth = 0;
    let mut node = &read;
    while let Node::Plain(Plain {
        child: Some(child), ..
    }) = node
    {
        depth += 1;
        node = child;
    }
    assert_eq!(depth, 110);
    let value: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(serde_json::to_value(&read).expect("JSON"), value);
}

#[test]
fn many_small_values_are_read_one_by_one() {
    let one = r#"{"child":{"level":1},"level":"x"}"#;
    let text = format!("[{}]", vec![one; 5_000].join(","));
    let began = std::time::Instant::now();
    let read: Vec<Node> = serde_json::from_str(&text).expect("nodes");
    assert_eq!(read.len(), 5_000);
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}
