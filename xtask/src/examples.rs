//! The values that a document gives, made into a test of the generated types.
//!
//! A value is a case when it is valid for its schema by the `jsonschema` crate, which knows nothing
//! of the generator. `format` is asserted: a text that is no date is no value of a date. Null is
//! allowed wherever the document says `nullable`; `readOnly`, `writeOnly` and discriminators are
//! not looked at.

mod translate;

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use specwright::examples::Case;
use specwright::{Pointer, SourceSet, TypedPlace};

use crate::survey::{Realm, Sample, Schema, Survey};
use translate::Translator;

/// The cases, and the values that are none.
#[derive(Debug, Default)]
pub(crate) struct Collected {
    /// Valid values of places that have a type.
    pub(crate) cases: Vec<Case>,
    /// Where each of them stands.
    pub(crate) pointers: Vec<Pointer>,
    /// Valid values of places that the generator did not read.
    pub(crate) homeless: Vec<Pointer>,
    /// Values that are not valid for their schemas.
    pub(crate) invalid: usize,
    /// Why nothing could be validated.
    pub(crate) refused: Option<String>,
}

/// Collects the valid values of a document.
pub(crate) fn collect(
    files: &[Value],
    sources: &SourceSet,
    survey: &Survey<'_>,
    places: &[TypedPlace],
) -> Collected {
    let known: BTreeMap<_, _> = places.iter().map(|place| (&place.pointer, place)).collect();
    let samples = survey.samples.iter();
    let samples: Vec<_> = samples
        .filter(|sample| sample.realm == Realm::Api)
        .map(|sample| (sample, typed(&known, &sample.schema)))
        .collect();
    let mut collected = Collected::default();
    let mut schemas: BTreeSet<&Pointer> = BTreeSet::new();
    for (sample, place) in &samples {
        schemas.insert(&sample.schema.pointer);
        schemas.extend(place.map(|place| &place.pointer));
    }
    let oracle = match Oracle::new(files, sources, &schemas, None) {
        Ok(oracle) => oracle,
        Err(reason) => {
            collected.refused = Some(reason);
            return collected;
        }
    };
    for (sample, place) in samples {
        let schemas = [
            Some(&sample.schema.pointer),
            place.map(|place| &place.pointer),
        ];
        let admits = |value: &Value| {
            let mut schemas = schemas.iter().flatten();
            schemas.all(|schema| oracle.admits(schema, value))
        };
        if !admits(sample.value) {
            collected.invalid += 1;
        } else if let Some(place) = place {
            let written = written(sample.value).filter(admits);
            collected.add(
                sample,
                place,
                written.unwrap_or_else(|| sample.value.clone()),
            );
        } else {
            collected.homeless.push(sample.pointer.clone());
        }
    }
    collected
}

/// The object or array that a text is the JSON of: examples of media types may be texts, and a schema
/// without a `type` admits the text too.
fn written(value: &Value) -> Option<Value> {
    let text = value.as_str()?;
    let value: Value = serde_json::from_str(text).ok()?;
    (value.is_object() || value.is_array()).then_some(value)
}

impl Collected {
    fn add(&mut self, sample: &Sample<'_>, place: &TypedPlace, value: Value) {
        self.pointers.push(sample.pointer.clone());
        self.cases.push(Case {
            rust: place.rust.clone(),
            pointer: sample.pointer.path.clone(),
            value,
        });
    }
}

/// What the generator says of a place, or of the one that it belongs to: the parts of an `allOf`
/// are merged into what has it.
pub(crate) fn typed<'p>(
    known: &BTreeMap<&Pointer, &'p TypedPlace>,
    schema: &Schema,
) -> Option<&'p TypedPlace> {
    if let Some(place) = known.get(&schema.pointer) {
        return Some(place);
    }
    let mut pointer = schema.meant.clone();
    loop {
        if let Some(place) = known.get(&pointer) {
            return Some(place);
        }
        let (above, last) = pointer.path.rsplit_once('/')?;
        last.parse::<usize>().ok()?;
        let above = above.strip_suffix("/allOf")?;
        pointer.path.truncate(above.len());
    }
}

/// Says which values are valid for which schemas.
pub(crate) struct Oracle {
    validator: Validator,
    names: BTreeMap<Pointer, String>,
}

impl Oracle {
    /// One validator for all: it looks at a property for each schema, so that what the schemas have
    /// in common is compiled once.
    /// `hidden` is the mark of properties that are not required after all: `readOnly` or `writeOnly`.
    pub(crate) fn new(
        files: &[Value],
        sources: &SourceSet,
        schemas: &BTreeSet<&Pointer>,
        hidden: Option<&'static str>,
    ) -> Result<Self, String> {
        let mut translator = Translator::new(files, sources, hidden);
        let mut names = BTreeMap::new();
        let mut properties = Map::new();
        for (index, pointer) in schemas.iter().enumerate() {
            let name = index.to_string();
            properties.insert(name.clone(), translator.reference(pointer));
            names.insert((*pointer).clone(), name);
        }
        let schema = json!({ "$defs": translator.definitions(), "properties": properties });
        let options = jsonschema::draft202012::options();
        let validator = options
            .should_validate_formats(true)
            .should_ignore_unknown_formats(true)
            .build(&schema)
            .map_err(|error| format!("{error} at {}", error.schema_path()))?;
        Ok(Self { validator, names })
    }

    pub(crate) fn admits(&self, schema: &Pointer, value: &Value) -> bool {
        let Some(name) = self.names.get(schema) else {
            return false;
        };
        let instance = Map::from_iter([(name.clone(), value.clone())]);
        self.validator.is_valid(&Value::Object(instance))
    }
}

#[cfg(test)]
mod tests;
