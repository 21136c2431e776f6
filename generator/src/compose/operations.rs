//! Operations, filed by tag.

use super::outcome::Outcomes;
use super::status;
use super::types::short;
use super::{Context, servers};
use crate::diagnostic::unescaped;
use crate::docs::{Writer, code};
use crate::ir::{self, ParameterShape, Status};
use crate::model::{self, ArrayStyle};
use crate::name::{Role, Scope, words};
use proc_macro2::Ident;
use std::collections::BTreeMap;

/// The scopes that all operations share.
struct Scopes {
    methods: Scope,
    constants: Scope,
    types: Scope,
}

/// The servers of an operation's own, where there is something to choose, and the name of the setter.
fn own_servers(
    operation: &ir::Operation,
    name: &str,
    parameters: &mut Scope,
    types: &mut Scope,
) -> Option<(Ident, model::Servers)> {
    let is_choice = match operation.servers.as_slice() {
        [only] => !only.variables.is_empty(),
        several => several.len() > 1,
    };
    let choice = || {
        let docs = format!("A server of {}.", code(&operation.id));
        servers::servers(&operation.servers, &format!("{name} server"), &docs, types)
    };
    let servers = is_choice.then(choice).flatten()?;
    Some((parameters.ident("server"), servers))
}

impl Context<'_> {
    pub(super) fn operation_files(&self) -> Vec<model::OperationFile> {
        let mut scopes = Scopes {
            methods: Scope::new(Role::Operation),
            constants: Scope::new(Role::Constant),
            types: Scope::new(Role::Type),
        };
        let mut groups: BTreeMap<Ident, model::OperationFile> = BTreeMap::new();
        for (index, operation) in self.api.operations.iter().enumerate() {
            let composed = self.operation(index, operation, &mut scopes);
            // Tags that differ by case or by signs alone are one.
            let module = Scope::alone(Role::Module, &operation.group);
            let file = groups
                .entry(module.clone())
                .or_insert_with(|| model::OperationFile {
                    module,
                    docs: self.group_docs(&operation.group),
                    operations: Vec::new(),
                });
            file.operations.push(composed);
        }
        groups.into_values().collect()
    }

    fn group_docs(&self, group: &str) -> model::Docs {
        let tag = self.api.tags.iter().find(|tag| tag.name == group);
        let heading = format!("Operations of {}.", code(group));
        Writer::new()
            .paragraph(&heading)
            .untrusted(tag.map(|tag| tag.description.as_str()).unwrap_or_default())
            .docs()
    }

    fn operation(
        &self,
        index: usize,
        operation: &ir::Operation,
        scopes: &mut Scopes,
    ) -> model::Operation {
        let name = self
            .names
            .operations
            .get(index)
            .map_or(operation.id.as_str(), String::as_str);
        let method_ident = scopes.methods.ident(name);
        let outcomes = Outcomes::of(self, operation, name, &mut scopes.types);
        let methods: &[&str] = match operation.pages {
            Some(_) => &["items", "pages"],
            None => &[],
        };
        let mut parameters = Scope::reserving(Role::Parameter, methods);
        let (arguments, setters) = self.parameters(operation, &mut parameters);
        let servers = own_servers(operation, name, &mut parameters, &mut scopes.types);
        let is_plain = is_plain(operation) && servers.is_none();
        model::Operation {
            docs: self.operation_docs(operation, &method_ident, &arguments),
            deprecated: operation.deprecated,
            constant_ident: scopes.constants.ident(name),
            request: (!is_plain).then(|| model::RequestType {
                ident: scopes.types.ident(&format!("{name} request")),
                marker_ident: scopes.types.ident(&format!("{name} operation")),
            }),
            method_ident,
            id: operation.id.clone(),
            http_method: http_method(&operation.method),
            // A fragment tells operations apart, and is no part of a request.
            path: without_fragment(&operation.path),
            place: format!("{} {}", operation.method.token(), document_path(operation)),
            accept: operation.accept.join(", "),
            security: operation.security.clone(),
            server: operation.servers.first().map(ir::Server::default_url),
            servers,
            unread: outcomes.unread(),
            repeat: operation.repeat.clone(),
            pages: self.pages(operation),
            arguments,
            setters,
            body: operation
                .body
                .as_ref()
                .map(|body| self.body(body, name, &mut scopes.types)),
            success: outcomes.success,
            failure: outcomes.failure,
            rows: outcomes.rows,
            items: Vec::new(),
            enums: outcomes.enums,
        }
    }

    /// The required parameters, and then the optional ones.
    fn parameters(
        &self,
        operation: &ir::Operation,
        scope: &mut Scope,
    ) -> (Vec<model::Parameter>, Vec<model::Parameter>) {
        let mut named = |required: bool| {
            let parameters = operation.parameters.iter();
            parameters
                .filter(|parameter| parameter.required == required)
                .map(|parameter| self.parameter(parameter, operation, scope))
                .collect()
        };
        (named(true), named(false))
    }

    fn pages(&self, operation: &ir::Operation) -> Option<model::Pages> {
        let pages = operation.pages.as_ref()?;
        let items = pages.items.as_ref().and_then(|pointer| {
            let item = self.api.types.items_at(operation.page_body()?, pointer)?;
            Some((pointer.clone(), self.ty(item)))
        });
        Some(model::Pages {
            next: pages.next.clone(),
            more: pages.more.clone(),
            items,
        })
    }

    fn parameter(
        &self,
        parameter: &ir::Parameter,
        operation: &ir::Operation,
        scope: &mut Scope,
    ) -> model::Parameter {
        let fallback = format!("Sets {}.", code(&parameter.name));
        let mut docs = Writer::new().untrusted_or(parameter.description.as_deref(), &fallback);
        let list = ir::Use::new(ir::Kind::Array(Box::new(parameter.ty.clone())));
        let used = match parameter.shape {
            ParameterShape::Single | ParameterShape::Value(..) | ParameterShape::QueryString(_) => {
                &parameter.ty
            }
            _ => &list,
        };
        if let Some(line) = self.constraint_line(used, parameter.constraints.as_deref()) {
            docs = docs.paragraph(&line);
        }
        if let Some(default) = parameter
            .default
            .as_ref()
            .filter(|default| !default.is_null())
        {
            docs = docs.paragraph(&format!(
                "The server takes {} when it is not sent.",
                code(&short(default))
            ));
        }
        model::Parameter {
            docs: docs.docs(),
            deprecated: parameter.deprecated,
            ident: scope.ident(&called(parameter, &operation.parameters)),
            wire: parameter.name.clone(),
            location: match parameter.location {
                ir::Location::Path => model::Location::Path,
                ir::Location::Query => model::Location::Query,
                ir::Location::Header => model::Location::Header,
                ir::Location::Cookie => model::Location::Cookie,
            },
            allow_reserved: parameter.allow_reserved,
            shape: match parameter.shape {
                ParameterShape::Single => model::ParameterShape::Single,
                ParameterShape::Exploded => model::ParameterShape::Array(ArrayStyle::Exploded),
                ParameterShape::Comma => model::ParameterShape::Array(ArrayStyle::Comma),
                ParameterShape::Space => model::ParameterShape::Array(ArrayStyle::Space),
                ParameterShape::Pipe => model::ParameterShape::Array(ArrayStyle::Pipe),
                ParameterShape::Value(style, explode) => {
                    model::ParameterShape::Value(style, explode)
                }
                ParameterShape::QueryString(style) => model::ParameterShape::QueryString(style),
            },
            ty: match self.kind(&parameter.ty.kind) {
                // What is sent is of the format.
                model::Type::Formatted(value) => *value,
                other => other,
            },
        }
    }

    /// What the method does, what it may answer, and how it is called.
    fn operation_docs(
        &self,
        operation: &ir::Operation,
        method: &Ident,
        arguments: &[model::Parameter],
    ) -> model::Docs {
        let summary = operation
            .summary
            .as_deref()
            .filter(|summary| !summary.trim().is_empty());
        let description = operation
            .description
            .as_deref()
            .filter(|description| Some(*description) != summary);
        let request = format!("{} {}", operation.method.token(), operation.path);
        let mut writer = Writer::new()
            .untrusted(summary.unwrap_or_default())
            .untrusted(description.unwrap_or_default())
            .paragraph(&format!("Sends {}.", code(&request)));
        let errors: Vec<_> = operation
            .responses
            .iter()
            .filter(|response| is_error(response.status))
            .map(error_line)
            .collect();
        if !errors.is_empty() {
            let lines: Vec<_> = errors
                .iter()
                .flat_map(|docs| &docs.lines)
                .map(String::as_str)
                .collect();
            writer = writer
                .paragraph("# Errors")
                .paragraph("Declared by the API:")
                .verbatim(lines);
        }
        let example = self.example(operation, method, arguments);
        if example.is_empty() {
            return writer.docs();
        }
        writer
            .paragraph("# Example")
            .verbatim(example.iter().map(String::as_str))
            .docs()
    }
}

