//! Whether the hand-written `Cargo.toml` of a crate of the workspace has what the generated code needs.
//!
//! Versions are left to Cargo: it knows what they mean.

use std::fs;
use std::io;
use std::path::Path;
use std::rc::Rc;

use specwright::{Dependency, FEATURES, Feature};
use toml::{Table, Value};

use super::job::Job;
use crate::problem::{Problem, Source};

/// What the manifest of a job's crate lacks; a crate that stands alone has a generated one.
pub(super) fn lacks(job: &Job, dependencies: &[Dependency]) -> Vec<Problem> {
    let Some(configured) = &job.configured else {
        return Vec::new();
    };
    let shown = job.output.shown("Cargo.toml");
    let workspace = table(&configured.root.join("Cargo.toml")).unwrap_or_default();
    let workspace = get(&workspace, &["workspace", "dependencies"]).cloned();
    let workspace = workspace
        .as_ref()
        .and_then(Value::as_table)
        .cloned()
        .unwrap_or_default();
    match fs::read_to_string(job.output.path.join("Cargo.toml")) {
        Ok(text) => {
            let source = Source::new(shown, text);
            match source.text.parse::<Table>() {
                Ok(manifest) => {
                    let manifest = Manifest {
                        source: &source,
                        manifest,
                        workspace,
                    };
                    manifest.lacks(&job.options.crate_name, dependencies, FEATURES)
                }
                Err(error) => vec![Problem::error(error.message()).at(&source, error.span())],
            }
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let lines = dependencies
                .iter()
                .map(|dependency| line(dependency, &workspace));
            let lines = lines.collect::<Vec<_>>().join("\n");
            let help = format!(
                "a crate of the workspace has one that is written by hand, with\n[dependencies]\n{lines}"
            );
            vec![Problem::error(format!("{shown} is missing")).help(help)]
        }
        Err(error) => vec![Problem::error(format!("cannot read {shown}: {error}"))],
    }
}

struct Manifest<'a> {
    source: &'a Rc<Source>,
    manifest: Table,
    workspace: Table,
}

impl Manifest<'_> {
    fn lacks(&self, name: &str, dependencies: &[Dependency], features: &[Feature]) -> Vec<Problem> {
        let mut problems = Vec::new();
        let given = get(&self.manifest, &["package", "name"]).and_then(Value::as_str);
        if given != Some(name) {
            let given = given.unwrap_or_default();
            let message = format!("the package is named `{given}`, but configured as `{name}`");
            problems.push(self.problem(message, format!("name = \"{name}\"")));
        }
        for dependency in dependencies {
            if let Some(lack) = self.lack(dependency) {
                let message = format!(
                    "the generated code needs the dependency `{}`: {lack}",
                    dependency.name
                );
                let line = line(dependency, &self.workspace);
                problems.push(self.problem(message, format!("[dependencies]\n{line}")));
            }
        }
        let lacking = features.iter().filter(|feature| !self.has_feature(feature));
        for Feature { name, enables, .. } in lacking {
            let message = format!("the generated code needs the feature `{name}` as it is below");
            problems.push(self.problem(message, format!("[features]\n{name} = {enables:?}")));
        }
        problems
    }

    fn problem(&self, message: String, help: String) -> Problem {
        Problem::error(message).at(self.source, None).help(help)
    }

    /// What a dependency lacks, if it does.
    fn lack(&self, dependency: &Dependency) -> Option<String> {
        let Some(entry) = get(&self.manifest, &["dependencies", &dependency.name]) else {
            return Some("it is missing".to_owned());
        };
        let is = |entry: &Value, key: &str| entry.get(key).and_then(Value::as_bool);
        let inherited = (is(entry, "workspace") == Some(true))
            .then(|| self.workspace.get(&dependency.name))
            .flatten();
        let entries = [Some(entry), inherited];
        let has = |feature: &String| {
            let mut lists = entries
                .iter()
                .flatten()
                .filter_map(|entry| entry.get("features"));
            lists.any(|list| contains(list, feature))
        };
        let missing: Vec<_> = dependency
            .features
            .iter()
            .filter(|feature| !has(feature))
            .cloned()
            .collect();
        if !missing.is_empty() {
            return Some(format!("without the feature `{}`", missing.join("`, `")));
        }
        let base = inherited.unwrap_or(entry);
        if dependency.default_features && is(base, "default-features") == Some(false) {
            return Some("without its default features".to_owned());
        }
        match (dependency.optional, is(entry, "optional").unwrap_or(false)) {
            (true, false) => Some("it is not optional".to_owned()),
            (false, true) => Some("it is optional".to_owned()),
            (true, true) | (false, false) => None,
        }
    }

    /// Whether a feature is there, and brings what it has to bring.
    fn has_feature(&self, feature: &Feature) -> bool {
        get(&self.manifest, &["features", feature.name]).is_some_and(|list| {
            let mut enables = feature.enables.iter();
            enables.all(|enabled| contains(list, enabled))
        })
    }
}

