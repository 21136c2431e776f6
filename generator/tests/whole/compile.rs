//! The crates of all cases compile, without a warning of the compiler or of clippy.
//!
//! It takes a minute, and the dependencies of a generated crate, which are those of this workspace.

use crate::case::{Case, configured};
use specwright::FileSet;
use std::fs;
use std::path::Path;
use std::process::Command;

/// All crates are members; their warnings are errors.
const WORKSPACE: &str = r#"[workspace]
resolver = "3"
members = ["*"]
exclude = ["target"]

[workspace.lints.rust]
warnings = "deny"

[workspace.lints.clippy]
all = { level = "deny", priority = -1 }
"#;

#[test]
fn every_case_compiles() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let folder = target.join("cases");
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the crates of the last run can be removed");
    }
    let cases = Case::all("cases").into_iter();
    // Types of crates that nobody has written cannot be found.
    for case in cases.filter(|case| case.said("Compiles").is_empty()) {
        let mut options = configured(&case);
        options.manifest = true;
        options.crate_name = format!("case-{}", case.name.replace('_', "-"));
        let outcome = case.run(&options);
        let files = outcome.files.expect("every case becomes a crate");
        write(&folder.join(&case.name), &files);
    }
    fs::write(folder.join("Cargo.toml"), WORKSPACE).expect("the manifest can be written");
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("the lock file can be copied");
    let status = Command::new(env!("CARGO"))
        .args(["clippy", "--workspace", "--no-default-features", "--quiet"])
        .args(["--offline", "--keep-going", "--message-format", "short"])
        .arg("--target-dir")
        .arg(target.join("cases-target"))
        .current_dir(&folder)
        .status();
    assert!(status.expect("cargo can be run").success());
}

fn write(folder: &Path, files: &FileSet) {
    for (path, text) in files {
        let path = folder.join(path);
        let parent = path.parent().expect("the file is in the folder");
        fs::create_dir_all(parent).expect("the folder can be made");
        let text = if path.ends_with("Cargo.toml") {
            text.replace("[workspace]", "[lints]\nworkspace = true")
        } else {
            text.clone()
        };
        fs::write(path, text).expect("the file can be written");
    }
}
