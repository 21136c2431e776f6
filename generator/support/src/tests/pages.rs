//! Lists that come in pages.

use super::golden::{API, Problem};
use super::requests::request;
use super::scripted::{Answer, Scripted, json, with_headers};
use crate::runtime::{
    Client, ClientBuilder, Error, Items, Method, Next, OperationInfo, Pages, Repeat, Request,
    RequestErrorKind, RetryPolicy, object, pages,
};
use futures_core::Stream;
use std::pin::Pin;

const LIST: OperationInfo = OperationInfo {
    id: "list",
    method: Method::GET,
    path: "/list",
    accept: "application/json",
    security: &[],
    server: None,
    repeat: Repeat::ByMethod,
    unread: &[],
};

#[derive(Clone)]
pub struct List {
    pub data: Option<Vec<i128>>,
}

object! { List {
    optional data = "data";
} }

/// A module for each kind of paging, with a request.
macro_rules! kinds {
    ($($name:ident: $next:expr, $more:expr, $items:expr;)*) => { $(
        mod $name {
            use super::*;

            pub enum ListOperation {}

            type ListRequest<'c> = Request<'c, List, Problem, ListOperation>;

            request! { pub list of ListOperation -> List, Problem {
                200 => success(json);
                _ => failure(json);
            } }

            pages! { ListRequest -> List, Problem {
                next = $next;
                more = $more;
                items = $items => i128;
            } }

            pub fn items(client: &Client) -> Items<'_, i128, List, Problem> {
                list(client.call(&LIST)).items()
            }
        }
    )* };
}

kinds! {
    cursor: Next::Cursor("/meta/next", "cursor"), None, "/data";
    last: Next::Cursor("/data/-1", "after"), Some("/more"), "/data";
    header: Next::CursorHeader("x-next", "cursor"), None, "/data";
    offset: Next::Offset("offset"), None, "/data";
    page: Next::Page("page", 1), None, "/data";
    link: Next::Link, None, "/data";
    url: Next::Url("/next"), None, "/data";
    deep: Next::Link, None, "/a~1b/-1/data";
}

fn serve(answers: Vec<Answer>) -> (Client, Scripted) {
    let transport = Scripted::new(answers);
    let builder = ClientBuilder::new(&API).transport(transport.clone());
    let builder = builder.retry(RetryPolicy::none());
    (builder.build().expect("a client"), transport)
}

/// The items, and how it ended.
async fn all(mut items: Items<'_, i128, List, Problem>) -> (Vec<i128>, Option<Error<Problem>>) {
    let mut list = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => list.push(item),
            Err(error) => {
                assert!(items.next().await.is_none(), "an error is the end");
                return (list, Some(error));
            }
        }
    }
    (list, None)
}

fn queries(transport: &Scripted) -> Vec<String> {
    let sent = transport.sent().into_iter();
    let start = "https://api.example.com/v2/list";
    sent.map(|sent| sent.uri.strip_prefix(start).expect("the list").to_owned())
        .collect()
}

fn bodies(bodies: &[&str]) -> Vec<Answer> {
    bodies.iter().map(|body| json(200, body)).collect()
}

