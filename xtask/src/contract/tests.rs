//! The cases of small documents, whole: nothing of them may be left out without a reason.

use std::path::Path;

use serde_json::{Value, json};
use specwright::Options;
use specwright::contract::Operation;

use super::document::Document;
use crate::codegen;

fn cases(document: &str) -> Value {
    cases_of(document, &|_| true)
}

fn cases_of(document: &str, only: &dyn Fn(&Operation) -> bool) -> Value {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract");
    let sources = codegen::sources(&folder.join(document)).expect("the document can be read");
    let options = Options {
        crate_name: "things".to_owned(),
        places: true,
        ..Options::default()
    };
    let outcome = specwright::generate(&sources, &options, &mut |_| ());
    let document = Document::read(&sources).expect("the document is one");
    super::cases::cases(&document, &sources, &outcome.calls, only)
}

/// A case by `operationId`'s method and path, and what is in it.
fn at<'c>(cases: &'c Value, operation: &str, pointer: &str) -> &'c Value {
    let mut all = cases["operations"].as_array().into_iter().flatten();
    let found = all.find(|case| case["operation"] == operation);
    let found = found.and_then(|case| case.pointer(pointer));
    found.unwrap_or(&Value::Null)
}

#[test]
fn every_operation_has_its_cases() {
    let counted = |document| {
        let cases = cases(document);
        let operations = cases["operations"].as_array().cloned().unwrap_or_default();
        let sum = |key: &str| -> usize {
            let lists = operations.iter().filter_map(|case| case[key].as_array());
            lists.map(Vec::len).sum()
        };
        (
            operations.len(),
            sum("requests"),
            sum("responses"),
            sum("skipped") + cases["skipped"].as_array().map_or(0, Vec::len),
        )
    };
    assert_eq!(counted("shop.yaml"), (6, 10, 17, 0));
    assert_eq!(counted("gallery.yaml"), (3, 6, 10, 0));
    assert_eq!(counted("railway.yaml"), (3, 6, 13, 1));
    assert_eq!(counted("streams.yaml"), (6, 6, 9, 0));
    assert_eq!(counted("intake.yaml"), (2, 18, 3, 1));
    assert_eq!(counted("office.yaml"), (4, 4, 27, 0));
}

#[test]
fn streams_are_answered_item_by_item() {
    let cases = cases("streams.yaml");
    for (operation, text) in [
        (
            "GET /events",
            "data: {\"a\":7,\"b\":\"text ü\"}\n\n".repeat(2),
        ),
        ("GET /seq", "\u{1e}7\n".to_owned()),
        (
            "GET /typed",
            "event: text ü\nid: text ü\ndata: text ü\n\n".repeat(2),
        ),
    ] {
        let written = at(&cases, operation, "/responses/0/text");
        assert_eq!(written.as_str(), Some(text.as_str()), "{operation}");
        let items = at(&cases, operation, "/responses/0/items");
        assert!(!items.as_array().expect("items").is_empty());
    }
}

#[test]
fn a_body_is_given_in_every_media_type() {
    let cases = cases("intake.yaml");
    let [forms, form] = ["POST /forms", "PATCH /forms/{formId}"];
    let checks = [
        (
            forms,
            "Json",
            "application/json",
            json!({ "name": "text", "pages": 7 }),
        ),
        (
            forms,
            "JsonVersion2",
            "application/json; version=2",
            json!([{ "name": "text", "pages": 7 }]),
        ),
        (
            forms,
            "Form",
            "application/x-www-form-urlencoded",
            json!({ "tags": ["text", "text"], "note": "text" }),
        ),
        (
            forms,
            "Multipart",
            "multipart/form-data",
            json!({ "scan": "text", "form": { "name": "text", "pages": 7 } }),
        ),
        (forms, "Csv", "text/csv", json!("text of the body")),
        (forms, "Pdf", "application/pdf", json!("text of the body")),
        (
            form,
            "Jsonl",
            "application/jsonl",
            json!([{ "at": "text", "to": "text" }]),
        ),
        (
            form,
            "Multipart",
            "multipart/form-data",
            json!({ "name": "value" }),
        ),
        (form, "Text", "text/*", json!("text of the body")),
        (form, "Bytes", "image/*", json!("text of the body")),
    ];
    for (operation, choice, media, expected) in checks {
        let of_choice = |list: &str| {
            let list = at(&cases, operation, list).as_array();
            let found = list
                .into_iter()
                .flatten()
                .find(|entry| entry["choice"] == choice);
            found.cloned().unwrap_or_default()
        };
        assert_eq!(of_choice("/bodies")["media"], media, "{choice}");
        assert_eq!(of_choice("/requests")["body"], expected, "{choice}");
    }
    let reason = at(&cases, forms, "/skipped/0/reason");
    assert_eq!(*reason, json!("`application/xml` is not sent"));
}

