//! The texts that the generator reads: the entry document, and the files that it refers to.
//!
//! No file outside the folder of the document, and nothing from the network, is ever among them. A
//! file that is not there is left to the generator, which knows what it was needed for.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::ops::Range;
use std::path::Path;

use specwright::locate::Locator;
use specwright::{Place as Spot, SourceFile, SourceSet, Wanted};

use super::job::Place;
use crate::problem::{Problem, Source};

/// The most that is read of all files together, in bytes.
const LIMIT: u64 = 128 << 20;

/// The most files that are read.
const MOST_FILES: usize = 4096;

/// The entry document, and whatever is reached from it.
pub(super) fn read(document: &Place) -> Result<SourceSet, Vec<Problem>> {
    let path = &document.shown;
    let bytes = bytes(&document.path, LIMIT).map_err(|failure| vec![failure.problem(path)])?;
    let mut left = LIMIT - bytes.len() as u64;
    let mut sources = SourceSet {
        files: vec![SourceFile {
            path: path.clone(),
            text: text(path, bytes)?,
        }],
    };
    let mut problems = Vec::new();
    let mut index = 0;
    while index < sources.files.len() && problems.is_empty() {
        for wanted in sources.wanted_by(index) {
            if sources.files.len() == MOST_FILES {
                let problem =
                    Problem::error(format!("more than {MOST_FILES} files are referred to"));
                return Err(vec![referred(problem, &sources, &wanted)]);
            }
            match reached(document, &wanted, &mut left) {
                Ok(Some(file)) => sources.files.push(file),
                Ok(None) => {}
                Err(found) => {
                    let found = found.into_iter();
                    problems.extend(found.map(|problem| referred(problem, &sources, &wanted)));
                }
            }
        }
        index += 1;
    }
    if problems.is_empty() {
        Ok(sources)
    } else {
        Err(problems)
    }
}

/// A file that is referred to; `None` if there is none.
fn reached(
    document: &Place,
    wanted: &Wanted,
    left: &mut u64,
) -> Result<Option<SourceFile>, Vec<Problem>> {
    let folder = document.path.parent().unwrap_or(Path::new(""));
    let path = folder.join(&wanted.relative);
    let failed = |failure: Failure| vec![failure.problem(&wanted.path)];
    let real = match path.canonicalize() {
        Ok(real) => real,
        Err(error) if cannot_exist(&error) => return Ok(None),
        Err(error) => return Err(failed(Failure::Io(error))),
    };
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let folder = fs::canonicalize(folder).map_err(|error| failed(Failure::Io(error)))?;
    if !real.starts_with(folder) {
        return Err(failed(Failure::Outside));
    }
    let bytes = bytes(&path, *left).map_err(failed)?;
    *left -= bytes.len() as u64;
    Ok(Some(SourceFile {
        path: wanted.path.clone(),
        text: text(&wanted.path, bytes)?,
    }))
}

/// Whether there is no such file, or cannot be one of this name.
fn cannot_exist(error: &io::Error) -> bool {
    use io::ErrorKind::{InvalidFilename, InvalidInput, NotADirectory, NotFound};
    matches!(
        error.kind(),
        NotFound | NotADirectory | InvalidFilename | InvalidInput
    )
}

/// Shows where a file is referred to.
fn referred(problem: Problem, sources: &SourceSet, wanted: &Wanted) -> Problem {
    let Some(file) = sources.files.get(wanted.place.file) else {
        return problem;
    };
    let span = Locator::new(&file.text).span(&Spot::Value(wanted.place.clone()));
    let source = Source::new(file.path.clone(), file.text.clone());
    if problem.location.is_some() {
        let span: Range<usize> = span.unwrap_or_default();
        problem.related(&source, span, "referred to here")
    } else {
        problem.at(&source, span).label("referred to here")
    }
}

enum Failure {
    Io(io::Error),
    NotAFile,
    TooLarge,
    Outside,
}

impl Failure {
    fn problem(&self, path: &str) -> Problem {
        match self {
            Self::Io(error) => Problem::error(format!("cannot read {path}: {error}")),
            Self::NotAFile => Problem::error(format!("{path} is not a file")),
            Self::TooLarge => {
                let limit = LIMIT >> 20;
                Problem::error(format!(
                    "{path} is larger than {limit} MiB, or all files together are"
                ))
                .help("the largest public documents have about half of that")
            }
            Self::Outside => {
                Problem::error(format!("{path} leads out of the folder of the document"))
                    .help("only files in the folder of the document, or below, are read")
            }
        }
    }
}

fn bytes(path: &Path, limit: u64) -> Result<Vec<u8>, Failure> {
    // Asked before opening: opening a pipe would wait for a writer.
    let metadata = path.metadata().map_err(Failure::Io)?;
    if !metadata.is_file() {
        return Err(Failure::NotAFile);
    }
    let file = File::open(path).map_err(Failure::Io)?;
    // The file may grow while it is read.
    let length = usize::try_from(metadata.len().min(limit)).unwrap_or_default();
    let mut bytes = Vec::with_capacity(length + 1);
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(Failure::Io)?;
    if bytes.len() as u64 > limit {
        Err(Failure::TooLarge)
    } else {
        Ok(bytes)
    }
}

