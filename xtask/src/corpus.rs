//! `cargo xtask corpus DIR`: the generator over every document below a folder, one row each.
//!
//! Each document is a run of this very program with a hidden subcommand, so that whatever a document
//! does to the generator is a row of the table and not the end of the run.

mod child;
pub mod compile;
pub mod document;
mod find;
mod row;
mod table;
mod usage;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::problem::Problem;
use crate::render::{self, Detail};
use crate::{Exit, console};
pub(crate) use find::{Document, documents};
use row::Row;

/// Runs the generator over every document below a folder, and prints one row each.
///
/// Figures are those of this program: build it with `--release` for figures that mean something.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit status: 0 every document became a crate, and whatever else was asked for holds; 1 an operation \
is missing or a value was lost; 2 a document did not become a crate that compiles, or an error on the command line or in the files.")]
pub struct Arguments {
    /// The folder; documents are found in it and below. A folder that an `index.tsv` beside it lists
    /// with an `entry` is one document of several files
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// How many documents are worked on at once [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,

    /// Run `cargo check` over each crate; a warning is a failure
    #[arg(long)]
    pub compile: bool,

    /// Send the values that each document gives through the generated types
    #[arg(long)]
    pub examples: bool,

    /// The target folder of --compile and --examples [default: one that is deleted at the end]
    #[arg(long, value_name = "DIR")]
    pub target: Option<PathBuf>,

    /// Only documents whose path below DIR matches
    #[arg(long, value_name = "GLOB")]
    pub only: Option<String>,

    /// The most memory that the run of one document may take
    #[arg(long, value_name = "N")]
    pub limit_mb: Option<u64>,

    /// The most time that the run of one document may take
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    pub limit_seconds: u64,

    /// Write everything to this file, as JSON: each place that is less than documented, with its cause
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    /// Keep the crates, in this folder
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> Exit {
    match rows(arguments) {
        Ok(rows) => finish(&rows, arguments),
        Err(problems) => failed(&problems),
    }
}

/// Runs a subcommand of this program to whatever end; what it wrote, and how it ended.
pub(crate) fn ended(arguments: &[String], time: Duration) -> Result<(fs::File, String), String> {
    child::of_this_program(arguments)
        .and_then(|command| child::ended(command, time))
        .map_err(|failure| failure.message)
}

fn failed(problems: &[Problem]) -> Exit {
    console::err(&render::problems(problems, Detail::Short));
    Exit::Failed
}

fn rows(arguments: &Arguments) -> Result<Vec<Row>, Vec<Problem>> {
    let documents = documents(&arguments.folder, arguments.only.as_deref())?;
    if cfg!(debug_assertions) {
        console::err("note: this is a debug build; times and memory are several times too high\n");
    }
    let scratch = tempfile::tempdir()
        .map_err(|error| vec![Problem::error(format!("cannot make a folder: {error}"))])?;
    let keep = arguments.out.clone();
    let out = keep.unwrap_or_else(|| scratch.path().to_owned());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let jobs = arguments.jobs.unwrap_or(cores).clamp(1, 256);
    let bar = bar(documents.len(), "generating");
    let limits = child::Limits {
        time: Duration::from_secs(arguments.limit_seconds),
        megabytes: arguments.limit_mb,
    };
    let keep = arguments.out.is_some() || arguments.compile || arguments.examples;
    let out = keep.then_some(&*out);
    let mut rows = in_parallel(&documents, jobs, |document| {
        let row = document_row(document, out, limits, arguments.examples);
        bar.inc(1);
        row
    });
    bar.finish_and_clear();
    if let Some(out) = out {
        let target = arguments.target.clone();
        let target = target.unwrap_or_else(|| scratch.path().join("target"));
        with_cargo(&mut rows, out, target, arguments);
    }
    Ok(rows)
}

/// Whatever needs the compiler, one crate after another: each takes all the memory that it wants.
fn with_cargo(rows: &mut [Row], out: &Path, target: PathBuf, arguments: &Arguments) {
    if !arguments.compile && !arguments.examples {
        return;
    }
    let bar = bar(rows.len(), "compiling");
    let mut warm = compile::Warm::new(target);
    for row in rows {
        let folder = out.join(&row.crate_name);
        if row.verdict == row::Verdict::Generated {
            if arguments.compile {
                warm.check(row, &folder, arguments.limit_mb);
            }
            warm.test(row, &folder);
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
}

/// Runs the subcommand for one document.
fn document_row(
    document: &Document,
    out: Option<&Path>,
    limits: child::Limits,
    examples: bool,
) -> Row {
    let mut arguments = vec![
        "corpus-document".to_owned(),
        document.path.to_string_lossy().into_owned(),
        "--shown".to_owned(),
        document.shown.clone(),
    ];
    if let Some(out) = out {
        let folder = out.join(&document.crate_name);
        arguments.extend(["--out".to_owned(), folder.to_string_lossy().into_owned()]);
    }
    if examples {
        arguments.push("--examples".to_owned());
    }
    let mut row = match child::run::<Row>(&arguments, limits) {
        Ok(row) => row,
        Err(failure) => Row::of_failure(failure.verdict, failure.message),
    };
    row.document.clone_from(&document.shown);
    row.crate_name.clone_from(&document.crate_name);
    row.bytes = document.bytes;
    row
}

/// Works on all documents, the largest first, and gives the results in their own order.
fn in_parallel(
    documents: &[Document],
    jobs: usize,
    work: impl Fn(&Document) -> Row + Sync,
) -> Vec<Row> {
    let mut order: Vec<_> = documents.iter().enumerate().collect();
    order.sort_by_key(|(_, document)| std::cmp::Reverse(document.bytes));
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(order.len()));
    thread::scope(|scope| {
        for _ in 0..jobs.min(order.len()) {
            scope.spawn(|| {
                while let Some((index, document)) = order.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    let row = work(document);
                    if let Ok(mut done) = done.lock() {
                        done.push((*index, row));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, row)| row).collect()
}

/// A progress bar, where somebody looks.
pub(crate) fn bar(length: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(length as u64);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {pos}/{len} {elapsed}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar
}

fn finish(rows: &[Row], arguments: &Arguments) -> Exit {
    console::out(&table::table(rows));
    if let Some(path) = &arguments.report {
        let text = serde_json::to_string_pretty(&serde_json::json!({ "documents": rows }));
        let written = text
            .map_err(std::io::Error::other)
            .and_then(|text| fs::write(path, text + "\n"));
        if let Err(error) = written {
            let message = format!("cannot write {}: {error}", path.display());
            return failed(&[Problem::error(message)]);
        }
    }
    if rows.iter().any(Row::is_failure) {
        Exit::Failed
    } else if rows.iter().any(Row::is_incomplete) {
        Exit::Drift
    } else {
        Exit::Done
    }
}
