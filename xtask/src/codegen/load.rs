//! The texts that the generator reads.
//!
//! Today that is the entry document. Files that it refers to will join it in the [`SourceSet`]; no
//! file outside the folder of the document, and nothing from the network, may ever be among them.

use std::fs::File;
use std::io::{self, Read as _};

use specwright::{SourceFile, SourceSet};

use super::job::Place;
use crate::problem::{Problem, Source};

/// The largest document that is read, in bytes.
const LIMIT: u64 = 128 << 20;

/// The entry document, as the only file.
pub(super) fn read(document: &Place) -> Result<SourceSet, Vec<Problem>> {
    let path = &document.shown;
    let bytes = bytes(document, LIMIT).map_err(|failure| {
        vec![match failure {
            Failure::Io(error) => Problem::error(format!("cannot read {path}: {error}")),
            Failure::NotAFile => Problem::error(format!("{path} is not a file")),
            Failure::TooLarge => {
                Problem::error(format!("{path} is larger than {} MiB", LIMIT >> 20))
                    .help("the largest public documents have about half of that")
            }
        }]
    })?;
    let text = text(path, bytes)?;
    Ok(SourceSet {
        files: vec![SourceFile {
            path: path.clone(),
            text,
        }],
    })
}

enum Failure {
    Io(io::Error),
    NotAFile,
    TooLarge,
}

fn bytes(document: &Place, limit: u64) -> Result<Vec<u8>, Failure> {
    // Asked before opening: opening a pipe would wait for a writer.
    if !document.path.metadata().map_err(Failure::Io)?.is_file() {
        return Err(Failure::NotAFile);
    }
    let file = File::open(&document.path).map_err(Failure::Io)?;
    let mut bytes = Vec::new();
    // The file may grow while it is read.
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
        let place = Place {
            path,
            shown: "a.yaml".into(),
        };
        assert!(bytes(&place, 5).is_ok());
        assert!(matches!(bytes(&place, 4), Err(Failure::TooLarge)));
        let place = Place {
            path: folder.path().to_owned(),
            shown: String::new(),
        };
        assert!(matches!(bytes(&place, 4), Err(Failure::NotAFile)));
    }
}
