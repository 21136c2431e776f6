//! Settings of clients: those that are refused, and those from the environment.

use super::golden::{API, builder};
use super::scripted::{Scripted, json};
use crate::runtime::{
    Api, Client, ClientBuilder, Credential, Environment, EnvironmentCredential, EnvironmentUrl,
};
use std::ffi::OsString;

fn new() -> ClientBuilder {
    ClientBuilder::new(&API).transport(Scripted::default())
}

fn error(builder: ClientBuilder) -> String {
    builder.build().expect_err("a refusal").to_string()
}

#[test]
fn base_urls() {
    for (url, expected) in [
        ("https://example.com", "https://example.com/"),
        ("HTTP://EXAMPLE.com:80/v1/", "http://example.com/v1/"),
        ("http://[::1]:8080/a/../b", "http://[::1]:8080/b"),
    ] {
        let client = new().base_url(url).build().expect(url);
        assert_eq!(client.base_url(), expected);
    }
    let scheme = "the base URL: its scheme is neither http nor https";
    let relative = "the base URL: it is not an absolute URL";
    let query = "the base URL: it has a query or a fragment";
    for (url, expected) in [
        ("", "there is no base URL: the document names no server"),
        ("example.com", relative),
        ("/v1", relative),
        ("https://", relative),
        ("https:/example.com", relative),
        (
            "https://example.com:x",
            "the base URL: its host is not valid",
        ),
        (
            "https://example.com:99999",
            "the base URL: its host is not valid",
        ),
        (
            "https://example.com:",
            "the base URL: its host is not valid",
        ),
        ("https://exa%6Dple.com", relative),
        (
            "https://exa!mple.com",
            "the base URL: its host is not valid",
        ),
        (
            "https://exämple.com",
            "the base URL: it has characters that a URL cannot hold",
        ),
        (
            "https://example.com\\x",
            "the base URL: it has characters that a URL cannot hold",
        ),
        (
            "https://example.com/a b",
            "the base URL: it has characters that a URL cannot hold",
        ),
        ("ftp://example.com", scheme),
        ("file:///etc", scheme),
        ("https://example.com?a=b", query),
        ("https://example.com/#a", query),
    ] {
        assert_eq!(error(new().base_url(url)), expected, "{url}");
    }
    for url in [
        "https://hunter2@example.com",
        "https://user:hunter2@example.com",
    ] {
        let message = error(new().base_url(url));
        assert!(
            message.contains("password") && !message.contains("hunter2"),
            "{message}"
        );
    }
    static NO_SERVER: Api = Api {
        base_url: "",
        user_agent: "",
        schemes: &[],
    };
    let builder = ClientBuilder::new(&NO_SERVER).transport(Scripted::default());
    assert_eq!(
        error(builder),
        "there is no base URL: the document names no server"
    );
}

#[test]
fn credentials() {
    let characters = "it has characters that a header cannot hold";
    for (scheme, credential, expected) in [
        ("auth", Credential::token("hunter2\r\nx: y"), characters),
        ("auth", Credential::token("hunter2\0"), characters),
        ("auth", Credential::token(""), "it is empty"),
        ("organization", Credential::token("hunter2\n"), characters),
        ("auth", Credential::basic("a", "b"), "it needs a token"),
        (
            "password",
            Credential::token("a"),
            "it needs a user name and a password",
        ),
        (
            "password",
            Credential::basic("a:b", "c"),
            "a user name cannot hold a colon",
        ),
    ] {
        let message = error(new().credential(scheme, credential));
        assert_eq!(message, format!("the credential `{scheme}`: {expected}"));
    }
    let unknown = new().credential("other", Credential::token("a"));
    assert_eq!(error(unknown), "there is no security scheme `other`");
    assert!(
        new()
            .credential("key", Credential::token("a\nb"))
            .build()
            .is_ok()
    );
}

#[test]
fn user_agents() {
    let expected = "the user agent has characters that a header cannot hold";
    assert_eq!(error(new().user_agent("a\nb")), expected);
}

#[cfg(not(feature = "reqwest"))]
#[test]
fn without_a_transport() {
    let message = error(ClientBuilder::new(&API));
    assert!(message.starts_with("there is no transport"), "{message}");
}

#[test]
fn clients_are_cheap_and_can_be_shared() {
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    shared(&new().build().expect("a client"));
    assert_eq!(size_of::<Client>(), size_of::<usize>());
}

