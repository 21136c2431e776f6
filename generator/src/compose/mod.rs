//! API → [`model`](crate::model): every decision about the Rust that is printed.
//!
//! Names come from [`name`](crate::name), words from [`docs`](crate::docs), facts from
//! [`analyse`](crate::analyse). After this stage nothing is looked up in the document again.

mod client;
mod example;
mod headers;
mod names;
mod operations;
mod outcome;
mod servers;
mod types;
mod unions;

use crate::analyse::Facts;
use crate::docs::{Writer, code};
use crate::ir::Api;
use crate::model;
use crate::options::Options;
use names::Names;

/// What every part of this stage reads.
struct Context<'a> {
    api: &'a Api,
    facts: &'a Facts,
    options: &'a Options,
    names: Names,
}

/// Composes the model of a whole crate.
pub(crate) fn compose(api: &Api, facts: &Facts, options: &Options) -> model::Crate {
    let context = Context {
        api,
        facts,
        options,
        names: Names::of(api),
    };
    let mut composed = model::Crate {
        name: options.crate_name.clone(),
        docs: context.crate_docs(),
        needs: model::Needs::default(),
        client: context.client(),
        type_files: context.type_files(),
        operation_files: context.operation_files(),
        headers: context.headers(),
    };
    composed.needs = needs(&composed);
    composed
}

impl Context<'_> {
    fn crate_docs(&self) -> model::Docs {
        let title = self.api.title.trim();
        let heading = if title.is_empty() {
            "A client.".to_owned()
        } else {
            format!("A client of {title}.")
        };
        let library = self.options.crate_name.replace('-', "_");
        Writer::new()
            .untrusted(&heading)
            .untrusted(self.api.description.as_deref().unwrap_or_default())
            .paragraph(&format!(
                "{} It was generated from version {} of the document.",
                self.contents(),
                code(&self.api.version)
            ))
            .verbatim([
                "```no_run",
                "# fn main() -> Result<(), Box<dyn std::error::Error>> {",
                &format!(
                    "let client = {library}::Client::builder(){}.build()?;",
                    self.first_credential()
                ),
                "# Ok(())",
                "# }",
                "```",
            ])
            .docs()
    }
}

impl Context<'_> {
    /// Where the reader finds what: only modules that there are may be named.
    fn contents(&self) -> &'static str {
        match (
            self.api.operations.is_empty(),
            self.names.files().is_empty(),
        ) {
            (false, false) => {
                "A [`Client`] has one method per operation; the methods are listed by tag in [`operations`], and what they take and return is in [`types`]."
            }
            (false, true) => {
                "A [`Client`] has one method per operation; the methods are listed by tag in [`operations`]."
            }
            (true, false) => "The document names [`types`], and no operation that uses them.",
            (true, true) => "The document names neither operations nor types.",
        }
    }
}

/// Optional parts of the runtime that the model names.
fn needs(composed: &model::Crate) -> model::Needs {
    let basic = composed
        .client
        .schemes
        .iter()
        .any(|scheme| scheme.kind == model::SchemeKind::Basic);
    let mut needs = model::Needs {
        base64: basic,
        ..model::Needs::default()
    };
    let mut note = |ty: &model::Type| match innermost(ty) {
        model::Type::Base64 => needs.base64 = true,
        model::Type::Timestamp | model::Type::Date => needs.jiff = true,
        model::Type::Uuid => needs.uuid = true,
        _ => {}
    };
    for item in composed.type_files.iter().flat_map(|file| &file.items) {
        match item {
            model::Item::Struct(structure) => {
                structure.fields.iter().for_each(|field| note(&field.ty));
                structure
                    .rest
                    .iter()
                    .filter_map(|rest| rest.value.as_ref())
                    .for_each(&mut note);
            }
            model::Item::Union(union) => {
                union.variants.iter().for_each(|variant| note(&variant.ty))
            }
            model::Item::Alias(alias) => note(&alias.ty),
            model::Item::StringEnum(_) | model::Item::IntegerEnum(_) => {}
        }
    }
    for operation in composed
        .operation_files
        .iter()
        .flat_map(|file| &file.operations)
    {
        operation
            .arguments
            .iter()
            .chain(&operation.setters)
            .for_each(|parameter| note(&parameter.ty));
        let bodies = operation
            .rows
            .iter()
            .map(|row| &row.content)
            .chain(operation.body.iter().map(|body| &body.content));
        bodies.for_each(|content| {
            if let model::Content::Json(ty) = content {
                note(ty);
            }
        });
    }
    composed.headers.iter().for_each(|header| note(&header.ty));
    needs
}

fn innermost(ty: &model::Type) -> &model::Type {
    match ty {
        model::Type::Vec(inner)
        | model::Type::Map(inner)
        | model::Type::Option(inner)
        | model::Type::Box(inner) => innermost(inner),
        other => other,
    }
}