/// The line of a manifest that asks for a dependency.
fn line(dependency: &Dependency, workspace: &Table) -> String {
    let Dependency {
        name,
        version,
        default_features,
        features,
        optional,
    } = dependency;
    let mut parts = Vec::new();
    if workspace.contains_key(name) {
        if !optional {
            return format!("{name}.workspace = true");
        }
        parts.push("workspace = true".to_owned());
    } else {
        parts.push(format!("version = \"{version}\""));
        if !default_features {
            parts.push("default-features = false".to_owned());
        }
        if !features.is_empty() {
            parts.push(format!("features = [\"{}\"]", features.join("\", \"")));
        }
    }
    if *optional {
        parts.push("optional = true".to_owned());
    }
    format!("{name} = {{ {} }}", parts.join(", "))
}

fn contains(list: &Value, item: &str) -> bool {
    list.as_array()
        .is_some_and(|list| list.iter().any(|entry| entry.as_str() == Some(item)))
}

fn get<'a>(table: &'a Table, path: &[&str]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    rest.iter()
        .try_fold(table.get(*first)?, |value, key| value.get(key))
}

fn table(path: &Path) -> Option<Table> {
    fs::read_to_string(path).ok()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use specwright::{Dependency, Feature};

    use super::{Manifest, line};
    use crate::problem::Source;

    fn dependency(name: &str, features: &[&str], optional: bool) -> Dependency {
        Dependency {
            name: name.to_owned(),
            version: "1.2".to_owned(),
            default_features: false,
            features: features
                .iter()
                .map(|feature| (*feature).to_owned())
                .collect(),
            optional,
        }
    }

    fn lacks(manifest: &str, dependency: &Dependency) -> Vec<String> {
        let text = format!("package.name = \"a\"\n{manifest}");
        let workspace = "uuid = { version = \"1\", features = [\"std\"] }";
        let source = Source::new("Cargo.toml", text.as_str());
        let manifest = Manifest {
            source: &source,
            manifest: text.parse().expect("TOML"),
            workspace: workspace.parse().expect("TOML"),
        };
        let feature = Feature {
            name: "reqwest",
            docs: "",
            enables: &["dep:reqwest"],
        };
        let features: &[Feature] = if dependency.optional { &[feature] } else { &[] };
        let problems = manifest.lacks("a", std::slice::from_ref(dependency), features);
        problems
            .into_iter()
            .map(|problem| problem.message + " | " + &problem.help.replace('\n', " "))
            .collect()
    }

    #[test]
    fn cases() {
        let uuid = dependency("uuid", &["std"], false);
        let reqwest = dependency("reqwest", &[], true);
        let needs = "the generated code needs the dependency";
        let cases = [
            ("dependencies.uuid.workspace = true", &uuid, None),
            ("dependencies.uuid = { version = \"1\", features = [\"std\"] }", &uuid, None),
            ("", &uuid, Some(format!("{needs} `uuid`: it is missing | [dependencies] uuid.workspace = true"))),
            ("dependencies.uuid = \"1\"", &uuid, Some(format!("{needs} `uuid`: without the feature `std` | [dependencies] uuid.workspace = true"))),
            ("dependencies.uuid = { workspace = true, optional = true }", &uuid, Some(format!("{needs} `uuid`: it is optional | [dependencies] uuid.workspace = true"))),
            ("dependencies.reqwest = { version = \"1\", optional = true }\nfeatures.reqwest = [\"dep:reqwest\"]", &reqwest, None),
            ("dependencies.reqwest = { version = \"1\", optional = true }", &reqwest,
                Some("the generated code needs the feature `reqwest` as it is below | [features] reqwest = [\"dep:reqwest\"]".to_owned())),
            ("dependencies.reqwest = \"1\"\nfeatures.reqwest = [\"dep:reqwest\"]", &reqwest,
                Some(format!("{needs} `reqwest`: it is not optional | [dependencies] reqwest = {{ version = \"1.2\", default-features = false, optional = true }}"))),
        ];
        for (manifest, dependency, expected) in cases {
            assert_eq!(
                lacks(manifest, dependency),
                Vec::from_iter(expected),
                "{manifest}"
            );
        }
        let other = lacks("package.x = 1\ndependencies.uuid.workspace = true", &uuid);
        assert!(other.is_empty());
    }

    #[test]
    fn lines() {
        let empty = toml::Table::new();
        let jiff = dependency("jiff", &["std", "serde"], false);
        let expected = "jiff = { version = \"1.2\", default-features = false, features = [\"std\", \"serde\"] }";
        assert_eq!(line(&jiff, &empty), expected);
        let workspace = "jiff = \"1\"".parse().expect("TOML");
        assert_eq!(line(&jiff, &workspace), "jiff.workspace = true");
        let optional = dependency("jiff", &[], true);
        assert_eq!(
            line(&optional, &workspace),
            "jiff = { workspace = true, optional = true }"
        );
    }
}
