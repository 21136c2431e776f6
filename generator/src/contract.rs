//! The test that holds a crate against its document: every operation is called, and a server looks at
//! the request and gives each declared answer.
//!
//! What is expected is for others to say: it comes from the document by another path than the client's
//! code, as the text of a JSON value. Here stand the calls, which need the names and types of the client.

use crate::examples::{fence, plain};
use crate::format::FileSet;
use crate::generate::HEADER_MARK;
use specwright_support::CONTRACT;
use std::fmt::Write as _;

/// Where the test goes, relative to the crate.
pub const FOLDER: &str = "tests/contract";

/// The calls of a client as Rust, and how its credentials are set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calls {
    /// One for each operation that can be called.
    pub operations: Vec<Operation>,
    /// The methods of the builder that set credentials: `.bearer_token("secret")`.
    pub credentials: String,
}

/// The call of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// `GET /pets/{id}`
    pub key: String,
    /// `operationId`
    pub id: String,
    /// What its body may be.
    pub bodies: Vec<Body>,
    /// What it asks for.
    pub accept: String,
    /// A closure over the client and what is given.
    pub call: String,
}

/// A body in one of the media types in which a client sends it.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// What the call knows it by: the name of the variant, where there are several.
    pub choice: String,
    /// `Content-Type`
    pub media: String,
    /// How it is written: `json`, `items`, `form`, `multipart`, `parts` (of no type), `text` or
    /// `bytes`.
    pub kind: &'static str,
}

/// The secret of every credential, and the name of every user.
pub const SECRET: &str = "contract-secret";

/// The files of the test.
#[must_use]
pub fn files(crate_name: &str, calls: &Calls, cases: &str) -> FileSet {
    let library = crate_name.replace('-', "_");
    let header = format!("// {HEADER_MARK}. Do not edit: run `cargo xtask codegen`.\n");
    let mut rows = String::new();
    for Operation { key, call, .. } in &calls.operations {
        // Writing to a `String` cannot fail.
        let _ = writeln!(rows, "    ({key:?}, {call}),");
    }
    let credentials = &calls.credentials;
    // The server is the runtime's, which has it for the feature `testing`.
    let mut modules = String::from(
        "mod cases;\n#[path = \"../../src/runtime/loopback.rs\"]\n#[rustfmt::skip]\nmod loopback;\n",
    );
    for (name, _) in CONTRACT {
        let name = name.trim_end_matches(".rs");
        modules.extend(["#[rustfmt::skip]\nmod ", name, ";\n"]);
    }
    let main = format!(
        "{header}{HEAD}use {library} as api;\n#[allow(unused_imports, reason = \"not every document has types\")]\n\
         use {library}::*;\n#[allow(unused_imports, reason = \"not every document has maps\")]\nuse std::collections::BTreeMap;\n\n{modules}\n/// The calls, by method and path.\nconst CALLS: &[(&str, run::Call)] = &[\n{rows}];\n{TAIL}        {credentials}\n{END}"
    );
    let lines: Vec<String> = cases.lines().map(plain).collect();
    let cases = lines.join("\n");
    let fence = fence(&cases);
    let cases = format!(
        "{header}//! What is sent, expected and answered.\n\n\
         /// JSON.\npub const CASES: &str = r{fence}\"{cases}\"{fence};\n"
    );
    let mut files = FileSet::from([
        (format!("{FOLDER}/main.rs"), main),
        (format!("{FOLDER}/cases.rs"), cases),
    ]);
    for (name, text) in CONTRACT {
        files.insert(format!("{FOLDER}/{name}"), format!("{header}{text}"));
    }
    files
}

const HEAD: &str = r#"//! Every operation is called, and every declared answer is given: the request must be what the document
//! says, and the answer must come through its type. With `CONTRACT_BASE_URL`, another server judges.

#![cfg_attr(rustfmt, rustfmt_skip)]
#![allow(
    dead_code,
    deprecated,
    unused_qualifications,
    clippy::expect_used,
    clippy::large_stack_arrays,
    reason = "what is called is up to the document"
)]

"#;

const TAIL: &str = r"
fn connect(url: String) -> Result<Client, String> {
    let builder = Client::builder()
        .base_url(url)
        .retry(RetryPolicy::none())
";

const END: &str = r"        .timeout(std::time::Duration::from_secs(20));
    builder.build().map_err(|error| error.to_string())
}

#[test]
fn operations_are_as_the_document_says() {
    run::all(cases::CASES, CALLS, connect);
}
";
