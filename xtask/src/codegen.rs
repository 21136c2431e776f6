//! `cargo xtask codegen`: from the documents in `openapi/` to the crates in the workspace.
//!
//! A run has three steps: read and generate everything; decide for every file; then either write
//! or compare. Nothing is written before everything is known, for all crates.

mod check;
mod config;
mod crate_tests;
mod folder;
mod generate;
mod job;
mod load;
mod manifest;
mod name;
mod plan;
mod report;
mod write;

use std::fmt;
use std::path::{Path, PathBuf};

use specwright::Severity;

pub use check::{Drift, DriftKind};
pub(crate) use config::{HELP as CONFIGURATION_HELP, SHOWN as CONFIGURATION};

use crate::console;
use crate::problem::Problem;
use crate::render::{self, Detail, counted};
use crate::{Exit, root};
use generate::Generated;
pub(crate) use generate::on_large_stack;
use job::Job;
pub(crate) use name::from_stem as crate_name;
use plan::{Counts, Plan};

/// Generates the clients.
///
/// Without options, every crate that openapi/codegen.toml names is generated and written.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(after_help = "\
Exit status: 0 done, or in sync; 1 drift (--check); 2 an error in a document, the configuration, \
the command line or the files. Nothing is written unless the status is 0.

Every problem has a code: `cargo xtask explain CODE` says what it means and what to change.")]
pub struct Arguments {
    /// Compare only, and write nothing: list every file that is stale, missing or orphaned
    #[arg(long)]
    pub check: bool,

    /// Generate a stand-alone crate from this document instead (JSON or YAML)
    #[arg(long, value_name = "FILE", requires = "out")]
    pub spec: Option<PathBuf>,

    /// The folder of the stand-alone crate; it is created if need be
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub out: Option<PathBuf>,

    /// The name of the stand-alone crate [default: after the file name of the document]
    #[arg(long, value_name = "CRATE", requires = "spec")]
    pub name: Option<String>,

    /// Treat warnings as errors
    #[arg(long)]
    pub strict: bool,

    /// Write what was found and made to this file, as JSON
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,

    /// Show every problem and every difference in full
    #[arg(long, short, conflicts_with = "quiet")]
    pub verbose: bool,

    /// Show errors and drift only
    #[arg(long, short)]
    pub quiet: bool,
}

/// Why there is nothing to compare or write.
#[derive(Debug)]
pub struct Failure {
    /// Every problem, warnings among them.
    problems: Vec<Problem>,
}

/// One crate, ready to be compared or written.
struct Prepared {
    job: Job,
    generated: Generated,
    problems: Vec<Problem>,
    files: usize,
    /// Nothing when there are errors.
    plan: Option<Plan>,
    lacks: Vec<Problem>,
}

/// Compares every configured crate of the workspace at `root` with what generation would make.
///
/// # Errors
///
/// When the configuration or a document has errors, or a file is in the way.
pub fn check(root: &Path) -> Result<Vec<Drift>, Failure> {
    let jobs = config::read(root).map_err(|problems| Failure { problems })?;
    let crates = prepare(jobs, false).map_err(|problems| Failure { problems })?;
    if crates.iter().any(|prepared| prepared.plan.is_none()) {
        let problems = crates
            .into_iter()
            .flat_map(|prepared| prepared.problems)
            .collect();
        return Err(Failure { problems });
    }
    Ok(crates.iter().flat_map(Prepared::drifts).collect())
}

/// Runs the task; `root` is where the workspace is, unless it is to be found.
pub fn run(root: Option<&Path>, arguments: &Arguments) -> Exit {
    let crates = jobs(root, arguments).and_then(|jobs| prepare(jobs, arguments.strict));
    let crates = match crates {
        Ok(crates) => crates,
        Err(problems) => return failed(&problems, arguments),
    };
    if let Some(path) = &arguments.report
        && let Err(problems) = report::write(path, &crates)
    {
        return failed(&problems, arguments);
    }
    let problems = crates.iter().flat_map(|prepared| prepared.problems.clone());
    let mut problems: Vec<_> = problems.collect();
    if !arguments.check {
        problems.extend(crates.iter().flat_map(|prepared| prepared.lacks.clone()));
    }
    if problems
        .iter()
        .any(|problem| problem.severity == Severity::Error)
    {
        return failed(&problems, arguments);
    }
    show(&problems, arguments);
    if arguments.check {
        compare(&crates, arguments)
    } else {
        write(&crates, arguments)
    }
}

