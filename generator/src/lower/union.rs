//! `oneOf` and `anyOf`: what can be said without a union type is said; the rest is widened, loudly.

use super::facets::{Facets, JsonType, SchemaRef};
use super::merge::{Merged, Part};
use super::schema::{Decision, admit_null};
use super::{Lowering, Owner, scalar};
use crate::diagnostic::Code;
use crate::ir::{Kind, Scalar};
use serde_json::Value;

impl<'a> Lowering<'a, '_> {
    /// Alternatives that only say which properties are required constrain a struct, and stay one.
    pub(super) fn check_constraint_only(&mut self, merged: &mut Merged<'a>, part: &Part<'a>) {
        let known = std::mem::take(&mut merged.unions);
        for union in known {
            let constrains = union.iter().all(only_requires);
            if constrains {
                self.diagnostics
                    .report(
                        Code::Unsupported,
                        &part.pointer,
                        "the alternatives only say which properties must be present together",
                    )
                    .label("this schema")
                    .help(
                        "the type has all the properties; which of them go together is not checked",
                    );
            } else {
                merged.unions.push(union);
            }
        }
    }

    /// What a schema with alternatives is, and whether null is one of its values.
    pub(super) fn union(
        &mut self,
        merged: Merged<'a>,
        part: &Part<'a>,
        owner: &Owner,
    ) -> (Decision, bool) {
        let mut nullable = merged.nullable;
        let mut unions = Vec::new();
        for union in &merged.unions {
            let (null, rest): (Vec<_>, Vec<_>) = union.iter().cloned().partition(only_null);
            nullable |= !null.is_empty();
            unions.push(rest);
        }
        if !merged.properties.is_empty() {
            self.diagnostics
                .report(Code::Unsupported, &part.pointer, "alternatives beside properties are not supported yet")
                .label("this schema")
                .help("the type has the properties that are common to all; others are kept in its additional properties");
            let rest = Merged {
                unions: Vec::new(),
                ..merged
            };
            return (self.object(&rest, owner), nullable);
        }
        if let [alternatives] = unions.as_slice() {
            if let [single] = alternatives.as_slice() {
                let used = admit_null(self.use_of(single), nullable);
                return (Decision::Kind(used.kind), used.nullable);
            }
            if !alternatives.is_empty() && alternatives.iter().all(|part| self.is_text(part, 0)) {
                return (Decision::Kind(Kind::Scalar(Scalar::String)), nullable);
            }
        }
        self.widen(
            &part.pointer,
            "`oneOf` and `anyOf` are not supported yet",
            "any JSON value is accepted here; match on it in the application",
        );
        (Decision::Kind(Kind::Any), false)
    }

    /// Whether every value of a schema is a string.
    fn is_text(&mut self, part: &Part<'a>, depth: usize) -> bool {
        match part.schema {
            SchemaRef::Item(schema) => {
                let facets = Facets::of(schema);
                let scalar = facets
                    .json_type
                    .and_then(|ty| scalar::scalar(ty, facets.format.as_deref()));
                facets.json_type == Some(JsonType::String)
                    && scalar != Some(Scalar::Secret)
                    && !facets.data.nullable
            }
            SchemaRef::Reference(reference) => {
                depth < 16
                    && self
                        .resolve_schema(reference, &part.pointer)
                        .is_some_and(|target| self.is_text(&target, depth + 1))
            }
        }
    }
}

/// Whether a schema says nothing but `required`.
fn only_requires(part: &Part<'_>) -> bool {
    let SchemaRef::Item(schema) = part.schema else {
        return false;
    };
    let facets = Facets::of(schema);
    !facets.required.is_empty()
        && facets.json_type.is_none_or(|ty| ty == JsonType::Object)
        && facets.properties.is_empty()
        && facets.additional.is_none()
        && facets.items.is_none()
        && facets.enumeration.is_empty()
        && facets.all_of.is_empty()
        && facets.one_of.is_empty()
        && facets.any_of.is_empty()
}

/// Whether null is the only value of a schema: 3.0 writes that as an enum of null.
fn only_null(part: &Part<'_>) -> bool {
    let SchemaRef::Item(schema) = part.schema else {
        return false;
    };
    let facets = Facets::of(schema);
    !facets.enumeration.is_empty() && facets.enumeration.iter().all(Value::is_null)
}
