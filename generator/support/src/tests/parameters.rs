//! Parameters beyond the tables of styles: reserved characters, whole query strings, cookies, templates,
//! and texts that must stay as they are.

use super::arrived::{PLAIN, operation, sent};
use crate::runtime::{Encoding, OperationInfo, Style};
use serde_json::{Value, json as value};

#[tokio::test]
async fn reserved_characters() {
    let all = "a:/?#[]@!$&'()*+,;=%zz %2F%é|";
    let list = value!(["a,b", "/x?"]);
    for (style, explode, value, expected) in [
        (
            Style::Form,
            true,
            value!(all),
            "?q=a:/?%23[]@!$%26%27()*%2B,%3B=%25zz%20%2F%25%C3%A9%7C",
        ),
        (Style::Form, false, list.clone(), "?q=a%2Cb,/x?"),
        (Style::Form, true, list.clone(), "?q=a,b&q=/x?"),
        (Style::PipeDelimited, false, list, "?q=a,b%7C/x?"),
        (
            Style::DeepObject,
            true,
            value!({"a": "/[b]"}),
            "?q%5Ba%5D=/[b]",
        ),
    ] {
        let sent = sent(&PLAIN, "", |call| {
            call.query_reserved("q", style, explode, &value);
        });
        assert_eq!(sent.await.expect("sent").0, expected);
    }
    let encodings = [Encoding::new("a", Style::Form, true).reserved()];
    let body = value!({"a": "/x?&", "b": "/"});
    let sent = sent(&PLAIN, "", |call| {
        call.form_body("application/x-www-form-urlencoded", &encodings, &body);
    });
    assert_eq!(sent.await.expect("sent").2, "a=/x?%26&b=%2F");
}

#[tokio::test]
async fn whole_query_strings() {
    for (style, value, expected) in [
        (
            Style::Form,
            value!({"a": [1, "x&y"], "b": null}),
            "?a=1&a=x%26y",
        ),
        (Style::Json, value!({"a": [1]}), "?%7B%22a%22%3A%5B1%5D%7D"),
        (
            Style::Simple,
            value!("a=b&c[]=ü #"),
            "?a=b&c[]=%C3%BC%20%23",
        ),
    ] {
        let sent = sent(&PLAIN, "", |call| call.query_string("q", style, &value));
        assert_eq!(sent.await.expect("sent").0, expected);
    }
}

#[tokio::test]
async fn cookies_as_they_are() {
    for (explode, value, expected) in [
        (true, value!("a%20b=c"), "q=a%20b=c"),
        (true, value!(["a", "b"]), "q=a; q=b"),
        (false, value!(["a", "b"]), "q=a,b"),
        (true, value!({"a": 1, "b": 2}), "a=1; b=2"),
    ] {
        let sent = sent(&PLAIN, "cookie", |call| {
            call.cookie_value("q", Style::Cookie, explode, &value);
        });
        assert_eq!(sent.await.expect("sent").1, expected);
    }
    for value in ["a;b", "a b", "ü", "a\nb"] {
        let refused = sent(&PLAIN, "cookie", |call| {
            call.cookie_value("q", Style::Cookie, true, value);
        });
        let message = "op was not sent: the cookie `q` cannot be sent with this value";
        assert_eq!(refused.await.expect_err("no cookie"), message);
    }
}

#[tokio::test]
async fn templates() {
    static CASES: [(&str, &str); 9] = [
        ("/p/{a}.json", "/x%2Fy.json"),
        ("/p/{a}:{b}", "/x%2Fy:z"),
        ("/p/{a}-{b}.{a}", "/x%2Fy-z.x%2Fy"),
        ("/p/v1.0/it's", "/v1.0/it's"),
        ("/p?fixed=1&a={a}", "?fixed=1&a=x%2Fy&q=2"),
        ("/p?fixed", "?fixed&q=2"),
        ("/p?", "?q=2"),
        ("/p/{b}#get", "/z"),
        ("/p?b={b}#a?c", "?b=z&q=2"),
    ];
    for (path, expected) in &CASES {
        let operation: &'static OperationInfo = Box::leak(Box::new(operation(path)));
        let sent = sent(operation, "", |call| {
            call.path("a", &"x/y");
            call.path("b", &"z");
            if path.contains('?') {
                call.query("q", &2);
            }
        });
        assert_eq!(sent.await.expect("sent").0, *expected, "{path}");
    }
}

#[tokio::test]
async fn values_are_written_as_they_are() {
    let big = u128::MAX;
    let cases: [(Value, &str); 5] = [
        (value!(1.0), "?q=1.0"),
        (value!("\"\\é\n"), "?q=%22%5C%C3%A9%0A"),
        (value!([true, -1, 1e300]), "?q=true,-1,1e%2B300"),
        (
            value!([[1, "a,\"b"], {"c": []}]),
            "?q=%5B1%2C%22a%2C%5C%22b%22%5D,%7B%22c%22%3A%5B%5D%7D",
        ),
        (value!([]), ""),
    ];
    for (value, expected) in &cases {
        let sent = sent(&PLAIN, "", |call| {
            call.query_value("q", Style::Form, false, value);
        });
        assert_eq!(sent.await.expect("sent").0, *expected, "{value}");
    }
    let exact = sent(&PLAIN, "", |call| {
        call.query_value("q", Style::Form, false, &[big, 1]);
    });
    assert_eq!(exact.await.expect("sent").0, format!("?q={big},1"));

    let header = sent(&PLAIN, "x-json", |call| {
        call.header_value("x-json", Style::Json, false, &value!({"a": "é😀"}));
    });
    let expected = r#"{"a":"\u00e9\ud83d\ude00"}"#;
    assert_eq!(header.await.expect("sent").1, expected);

    let refused = sent(&PLAIN, "x", |call| {
        call.header_value("x", Style::Simple, false, "a\r\nb: c");
    });
    let message = "op was not sent: the header `x` cannot be sent with this value";
    assert_eq!(refused.await.expect_err("a line break"), message);
}
