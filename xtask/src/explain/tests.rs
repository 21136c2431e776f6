use serde::Deserialize;
use specwright::{Code, Options, SourceFile, SourceSet};

use super::{PAGES, list, page};

/// What every page has, in this order.
const PARTS: &[&str] = &[
    "\n## What it means\n",
    "\n## Example\n",
    "\n## What the generator did\n",
    "\n## What to change\n",
];

/// Defects of the generator itself, which no document is known to cause.
const DEFECTS: &[Code] = &[Code::Unreadable, Code::Internal];

/// What an example may say of the configuration.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Configuration {
    #[serde(default)]
    secrets: Vec<String>,
}

/// The text between the fences of a language.
fn fenced<'p>(page: &'p str, language: &str) -> Option<&'p str> {
    let (_, rest) = page.split_once(&format!("\n```{language}\n"))?;
    Some(rest.split_once("\n```\n")?.0)
}

/// The codes that the generator reports for an example.
fn reported(page: &str) -> Vec<Code> {
    let configuration = fenced(page, "toml").map(toml::from_str::<Configuration>);
    let configuration = configuration
        .transpose()
        .expect("the configuration can be read");
    let file = SourceFile {
        path: "example.yaml".to_owned(),
        text: format!("{}\n", fenced(page, "yaml").expect("a document")),
    };
    let options = Options {
        crate_name: "example".to_owned(),
        secrets: configuration.unwrap_or_default().secrets,
        ..Options::default()
    };
    let outcome = specwright::generate(&SourceSet { files: vec![file] }, &options, &mut |_| ());
    let diagnostics = outcome.diagnostics.as_slice().iter();
    diagnostics.map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn every_code_has_a_page() {
    for code in Code::ALL {
        let name = code.as_str();
        assert!(
            page(name).is_some(),
            "{code:?} has no page: write xtask/src/explain/{name}.md, with the parts of the others and a \
             small document that shows the code, and add \"{name}\" to `pages!` in xtask/src/explain.rs"
        );
    }
    assert_eq!(PAGES.len(), Code::ALL.len(), "a page is about no code");
}

#[test]
fn pages_have_all_parts() {
    for (code, page) in PAGES {
        assert!(
            page.starts_with(&format!("# {code}: ")),
            "the title of {code}.md"
        );
        let mut from = 0;
        for part in PARTS {
            let found = page.get(from..).and_then(|rest| rest.find(part));
            let Some(at) = found else {
                panic!(
                    "{code}.md has no part `{}`, or not in this order",
                    part.trim()
                );
            };
            from += at + part.len();
        }
    }
}

#[test]
fn examples_show_their_codes() {
    for code in Code::ALL.iter().filter(|code| !DEFECTS.contains(code)) {
        let Some(page) = page(code.as_str()) else {
            continue; // another test says so
        };
        let reported = reported(page);
        assert!(
            reported.contains(code),
            "the example of {}.md shows {reported:?}, not {code:?}: it needs another document",
            code.as_str()
        );
    }
}

#[test]
fn all_are_listed() {
    assert_eq!(list().lines().count(), Code::ALL.len());
    assert!(list().contains("SW0201  error    The document does not say"));
    assert!(page("sw0201").is_some());
    assert!(page("SW9999").is_none());
}
