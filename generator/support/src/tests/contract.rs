//! What the contract test accepts of a request, and what it does not.

use crate::contract::compare::difference;
use crate::contract::loopback::{Received, request};
use crate::contract::received::objections;
use crate::contract::seen::{Declared, Seen, Shown, unexpected};
use crate::contract::styles::{Written, in_pairs, in_text, pairs};
use serde_json::{Value, json};

fn check(how: (&str, &str, bool), raw: &str, value: &Value, expected: bool) {
    let (location, style, explode) = how;
    let how = Written {
        name: "p",
        style,
        explode,
    };
    let is_it = if location == "query" {
        let mut left = pairs(raw, '&');
        in_pairs(how, value, &mut left) && left.is_empty()
    } else {
        in_text(how, value, raw)
    };
    assert_eq!(is_it, expected, "{raw} as {how:?} of {value}");
}

#[test]
fn styles_are_read_as_the_specification_writes_them() {
    let list = json!(["blue", "a,b"]);
    let object = json!({ "R": 100, "G": "x y" });
    let cases: [(_, _, &Value, bool); 26] = [
        (("path", "simple", false), "blue,a%2Cb", &list, true),
        (("path", "simple", false), "blue,a,b", &list, false),
        (("path", "label", true), ".blue.a%2Cb", &list, true),
        (("path", "label", false), ".blue,a%2Cb", &list, true),
        (("path", "matrix", true), ";p=blue;p=a%2Cb", &list, true),
        (("path", "matrix", false), ";p=blue,a%2Cb", &list, true),
        (("path", "matrix", false), ";q=blue,a%2Cb", &list, false),
        (("path", "simple", false), "R,100,G,x%20y", &object, true),
        (("path", "simple", true), "R=100,G=x%20y", &object, true),
        (("path", "label", true), ".R=100.G=x%20y", &object, true),
        (("path", "matrix", true), ";R=100;G=x%20y", &object, true),
        (("path", "matrix", false), ";p=R,100,G,x+y", &object, true),
        (("query", "form", true), "p=blue&p=a%2Cb", &list, true),
        (("query", "form", true), "p=blue", &list, false),
        (("query", "form", true), "p=a%2Cb&p=blue", &list, false),
        (("query", "form", false), "p=blue,a%2Cb", &list, true),
        (
            ("query", "spaceDelimited", false),
            "p=blue%20a,b",
            &list,
            true,
        ),
        (("query", "pipeDelimited", false), "p=blue|a,b", &list, true),
        (
            ("query", "pipeDelimited", true),
            "p=blue&p=a,b",
            &list,
            true,
        ),
        (
            ("query", "spaceDelimited", true),
            "p=blue%20a,b",
            &list,
            false,
        ),
        (("query", "form", true), "G=x+y&R=100", &object, true),
        (("query", "form", false), "p=R,100,G,x+y", &object, true),
        (
            ("query", "deepObject", true),
            "p[R]=100&p%5BG%5D=x+y",
            &object,
            true,
        ),
        (("query", "deepObject", true), "p[R]=100", &object, false),
        (
            ("query", "deepObject", true),
            "p[R]=100&p[G]=x+y&p[B]=1",
            &object,
            false,
        ),
        (
            ("query", "json", false),
            "p=%7B%22R%22:100,%22G%22:%22x+y%22%7D",
            &object,
            true,
        ),
    ];
    for (how, raw, value, expected) in cases {
        check(how, raw, value, expected);
    }
}

#[test]
fn values_may_be_written_in_several_ways() {
    let cases = [
        (json!(1), json!(1.0), true),
        (
            json!("2026-01-31T13:00:00+01:00"),
            json!("2026-01-31T12:00:00Z"),
            true,
        ),
        (
            json!("2026-01-31T12:00:01Z"),
            json!("2026-01-31T12:00:00Z"),
            false,
        ),
        (
            json!("2026-03-01T00:30:00+01:00"),
            json!("2026-02-28T23:30:00.0Z"),
            true,
        ),
        (json!({ "a": null }), json!({}), false),
        (json!([1]), json!([1, 2]), false),
        (json!("a"), json!("A"), false),
    ];
    for (left, right, expected) in cases {
        let same = difference("", &left, &right).is_none();
        assert_eq!(same, expected, "{left} and {right}");
    }
}

