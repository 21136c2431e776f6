//! Runs the generator: on a large stack, timed, and with every place looked up.
//!
//! Documents nest deeper than anybody expects, so the stack is large; and a bug of the generator
//! must not look like a bug of the document, so a panic is caught and named as what it is.

use std::any::Any;
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;
use std::thread;
use std::time::{Duration, Instant};

use specwright::locate::Locator;
use specwright::{Code, Options, Outcome, Place, SourceSet, Stage};

use super::job::Job;
use crate::problem::{Location, Problem, Source};

/// Only what is used of it takes memory.
const STACK: usize = 256 << 20;

/// What came of it.
pub(super) struct Generated {
    /// What the generator says.
    pub(super) outcome: Outcome,
    /// How long each stage took, in order.
    pub(super) stages: Vec<(Stage, Duration)>,
    /// How long all of them took.
    pub(super) total: Duration,
    /// The texts.
    pub(super) texts: Vec<Rc<Source>>,
    /// The places of the diagnostics, in their order, each with its related ones.
    pub(super) places: Vec<Vec<Spot>>,
    /// The places of what was widened, in the order of the report.
    pub(super) widened: Vec<Spot>,
}

/// A place in the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    /// Index of the text.
    pub(super) file: usize,
    /// Its bytes; nothing for the whole file.
    pub(super) span: Option<Range<usize>>,
}

/// Runs the generator over the texts.
pub(super) fn generate(sources: SourceSet, options: &Options) -> Result<Generated, Vec<Problem>> {
    let ((outcome, stages, total), (places, widened)) = on_large_stack(|| {
        let timed = timed(&sources, options);
        let places = places(&sources, &timed.0);
        (timed, places)
    })?;
    let files = sources.files.into_iter();
    let texts = files
        .map(|file| Source::new(file.path, file.text))
        .collect();
    Ok(Generated {
        outcome,
        stages,
        total,
        texts,
        places,
        widened,
    })
}

impl Generated {
    /// The diagnostics as problems, in the order of the texts.
    pub(super) fn problems(&self, job: &Job) -> Vec<Problem> {
        let found = self.outcome.diagnostics.as_slice().iter();
        let mut diagnostics: Vec<_> = found.zip(&self.places).collect();
        diagnostics.sort_by_key(|(_, spots)| {
            let spot = spots.first();
            spot.map(|spot| (spot.file, spot.span.as_ref().map(|span| span.start)))
        });
        let problem = |(diagnostic, spots): (&specwright::Diagnostic, &Vec<Spot>)| {
            let mut locations = spots.iter().map(|spot| self.location(spot));
            let mut problem = Problem {
                severity: diagnostic.severity,
                code: Some(diagnostic.code.as_str()),
                message: diagnostic.message.clone(),
                location: locations.next().flatten(),
                label: diagnostic.label.clone(),
                related: Vec::new(),
                help: diagnostic.help.clone(),
            };
            for (location, (_, label)) in locations.zip(&diagnostic.related) {
                problem
                    .related
                    .extend(location.map(|location| (location, label.clone())));
            }
            match &job.configured {
                Some(configured) if diagnostic.code == Code::ConfigUnmatched => problem.related(
                    &configured.source,
                    configured.name.clone(),
                    "configured for this crate",
                ),
                _ => problem,
            }
        };
        diagnostics.into_iter().map(problem).collect()
    }

    /// The place in its text.
    pub(super) fn location(&self, spot: &Spot) -> Option<Location> {
        let source = self.texts.get(spot.file)?;
        Some(Location {
            source: Rc::clone(source),
            span: spot.span.clone(),
        })
    }
}

/// Runs something that may need much stack, and may panic.
pub(crate) fn on_large_stack<T: Send>(task: impl FnOnce() -> T + Send) -> Result<T, Vec<Problem>> {
    thread::scope(|scope| {
        let builder = thread::Builder::new()
            .name("generator".to_owned())
            .stack_size(STACK);
        let thread = builder.spawn_scoped(scope, task).map_err(|error| {
            vec![Problem::error(format!(
                "cannot start the generator's thread: {error}"
            ))]
        })?;
        thread
            .join()
            .map_err(|payload| vec![panicked(payload.as_ref())])
    })
}

fn timed(sources: &SourceSet, options: &Options) -> (Outcome, Vec<(Stage, Duration)>, Duration) {
    let start = Instant::now();
    let mut stages = BTreeMap::new();
    let mut last = start;
    let outcome = specwright::generate(sources, options, &mut |stage| {
        let now = Instant::now();
        *stages.entry(stage).or_default() += now - last;
        last = now;
    });
    (outcome, stages.into_iter().collect(), start.elapsed())
}

/// Looks up the places of all diagnostics, and of all that was widened.
fn places(sources: &SourceSet, outcome: &Outcome) -> (Vec<Vec<Spot>>, Vec<Spot>) {
    // A text is parsed only when the first place in it is asked for.
    let files = sources.files.iter();
    let locators: Vec<_> = files.map(|file| Locator::new(&file.text)).collect();
    let diagnostics = outcome.diagnostics.as_slice().iter();
    let places = diagnostics.map(|diagnostic| {
        let related = diagnostic.related.iter().map(|(place, _)| place);
        let places = std::iter::once(&diagnostic.place).chain(related);
        places.map(|place| spot(&locators, place)).collect()
    });
    let widened = outcome.report.widened.iter().cloned().map(Place::Value);
    let widened = widened.map(|place| spot(&locators, &place));
    (places.collect(), widened.collect())
}

fn spot(locators: &[Locator<'_>], place: &Place) -> Spot {
    let (file, is_whole) = match place {
        Place::Value(pointer) | Place::Key(pointer) | Place::FirstKey(pointer) => {
            (pointer.file, false)
        }
        Place::Offset { file, .. } => (*file, false),
        Place::File(file) => (*file, true),
    };
    let locator = locators.get(file).filter(|_| !is_whole);
    let span = locator.and_then(|locator| locator.span(place));
    Spot { file, span }
}

fn panicked(payload: &(dyn Any + Send)) -> Problem {
    let text = payload
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| payload.downcast_ref::<&str>().copied())
        .unwrap_or("no message");
    Problem::error(format!("internal error: the generator panicked: {text}")).help(
        "this is a bug of the generator, not of the document; nothing was written\n\
         please report it, with the document and the lines above",
    )
}

#[cfg(test)]
mod tests {
    use super::on_large_stack;

    /// Uses about a kilobyte of stack for each level.
    fn dive(level: usize) -> usize {
        let block = std::hint::black_box([1_u8; 1024]);
        if level == 0 {
            0
        } else {
            dive(level - 1) + usize::from(block[level % 1024])
        }
    }

    #[test]
    fn the_stack_is_large() {
        assert_eq!(on_large_stack(|| dive(50_000)).ok(), Some(50_000));
    }

    #[test]
    fn a_panic_is_named_as_what_it_is() {
        let problems = on_large_stack(|| panic!("number {}", 7))
            .err()
            .unwrap_or_default();
        let messages: Vec<_> = problems
            .iter()
            .map(|problem| problem.message.as_str())
            .collect();
        assert_eq!(
            messages,
            ["internal error: the generator panicked: number 7"]
        );
        assert!(problems[0].help.contains("please report it"));
    }
}
