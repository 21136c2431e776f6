//! What each case becomes: the files that its `# Shows:` line names, and everything that is said.

use crate::case::{Case, configured};
use specwright::format::HEADER;
use specwright::{FileSet, Outcome};

/// The lines that a reviewer can be asked to read at once.
const LINES: usize = 145;

#[test]
fn cases() {
    for case in Case::all("cases") {
        let outcome = case.run(&configured(&case));
        let said = said(&case, &outcome);
        let files = outcome
            .files
            .unwrap_or_else(|| panic!("{}: {said}", case.name));
        let shown = case.said("Shows");
        for (index, what) in shown.iter().flat_map(|line| line.split(", ")).enumerate() {
            let said = if index == 0 { said.as_str() } else { "" };
            check(&case.name, what, &format!("{said}{}", part(&files, what)));
        }
    }
}

fn check(case: &str, what: &str, text: &str) {
    let lines = text.lines().count();
    assert!(
        lines < LINES,
        "{what} of {case}: {lines} lines are too many; split the case"
    );
    insta::with_settings!({
        snapshot_path => "../cases/snapshots",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!(format!("{case}.{what}"), text);
    });
}

/// Everything that is said about a case, with the help.
fn said(case: &Case, outcome: &Outcome) -> String {
    let said = outcome.diagnostics.as_slice().iter().map(|diagnostic| {
        let help = &diagnostic.help;
        format!("{}\n  help: {help}\n", case.describe(diagnostic))
    });
    said.collect()
}

/// What a word of a `# Shows:` line stands for.
fn part(files: &FileSet, what: &str) -> String {
    match what {
        "types" => below(files, "src/types/", false),
        "setters" => below(files, "src/types/", true),
        "operations" => below(files, "src/operations/", true),
        "examples" => {
            let all = below_raw(files, "src/operations/");
            let lines = all
                .lines()
                .filter_map(|line| line.trim().strip_prefix("/// "));
            let calls = lines.filter(|line| line.contains("client: &") || line.contains("client."));
            calls.map(|line| format!("{line}\n")).collect()
        }
        "client" | "headers" => body(files, &format!("src/{what}.rs"), true),
        "security" => {
            let all = below(files, "src/operations/", true);
            let rows = all.lines().map(str::trim);
            let rows = rows.filter(|row| row.starts_with("id:") || row.starts_with("security:"));
            rows.map(|row| format!("{row}\n")).collect()
        }
        other => panic!("`# Shows: {other}` means nothing"),
    }
}

/// Every file of a folder but its list, each under its name, with `impl` blocks or without.
fn below(files: &FileSet, folder: &str, impls: bool) -> String {
    let texts = files
        .keys()
        .filter(|path| path.starts_with(folder) && !path.ends_with("/mod.rs"))
        .map(|path| format!("// {path}\n{}", body(files, path, impls)));
    texts.collect::<Vec<_>>().join("\n")
}

/// The same as it is.
fn below_raw(files: &FileSet, folder: &str) -> String {
    let texts = files.iter().filter(|(path, _)| path.starts_with(folder));
    texts.map(|(_, text)| text.as_str()).collect()
}

/// The text of a file without the header and the examples, which are the same everywhere.
fn body(files: &FileSet, path: &str, impls: bool) -> String {
    let text = files.get(path).map_or("", String::as_str);
    let mut inside = false;
    let mut lines = Vec::new();
    for line in text.lines().filter(|line| *line != HEADER) {
        let words = line.trim_start_matches([' ', '/', '!']);
        if words.starts_with("```") || words == "# Example" {
            inside = words != "```";
            while lines.last().is_some_and(|line: &&str| line.trim() == "///") {
                lines.pop();
            }
        } else if !impls && line.starts_with("impl ") {
            inside = true;
        } else if inside && line == "}" {
            inside = false;
        } else if !inside {
            lines.push(line);
        }
    }
    let mut text = lines.join("\n");
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    format!("{}\n", text.trim())
}
