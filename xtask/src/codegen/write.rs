//! Carries out plans: all the new texts first, under temporary names beside their targets; then the
//! deletions; then the renames. In a folder that is new itself, files have their names at once: there
//! is nothing that they could replace, and of many files the second names cost as much as the texts.
//!
//! Whatever is likely to fail (a full disk, missing rights) fails in the first step, and then the
//! folders are as they were. Deletions come before renames for file systems on which `Foo.rs`,
//! the orphan, and `foo.rs`, its successor, are one file.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, NamedTempFile, TempPath};

use super::plan::{Change, Plan};

/// What could not be done, with which file.
#[derive(Debug)]
pub(super) struct Failure {
    /// The file or folder.
    pub(super) path: PathBuf,
    /// Why.
    pub(super) error: io::Error,
    /// Whether other files are done already.
    pub(super) halfway: bool,
}

/// Carries out the plans, each in its folder.
pub(super) fn write(plans: &[(&Path, &Plan)]) -> Result<(), Failure> {
    let mut staging = Staging::default();
    for (folder, plan) in plans {
        for (path, change) in &plan.changes {
            if let Change::Create { after } | Change::Update { after, .. } = change {
                staging.stage(join(folder, path), after)?;
            }
        }
    }
    let files = std::mem::take(&mut staging.files);
    staging.folders.clear();
    finish(plans, files).map_err(|failure| Failure {
        halfway: true,
        ..failure
    })
}

/// The second half, which changes what is there.
fn finish(plans: &[(&Path, &Plan)], files: Vec<Staged>) -> Result<(), Failure> {
    for (folder, plan) in plans {
        for (path, change) in &plan.changes {
            if let Change::Delete { .. } = change {
                delete(folder, path)?;
            }
        }
    }
    for file in files {
        file.persist()?;
    }
    Ok(())
}

impl Failure {
    fn new(path: &Path, error: io::Error) -> Self {
        Self {
            path: path.to_owned(),
            error,
            halfway: false,
        }
    }
}

/// Files that vanish unless they are persisted; so do new folders.
#[derive(Default)]
struct Staging {
    files: Vec<Staged>,
    folders: Vec<PathBuf>,
}

/// A new text in its folder.
enum Staged {
    /// Under a temporary name, and what it will be called.
    Beside(NamedTempFile, PathBuf),
    /// Under its own name, in a folder that is new, too.
    InPlace(TempPath),
}

impl Staged {
    fn persist(self) -> Result<(), Failure> {
        match self {
            Self::Beside(file, target) => match file.persist(&target) {
                Ok(_) => Ok(()),
                Err(failure) => Err(Failure::new(&target, failure.error)),
            },
            Self::InPlace(path) => match path.keep() {
                Ok(_) => Ok(()),
                Err(failure) => Err(Failure::new(&failure.path, failure.error)),
            },
        }
    }
}

impl Staging {
    fn stage(&mut self, target: PathBuf, text: &str) -> Result<(), Failure> {
        let folder = target.parent().unwrap_or(Path::new("."));
        self.create(folder)
            .map_err(|error| Failure::new(folder, error))?;
        let file = if self.folders.iter().any(|new| new == folder) {
            in_place(&target, text).map(Staged::InPlace)
        } else {
            temporary(folder, text).map(|file| Staged::Beside(file, target.clone()))
        };
        self.files
            .push(file.map_err(|error| Failure::new(&target, error))?);
        Ok(())
    }

    /// Creates a folder and those above it, and remembers which ones.
    fn create(&mut self, folder: &Path) -> io::Result<()> {
        let missing = folder
            .ancestors()
            .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
        let missing: Vec<_> = missing.collect();
        for folder in missing.into_iter().rev() {
            fs::create_dir(folder)?;
            self.folders.push(folder.to_owned());
        }
        Ok(())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        self.files.clear();
        for folder in self.folders.iter().rev() {
            // Fails when somebody else put something in: then it is theirs.
            let _ = fs::remove_dir(folder);
        }
    }
}

fn in_place(target: &Path, text: &str) -> io::Result<TempPath> {
    let mut file = fs::File::create_new(target)?;
    let path = TempPath::try_from_path(target)?;
    file.write_all(text.as_bytes())?;
    Ok(path)
}