#[tokio::test]
async fn every_kind_of_next_page() {
    let pages = [
        r#"{"data":[1,2],"meta":{"next":"a b"}}"#,
        r#"{"data":[],"meta":{"next":7}}"#,
        r#"{"data":[3],"meta":{"next":null}}"#,
    ];
    let (client, transport) = serve(bodies(&pages));
    assert!(matches!(all(cursor::items(&client)).await, (list, None) if list == [1, 2, 3]));
    assert_eq!(queries(&transport), ["", "?cursor=a%20b", "?cursor=7"]);

    let pages = [
        r#"{"data":[1,2],"more":true}"#,
        r#"{"data":[3],"more":false}"#,
    ];
    let (client, transport) = serve(bodies(&pages));
    assert!(matches!(all(last::items(&client)).await, (list, None) if list == [1, 2, 3]));
    assert_eq!(queries(&transport), ["", "?after=2"]);

    let json = ("content-type", "application/json");
    let first = with_headers(200, &[json, ("x-next", "n")], r#"{"data":[1]}"#);
    let answers = vec![first, with_headers(200, &[json], r#"{"data":null}"#)];
    let (client, transport) = serve(answers);
    assert!(matches!(all(header::items(&client)).await, (list, None) if list == [1]));
    assert_eq!(queries(&transport), ["", "?cursor=n"]);

    let pages = [r#"{"data":[1,2]}"#, r#"{"data":[3]}"#, r#"{"data":[]}"#];
    let (client, transport) = serve(bodies(&pages));
    assert!(matches!(all(offset::items(&client)).await, (list, None) if list == [1, 2, 3]));
    assert_eq!(queries(&transport), ["", "?offset=2", "?offset=3"]);

    let (client, transport) = serve(bodies(&pages));
    assert!(matches!(all(page::items(&client)).await, (list, None) if list == [1, 2, 3]));
    assert_eq!(queries(&transport), ["", "?page=2", "?page=3"]);

    let value = r#"<https://api.example.com/v2/list?p=a,b>; rel="prev, x", </v2/list?p=2>; rel="last next""#;
    let first = with_headers(200, &[json, ("link", value)], r#"{"data":[1]}"#);
    let answers = vec![first, with_headers(200, &[json], r#"{"data":[2]}"#)];
    let (client, transport) = serve(answers);
    assert!(matches!(all(link::items(&client)).await, (list, None) if list == [1, 2]));
    assert_eq!(queries(&transport), ["", "?p=2"]);

    let pages = [r#"{"data":[1],"next":"?p=2"}"#, r#"{"data":[2],"next":""}"#];
    let (client, transport) = serve(bodies(&pages));
    assert!(matches!(all(url::items(&client)).await, (list, None) if list == [1, 2]));
    assert_eq!(queries(&transport), ["", "?p=2"]);
}

#[tokio::test]
async fn nobody_is_led_in_a_circle_or_away() {
    let one = r#"{"data":[1],"meta":{"next":"a"},"next":"https://evil.example/"}"#;
    let two = r#"{"data":[2],"meta":{"next":"b"}}"#;
    let refused = |result: (Vec<i128>, Option<Error<Problem>>)| {
        let (list, Some(Error::Request(error))) = result else {
            panic!("{result:?}");
        };
        assert_eq!(error.kind(), RequestErrorKind::Page, "{error}");
        assert_eq!(error.operation(), "list");
        list
    };
    let (client, transport) = serve(bodies(&[one, two, one]));
    assert_eq!(refused(all(cursor::items(&client)).await), [1, 2, 1]);
    assert_eq!(transport.sent().len(), 3);

    let (client, transport) = serve(bodies(&[one, one]));
    assert_eq!(refused(all(page::items(&client)).await), [1, 1]);
    assert_eq!(transport.sent().len(), 2);

    let (client, transport) = serve(bodies(&[one]));
    assert_eq!(refused(all(url::items(&client)).await), [1]);
    assert_eq!(transport.sent().len(), 1);
}

#[tokio::test]
async fn limits_and_errors() {
    let one = r#"{"data":[1],"meta":{"next":"a"}}"#;
    let (client, transport) = serve(bodies(&[one, one]));
    let (list, error) = all(cursor::items(&client).max_pages(1)).await;
    assert!(list == [1] && error.is_none());
    assert_eq!(transport.sent().len(), 1);

    let (client, _) = serve(vec![json(200, one), json(500, r#"{"message":"no"}"#)]);
    let (list, error) = all(cursor::items(&client)).await;
    assert!(
        list == [1] && matches!(error, Some(Error::Api(_))),
        "{error:?}"
    );

    let wrong = r#"{"data":["hunter2"],"meta":{"next":"a"}}"#;
    let (client, _) = serve(bodies(&[wrong]));
    let (_, error) = all(cursor::items(&client)).await;
    let Some(Error::Decode(error)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.path(), "$.data[0]");
    assert!(!error.to_string().contains("hunter2"));
}

#[tokio::test]
async fn items_are_what_the_whole_page_would_be() {
    let end = r#"{"data":null}"#;
    for (page, expected) in [
        ("\u{feff}{\"data\":[1],\"meta\":{\"next\":\"a\"}}", 1),
        (
            r#"{"x":["data",{"data":2}], "data" : [ 3.0 ] , "meta":{"next":"a"}}"#,
            3,
        ),
        (
            r#"{"meta":{"next":"a"},"data":[18446744073709551616]}"#,
            1 << 64,
        ),
    ] {
        let (client, transport) = serve(bodies(&[page, end]));
        let (list, error) = all(cursor::items(&client)).await;
        assert!(
            list == [expected] && error.is_none(),
            "{page}: {list:?} {error:?}"
        );
        assert_eq!(queries(&transport), ["", "?cursor=a"]);
    }
    let page = r#"{"a/b":[{"data":[9]},{"x":"]","data":[1,2]}],"c":[]}"#;
    let (client, _) = serve(bodies(&[page]));
    assert!(matches!(all(deep::items(&client)).await, (list, None) if list == [1, 2]));
}

#[tokio::test]
async fn a_page_that_is_no_json_is_an_error() {
    // The number is in what nobody reads of the type, but it may be what leads on.
    for (page, expected) in [
        (r#"{"data":[1]"#, "$.data"),
        (r#"{"data":[1],"x":1e999}"#, "$"),
    ] {
        let (client, _) = serve(bodies(&[page]));
        let (list, error) = all(cursor::items(&client)).await;
        let Some(Error::Decode(error)) = error else {
            panic!("{page}: {list:?} {error:?}");
        };
        assert_eq!((list.len(), error.path()), (0, expected), "{page}");

        let (client, _) = serve(bodies(&[page]));
        let call = client.call(&LIST);
        let mut pages = cursor::list(call).pages();
        let mut results = Vec::new();
        while let Some(page) = pages.next().await {
            results.push(page.is_ok());
        }
        assert_eq!(results.last(), Some(&false), "{page}");
    }
}

#[cfg(feature = "blocking")]
#[test]
fn pages_without_async() {
    let one = r#"{"data":[1,2],"meta":{"next":"a"}}"#;
    let (client, _) = serve(bodies(&[one, r#"{"data":[3]}"#]));
    let items: Result<Vec<i128>, _> = cursor::items(&client).blocking().collect();
    assert_eq!(items.expect("three"), [1, 2, 3]);
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let results: Vec<_> = runtime
        .expect("a runtime")
        .block_on(async { cursor::items(&client).blocking().collect() });
    let [Err(Error::Request(error))] = results.as_slice() else {
        panic!("{results:?}");
    };
    assert_eq!(error.kind(), RequestErrorKind::Blocking);
}

#[tokio::test]
async fn whole_pages_as_a_stream() {
    let one = r#"{"data":[1],"meta":{"next":"a"}}"#;
    let (client, transport) = serve(bodies(&[one, r#"{"data":[2]}"#]));
    let call = client.call(&LIST);
    let mut pages: Pages<'_, List, Problem> = cursor::list(call).pages();
    let next = std::future::poll_fn(|context| Pin::new(&mut pages).poll_next(context));
    let page = next.await.expect("a page").expect("a success");
    assert_eq!(page.data, Some(vec![1]));
    assert_eq!(
        transport.sent().len(),
        1,
        "a page is asked for when it is wanted"
    );
    assert!(pages.next().await.is_some_and(|page| page.is_ok()));
    assert!(pages.next().await.is_none() && pages.next().await.is_none());
}
