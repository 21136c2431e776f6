//! Credentials that are asked for with every request, and tokens that a client obtains for itself.

use super::golden;
use super::scripted::{Answer, Scripted, json, with_headers};
use crate::runtime::{
    Api, BoxError, BoxFuture, Client, ClientBuilder, ClientCredentials, Credential,
    CredentialContext, CredentialProvider, Error, Method, OperationInfo, RequestErrorKind, Scheme,
    SchemeKind, TransportErrorKind, Undocumented, decode,
};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

static API: Api = Api {
    base_url: "https://api.example.com/v2",
    user_agent: "test/1.0",
    schemes: &[
        scheme("auth", SchemeKind::Bearer),
        scheme("key", SchemeKind::ApiKeyQuery("key")),
        scheme("word", SchemeKind::Http("Token")),
        scheme("certificate", SchemeKind::Transport),
    ],
};

const fn scheme(name: &'static str, kind: SchemeKind) -> Scheme {
    Scheme { name, kind }
}

const fn secured(security: &'static [&'static [&'static str]]) -> OperationInfo {
    golden::operation(Method::POST, "/s", security)
}

static AUTH: OperationInfo = secured(&[&["auth"]]);

async fn call(
    client: &Client,
    operation: &'static OperationInfo,
) -> Result<(), Error<Undocumented>> {
    let decode = |response| decode::success(response, decode::empty, std::convert::identity);
    let sent = client.call(operation).send::<(), Undocumented>(decode);
    sent.await.map(|_| ())
}

/// `token-1`, `token-2` and so on; never the one that was refused.
#[derive(Default)]
struct Counter {
    given: AtomicU32,
    changes: bool,
}

impl CredentialProvider for Counter {
    fn credential<'a>(
        &'a self,
        context: CredentialContext<'a>,
    ) -> BoxFuture<'a, Result<Credential, BoxError>> {
        let is_new = self.changes || context.refused().is_some();
        if is_new {
            self.given.fetch_add(1, Ordering::Relaxed);
        }
        let number = self.given.load(Ordering::Relaxed);
        Box::pin(async move { Ok(Credential::token(format!("token-{number}"))) })
    }
}

fn counter(changes: bool) -> Counter {
    Counter {
        changes,
        ..Counter::default()
    }
}

fn client(
    scheme: &str,
    provider: impl CredentialProvider,
    answers: impl IntoIterator<Item = Answer>,
) -> (Client, Scripted) {
    let transport = Scripted::new(answers);
    let builder = ClientBuilder::new(&API).transport(transport.clone());
    let client = builder.credential_provider(scheme, provider).build();
    (client.expect("a client"), transport)
}

fn authorizations(transport: &Scripted) -> Vec<String> {
    let sent = transport.sent();
    sent.iter()
        .map(|sent| sent.header("authorization").to_owned())
        .collect()
}

fn ok() -> Answer {
    json(200, "")
}

#[tokio::test]
async fn a_provider_is_asked_with_every_request() {
    let (client, transport) = client("auth", counter(true), [ok(), json(503, ""), ok()]);
    for _ in 0..2 {
        call(&client, &AUTH).await.ok();
    }
    let sent = authorizations(&transport);
    assert_eq!(sent, ["Bearer token-1", "Bearer token-2"]);
    assert!(!format!("{client:?}").contains("token-"));
}

#[tokio::test]
async fn after_a_401_it_is_asked_once_more() {
    let refused = || json(401, "");
    for (changes, answers, statuses) in [
        (false, vec![refused(), ok()], "token-0 token-1: ok"),
        (false, vec![refused(), refused()], "token-0 token-1: 401"),
        (true, vec![json(403, "")], "token-1: 403"),
    ] {
        let (client, transport) = client("auth", counter(changes), answers);
        let outcome = match call(&client, &AUTH).await {
            Ok(()) => "ok".to_owned(),
            Err(error) => error.status().expect("an answer").as_u16().to_string(),
        };
        let sent = authorizations(&transport).join(" ").replace("Bearer ", "");
        assert_eq!(format!("{sent}: {outcome}"), statuses);
    }
}

struct Stubborn;

impl CredentialProvider for Stubborn {
    fn credential<'a>(
        &'a self,
        _context: CredentialContext<'a>,
    ) -> BoxFuture<'a, Result<Credential, BoxError>> {
        Box::pin(async { Ok(Credential::token("same")) })
    }
}

#[tokio::test]
async fn what_was_refused_is_not_sent_again() {
    let (client, transport) = client("auth", Stubborn, [json(401, "")]);
    let error = call(&client, &AUTH).await.expect_err("a refusal");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
    assert_eq!(transport.sent().len(), 1);
}

