//! Bodies of parts, as a parser of others reads them.

use super::golden;
use super::golden::API;
use crate::runtime::{
    AdditionalProperties, Body, Bytes, Call, ClientBuilder, File, HeaderName, HeaderValue, Method,
    Multipart, OperationInfo, Transport, TransportError, Undocumented, decode, object,
};
use http_body::Body as _;
use serde_json::json as value;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex};

const FORM: &str = "multipart/form-data";

static POST: OperationInfo = golden::operation(Method::POST, "/s", &[]);

#[derive(Clone, Default)]
struct Upload {
    name: String,
    file: Option<File>,
    more: Option<Vec<File>>,
    tags: Option<Vec<String>>,
    meta: Option<serde_json::Value>,
    count: Option<i64>,
    id: Option<String>,
    additional_properties: AdditionalProperties,
}

object! { Upload {
    required name = "name";
    optional file = "file";
    optional more = "more[]";
    optional tags = "tags";
    optional meta = "meta";
    optional count = "count";
    read_only id = "id";
    ..additional_properties
} }

/// Reads what it is sent whole, and answers 200.
#[derive(Clone, Default)]
struct Reader(Arc<Mutex<Vec<Read>>>);

/// A content type, a body, and the size that it announced.
type Read = (String, Bytes, Option<u64>);

impl Transport for Reader {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> crate::runtime::BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (head, body) = request.into_parts();
            let content_type = head.headers["content-type"]
                .to_str()
                .expect("text")
                .to_owned();
            let size = body.size_hint().exact();
            let mut body = pin!(body);
            let mut bytes = Vec::new();
            while let Some(frame) =
                std::future::poll_fn(|context| Pin::as_mut(&mut body).poll_frame(context)).await
            {
                let Ok(frame) = frame else { break };
                bytes.extend(frame.into_data().expect("data"));
            }
            self.0
                .lock()
                .expect("a lock")
                .push((content_type, bytes.into(), size));
            Ok(http::Response::new(Body::empty()))
        })
    }

    fn sleep(&self, duration: std::time::Duration) -> crate::runtime::BoxFuture<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Each part in a line, as `multer` reads it, or why nothing is sent.
async fn parts(fill: impl FnOnce(&mut Call<'_>)) -> Result<Vec<String>, String> {
    let reader = Reader::default();
    let builder = ClientBuilder::new(&API).transport(reader.clone());
    let client = builder.build().expect("a client");
    let mut call = client.call(&POST);
    fill(&mut call);
    let decode = |response| decode::success(response, decode::empty, std::convert::identity);
    let result = call.send::<(), Undocumented>(decode).await;
    result.map_err(|error| error.to_string())?;
    let (content_type, bytes, size) = reader.0.lock().expect("a lock").remove(0);
    assert!(size.is_none_or(|size| size == bytes.len() as u64));
    let boundary = multer::parse_boundary(content_type).expect("a boundary");
    let whole = Whole(Some(bytes));
    let mut multipart = multer::Multipart::new(whole, boundary);
    let mut lines = Vec::new();
    while let Some(field) = multipart.next_field().await.expect("a part") {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let kind = field.content_type().map(ToString::to_string);
        let more = field.headers().get("x-more").cloned();
        let text = field.text().await.expect("a text");
        let shown = [
            file,
            kind,
            more.map(|more| more.to_str().unwrap_or("").to_owned()),
        ];
        let shown: Vec<_> = shown.into_iter().flatten().collect();
        lines.push(format!("{name} [{}] {text}", shown.join(", ")));
    }
    Ok(lines)
}

/// A stream of one chunk.
pub(super) struct Whole(pub(super) Option<Bytes>);

impl futures_core::Stream for Whole {
    type Item = Result<Bytes, std::convert::Infallible>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(Ok))
    }
}

