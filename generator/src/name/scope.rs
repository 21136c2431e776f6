//! Scopes: every identifier of the output is made here, and is unique in its scope.

use super::reserved::{BUILDER, KEYWORDS, MODULES, OPERATIONS, PARAMETERS, TYPES};
use super::words::Words;
use proc_macro2::{Ident, Span};
use std::collections::BTreeSet;

/// What kind of name a scope gives out: its case, its reserved names, and the word that stands in
/// front of, behind, or instead of a name that will not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Type,
    Variant,
    Field,
    Parameter,
    Operation,
    Module,
    Constant,
    Credential,
}

impl Role {
    fn word(self) -> &'static str {
        match self {
            Self::Type => "Model",
            Self::Variant => "Value",
            Self::Field => "field",
            Self::Parameter => "parameter",
            Self::Operation => "operation",
            Self::Module => "module",
            Self::Constant => "CONSTANT",
            Self::Credential => "credential",
        }
    }

    fn spell(self, words: &Words) -> String {
        match self {
            Self::Type | Self::Variant => words.upper_camel(),
            Self::Field | Self::Parameter | Self::Operation | Self::Module | Self::Credential => {
                words.snake()
            }
            Self::Constant => words.shouty(),
        }
    }

    fn reserved(self) -> &'static [&'static str] {
        match self {
            Self::Type => TYPES,
            Self::Variant => &["Self"],
            Self::Field => &["new", "validate", "with_defaults"],
            Self::Parameter => PARAMETERS,
            Self::Operation => OPERATIONS,
            Self::Module => MODULES,
            Self::Constant => &[],
            Self::Credential => BUILDER,
        }
    }

    fn with_word(self, name: &str) -> String {
        match self {
            Self::Type | Self::Variant => format!("{name}{}", self.word()),
            _ => format!("{name}_{}", self.word()),
        }
    }

    fn before_digit(self, name: &str) -> String {
        match self {
            Self::Type | Self::Variant => format!("{}{name}", self.word()),
            _ => format!("{}_{name}", self.word()),
        }
    }
}

/// How long the name of a file gets from a document: far less than any system takes.
const FILE_NAME: usize = 80;

/// A scope of identifiers.
#[derive(Clone, Debug)]
pub(crate) struct Scope {
    role: Role,
    /// What is reserved here beside what is in every scope of the role.
    own: &'static [&'static str],
    taken: BTreeSet<String>,
}

impl Scope {
    /// An empty scope; the reserved names of its role are taken from the start.
    pub fn new(role: Role) -> Self {
        Self::reserving(role, &[])
    }

    /// An empty scope with reserved names of its own.
    pub fn reserving(role: Role, own: &'static [&'static str]) -> Self {
        Self {
            role,
            own,
            taken: BTreeSet::new(),
        }
    }

    /// Takes a name that is not made from words, so that nothing else gets it.
    pub fn reserve(&mut self, name: &str) {
        self.taken.insert(fold(name));
    }

    /// An identifier for some text, unique in this scope.
    pub fn ident(&mut self, text: &str) -> Ident {
        let name = self.spelt(text);
        identifier(&self.unique(&name))
    }

    /// Identifiers for several texts. One that is spelt as its identifier gets that identifier,
    /// wherever it stands: what is added beside it never takes its name away.
    pub fn idents<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) -> Vec<Ident> {
        let names: Vec<(&str, String)> = texts
            .into_iter()
            .map(|text| (text, self.spelt(text)))
            .collect();
        let mut idents: Vec<Option<Ident>> = vec![None; names.len()];
        for exact in [true, false] {
            for ((text, name), ident) in names.iter().zip(&mut idents) {
                if ident.is_none() && (!exact || name == text) {
                    *ident = Some(identifier(&self.unique(name)));
                }
            }
        }
        idents.into_iter().flatten().collect()
    }

    /// The identifier of some text, if nothing else has it.
    pub fn free(&mut self, text: &str) -> Option<Ident> {
        let name = self.spelt(text);
        let free = self.taken.insert(fold(&name));
        free.then(|| identifier(&name))
    }

    /// The identifier that some text gets where nothing else is.
    pub fn alone(role: Role, text: &str) -> Ident {
        identifier(&Self::new(role).spelt(text))
    }

    /// An identifier of the generator's own choice.
    pub fn fixed(name: &str) -> Ident {
        identifier(name)
    }

    fn unique(&mut self, name: &str) -> String {
        let mut candidate = name.to_owned();
        let mut number = 2;
        while !self.taken.insert(fold(&candidate)) {
            candidate = numbered(name, number);
            number += 1;
        }
        candidate
    }

    /// The name of some text, as long as nothing else has it.
    fn spelt(&self, text: &str) -> String {
        let words = Words::of(text);
        let mut name = if words.is_empty() {
            self.role.word().to_owned()
        } else {
            self.role.spell(&words)
        };
        if self.role == Role::Module {
            name.truncate(FILE_NAME);
            name.truncate(name.trim_end_matches('_').len());
        }
        if name.starts_with(|first: char| first.is_ascii_digit()) {
            name = self.role.before_digit(&name);
        }
        let mut reserved = self.role.reserved().iter().chain(self.own);
        if reserved.any(|reserved| *reserved == name)
            || self.role == Role::Module && is_keyword(&name)
        {
            name = self.role.with_word(&name);
        }
        name
    }
}