struct Broken(Option<TransportErrorKind>);

impl CredentialProvider for Broken {
    fn credential<'a>(
        &'a self,
        _context: CredentialContext<'a>,
    ) -> BoxFuture<'a, Result<Credential, BoxError>> {
        let error = match self.0 {
            Some(kind) => crate::runtime::TransportError::new(kind, "the vault is down").into(),
            None => BoxError::from("the vault is sealed"),
        };
        Box::pin(async { Err(error) })
    }
}

#[tokio::test]
async fn a_provider_that_fails_ends_the_call() {
    let (broken, transport) = client("auth", Broken(None), []);
    let error = call(&broken, &AUTH).await.expect_err("nothing to send");
    let expected =
        "op was not sent: the credential `auth` could not be obtained: the vault is sealed";
    assert_eq!(error.to_string(), expected);
    assert!(
        matches!(&error, Error::Request(error) if error.kind() == RequestErrorKind::Credentials)
    );
    assert!(transport.sent().is_empty());

    let (broken, _) = client("auth", Broken(Some(TransportErrorKind::BodyTooLarge)), []);
    let error = call(&broken, &AUTH).await.expect_err("nothing to send");
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
}

#[tokio::test]
async fn other_ways_to_carry_what_is_provided() {
    static KEY: OperationInfo = secured(&[&["key"]]);
    static WORD: OperationInfo = secured(&[&["word"]]);
    let (keyed, transport) = client("key", counter(true), [ok()]);
    call(&keyed, &KEY).await.expect("sent");
    assert!(transport.sent()[0].uri.ends_with("/s?key=token-1"));

    let (worded, transport) = client("word", counter(true), [ok()]);
    call(&worded, &WORD).await.expect("sent");
    assert_eq!(authorizations(&transport), ["Token token-1"]);
}

#[tokio::test]
async fn a_header_of_the_call_goes_before_what_is_provided() {
    let (client, transport) = client("auth", counter(true), [ok()]);
    let mut call = client.call(&AUTH);
    call.extra_header(
        http::header::AUTHORIZATION,
        http::HeaderValue::from_static("Mine"),
    );
    let decode = |response| decode::success(response, decode::empty, std::convert::identity);
    let sent = call.send::<(), Undocumented>(decode).await;
    sent.expect("sent");
    assert_eq!(authorizations(&transport), ["Mine"]);
}

#[tokio::test]
async fn a_certificate_is_the_transports() {
    static EITHER: OperationInfo = secured(&[&["certificate"], &["certificate", "auth"]]);
    let transport = Scripted::new([ok(), ok()]);
    let bare = ClientBuilder::new(&API).transport(transport.clone());
    call(&bare.build().expect("a client"), &EITHER)
        .await
        .expect("nothing is missing");
    let full = ClientBuilder::new(&API)
        .transport(transport.clone())
        .credential("auth", Credential::token("t"));
    call(&full.build().expect("a client"), &EITHER)
        .await
        .expect("sent");
    assert_eq!(authorizations(&transport), ["", "Bearer t"]);

    for (scheme, expected) in [
        (
            "certificate",
            "no security scheme `certificate` has a credential to send",
        ),
        (
            "nothing",
            "no security scheme `nothing` has a credential to send",
        ),
    ] {
        let builder = ClientBuilder::new(&API).transport(transport.clone());
        let error = builder.credential_provider(scheme, Stubborn).build();
        assert_eq!(error.expect_err("no such scheme").to_string(), expected);
    }
}

fn tokens(answers: impl IntoIterator<Item = Answer>) -> (Client, Scripted) {
    let provider = ClientCredentials::new("/oauth/token", "me: ü", "hunter2 &")
        .scope("read")
        .scope("write:all");
    client("auth", provider, answers)
}

