//! `--compile` and `--examples`: cargo over the crates, one after another in one target folder.
//!
//! What the crates depend on is compiled before, in an empty crate with the same dependencies, so
//! that the figures are those of the crate alone. They are taken in a process of its own: what the
//! system tells of finished children cannot be reset.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use serde::Deserialize;

use super::child::{self, Limits};
use super::row::{Compiled, Loss, Row};
use super::usage;
use crate::{Exit, console};

/// The largest crates take minutes.
const TIME: Duration = Duration::from_secs(3600);

/// How many messages of the compiler are kept.
const MESSAGES: usize = 5;

/// Measures one `cargo check`, and prints what came of it as JSON.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The folder of the crate
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// The target folder
    #[arg(long)]
    pub target: PathBuf,

    /// The most memory that each process may take
    #[arg(long)]
    pub limit_mb: Option<u64>,
}

/// Runs the hidden subcommand.
pub fn run(arguments: &Arguments) -> Exit {
    if let Some(megabytes) = arguments.limit_mb
        && let Err(error) = usage::limit(megabytes)
    {
        console::err(&format!("cannot limit the memory: {error}\n"));
        return Exit::Failed;
    }
    let compiled = check(arguments);
    match serde_json::to_string(&compiled) {
        Ok(text) => {
            console::out(&text);
            Exit::Done
        }
        Err(_) => Exit::Failed,
    }
}

/// `cargo` in a folder, always the same way.
fn cargo(folder: &Path, target: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command
        .args(arguments)
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(target)
        // What is asked for here is a first build; its debug information would only take time.
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env_remove("CARGO_MANIFEST_DIR");
    command
}

#[derive(Deserialize)]
struct Line {
    message: Option<Message>,
}

#[derive(Deserialize)]
struct Message {
    level: String,
    rendered: Option<String>,
}

fn check(arguments: &Arguments) -> Compiled {
    let Arguments { folder, target, .. } = arguments;
    let flags = ["check", "--offline", "--quiet", "--message-format=json"];
    let out = cargo(folder, target, &flags).output();
    let out = match out {
        Ok(out) => out,
        Err(error) => {
            return Compiled {
                messages: vec![format!("cannot run cargo: {error}")],
                ..Compiled::default()
            };
        }
    };
    let lines = out.stdout.split(|byte| *byte == b'\n');
    let lines = lines.filter_map(|line| serde_json::from_slice::<Line>(line).ok());
    let messages: Vec<_> = lines.filter_map(|line| line.message).collect();
    let warnings = messages.iter().filter(|message| message.level == "warning");
    let warnings = warnings.count();
    let rendered = messages.into_iter().filter_map(|message| message.rendered);
    let mut messages: Vec<_> = rendered.take(MESSAGES).collect();
    if !out.status.success() && messages.is_empty() {
        messages.push(String::from_utf8_lossy(&out.stderr).trim().to_owned());
    }
    let usage = usage::children();
    Compiled {
        good: out.status.success() && warnings == 0,
        warnings,
        cpu_s: usage.map(|(time, _)| time.as_secs_f64()),
        peak_mb: usage.map(|(_, peak)| peak),
        messages,
    }
}

/// Compiles what the crates depend on, once for each set of dependencies.
#[derive(Debug)]
pub(super) struct Warm {
    target: PathBuf,
    known: BTreeSet<(String, bool)>,
}

impl Warm {
    pub(super) fn new(target: PathBuf) -> Self {
        Self {
            target,
            known: BTreeSet::new(),
        }
    }

    /// Makes sure that checking, or testing, the crate compiles nothing but the crate.
    fn up(&mut self, folder: &Path, test: bool) -> std::io::Result<()> {
        let manifest = fs::read_to_string(folder.join("Cargo.toml"))?;
        let dependencies = manifest.split("[dependencies]").nth(1).unwrap_or_default();
        let key = (dependencies.to_owned(), test);
        if self.known.contains(&key) {
            return Ok(());
        }
        let empty = self.target.join("dependencies");
        fs::create_dir_all(empty.join("src"))?;
        let name = manifest.lines().find(|line| line.starts_with("name = "));
        let manifest = manifest.replace(name.unwrap_or_default(), "name = \"dependencies\"");
        fs::write(empty.join("Cargo.toml"), manifest)?;
        fs::write(empty.join("src/lib.rs"), "")?;
        let flags: &[&str] = if test {
            &["build", "--quiet", "--no-default-features"]
        } else {
            &["check", "--quiet"]
        };
        let out = cargo(&empty, &self.target, flags).output()?;
        if !out.status.success() {
            let words = String::from_utf8_lossy(&out.stderr).into_owned();
            return Err(std::io::Error::other(words));
        }
        self.known.insert(key);
        Ok(())
    }

    /// Checks the crate of a row.
    pub(super) fn check(&mut self, row: &mut Row, folder: &Path, megabytes: Option<u64>) {
        if let Err(error) = self.up(folder, false) {
            row.compiled = Some(Compiled {
                messages: vec![format!("the dependencies do not compile: {error}")],
                ..Compiled::default()
            });
            return;
        }
        let arguments = [
            "corpus-compile".to_owned(),
            folder.to_string_lossy().into_owned(),
            "--target".to_owned(),
            self.target.to_string_lossy().into_owned(),
        ];
        let limits = Limits {
            time: TIME,
            megabytes,
        };
        let compiled = child::run(&arguments, limits).unwrap_or_else(|failure| Compiled {
            messages: vec![failure.message],
            ..Compiled::default()
        });
        row.compiled = Some(compiled);
    }

    /// Runs the test of a row's crate.
    pub(super) fn test(&mut self, row: &mut Row, folder: &Path) {
        let Some(examples) = &mut row.examples else {
            return;
        };
        let flags = [
            "test",
            "--offline",
            "--quiet",
            "--no-default-features",
            "--test",
            "examples",
        ];
        let mut command = cargo(folder, &self.target, &flags);
        command.args(["--", "--nocapture"]);
        let finished = match self.up(folder, true) {
            Ok(()) => child::ended(command, TIME),
            Err(error) => {
                examples.message = format!("the dependencies do not compile: {error}");
                return;
            }
        };
        let (out, words) = match finished {
            Ok(finished) => finished,
            Err(failure) => {
                examples.message = failure.message;
                return;
            }
        };
        let lines: Vec<_> = BufReader::new(out).lines().map_while(Result::ok).collect();
        if !lines
            .iter()
            .any(|line| line.ends_with(" values came through"))
        {
            examples.message = words;
            return;
        }
        examples
            .lost
            .extend(lines.iter().filter_map(|line| loss(line)));
        examples.survived = examples.valid.saturating_sub(examples.lost.len());
    }
}

/// `lost<tab>type<tab>#pointer<tab>reason`
fn loss(line: &str) -> Option<Loss> {
    let mut parts = line.strip_prefix("lost\t")?.splitn(3, '\t');
    Some(Loss {
        rust: parts.next()?.to_owned(),
        pointer: parts.next()?.to_owned(),
        reason: parts.next()?.to_owned(),
    })
}