/// What a parameter is called: by its name, and by its location, too, where one of the same name is in
/// the path, or else in the query, or else in a header.
fn called(parameter: &ir::Parameter, all: &[ir::Parameter]) -> String {
    let mut others = all
        .iter()
        .filter(|other| other.location < parameter.location)
        .peekable();
    let own = others.peek().map(|_| words(&parameter.name));
    let has_twin = others.any(|other| Some(words(&other.name)) == own);
    let location = match parameter.location {
        _ if !has_twin => return parameter.name.clone(),
        ir::Location::Path => "path",
        ir::Location::Query => "query",
        ir::Location::Header => "header",
        ir::Location::Cookie => "cookie",
    };
    format!("{} {location}", parameter.name)
}

/// `/files/{id}#copy` is `/files/{id}`.
fn without_fragment(path: &str) -> String {
    path.split('#').next().unwrap_or_default().to_owned()
}

/// The path as it stands in the document.
fn document_path(operation: &ir::Operation) -> String {
    let mut segments = operation.pointer.path.split('/').skip(1);
    match (segments.next(), segments.next()) {
        (Some("paths"), Some(path)) => unescaped(path),
        _ => operation.path.clone(),
    }
}

fn is_error(status: Status) -> bool {
    !matches!(status, Status::Exact(100..=299) | Status::Range(1 | 2))
}

