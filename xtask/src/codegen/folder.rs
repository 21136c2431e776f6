//! What the output folder holds today: our own files, and what stands where we want to write.
//!
//! Symbolic links are never followed, and a file without our header is looked at only far enough
//! to see that it is not ours.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use specwright::HEADER_MARK;

/// The state of an output folder, by path relative to it, with `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Folder {
    /// Every generated file, and whatever else is on a path that generation wants.
    pub(super) entries: BTreeMap<String, Entry>,
}

/// What is on a path. Folders are not listed, except in the place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// A file that carries our header.
    Generated(Vec<u8>),
    /// A file that does not.
    Foreign,
    /// A symbolic link, to whatever.
    Link,
    /// A folder, or something stranger.
    Other,
}

impl Folder {
    /// Looks at the folder: at the root, in `src/` and in `tests/` for our files, and at the `wanted` paths.
    pub(super) fn read<'a>(
        output: &Path,
        wanted: impl Iterator<Item = &'a str>,
    ) -> io::Result<Self> {
        let mut folder = Self::default();
        match fs::metadata(output) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(io::Error::from(io::ErrorKind::NotADirectory)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(folder),
            Err(error) => return Err(error),
        }
        folder.scan(output, "", false)?;
        if is_folder(&output.join("src"))? {
            folder.scan(&output.join("src"), "src/", true)?;
        }
        if is_folder(&output.join("tests"))? {
            folder.scan(&output.join("tests"), "tests/", true)?;
        }
        for path in wanted {
            folder.look(output, path)?;
        }
        Ok(folder)
    }

    /// Lists our files in one folder, and below it when `deep`.
    fn scan(&mut self, folder: &Path, prefix: &str, deep: bool) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|name| !name.starts_with('.')) else {
                continue;
            };
            let path = format!("{prefix}{name}");
            // The type of a link itself, not of where it leads.
            let kind = entry.file_type()?;
            if kind.is_dir() && deep && name != "target" {
                self.scan(&entry.path(), &format!("{path}/"), deep)?;
            } else if kind.is_file() && is_candidate(&path) {
                let bytes = fs::read(entry.path())?;
                if has_header(&bytes) {
                    self.entries.insert(path, Entry::Generated(bytes));
                }
            }
        }
        Ok(())
    }

    /// Looks at a path that generation wants, and at the folders above it.
    fn look(&mut self, output: &Path, path: &str) -> io::Result<()> {
        for (end, _) in path.match_indices('/') {
            let parent = &path[..end];
            match fs::symlink_metadata(output.join(parent)) {
                Ok(metadata) if metadata.is_dir() => {}
                Ok(metadata) => {
                    let entry = if metadata.is_symlink() {
                        Entry::Link
                    } else {
                        Entry::Other
                    };
                    self.entries.insert(parent.to_owned(), entry);
                    return Ok(());
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
                Err(error) => return Err(error),
            }
        }
        let file = output.join(path);
        let metadata = match fs::symlink_metadata(&file) {
            Ok(metadata) => metadata,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error),
        };
        let entry = if metadata.is_symlink() {
            Entry::Link
        } else if metadata.is_file() {
            let bytes = fs::read(&file)?;
            if has_header(&bytes) {
                Entry::Generated(bytes)
            } else {
                Entry::Foreign
            }
        } else {
            Entry::Other
        };
        self.entries.insert(path.to_owned(), entry);
        Ok(())
    }
}

/// Whether a text is one of ours: its first line is a comment that begins with the mark.
pub(super) fn has_header(bytes: &[u8]) -> bool {
    let first = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    let comment = first
        .strip_prefix(b"// ")
        .or_else(|| first.strip_prefix(b"# "));
    comment.is_some_and(|text| text.starts_with(HEADER_MARK.as_bytes()))
}

/// Only Rust files are looked for. A manifest is overwritten where it is ours, but never deleted:
/// a crate that moves into the workspace keeps the one that it has.
fn is_candidate(path: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|extension| extension == "rs")
}

fn is_folder(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(metadata.is_dir()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::has_header;

    #[test]
    fn headers() {
        let cases: [(&[u8], bool); 9] = [
            (b"// @generated by specwright. Do not edit.\n", true),
            (b"#![no_std]\r\n// @generated by specwright\r\n", false),
            (
                b"// by hand\n// \"@generated by specwright\" is special\n",
                false,
            ),
            (b"\xef\xbb\xbf// @generated by specwright", true),
            (b"# @generated by specwright", true),
            (b"const MARK: &str = \"@generated by specwright\";", false),
            (b"// @generated by something else", false),
            (b"1\n2\n3\n// @generated by specwright", false),
            (b"", false),
        ];
        for (text, expected) in cases {
            assert_eq!(
                has_header(text),
                expected,
                "{}",
                String::from_utf8_lossy(text)
            );
        }
    }
}
