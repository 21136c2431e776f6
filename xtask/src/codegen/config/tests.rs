use std::path::Path;

use specwright::ClosedEnums;

use super::parse;
use crate::codegen::job::Job;
use crate::problem::{Problem, Source};
use crate::render::{self, Detail};

fn run(text: &str) -> Result<Vec<Job>, Vec<Problem>> {
    parse(
        Path::new("/nowhere"),
        &Source::new("openapi/codegen.toml", text),
    )
}

/// One line for each problem: `line:column message`.
fn problems(text: &str) -> Vec<String> {
    let problems = run(text).err().unwrap_or_default();
    let line = |problem: &Problem| {
        let position = problem
            .location
            .as_ref()
            .and_then(|location| location.position());
        let place = position.map_or("-".into(), |at| format!("{}:{}", at.line, at.column));
        format!("{place} {}", problem.message)
    };
    problems.iter().map(line).collect()
}

const FULL: &str = r#"
[[crate]]
name = "axiom-api"
spec = "axiom.yaml"
output = "../generated"
secrets = ["CreateAPITokenResponse.token"]
validate = true
defaults = "method"
closed_enums = ["Color", "Thing.kind"]
[crate.formats]
date-time = "String"
[crate.types]
Money = "rust_decimal::Decimal"
[crate.idempotency]
header = "Idempotency-Key"
operations = ["createThing"]
[[crate.pagination]]
kind = "page"
parameter = "page"
first = 0
[crate.rename]
getDatasets = "list_datasets"
"Dataset.who" = "owner"
[crate.environment]
base_url = { variable = "AXIOM_URL", path = "/v2" }
[crate.environment.credentials]
auth = { variable = "AXIOM_TOKEN" }
basic = { variable = "X_USER", password_variable = "X_PASSWORD" }
organization = { variable = "AXIOM_ORG_ID", optional = true }

[[crate]]
name = "other"
spec = "nested/../other.json"
output = "../clients/other"
"#;

#[test]
fn everything() {
    let jobs = run(FULL).unwrap_or_default();
    let [axiom, other] = jobs.as_slice() else {
        panic!("two crates")
    };
    assert_eq!(axiom.options.crate_name, "axiom-api");
    assert_eq!(axiom.options.secrets, ["CreateAPITokenResponse.token"]);
    let named = ["Color", "Thing.kind"].map(str::to_owned).to_vec();
    assert_eq!(axiom.options.closed_enums, ClosedEnums::Named(named));
    assert_eq!(axiom.options.formats["date-time"], "String");
    assert_eq!(axiom.options.types["Money"], "rust_decimal::Decimal");
    let idempotency = axiom.options.idempotency.as_ref();
    assert_eq!(
        idempotency.map(|it| it.header.as_str()),
        Some("Idempotency-Key")
    );
    assert_eq!(other.options.idempotency, None);
    let next = &axiom.options.pagination[0].pagination.next;
    assert_eq!(next.parameter(), Some("page"));
    assert_eq!(other.options.closed_enums, ClosedEnums::None);
    assert!(!axiom.options.manifest);
    assert!(axiom.options.validate && !other.options.validate);
    assert_eq!(axiom.options.defaults, specwright::Defaults::Method);
    let renames: Vec<_> = axiom.options.rename.iter().collect();
    let expected = [("Dataset.who", "owner"), ("getDatasets", "list_datasets")];
    assert!(
        renames
            .iter()
            .map(|(key, name)| (key.as_str(), name.as_str()))
            .eq(expected)
    );
    assert_eq!(axiom.document.shown, "openapi/axiom.yaml");
    assert_eq!(
        axiom.document.path,
        Path::new("/nowhere/openapi/axiom.yaml")
    );
    assert_eq!(axiom.output.shown, "generated");
    assert_eq!(axiom.output.path, Path::new("/nowhere/generated"));
    let environment = axiom.options.environment.as_ref().expect("an environment");
    let url = environment.base_url.as_ref().expect("a base URL");
    assert_eq!(
        (url.variable.as_str(), url.path.as_str()),
        ("AXIOM_URL", "/v2")
    );
    let credentials: Vec<_> = environment
        .credentials
        .iter()
        .map(|entry| {
            (
                entry.scheme.as_str(),
                entry.password_variable.as_deref(),
                entry.required,
            )
        })
        .collect();
    let expected = [
        ("auth", None, true),
        ("basic", Some("X_PASSWORD"), true),
        ("organization", None, false),
    ];
    assert_eq!(credentials, expected);
    assert_eq!(other.document.shown, "openapi/other.json");
    assert_eq!(other.output.shown, "clients/other");
}

