//! Which credentials are sent for an operation, and what is said where they are missing.

use super::call::send_with;
use super::golden;
use super::golden::API;
use super::scripted::{Scripted, json};
use crate::runtime::{ClientBuilder, Credential, Method, OperationInfo};

const fn secured(security: &'static [&'static [&'static str]]) -> OperationInfo {
    golden::operation(Method::GET, "/s", security)
}

/// The credentials that are sent for an operation by a client with some credentials.
async fn credentials(operation: &'static OperationInfo, set: &[&'static str]) -> String {
    let transport = Scripted::new([json(200, "")]);
    let mut builder = ClientBuilder::new(&API).transport(transport.clone());
    for scheme in set {
        builder = builder.credential(scheme, Credential::token(*scheme));
    }
    if set.contains(&"password") {
        builder = builder.credential("password", Credential::basic("ü", "pass word"));
    }
    let client = builder.build().expect("a client");
    match send_with(&client, &transport, operation, |call| call.query("q", &1)).await {
        Err(error) => error.to_string(),
        Ok(sent) => {
            let query = sent.uri.split_once("q=1").map_or("", |(_, query)| query);
            format!(
                "{}|{}|{query}",
                sent.header("authorization"),
                sent.header("x-org-id")
            )
        }
    }
}

#[tokio::test]
async fn security() {
    static NONE: OperationInfo = secured(&[]);
    static EITHER: OperationInfo = secured(&[&["auth", "organization"], &["auth"]]);
    static EQUALS: OperationInfo = secured(&[&["key"], &["auth"], &["key", "organization"]]);
    static OPTIONAL: OperationInfo = secured(&[&[], &["auth"]]);
    static BASIC: OperationInfo = secured(&[&["password"]]);
    static FOREIGN: OperationInfo = secured(&[&["mutualTLS"]]);
    static PARTLY: OperationInfo = secured(&[&["mutualTLS"], &["auth"]]);
    let cases: [(&'static OperationInfo, &[&str], &str); 17] = [
        (&NONE, &["auth"], "||"),
        (
            &EITHER,
            &["auth", "organization"],
            "Bearer auth|organization|",
        ),
        (&EITHER, &["auth"], "Bearer auth||"),
        (&EITHER, &["organization"], EITHER_MISSING),
        (&EITHER, &[], EITHER_MISSING),
        (&EQUALS, &["auth", "key"], "||&api%20key=key"),
        (&EQUALS, &["auth"], "Bearer auth||"),
        (&EQUALS, &["auth", "organization"], "Bearer auth||"),
        (
            &EQUALS,
            &["auth", "key", "organization"],
            "|organization|&api%20key=key",
        ),
        (&OPTIONAL, &[], "||"),
        (&OPTIONAL, &["auth"], "Bearer auth||"),
        (&OPTIONAL, &["key"], "||"),
        (&BASIC, &["password"], "Basic w7w6cGFzcyB3b3Jk||"),
        (
            &BASIC,
            &[],
            "op was not sent: it needs the credential `password`",
        ),
        (&FOREIGN, &["auth"], "||"),
        (&PARTLY, &["auth"], "Bearer auth||"),
        (
            &PARTLY,
            &[],
            "op was not sent: it needs the credential `mutualTLS`, or `auth`",
        ),
    ];
    for (operation, set, expected) in cases {
        assert_eq!(
            credentials(operation, set).await,
            expected,
            "{set:?} {:?}",
            operation.security
        );
    }
}

const EITHER_MISSING: &str =
    "op was not sent: it needs the credential `auth` with `organization`, or `auth`";
