//! Credentials that are asked for with every request.

use super::golden;
use super::scripted::{Answer, Scripted, json};
use crate::runtime::{
    Api, BoxError, BoxFuture, Client, ClientBuilder, Credential, CredentialContext,
    CredentialProvider, Error, Method, OperationInfo, RequestErrorKind, Scheme, SchemeKind,
    TransportErrorKind, Undocumented, decode,
};
use std::sync::atomic::{AtomicU32, Ordering};

pub(super) static API: Api = Api {
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

pub(super) static AUTH: OperationInfo = secured(&[&["auth"]]);

pub(super) async fn call(
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

pub(super) fn client(
    scheme: &str,
    provider: impl CredentialProvider,
    answers: impl IntoIterator<Item = Answer>,
) -> (Client, Scripted) {
    let transport = Scripted::new(answers);
    let builder = ClientBuilder::new(&API).transport(transport.clone());
    let client = builder.credential_provider(scheme, provider).build();
    (client.expect("a client"), transport)
}

pub(super) fn authorizations(transport: &Scripted) -> Vec<String> {
    let sent = transport.sent();
    sent.iter()
        .map(|sent| sent.header("authorization").to_owned())
        .collect()
}

pub(super) fn ok() -> Answer {
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

/// `token-1` and so on, but an error instead of the second one.
#[derive(Default)]
struct Interrupted(AtomicU32);

impl CredentialProvider for Interrupted {
    fn credential<'a>(
        &'a self,
        _context: CredentialContext<'a>,
    ) -> BoxFuture<'a, Result<Credential, BoxError>> {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        Box::pin(async move {
            if number == 2 {
                let kind = TransportErrorKind::Connect;
                return Err(crate::runtime::TransportError::new(kind, "no way there").into());
            }
            Ok(Credential::token(format!("token-{number}")))
        })
    }
}

#[tokio::test]
async fn a_provider_that_was_out_of_reach_after_a_401_is_asked_again() {
    let (client, transport) = client("auth", Interrupted::default(), [json(401, ""), ok()]);
    call(&client, &AUTH).await.expect("a success");
    let sent = authorizations(&transport);
    assert_eq!(sent, ["Bearer token-1", "Bearer token-3"]);
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
