//! What Axiom's reference page shows decodes into the generated types and encodes back to equal JSON,
//! also when the server says more than the document knows.

use axiom_api::types::{
    ApiError, CreateApiToken, CreateApiTokenResponse, CrudAction, OrgCapabilities,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// The request body of the reference page, as it stands there.
pub const REQUEST: &str = include_str!("reference/request.json");
/// The response body of the reference page, as it stands there.
pub const RESPONSE: &str = include_str!("reference/response.json");

fn check<T: Serialize + DeserializeOwned>(text: &str) -> T {
    let expected: Value = serde_json::from_str(text).expect("the case is JSON");
    let value: T = serde_json::from_str(text).expect("the text decodes");
    let again = serde_json::to_value(&value).expect("the value encodes");
    assert_eq!(again, expected);
    // Through a tree of values, which has no borrowed text, it is the same.
    let from_tree: T = serde_json::from_value(expected.clone()).expect("the tree decodes");
    let again = serde_json::to_value(&from_tree).expect("the value encodes");
    assert_eq!(again, expected);
    value
}

fn changed(text: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut value = serde_json::from_str(text).expect("the case is JSON");
    change(&mut value);
    value.to_string()
}

#[test]
fn the_request_of_the_reference() {
    let request: CreateApiToken = check(REQUEST);
    assert_eq!(request.name, "<string>");
    assert_eq!(request.description.as_deref(), Some("<string>"));
    let expires = request.expires_at.value().expect("a date");
    assert_eq!(expires.to_string(), "2023-11-07T05:31:56Z");
    let organization = request.org_capabilities.expect("given");
    assert_eq!(organization.annotations, Some(vec![CrudAction::Create]));
    assert_eq!(organization.views, None);
}

#[test]
fn the_response_of_the_reference() {
    let response: CreateApiTokenResponse = check(RESPONSE);
    assert_eq!(response.id, "<string>");
    assert_eq!(response.saml_authenticated, None);
    let secret = response.token.expect("shown once");
    assert_eq!(secret.expose(), "<string>");
}

#[test]
fn a_property_that_the_document_does_not_know() {
    let add = |value: &mut Value| {
        value["team"] = json!({"id": 7, "names": ["a", null]});
        value["orgCapabilities"]["agents"] = json!(["create"]);
        value["datasetCapabilities"] = json!({"logs": {"ingest": ["create"], "tail": ["read"]}});
    };
    let request: CreateApiToken = check(&changed(REQUEST, add));
    assert_eq!(request.additional_properties["team"]["id"], 7);
    let response: CreateApiTokenResponse = check(&changed(RESPONSE, add));
    assert_eq!(
        response.org_capabilities.additional_properties["agents"],
        json!(["create"])
    );
    assert!(
        response.dataset_capabilities["logs"]
            .additional_properties
            .contains_key("tail")
    );
}

#[test]
fn an_action_that_the_document_does_not_know() {
    let add =
        |value: &mut Value| value["orgCapabilities"]["users"] = json!(["read", "impersonate"]);
    check::<CreateApiTokenResponse>(&changed(RESPONSE, add));
    let request: CreateApiToken = check(&changed(REQUEST, add));
    let users = request
        .org_capabilities
        .and_then(|all| all.users)
        .expect("given");
    assert_eq!(users, [CrudAction::Read, CrudAction::from("impersonate")]);
    assert_eq!(users[1].as_str(), "impersonate");
    assert!(matches!(&users[1], CrudAction::Unrecognized(value) if value == "impersonate"));
}

#[test]
fn an_error_code_that_the_document_does_not_know() {
    for code in [
        json!("token_quota_reached"),
        json!(403),
        json!(430.5),
        json!({"of": ["axiom"]}),
    ] {
        let error: ApiError = check(&json!({"message": "no", "code": code}).to_string());
        assert_eq!(error.message, "no");
        assert_eq!(error.code, Some(code));
    }
    let error: ApiError = check(r#"{"message":"no","trace":"abc"}"#);
    assert_eq!(error.code, None);
}

#[test]
fn absent_null_and_a_value_are_three_things() {
    for text in [
        r#"{"name":"n"}"#,
        r#"{"name":"n","expiresAt":null}"#,
        r#"{"name":"n","expiresAt":"2030-01-01T00:00:00Z"}"#,
    ] {
        check::<CreateApiToken>(text);
    }
    let null: CreateApiToken = check(r#"{"name":"n","expiresAt":null}"#);
    assert!(null.expires_at.is_null());
    let absent: CreateApiToken = check(r#"{"name":"n"}"#);
    assert!(absent.expires_at.is_absent());
    assert_ne!(null, absent);
}

#[test]
fn what_is_built_is_what_is_read() {
    let built = CreateApiToken::new("n")
        .description("d")
        .expires_at(None)
        .org_capabilities(OrgCapabilities::new().users([CrudAction::Update, CrudAction::Delete]));
    let read = json!({
        "name": "n", "description": "d", "expiresAt": null,
        "orgCapabilities": {"users": ["update", "delete"]},
    });
    assert_eq!(built, serde_json::from_value(read).expect("it decodes"));
}

#[test]
fn what_is_required_is_required_and_once() {
    for (text, word) in [
        ("{}", "missing field `name`"),
        (r#"{"name":null}"#, "null"),
        (r#"{"name":"a","name":"b"}"#, "duplicate field `name`"),
        (
            r#"{"name":"a","orgCapabilities":{"users":"read"}}"#,
            "sequence",
        ),
    ] {
        let error = serde_json::from_str::<CreateApiToken>(text)
            .expect_err(text)
            .to_string();
        assert!(error.contains(word), "{text}: {error}");
    }
}