#[test]
fn an_answer_stands_for_a_status_and_a_media_type() {
    let cases = cases("office.yaml");
    let [apply, show, hours] = ["POST /permits", "GET /permits/{permitId}", "GET /hours"];
    let checks = [
        (apply, 201, "201", json!("application/json"), "success"),
        (apply, 202, "202", Value::Null, "success"),
        (apply, 218, "2XX", json!("text/plain"), "success"),
        (apply, 404, "404", json!("application/json"), "error"),
        (apply, 400, "4XX", json!("application/json"), "error"),
        (apply, 500, "default", json!("application/json"), "error"),
        (show, 200, "200", json!("application/json"), "success"),
        (
            show,
            200,
            "200",
            json!("application/json; version=2"),
            "success",
        ),
        (show, 200, "200", json!("text/plain"), "success"),
        (show, 200, "200", json!("text/*"), "success"),
        (show, 404, "404", json!("application/problem+json"), "error"),
        (hours, 200, "default", json!("text/plain"), "success"),
        (hours, 500, "default", json!("text/plain"), "error"),
    ];
    for (operation, status, key, media, end) in checks {
        let answers = at(&cases, operation, "/responses").as_array();
        let declared = json!({ "status": key, "media": media });
        let found = answers.into_iter().flatten().find(|answer| {
            answer["status"] == status && answer["declared"] == declared && answer["end"] == end
        });
        assert!(found.is_some(), "{operation} {status} {declared}");
    }
}

#[test]
fn what_is_not_wanted_is_not_skipped() {
    let cases = cases_of("shop.yaml", &|operation| operation.id == "addAnimal");
    assert_eq!(cases["operations"].as_array().map(Vec::len), Some(1));
    assert_eq!(cases["skipped"], json!([]));
}

#[test]
fn what_contains_itself_ends() {
    let cases = cases("nested.yaml");
    let mut inside = at(&cases, "GET /boxes", "/responses/0/json");
    let mut levels = 0;
    while inside.is_object() {
        inside = &inside["inside"];
        levels += 1;
    }
    assert!(inside.is_null() && levels > 1, "{levels} levels");
    let mirror = at(&cases, "GET /mirrors", "/responses");
    assert_eq!(mirror, &json!([]), "{cases}");
}

#[test]
fn samples_are_what_the_document_says() {
    let (shop, gallery, railway) = (
        cases("shop.yaml"),
        cases("gallery.yaml"),
        cases("railway.yaml"),
    );
    let checks = [
        // Read-only properties are not sent, and write-only ones do not come back.
        (&shop, "POST /animals", "/requests/0/body/id", Value::Null),
        (
            &shop,
            "POST /animals",
            "/requests/0/body/secret",
            json!("text"),
        ),
        (
            &shop,
            "POST /animals",
            "/responses/0/json/secret",
            Value::Null,
        ),
        (&shop, "POST /animals", "/responses/0/json/id", json!(7)),
        (
            &shop,
            "POST /animals",
            "/requests/0/body/kind",
            json!("cat"),
        ),
        (
            &shop,
            "POST /animals",
            "/requests/0/body/name",
            json!("Aaa"),
        ),
        (&shop, "POST /animals", "/responses/2/status", json!(400)),
        (
            &shop,
            "DELETE /animals/{animalId}",
            "/security/0/0/name",
            json!("api_key"),
        ),
        (&shop, "GET /animals/{animalId}", "/security/0", json!([])),
        (
            &gallery,
            "GET /days",
            "/responses/0/json/0/opens",
            json!("09:30"),
        ),
        (
            &gallery,
            "PATCH /shows/{showId}/days/{day}",
            "/responses/0/json/kind",
            json!("show"),
        ),
        (
            &gallery,
            "PATCH /shows/{showId}/days/{day}",
            "/requests/0/body/seats",
            json!(11),
        ),
        (
            &railway,
            "GET /trips/{from}-{to}.{format}",
            "/prefix",
            json!("/v2"),
        ),
        (&railway, "POST /bookings", "/requests/1", json!({})),
        (
            &railway,
            "GET /stations",
            "/skipped/0/reason",
            json!("`application/xml` is not asked for"),
        ),
    ];
    for (cases, operation, pointer, expected) in checks {
        assert_eq!(
            *at(cases, operation, pointer),
            expected,
            "{operation} {pointer}"
        );
    }
}