#[test]
fn what_is_refused() {
    let entry = |name: &str, output: &str| {
        format!("[[crate]]\nname = \"{name}\"\nspec = \"a.yaml\"\noutput = '{output}'\n")
    };
    let outside = "4:10 the output folder is not a folder inside the workspace";
    let shared = "8:10 two crates share an output folder";
    let cases = [
        ("crate = []".to_owned(), vec!["- no crate is configured"]),
        (String::new(), vec!["1:1 missing field `crate`"]),
        ("[[crate]\n".into(), vec!["1:9 unclosed array table"]),
        (
            entry("a", "..") + "colour = 1\n",
            vec!["5:1 unknown field `colour`"],
        ),
        (
            "[[crate]]\nname = 1\n".into(),
            vec!["2:8 invalid type: integer `1`, expected a string"],
        ),
        (
            "[[crate]]\nname = \"a\"\n".into(),
            vec!["1:1 missing field `spec`"],
        ),
        (
            entry("a", "../x") + "defaults = \"all\"\n",
            vec!["5:12 unknown variant `all`"],
        ),
        (
            entry("a b", "../x"),
            vec!["2:8 the crate name holds a character"],
        ),
        (entry("a", ".."), vec![outside]),
        (entry("a", "../../x"), vec![outside]),
        (entry("a", "/x"), vec![outside]),
        (entry("a", "..\\x"), vec![outside]),
        (entry("a", "../x") + &entry("b", "../X/"), vec![shared]),
        (entry("a", "../x/y") + &entry("b", "../x"), vec![shared]),
        (
            entry("a", "../x") + "environment.base_url = { variable = \"A B\", path = \"v2\" }",
            vec![
                "5:37 this is not the name",
                "5:51 the path does not start with `/`",
            ],
        ),
        (
            entry("a", "../x") + "closed_enums = \"some\"\nformats.date = \"a b\"\n",
            vec![
                "5:16 this is neither",
                "6:16 this is not the name of a Rust",
            ],
        ),
        (
            entry("a", "../x") + "idempotency = { header = \"a b\" }\n",
            vec!["5:26 this is not the name of a header"],
        ),
        (
            entry("a", "../x") + "[[crate.pagination]]\nkind = \"page\"\n",
            vec!["6:8 this does not say how pages hang together: `parameter` is missing"],
        ),
        (
            entry("1", "../../x") + &entry("b", "../../x"),
            vec![outside, "8:10 the output folder", "2:8 the crate name"],
        ),
    ];
    for (text, expected) in cases {
        let problems = problems(&text);
        let fit = problems
            .iter()
            .zip(&expected)
            .all(|(problem, start)| problem.starts_with(start));
        assert!(
            fit && problems.len() == expected.len(),
            "{text}\n{problems:#?}\n{expected:#?}"
        );
    }
}

#[test]
fn both_places_of_a_shared_folder_are_shown() {
    let text = FULL.replace("../clients/other", "../generated/src");
    let problems = run(&text).err().unwrap_or_default();
    let rendered = render::problems(&problems, Detail::Short);
    insta::assert_snapshot!(anstream::adapter::strip_str(&rendered).to_string());
}
