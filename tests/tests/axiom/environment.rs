//! `Client::from_env`: which variables it reads, and what it makes of them.

use specwright_tests::{Recorded, Reply, Server};
use std::process::Command;

const VARIABLES: [&str; 3] = ["AXIOM_TOKEN", "AXIOM_ORG_ID", "AXIOM_URL"];

/// What a process with these variables prints.
fn run(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_from-env"));
    for name in VARIABLES {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// The request of a process with these variables, and a server at `AXIOM_URL` plus `path`.
fn request(path: &str, variables: &[(&str, &str)]) -> Recorded {
    let server = Server::start([Reply::json(200, "[]")]);
    let url = server.url(path);
    let variables = [variables, &[("AXIOM_URL", url.as_str())]].concat();
    assert_eq!(run(&variables), "listed: 0");
    server.request()
}

#[test]
fn the_token_is_required() {
    for variables in [&[][..], &[("AXIOM_TOKEN", "")], &[("AXIOM_ORG_ID", "org")]] {
        let printed = run(variables);
        assert!(printed.starts_with("refused: "), "{printed}");
        assert!(printed.contains("AXIOM_TOKEN"), "{printed}");
    }
}

#[test]
fn the_token_is_enough() {
    let request = request("", &[("AXIOM_TOKEN", "xaat-1")]);
    assert_eq!(request.header("authorization"), Some("Bearer xaat-1"));
    assert_eq!(request.header("x-axiom-org-id"), None);
}

#[test]
fn the_organization_is_sent_when_it_is_set() {
    let with = [("AXIOM_TOKEN", "xapt-1"), ("AXIOM_ORG_ID", "org-1")];
    assert_eq!(request("", &with).header("x-axiom-org-id"), Some("org-1"));
    let empty = [("AXIOM_TOKEN", "xapt-1"), ("AXIOM_ORG_ID", "")];
    assert_eq!(request("", &empty).header("x-axiom-org-id"), None);
}

#[test]
fn the_version_is_added_to_the_address_once() {
    for (address, path) in [
        ("", "/v2/tokens"),
        ("/", "/v2/tokens"),
        ("/v2", "/v2/tokens"),
        ("/v2/", "/v2/tokens"),
        ("/axiom", "/axiom/v2/tokens"),
        ("/axiom/v2", "/axiom/v2/tokens"),
    ] {
        let request = request(address, &[("AXIOM_TOKEN", "xaat-1")]);
        assert_eq!(request.path, path, "AXIOM_URL ends with {address:?}");
    }
}

#[test]
fn an_address_that_is_none_is_refused() {
    for address in [
        "api.axiom.co",
        "ftp://api.axiom.co",
        "http://",
        "mailto:a@b",
    ] {
        let printed = run(&[("AXIOM_TOKEN", "xaat-secret"), ("AXIOM_URL", address)]);
        assert!(printed.starts_with("refused: "), "{address}: {printed}");
        assert!(!printed.contains("xaat-secret"), "{printed}");
    }
}

#[test]
fn a_token_that_is_no_header_value_is_refused_and_not_shown() {
    let printed = run(&[("AXIOM_TOKEN", "xaat-\r\nsecret: 1")]);
    assert!(!printed.starts_with("listed"), "{printed}");
    assert!(!printed.contains("secret"), "{printed}");
}
