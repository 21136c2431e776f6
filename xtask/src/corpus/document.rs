//! The hidden subcommand: one document, in a process of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use specwright::locate::Locator;
use specwright::{
    Diagnostic, Diagnostics, Options, Outcome, Place, Pointer, Severity, SourceSet, TypedPlace,
};

use super::row::{Examples, Loss, Row, Share, Spot, Verdict};
use super::usage;
use crate::examples::{self, Collected};
use crate::problem::{Problem, Source};
use crate::survey::{self, Realm, Survey};
use crate::{Exit, codegen, console};

/// Runs the generator over one document, and prints what is known of it as JSON.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The entry document
    #[arg(value_name = "FILE")]
    pub document: PathBuf,

    /// How the document is shown
    #[arg(long)]
    pub shown: String,

    /// Where the crate is written, if it is
    #[arg(long)]
    pub out: Option<PathBuf>,

    /// Whether the crate gets a test with the values that the document gives
    #[arg(long)]
    pub examples: bool,

    /// The most memory that this may take
    #[arg(long)]
    pub limit_mb: Option<u64>,
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> Exit {
    if let Some(megabytes) = arguments.limit_mb
        && let Err(error) = usage::limit(megabytes)
    {
        console::err(&format!("cannot limit the memory: {error}\n"));
        return Exit::Failed;
    }
    let row = match codegen::sources(&arguments.document) {
        Ok(sources) => {
            let work = || of_document(&sources, arguments);
            codegen::on_large_stack(work)
                .unwrap_or_else(|problems| Row::of_failure(Verdict::Panicked, words(&problems)))
        }
        Err(problems) => Row::of_failure(Verdict::Refused, words(&problems)),
    };
    match serde_json::to_string(&row) {
        Ok(text) => {
            console::out(&text);
            Exit::Done
        }
        Err(_) => Exit::Failed,
    }
}

fn words(problems: &[Problem]) -> String {
    let words: Vec<_> = problems.iter().map(|problem| &*problem.message).collect();
    words.join("\n")
}

/// Generates once for the figures, and once more to know what became of each schema.
fn of_document(sources: &SourceSet, arguments: &Arguments) -> Row {
    let crate_name = arguments.out.as_deref().and_then(Path::file_name);
    let options = Options {
        crate_name: crate_name.map_or("corpus".into(), |name| name.to_string_lossy().into_owned()),
        manifest: true,
        ..Options::default()
    };
    let before = usage::cpu();
    let outcome = specwright::generate(sources, &options, &mut |_| ());
    let cpu = before.and_then(|before| Some(usage::cpu()?.saturating_sub(before)));
    let mut row = Row {
        cpu_ms: cpu.map(|cpu| cpu.as_secs_f64() * 1e3),
        peak_mb: usage::peak(),
        lines: outcome.report.lines,
        ..Row::default()
    };
    let places = Options {
        places: true,
        ..options.clone()
    };
    let noted = specwright::generate(sources, &places, &mut |_| ());
    let documents = specwright::parse::parse(sources, &mut Diagnostics::new());
    let values = documents.map_or_else(Vec::new, |documents| documents.files);
    let survey = survey::survey(&values, sources);
    Described {
        locators: Locators::new(sources),
        outcome: &outcome,
    }
    .fill(&mut row, &survey, &noted.places);
    let Some(mut files) = outcome.files else {
        return row;
    };
    if arguments.examples {
        let collected = examples::collect(&values, sources, &survey, &noted.places);
        let mut dependencies = outcome.report.dependencies.iter();
        let instants = dependencies.any(|dependency| dependency.name == "jiff");
        let text = specwright::examples::test(&options.crate_name, instants, &collected.cases);
        files.insert(specwright::examples::PATH.to_owned(), text);
        row.examples = Some(of_examples(collected));
    }
    if let Some(folder) = &arguments.out {
        for (path, text) in &files {
            if let Err(error) = write(&folder.join(path), text) {
                row.message = format!("cannot write {path}: {error}");
                row.verdict = Verdict::Refused;
            }
        }
    }
    row
}

/// What is known before the test has run: what has no type is lost.
fn of_examples(collected: Collected) -> Examples {
    let lost = collected.homeless.iter().map(|pointer| Loss {
        rust: String::new(),
        pointer: pointer.to_string(),
        reason: "the generator did not read the schema".to_owned(),
    });
    Examples {
        valid: collected.cases.len() + collected.homeless.len(),
        survived: 0,
        invalid: collected.invalid,
        lost: lost.collect(),
        message: collected.refused.unwrap_or_default(),
    }
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// The texts, ready to be looked up.
struct Locators<'s> {
    files: Vec<(Locator<'s>, std::rc::Rc<Source>)>,
}

impl<'s> Locators<'s> {
    fn new(sources: &'s SourceSet) -> Self {
        let files = sources.files.iter().map(|file| {
            let source = Source::new(&*file.path, &*file.text);
            (Locator::new(&file.text), source)
        });
        Self {
            files: files.collect(),
        }
    }

    /// A place in words.
    fn spot(&self, place: &Place, reason: String) -> Spot {
        let (file, pointer) = match place {
            Place::Value(pointer) | Place::Key(pointer) | Place::FirstKey(pointer) => {
                (pointer.file, pointer.path.clone())
            }
            Place::Offset { file, .. } | Place::File(file) => (*file, String::new()),
        };
        let Some((locator, source)) = self.files.get(file) else {
            return Spot {
                pointer,
                reason,
                ..Spot::default()
            };
        };
        let position = locator.span(place).map(|span| source.position(span.start));
        Spot {
            file: source.path.clone(),
            pointer,
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            reason,
        }
    }
}

/// Everything that is known of a document.
struct Described<'r> {
    locators: Locators<'r>,
    outcome: &'r Outcome,
}

