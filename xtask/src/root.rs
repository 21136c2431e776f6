//! Where the workspace is.

use std::env;
use std::path::{Path, PathBuf};

use crate::codegen::{CONFIGURATION, CONFIGURATION_HELP};
use crate::problem::Problem;

/// The nearest folder with an `openapi/codegen.toml`, from the current folder upwards; otherwise
/// from the folder of the package that Cargo runs.
///
/// # Errors
///
/// When there is none.
pub fn find() -> Result<PathBuf, Vec<Problem>> {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let starts = [env::current_dir().ok(), manifest];
    let root = starts.iter().flatten().find_map(|start| above(start));
    root.ok_or_else(|| {
        let message = format!("there is no {CONFIGURATION} in this folder or one above");
        vec![Problem::error(message).help(CONFIGURATION_HELP)]
    })
}

fn above(start: &Path) -> Option<PathBuf> {
    start
        .ancestors()
        .find(|folder| folder.join(CONFIGURATION).is_file())
        .map(Path::to_owned)
}
