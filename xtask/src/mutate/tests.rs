use std::fs;
use std::path::Path;

use super::mutation::mutant;
use super::trial::trial;

/// Enough to meet every kind of mutation many times, in seconds.
const COUNT: usize = 400;

#[test]
fn own_documents_with_something_wrong() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = fs::read_dir(root.join("generator/tests/cases")).expect("a folder");
    let mut paths: Vec<_> = folder
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "yaml")
        })
        .collect();
    paths.push(root.join("openapi/axiom.yaml"));
    paths.sort();
    for number in 0..COUNT {
        let path = &paths[number % paths.len()];
        let text = fs::read_to_string(path).expect("a document");
        let (name, text) = mutant("document.yaml", &text, 7, number);
        if let Err(reason) = trial(&name, &text) {
            panic!("mutant {number} of {}: {reason}\n{text}", path.display());
        }
    }
}

#[test]
fn mutants_are_the_same_everywhere() {
    let text = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n";
    let made: Vec<_> = (0..4)
        .map(|number| mutant("a.yaml", text, 1, number))
        .collect();
    let again: Vec<_> = (0..4)
        .map(|number| mutant("a.yaml", text, 1, number))
        .collect();
    assert_eq!(made, again);
    assert_ne!(made[0], made[1]);
}
