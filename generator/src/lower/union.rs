//! `oneOf` and `anyOf`: a union type, unless a simpler type says the same.
//!
//! What stands beside the alternatives holds for each of them: a branch is the merge of both. Of
//! several lists, every combination is a branch.

use super::alternatives::only_null;
use super::facets::{Facets, SchemaRef};
use super::merge::Part;
use super::merged::{Alternatives, Merged};
use super::schema::{Decision, admit_null};
use super::{Lowering, Owner};
use crate::ir::{Kind, Origin, Shape, TypeId, Union, Use, Variant};
use std::collections::{BTreeMap, BTreeSet};

impl<'a> Lowering<'a, '_> {
    /// What a schema with alternatives is, and whether null is one of its values.
    pub(super) fn union(
        &mut self,
        mut merged: Merged<'a>,
        part: &Part<'a>,
        owner: &Owner,
    ) -> (Decision, bool) {
        let mut nullable = merged.nullable;
        let mut lists = std::mem::take(&mut merged.unions);
        for list in &mut lists {
            let before = list.members.len();
            list.members.retain(|member| !only_null(member));
            nullable |= list.members.len() < before;
        }
        lists.retain(|list| !list.members.is_empty());
        if lists.is_empty() {
            return self.decide(merged, part, owner);
        }
        for list in &lists {
            self.note_within(&list.members, part);
        }
        if let [list] = lists.as_mut_slice() {
            self.keep_agreeing(list, &merged);
        }
        if let [list] = lists.as_slice()
            && let Some((decision, null)) = self
                .text(&merged, &list.members)
                .or_else(|| self.integers(&merged, &list.members, part))
        {
            return (decision, nullable || null);
        }
        let is_chosen = lists.iter().any(|list| list.is_chosen);
        self.expansions += 1;
        let (union, null) = match lists.as_mut_slice() {
            [list] if merged.is_bare() && merged.is_object_or_any() => {
                let added = self.mapped_only(list);
                list.members.extend(added);
                self.branches(list, &merged, part, owner)
            }
            _ => self.combined(lists, &merged, part, owner),
        };
        self.expansions -= 1;
        nullable |= null;
        match union.branches.as_slice() {
            [] => {
                let help = "any JSON value is accepted here; let the lists agree";
                let message = "no combination of these alternatives is possible";
                self.widen(&part.pointer, message, help);
                (Decision::Kind(Kind::Any), false)
            }
            // What is left of a longer list is told by the tag, which it does not have by itself.
            [only] if !is_chosen || only.tag.is_none() => {
                let used = admit_null(only.ty.clone(), nullable);
                (Decision::Kind(used.kind), used.nullable)
            }
            _ => (Decision::Shape(Shape::Union(union)), nullable),
        }
    }

    /// The branches of a list with nothing beside it, and whether one of them admits null.
    fn branches(
        &mut self,
        list: &Alternatives<'a>,
        beside: &Merged<'a>,
        part: &Part<'a>,
        owner: &Owner,
    ) -> (Union, bool) {
        let mut found = Branches::new(owner);
        for (index, member) in list.members.iter().enumerate() {
            self.check_type_beside(beside, member, part);
            let tag = self.tag(member, list);
            let name = self.branch_name(member, index, tag.as_ref());
            let member = Part {
                owner: owner.variant(&name),
                ..member.clone()
            };
            found.add(self.use_of(&member), name, tag);
        }
        found.finish()
    }

    /// What a branch is called: its component, its title, the value that names it, or its place.
    fn branch_name(
        &mut self,
        part: &Part<'a>,
        index: usize,
        tag: Option<&(String, Vec<String>)>,
    ) -> String {
        self.own_name(part, tag)
            .unwrap_or_else(|| format!("variant {}", index + 1))
    }

    pub(super) fn own_name(
        &mut self,
        part: &Part<'a>,
        tag: Option<&(String, Vec<String>)>,
    ) -> Option<String> {
        let schema = match part.schema {
            SchemaRef::Reference(reference) => {
                let id = self.component(reference)?;
                return match &self.types.get(id).origin {
                    Origin::Component(name) => Some(name.clone()),
                    Origin::Inside(..) | Origin::Operation(..) | Origin::Title(_) => None,
                };
            }
            SchemaRef::Item(schema) => schema,
        };
        let title = schema.schema_data.title.as_deref();
        if let Some(title) = title.filter(|title| !title.trim().is_empty()) {
            return Some(title.to_owned());
        }
        if let Some((_, values)) = tag {
            return values.first().cloned();
        }
        let properties = Facets::of(schema).properties;
        for (name, schema) in properties {
            let definition = Part {
                schema,
                pointer: part.pointer.child("properties").child(name),
                owner: part.owner.clone(),
            };
            let named = |value: &String| value.chars().any(char::is_alphabetic);
            if let [only] = self.fixed_values(&[definition]).as_slice()
                && named(only)
                && !matches!(only.as_str(), "true" | "false")
            {
                return Some(only.clone());
            }
        }
        None
    }

    /// A union one of whose branches admits null admits it itself, through unions and aliases.
    pub(super) fn settle_null(&mut self) {
        let mut holders: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
        let mut waiting = Vec::new();
        for (id, ty) in self.types.iter() {
            let held: Vec<&Use> = match &ty.shape {
                Shape::Union(union) => union.branches.iter().map(|branch| &branch.ty).collect(),
                Shape::Alias(used) => vec![used],
                Shape::Object(_)
                | Shape::StringEnum(..)
                | Shape::IntegerEnum(..)
                | Shape::ValueEnum(_) => Vec::new(),
            };
            if ty.nullable || held.iter().any(|used| used.nullable) {
                waiting.push(id);
            }
            for used in held {
                if let Kind::Named(target) = used.kind {
                    holders.entry(target).or_default().push(id);
                }
            }
        }
        let mut seen = BTreeSet::new();
        while let Some(id) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            waiting.extend(holders.get(&id).into_iter().flatten());
            let ty = self.types.get_mut(id);
            ty.nullable |= matches!(ty.shape, Shape::Union(_));
        }
    }
}

/// The branches of a union, each type once.
pub(super) struct Branches {
    /// The union itself, where it is a component: as its own branch it would say nothing.
    own: Option<TypeId>,
    known: BTreeMap<Use, usize>,
    union: Union,
    nullable: bool,
}

impl Branches {
    pub fn new(owner: &Owner) -> Self {
        Self {
            own: owner.component(),
            known: BTreeMap::new(),
            union: Union::default(),
            nullable: false,
        }
    }

    pub fn add(&mut self, used: Use, name: String, tag: Option<(String, Vec<String>)>) {
        self.nullable |= used.nullable;
        let ty = Use {
            nullable: false,
            ..used
        };
        if self.own.is_some_and(|own| ty.kind == Kind::Named(own)) {
            return;
        }
        let next = self.union.branches.len();
        let index = *self.known.entry(ty.clone()).or_insert(next);
        let Some(known) = self.union.branches.get_mut(index) else {
            self.union.branches.push(Variant {
                ty,
                name,
                tag,
                constant: None,
            });
            return;
        };
        // The same type under two values of the tag: both mean it.
        match (&mut known.tag, tag) {
            (Some((_, values)), Some((_, more))) => {
                for value in more {
                    if !values.contains(&value) {
                        values.push(value);
                    }
                }
            }
            (tag, _) => *tag = None,
        }
    }

    pub fn finish(self) -> (Union, bool) {
        (self.union, self.nullable)
    }
}
