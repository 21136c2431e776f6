//! Bodies whose parts follow each other, as a parser of others reads them off a socket.

use super::golden;
use super::golden::API;
use super::multipart::Whole;
use crate::runtime::loopback::{Loopback, Sent};
use crate::runtime::{
    Call, ClientBuilder, File, Method, Multipart, OperationInfo, Undocumented, decode,
};
use serde_json::json as value;
use std::convert::identity;
use std::sync::{Arc, Mutex};

static POST: OperationInfo = golden::operation(Method::POST, "/s", &[]);

/// The content type without its boundary, and each part in a line; or why nothing is sent.
async fn sent(fill: impl FnOnce(&mut Call<'_>)) -> Result<Vec<String>, String> {
    let received = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&received);
    let server = Loopback::start(move |request| {
        let content_type = request.header("content-type").unwrap_or_default();
        log.lock()
            .expect("a lock")
            .push((content_type, request.body));
        Sent {
            status: 204,
            headers: Vec::new(),
            body: Vec::new(),
        }
    });
    let server = server.expect("a port");
    let builder = ClientBuilder::new(&API).base_url(server.url());
    let client = builder.build().expect("a client");
    let mut call = client.call(&POST);
    fill(&mut call);
    let decode = |response| decode::success(response, decode::empty, identity);
    let result = call.send::<(), Undocumented>(decode).await;
    result.map_err(|error| error.to_string())?;
    let (content_type, body) = received.lock().expect("a lock").remove(0);
    let (before, after) = content_type.split_once("; boundary=").expect("a boundary");
    let (boundary, after) = after.split_at(32);
    let mut parts = multer::Multipart::new(Whole(Some(body.into())), boundary);
    let mut lines = vec![format!("{before}{after}")];
    while let Some(part) = parts.next_field().await.expect("a part") {
        let header = |name| {
            part.headers()
                .get(name)
                .map(|value| value.to_str().expect("text"))
        };
        let disposition = header("content-disposition").unwrap_or("-").to_owned();
        let kind = header("content-type").unwrap_or("-").to_owned();
        let text = part.text().await.expect("a text");
        lines.push(format!("{disposition} | {kind} | {text}"));
    }
    Ok(lines)
}

#[tokio::test]
async fn properties_have_names_and_say_what_they_are() {
    let body = value!({
        "count": 3,
        "meta": {"a": 1},
        "none": null,
        "note": "naïve",
        "tags": ["x", "y"],
    });
    let parts =
        sent(|call| call.multipart_body("multipart/mixed", &[("count", "text/x-n")], &body));
    let expected = [
        "multipart/mixed",
        "form-data; name=\"count\" | text/x-n | 3",
        "form-data; name=\"meta\" | application/json | {\"a\":1}",
        "form-data; name=\"note\" | text/plain; charset=utf-8 | naïve",
        "form-data; name=\"tags\" | text/plain; charset=utf-8 | x",
        "form-data; name=\"tags\" | text/plain; charset=utf-8 | y",
    ];
    assert_eq!(parts.await.expect("sent"), expected);
}

#[tokio::test]
async fn related_parts_name_the_type_of_the_first() {
    let json = value!({"a": {}, "b": "text"});
    for (media_type, expected) in [
        (
            "multipart/related",
            "multipart/related; type=\"application/json\"",
        ),
        (
            "Multipart/Related; x=y",
            "Multipart/Related; x=y; type=\"application/json\"",
        ),
        (
            "multipart/related; type=\"application/dicom\"",
            "multipart/related; type=\"application/dicom\"",
        ),
        ("multipart/mixed", "multipart/mixed"),
    ] {
        let parts = sent(|call| call.multipart_body(media_type, &[], &json)).await;
        assert_eq!(parts.expect("sent")[0], expected);
    }
    let file = File::new("<a/>").content_type("application/xml; charset=utf-8");
    let parts = Multipart::new()
        .part(file)
        .part(File::new("b").name("b.txt"));
    let parts = sent(|call| call.parts_body("multipart/related", parts)).await;
    let expected = [
        "multipart/related; type=\"application/xml\"",
        "- | application/xml; charset=utf-8 | <a/>",
        "attachment; filename=\"b.txt\" | application/octet-stream | b",
    ];
    assert_eq!(parts.expect("sent"), expected);
    let parts = sent(|call| call.parts_body("multipart/related", Multipart::new().text("a", "1")));
    assert_eq!(
        parts.await.expect("sent")[0],
        "multipart/related; type=\"text/plain\""
    );
}

#[tokio::test]
async fn items_are_parts_in_their_order() {
    let items = value!([{"a": 1}, "text", 2, [3]]);
    let first = [None, Some("text/csv")];
    let parts = sent(|call| call.listed_body("multipart/mixed", &first, Some("text/x-n"), &items));
    let expected = [
        "multipart/mixed",
        "- | application/json | {\"a\":1}",
        "- | text/csv | text",
        "- | text/x-n | 2",
        "- | text/x-n | [3]",
    ];
    assert_eq!(parts.await.expect("sent"), expected);
    let files = [
        File::new("1").name("one.png"),
        File::new("2").content_type("image/gif"),
    ];
    let parts = sent(|call| call.listed_body("multipart/mixed", &[], Some("image/png"), &files));
    let expected = [
        "multipart/mixed",
        "attachment; filename=\"one.png\" | image/png | 1",
        "- | image/gif | 2",
    ];
    assert_eq!(parts.await.expect("sent"), expected);
}

#[tokio::test]
async fn what_is_in_no_parts_is_refused() {
    let refused = "op was not sent: the body cannot be written in parts: it has none, or has a file \
                   inside of one";
    let parts = sent(|call| call.listed_body("multipart/mixed", &[], None, &value!({}))).await;
    assert_eq!(parts.expect_err("an object"), refused);
    let inside = [[File::new("1")]];
    let parts = sent(|call| call.listed_body("multipart/mixed", &[], None, &inside)).await;
    assert_eq!(parts.expect_err("a file inside"), refused);
    let part = Multipart::new().part(File::new("1").content_type("a\nb"));
    let parts = sent(|call| call.parts_body("multipart/mixed", part)).await;
    assert_eq!(
        parts.expect_err("a header"),
        "op was not sent: a part cannot be sent with its headers"
    );
}
