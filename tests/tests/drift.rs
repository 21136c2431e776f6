//! The committed output is what the documents say: the drift check, as a plain test.

use std::path::Path;

#[test]
fn generated_files_are_in_sync() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let drift = match xtask::codegen::check(&root) {
        Ok(drift) => drift,
        Err(failure) => panic!("{failure}"),
    };
    let paths: Vec<String> = drift.iter().map(ToString::to_string).collect();
    assert!(
        paths.is_empty(),
        "run `cargo xtask codegen`:\n{}",
        paths.join("\n")
    );
}
