//! What is printed once for a crate.

mod emit_builder;

use emit_builder::*;
use specwright::emit::{manifest, runtime};
use specwright::model::*;

fn full_client() -> ClientModel {
    let scheme = |name: &str, kind| Scheme {
        name: name.to_owned(),
        kind,
    };
    let setter = |name: &str, schemes: &[&str], takes| CredentialSetter {
        ident: ident(name),
        docs: docs("Sends it."),
        schemes: schemes.iter().map(|scheme| (*scheme).to_owned()).collect(),
        takes,
    };
    let credential = |scheme: &str, variable: &str, password: Option<&str>| EnvironmentCredential {
        scheme: scheme.to_owned(),
        variable: variable.to_owned(),
        password_variable: password.map(str::to_owned),
        required: password.is_none(),
    };
    ClientModel {
        schemes: vec![
            scheme("auth", SchemeKind::Bearer),
            scheme("key", SchemeKind::ApiKeyHeader("x-key".to_owned())),
            scheme("query", SchemeKind::ApiKeyQuery("key".to_owned())),
            scheme("login", SchemeKind::Basic),
            scheme("word", SchemeKind::Http("Token".to_owned())),
            scheme("certificate", SchemeKind::Transport),
        ],
        credentials: vec![
            setter("bearer_token", &["auth"], Takes::Secret),
            setter("api_key", &["key", "query"], Takes::Secret),
            setter("basic_auth", &["login"], Takes::Basic),
            setter(
                "client_credentials",
                &["auth"],
                Takes::Client("https://example.com/token".to_owned()),
            ),
        ],
        environment: Some(EnvironmentModel {
            docs: docs("From the environment.\n\n# Errors\n\nSome."),
            base_url: Some(("EXAMPLE_URL".to_owned(), "/v2".to_owned())),
            credentials: vec![
                credential("auth", "EXAMPLE_TOKEN", None),
                credential("login", "EXAMPLE_USER", Some("EXAMPLE_PASSWORD")),
            ],
        }),
        ..client()
    }
}

fn plain_server() -> Server {
    Server {
        ident: ident("Production"),
        docs: docs("The one."),
        pieces: vec![UrlPiece::Text("https://api.example.com".to_owned())],
        variables: Vec::new(),
    }
}

fn regional_server() -> Server {
    Server {
        ident: ident("Regional"),
        docs: docs("Near you."),
        pieces: vec![
            UrlPiece::Text("https://{".to_owned()),
            UrlPiece::Variable(ident("region")),
            UrlPiece::Text("}.example.com".to_owned()),
        ],
        variables: vec![ServerVariable {
            ident: ident("region"),
            docs: docs("Which; `eu` if in doubt."),
            default: ServerDefault::Text("eu".to_owned()),
        }],
    }
}

fn client_text(client: ClientModel) -> String {
    text(&Crate { client, ..api() }, "src/client.rs")
}

#[test]
fn client_with_credentials_and_environment() {
    insta::assert_snapshot!(client_text(full_client()));
}

#[test]
fn client_with_servers() {
    let servers = servers(vec![plain_server(), regional_server()]);
    insta::assert_snapshot!(client_text(ClientModel {
        servers,
        ..client()
    }));
}

#[test]
fn first_server_with_variables_is_the_default() {
    let servers = servers(vec![regional_server()]);
    let text = client_text(ClientModel {
        servers,
        ..client()
    });
    assert!(text.contains("impl Default for Server {"));
    assert!(!text.contains("#[default]"));
}

#[test]
fn client_of_an_open_api() {
    let client = ClientModel {
        schemes: Vec::new(),
        credentials: Vec::new(),
        ..client()
    };
    insta::assert_snapshot!(client_text(client));
}

fn full_crate() -> Crate {
    let old = Struct {
        deprecated: true,
        ..structure("Old", Vec::new())
    };
    Crate {
        needs: Needs {
            base64: true,
            jiff: true,
            uuid: true,
            ..Needs::default()
        },
        client: ClientModel {
            servers: servers(vec![plain_server()]),
            ..client()
        },
        type_files: vec![type_file("old", vec![Item::Struct(old)])],
        operation_files: vec![operation_file(
            "pings",
            vec![operation("ping", "Ping", "/")],
        )],
        headers: vec![
            HeaderKey {
                docs: docs("How many are left."),
                ident: ident("X_LEFT"),
                wire: "x-left".to_owned(),
                ty: Type::I64,
            },
            HeaderKey {
                docs: docs("Which."),
                ident: ident("X_COLOR"),
                wire: "x-color".to_owned(),
                ty: named("Color"),
            },
        ],
        ..api()
    }
}

#[test]
fn library_of_everything() {
    insta::assert_snapshot!(text(&full_crate(), "src/lib.rs"));
}

#[test]
fn library_of_nothing() {
    let text = text(&api(), "src/lib.rs");
    for absent in [
        "types",
        "operations",
        "headers",
        "Base64",
        "Server",
        "deprecated",
    ] {
        assert!(!text.contains(absent), "{absent} in {text}");
    }
}

#[test]
fn headers() {
    insta::assert_snapshot!(text(&full_crate(), "src/headers.rs"));
}

#[test]
fn module_of_operations() {
    insta::assert_snapshot!(text(&full_crate(), "src/operations/mod.rs"));
}

#[test]
fn manifest_of_everything() {
    insta::assert_snapshot!(manifest("example-api", full_crate().needs));
}

#[test]
fn manifest_has_no_more_than_it_needs() {
    let text = manifest("example-api", Needs::default());
    for absent in ["jiff", "uuid", "base64"] {
        assert!(!text.contains(absent), "{absent} in {text}");
    }
}

#[test]
fn runtime_is_copied_with_the_header() {
    let with = runtime(Needs {
        base64: true,
        ..Needs::default()
    });
    let without = runtime(Needs::default());
    let header = format!("{}\n", specwright::format::HEADER);
    assert!(with.values().all(|text| text.starts_with(&header)));
    assert!(with.contains_key("src/runtime/base64.rs"));
    assert!(!without.contains_key("src/runtime/base64.rs"));
    assert!(with["src/runtime/mod.rs"].contains("mod base64;"));
    assert!(!without["src/runtime/mod.rs"].contains("base64"));
    assert_eq!(with["src/runtime/wire.rs"], without["src/runtime/wire.rs"]);
}
