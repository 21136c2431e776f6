//! Short ways to write a model down.
#![allow(dead_code, reason = "each test file uses a part of it")]

use proc_macro2::{Ident, Span};
use specwright::model::*;

pub fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

pub fn docs(text: &str) -> Docs {
    Docs {
        lines: text.lines().map(str::to_owned).collect(),
    }
}

pub fn named(name: &str) -> Type {
    Type::Named(ident(name))
}

pub fn vec(item: Type) -> Type {
    Type::Vec(Box::new(item))
}

pub fn map(value: Type) -> Type {
    Type::Map(Box::new(value))
}

pub fn option(value: Type) -> Type {
    Type::Option(Box::new(value))
}

pub fn boxed(value: Type) -> Type {
    Type::Box(Box::new(value))
}

/// A field; required ones are arguments of `new`.
pub fn field(kind: FieldKind, name: &str, wire: &str, ty: Type) -> Field {
    Field {
        docs: docs(&format!("The `{wire}` of it.")),
        deprecated: false,
        ident: ident(name),
        wire: wire.to_owned(),
        kind,
        ty,
        argument: kind == FieldKind::Required,
        constant: None,
    }
}

/// A sent struct with untyped further properties.
pub fn structure(name: &str, fields: Vec<Field>) -> Struct {
    Struct {
        docs: docs(&format!("Schema `{name}`.")),
        deprecated: false,
        ident: ident(name),
        constants: Vec::new(),
        fields,
        rest: rest(None),
        setters: true,
        is_branch: false,
        checks: None,
        defaults: Defaults::default(),
    }
}

pub fn rest(value: Option<Type>) -> Option<Rest> {
    Some(Rest {
        ident: ident("additional_properties"),
        value,
    })
}

pub fn string_enum(name: &str, variants: &[(&str, &str)]) -> StringEnum {
    StringEnum {
        docs: docs(&format!("Schema `{name}`.")),
        deprecated: false,
        ident: ident(name),
        variants: variants
            .iter()
            .map(|(name, wire)| StringVariant {
                docs: docs(&format!("`{wire}`")),
                ident: ident(name),
                wire: (*wire).to_owned(),
            })
            .collect(),
        fallback: Some(ident("Unrecognized")),
        default: None,
    }
}

pub fn integer_enum(name: &str, repr: Type, variants: &[(&str, i128)]) -> IntegerEnum {
    IntegerEnum {
        docs: docs(&format!("Schema `{name}`.")),
        deprecated: false,
        ident: ident(name),
        repr,
        variants: variants
            .iter()
            .map(|(name, wire)| IntegerVariant {
                docs: docs(&format!("`{wire}`")),
                ident: ident(name),
                wire: *wire,
            })
            .collect(),
        fallback: Some(ident("Unrecognized")),
    }
}

pub fn alias(name: &str, ty: Type) -> Alias {
    Alias {
        docs: docs(&format!("Schema `{name}`.")),
        deprecated: false,
        ident: ident(name),
        ty,
    }
}

pub fn type_file(module: &str, items: Vec<Item>) -> TypeFile {
    TypeFile {
        module: ident(module),
        items,
    }
}

pub fn parameter(location: Location, name: &str, wire: &str, ty: Type) -> Parameter {
    Parameter {
        allow_reserved: false,
        docs: docs(&format!("Parameter `{wire}`.")),
        deprecated: false,
        ident: ident(name),
        wire: wire.to_owned(),
        location,
        shape: ParameterShape::Single,
        ty,
    }
}

pub fn array(style: ArrayStyle, parameter: Parameter) -> Parameter {
    Parameter {
        shape: ParameterShape::Array(style),
        ..parameter
    }
}

pub fn json_body(required: bool, ty: Type) -> Option<Body> {
    Some(body(required, "application/json", Content::Json(ty)))
}

/// A body without a choice.
pub fn body(required: bool, content_type: &str, content: Content) -> Body {
    Body {
        docs: docs("The body."),
        ident: ident("body"),
        required,
        choices: vec![Choice {
            docs: docs("It."),
            ident: ident("Json"),
            content_type: content_type.to_owned(),
            content,
            is_unique: true,
        }],
        choice: None,
    }
}

