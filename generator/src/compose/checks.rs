//! Constraints: what is said of them, and what `validate` checks.

use super::Context;
use super::patterns::compiles;
use crate::analyse::Facts;
use crate::docs::code;
use crate::ir::{
    self, Additional, Api, Bound, Constraints, Count, Kind, Property, Scalar, Shape, TypeId, Use,
};
use crate::model::{self, Check, FieldCheck, FieldKind, Limit, Presence, Rule};
use crate::options::Options;
use proc_macro2::Ident;
use serde_json::Number;
use std::collections::{BTreeMap, BTreeSet};

/// The longest pattern that is shown in full, in characters.
const PATTERN: usize = 120;

/// Types with a `validate` method: those with constraints, here or in something inside.
pub(super) fn validated(api: &Api, facts: &Facts, options: &Options) -> BTreeSet<TypeId> {
    let mut found = BTreeSet::new();
    if !options.validate {
        return found;
    }
    let mut users: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut waiting = Vec::new();
    for (id, ty) in api.types.iter() {
        if facts.opened.contains(&id) {
            continue;
        }
        for used in crate::analyse::uses(ty) {
            if let Some(inner) = used.named() {
                users.entry(inner).or_default().push(id);
            }
        }
        let constrained = match &ty.shape {
            Shape::Object(object) => {
                ty.constraints
                    .as_ref()
                    .is_some_and(|constraints| constraints.inner.is_some())
                    || object
                        .properties
                        .iter()
                        .any(|property| property.constraints.is_some())
            }
            _ => false,
        };
        if constrained {
            waiting.push(id);
        }
    }
    while let Some(id) = waiting.pop() {
        if found.insert(id) {
            waiting.extend(users.remove(&id).unwrap_or_default());
        }
    }
    found
}

