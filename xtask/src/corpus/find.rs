//! Which files below a folder are documents.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use globset::Glob;
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::codegen;
use crate::problem::Problem;

/// Lists the folders beside it that are documents of several files.
const INDEX: &str = "index.tsv";

/// A document of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Document {
    /// The entry.
    pub(crate) path: PathBuf,
    /// The path below the folder, with `/`.
    pub(crate) shown: String,
    /// A name that no other document of the corpus has.
    pub(crate) crate_name: String,
    /// Bytes of the entry.
    pub(crate) bytes: u64,
}

/// All documents below a folder, by path.
pub(crate) fn documents(folder: &Path, only: Option<&str>) -> Result<Vec<Document>, Vec<Problem>> {
    let wanted = match only {
        Some(pattern) => {
            let glob =
                Glob::new(pattern).map_err(|error| vec![Problem::error(error.to_string())])?;
            Some(glob.compile_matcher())
        }
        None => None,
    };
    let mut paths = Vec::new();
    collect(folder, &mut paths).map_err(|error| {
        vec![Problem::error(format!(
            "cannot read {}: {error}",
            folder.display()
        ))]
    })?;
    let mut names = BTreeMap::new();
    let mut documents = Vec::new();
    for path in paths {
        let below = path.strip_prefix(folder).unwrap_or(&path);
        let shown = below.to_string_lossy().replace('\\', "/");
        if wanted.as_ref().is_some_and(|glob| !glob.is_match(&shown)) {
            continue;
        }
        let stem = shown.rsplit_once('.').map_or(&*shown, |(stem, _)| stem);
        let name = codegen::crate_name(stem);
        let count: &mut usize = names.entry(name.clone()).or_default();
        *count += 1;
        documents.push(Document {
            bytes: path.metadata().map_or(0, |metadata| metadata.len()),
            shown,
            crate_name: match *count {
                1 => name,
                count => format!("{name}-{count}"),
            },
            path,
        });
    }
    if documents.is_empty() {
        let message = format!("there is no document in {}", folder.display());
        let help = "a document is JSON or YAML with the key `openapi` or `swagger`";
        return Err(vec![Problem::error(message).help(help)]);
    }
    Ok(documents)
}

/// Adds the entries of the documents in a folder and below.
fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    let entries = entries(folder);
    let mut children: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    children.sort_by_key(fs::DirEntry::file_name);
    for child in children {
        let name = child.file_name().to_string_lossy().into_owned();
        let path = child.path();
        if name.starts_with('.') {
            continue;
        }
        if let Some(entry) = entries.get(&name) {
            paths.push(path.join(entry));
        } else if child.file_type()?.is_dir() {
            collect(&path, paths)?;
        } else if is_document(&path) {
            paths.push(path);
        }
    }
    Ok(())
}

/// The folders that the index of a folder lists, with their entries.
fn entries(folder: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder.join(INDEX)).unwrap_or_default();
    let mut lines = text.lines();
    let titles: Vec<_> = lines.next().unwrap_or_default().split('\t').collect();
    let column = |wanted: &str| titles.iter().position(|title| *title == wanted);
    let (Some(name), Some(entry)) = (column("folder"), column("entry")) else {
        return BTreeMap::new();
    };
    let row = |line: &str| {
        let cells: Vec<_> = line.split('\t').collect();
        Some((
            (*cells.get(name)?).to_owned(),
            (*cells.get(entry)?).to_owned(),
        ))
    };
    lines.filter_map(row).collect()
}

#[derive(Deserialize)]
struct Head {
    openapi: Option<IgnoredAny>,
    swagger: Option<IgnoredAny>,
}

/// Whether a file says that it is one, even if it is broken further on.
fn is_document(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    if !matches!(extension, Some("json" | "yaml" | "yml")) {
        return false;
    }
    let Ok(bytes) = fs::read(path) else {
        return false;
    };
    let text = String::from_utf8_lossy(&bytes);
    if let Ok(Head { openapi, swagger }) = serde_json::from_str(&text) {
        return openapi.is_some() || swagger.is_some();
    }
    let keys = [
        "openapi",
        "swagger",
        "\"openapi\"",
        "\"swagger\"",
        "'openapi'",
        "'swagger'",
    ];
    text.lines().any(|line| {
        // YAML's keys begin the line; those of broken JSON are indented.
        let line = if extension == Some("json") {
            line.trim_start()
        } else {
            line
        };
        let line = line.trim_start_matches(['\u{feff}', '{']);
        let after = keys.iter().find_map(|key| line.strip_prefix(key));
        after.is_some_and(|after| after.trim_start().starts_with(':'))
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::documents;

    #[test]
    fn entries_are_documents_and_their_parts_are_not() {
        let root = tempfile::tempdir().expect("a folder");
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        write("a.yaml", "# words\nopenapi: 3.0.0\n");
        write("a.json", "{\"swagger\": \"2.0\"}");
        write("broken.json", "{\n  \"openapi\": \"3.0.0\",");
        write("other.json", "{\"info\": {\"openapi\": 1}}");
        write("other.yaml", "info:\n  openapi: 1\n");
        write("words.md", "openapi: 3.0.0");
        write(
            "multi/index.tsv",
            "folder\tfiles\tentry\nwhole\t2\tspec/root.yml\n",
        );
        write("multi/whole/spec/root.yml", "openapi: 3.1.0");
        write("multi/whole/spec/part.yml", "openapi: 3.1.0");
        let names = |only| {
            let documents = documents(root.path(), only).expect("documents");
            let names = documents.into_iter();
            names
                .map(|document| (document.shown, document.crate_name))
                .collect::<Vec<_>>()
        };
        let pair = |shown: &str, name: &str| (shown.to_owned(), name.to_owned());
        assert_eq!(
            names(None),
            [
                pair("a.json", "a"),
                pair("a.yaml", "a-2"),
                pair("broken.json", "broken"),
                pair("multi/whole/spec/root.yml", "multi-whole-spec-root"),
            ]
        );
        assert_eq!(names(Some("a.y*")), [pair("a.yaml", "a")]);
        assert!(documents(root.path(), Some("nothing")).is_err());
    }
}
