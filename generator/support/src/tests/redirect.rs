//! Which redirects are followed, and what goes along.

use super::golden::{Thing, builder, client};
use super::scripted::{Answer, Scripted, Sent, json, with_headers};
use crate::runtime::{Error, HeaderName, HeaderValue};

const THING: &str = r#"{"name":"a"}"#;

fn to(status: u16, location: &str) -> Answer {
    with_headers(status, &[("location", location)], "moved")
}

/// Follows one redirect from a GET, and returns the second request, if there was one.
async fn get(status: u16, location: &str) -> Option<Sent> {
    let transport = Scripted::new([to(status, location), json(200, THING)]);
    let mine = HeaderValue::from_static("hunter2");
    let client = builder(&transport)
        .default_header(HeaderName::from_static("x-default"), mine.clone())
        .build()
        .expect("a client");
    let request = client.get_thing("a", "b").trace("hunter2");
    let result = request
        .header(HeaderName::from_static("x-mine"), mine)
        .await;
    let mut sent = transport.sent();
    match result {
        Ok(_) => assert_eq!(sent.len(), 2),
        Err(Error::Undeclared(response)) => {
            assert_eq!(response.status().as_u16(), status);
            // With a 304 there is no body.
            let text = if status == 304 { "" } else { "moved" };
            assert_eq!(response.text(), text);
            assert_eq!(sent.len(), 1);
        }
        Err(error) => panic!("{error}"),
    }
    sent.drain(1..).next()
}

#[tokio::test]
async fn within_the_origin_everything_goes_along() {
    for status in [301, 302, 303, 307, 308] {
        for (location, uri) in [
            ("/v3/x?a=b#c", "https://api.example.com/v3/x?a=b"),
            ("../x", "https://api.example.com/v2/things/a/x"),
            (
                "x/./y/%2E%2e/z/..",
                "https://api.example.com/v2/things/a/parts/x/",
            ),
            ("../../../../../../x", "https://api.example.com/x"),
            (
                "?a=b",
                "https://api.example.com/v2/things/a/parts/b.json?a=b",
            ),
            ("", "https://api.example.com/v2/things/a/parts/b.json"),
            (
                "x?y=z:/a",
                "https://api.example.com/v2/things/a/parts/x?y=z:/a",
            ),
            ("https://API.example.com:443/x", "https://api.example.com/x"),
        ] {
            let sent = get(status, location).await.expect("a second request");
            assert_eq!(sent.uri, uri);
            assert_eq!(sent.method, "GET");
            assert_eq!(sent.header("authorization"), "Bearer hunter2-token");
            for name in ["x-trace", "x-mine", "x-default"] {
                assert_eq!(sent.header(name), "hunter2");
            }
        }
    }
}

#[tokio::test]
async fn nothing_of_the_user_goes_to_another_origin() {
    for location in [
        "https://evil.example/x",
        "https://[::1]/x",
        "https://evil.example?x",
        "//evil.example/x",
        "https://api.example.com:8443/x",
        "https://api.example.com.evil.example/x",
    ] {
        let sent = get(302, location).await.expect("a second request");
        let mut names: Vec<&str> = sent.headers.keys().map(HeaderName::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "user-agent"], "{location}");
        assert!(!format!("{} {:?}", sent.uri, sent.headers).contains("hunter2"));
    }
}

#[tokio::test]
async fn redirects_that_are_not_followed() {
    for location in [
        "\\\\evil.example\\x",
        "http://api.example.com/x",
        "http://evil.example/x",
        "https://user@api.example.com/x",
        "https://user:pass@evil.example/x",
        "ftp://api.example.com/x",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "https://",
        "https:/x",
        "https:x",
        "x:y",
        "\\\\evil.example\\x",
        "/\\evil.example",
        "https://api.example.com\\@evil.example",
        "https://api.example.com:x",
        "https://api.example.com:99999/",
        "https://evil.example%2F.api.example.com/",
        "https://[evil]/",
        "https://[::1/",
        "///evil.example",
        "/a b",
        "/\t",
    ] {
        assert!(get(302, location).await.is_none(), "{location}");
    }
    for status in [300, 304, 305, 306] {
        assert!(get(status, "/x").await.is_none(), "{status}");
    }
    let headers = [("location", "/x"), ("location", "/y")];
    let (client, transport) = client([with_headers(302, &headers, ""), with_headers(302, &[], "")]);
    for _ in 0..2 {
        let error = client
            .get_thing("a", "b")
            .await
            .expect_err("no single location");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
    }
    assert_eq!(transport.sent().len(), 2);
}

#[tokio::test]
async fn other_methods() {
    for (status, location, followed) in [
        (301, "/x", false),
        (302, "/x", false),
        (303, "/x", false),
        (307, "/x", true),
        (308, "/x", true),
        (307, "https://evil.example/x", false),
        (308, "https://evil.example/x", false),
    ] {
        let (client, transport) = client([to(status, location), json(200, THING)]);
        let result = client.create_thing(Thing::new("a")).await;
        assert_eq!(result.is_ok(), followed, "{status} {location}");
        let sent = transport.sent();
        assert_eq!(sent.len(), 1 + usize::from(followed));
        if followed {
            assert_eq!(
                (&sent[1].method, &sent[1].body),
                (&sent[0].method, &sent[0].body)
            );
            assert_eq!(
                sent[1].uri,
                "https://api.example.com/x?api%20key=hunter2%20key"
            );
        }
    }
}

#[tokio::test]
async fn a_key_in_the_query_is_not_doubled() {
    let location = "/x?api%20key=hunter2%20key";
    let (client, transport) = client([to(307, location), json(200, THING)]);
    client.create_thing(Thing::new("a")).await.expect("a thing");
    assert_eq!(
        transport.sent()[1].uri,
        format!("https://api.example.com{location}")
    );
}

#[tokio::test]
async fn credentials_do_not_come_back() {
    let there = to(302, "https://evil.example/x");
    let back = to(302, "https://api.example.com/v2/admin");
    let (client, transport) = client([there, back, json(200, THING)]);
    client.get_thing("a", "b").await.expect("a thing");
    let sent = transport.sent();
    assert_eq!(sent.len(), 3);
    assert!(!sent[2].headers.contains_key("authorization"));
}

#[tokio::test]
async fn a_circle_ends() {
    let (client, transport) = client((0..20).map(|_| to(302, "/x")));
    let error = client.get_thing("a", "b").await.expect_err("a circle");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
    assert_eq!(transport.sent().len(), 11);
}
