//! The command: generate, compile, run, count.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use globset::Glob;
use serde_json::{Value, json};
use specwright::contract::{self, Operation};
use specwright::{FileSet, Options};

use crate::problem::Problem;
use crate::render::{self, Detail};
use crate::{Exit, codegen, console};

/// What the test needs beside the dependencies of the crate.
const DEPENDENCIES: &str =
    "\n[dev-dependencies]\ntokio = { version = \"1.54\", features = [\"rt\", \"net\"] }\n";

/// How many failures are shown.
const SHOWN: usize = 40;

/// Generates a client, calls every operation, and holds requests and answers against the document.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit status: 0 all calls were as documented; 1 some were not; 2 there is no client that compiles, or an \
error on the command line or in the files.")]
pub struct Arguments {
    /// The document
    #[arg(long, value_name = "FILE")]
    pub spec: PathBuf,

    /// Send the requests there, for instance to a mock server, instead of to a server of the test's own
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,

    /// Only operations whose `operationId`, or method and path, match
    #[arg(long, value_name = "GLOB")]
    pub only: Option<String>,

    /// Keep the crate, and say where it is
    #[arg(long)]
    pub keep: bool,

    /// The target folder [default: one in the folder of temporary files, which stays]
    #[arg(long, value_name = "DIR")]
    pub target: Option<PathBuf>,

    /// Write all that was seen to this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> Exit {
    match ran(arguments) {
        Ok(exit) => exit,
        Err(problems) => {
            console::err(&render::problems(&problems, Detail::Short));
            Exit::Failed
        }
    }
}

fn ran(arguments: &Arguments) -> Result<Exit, Vec<Problem>> {
    let files = files(arguments)?;
    let scratch = tempfile::Builder::new()
        .prefix("contract-")
        .tempdir()
        .map_err(broken)?;
    let folder = scratch.path().to_owned();
    for (path, text) in &files {
        let path = folder.join(path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(broken)?;
        }
        fs::write(&path, text).map_err(broken)?;
    }
    let out = tested(&folder, arguments)?;
    if arguments.keep {
        console::out(&format!("kept: {}\n", scratch.keep().display()));
    }
    let seen = Seen::read(&out.0);
    let Some(counts) = seen.counts.clone() else {
        return Err(vec![Problem::error(format!(
            "the test did not run to its end:\n{}",
            out.1
        ))]);
    };
    console::out(&seen.table(&counts));
    if let Some(path) = &arguments.report {
        let text = serde_json::to_string_pretty(&seen.json(&counts)).unwrap_or_default();
        fs::write(path, text + "\n").map_err(broken)?;
    }
    Ok(if seen.failed.is_empty() {
        Exit::Done
    } else {
        Exit::Drift
    })
}

fn broken(error: impl std::fmt::Display) -> Vec<Problem> {
    vec![Problem::error(error.to_string())]
}

/// The crate with its test.
fn files(arguments: &Arguments) -> Result<FileSet, Vec<Problem>> {
    let glob = arguments
        .only
        .as_deref()
        .map(Glob::new)
        .transpose()
        .map_err(broken)?;
    let glob = glob.map(|glob| glob.compile_matcher());
    let sources = codegen::sources(&arguments.spec)?;
    let options = Options {
        crate_name: "contract-client".to_owned(),
        manifest: true,
        places: true,
        ..Options::default()
    };
    codegen::on_large_stack(|| {
        let mut outcome = specwright::generate(&sources, &options, &mut |_| ());
        let Some(mut files) = outcome.files.take() else {
            return Err("the document does not become a client: see `cargo xtask codegen`");
        };
        let only = |operation: &Operation| match &glob {
            Some(glob) => glob.is_match(&operation.id) || glob.is_match(&operation.key),
            None => true,
        };
        let text = super::text(&sources, &outcome, &only, false);
        let Some(text) = text else {
            return Err("there is no operation to call");
        };
        outcome.calls.operations.retain(only);
        files.extend(contract::files(&options.crate_name, &outcome.calls, &text));
        if let Some(manifest) = files.get_mut("Cargo.toml") {
            manifest.push_str(DEPENDENCIES);
        }
        Ok(files)
    })?
    .map_err(broken)
}