pub fn row(status: Status, reading: Reading) -> Row {
    let verdict = match status {
        Status::Exact(200..=299) | Status::Range(2) => Verdict::Success,
        Status::Exact(_) | Status::Range(_) | Status::Default => Verdict::Failure,
    };
    Row {
        status,
        verdict,
        arms: vec![Arm {
            media: vec!["*/*".to_owned()],
            reading,
            variant: None,
        }],
    }
}

/// A row whose body is a variant of an outcome's enum.
pub fn row_as(status: Status, reading: Reading, name: &str, variant: &str) -> Row {
    let mut row = row(status, reading);
    for arm in &mut row.arms {
        arm.variant = Some((ident(name), ident(variant)));
    }
    row
}

/// `GET` without anything; `name` is the snake case method, `camel` the start of the type names.
pub fn operation(name: &str, camel: &str, path: &str) -> Operation {
    Operation {
        docs: docs(&format!("`GET {path}`")),
        deprecated: false,
        method_ident: ident(name),
        constant_ident: ident(&name.to_uppercase()),
        request: Some(RequestType {
            ident: ident(&format!("{camel}Request")),
            marker_ident: ident(&format!("{camel}Operation")),
        }),
        id: camel.to_owned(),
        http_method: HttpMethod::Get,
        path: path.to_owned(),
        place: format!("GET {path}"),
        accept: "application/json".to_owned(),
        security: vec![vec!["auth".to_owned()]],
        server: None,
        servers: None,
        unread: Vec::new(),
        repeat: Repeat::ByMethod,
        pages: None,
        arguments: Vec::new(),
        setters: Vec::new(),
        body: None,
        success: Outcome::One(Reading::Empty),
        failure: Outcome::Undocumented,
        rows: vec![row(Status::Exact(204), Reading::Empty)],
        items: Vec::new(),
        enums: Vec::new(),
    }
}

pub fn operation_file(module: &str, operations: Vec<Operation>) -> OperationFile {
    OperationFile {
        module: ident(module),
        docs: docs(&format!("Tag `{module}`.")),
        operations,
    }
}

pub fn servers(list: Vec<Server>) -> Option<Servers> {
    Some(Servers {
        docs: docs("A server that the document names."),
        ident: ident("Server"),
        list,
        enums: Vec::new(),
    })
}

pub fn client() -> ClientModel {
    ClientModel {
        base_url: "https://api.example.com".to_owned(),
        servers: None,
        schemes: vec![Scheme {
            name: "auth".to_owned(),
            kind: SchemeKind::Bearer,
        }],
        credentials: vec![CredentialSetter {
            ident: ident("bearer_token"),
            docs: docs("Sends a bearer token."),
            schemes: vec!["auth".to_owned()],
            takes: Takes::Secret,
        }],
        environment: None,
    }
}

pub fn api() -> Crate {
    Crate {
        name: "example-api".to_owned(),
        docs: docs("An example."),
        needs: Needs::default(),
        client: client(),
        type_files: Vec::new(),
        operation_files: Vec::new(),
        headers: Vec::new(),
        places: Vec::new(),
    }
}

/// The text of one file of a crate.
pub fn text(api: &Crate, path: &str) -> String {
    let mut files = specwright::format::format(specwright::emit::emit(api)).expect("formats");
    files
        .remove(path)
        .unwrap_or_else(|| panic!("no {path} in {:?}", files.keys()))
}

/// The text of a types file with these items.
pub fn types_text(items: Vec<Item>) -> String {
    text(
        &Crate {
            type_files: vec![type_file("thing", items)],
            ..api()
        },
        "src/types/thing.rs",
    )
}

/// The text of an operations file with these operations.
pub fn operations_text(operations: Vec<Operation>) -> String {
    let operation_files = vec![operation_file("things", operations)];
    text(
        &Crate {
            operation_files,
            ..api()
        },
        "src/operations/things.rs",
    )
}