fn temporary(folder: &Path, text: &str) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".specwright-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any new file, less what the umask takes away; the default is for its owner only.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.flush()?;
    Ok(file)
}

/// Deletes a file, and the folders that it leaves empty.
fn delete(folder: &Path, path: &str) -> Result<(), Failure> {
    let file = join(folder, path);
    fs::remove_file(&file).map_err(|error| Failure::new(&file, error))?;
    let parents = file
        .ancestors()
        .skip(1)
        .take_while(|parent| *parent != folder);
    for parent in parents {
        // Fails when the folder is not empty, also because of a staged file.
        if fs::remove_dir(parent).is_err() {
            break;
        }
    }
    Ok(())
}

fn join(folder: &Path, path: &str) -> PathBuf {
    path.split('/')
        .fold(folder.to_owned(), |folder, part| folder.join(part))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::write;
    use crate::codegen::plan::{Change, Plan};

    fn plan(changes: &[(&str, Change)]) -> Plan {
        let changes = changes
            .iter()
            .map(|(path, change)| ((*path).to_owned(), change.clone()));
        Plan {
            changes: changes.collect(),
        }
    }

    /// Every file below a folder, with `/`.
    fn list(folder: &Path) -> Vec<String> {
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry"))
        {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_dir() {
                paths.push(format!("{name}/"));
                paths.extend(
                    list(&entry.path())
                        .iter()
                        .map(|path| format!("{name}/{path}")),
                );
            } else {
                paths.push(name);
            }
        }
        paths.sort();
        paths
    }

    #[test]
    fn everything_at_once() {
        let root = tempfile::tempdir().expect("a folder");
        let out = root.path().join("out");
        fs::create_dir_all(out.join("src/old/deep")).expect("a folder");
        fs::write(out.join("src/old/deep/a.rs"), "a").expect("a file");
        fs::write(out.join("src/b.rs"), "b").expect("a file");
        fs::write(out.join("src/own.rs"), "own").expect("a file");
        let after = "new".to_owned();
        let plan = plan(&[
            (
                "src/b.rs",
                Change::Update {
                    before: b"b".to_vec(),
                    after: after.clone(),
                },
            ),
            ("src/new/c.rs", Change::Create { after }),
            (
                "src/old/deep/a.rs",
                Change::Delete {
                    before: b"a".to_vec(),
                },
            ),
            ("src/own.rs", Change::Unchanged),
        ]);
        write(&[(&out, &plan)]).expect("to be written");
        assert_eq!(
            list(&out),
            ["src/", "src/b.rs", "src/new/", "src/new/c.rs", "src/own.rs"]
        );
        assert_eq!(
            fs::read_to_string(out.join("src/b.rs")).expect("a file"),
            "new"
        );
    }

    #[test]
    fn a_failure_leaves_everything_as_it_was() {
        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("file"), "").expect("a file");
        fs::write(root.path().join("orphan.rs"), "").expect("a file");
        let create = Change::Create {
            after: "new".to_owned(),
        };
        let good = plan(&[
            ("src/a/b.rs", create.clone()),
            ("orphan.rs", Change::Delete { before: Vec::new() }),
        ]);
        let bad = plan(&[("src/a.rs", create)]);
        let failure = write(&[(root.path(), &good), (&root.path().join("file"), &bad)]).err();
        assert!(
            failure.is_some_and(|failure| failure.path.ends_with("file/src") && !failure.halfway)
        );
        assert_eq!(list(root.path()), ["file", "orphan.rs"]);
    }

    #[cfg(unix)]
    #[test]
    fn others_may_read_the_files() {
        use std::os::unix::fs::PermissionsExt as _;

        let root = tempfile::tempdir().expect("a folder");
        fs::write(root.path().join("plain"), "").expect("a file");
        let plan = plan(&[(
            "a.rs",
            Change::Create {
                after: String::new(),
            },
        )]);
        write(&[(root.path(), &plan)]).expect("to be written");
        let mode = |path: &str| {
            fs::metadata(root.path().join(path))
                .expect("a file")
                .permissions()
                .mode()
        };
        assert_eq!(mode("a.rs"), mode("plain"));
    }
}
