//! Names that the maintainer chose, matched with what the document has.

use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::ir::{Api, EnumValue, Origin, Shape, TypeId};
use crate::name::{Role, Scope};
use crate::options::Options;
use std::collections::BTreeMap;

/// Chosen names, by what they are for.
#[derive(Debug, Default)]
pub(super) struct Renames<'o> {
    types: BTreeMap<TypeId, &'o str>,
    members: BTreeMap<(TypeId, &'o str), &'o str>,
    operations: BTreeMap<&'o str, &'o str>,
    unmatched: Vec<&'o str>,
}

impl<'o> Renames<'o> {
    /// Finds what each entry is for: a component, or else an operation, or else a property or value.
    pub fn of(api: &Api, options: &'o Options) -> Self {
        let mut renames = Self::default();
        if options.rename.is_empty() {
            return renames;
        }
        let components: BTreeMap<&str, TypeId> = api
            .types
            .iter()
            .filter_map(|(id, ty)| match &ty.origin {
                Origin::Component(name) => Some((name.as_str(), id)),
                _ => None,
            })
            .collect();
        for (key, name) in &options.rename {
            if let Some(id) = components.get(key.as_str()) {
                renames.types.insert(*id, name);
            } else if api.operations.iter().any(|operation| operation.id == *key) {
                renames.operations.insert(key, name);
            } else {
                let member = key.match_indices('.').find_map(|(dot, _)| {
                    let (component, member) = (key.get(..dot)?, key.get(dot + 1..)?);
                    let id = *components.get(component)?;
                    members(api, id)
                        .any(|known| known == member)
                        .then_some((id, member))
                });
                match member {
                    Some(member) => drop(renames.members.insert(member, name)),
                    None => renames.unmatched.push(key),
                }
            }
        }
        renames
    }

    /// What a component is called.
    pub fn component<'a>(&self, id: TypeId, name: &'a str) -> &'a str
    where
        'o: 'a,
    {
        self.types.get(&id).copied().unwrap_or(name)
    }

    /// A value of an enum, with the name that was chosen for it.
    pub fn value(&self, id: TypeId, value: &EnumValue<String>) -> EnumValue<String> {
        let chosen = self.members.get(&(id, value.value.as_str()));
        EnumValue {
            name: chosen.map(|name| (*name).to_owned()).or(value.name.clone()),
            ..value.clone()
        }
    }

    /// What a property of a component is called.
    pub fn member<'a>(&self, id: TypeId, wire: &'a str, name: &'a str) -> &'a str
    where
        'o: 'a,
    {
        self.members.get(&(id, wire)).copied().unwrap_or(name)
    }

    /// What an operation is called, if the maintainer says so.
    pub fn operation(&self, id: &str) -> Option<&'o str> {
        self.operations.get(id).copied()
    }
}

/// The properties of an object, or the values of an enum.
fn members(api: &Api, id: TypeId) -> Box<dyn Iterator<Item = &str> + '_> {
    match &api.types.get(id).shape {
        Shape::Object(object) => Box::new(
            object
                .properties
                .iter()
                .map(|property| property.name.as_str()),
        ),
        Shape::StringEnum(values, _) => Box::new(values.iter().map(|value| value.value.as_str())),
        _ => Box::new(std::iter::empty()),
    }
}

/// Reports entries that match nothing, and names that something else has.
pub(crate) fn check_names(api: &Api, options: &Options, diagnostics: &mut Diagnostics) {
    let renames = Renames::of(api, options);
    for key in &renames.unmatched {
        diagnostics
            .report(
                Code::ConfigUnmatched,
                Pointer::root(),
                format!("the document has nothing called `{key}` to rename"),
            )
            .help("write `Component`, `Component.property`, `Component.value` or an `operationId`, in the document's spelling");
    }
    let mut check = Check { diagnostics };
    if !renames.types.is_empty() {
        let components = api.types.iter().filter_map(|(id, ty)| match &ty.origin {
            Origin::Component(name) => Some((
                name.clone(),
                renames.types.get(&id).map(|new| (*new).to_owned()),
            )),
            _ => None,
        });
        check.scope(Role::Type, components);
    }
    if !renames.operations.is_empty() {
        let operations = api.operations.iter();
        check.scope(
            Role::Operation,
            operations.map(|operation| {
                let new = renames.operation(&operation.id).map(str::to_owned);
                (operation.id.clone(), new)
            }),
        );
    }
    let mut types: Vec<TypeId> = renames.members.keys().map(|(id, _)| *id).collect();
    types.dedup();
    for id in types {
        let role = match api.types.get(id).shape {
            Shape::Object(_) => Role::Field,
            _ => Role::Variant,
        };
        check.scope(
            role,
            members(api, id).map(|member| {
                let new = renames.members.get(&(id, member));
                (member.to_owned(), new.map(|new| (*new).to_owned()))
            }),
        );
    }
}

struct Check<'d> {
    diagnostics: &'d mut Diagnostics,
}

impl Check<'_> {
    /// Whether every chosen name is a name, and nobody else's in its scope.
    fn scope(&mut self, role: Role, entries: impl Iterator<Item = (String, Option<String>)>) {
        let mut known: BTreeMap<String, Vec<(String, Option<String>)>> = BTreeMap::new();
        for (text, new) in entries {
            let ident = Scope::alone(role, new.as_deref().unwrap_or(&text)).to_string();
            known
                .entry(ident.to_lowercase())
                .or_default()
                .push((text, new));
        }
        for entries in known.values() {
            let Some((text, Some(new))) = entries.iter().find(|(_, new)| new.is_some()) else {
                continue;
            };
            let other = entries.iter().find(|(other, _)| other != text);
            let problem = match other {
                Some((other, _)) => {
                    format!("`{text}` cannot be called `{new}`, which is the name of `{other}`")
                }
                None if !is_name(role, new) => format!("`{new}` is not a name for `{text}`"),
                None => continue,
            };
            self.diagnostics
                .report(Code::ConfigUnmatched, Pointer::root(), problem)
                .help("choose another name in `rename`");
        }
    }
}

/// Whether a chosen name is spelt as it will stand in the code, keywords aside.
fn is_name(role: Role, name: &str) -> bool {
    let ident = Scope::alone(role, name).to_string();
    ident.trim_start_matches("r#") == name
}
