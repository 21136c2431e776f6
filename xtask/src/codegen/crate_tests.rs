//! `tests = [...]`: the tests that a crate gets of its document, from what one run of the generator has
//! noted for them.

use specwright::{Diagnostics, FileSet, Outcome, SourceSet};

use super::generate::on_large_stack;
use super::job::Job;
use crate::contract;
use crate::examples::{self, Collected};
use crate::problem::Problem;
use crate::survey::survey;

/// Adds the tests that the configuration asks for to the files of a crate.
pub(super) fn add(
    files: &mut FileSet,
    sources: &SourceSet,
    job: &Job,
    outcome: &Outcome,
) -> Result<(), Vec<Problem>> {
    if job.examples {
        let collected = on_large_stack(|| collect(sources, outcome))?;
        add_examples(files, &job.options.crate_name, collected, outcome)?;
    }
    if job.contract {
        let cases = on_large_stack(|| contract::text(sources, outcome, &|_| true, true))?;
        let name = &job.options.crate_name;
        files.extend(
            cases
                .into_iter()
                .flat_map(|cases| specwright::contract::files(name, &outcome.calls, &cases)),
        );
    }
    Ok(())
}

/// The test that sends the document's own values through the types, unless there are none.
fn add_examples(
    files: &mut FileSet,
    crate_name: &str,
    collected: Collected,
    outcome: &Outcome,
) -> Result<(), Vec<Problem>> {
    if let Some(reason) = collected.refused {
        let message = format!("the values of the document cannot be validated: {reason}");
        let help = "correct the schema, or remove \"examples\" from `tests`";
        return Err(vec![Problem::error(message).help(help)]);
    }
    if !collected.cases.is_empty() {
        // Whether the crate knows of instants.
        let mut dependencies = outcome.report.dependencies.iter();
        let instants = dependencies.any(|dependency| dependency.name == "jiff");
        let text = specwright::examples::test(crate_name, instants, &collected.cases);
        files.insert(specwright::examples::PATH.to_owned(), text);
    }
    Ok(())
}

fn collect(sources: &SourceSet, outcome: &Outcome) -> Collected {
    let document = specwright::parse::parse(sources, &mut Diagnostics::new());
    let values = document.map_or_else(Vec::new, |document| document.files);
    let survey = survey(&values, sources);
    examples::collect(&values, sources, &survey, &outcome.places)
}
