//! Bodies of bytes in several media types, sent by a generated client and read off a socket.

use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn bodies_arrive_byte_for_byte() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ingest");
    let scratch = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let package = scratch.join("ingest");
    let generated = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--quiet", "--name", "ingest-api", "--spec"])
        .arg(folder.join("ingest.yaml"))
        .arg("--out")
        .arg(&package)
        .status()
        .expect("the program runs");
    assert!(generated.success());
    fs::create_dir_all(package.join("tests")).expect("a folder");
    fs::copy(folder.join("bytes.rs"), package.join("tests/bytes.rs")).expect("a test");

    let tested = Command::new(env!("CARGO"))
        .args([
            "test",
            "--quiet",
            "--features",
            "blocking",
            "--test",
            "bytes",
        ])
        .arg("--manifest-path")
        .arg(package.join("Cargo.toml"))
        // The HTTP stack is compiled there already by the contract tests.
        .arg("--target-dir")
        .arg(scratch.join("contract"))
        .output()
        .expect("cargo runs");
    let text = String::from_utf8_lossy(&tested.stdout);
    let errors = String::from_utf8_lossy(&tested.stderr);
    assert!(tested.status.success(), "{text}\n{errors}");
    assert!(text.contains("1 passed"), "{text}");
}
