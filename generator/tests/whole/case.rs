//! Documents of a folder, and the run of the generator on one.

use specwright::locate::Locator;
use specwright::pagination::Pagination;
use specwright::{
    ClosedEnums, Defaults, Diagnostic, Environment, EnvironmentCredential, FileSet, Idempotency,
    Options, Outcome, PaginationRule, Place, Severity, SourceFile, SourceSet, generate,
};
use std::fs;
use std::path::{Path, PathBuf};

/// A document of a folder, or a folder with a document of several files.
pub struct Case {
    /// The name of its file without the ending, or of its folder.
    pub name: String,
    /// Its text, or that of `openapi.yaml` in its folder.
    pub text: String,
    path: PathBuf,
    /// The other files of its folder.
    others: Vec<SourceFile>,
}

impl Case {
    /// The documents of a folder beside this one, by name.
    pub fn all(folder: &str) -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests")
            .join(folder);
        let entries = fs::read_dir(folder).expect("the folder is there");
        let paths = entries.map(|entry| entry.expect("the entry can be read").path());
        let mut cases: Vec<_> = paths.filter_map(Self::read).collect();
        cases.sort_by(|one, other| one.name.cmp(&other.name));
        assert!(!cases.is_empty());
        cases
    }

    fn read(path: PathBuf) -> Option<Self> {
        let entry = path.join("openapi.yaml");
        if entry.is_file() {
            let name = path.file_name()?.to_str()?.to_owned();
            let mut others = Vec::new();
            collect(&path, "", &mut others);
            others.sort_by(|one, other| one.path.cmp(&other.path));
            return Some(Self {
                name,
                text: fs::read_to_string(&entry).expect("the document can be read"),
                path: entry,
                others,
            });
        }
        let extension = path.extension()?.to_str()?;
        if !["yaml", "json"].contains(&extension) {
            return None;
        }
        Some(Self {
            name: path.file_stem()?.to_str()?.to_owned(),
            text: fs::read_to_string(&path).expect("the document can be read"),
            path,
            others: Vec::new(),
        })
    }

    /// The name of its file.
    pub fn file_name(&self) -> String {
        let name = self.path.file_name().and_then(|name| name.to_str());
        name.expect("the file has a name").to_owned()
    }

    /// The cases of one file, which can be rebuilt from their text.
    pub fn single(folder: &str) -> impl Iterator<Item = Self> {
        let cases = Self::all(folder).into_iter();
        cases.filter(|case| case.others.is_empty())
    }

    /// Generates from its files.
    pub fn run(&self, options: &Options) -> Outcome {
        generate(&self.sources(), options, &mut |_| ())
    }

    /// `3:5: what is wrong` as [`describe`] says it; behind the path if it is not the entry document.
    pub fn describe(&self, diagnostic: &Diagnostic) -> String {
        describe_in(&self.sources(), diagnostic)
    }

    fn sources(&self) -> SourceSet {
        let entry = SourceFile {
            path: self.file_name(),
            text: self.text.clone(),
        };
        let files = std::iter::once(entry).chain(self.others.iter().cloned());
        SourceSet {
            files: files.collect(),
        }
    }

    /// What a comment line `# key: …` of its text says.
    pub fn said(&self, key: &str) -> Vec<&str> {
        let lines = self.text.lines().filter_map(|line| line.strip_prefix("# "));
        lines
            .filter_map(|line| line.strip_prefix(key)?.strip_prefix(": "))
            .collect()
    }
}

/// Options as every case has them.
pub fn options() -> Options {
    Options {
        crate_name: "test-api".to_owned(),
        ..Options::default()
    }
}