impl Arguments {
    /// The command without options.
    const COMMAND: &str = "cargo xtask codegen";

    fn detail(&self) -> Detail {
        if self.verbose {
            Detail::Full
        } else {
            Detail::Short
        }
    }
}

impl fmt::Display for Failure {
    /// Every problem, as plain text.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        anstream::adapter::strip_str(&render::problems(&self.problems, Detail::Short))
            .fmt(formatter)
    }
}

impl std::error::Error for Failure {}

/// What the command line and the configuration ask for.
fn jobs(root: Option<&Path>, arguments: &Arguments) -> Result<Vec<Job>, Vec<Problem>> {
    if let (Some(document), Some(output)) = (&arguments.spec, &arguments.out) {
        let job = Job::stand_alone(document, output, arguments.name.as_deref());
        return job.map(|job| vec![job]);
    }
    match root {
        Some(root) => config::read(root),
        None => config::read(&root::find()?),
    }
}

/// Reads, generates and plans all the crates; the problems are those that leave nothing to report.
fn prepare(jobs: Vec<Job>, strict: bool) -> Result<Vec<Prepared>, Vec<Problem>> {
    let mut crates = Vec::new();
    let mut problems = Vec::new();
    for job in jobs {
        match Prepared::new(job, strict) {
            Ok(prepared) => crates.push(prepared),
            Err(list) => problems.extend(list),
        }
    }
    if problems.is_empty() {
        return Ok(crates);
    }
    // What the other crates have to say is not lost: all problems in one run.
    Err(crates
        .into_iter()
        .flat_map(|prepared| prepared.problems)
        .chain(problems)
        .collect())
}

impl Prepared {
    fn new(mut job: Job, strict: bool) -> Result<Self, Vec<Problem>> {
        let sources = load::read(&job.document).map_err(|problems| configured(&job, problems))?;
        job.options.places |= job.has_tests();
        let kept = job.has_tests().then(|| sources.clone());
        let mut generated = generate::generate(sources, &job.options)?;
        if strict {
            generated.outcome.diagnostics.deny_warnings();
        }
        let mut problems = generated.problems(&job);
        let files = generated.outcome.files.take();
        let mut files = files.filter(|_| !generated.outcome.diagnostics.has_errors());
        if let (Some(files), Some(sources)) = (&mut files, kept) {
            crate_tests::add(files, &sources, &job, &generated.outcome)?;
        }
        let count = files.as_ref().map_or(0, |files| files.len());
        let plan = files.and_then(|files| match planned(&job, files) {
            Ok(plan) => Some(plan),
            Err(obstacles) => {
                problems.extend(obstacles);
                None
            }
        });
        let lacks = match plan {
            Some(_) => manifest::lacks(&job, &generated.outcome.report.dependencies),
            None => Vec::new(),
        };
        Ok(Self {
            job,
            generated,
            problems,
            files: count,
            plan,
            lacks,
        })
    }

    fn drifts(&self) -> Vec<Drift> {
        let shown = |path: &str| self.job.output.shown(path);
        let lacks = self.lacks.iter().cloned();
        let lacks = lacks.map(|problem| Drift::manifest(problem, shown("Cargo.toml")));
        lacks
            .chain(self.plan.iter().flat_map(|plan| check::drifts(plan, shown)))
            .collect()
    }

    /// `axiom-api: 14 files, 5 operations, 12 types, 0 warnings — unchanged`
    fn line(&self, outcome: &str) -> String {
        let report = &self.generated.outcome.report;
        let operations = if report.operations_generated == report.operations_total {
            counted(report.operations_total, "operation")
        } else {
            format!(
                "{} of {}",
                report.operations_generated,
                counted(report.operations_total, "operation")
            )
        };
        format!(
            "{}: {}, {operations}, {}, {} — {outcome}\n",
            self.job.options.crate_name,
            counted(self.files, "file"),
            counted(report.types, "type"),
            counted(self.problems.len(), "warning"),
        )
    }
}

