//! Alternatives with something beside them, and several lists of alternatives for one value.

use super::merge::Part;
use super::merged::{Alternatives, Merged};
use super::schema::key;
use super::union::Branches;
use super::{Lowering, Owner};
use crate::diagnostic::Code;
use crate::ir::{Union, Use};
use std::collections::BTreeSet;

/// How many branches the combinations of several lists may have.
const COMBINATIONS: usize = 32;

/// How deep unions that stand beside other things are put into each other.
const EXPANSIONS: usize = 3;

/// One alternative of each list.
type Combination<'a> = Vec<Part<'a>>;

impl<'a> Lowering<'a, '_> {
    /// The branches of lists that have something beside them.
    pub(super) fn combined(
        &mut self,
        mut lists: Vec<Alternatives<'a>>,
        common: &Merged<'a>,
        part: &Part<'a>,
        owner: &Owner,
    ) -> (Union, bool) {
        let mut common = common.clone();
        (common.title, common.description, common.deprecated) = (None, None, false);
        self.bound(&mut lists, &mut common, part);
        let list = match lists.as_slice() {
            [list] => list.clone(),
            lists => Alternatives {
                members: Vec::new(),
                discriminator: lists.iter().find_map(|list| list.discriminator.clone()),
                is_chosen: lists.iter().any(|list| list.is_chosen),
            },
        };
        let mut found = Branches::new(owner);
        for (index, combination) in self
            .possible(combinations(&lists), &common, part)
            .into_iter()
            .enumerate()
        {
            let tagged = combination.iter().find_map(|part| self.tag(part, &list));
            let names: Vec<_> = combination
                .iter()
                .filter_map(|part| self.own_name(part, tagged.as_ref()))
                .collect();
            let name = match names.as_slice() {
                [] => format!("variant {}", index + 1),
                names => names.join(" "),
            };
            if let Some(used) = self.combination(&combination, &common, part, &owner.member(&name))
            {
                self.note(&combination, &used);
                found.add(used, name, tagged);
            }
        }
        found.finish()
    }

    /// The combinations that contradict nothing; the last list alone where there are none.
    fn possible(
        &mut self,
        all: Vec<Combination<'a>>,
        common: &Merged<'a>,
        part: &Part<'a>,
    ) -> Vec<Combination<'a>> {
        let mut possible = all.clone();
        possible.retain(|parts| {
            let mut merged = Merged {
                is_trial: true,
                is_contradictory: false,
                ..common.clone()
            };
            self.merge_beside(&mut merged, parts);
            parts.len() < 2 || !merged.is_contradictory
        });
        if !possible.is_empty() {
            return possible;
        }
        if self
            .contradictions
            .insert((part.pointer.path.clone(), String::new()))
        {
            self.diagnostics
                .report(
                    Code::AllOfConflict,
                    &part.pointer,
                    "no alternative of one list agrees with one of another",
                )
                .label("these lists contradict each other")
                .help("the last list was used; let the lists agree");
        }
        let mut seen = BTreeSet::new();
        let last = all.into_iter().filter_map(|mut parts| parts.pop());
        last.filter(|part| seen.insert(part.pointer.path.clone()))
            .map(|part| vec![part])
            .collect()
    }

    /// Puts the properties of the last lists into what is common to all, where there would be too
    /// many combinations, or too many unions inside each other.
    fn bound(
        &mut self,
        lists: &mut Vec<Alternatives<'a>>,
        common: &mut Merged<'a>,
        part: &Part<'a>,
    ) {
        let keep = usize::from(self.expansions <= EXPANSIONS);
        let count = |lists: &[Alternatives<'_>]| {
            let sizes = lists.iter().map(|list| list.members.len());
            sizes.fold(1, usize::saturating_mul)
        };
        let mut is_loose = false;
        while lists.len() > keep
            && (self.expansions > EXPANSIONS || lists.len() > 1)
            && (self.expansions > EXPANSIONS || count(lists) > COMBINATIONS)
        {
            is_loose = true;
            for member in lists.pop().into_iter().flat_map(|list| list.members) {
                let mut branch = self.merge_trial(std::slice::from_ref(&member));
                branch.unions.clear();
                common.absorb_optional(branch);
            }
        }
        if is_loose && self.widened.insert(part.pointer.clone()) {
            self.diagnostics
                .report(
                    Code::Unsupported,
                    &part.pointer,
                    "too many combinations of alternatives for one value",
                )
                .label("this schema")
                .help("the type has the properties of all of them as optional ones");
        }
    }

    /// The type of one alternative of each list, with what is common; nothing where they
    /// contradict each other.
    fn combination(
        &mut self,
        parts: &[Part<'a>],
        common: &Merged<'a>,
        part: &Part<'a>,
        owner: &Owner,
    ) -> Option<Use> {
        let named = |part: &Part<'a>| Part {
            owner: owner.clone(),
            ..part.clone()
        };
        let mut alone = Merged {
            is_trial: true,
            ..Merged::default()
        };
        let met = self.merge_beside(&mut alone, parts);
        let embeds = met.contains_key(&part.pointer.path);
        if let [only] = parts
            && (embeds || common.is_covered_by(&alone))
        {
            return Some(self.use_of(&named(only)));
        }
        let mut merged = Merged {
            is_trial: true,
            is_contradictory: false,
            ..common.clone()
        };
        let parts: Vec<_> = parts.iter().map(named).collect();
        self.merge_beside(&mut merged, &parts);
        if merged.is_contradictory {
            // One list alone that contradicts what stands beside it is a mistake, and believed.
            let [only] = parts.as_slice() else {
                return None;
            };
            self.check_type_beside(common, only, part);
            return Some(self.use_of(only));
        }
        merged.is_trial = false;
        let key = format!("{} with {}", part.pointer.path, key(&parts));
        if !self.open.insert(key.clone()) {
            return Some(Use::ANY);
        }
        let used = match self.only_speaker(&parts, common) {
            Some(speaker) => self.use_of(speaker),
            None => self.merged_use(merged, parts.first().unwrap_or(part), owner, &key),
        };
        self.open.remove(&key);
        Some(used)
    }

    /// The alternative that says everything by itself, where the others and what is common to all
    /// only agree.
    fn only_speaker<'p>(
        &mut self,
        parts: &'p [Part<'a>],
        common: &Merged<'a>,
    ) -> Option<&'p Part<'a>> {
        let merged: Vec<_> = parts
            .iter()
            .map(|part| self.merge_trial(std::slice::from_ref(part)))
            .collect();
        let index = (0..parts.len()).find(|index| {
            let Some(candidate) = merged.get(*index) else {
                return false;
            };
            common.is_covered_by(candidate)
                && merged.iter().enumerate().all(|(other, merged)| {
                    other == *index || (merged.unions.is_empty() && merged.is_covered_by(candidate))
                })
        })?;
        parts.get(index)
    }
}

/// Every choice of one alternative from each list.
fn combinations<'a>(lists: &[Alternatives<'a>]) -> Vec<Combination<'a>> {
    let mut found = vec![Vec::new()];
    for list in lists {
        found = found
            .into_iter()
            .flat_map(|chosen: Combination<'a>| {
                list.members.iter().map(move |member| {
                    let mut chosen = chosen.clone();
                    chosen.push(member.clone());
                    chosen
                })
            })
            .collect();
    }
    found
}
