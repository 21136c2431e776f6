//! API keys in cookies, beside the cookies of parameters and of the application.

use super::requests::request;
use super::scripted::{Scripted, json};
use crate::runtime::{
    Api, ClientBuilder, Credential, HeaderName, HeaderValue, Method, OperationInfo, Repeat, Scheme,
    SchemeKind, Style, Undocumented,
};

static API: Api = Api {
    base_url: "https://api.example.com",
    user_agent: "cookie/1.0",
    schemes: &[Scheme {
        name: "session",
        kind: SchemeKind::ApiKeyCookie("sid"),
    }],
};

const OPEN: OperationInfo = OperationInfo {
    id: "open",
    method: Method::GET,
    path: "/a",
    accept: "",
    security: &[&["session"]],
    server: None,
    unread: &[],
    repeat: Repeat::ByMethod,
};

request! { open_request -> (), Undocumented {
    200 => success(empty);
} }

#[tokio::test]
async fn an_api_key_is_one_cookie_of_several() {
    let transport = Scripted::new([json(200, "")]);
    let own = HeaderValue::from_static("own=1");
    let client = ClientBuilder::new(&API)
        .transport(transport.clone())
        .default_header(HeaderName::from_static("cookie"), own)
        .credential("session", Credential::token("hunter2=="))
        .build()
        .expect("a client");
    let mut call = client.call(&OPEN);
    call.cookie_value("theme", Style::Form, true, "dark blue");
    open_request(call).await.expect("a response");
    let sent = transport.sent();
    assert_eq!(
        sent[0].header("cookie"),
        "own=1; theme=dark%20blue; sid=hunter2=="
    );
}

#[test]
fn what_would_end_the_cookie_is_refused() {
    for token in ["a;b", "a b", "a\r\nb", "é", ""] {
        let transport = Scripted::new([]);
        let builder = ClientBuilder::new(&API).transport(transport);
        let result = builder
            .credential("session", Credential::token(token))
            .build();
        assert!(result.is_err(), "{token:?}");
    }
}
