//! `cargo xtask corpus DIR`: the generator over every document below a folder, one row each.
//!
//! Each document is a run of this very program with a hidden subcommand, so that whatever a document
//! does to the generator is a row of the table and not the end of the run.

mod child;
pub mod document;
mod find;
mod row;
mod table;
mod usage;

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::problem::Problem;
use crate::render::{self, Detail};
use crate::{Exit, console};
use find::Document;
use row::{Row, Verdict};

/// Runs the generator over every document below a folder, and prints one row each.
///
/// Figures are those of this program: build it with `--release` for figures that mean something.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit status: 0 every document became a crate, and whatever else was asked for holds; 1 an operation \
is missing; 2 a document did not become a crate, or an error on the command line or in the files.")]
pub struct Arguments {
    /// The folder; documents are found in it and below. A folder that an `index.tsv` beside it lists
    /// with an `entry` is one document of several files
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// How many documents are worked on at once [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,

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
        Err(problem) => failed(problem),
    }
}

fn failed(problem: Problem) -> Exit {
    console::err(&render::problems(&[problem], Detail::Short));
    Exit::Failed
}

fn rows(arguments: &Arguments) -> Result<Vec<Row>, Problem> {
    let documents = find::documents(&arguments.folder, arguments.only.as_deref())?;
    if cfg!(debug_assertions) {
        console::err("note: this is a debug build; times and memory are several times too high\n");
    }
    let scratch = tempfile::tempdir()
        .map_err(|error| Problem::error(format!("cannot make a folder: {error}")))?;
    let keep = arguments.out.clone();
    let out = keep.unwrap_or_else(|| scratch.path().to_owned());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let jobs = arguments.jobs.unwrap_or(cores).clamp(1, 256);
    let bar = bar(documents.len(), "generating");
    let limits = child::Limits {
        time: Duration::from_secs(arguments.limit_seconds),
        megabytes: arguments.limit_mb,
    };
    let rows = in_parallel(&documents, jobs, |document| {
        let row = document_row(document, &out, limits, arguments.out.is_some());
        bar.inc(1);
        row
    });
    bar.finish_and_clear();
    Ok(rows)
}

/// Runs the subcommand for one document.
fn document_row(
    document: &Document,
    out: &std::path::Path,
    limits: child::Limits,
    keep: bool,
) -> Row {
    let mut arguments = vec![
        "corpus-document".to_owned(),
        document.path.to_string_lossy().into_owned(),
        "--shown".to_owned(),
        document.shown.clone(),
    ];
    if keep {
        let folder = out.join(&document.crate_name);
        arguments.extend(["--out".to_owned(), folder.to_string_lossy().into_owned()]);
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
fn bar(length: usize, what: &'static str) -> ProgressBar {
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
            return failed(Problem::error(format!(
                "cannot write {}: {error}",
                path.display()
            )));
        }
    }
    if rows.iter().any(|row| row.verdict != Verdict::Generated) {
        Exit::Failed
    } else if rows.iter().any(Row::is_incomplete) {
        Exit::Drift
    } else {
        Exit::Done
    }
}
