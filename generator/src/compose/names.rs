//! Names of types and files: components first, then what stands inside something, by its role.

use crate::ir::{Api, Origin, Shape, TypeId};
use crate::name::{Role, Scope};
use proc_macro2::Ident;
use std::collections::BTreeMap;

/// Where a type is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Home {
    /// The file of a component.
    Component(TypeId),
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
    pub fn of(api: &Api) -> Self {
        let mut names = Self {
            operations: operation_names(api),
            ..Self::default()
        };
        let mut scope = Scope::new(Role::Type);
        let mut modules = Scope::new(Role::Module);
        for (id, ty) in api.types.iter() {
            if let Origin::Component(name) = &ty.origin {
                names.types.insert(id, scope.ident(name));
                names.homes.insert(id, Home::Component(id));
                names
                    .modules
                    .insert(Home::Component(id), modules.ident(name));
            }
        }
        for (id, ty) in api.types.iter() {
            if matches!(ty.shape, Shape::Alias(_)) {
                continue;
            }
            let (text, home) = match &ty.origin {
                Origin::Component(_) => continue,
                Origin::Inside(base, role) => (
                    format!("{} {role}", names.text(*base)),
                    Home::Component(*base),
                ),
                Origin::Operation(index, role) => {
                    let operation = names
                        .operations
                        .get(*index)
                        .map_or("shared", String::as_str);
                    (format!("{operation} {role}"), Home::Operation(*index))
                }
            };
            names.types.insert(id, scope.ident(&text));
            names.homes.insert(id, home);
            if !names.modules.contains_key(&home) {
                let module = match home {
                    Home::Operation(index) => {
                        names.operations.get(index).map_or("shared", String::as_str)
                    }
                    Home::Component(_) => "shared",
                };
                names.modules.insert(home, modules.ident(module));
            }
        }
        names
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
        files.sort_by_key(|(module, _)| module.to_string());
        files
    }

    fn text(&self, id: TypeId) -> String {
        self.types
            .get(&id)
            .map_or_else(String::new, Ident::to_string)
    }
}

/// Method names, unique over the whole client: as text, to be spelt in any case.
fn operation_names(api: &Api) -> Vec<String> {
    let mut scope = Scope::new(Role::Operation);
    let plain = |ident: Ident| ident.to_string().trim_start_matches("r#").to_owned();
    api.operations
        .iter()
        .map(|operation| plain(scope.ident(&operation.id)))
        .collect()
}