/// `- 404 Not Found: No such token.`
fn error_line(response: &ir::Response) -> model::Docs {
    let phrase = status::phrase(response.status);
    let status = phrase.unwrap_or_else(|| "any other status".to_owned());
    let first = response
        .description
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or_default();
    let separator = if first.is_empty() { "" } else { ": " };
    Writer::new()
        .untrusted(&format!("- {status}{separator}{first}"))
        .docs()
}

fn http_method(method: &ir::Method) -> model::HttpMethod {
    match method {
        ir::Method::Get => model::HttpMethod::Get,
        ir::Method::Put => model::HttpMethod::Put,
        ir::Method::Post => model::HttpMethod::Post,
        ir::Method::Delete => model::HttpMethod::Delete,
        ir::Method::Options => model::HttpMethod::Options,
        ir::Method::Head => model::HttpMethod::Head,
        ir::Method::Patch => model::HttpMethod::Patch,
        ir::Method::Trace => model::HttpMethod::Trace,
        ir::Method::Query => model::HttpMethod::Query,
        ir::Method::Extension(token) => model::HttpMethod::Extension(token.clone()),
    }
}

/// Whether the method takes all parameters and the body, and there are no pages.
fn is_plain(operation: &ir::Operation) -> bool {
    let has_all = operation.parameters.iter().all(|one| one.required);
    let has_body = operation.body.as_ref().is_none_or(|body| body.required);
    has_all && has_body && operation.pages.is_none()
}
