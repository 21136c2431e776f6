//! `openapi/codegen.toml`: which document becomes which crate, and what only the maintainer knows.
//!
//! Everything in it is checked here, and every problem is reported at its place in the file.

use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::rc::Rc;

use serde::Deserialize;
use specwright::{
    ClosedEnums, Defaults, Environment, EnvironmentCredential, EnvironmentUrl, Options,
};
use toml::Spanned;

use super::job::{Configured, Job, Place};
use super::name;
use crate::problem::{Problem, Source};
use behaviour::{IdempotencyEntry, PaginationEntry};

/// The folder of the documents and their configuration, seen from the root of the workspace.
const FOLDER: &str = "openapi";
/// The configuration, seen from the root of the workspace.
pub(crate) const SHOWN: &str = "openapi/codegen.toml";
/// What it is for, where it is missing.
pub(crate) const HELP: &str =
    "it says which document becomes which crate; `--spec FILE --out DIR` works without it";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "crate")]
    crates: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Spanned<String>,
    spec: Spanned<String>,
    output: Spanned<String>,
    #[serde(default)]
    secrets: Vec<String>,
    #[serde(default)]
    rename: BTreeMap<String, String>,
    #[serde(default)]
    validate: bool,
    #[serde(default)]
    defaults: DefaultsEntry,
    closed_enums: Option<Spanned<ClosedEntry>>,
    #[serde(default)]
    formats: BTreeMap<String, Spanned<String>>,
    #[serde(default)]
    types: BTreeMap<String, Spanned<String>>,
    idempotency: Option<IdempotencyEntry>,
    #[serde(default)]
    pagination: Vec<PaginationEntry>,
    environment: Option<EnvironmentEntry>,
    #[serde(default)]
    tests: Vec<Test>,
}

/// A test that is written into the crate.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Test {
    Examples,
    Contract,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DefaultsEntry {
    #[default]
    Documented,
    Method,
    Decode,
}

