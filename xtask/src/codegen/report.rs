//! `--report FILE`: what a run found and made, for programs.

use std::fs;
use std::path::Path;

use serde::Serialize;
use serde_json::{Map, Value};
use specwright::{Diagnostic, Place, Severity};

use super::Prepared;
use super::generate::Spot;
use crate::problem::{Position, Problem};

#[derive(Serialize)]
struct Report<'a> {
    crates: Vec<Crate<'a>>,
}

#[derive(Serialize)]
struct Crate<'a> {
    name: &'a str,
    document: &'a str,
    output: &'a str,
    operations: Operations,
    schemas: usize,
    types: usize,
    files: usize,
    lines: usize,
    widened: Vec<Node>,
    warnings: Vec<Entry<'a>>,
    errors: Vec<Entry<'a>>,
    dependencies: Vec<Dependency<'a>>,
    milliseconds: Map<String, Value>,
}

#[derive(Serialize)]
struct Operations {
    total: usize,
    generated: usize,
}

#[derive(Serialize)]
struct Node {
    file: Option<String>,
    pointer: Option<String>,
    line: Option<usize>,
    column: Option<usize>,
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'static str,
    #[serde(flatten)]
    node: Node,
    message: &'a str,
    help: &'a str,
}

#[derive(Serialize)]
struct Dependency<'a> {
    name: &'a str,
    version: &'a str,
    default_features: bool,
    features: &'a [String],
    optional: bool,
}

/// Only an earlier report is written over: `--report` must not cost anybody a file.
fn is_free(path: &Path) -> std::io::Result<()> {
    let known = match fs::read(path) {
        Ok(known) => known,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error),
    };
    let report: Option<Map<String, Value>> = serde_json::from_slice(&known).ok();
    if known.is_empty() || report.is_some_and(|report| report.contains_key("crates")) {
        return Ok(());
    }
    let message = "there is a file that is not a report; remove it, or write the report elsewhere";
    Err(std::io::Error::new(
        std::io::ErrorKind::AlreadyExists,
        message,
    ))
}

/// Writes the report of a run.
pub(super) fn write(path: &Path, crates: &[Prepared]) -> Result<(), Vec<Problem>> {
    let report = Report {
        crates: crates.iter().map(of_crate).collect(),
    };
    let text = serde_json::to_string_pretty(&report).map_err(std::io::Error::other);
    text.and_then(|text| {
        is_free(path)?;
        fs::write(path, text + "\n")
    })
    .map_err(|error| {
        vec![Problem::error(format!(
            "cannot write {}: {error}",
            path.display()
        ))]
    })
}

fn of_crate(prepared: &Prepared) -> Crate<'_> {
    let generated = &prepared.generated;
    let report = &generated.outcome.report;
    let widened = report.widened.iter().zip(&generated.widened);
    let entries = |severity| {
        let diagnostics = generated.outcome.diagnostics.as_slice().iter();
        // `--strict` makes errors of warnings; the report keeps what the code says.
        let wanted = diagnostics.zip(&generated.places);
        let wanted = wanted.filter(|(diagnostic, _)| diagnostic.code.severity() == severity);
        wanted
            .map(|(diagnostic, spots)| entry(prepared, diagnostic, spots.first()))
            .collect()
    };
    let milliseconds =
        |duration: std::time::Duration| Value::from((duration.as_secs_f64() * 1e6).round() / 1e3);
    let stages = generated.stages.iter();
    let stages = stages.map(|(stage, time)| (stage.as_str().to_owned(), milliseconds(*time)));
    Crate {
        name: &prepared.job.options.crate_name,
        document: &prepared.job.document.shown,
        output: &prepared.job.output.shown,
        operations: Operations {
            total: report.operations_total,
            // Where nothing comes out, nothing was generated.
            generated: if prepared.files == 0 {
                0
            } else {
                report.operations_generated
            },
        },
        schemas: report.schemas,
        types: report.types,
        files: prepared.files,
        lines: report.lines,
        widened: widened
            .map(|(pointer, spot)| node(prepared, Some(spot), Some(pointer.path.clone())))
            .collect(),
        warnings: entries(Severity::Warning),
        errors: entries(Severity::Error),
        dependencies: report.dependencies.iter().map(dependency).collect(),
        milliseconds: stages
            .chain([("total".to_owned(), milliseconds(generated.total))])
            .collect(),
    }
}

fn entry<'a>(prepared: &Prepared, diagnostic: &'a Diagnostic, spot: Option<&Spot>) -> Entry<'a> {
    let pointer = match &diagnostic.place {
        Place::Value(pointer) | Place::Key(pointer) | Place::FirstKey(pointer) => {
            Some(pointer.path.clone())
        }
        Place::Offset { .. } | Place::File(_) => None,
    };
    Entry {
        code: diagnostic.code.as_str(),
        node: node(prepared, spot, pointer),
        message: &diagnostic.message,
        help: &diagnostic.help,
    }
}

fn node(prepared: &Prepared, spot: Option<&Spot>, pointer: Option<String>) -> Node {
    let location = spot.and_then(|spot| prepared.generated.location(spot));
    let position = location
        .as_ref()
        .and_then(crate::problem::Location::position);
    let (line, column) = position
        .map(|Position { line, column }| (line, column))
        .unzip();
    Node {
        file: location.map(|location| location.source.path.clone()),
        pointer,
        line,
        column,
    }
}

fn dependency(dependency: &specwright::Dependency) -> Dependency<'_> {
    let specwright::Dependency {
        name,
        version,
        default_features,
        features,
        optional,
    } = dependency;
    Dependency {
        name,
        version,
        default_features: *default_features,
        features,
        optional: *optional,
    }
}