fn operation() -> Value {
    json!({
        "method": "POST",
        "path": "/pets/{id}/{part}.json",
        "parameters": [
            { "in": "path", "name": "id", "style": "simple", "explode": false },
            { "in": "path", "name": "part", "style": "simple", "explode": false },
            { "in": "query", "name": "q", "style": "form", "explode": true },
            { "in": "header", "name": "x-h", "style": "simple", "explode": false },
        ],
        "bodies": [
            { "choice": "Json", "media": "application/json", "kind": "json" },
            { "choice": "Json2", "media": "application/json; version=2", "kind": "json" },
            { "choice": "Csv", "media": "text/csv", "kind": "text" },
        ],
        "accept": ["application/json"],
        "security": [
            [{ "in": "query", "name": "key", "value": "secret" }],
            [{ "in": "header", "name": "authorization", "value": "Bearer secret" }],
        ],
    })
}

fn received(text: &str) -> Received {
    let read = request(&mut text.as_bytes());
    read.ok().flatten().expect("a request")
}

const GOOD: &str = "POST /base/pets/a%2Fb/1.5.json?q=1 HTTP/1.1\r\nx-h: 50% + 1\r\n\
    accept: application/json\r\nauthorization: Bearer secret\r\ncontent-type: application/json\r\n\
    content-length: 7\r\n\r\n{\"a\":1}";

#[test]
fn whatever_differs_is_objected_to() {
    let sent = json!({
        "path id": "a/b",
        "path part": 1.5,
        "query q": 1,
        "header x-h": "50% + 1",
        "choice": "Json",
        "body": { "a": 1 },
    });
    let cases = [
        ("", "", ""),
        ("POST", "PUT", "the method is PUT"),
        ("/base/", "/", "the path"),
        ("a%2Fb", "a/b", "the path"),
        ("1.5.json", "2.5.json", "the path parameter `part`"),
        ("?q=1", "?q=2", "the query parameter `q`"),
        ("?q=1", "?q=1&r=1", "nothing is declared as `r`"),
        ("Bearer", "Basic", "no alternative of credentials"),
        ("50%", "51%", "the header parameter `x-h`"),
        (
            "accept: application/json",
            "accept: text/csv",
            "`text/csv` is asked for",
        ),
        (
            "content-type: application/json",
            "content-type: text/plain",
            "the body is `text/plain`",
        ),
        ("\"a\":1", "\"a\":2", "`body/a` was 1 and is 2"),
    ];
    for (from, to, expected) in cases {
        let request = received(&GOOD.replacen(from, to, 1));
        let objections = objections(&request, &operation(), &sent, "/base").join("; ");
        assert!(
            objections.starts_with(expected),
            "{from} to {to}: {objections}"
        );
        assert_eq!(
            objections.is_empty(),
            expected.is_empty(),
            "{from} to {to}: {objections}"
        );
    }
}

#[test]
fn bodies_are_of_the_media_type_that_was_chosen() {
    let cases = [
        ("Json", "application/json", json!({ "a": 1 }), true),
        (
            "Json",
            "application/json; charset=utf-8",
            json!({ "a": 1 }),
            true,
        ),
        (
            "Json",
            "application/json; version=2",
            json!({ "a": 1 }),
            false,
        ),
        (
            "Json2",
            "Application/JSON;Version=\"2\"",
            json!({ "a": 1 }),
            true,
        ),
        ("Json2", "application/json", json!({ "a": 1 }), false),
        ("Csv", "text/csv", json!("{\"a\":1}"), true),
        ("Csv", "application/json", json!("{\"a\":1}"), false),
        ("Csv", "text/csv", json!("a"), false),
        ("Xml", "application/json", json!({ "a": 1 }), false),
    ];
    for (choice, media, value, expected) in cases {
        let operation = json!({ "method": "POST", "path": "/f", "bodies": operation()["bodies"] });
        let sent = json!({ "choice": choice, "body": value });
        let request = Received {
            method: "POST".to_owned(),
            target: "/f".to_owned(),
            headers: vec![("content-type".to_owned(), media.to_owned())],
            body: b"{\"a\":1}".to_vec(),
        };
        let objections = objections(&request, &operation, &sent, "");
        assert_eq!(
            objections.is_empty(),
            expected,
            "{choice} as {media}: {objections:?}"
        );
    }
}