/// `"all"`, or a list of names.
#[derive(Deserialize)]
#[serde(untagged)]
enum ClosedEntry {
    Named(Vec<String>),
    Word(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EnvironmentEntry {
    base_url: Option<UrlEntry>,
    #[serde(default)]
    credentials: BTreeMap<String, CredentialEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UrlEntry {
    variable: Spanned<String>,
    path: Option<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CredentialEntry {
    variable: Spanned<String>,
    password_variable: Option<Spanned<String>>,
    #[serde(default)]
    optional: bool,
}

/// Reads and checks the configuration of the workspace at `root`.
pub(super) fn read(root: &Path) -> Result<Vec<Job>, Vec<Problem>> {
    let text = std::fs::read_to_string(root.join(SHOWN)).map_err(|error| {
        vec![Problem::error(format!("cannot read {SHOWN}: {error}")).help(HELP)]
    })?;
    parse(root, &Source::new(SHOWN, text))
}

/// The jobs that a configuration asks for.
fn parse(root: &Path, source: &Rc<Source>) -> Result<Vec<Job>, Vec<Problem>> {
    let file: File = toml::from_str(&source.text).map_err(|error| {
        let message = error.message().lines().collect::<Vec<_>>().join(", ");
        vec![Problem::error(message).at(source, error.span())]
    })?;
    let mut problems = Vec::new();
    if file.crates.is_empty() {
        problems.push(Problem::error("no crate is configured").at(source, None));
    }
    let mut checker = Checker { source, problems };
    let outputs = checker.outputs(root, &file.crates);
    for entry in &file.crates {
        checker.entry(entry);
    }
    if !checker.problems.is_empty() {
        return Err(checker.problems);
    }
    Ok(file
        .crates
        .into_iter()
        .zip(outputs)
        .map(|(entry, output)| job(root, source, entry, output))
        .collect())
}

/// What is asked for in one `[[crate]]`, all of it checked.
fn job(root: &Path, source: &Rc<Source>, entry: Entry, output: Vec<String>) -> Job {
    let configured = Configured {
        root: root.to_owned(),
        source: Rc::clone(source),
        name: entry.name.span(),
        spec: entry.spec.span(),
    };
    let spec = entry.spec.into_inner();
    let document = Place {
        path: root.join(FOLDER).join(&spec),
        shown: inside(&spec).map_or(spec, |parts| parts.join("/")),
    };
    Job {
        options: Options {
            crate_name: entry.name.into_inner(),
            environment: entry.environment.map(environment),
            secrets: entry.secrets,
            idempotency: entry.idempotency.map(IdempotencyEntry::options),
            pagination: entry
                .pagination
                .into_iter()
                .filter_map(PaginationEntry::options)
                .collect(),
            closed_enums: closed_enums(entry.closed_enums.map(Spanned::into_inner)),
            formats: plain(entry.formats),
            types: plain(entry.types),
            rename: entry.rename,
            validate: entry.validate,
            defaults: match entry.defaults {
                DefaultsEntry::Documented => Defaults::Documented,
                DefaultsEntry::Method => Defaults::Method,
                DefaultsEntry::Decode => Defaults::Decode,
            },
            ..Options::default()
        },
        document,
        output: Place {
            path: output
                .iter()
                .fold(root.to_owned(), |path, part| path.join(part)),
            shown: output.join("/"),
        },
        examples: entry.tests.contains(&Test::Examples),
        contract: entry.tests.contains(&Test::Contract),
        configured: Some(configured),
    }
}

/// Which enums are closed; the only word is `all`.
fn closed_enums(entry: Option<ClosedEntry>) -> ClosedEnums {
    match entry {
        None => ClosedEnums::None,
        Some(ClosedEntry::Named(names)) => ClosedEnums::Named(names),
        Some(ClosedEntry::Word(_)) => ClosedEnums::All,
    }
}

fn plain(table: BTreeMap<String, Spanned<String>>) -> BTreeMap<String, String> {
    let entries = table.into_iter();
    entries
        .map(|(name, target)| (name, target.into_inner()))
        .collect()
}

fn environment(entry: EnvironmentEntry) -> Environment {
    let credential = |(scheme, entry): (String, CredentialEntry)| EnvironmentCredential {
        scheme,
        variable: entry.variable.into_inner(),
        password_variable: entry.password_variable.map(Spanned::into_inner),
        required: !entry.optional,
    };
    Environment {
        base_url: entry.base_url.map(|url| EnvironmentUrl {
            variable: url.variable.into_inner(),
            path: url.path.map(Spanned::into_inner).unwrap_or_default(),
        }),
        credentials: entry.credentials.into_iter().map(credential).collect(),
    }
}

/// Collects what is wrong with the values.
struct Checker<'a> {
    source: &'a Rc<Source>,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    /// The names and values of one crate.
    fn entry(&mut self, entry: &Entry) {
        if let Some(objection) = name::objection(entry.name.get_ref()) {
            self.add(&entry.name, format!("the crate name {objection}"), "");
        }
        if let Some(closed) = &entry.closed_enums
            && matches!(closed.get_ref(), ClosedEntry::Word(word) if word != "all")
        {
            self.add(
                closed,
                "this is neither `\"all\"` nor a list of enums",
                "for instance `[\"Component\", \"Component.property\"]`",
            );
        }
        for target in entry.formats.values().chain(entry.types.values()) {
            if !is_type(target.get_ref()) {
                self.add(
                    target,
                    "this is not the name of a Rust type",
                    "a built-in name such as `String`, or a path such as `rust_decimal::Decimal`",
                );
            }
        }
        if let Some(idempotency) = &entry.idempotency {
            idempotency.check(self);
        }
        entry.pagination.iter().for_each(|rule| rule.check(self));
        let Some(environment) = &entry.environment else {
            return;
        };
        let credentials = environment.credentials.values();
        let variables = credentials
            .flat_map(|entry| [Some(&entry.variable), entry.password_variable.as_ref()])
            .chain([environment.base_url.as_ref().map(|url| &url.variable)]);
        for variable in variables.flatten() {
            if !is_variable(variable.get_ref()) {
                self.add(
                    variable,
                    "this is not the name of an environment variable",
                    "letters, digits and `_`, for instance `AXIOM_TOKEN`",
                );
            }
        }
        if let Some(path) = environment
            .base_url
            .as_ref()
            .and_then(|url| url.path.as_ref())
            && !path.get_ref().starts_with('/')
        {
            self.add(path, "the path does not start with `/`", "");
        }
    }

    /// The output folders as parts of a path from the root; one that is refused is empty.
    fn outputs(&mut self, root: &Path, entries: &[Entry]) -> Vec<Vec<String>> {
        let mut outputs: Vec<Vec<String>> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let parts = inside(entry.output.get_ref()).unwrap_or_default();
            if parts.is_empty() {
                self.add(
                    &entry.output,
                    "the output folder is not a folder inside the workspace",
                    "the path is relative to `openapi/`, for instance `../generated`",
                );
            } else if let Some(link) = link(root, &parts) {
                self.add(
                    &entry.output,
                    format!("`{link}` is a symbolic link, and nothing is written through one"),
                    "",
                );
            }
            let other = outputs.iter().position(|other| share(other, &parts));
            if let Some(first) = other.and_then(|other| entries.get(other)) {
                let problem = Problem::error("two crates share an output folder")
                    .at(self.source, Some(entry.output.span()))
                    .label(format!("the folder of `{}`", entries[index].name.get_ref()))
                    .related(
                        self.source,
                        first.output.span(),
                        format!("the folder of `{}`", first.name.get_ref()),
                    );
                self.problems.push(problem);
            }
            outputs.push(parts);
        }
        outputs
    }

    fn add<T>(&mut self, value: &Spanned<T>, message: impl Into<String>, help: &str) {
        self.problems.push(
            Problem::error(message)
                .at(self.source, Some(value.span()))
                .help(help),
        );
    }
}

/// A path that is relative to the folder of the configuration, seen from the root of the workspace;
/// nothing when it leads out of it.
fn inside(path: &str) -> Option<Vec<String>> {
    let mut parts = vec![FOLDER.to_owned()];
    // `\` is a separator on one system and a character on the others: the same file for all of them.
    if path.contains('\\') {
        return None;
    }
    for component in Path::new(path).components() {
        match component {
            Component::Normal(part) => parts.push(part.to_str()?.to_owned()),
            Component::ParentDir => drop(parts.pop()?),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts)
}

/// The first symbolic link on the way to a folder.
fn link(root: &Path, parts: &[String]) -> Option<String> {
    let mut path = root.to_owned();
    for (index, part) in parts.iter().enumerate() {
        path.push(part);
        if path.is_symlink() {
            return Some(parts[..=index].join("/"));
        }
    }
    None
}

/// Whether one folder is the other or lies in it, also where the case of letters does not count.
fn share(one: &[String], other: &[String]) -> bool {
    !one.is_empty()
        && !other.is_empty()
        && one
            .iter()
            .zip(other)
            .all(|(one, other)| one.to_lowercase() == other.to_lowercase())
}

/// Whether a text looks like a type: what exactly it names, the generator finds out.
fn is_type(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "_:<>".contains(character))
}

fn is_variable(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || character == '_')
}

mod behaviour;
#[cfg(test)]
mod tests;