#[tokio::test]
async fn properties_are_parts() {
    let upload = Upload {
        name: "a \"b\"".to_owned(),
        file: Some(
            File::new("hello")
                .name("naïve \"x\".txt")
                .content_type("text/plain")
                .header(
                    HeaderName::from_static("x-more"),
                    HeaderValue::from_static("1"),
                ),
        ),
        more: Some(vec![File::from("1"), File::from(b"2".to_vec())]),
        tags: Some(vec!["x".to_owned(), "y".to_owned()]),
        meta: Some(value!({"a": [1]})),
        count: Some(3),
        id: Some("server's own".to_owned()),
        ..Upload::default()
    };
    let sent = parts(|call| {
        call.multipart_body(
            FORM,
            &[("tags", "application/json"), ("more[]", "image/png")],
            &upload,
        );
    });
    let expected = [
        "name [] a \"b\"",
        "file [naïve %22x%22.txt, text/plain, 1] hello",
        "more[] [more[], image/png] 1",
        "more[] [more[], image/png] 2",
        "tags [application/json] [\"x\",\"y\"]",
        "meta [application/json] {\"a\":[1]}",
        "count [] 3",
    ];
    assert_eq!(sent.await.expect("sent"), expected);

    let json = "Application/JSON; charset=utf-8";
    let typed = Upload {
        name: "a".to_owned(),
        tags: Some(vec!["x".to_owned()]),
        ..Upload::default()
    };
    let types = [("name", json), ("tags", json)];
    let sent = parts(|call| call.multipart_body(FORM, &types, &typed)).await;
    let expected = [
        "name [application/json; charset=utf-8] \"a\"",
        "tags [application/json; charset=utf-8] [\"x\"]",
    ];
    assert_eq!(sent.expect("sent"), expected);

    let sparse = Upload {
        name: "a".to_owned(),
        tags: Some(vec!["x".to_owned(), "y".to_owned()]),
        ..Upload::default()
    };
    let sent = parts(|call| call.multipart_body(FORM, &[], &sparse)).await;
    assert_eq!(sent.expect("sent"), ["name [] a", "tags [] x", "tags [] y"]);
}

/// A stream of as many chunks.
struct Stream(usize);

impl http_body::Body for Stream {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        let left = self.0.checked_sub(1);
        self.0 = left.unwrap_or_default();
        let frame = left.map(|_| Ok(http_body::Frame::data(Bytes::from_static(b"ab"))));
        std::task::Poll::Ready(frame)
    }
}

#[tokio::test]
async fn streams_go_out_as_they_are() {
    let sent = parts(|call| {
        let parts = Multipart::new()
            .text("a", "1")
            .file("b", Body::stream(Stream(3)))
            .file("c", "text")
            .file("d", Body::stream(Stream(0)));
        call.parts_body(FORM, parts);
    });
    let expected = [
        "a [] 1",
        "b [b, application/octet-stream] ababab",
        "c [c, application/octet-stream] text",
        "d [d, application/octet-stream] ",
    ];
    assert_eq!(sent.await.expect("sent"), expected);
}

#[tokio::test]
async fn any_parts() {
    let parts_sent = parts(|call| {
        call.parts_body(
            FORM,
            Multipart::new()
                .text("a\r\nb", "1")
                .typed("c", "application/json", "{}")
                .file("d", "text"),
        );
    });
    let expected = [
        "a%0D%0Ab [] 1",
        "c [application/json] {}",
        "d [d, application/octet-stream] text",
    ];
    assert_eq!(parts_sent.await.expect("sent"), expected);
    let refused = parts(|call| {
        call.parts_body(FORM, Multipart::new().typed("a", "text\r\nx: y", ""));
    });
    let message = "op was not sent: the part `a` cannot be sent with its headers";
    assert_eq!(refused.await.expect_err("a header"), message);
    let refused = parts(|call| {
        call.multipart_body(FORM, &[], &value!([1]));
    });
    let message = "op was not sent: the body cannot be written in parts: it has none, or has a file inside of \
                   one";
    assert_eq!(refused.await.expect_err("a list"), message);
}

#[tokio::test]
async fn a_text_is_never_taken_for_a_file() {
    let upload = Upload {
        name: "\u{fdd0}\u{fdd1}0:0".to_owned(),
        file: Some(File::new("secret")),
        tags: Some(vec!["\u{fdd0}\u{fdd1}0".to_owned()]),
        ..Upload::default()
    };
    let sent = parts(|call| call.multipart_body(FORM, &[], &upload)).await;
    let expected = [
        "name [] \u{fdd0}\u{fdd1}0:0",
        "file [file, application/octet-stream] secret",
        "tags [] \u{fdd0}\u{fdd1}0",
    ];
    assert_eq!(sent.expect("sent"), expected);
}

#[test]
fn a_file_in_json_is_its_text() {
    let file = File::new("text").name("a");
    assert_eq!(serde_json::to_string(&file).expect("JSON"), "\"text\"");
    let read: File = serde_json::from_str("\"text\"").expect("a file");
    assert_eq!(read, File::new("text"));
    assert!(serde_json::to_string(&File::new(vec![0xff])).is_err());
    let shown = format!("{:?}", File::new("hunter2"));
    assert!(!shown.contains("hunter2"), "{shown}");
}