impl Described<'_> {
    fn fill(&self, row: &mut Row, survey: &Survey<'_>, places: &[TypedPlace]) {
        let diagnostics = self.outcome.diagnostics.as_slice();
        for diagnostic in diagnostics {
            let code = diagnostic.code.as_str().to_owned();
            *row.codes.entry(code).or_default() += 1;
        }
        let is_error = |diagnostic: &&Diagnostic| diagnostic.severity == Severity::Error;
        let errors = diagnostics.iter().filter(is_error);
        let spot =
            |diagnostic: &Diagnostic| self.locators.spot(&diagnostic.place, said(diagnostic));
        row.errors = errors.map(spot).collect();
        row.verdict = match &self.outcome.files {
            Some(_) => Verdict::Generated,
            None => Verdict::Refused,
        };
        if let (None, Some(error)) = (&self.outcome.files, row.errors.first()) {
            row.message = error.reason.clone();
        }
        let report = &self.outcome.report;
        let (own, apart): (Vec<_>, Vec<_>) = survey
            .operations
            .iter()
            .partition(|(realm, _)| *realm == Realm::Api);
        row.apart = apart.len();
        row.operations = Share {
            total: own.len(),
            done: match self.outcome.files {
                Some(_) => report.operations_generated.min(own.len()),
                None => 0,
            },
        };
        let widened = report.widened.iter().cloned().map(Place::Value);
        let widened = widened.map(|place| self.locators.spot(&place, String::new()));
        row.widened = widened.collect();
        self.count(row, survey, places);
    }

    /// Which of the schemas that say something became something better than free-form.
    fn count(&self, row: &mut Row, survey: &Survey<'_>, places: &[TypedPlace]) {
        let known: BTreeMap<_, _> = places.iter().map(|place| (&place.pointer, place)).collect();
        let widened: BTreeSet<_> = self.outcome.report.widened.iter().collect();
        let generated = self.outcome.files.is_some();
        let causes = Causes::new(self.outcome.diagnostics.as_slice());
        for survey::Place { realm, schema } in &survey.places {
            let pointer = &schema.pointer;
            let place = examples::typed(&known, schema);
            let is_widened = ancestors(pointer).any(|above| widened.contains(&above));
            let typed = generated && !is_widened && place.is_some_and(|place| !place.free_form);
            let share = match realm {
                Realm::Api => &mut row.places,
                Realm::Webhook | Realm::Callback => &mut row.places_apart,
            };
            share.total += 1;
            share.done += usize::from(typed);
            if !typed && *realm == Realm::Api && generated {
                let state = match place {
                    _ if is_widened => "widened",
                    Some(_) => "free-form",
                    None => "not read",
                };
                let reason = format!("{state}: {}", causes.of(pointer));
                let place = Place::Value(pointer.clone());
                row.untyped.push(self.locators.spot(&place, reason));
            }
        }
    }
}

/// A place and everything around it.
fn ancestors(pointer: &Pointer) -> impl Iterator<Item = Pointer> {
    let above = |pointer: &Pointer| {
        let (path, _) = pointer.path.rsplit_once('/')?;
        Some(Pointer {
            file: pointer.file,
            path: path.to_owned(),
        })
    };
    std::iter::successors(Some(pointer.clone()), above)
}

/// What was reported, by place.
struct Causes<'r> {
    by_place: BTreeMap<Pointer, &'r Diagnostic>,
}

impl<'r> Causes<'r> {
    fn new(diagnostics: &'r [Diagnostic]) -> Self {
        let mut by_place = BTreeMap::new();
        for diagnostic in diagnostics {
            if let Place::Value(pointer) | Place::Key(pointer) | Place::FirstKey(pointer) =
                &diagnostic.place
            {
                by_place.entry(pointer.clone()).or_insert(diagnostic);
            }
        }
        Self { by_place }
    }

    /// What was reported of the place, or of the nearest one around it.
    fn of(&self, pointer: &Pointer) -> String {
        let nearest = ancestors(pointer).find_map(|place| self.by_place.get(&place));
        nearest.map_or_else(
            || "nothing was reported".to_owned(),
            |diagnostic| said(diagnostic),
        )
    }
}

/// `SW0204: what is wrong`
fn said(diagnostic: &Diagnostic) -> String {
    format!("{}: {}", diagnostic.code.as_str(), diagnostic.message)
}
