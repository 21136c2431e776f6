//! One document that becomes one crate, as the configuration or the command line asks for it.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use specwright::Options;

use super::{Arguments, name};
use crate::problem::{Problem, Source};

/// What is to be generated, from what, and where to.
pub(super) struct Job {
    /// What the generator is told.
    pub(super) options: Options,
    /// The entry document.
    pub(super) document: Place,
    /// The folder of the crate.
    pub(super) output: Place,
    /// Whether the crate gets the test with the values of the document.
    pub(super) examples: bool,
    /// Whether the crate gets the test that calls every operation.
    pub(super) contract: bool,
    /// Where the configuration asks for it; nothing for `--spec`.
    pub(super) configured: Option<Configured>,
}

/// A path, and how it is shown: relative to the root of the workspace, with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// For the file system.
    pub(super) path: PathBuf,
    /// For people.
    pub(super) shown: String,
}

/// Places of `codegen.toml`.
pub(super) struct Configured {
    /// The root of the workspace.
    pub(super) root: PathBuf,
    /// The text of the file.
    pub(super) source: Rc<Source>,
    /// The value of `name`.
    pub(super) name: Range<usize>,
    /// The value of `spec`.
    pub(super) spec: Range<usize>,
}

impl Place {
    /// A path of the command line, shown as it was given.
    pub(super) fn given(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
            shown: path.to_string_lossy().replace('\\', "/"),
        }
    }

    /// How a file in this folder is shown.
    pub(super) fn shown(&self, relative: &str) -> String {
        format!("{}/{relative}", self.shown.trim_end_matches('/'))
    }
}

impl Job {
    /// Whether the crate gets any test.
    pub(super) fn has_tests(&self) -> bool {
        self.examples || self.contract
    }

    /// `--spec FILE --out DIR [--name CRATE]`: a crate that stands alone.
    pub(super) fn stand_alone(
        document: &Path,
        output: &Path,
        name: Option<&str>,
    ) -> Result<Self, Vec<Problem>> {
        let crate_name = match name {
            Some(name) => name.to_owned(),
            None => name::from_stem(&document.file_stem().unwrap_or_default().to_string_lossy()),
        };
        if let Some(objection) = name::objection(&crate_name) {
            let problem = Problem::error(format!("the crate name `{crate_name}` {objection}"));
            return Err(vec![problem.help("give another one with `--name`")]);
        }
        Ok(Self {
            options: Options {
                crate_name,
                manifest: true,
                ..Options::default()
            },
            document: Place::given(document),
            output: Place::given(output),
            examples: false,
            contract: false,
            configured: None,
        })
    }

    /// The command that brings the crate in sync.
    pub(super) fn command(&self) -> String {
        if self.configured.is_some() {
            return Arguments::COMMAND.to_owned();
        }
        format!(
            "{} --spec {} --out {} --name {}",
            Arguments::COMMAND,
            quoted(&self.document.shown),
            quoted(&self.output.shown),
            self.options.crate_name
        )
    }
}

/// An argument as a shell takes it.
fn quoted(argument: &str) -> String {
    let plain =
        |character: char| character.is_ascii_alphanumeric() || "/._-+:@%".contains(character);
    if !argument.is_empty() && argument.chars().all(plain) {
        argument.to_owned()
    } else {
        format!("'{}'", argument.replace('\'', r"'\''"))
    }
}
