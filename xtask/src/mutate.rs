//! `cargo xtask mutate DIR`: documents with something wrong in them, at random from a seed.
//!
//! Whatever a document holds, the generator must not panic, hang or overflow its stack; a refusal
//! must say where; and what is printed must be Rust. Mutants run in batches in processes of their
//! own: when one of them takes the process with it, the next process goes on behind it.

pub mod batch;
mod mutation;
mod random;
mod trial;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use crate::corpus::{self, Document};
use crate::problem::Problem;
use crate::render::{self, Detail, counted};
use crate::{Exit, console};
use batch::Ending;
pub use trial::{Found, trial};

/// Mutants of a document are worked on in one process, up to this many.
const BATCH: usize = 50;

/// Runs the generator over documents with something wrong in them, at random from a seed.
///
/// The same seed and documents give the same mutants.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = "\
Exit status: 0 no mutant failed; 1 some did; 2 an error on the command line or in the files.")]
pub struct Arguments {
    /// The folder with the documents that are mutated
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,

    /// How many mutants there are, spread evenly over the documents
    #[arg(long, value_name = "N", default_value_t = 2000)]
    pub count: usize,

    /// Where the random numbers start
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,

    /// Documents that are larger are left out
    #[arg(long, value_name = "N", default_value_t = 400)]
    pub largest_kb: u64,

    /// How many processes run at once [default: as many as there are cores]
    #[arg(long, value_name = "N")]
    pub jobs: Option<usize>,

    /// Only documents whose path below DIR matches
    #[arg(long, value_name = "GLOB")]
    pub only: Option<String>,

    /// Where failing mutants are written
    #[arg(long, value_name = "DIR", default_value = "target/mutants")]
    pub out: PathBuf,
}

/// A mutant that failed.
#[derive(Clone, Debug)]
struct Failure {
    document: String,
    number: usize,
    reason: String,
}

/// How mutants ended, by the name of the ending.
type Counts = BTreeMap<&'static str, usize>;

/// What came of all mutants.
#[derive(Debug, Default)]
struct Summary {
    counts: Counts,
    failures: Vec<Failure>,
}

/// Mutants of one document, by number.
struct Batch<'d> {
    document: &'d Document,
    numbers: Vec<usize>,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> Exit {
    match summary(arguments) {
        Ok(summary) => show(&summary, arguments),
        Err(problems) => {
            console::err(&render::problems(&problems, Detail::Short));
            Exit::Failed
        }
    }
}

fn summary(arguments: &Arguments) -> Result<Summary, Vec<Problem>> {
    let documents = corpus::documents(&arguments.folder, arguments.only.as_deref())?;
    let small = |document: &Document| document.bytes <= arguments.largest_kb.saturating_mul(1000);
    let documents: Vec<_> = documents.into_iter().filter(small).collect();
    if documents.is_empty() {
        let message = "every document is larger than `--largest-kb`";
        return Err(vec![Problem::error(message)]);
    }
    let bar = corpus::bar(arguments.count, "mutating");
    let batches = Mutex::new(batches(&documents, arguments.count));
    let summary = Mutex::new(Summary::default());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let jobs = arguments.jobs.unwrap_or(cores).clamp(1, 256);
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let next = batches.lock().ok().and_then(|mut batches| batches.pop());
                    let Some(batch) = next else { break };
                    let part = run_batch(&batch, arguments);
                    bar.inc(batch.numbers.len() as u64);
                    if let Ok(mut summary) = summary.lock() {
                        summary.add(part);
                    }
                }
            });
        }
    });
    bar.finish_and_clear();
    let mut summary = summary.into_inner().unwrap_or_default();
    summary.failures.sort_by_key(|failure| failure.number);
    Ok(summary)
}

/// Mutant `n` is of document `n` modulo their number.
fn batches(documents: &[Document], count: usize) -> Vec<Batch<'_>> {
    let mut batches = Vec::new();
    for (index, document) in documents.iter().enumerate() {
        let numbers: Vec<_> = (index..count).step_by(documents.len()).collect();
        batches.extend(numbers.chunks(BATCH).map(|numbers| Batch {
            document,
            numbers: numbers.to_vec(),
        }));
    }
    batches
}

impl Summary {
    fn add(&mut self, other: Self) {
        for (ending, count) in other.counts {
            *self.counts.entry(ending).or_default() += count;
        }
        self.failures.extend(other.failures);
    }

    fn note(&mut self, document: &Document, number: usize, ending: &Ending) {
        let name = match ending {
            Ending::Found(Found::Generated) => "generated",
            Ending::Found(Found::Refused) => "refused",
            Ending::Failed(_) => "failed",
        };
        *self.counts.entry(name).or_default() += 1;
        if let Ending::Failed(reason) = ending {
            self.failures.push(Failure {
                document: document.shown.clone(),
                number,
                reason: reason.clone(),
            });
        }
    }
}

/// Runs the mutants of one document, in as many processes as they need.
fn run_batch(batch: &Batch<'_>, arguments: &Arguments) -> Summary {
    let mut summary = Summary::default();
    let mut rest: &[usize] = &batch.numbers;
    while !rest.is_empty() {
        let endings = batch::endings(batch.document, arguments.seed, rest);
        for (number, ending) in rest.iter().zip(&endings) {
            summary.note(batch.document, *number, ending);
            if matches!(ending, Ending::Failed(_)) {
                keep(batch.document, *number, arguments);
            }
        }
        // At least the one that ended the process is done.
        rest = rest.get(endings.len().max(1)..).unwrap_or_default();
    }
    summary
}

/// Writes a mutant for whoever wants to know why it failed.
fn keep(document: &Document, number: usize, arguments: &Arguments) {
    let Ok(sources) = crate::codegen::sources(&document.path) else {
        return;
    };
    let Some(entry) = sources.files.first() else {
        return;
    };
    let (_, text) = mutation::mutant(&entry.path, &entry.text, arguments.seed, number);
    let path = arguments.out.join(mutant_name(document, number));
    // The summary names the mutant, so that it can be made again if this fails.
    let _ = fs::create_dir_all(&arguments.out).and_then(|()| fs::write(path, text));
}

/// Unlike the name of the document: a mutant of YAML may be JSON.
fn mutant_name(document: &Document, number: usize) -> String {
    let extension = Path::new(&document.shown).extension().unwrap_or_default();
    format!(
        "{}-{number}.{}",
        document.crate_name,
        extension.to_string_lossy()
    )
}

fn show(summary: &Summary, arguments: &Arguments) -> Exit {
    for failure in &summary.failures {
        console::out(&format!(
            "{}, mutant {}: {}\n",
            failure.document,
            failure.number,
            crate::visible::lines(&failure.reason)
        ));
    }
    let counts = summary.counts.iter();
    let counts = counts.map(|(ending, count)| format!("{count} {ending}"));
    console::out(&format!(
        "{} with seed {}: {}\n",
        counted(summary.counts.values().sum(), "mutant"),
        arguments.seed,
        counts.collect::<Vec<_>>().join(", ")
    ));
    if summary.failures.is_empty() {
        return Exit::Done;
    }
    console::out(&format!(
        "the failing ones are in {}\n",
        arguments.out.display()
    ));
    Exit::Drift
}

#[cfg(test)]
mod tests;