/// Problems without a place are shown where the configuration asks for the document.
fn configured(job: &Job, problems: Vec<Problem>) -> Vec<Problem> {
    let Some(configured) = &job.configured else {
        return problems;
    };
    let place = |problem: Problem| match problem.location {
        Some(_) => problem,
        None => problem.at(&configured.source, Some(configured.spec.clone())),
    };
    problems.into_iter().map(place).collect()
}

/// The texts of a document, its entry at this path.
pub(crate) fn sources(document: &Path) -> Result<specwright::SourceSet, Vec<Problem>> {
    load::read(&job::Place::given(document))
}

fn planned(job: &Job, files: specwright::FileSet) -> Result<Plan, Vec<Problem>> {
    let folder = folder::Folder::read(&job.output.path, files.keys().map(String::as_str)).map_err(
        |error| {
            vec![Problem::error(format!(
                "cannot read {}: {error}",
                job.output.shown
            ))]
        },
    )?;
    plan::plan(files, folder, |path| job.output.shown(path))
}

/// Compares, and lists what differs.
fn compare(crates: &[Prepared], arguments: &Arguments) -> Exit {
    let mut exit = Exit::Done;
    for prepared in crates {
        let drifts = prepared.drifts();
        if drifts.is_empty() {
            if !arguments.quiet {
                console::out(&prepared.line("in sync"));
            }
            continue;
        }
        exit = Exit::Drift;
        for drift in &drifts {
            console::out(&drift.render(arguments.detail()));
            console::out("\n");
        }
        console::out(&format!(
            "{} is not in sync with {}: {}\nto repair it, run: {}\n",
            prepared.job.options.crate_name,
            prepared.job.document.shown,
            check::summary(&drifts),
            prepared.job.command(),
        ));
    }
    exit
}

/// Writes what differs.
fn write(crates: &[Prepared], arguments: &Arguments) -> Exit {
    let plans = crates.iter().filter_map(|prepared| {
        prepared
            .plan
            .as_ref()
            .map(|plan| (prepared.job.output.path.as_path(), plan))
    });
    let plans: Vec<_> = plans.collect();
    if let Err(write::Failure {
        path,
        error,
        halfway,
    }) = write::write(&plans)
    {
        let problem = Problem::error(format!("cannot write {}: {error}", path.display()));
        let help = if halfway {
            "some files are done; the next run completes the others"
        } else {
            "nothing was written"
        };
        return failed(&[problem.help(help)], arguments);
    }
    if !arguments.quiet {
        for (prepared, (_, plan)) in crates.iter().zip(&plans) {
            console::out(&prepared.line(&changed(plan.counts())));
        }
    }
    Exit::Done
}

/// `1 created, 2 updated`, or `unchanged`.
fn changed(counts: Counts) -> String {
    let Counts {
        created,
        updated,
        deleted,
        unchanged: _,
    } = counts;
    let words = [
        (created, "created"),
        (updated, "updated"),
        (deleted, "deleted"),
    ];
    let words = words.iter().filter(|(count, _)| *count > 0);
    let words: Vec<_> = words
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if words.is_empty() {
        "unchanged".to_owned()
    } else {
        words.join(", ")
    }
}

fn failed(problems: &[Problem], arguments: &Arguments) -> Exit {
    show(problems, arguments);
    Exit::Failed
}

/// Shows problems and how many there are.
fn show(problems: &[Problem], arguments: &Arguments) {
    let wanted = |problem: &&Problem| !arguments.quiet || problem.severity == Severity::Error;
    let problems: Vec<_> = problems.iter().filter(wanted).cloned().collect();
    console::err(&render::problems(&problems, arguments.detail()));
    if let Some(summary) = render::summary(&problems) {
        console::err(&format!("{summary}\n"));
        if let Some(code) = problems.iter().find_map(|problem| problem.code) {
            console::err(&format!(
                "for more about a problem: cargo xtask explain {code}\n"
            ));
        }
    }
}
