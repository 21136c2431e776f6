//! The runtime as text: complete, and such that it can be copied.

use crate::{DEPENDENCIES, FEATURES, Need, SOURCES};
use std::path::Path;
use toml::{Table, Value};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_module_is_listed() {
    let folder = std::fs::read_dir(root().join("src/runtime")).expect("the runtime's folder");
    let mut files: Vec<String> = folder
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .into_string()
                .expect("a name")
        })
        .collect();
    files.sort();
    let listed: Vec<&str> = SOURCES.iter().map(|source| source.file).collect();
    assert_eq!(files, listed);
}

#[test]
fn modules_can_be_copied() {
    let optional = [
        "base64",
        "defaults",
        "forms",
        "jiff",
        "multipart",
        "oauth2",
        "or_empty",
        "pages",
        "pattern",
        "streams",
        "string_or",
        "validate",
    ];
    for source in SOURCES {
        let lines = source.text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines", source.file);
        assert!(
            source.text.starts_with("//! "),
            "{} has no documentation",
            source.file
        );
        for word in [
            "cfg(test)",
            ".unwrap()",
            ".expect(",
            "panic!(",
            "todo!(",
            "unreachable!(",
        ] {
            // In a test of the user's, that is how a mistake in the test is told.
            let may = word == "panic!(" && source.file == "testing.rs";
            assert!(
                may || !source.text.contains(word),
                "{} has {word}",
                source.file
            );
        }
        for line in source.text.lines() {
            if let Some((_, need)) = line.split_once("// optional: ") {
                assert!(
                    matches!(source.file, "mod.rs" | "decode.rs" | "reply.rs")
                        && optional.contains(&need),
                    "{line}"
                );
            }
        }
    }
    let optional_files = |need| {
        let files = SOURCES.iter().filter(move |source| source.need == need);
        files.map(|source| source.file).collect::<Vec<_>>()
    };
    assert_eq!(optional_files(Need::Base64), ["base64.rs"]);
    assert_eq!(optional_files(Need::Defaults), ["defaults.rs"]);
    assert_eq!(
        optional_files(Need::Forms),
        ["form.rs", "form_reader.rs", "form_reply.rs"]
    );
    assert_eq!(optional_files(Need::Jiff), ["temporal.rs"]);
    assert_eq!(
        optional_files(Need::Multipart),
        ["file.rs", "multipart.rs", "parts.rs"]
    );
    assert_eq!(optional_files(Need::OAuth2), ["client_credentials.rs"]);
    assert_eq!(optional_files(Need::Pages), ["pages.rs", "paging.rs"]);
    assert_eq!(optional_files(Need::Pattern), ["pattern.rs"]);
    assert_eq!(
        optional_files(Need::Streams),
        ["events.rs", "items.rs", "pieces.rs", "stream_reply.rs"]
    );
    assert_eq!(optional_files(Need::Validate), ["checks.rs", "validate.rs"]);
}

#[test]
fn dependencies_are_those_of_the_workspace() {
    let text = std::fs::read_to_string(root().join("../../Cargo.toml")).expect("Cargo.toml");
    let manifest: Table = text.parse().expect("TOML");
    let workspace = &manifest["workspace"]["dependencies"];
    for dependency in DEPENDENCIES {
        let (version, default_features, features) = match &workspace[dependency.name] {
            Value::String(version) => (version.as_str(), true, Vec::new()),
            table => (
                table["version"].as_str().expect("a version"),
                table
                    .get("default-features")
                    .and_then(Value::as_bool)
                    .unwrap_or(true),
                table
                    .get("features")
                    .and_then(Value::as_array)
                    .cloned()
                    .unwrap_or_default(),
            ),
        };
        let features: Vec<&str> = features.iter().filter_map(Value::as_str).collect();
        assert_eq!(
            (
                dependency.version,
                dependency.default_features,
                dependency.features
            ),
            (version, default_features, &features[..]),
            "{}",
            dependency.name
        );
    }
    assert!(DEPENDENCIES.is_sorted_by_key(|dependency| dependency.name));

    let text = std::fs::read_to_string(root().join("Cargo.toml")).expect("Cargo.toml");
    let manifest: Table = text.parse().expect("TOML");
    let features = manifest["features"].as_table().expect("a table");
    assert_eq!(features.len(), 1 + FEATURES.len());
    for feature in FEATURES {
        let enables = features[feature.name].as_array().expect("a list");
        let enables: Vec<&str> = enables.iter().filter_map(Value::as_str).collect();
        assert_eq!(enables, feature.enables, "{}", feature.name);
    }
    for name in manifest["dependencies"].as_table().expect("a table").keys() {
        assert!(
            DEPENDENCIES.iter().any(|known| known.name == name),
            "{name} is not listed"
        );
    }
}
