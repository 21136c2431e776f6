//! `tests = ["examples"]`: the test that sends the document's own values through the types.

use specwright::{Diagnostics, FileSet, Options, SourceSet};

use super::generate::on_large_stack;
use crate::examples::{self, Collected};
use crate::problem::Problem;
use crate::survey::survey;

/// Adds the test to the files of a crate, unless the document gives no values.
pub(super) fn add(
    files: &mut FileSet,
    sources: &SourceSet,
    options: &Options,
) -> Result<(), Vec<Problem>> {
    let (collected, instants) = on_large_stack(|| collect(sources, options))?;
    if let Some(reason) = collected.refused {
        let message = format!("the values of the document cannot be validated: {reason}");
        let help = "correct the schema, or remove \"examples\" from `tests`";
        return Err(vec![Problem::error(message).help(help)]);
    }
    if !collected.cases.is_empty() {
        let text = specwright::examples::test(&options.crate_name, instants, &collected.cases);
        files.insert(specwright::examples::PATH.to_owned(), text);
    }
    Ok(())
}

/// The cases, and whether the crate knows of instants.
fn collect(sources: &SourceSet, options: &Options) -> (Collected, bool) {
    let options = Options {
        places: true,
        ..options.clone()
    };
    let outcome = specwright::generate(sources, &options, &mut |_| ());
    let document = specwright::parse::parse(sources, &mut Diagnostics::new());
    let values = document.map_or_else(Vec::new, |document| document.files);
    let survey = survey(&values, sources);
    let collected = examples::collect(&values, sources, &survey, &outcome.places);
    let mut dependencies = outcome.report.dependencies.iter();
    let instants = dependencies.any(|dependency| dependency.name == "jiff");
    (collected, instants)
}
