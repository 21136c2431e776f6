//! Spec → [`ir::Api`]: resolves references, decides what each schema *is*, collects every problem.
//!
//! Components get their ids first and are lowered second, so that it does not matter which refers
//! to which. An inline schema is lowered once, wherever it is reached from, and is named for the
//! place where it stands. Nothing here makes a Rust name.

mod alternatives;
mod body;
mod chosen;
mod combine;
mod components;
mod configured;
mod constraints;
mod contained;
mod defaults;
mod enum_names;
mod enumeration;
mod facets;
mod family;
mod files;
mod items;
mod merge;
mod merged;
mod multipart;
mod narrowed;
mod object;
mod operation;
mod pages;
mod parameter;
mod places;
mod repeat;
mod representation;
mod resolve;
mod response;
mod scalar;
mod schema;
mod security;
mod server;
mod style;
mod tag;
mod template;
mod union;

use crate::deserialize::{Additional, DeepReferences, Spec};
use crate::diagnostic::{Code, Diagnostics, Pointer};
use crate::ir::{self, Step};
use crate::options::Options;
use openapiv3::OpenAPI;
use places::Places;
use std::collections::{BTreeMap, BTreeSet};

/// What an inline type is named for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Owner {
    base: Base,
    /// The way from the base to it; empty for the base itself.
    role: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Base {
    Type(ir::TypeId),
    Operation(usize),
}

impl Owner {
    fn of(id: ir::TypeId) -> Self {
        Self {
            base: Base::Type(id),
            role: Vec::new(),
        }
    }

    fn operation(index: usize, role: &str) -> Self {
        Self {
            base: Base::Operation(index),
            role: vec![Step::Named(role.to_owned())],
        }
    }

    /// A property inside it.
    fn member(&self, name: &str) -> Self {
        self.step(Step::Named(name.to_owned()))
    }

    /// An alternative.
    fn variant(&self, name: &str) -> Self {
        self.step(Step::Variant(name.to_owned()))
    }

    /// The items of a list.
    fn item(&self) -> Self {
        self.step(Step::Item)
    }

    /// The values of a map.
    fn value(&self) -> Self {
        self.step(Step::Value)
    }

    fn step(&self, step: Step) -> Self {
        let mut role = self.role.clone();
        role.push(step);
        Self {
            base: self.base,
            role,
        }
    }

    /// The type itself, where this is not something inside it.
    fn component(&self) -> Option<ir::TypeId> {
        match self.base {
            Base::Type(id) if self.role.is_empty() => Some(id),
            Base::Type(_) | Base::Operation(_) => None,
        }
    }

    fn origin(&self) -> ir::Origin {
        match self.base {
            Base::Type(id) => ir::Origin::Inside(id, self.role.clone()),
            Base::Operation(index) => ir::Origin::Operation(index, self.role.clone()),
        }
    }
}

/// The state of one run.
struct Lowering<'a, 'd> {
    api: &'a OpenAPI,
    deep: &'a DeepReferences,
    additional: &'a Additional,
    spec: &'a Spec,
    options: &'a Options,
    diagnostics: &'d mut Diagnostics,
    types: ir::Types,
    components: BTreeMap<&'a str, ir::TypeId>,
    /// Inline schemas by their pointers, so that each is lowered once.
    inline: BTreeMap<String, ir::Use>,
    /// Inline schemas that are being lowered, to notice circles without a type in between.
    open: BTreeSet<String>,
    widened: BTreeSet<Pointer>,
    /// Contradictions that were reported: the place, and the earlier one.
    contradictions: BTreeSet<(String, String)>,
    /// The components that extend each component with `allOf`.
    children: BTreeMap<ir::TypeId, Vec<ir::TypeId>>,
    /// How many unions beside other things stand inside each other just now.
    expansions: usize,
    /// Configured secrets that were found.
    secrets: BTreeSet<&'a str>,
    places: Places,
    /// Configured formats and types that were found.
    configured: configured::Found<'a>,
    /// What is known of files in bodies of parts.
    files: files::Files<'a>,
}

/// Lowers a whole document.
pub(crate) fn lower(spec: &Spec, options: &Options, diagnostics: &mut Diagnostics) -> ir::Api {
    let mut lowering = Lowering {
        api: &spec.api,
        deep: &spec.deep,
        additional: &spec.additional,
        spec,
        options,
        diagnostics,
        types: ir::Types::default(),
        components: BTreeMap::new(),
        inline: BTreeMap::new(),
        open: BTreeSet::new(),
        widened: BTreeSet::new(),
        contradictions: BTreeSet::new(),
        children: BTreeMap::new(),
        expansions: 0,
        secrets: BTreeSet::new(),
        places: Places::new(options.places),
        configured: configured::Found::default(),
        files: files::Files::of(spec),
    };
    lowering.components();
    let schemes = lowering.schemes();
    let (mut operations, operations_total) = lowering.operations(&schemes);
    lowering.settle_null();
    lowering.settle_files(&operations);
    defaults::check(&mut lowering.types, &mut operations, lowering.diagnostics);
    lowering.check_secrets();
    let closed = lowering.closed_enums();
    lowering.check_configured();
    lowering.check_idempotency(&operations);
    lowering.settle_pages(&mut operations);
    lowering.check_servers();
    ir::Api {
        title: spec.api.info.title.clone(),
        description: spec.api.info.description.clone(),
        version: spec.api.info.version.clone(),
        digest: spec.digest.clone(),
        servers: lowering.servers(&spec.api.servers),
        schemes,
        externals: lowering.configured.externals,
        closed,
        operations,
        operations_total,
        tags: tags(&spec.api),
        schemas: lowering.components.len(),
        widened: lowering.widened.into_iter().collect(),
        places: lowering.places.into_notes(),
        types: lowering.types,
    }
}

fn tags(api: &OpenAPI) -> Vec<ir::Tag> {
    api.tags
        .iter()
        .filter_map(|tag| {
            let description = tag.description.clone()?;
            Some(ir::Tag {
                name: tag.name.clone(),
                description,
            })
        })
        .collect()
}

impl<'a> Lowering<'a, '_> {
    /// What a reference to something else than a schema says of it, which wins over what stands
    /// there.
    fn described(&self, reference: &Pointer) -> Option<&'a str> {
        self.spec.described(reference)
    }

    /// A schema became a free-form value although the document says more.
    fn widen(&mut self, pointer: &Pointer, message: &str, help: &str) -> ir::Use {
        if self.widened.insert(pointer.clone()) {
            self.diagnostics
                .report(Code::Widened, pointer, message)
                .label("becomes a free-form JSON value")
                .help(help);
        }
        ir::Use::ANY
    }

    fn check_secrets(&mut self) {
        for secret in &self.options.secrets {
            if !self.secrets.contains(secret.as_str()) {
                self.diagnostics
                    .report(Code::ConfigUnmatched, Pointer::root(), format!("the configured secret `{secret}` is not a string property of the document"))
                    .help("write it as `Component.property`, in the document's spelling, or remove it");
            }
        }
    }
}