fn token(name: &str, lifetime: &str) -> Answer {
    let body = format!(r#"{{"access_token":"{name}","token_type":"Bearer"{lifetime}}}"#);
    json(200, &body)
}

#[tokio::test]
async fn a_token_is_obtained_once_and_kept() {
    let lifetime = r#","expires_in":3600"#;
    let (client, transport) = tokens([token("one", lifetime), ok(), ok()]);
    for _ in 0..2 {
        call(&client, &AUTH).await.expect("sent");
    }
    let sent = transport.sent();
    assert_eq!(sent.len(), 3);
    assert_eq!(sent[0].uri, "https://api.example.com/oauth/token");
    // `me%3A%20%C3%BC:hunter2%20%26`
    let basic = "Basic bWUlM0ElMjAlQzMlQkM6aHVudGVyMiUyMCUyNg==";
    assert_eq!(sent[0].header("authorization"), basic);
    assert_eq!(
        sent[0].body,
        "grant_type=client_credentials&scope=read%20write%3Aall"
    );
    assert_eq!(
        sent[0].header("content-type"),
        "application/x-www-form-urlencoded"
    );
    assert_eq!(sent[1].header("authorization"), "Bearer one");
    assert_eq!(sent[2].header("authorization"), "Bearer one");
    assert!(!format!("{client:?}").contains("hunter2"));
}

#[tokio::test]
async fn the_secret_goes_into_the_body_on_request() {
    let transport = Scripted::new([token("one", ""), ok()]);
    let provider =
        ClientCredentials::new("https://id.example.com/t", "me", "hunter2").secret_in_body();
    let client = ClientBuilder::new(&API)
        .transport(transport.clone())
        .credential_provider("auth", provider);
    call(&client.build().expect("a client"), &AUTH)
        .await
        .expect("sent");
    let sent = transport.sent();
    assert_eq!(sent[0].uri, "https://id.example.com/t");
    assert_eq!(sent[0].header("authorization"), "");
    assert_eq!(
        sent[0].body,
        "grant_type=client_credentials&client_id=me&client_secret=hunter2"
    );
}

#[tokio::test]
async fn a_token_is_given_up_before_it_expires() {
    // Half of the lifetime, as the skew is longer.
    let lifetime = r#","expires_in":"0.4""#;
    let (client, transport) = tokens([token("one", lifetime), ok(), token("two", ""), ok(), ok()]);
    call(&client, &AUTH).await.expect("sent");
    tokio::time::sleep(Duration::from_millis(250)).await;
    call(&client, &AUTH).await.expect("sent");
    call(&client, &AUTH).await.expect("sent");
    let sent = authorizations(&transport);
    assert_eq!(sent[1], "Bearer one");
    assert_eq!(sent[3..], ["Bearer two", "Bearer two"]);
}

#[tokio::test]
async fn a_token_that_is_refused_is_replaced() {
    let (client, transport) = tokens([token("one", ""), json(401, ""), token("two", ""), ok()]);
    call(&client, &AUTH).await.expect("sent at the second time");
    let sent = authorizations(&transport);
    assert_eq!((&*sent[1], &*sent[3]), ("Bearer one", "Bearer two"));
}

#[tokio::test]
async fn concurrent_calls_share_a_token() {
    let answers = [token("one", "")].into_iter().chain((0..20).map(|_| ok()));
    let (client, transport) = tokens(answers);
    let calls: Vec<_> = (0..20)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { call(&client, &AUTH).await })
        })
        .collect();
    for call in calls {
        call.await.expect("no panic").expect("sent");
    }
    let sent = authorizations(&transport);
    assert_eq!(sent.len(), 21);
    assert!(sent[1..].iter().all(|sent| sent == "Bearer one"));
}

#[tokio::test]
async fn whoever_gives_up_waiting_lets_the_next_one_in() {
    let (client, transport) = tokens([Answer::Hang, token("one", ""), ok()]);
    let first = tokio::time::timeout(Duration::from_millis(20), call(&client, &AUTH));
    let second = call(&client, &AUTH);
    let (first, second) = tokio::join!(first, second);
    first.expect_err("it hangs");
    second.expect("sent");
    assert_eq!(transport.sent().len(), 3);
}

#[tokio::test]
async fn an_endpoint_that_gives_no_token() {
    let cases = [
        (
            json(
                400,
                r#"{"error":"invalid_client","error_description":"who\nare you"}"#,
            ),
            "the token endpoint answered 400: invalid_client: who\\nare you",
        ),
        (
            with_headers(302, &[("location", "https://evil.example")], ""),
            "the token endpoint answered 302",
        ),
        (
            json(200, "{"),
            "the token endpoint answered without a bearer token",
        ),
        (
            json(200, r#"{"access_token":""}"#),
            "the token endpoint answered without a bearer token",
        ),
        (
            json(200, r#"{"access_token":"t","token_type":"mac"}"#),
            "the token endpoint answered without a bearer token",
        ),
    ];
    for (answer, expected) in cases {
        let (client, transport) = tokens([answer]);
        let error = call(&client, &AUTH).await.expect_err("no token");
        let expected =
            format!("op was not sent: the credential `auth` could not be obtained: {expected}");
        assert_eq!(error.to_string(), expected);
        assert_eq!(transport.sent().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn an_endpoint_that_is_down_is_tried_again() {
    let (client, transport) = tokens([json(503, ""), token("one", ""), ok()]);
    call(&client, &AUTH).await.expect("sent");
    assert_eq!(transport.sent().len(), 3);
}