static ENVIRONMENT: Environment = Environment {
    base_url: Some(EnvironmentUrl {
        variable: "GOLDEN_URL",
        path: "/v2",
    }),
    credentials: &[
        EnvironmentCredential {
            scheme: "auth",
            variable: "GOLDEN_TOKEN",
            password_variable: None,
            required: true,
        },
        EnvironmentCredential {
            scheme: "password",
            variable: "GOLDEN_USER",
            password_variable: Some("GOLDEN_PASSWORD"),
            required: false,
        },
    ],
};

fn from(variables: &[(&str, &str)]) -> Result<Client, String> {
    let lookup = |name: &str| {
        let mut variables = variables.iter();
        let (_, value) = variables.find(|(known, _)| *known == name)?;
        Some(OsString::from(value))
    };
    let builder = new().environment_from(&ENVIRONMENT, &lookup);
    builder
        .and_then(ClientBuilder::build)
        .map_err(|error| error.to_string())
}

#[test]
fn urls_from_the_environment() {
    for (value, expected) in [
        ("https://example.com", "https://example.com/v2"),
        ("https://example.com/", "https://example.com/v2"),
        ("https://example.com/v2", "https://example.com/v2"),
        (" https://example.com/v2/\n", "https://example.com/v2"),
        ("https://example.com/proxy", "https://example.com/proxy/v2"),
        ("", "https://api.example.com/v2"),
    ] {
        let client = from(&[("GOLDEN_URL", value), ("GOLDEN_TOKEN", "a")]).expect(value);
        assert_eq!(client.base_url(), expected);
    }
    let error = from(&[("GOLDEN_URL", "example.com"), ("GOLDEN_TOKEN", "a")]).expect_err("no URL");
    assert_eq!(
        error,
        "the environment variable GOLDEN_URL: it is not an absolute URL"
    );
}

#[test]
fn credentials_from_the_environment() {
    let set = |variables: &[(&str, &str)]| {
        from(variables).map(|client| format!("{client:?}").contains("password"))
    };
    let (token, user) = (("GOLDEN_TOKEN", "a"), ("GOLDEN_USER", "b"));
    assert_eq!(set(&[token]), Ok(false));
    assert_eq!(set(&[token, user, ("GOLDEN_PASSWORD", "c")]), Ok(true));
    let unset = |name: &str| Err(format!("the environment variable {name} is not set"));
    assert_eq!(set(&[]), unset("GOLDEN_TOKEN"));
    assert_eq!(set(&[("GOLDEN_TOKEN", "  ")]), unset("GOLDEN_TOKEN"));
    assert_eq!(set(&[token, user]), unset("GOLDEN_PASSWORD"));
    let error = set(&[("GOLDEN_TOKEN", "hunter2\r\nx")]).expect_err("a line break");
    assert!(
        error.starts_with("the environment variable GOLDEN_TOKEN: "),
        "{error}"
    );
    assert!(!error.contains("hunter2"));
}

#[test]
fn the_environment_of_the_process_is_read() {
    static UNSET: Environment = Environment {
        base_url: None,
        credentials: &[EnvironmentCredential {
            scheme: "auth",
            variable: "SPECWRIGHT_TEST_THAT_NOBODY_SETS",
            password_variable: None,
            required: true,
        }],
    };
    let error = new()
        .environment(&UNSET)
        .expect_err("it is not set")
        .to_string();
    assert!(error.contains("SPECWRIGHT_TEST_THAT_NOBODY_SETS"));
}

#[tokio::test]
async fn one_credential_replaces_another() {
    let transport = Scripted::new([json(200, r#"{"name":"a"}"#)]);
    let client = builder(&transport)
        .credential("auth", Credential::token("other"))
        .build();
    client
        .expect("a client")
        .get_thing("a", "b")
        .await
        .expect("a thing");
    assert_eq!(transport.sent()[0].header("authorization"), "Bearer other");
}

#[test]
fn default_headers_say_nothing_of_the_framing_and_show_nothing() {
    for name in [
        "host",
        "content-length",
        "transfer-encoding",
        "connection",
        "expect",
    ] {
        let builder = new().default_header(
            http::HeaderName::from_static(name),
            http::HeaderValue::from_static("1"),
        );
        let expected = format!("the default header `{name}` is not for a client to set");
        assert_eq!(error(builder.base_url("https://example.com")), expected);
    }
}