/// Names that differ by case alone would be one file on some systems, and confuse everywhere.
fn fold(name: &str) -> String {
    name.to_ascii_lowercase()
}

fn numbered(name: &str, number: usize) -> String {
    let separator = if name.ends_with(|last: char| last.is_ascii_digit()) {
        "_"
    } else {
        ""
    };
    format!("{name}{separator}{number}")
}

/// A name as an identifier: keywords raw, and the four that cannot be raw with a trailing underscore.
fn identifier(name: &str) -> Ident {
    match name {
        "self" | "Self" | "super" | "crate" | "_" => {
            Ident::new(&format!("{name}_"), Span::call_site())
        }
        keyword if is_keyword(keyword) => Ident::new_raw(keyword, Span::call_site()),
        plain => Ident::new(plain, Span::call_site()),
    }
}

fn is_keyword(name: &str) -> bool {
    KEYWORDS.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::{Role, Scope};

    #[test]
    fn names_in_one_scope() {
        let cases: &[(Role, &[&str], &[&str])] = &[
            (Role::Type, &["Pet", "pet", "PET"], &["Pet", "Pet2", "Pet3"]),
            (
                Role::Type,
                &["Option", "String", "200"],
                &["OptionModel", "StringModel", "Model200"],
            ),
            (Role::Type, &["v1", "V1"], &["V1", "V1_2"]),
            (
                Role::Field,
                &["type", "self", "new", "1st"],
                &["r#type", "self_", "new_field", "field_1st"],
            ),
            (Role::Field, &["a-b", "a_b", "aB"], &["a_b", "a_b2", "a_b3"]),
            (
                Role::Variant,
                &["", "self", "+1", "-1"],
                &["Value", "SelfValue", "Plus1", "Minus1"],
            ),
            (
                Role::Operation,
                &["clone", "from_env", "list"],
                &["clone_operation", "from_env_operation", "list"],
            ),
            (
                Role::Module,
                &["type", "con", "../x", "mod"],
                &["type_module", "con_module", "x", "mod_module"],
            ),
            (
                Role::Module,
                &[&"ab ".repeat(100), &"ab ".repeat(99)],
                &[
                    &"_ab".repeat(27)[1..],
                    &format!("{}2", &"_ab".repeat(27)[1..]),
                ],
            ),
            (
                Role::Constant,
                &["X-RateLimit-Reset"],
                &["X_RATE_LIMIT_RESET"],
            ),
        ];
        for (role, texts, expected) in cases {
            let mut scope = Scope::new(*role);
            let names: Vec<_> = texts
                .iter()
                .map(|text| scope.ident(text).to_string())
                .collect();
            assert_eq!(names, *expected, "{role:?} {texts:?}");
        }
    }
}