impl Context<'_> {
    /// What is checked of a struct, where it has constraints.
    pub(super) fn field_checks(
        &self,
        id: TypeId,
        object: &ir::Object,
        fields: &[model::Field],
        rest: Option<&model::Rest>,
    ) -> Option<Vec<FieldCheck>> {
        if !self.validated.contains(&id) {
            return None;
        }
        let rows = object.properties.iter().zip(fields).enumerate();
        let mut checks: Vec<_> = rows
            .filter_map(|(index, (property, field))| self.field_check(id, index, property, field))
            .collect();
        if let (Additional::Typed(used), Some(rest)) = (&object.additional, rest) {
            let constraints = self.api.types.get(id).constraints.as_deref();
            let each = self.check(used, inner(constraints));
            if each != Check::Any {
                checks.push(FieldCheck {
                    presence: Presence::Rest,
                    ident: rest.ident.clone(),
                    wire: String::new(),
                    check: Check::Map(Vec::new(), Box::new(each)),
                });
            }
        }
        Some(checks)
    }

    fn field_check(
        &self,
        id: TypeId,
        index: usize,
        property: &Property,
        field: &model::Field,
    ) -> Option<FieldCheck> {
        let mut check = self.inner_check(&property.ty.kind, property.constraints.as_deref());
        if check == Check::Any {
            return None;
        }
        if self.facts.boxed.contains(&(id, index)) {
            check = Check::Boxed(Box::new(check));
        }
        if matches!(field.ty, model::Type::Option(_)) {
            check = Check::OrNull(Box::new(check));
        }
        Some(FieldCheck {
            presence: match field.kind {
                FieldKind::Required => Presence::Required,
                FieldKind::Nullable | FieldKind::ReadOnlyNullable => Presence::Nullable,
                _ => Presence::Optional,
            },
            ident: field.ident.clone(),
            wire: field.wire.clone(),
            check,
        })
    }

    /// What is checked of each variant of a union.
    pub(super) fn variant_checks(
        &self,
        id: TypeId,
        union: &ir::Union,
        variants: &[model::UnionVariant],
    ) -> Option<Vec<(Ident, Check)>> {
        if !self.validated.contains(&id) {
            return None;
        }
        let rows = union.branches.iter().zip(variants);
        let checks = rows.filter_map(|(branch, variant)| {
            let check = match self.inner_check(&branch.ty.kind, None) {
                Check::Any => return None,
                check if matches!(variant.ty, model::Type::Box(_)) => Check::Boxed(Box::new(check)),
                check => check,
            };
            Some((variant.ident.clone(), check))
        });
        Some(checks.collect())
    }

    /// What is checked of a value, null included.
    fn check(&self, used: &Use, constraints: Option<&Constraints>) -> Check {
        match self.inner_check(&used.kind, constraints) {
            Check::Any => Check::Any,
            check if self.admits_null(used) && !self.is_any(used) => Check::OrNull(Box::new(check)),
            check => check,
        }
    }

    fn inner_check(&self, kind: &Kind, constraints: Option<&Constraints>) -> Check {
        let none = Constraints::default();
        let inner = inner(constraints);
        let constraints = constraints.unwrap_or(&none);
        let rules = |rules: Vec<Rule>, make: fn(Vec<Rule>) -> Check| match rules {
            rules if rules.is_empty() => Check::Any,
            rules => make(rules),
        };
        match self.finally(&Use::new(kind.clone())) {
            Some(Kind::Scalar(Scalar::String | Scalar::Secret)) => {
                rules(text_rules(constraints), Check::Text)
            }
            Some(Kind::Scalar(scalar)) if is_number(scalar) => {
                rules(number_rules(constraints), Check::Number)
            }
            Some(Kind::Array(item)) => {
                let counts = count_rules(constraints.items);
                match self.check(&item, inner) {
                    Check::Any if counts.is_empty() && !constraints.unique => Check::Any,
                    each => Check::List(counts, constraints.unique, Box::new(each)),
                }
            }
            Some(Kind::Map(value)) => {
                let counts = count_rules(constraints.properties);
                match self.check(&value, inner) {
                    Check::Any if counts.is_empty() => Check::Any,
                    each => Check::Map(counts, Box::new(each)),
                }
            }
            Some(Kind::Named(id))
                if self.validated.contains(&id)
                    && matches!(
                        self.api.types.get(id).shape,
                        Shape::Object(_) | Shape::Union(_)
                    ) =>
            {
                Check::Nested
            }
            _ => Check::Any,
        }
    }

    /// What the constraints on a value are, in a line.
    pub(super) fn constraint_line(
        &self,
        used: &Use,
        constraints: Option<&Constraints>,
    ) -> Option<String> {
        let mut clauses = Vec::new();
        self.clauses(used, constraints?, "", &mut clauses, 0);
        let line = clauses.join("; ");
        let first = line.chars().next()?;
        let rest = line.get(first.len_utf8()..).unwrap_or_default();
        Some(format!("{}{rest}.", first.to_uppercase()))
    }

    fn clauses(
        &self,
        used: &Use,
        constraints: &Constraints,
        prefix: &str,
        clauses: &mut Vec<String>,
        depth: usize,
    ) {
        if constraints.is_empty() || depth > 4 {
            return;
        }
        let mut add = |clause: String| clauses.push(format!("{prefix}{clause}"));
        let (each, inner) = match self.finally(used) {
            Some(Kind::Scalar(scalar)) => {
                if is_number(scalar) {
                    range_clauses(constraints).into_iter().for_each(&mut add);
                } else {
                    text_clauses(constraints).into_iter().for_each(&mut add);
                }
                return;
            }
            Some(Kind::Array(item)) => {
                count_clause("items", constraints.items)
                    .into_iter()
                    .for_each(&mut add);
                if constraints.unique {
                    add("no two items are equal".to_owned());
                }
                ("each item: ", item)
            }
            Some(Kind::Map(value)) => {
                let clause = count_clause("properties", constraints.properties);
                clause.into_iter().for_each(&mut add);
                ("each value: ", value)
            }
            _ => {
                let clause = count_clause("properties", constraints.properties);
                clause.into_iter().for_each(&mut add);
                return;
            }
        };
        if let Some(found) = &constraints.inner {
            let prefix = format!("{prefix}{each}");
            self.clauses(&inner, found, &prefix, clauses, depth + 1);
        }
    }
}

