//! `cargo xtask contract` as a program, over small documents.

use std::path::Path;
use std::process::Command;

/// Compiles a client for each document, and the HTTP stack once.
#[test]
fn clients_keep_to_their_documents() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/contract");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("contract");
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
    ];
    for (document, expected) in cases {
        let out = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["contract", "--spec"])
            .arg(folder.join(document).with_extension("yaml"))
            .arg("--target")
            .arg(&target)
            .output()
            .expect("the program runs");
        let text = String::from_utf8_lossy(&out.stdout);
        assert_eq!(text.lines().next(), Some(expected), "{document}: {text}");
        assert_eq!(out.status.code(), Some(0), "{document}");
    }
}