/// The options with what the `# Option:` lines say.
pub fn configured(case: &Case) -> Options {
    let mut options = options();
    for option in case.said("Option") {
        match option.split(' ').collect::<Vec<_>>().as_slice() {
            ["secret", name] => options.secrets.push((*name).to_owned()),
            ["validate", "on"] => options.validate = true,
            ["defaults", "method"] => options.defaults = Defaults::Method,
            ["defaults", "decode"] => options.defaults = Defaults::Decode,
            ["rename", key, "=", name @ ..] => {
                options.rename.insert((*key).to_owned(), name.join(" "));
            }
            ["closed", "all"] => options.closed_enums = ClosedEnums::All,
            ["closed", names @ ..] => {
                let names = names.iter().map(|name| (*name).to_owned());
                options.closed_enums = ClosedEnums::Named(names.collect());
            }
            ["format", format, target] => {
                let target = (*target).to_owned();
                options.formats.insert((*format).to_owned(), target);
            }
            ["type", component, target] => {
                let target = (*target).to_owned();
                options.types.insert((*component).to_owned(), target);
            }
            ["idempotency", header, operations @ ..] => {
                let operations = operations.iter().map(|id| (*id).to_owned());
                let operations = Some(operations.collect::<Vec<_>>());
                options.idempotency = Some(Idempotency {
                    header: (*header).to_owned(),
                    operations: operations.filter(|ids| !ids.is_empty()),
                });
            }
            ["pagination", id, declared @ ..] => {
                let declared = serde_json::from_str(&declared.join(" ")).expect("JSON");
                options.pagination.push(PaginationRule {
                    operations: vec![(*id).to_owned()],
                    pagination: Pagination::from_value(&declared).expect("a declaration"),
                });
            }
            ["credential", scheme] => {
                let environment = options.environment.get_or_insert_with(Environment::default);
                environment.credentials.push(EnvironmentCredential {
                    scheme: (*scheme).to_owned(),
                    variable: "TEST_TOKEN".to_owned(),
                    password_variable: None,
                    required: true,
                });
            }
            _ => panic!("{}: `# Option: {option}` means nothing", case.name),
        }
    }
    options
}

/// Generates from a text.
pub fn run(path: &str, text: &str, options: &Options) -> Outcome {
    let file = SourceFile {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    generate(&SourceSet { files: vec![file] }, options, &mut |_| ())
}

/// The files that a text becomes.
#[track_caller]
pub fn files(path: &str, text: &str) -> FileSet {
    let outcome = run(path, text, &options());
    let problems = outcome.diagnostics.as_slice();
    outcome
        .files
        .unwrap_or_else(|| panic!("{path}: no output: {problems:#?}"))
}

/// `warning[SW0101] 3:5: what is wrong`, with the places that take part behind it.
fn describe_in(sources: &SourceSet, diagnostic: &Diagnostic) -> String {
    let position = |place: &Place| {
        let file = match place {
            Place::Value(pointer) | Place::Key(pointer) | Place::FirstKey(pointer) => pointer.file,
            Place::Offset { file, .. } | Place::File(file) => *file,
        };
        let SourceFile { path, text } = &sources.files[file];
        let span = Locator::new(text).span(place);
        let start = span.expect("every place has a span").start;
        let before = &text[..start];
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let column = before[line..].chars().count() + 1;
        let shown = if file == 0 {
            String::new()
        } else {
            format!("{path}:")
        };
        format!("{shown}{}:{column}", before.matches('\n').count() + 1)
    };
    let severity = match diagnostic.severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let related = diagnostic
        .related
        .iter()
        .map(|(place, label)| format!(" ({}: {label})", position(place)));
    format!(
        "{severity}[{}] {}: {}{}",
        diagnostic.code.as_str(),
        position(&diagnostic.place),
        diagnostic.message,
        related.collect::<String>()
    )
}

/// The files of a folder but its entry document, by their paths in it.
fn collect(folder: &Path, prefix: &str, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        let name = path.file_name().and_then(|name| name.to_str());
        let shown = format!("{prefix}{}", name.expect("the file has a name"));
        if path.is_dir() {
            collect(&path, &format!("{shown}/"), files);
        } else if shown != "openapi.yaml" {
            let text = fs::read_to_string(&path).expect("the file can be read");
            files.push(SourceFile { path: shown, text });
        }
    }
}