/// What the test printed, and what cargo said.
fn tested(folder: &Path, arguments: &Arguments) -> Result<(String, String), Vec<Problem>> {
    // The same versions as here, so that nothing has to be looked up.
    if let Ok(root) = crate::root::find() {
        let _ = fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"));
    }
    let target = arguments
        .target
        .clone()
        .unwrap_or_else(|| std::env::temp_dir().join("specwright-contract"));
    let mut command = Command::new("cargo");
    command
        .args(["test", "--quiet", "--test", "contract", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target)
        .args(["--", "--nocapture"])
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("CARGO_MANIFEST_DIR");
    match &arguments.base_url {
        Some(url) => command.env("CONTRACT_BASE_URL", url),
        None => command.env_remove("CONTRACT_BASE_URL"),
    };
    let out = command.output().map_err(broken)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let words = text(&out.stderr);
    let cut = words
        .char_indices()
        .rev()
        .nth(6000)
        .map_or(0, |(index, _)| index);
    Ok((
        text(&out.stdout),
        words.get(cut..).unwrap_or_default().to_owned(),
    ))
}

/// The lines of the test.
#[derive(Default)]
struct Seen {
    counts: Option<Value>,
    calls: Vec<Value>,
    failed: Vec<Value>,
    skipped: Vec<Value>,
}

impl Seen {
    fn read(out: &str) -> Self {
        let mut seen = Self::default();
        for line in out.lines() {
            let Some((kind, text)) = line.split_once('\t') else {
                continue;
            };
            let Ok(value) = serde_json::from_str::<Value>(text) else {
                continue;
            };
            // The test harness prints its own words before the first line.
            match kind.rsplit(' ').next().unwrap_or_default() {
                "contract" => seen.counts = Some(value),
                "call" => seen.call(value),
                "failed" => seen.failed.push(value),
                "skipped" => seen.skipped.push(value),
                _ => {}
            }
        }
        seen
    }

    /// A mock server's own words of a request that it does not accept decode as many an error.
    fn call(&mut self, call: Value) {
        let words = call
            .get("words")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let is_refused = words.contains("stoplight.io/prism/errors");
        if is_refused && call.get("end") == Some(&Value::from("error")) {
            let failure = json!({
                "operation": call.get("operation"),
                "status": call.get("status"),
                "reason": format!("refused: {words}"),
            });
            self.failed.push(failure);
        }
        self.calls.push(call);
    }

    fn table(&self, counts: &Value) -> String {
        let count = |key: &str| counts.get(key).and_then(Value::as_u64).unwrap_or(0);
        let mut text = format!(
            "{} operations called, {} calls, {} declared responses, {} skipped, {} failures\n",
            count("operations"),
            count("calls"),
            count("responses"),
            self.skipped.len(),
            self.failed.len()
        );
        let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
        for skipped in &self.skipped {
            let reason = skipped
                .get("reason")
                .and_then(Value::as_str)
                .unwrap_or_default();
            *reasons.entry(reason.to_owned()).or_default() += 1;
        }
        for (reason, count) in reasons {
            text.push_str(&format!("  skipped {count}: {reason}\n"));
        }
        for failure in self.failed.iter().take(SHOWN) {
            let word = |key: &str| {
                failure
                    .get(key)
                    .map(|value| {
                        value
                            .as_str()
                            .map_or_else(|| value.to_string(), str::to_owned)
                    })
                    .unwrap_or_default()
            };
            let reason: String = word("reason").chars().take(400).collect();
            text.push_str(&format!(
                "  failed {} ({}): {reason}\n",
                word("operation"),
                word("status")
            ));
        }
        text
    }

    fn json(&self, counts: &Value) -> Value {
        json!({ "counts": counts, "calls": self.calls, "failed": self.failed, "skipped": self.skipped })
    }
}
