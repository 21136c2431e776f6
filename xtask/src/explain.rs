//! `cargo xtask explain CODE`: what a diagnostic means, and what to do about it.
//!
//! A page is `explain/CODE.md`, with the same parts for every code and an example that shows it: a
//! test runs the generator over each.

use specwright::{Code, Severity};

use crate::problem::Problem;
use crate::render::{self, Detail};
use crate::{Exit, console};

/// Explains a code, or lists all of them.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The code that stands behind `warning` or `error`, such as SW0203 [default: all, a line each]
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

macro_rules! pages {
    ($($code:literal)*) => {
        /// The code and the text of each page.
        const PAGES: &[(&str, &str)] =
            &[$(($code, include_str!(concat!("explain/", $code, ".md")))),*];
    };
}

pages! {
    "SW0101" "SW0102" "SW0103"
    "SW0201" "SW0202" "SW0203" "SW0204" "SW0205"
    "SW0301" "SW0302" "SW0303"
    "SW0401" "SW0402" "SW0403" "SW0404" "SW0405" "SW0410"
    "SW0501" "SW0502" "SW0503" "SW0504" "SW0505"
    "SW0601"
    "SW0901"
}

/// The page of a code, however it is spelt.
#[must_use]
pub fn page(code: &str) -> Option<&'static str> {
    let found = PAGES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(code));
    found.map(|(_, page)| *page)
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> Exit {
    let Some(code) = &arguments.code else {
        console::out(&list());
        return Exit::Done;
    };
    if let Some(page) = page(code) {
        console::out(page);
        return Exit::Done;
    }
    let problem = Problem::error(format!("there is no code `{code}`"))
        .help("`cargo xtask explain` lists all codes");
    console::err(&render::problems(&[problem], Detail::Short));
    Exit::Failed
}

/// A line for each code, in the order of the codes.
fn list() -> String {
    let mut codes = Code::ALL.to_vec();
    codes.sort_by_key(|code| code.as_str());
    let line = |code: &Code| {
        let severity = match code.severity() {
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        format!(
            "{}  {severity:7}  {}\n",
            code.as_str(),
            code.summary().trim()
        )
    };
    codes.iter().map(line).collect()
}

#[cfg(test)]
mod tests;
