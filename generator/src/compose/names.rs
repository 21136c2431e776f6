//! Names of types, files and operations: components first, then titles, then what stands inside
//! something, by the way to it.

use super::rename::Renames;
use crate::ir::{Api, Operation, Origin, Shape, Step, TypeId};
use crate::name::{Role, Scope, words};
use proc_macro2::Ident;
use std::collections::BTreeMap;

/// How long the name of an inline type gets before steps in the middle are left out.
const LENGTH: usize = 64;

/// Where a type is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    /// The file of a component, or of a type that its title names.
    Type(TypeId),
    /// The file of an operation's inline types.
    Operation(usize),
}

/// The names of all types, and the files that they are printed in.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    types: BTreeMap<TypeId, Ident>,
    modules: BTreeMap<Home, Ident>,
    homes: BTreeMap<TypeId, Home>,
    /// Names of operations, in the words that types inside them start with.
    pub operations: Vec<String>,
}

impl Names {
    /// Names everything in the API.
    pub fn of(api: &Api, renames: &Renames<'_>) -> Self {
        let mut names = Self {
            operations: operation_names(api, renames),
            ..Self::default()
        };
        let mut scope = Scope::new(Role::Type);
        let mut modules = Scope::new(Role::Module);
        names.components(api, renames, &mut scope, &mut modules);
        names.titles(api, &mut scope, &mut modules);
        for (id, ty) in api.types.iter() {
            if matches!(ty.shape, Shape::Alias(_)) {
                continue;
            }
            let (base, role, home) = match &ty.origin {
                Origin::Component(_) | Origin::Title(_) => continue,
                Origin::Inside(base, role) => (names.text(*base), role, Home::Type(*base)),
                Origin::Operation(index, role) => {
                    let operation = names.operations.get(*index);
                    let operation = operation.map_or("shared", String::as_str).to_owned();
                    (operation, role, Home::Operation(*index))
                }
            };
            names.types.insert(id, inside(&mut scope, &base, role));
            names.homes.insert(id, home);
            if !names.modules.contains_key(&home) {
                let module = match home {
                    Home::Operation(index) => {
                        names.operations.get(index).map_or("shared", String::as_str)
                    }
                    Home::Type(_) => "shared",
                };
                names.modules.insert(home, modules.ident(module));
            }
        }
        names
    }

    fn components(
        &mut self,
        api: &Api,
        renames: &Renames<'_>,
        scope: &mut Scope,
        modules: &mut Scope,
    ) {
        let components: Vec<_> = api
            .types
            .iter()
            .filter_map(|(id, ty)| match &ty.origin {
                Origin::Component(name) => Some((id, renames.component(id, name))),
                _ => None,
            })
            .collect();
        let idents = scope.idents(components.iter().map(|(_, name)| *name));
        for ((id, name), ident) in components.into_iter().zip(idents) {
            self.own_file(id, name, ident, modules);
        }
    }

    /// Types that their titles name, in the order of the titles.
    fn titles(&mut self, api: &Api, scope: &mut Scope, modules: &mut Scope) {
        let mut titled: Vec<(&str, TypeId)> = api
            .types
            .iter()
            .filter_map(|(id, ty)| match &ty.origin {
                Origin::Title(title) if !matches!(ty.shape, Shape::Alias(_)) => {
                    Some((title.as_str(), id))
                }
                _ => None,
            })
            .collect();
        titled.sort_unstable();
        for (title, id) in titled {
            let ident = scope.ident(title);
            self.own_file(id, title, ident, modules);
        }
    }

    /// A type with a file of its own, which has the same name, and the same number behind it.
    fn own_file(&mut self, id: TypeId, name: &str, ident: Ident, modules: &mut Scope) {
        let home = Home::Type(id);
        let numbered = Scope::alone(Role::Type, name) != ident;
        let ident_text = ident.to_string();
        let module = if numbered { &ident_text } else { name };
        self.modules.insert(home, modules.ident(module));
        self.homes.insert(id, home);
        self.types.insert(id, ident);
    }

    /// The name of a type.
    pub fn ty(&self, id: TypeId) -> Option<&Ident> {
        self.types.get(&id)
    }

    /// The files, each with the types in it, in the order of their names.
    pub fn files(&self) -> Vec<(Ident, Vec<TypeId>)> {
        let mut files: BTreeMap<Home, Vec<TypeId>> = BTreeMap::new();
        for (id, home) in &self.homes {
            files.entry(*home).or_default().push(*id);
        }
        let mut files: Vec<_> = files
            .into_iter()
            .filter_map(|(home, ids)| Some((self.modules.get(&home)?.clone(), ids)))
            .collect();
        files.sort_by_cached_key(|(module, _)| module.to_string());
        files
    }

    fn text(&self, id: TypeId) -> String {
        self.types
            .get(&id)
            .map_or_else(String::new, Ident::to_string)
    }
}

/// The name of something inside: the shortest that is free of what the way to it gives.
fn inside(scope: &mut Scope, base: &str, role: &[Step]) -> Ident {
    let all: Vec<&str> = role.iter().map(Step::words).collect();
    let telling = telling(role);
    let name = |steps: &[&str]| format!("{base} {}", steps.join(" "));
    let mut short = telling.as_slice();
    let is_long = |name: &str| {
        (name.len() > LENGTH || !name.is_ascii()) && words(name).concat().len() > LENGTH
    };
    while short.len() > 1 && is_long(&name(short)) {
        short = short.get(1..).unwrap_or_default();
    }
    for steps in [short, telling.as_slice(), all.as_slice()] {
        if let Some(ident) = scope.free(&name(steps)) {
            return ident;
        }
    }
    scope.ident(&name(short))
}

/// The steps that say something: lists and maps on the way do not, and neither does a step whose
/// words the next one repeats.
fn telling(role: &[Step]) -> Vec<&str> {
    let mut steps = Vec::new();
    for (index, step) in role.iter().enumerate() {
        let next = role.get(index + 1);
        let silent = match step {
            Step::Item | Step::Value => next.is_some(),
            Step::Named(name) | Step::Variant(name) => {
                next.is_some_and(|next| repeats(next.words(), name))
            }
        };
        if !silent {
            steps.push(step.words());
        }
    }
    steps
}

/// Whether a text has all the words of another, one after the other.
fn repeats(text: &str, other: &str) -> bool {
    let (text, other) = (words(text), words(other));
    !other.is_empty() && text.windows(other.len()).any(|window| window == other)
}

/// Method names, unique over the whole client: as text, to be spelt in any case.
///
/// An operation whose `operationId` another one has is called by its method and path. The one with
/// the shortest path keeps the name: what is added is more often longer.
fn operation_names(api: &Api, renames: &Renames<'_>) -> Vec<String> {
    let mut scope = Scope::new(Role::Operation);
    let plain = |ident: Ident| ident.to_string().trim_start_matches("r#").to_owned();
    let mut order: Vec<(usize, &Operation)> = api.operations.iter().enumerate().collect();
    order.sort_by_cached_key(|(_, operation)| {
        let exact = Scope::alone(Role::Operation, &operation.id) == operation.id.as_str();
        (!exact, operation.path.len())
    });
    let mut names = vec![String::new(); api.operations.len()];
    for (index, operation) in order {
        let id = renames.operation(&operation.id).unwrap_or(&operation.id);
        let ident = scope
            .free(id)
            .unwrap_or_else(|| scope.ident(&operation.method.name_at(&operation.path)));
        if let Some(name) = names.get_mut(index) {
            *name = plain(ident);
        }
    }
    names
}