/// The bytes as text, without a byte order mark.
fn text(path: &str, bytes: Vec<u8>) -> Result<String, Vec<Problem>> {
    let mut text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        let valid = String::from_utf8_lossy(&bytes[..at]);
        let source = Source::new(path, valid);
        let problem = Problem::error(format!("the document is not UTF-8: byte {at} does not fit"));
        let help = if wide {
            "it looks like UTF-16: save it as UTF-8"
        } else {
            "save it as UTF-8"
        };
        vec![
            problem
                .at(&source, Some(at..at))
                .label("after this")
                .help(help),
        ]
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::{Failure, bytes, text};
    use crate::codegen::job::Place;

    #[test]
    fn texts() {
        assert_eq!(
            text("x", b"\xef\xbb\xbfa".to_vec()).ok().as_deref(),
            Some("a")
        );
        let problem = |bytes: &[u8]| text("x", bytes.to_vec()).expect_err("a problem").remove(0);
        let latin = problem(b"a: b\nc: d\xffe");
        assert_eq!(
            latin.message,
            "the document is not UTF-8: byte 9 does not fit"
        );
        let position = latin.location.and_then(|location| location.position());
        assert_eq!(position.map(|at| (at.line, at.column)), Some((2, 5)));
        assert!(problem(b"\xff\xfea\0").help.contains("UTF-16"));
    }

    #[test]
    fn limits() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.yaml");
        std::fs::write(&path, "12345").expect("a file");
        assert!(bytes(&path, 5).is_ok());
        assert!(matches!(bytes(&path, 4), Err(Failure::TooLarge)));
        assert!(matches!(bytes(folder.path(), 4), Err(Failure::NotAFile)));
    }

    /// A document in `api/` of a folder with these files, and what reading it gives.
    fn load(files: &[(&str, &str)]) -> (tempfile::TempDir, Result<Vec<String>, Vec<String>>) {
        let folder = tempfile::tempdir().expect("a folder");
        for (path, text) in files {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        let read = read_in(folder.path());
        (folder, read)
    }

    fn read_in(folder: &std::path::Path) -> Result<Vec<String>, Vec<String>> {
        let place = Place {
            path: folder.join("api/a.yaml"),
            shown: "api/a.yaml".into(),
        };
        let shown = |problem: &crate::problem::Problem| {
            let location = problem.location.as_ref().expect("a place");
            let position = location.position().expect("a position");
            let path = &location.source.path;
            format!(
                "{path}:{}:{} {}",
                position.line, position.column, problem.message
            )
        };
        super::read(&place)
            .map(|sources| sources.files.into_iter().map(|file| file.path).collect())
            .map_err(|problems| problems.iter().map(shown).collect())
    }

    #[test]
    fn what_is_reached_is_read_once() {
        let (_folder, read) = load(&[
            (
                "api/a.yaml",
                "x: {$ref: './x/b.yaml#/c'}\ny: {$ref: x/../x/b.yaml}\nz: {$ref: 'none.yaml'}\n",
            ),
            (
                "api/x/b.yaml",
                "$ref: '../c%20d.json'\nout: {$ref: ../../out.yaml}\n",
            ),
            (
                "api/c d.json",
                "{\"$ref\": \"a.yaml\", \"far\": {\"$ref\": \"https://x/y.yaml\"}}",
            ),
            ("api/unused.yaml", ""),
            ("out.yaml", ""),
        ]);
        let expected = ["api/a.yaml", "api/x/b.yaml", "api/c d.json"];
        assert_eq!(read, Ok(expected.map(str::to_owned).to_vec()));
    }

    #[test]
    fn what_cannot_be_read_is_shown_where_it_is_named() {
        let (_folder, read) = load(&[("api/a.yaml", "x: 1\ny: {$ref: b}\n"), ("api/b/c.yaml", "")]);
        assert_eq!(
            read,
            Err(vec!["api/a.yaml:2:11 api/b is not a file".to_owned()])
        );
    }

    #[test]
    fn names_that_no_file_has_are_those_of_missing_files() {
        let long = "word ".repeat(100);
        let text =
            format!("x: {{$ref: '{long}.yaml'}}\ny: {{$ref: a.yaml/b}}\nz: {{$ref: \"a\\0b\"}}\n");
        let (_folder, read) = load(&[("api/a.yaml", &text)]);
        assert_eq!(read, Ok(vec!["api/a.yaml".to_owned()]));
    }

    #[cfg(unix)]
    #[test]
    fn links_do_not_lead_out_of_the_folder() {
        let (folder, read) = load(&[("api/a.yaml", "x: {$ref: b.yaml}\n"), ("out.yaml", "")]);
        assert!(read.is_ok());
        let link = folder.path().join("api/b.yaml");
        std::os::unix::fs::symlink(folder.path().join("out.yaml"), link).expect("a link");
        let message = "api/a.yaml:1:11 api/b.yaml leads out of the folder of the document";
        assert_eq!(read_in(folder.path()), Err(vec![message.to_owned()]));
    }
}
