//! The document around its schemas.

use super::members::{Held, Members, map, text, unlike};
use super::referable;
use super::schema::schema;
use indexmap::IndexMap;
use openapiv3::{
    Components, Content, Encoding, Header, MediaType, OpenAPI, Operation, Parameter, ParameterData,
    ParameterSchemaOrContent, PathItem, Paths, RequestBody, Response, Responses, SecurityScheme,
    StatusCode,
};
use serde::Deserialize;
use serde_json::Value;

pub(super) fn document(value: &Value) -> Held<OpenAPI> {
    let members = Members::of(value)?;
    Ok(OpenAPI {
        openapi: text(members.required("openapi")?)?,
        info: members.leaf("info")?,
        servers: members.leaf("servers")?,
        paths: paths(members.required("paths")?)?,
        components: members.optional("components", components)?,
        security: members.leaf("security")?,
        tags: members.leaf("tags")?,
        external_docs: members.leaf("externalDocs")?,
        extensions: members.extensions(),
    })
}

fn components(value: &Value) -> Held<Components> {
    let members = Members::of(value)?;
    Ok(Components {
        schemas: members.map("schemas", referable(schema))?,
        responses: members.map("responses", referable(response))?,
        parameters: members.map("parameters", referable(parameter))?,
        examples: IndexMap::new(), // `normalise` takes them away, as links and callbacks
        request_bodies: members.map("requestBodies", referable(request_body))?,
        headers: members.map("headers", referable(header))?,
        security_schemes: members.map("securitySchemes", referable(security_scheme))?,
        links: IndexMap::new(),
        callbacks: IndexMap::new(),
        extensions: members.extensions(),
    })
}

fn paths(value: &Value) -> Held<Paths> {
    let members = Members::of(value)?;
    let mut paths = IndexMap::with_capacity(members.len());
    for (name, item) in members.named(|name| name.starts_with('/')) {
        paths.insert(name.clone(), referable(path_item)(item)?);
    }
    Ok(Paths {
        paths,
        extensions: members.extensions(),
    })
}

pub(crate) fn path_item(value: &Value) -> Held<PathItem> {
    let members = Members::of(value)?;
    let method = |name: &str| members.optional(name, operation);
    Ok(PathItem {
        summary: members.text("summary")?,
        description: members.text("description")?,
        get: method("get")?,
        put: method("put")?,
        post: method("post")?,
        delete: method("delete")?,
        options: method("options")?,
        head: method("head")?,
        patch: method("patch")?,
        trace: method("trace")?,
        servers: members.leaf("servers")?,
        parameters: members.list("parameters", referable(parameter))?,
        extensions: members.extensions(),
    })
}

pub(crate) fn operation(value: &Value) -> Held<Operation> {
    let members = Members::of(value)?;
    Ok(Operation {
        tags: members.list("tags", text)?,
        summary: members.text("summary")?,
        description: members.text("description")?,
        external_docs: members.leaf("externalDocs")?,
        operation_id: members.text("operationId")?,
        parameters: members.list("parameters", referable(parameter))?,
        request_body: members.optional("requestBody", referable(request_body))?,
        responses: responses(members.required("responses")?)?,
        callbacks: IndexMap::new(),
        deprecated: members.flag("deprecated")?.unwrap_or_default(),
        security: members.leaf("security")?,
        servers: members.leaf("servers")?,
        extensions: members.extensions(),
    })
}

fn security_scheme(value: &Value) -> Held<SecurityScheme> {
    SecurityScheme::deserialize(value)
}

fn parameter(value: &Value) -> Held<Parameter> {
    let members = Members::of(value)?;
    let parameter_data = ParameterData {
        name: text(members.required("name")?)?,
        description: members.text("description")?,
        required: members.flag("required")?.unwrap_or_default(),
        deprecated: members.flag("deprecated")?,
        format: schema_or_content(members)?,
        example: None,
        examples: IndexMap::new(),
        explode: members.flag("explode")?,
        extensions: members.extensions(),
    };
    let place = text(members.required("in")?)?;
    Ok(match place.as_str() {
        "query" => Parameter::Query {
            parameter_data,
            allow_reserved: members.flag("allowReserved")?.unwrap_or_default(),
            style: members.leaf("style")?,
            allow_empty_value: members.flag("allowEmptyValue")?,
        },
        "header" => Parameter::Header {
            parameter_data,
            style: members.leaf("style")?,
        },
        "path" => Parameter::Path {
            parameter_data,
            style: members.leaf("style")?,
        },
        "cookie" => Parameter::Cookie {
            parameter_data,
            style: members.leaf("style")?,
        },
        _ => return Err(unlike("a place of parameters")),
    })
}

fn header(value: &Value) -> Held<Header> {
    let members = Members::of(value)?;
    Ok(Header {
        description: members.text("description")?,
        style: members.leaf("style")?,
        required: members.flag("required")?.unwrap_or_default(),
        deprecated: members.flag("deprecated")?,
        format: schema_or_content(members)?,
        example: None,
        examples: IndexMap::new(),
        extensions: members.extensions(),
    })
}

fn schema_or_content(members: Members<'_>) -> Held<ParameterSchemaOrContent> {
    Ok(match members.get("content") {
        Some(value) => ParameterSchemaOrContent::Content(content(value)?),
        None => {
            let value = members.required("schema")?;
            ParameterSchemaOrContent::Schema(referable(schema)(value)?)
        }
    })
}

fn request_body(value: &Value) -> Held<RequestBody> {
    let members = Members::of(value)?;
    Ok(RequestBody {
        description: members.text("description")?,
        content: members.map("content", media_type)?,
        required: members.flag("required")?.unwrap_or_default(),
        extensions: members.extensions(),
    })
}

fn content(value: &Value) -> Held<Content> {
    map(value, media_type)
}

fn media_type(value: &Value) -> Held<MediaType> {
    let members = Members::of(value)?;
    Ok(MediaType {
        schema: members.optional("schema", referable(schema))?,
        example: None,
        examples: IndexMap::new(),
        encoding: members.map("encoding", encoding)?,
        extensions: members.extensions(),
    })
}

fn encoding(value: &Value) -> Held<Encoding> {
    let members = Members::of(value)?;
    Ok(Encoding {
        content_type: members.text("contentType")?,
        headers: members.map("headers", referable(header))?,
        style: members.leaf("style")?,
        explode: members.flag("explode")?.unwrap_or_default(),
        allow_reserved: members.flag("allowReserved")?.unwrap_or_default(),
        extensions: members.extensions(),
    })
}

fn responses(value: &Value) -> Held<Responses> {
    let members = Members::of(value)?;
    let mut responses = IndexMap::with_capacity(members.len());
    for (name, value) in members.named(|_| true) {
        if let Ok(status) = StatusCode::deserialize(&Value::String(name.clone())) {
            responses.insert(status, referable(response)(value)?);
        }
    }
    Ok(Responses {
        responses,
        default: members.optional("default", referable(response))?,
        extensions: members.extensions(),
    })
}

fn response(value: &Value) -> Held<Response> {
    let members = Members::of(value)?;
    Ok(Response {
        description: text(members.required("description")?)?,
        headers: members.map("headers", referable(header))?,
        content: members.map("content", media_type)?,
        links: IndexMap::new(),
        extensions: members.extensions(),
    })
}
