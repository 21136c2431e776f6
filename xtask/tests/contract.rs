//! `cargo xtask contract` as a program, over small documents.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("contract")
}

/// The program over a document of the folder.
fn contract(document: &str) -> Command {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command
        .args(["contract", "--spec"])
        .arg(folder.join(document).with_extension("yaml"))
        .arg("--target")
        .arg(target());
    command
}

/// Compiles a client for each document, and the HTTP stack once.
#[test]
fn clients_keep_to_their_documents() {
    let cases = [
        (
            "shop",
            "6 operations called, 18 calls, 17 declared responses, 0 skipped, 0 failures",
        ),
        (
            "gallery",
            "3 operations called, 10 calls, 10 declared responses, 0 skipped, 0 failures",
        ),
        (
            "railway",
            "3 operations called, 13 calls, 13 declared responses, 1 skipped, 0 failures",
        ),
        (
            "streams",
            "6 operations called, 9 calls, 9 declared responses, 0 skipped, 0 failures",
        ),
        (
            "intake",
            "2 operations called, 18 calls, 3 declared responses, 1 skipped, 0 failures",
        ),
        (
            "office",
            "4 operations called, 27 calls, 27 declared responses, 0 skipped, 0 failures",
        ),
    ];
    for (document, expected) in cases {
        let out = contract(document).output().expect("the program runs");
        let text = String::from_utf8_lossy(&out.stdout);
        assert_eq!(text.lines().next(), Some(expected), "{document}: {text}");
        assert_eq!(out.status.code(), Some(0), "{document}");
    }
}

/// A change to what was generated: the file, what stands there, what is put there, and the operation that
/// is objected to.
type Mistake = (&'static str, &'static str, &'static str, &'static str);

const MISTAKES: &[(&str, &[Mistake])] = &[
    (
        "intake",
        &[
            (
                "forms",
                "call.text_body(\"text/csv\"",
                "call.text_body(\"text/plain\"",
                "POST /forms: the body is `text/plain` and not `text/csv`",
            ),
            (
                "forms",
                "json_body(\"application/json; version=2\"",
                "json_body(\"application/json\"",
                "POST /forms: the body is `application/json` and not `application/json; version=2`",
            ),
            (
                "forms",
                "items_body(\"application/jsonl\", &",
                "json_body(\"application/jsonl\", &",
                "PATCH /forms/{formId}: `body/0` was {",
            ),
        ],
    ),
    (
        "office",
        &[
            (
                "permits",
                "201 => success(json as ApplyOutcome::Created)",
                "201 => success(json as ApplyOutcome::Ok)",
                "POST /permits: it is the variant for `200`, and the answer is one of `201`",
            ),
            (
                "permits",
                "404 => failure(json as ApplyError::NotFound)",
                "404 => failure(json as ApplyError::Status4xx)",
                "POST /permits: it is the variant for `4XX`, and the answer is one of `404`",
            ),
            (
                "permits",
                "400..=499 => failure(json as ApplyError::Status4xx);",
                "",
                "POST /permits: it is the variant for `default`, and the answer is one of `4XX`",
            ),
            (
                "permits",
                "\"text/csv\" => text as ShowOutcome::OkCsv",
                "\"text/csv\" => text as ShowOutcome::OkText",
                "GET /permits/{permitId}: it is the variant for `200 text/*`, and the answer is one of `200` text/csv",
            ),
        ],
    ),
];

/// The test can fail: a client with mistakes in it is objected to in as many operations.
#[test]
fn mistakes_of_a_client_are_found() {
    for (document, mistakes) in MISTAKES {
        let out = contract(document).arg("--keep").output();
        let out = String::from_utf8(out.expect("the program runs").stdout).expect("text");
        let kept = out.lines().find_map(|line| line.strip_prefix("kept: "));
        let kept = PathBuf::from(kept.expect("a folder"));
        for (file, from, to, _) in *mistakes {
            let path = kept.join(format!("src/operations/{file}.rs"));
            let text = fs::read_to_string(&path).expect("the file is there");
            assert!(text.contains(from), "{document}: {from}");
            fs::write(&path, text.replace(from, to)).expect("it can be written");
        }
        let found = objections(&kept);
        for (_, _, to, expected) in *mistakes {
            let is_found = found.iter().any(|found| found.starts_with(expected));
            assert!(is_found, "{document}: {to}: {found:#?}");
        }
        fs::remove_dir_all(kept).expect("the folder can be removed");
    }
}

/// What the test of a crate finds: operations, and what is wrong.
fn objections(folder: &Path) -> BTreeSet<String> {
    let out = Command::new("cargo")
        .args(["test", "--quiet", "--test", "contract", "--target-dir"])
        .arg(target())
        .args(["--", "--nocapture"])
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .current_dir(folder)
        .output()
        .expect("cargo runs");
    let text = String::from_utf8_lossy(&out.stdout);
    let failed = text
        .lines()
        .filter_map(|line| line.strip_prefix("failed\t"));
    let failed = failed.map(|text| {
        let failed: serde_json::Value = serde_json::from_str(text).expect("JSON");
        let word = |key: &str| failed[key].as_str().unwrap_or_default().to_owned();
        format!("{}: {}", word("operation"), word("reason"))
    });
    failed.collect()
}