/// The constraints on what is inside a value.
fn inner(constraints: Option<&Constraints>) -> Option<&Constraints> {
    constraints.and_then(|constraints| constraints.inner.as_deref())
}

fn is_number(scalar: Scalar) -> bool {
    matches!(
        scalar,
        Scalar::I8
            | Scalar::I16
            | Scalar::I32
            | Scalar::I64
            | Scalar::U8
            | Scalar::U16
            | Scalar::U32
            | Scalar::U64
            | Scalar::F64
    )
}

fn text_rules(constraints: &Constraints) -> Vec<Rule> {
    let length = constraints.length;
    let mut rules = Vec::new();
    if !length.is_any() {
        rules.push(Rule::Length(length.least.unwrap_or(0), length.most));
    }
    let patterns = constraints.patterns.iter();
    rules.extend(
        patterns
            .filter(|one| compiles(one))
            .cloned()
            .map(Rule::Pattern),
    );
    rules
}

fn number_rules(constraints: &Constraints) -> Vec<Rule> {
    let end = |bound: &Option<Bound>, closed: fn(Limit) -> Rule, open: fn(Limit) -> Rule| {
        let bound = bound.as_ref()?;
        let make = if bound.exclusive { open } else { closed };
        Some(make(limit(&bound.value)))
    };
    let step = constraints.multiple_of.as_ref();
    [
        end(&constraints.minimum, Rule::Minimum, Rule::Above),
        end(&constraints.maximum, Rule::Maximum, Rule::Below),
        step.map(|step| Rule::MultipleOf(limit(step))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn count_rules(count: Count) -> Vec<Rule> {
    let any = count.is_any();
    let rule = Rule::Count(count.least.unwrap_or(0), count.most);
    (!any).then_some(rule).into_iter().collect()
}

fn limit(number: &Number) -> Limit {
    let whole = number
        .as_i64()
        .map(i128::from)
        .or_else(|| number.as_u64().map(i128::from));
    match whole {
        Some(whole) => Limit::Integer(whole),
        None => Limit::Decimal(number.as_f64().unwrap_or_default()),
    }
}

fn text_clauses(constraints: &Constraints) -> Vec<String> {
    let patterns = constraints.patterns.iter().map(|pattern| {
        let mut shown: String = pattern.chars().take(PATTERN).collect();
        if shown.len() < pattern.len() {
            shown.push('…');
        }
        format!("pattern: {}", code(&shown))
    });
    count_clause("length", constraints.length)
        .into_iter()
        .chain(patterns)
        .collect()
}

fn range_clauses(constraints: &Constraints) -> Vec<String> {
    let minimum = constraints.minimum.as_ref().map(|bound| {
        let word = if bound.exclusive { "above" } else { "at least" };
        (bound.exclusive, word, &bound.value)
    });
    let maximum = constraints.maximum.as_ref().map(|bound| {
        let word = if bound.exclusive { "below" } else { "at most" };
        (bound.exclusive, word, &bound.value)
    });
    let range = match (minimum, maximum) {
        (Some((false, _, least)), Some((false, _, most))) => Some(format!("{least} to {most}")),
        (Some((_, above, least)), Some((_, below, most))) => {
            Some(format!("{above} {least}, {below} {most}"))
        }
        (Some((_, word, value)), None) | (None, Some((_, word, value))) => {
            Some(format!("{word} {value}"))
        }
        (None, None) => None,
    };
    let range = range.map(|range| format!("range: {range}"));
    let step = constraints.multiple_of.as_ref();
    let step = step.map(|step| format!("multiple of {step}"));
    range.into_iter().chain(step).collect()
}

fn count_clause(what: &str, count: Count) -> Option<String> {
    let count = match (count.least, count.most) {
        (None, None) => return None,
        (Some(least), Some(most)) if least == most => format!("exactly {least}"),
        (Some(least), Some(most)) => format!("{least} to {most}"),
        (Some(least), None) => format!("at least {least}"),
        (None, Some(most)) => format!("at most {most}"),
    };
    Some(format!("{what}: {count}"))
}