#[test]
fn forms_are_read_by_property() {
    let operation = json!({
        "method": "POST",
        "path": "/f",
        "bodies": [{
            "choice": "Form",
            "media": "application/x-www-form-urlencoded",
            "kind": "form",
            "encoding": { "tags": { "style": "form", "explode": false } },
        }],
    });
    let sent = json!({ "choice": "Form", "body": { "a b": "ü&", "tags": ["x", "y"], "deep": { "k": [1, 2] } } });
    let cases = [
        ("a+b=%C3%BC%26&tags=x,y&deep[k][0]=1&deep[k][1]=2", true),
        ("a%20b=%C3%BC%26&tags=x,y&deep=%7B%22k%22:[1,2]%7D", true),
        (
            "a+b=%C3%BC%26&tags=x&tags=y&deep[k][0]=1&deep[k][1]=2",
            false,
        ),
        (
            "a+b=%C3%BC%26&tags=x,y&deep[k][0]=1&deep[k][1]=2&more=1",
            false,
        ),
    ];
    for (text, expected) in cases {
        let request = Received {
            method: "POST".to_owned(),
            target: "/f".to_owned(),
            headers: vec![(
                "content-type".to_owned(),
                "application/x-www-form-urlencoded".to_owned(),
            )],
            body: text.as_bytes().to_vec(),
        };
        let objections = objections(&request, &operation, &sent, "");
        assert_eq!(objections.is_empty(), expected, "{text}: {objections:?}");
    }
}

#[test]
fn a_variant_is_that_of_the_status_and_the_media_type() {
    let any: &[&str] = &[];
    let cases = [
        (("201", any), ("201", json!(null)), true),
        (("201", any), ("201", json!("text/csv")), true),
        (("2xx", any), ("2XX", json!(null)), true),
        (("202", any), ("201", json!(null)), false),
        (("2XX", any), ("201", json!(null)), false),
        (("201", any), ("2XX", json!(null)), false),
        (("default", any), ("2XX", json!(null)), false),
        (("201", &["text/csv", "a/b"]), ("201", json!("a/b")), true),
        (("201", &["text/csv"]), ("201", json!("text/*")), false),
        (("201", &["text/*"]), ("201", json!("text/csv")), false),
        (("201", &["a/b"]), ("201", json!("a/b; version=2")), false),
        (("201", &["a/b"]), ("201", json!(null)), false),
    ];
    for ((status, media), (key, declared), expected) in cases {
        let seen = Seen {
            status: 201,
            end: "success",
            declared: Some(Declared { status, media }),
            body: Shown::Empty,
            words: String::new(),
        };
        let response = json!({
            "status": 201,
            "end": "success",
            "declared": { "status": key, "media": declared },
        });
        let wrong = unexpected(&seen, &response, "");
        assert_eq!(wrong.is_none(), expected, "{status} {media:?}: {wrong:?}");
    }
}

#[test]
fn an_error_is_one_with_its_status() {
    let response = json!({ "status": 404, "end": "error", "declared": { "status": "4XX" } });
    for (status, end, expected) in [
        (404, "error", true),
        (400, "error", false),
        (404, "success", false),
        (404, "undeclared", false),
    ] {
        let seen = Seen {
            status,
            end,
            declared: None,
            body: Shown::Empty,
            words: String::new(),
        };
        let wrong = unexpected(&seen, &response, "");
        assert_eq!(wrong.is_none(), expected, "{status} {end}: {wrong:?}");
    }
}

#[test]
fn chunks_are_put_together() {
    let text =
        "PUT /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;e=1\r\nde\r\n0\r\n\r\n";
    assert_eq!(received(text).body, b"abcde");
    assert_eq!(request(&mut "".as_bytes()).ok().flatten(), None);
}
