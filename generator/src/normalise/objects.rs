//! The objects of OpenAPI 3.0 but schemas (<https://spec.openapis.org/oas/v3.0.4>), as far as
//! `openapiv3` and the generator care, with the fields of 3.1 and 3.2.
//!
//! Examples, links and callbacks are removed: nothing is generated from them, and they make up a
//! good part of many documents. So are the extensions of all objects but schemas and the root.

use super::grammar::Shape::{Flag, Free, List, Map, Object as An, Referable, Text, Unused, Word};
use super::grammar::{
    Object, PLAIN, Patterned, Shape, field, or_empty, or_empty_before_31, required, text_or,
};
use super::schema_objects::SCHEMA;
use super::{content, method, parameter, path, response, security, webhooks, words};
use crate::beside;

/// What the root of an entry document must be.
pub(super) static ROOT: Shape = An(&DOCUMENT);

/// The whole document (`OpenAPI Object`).
static DOCUMENT: Object = Object {
    name: "the document",
    keeps_extensions: true,
    prepare: |_, value, _| webhooks::prepare(value),
    fields: &[
        field("openapi", Text),
        or_empty("info", An(&INFO)),
        field("servers", List(&An(&SERVER))),
        or_empty_before_31("paths", An(&PATHS)),
        field("components", An(&COMPONENTS)),
        field("security", List(&An(&REQUIREMENT))),
        field("tags", List(&An(&TAG))),
        field("externalDocs", An(&EXTERNAL_DOCUMENTATION)),
        field("webhooks", Unused),
        field("x-webhooks", Unused),
        field(beside::WEBHOOKS, Free),
        field("jsonSchemaDialect", Unused),
        field("$self", Unused),
    ],
    ..PLAIN
};

static INFO: Object = Object {
    name: "the info object",
    fields: &[
        text_or("title", "API"),
        text_or("version", "0.0.0"),
        field("description", Text),
        field("summary", Text),
        field("termsOfService", Text),
        field("contact", Unused),
        field("license", Unused),
    ],
    conclude: words::summary,
    ..PLAIN
};

static SERVER: Object = Object {
    name: "a server",
    fields: &[
        required("url", Text),
        field("description", Text),
        field("variables", Map(&An(&SERVER_VARIABLE))),
        field("name", Text),
    ],
    conclude: words::name,
    ..PLAIN
};

static SERVER_VARIABLE: Object = Object {
    name: "a server variable",
    fields: &[
        text_or("default", ""),
        field("enum", List(&Text)),
        field("description", Text),
    ],
    ..PLAIN
};

static TAG: Object = Object {
    name: "a tag",
    prepare: |walker, value, trail| walker.expand(value, "name", trail),
    fields: &[
        required("name", Text),
        field("description", Text),
        field("externalDocs", An(&EXTERNAL_DOCUMENTATION)),
        field("summary", Text),
        field("parent", Text),
        field("kind", Unused),
    ],
    conclude: words::tag,
    ..PLAIN
};

pub(super) static EXTERNAL_DOCUMENTATION: Object = Object {
    name: "an external documentation object",
    fields: &[required("url", Text), field("description", Text)],
    ..PLAIN
};

static COMPONENTS: Object = Object {
    name: "the components object",
    keeps_extensions: true,
    fields: &[
        field("schemas", Map(&Referable(&SCHEMA))),
        field("responses", Map(&Referable(&RESPONSE))),
        field("parameters", Map(&Referable(&PARAMETER))),
        field("requestBodies", Map(&Referable(&REQUEST_BODY))),
        field("headers", Map(&Referable(&HEADER))),
        field("securitySchemes", Map(&Referable(&SECURITY_SCHEME))),
        field("pathItems", Map(&Referable(&PATH_ITEM))),
        field("mediaTypes", Unused),
        field("examples", Unused),
        field("links", Unused),
        field("callbacks", Unused),
    ],
    ..PLAIN
};

static PATHS: Object = Object {
    name: "the paths object",
    patterned: Some(Patterned {
        accepts: |key| !key.starts_with("x-"),
        key: "a path",
        shape: Referable(&PATH_ITEM),
    }),
    conclude: path::conclude,
    ..PLAIN
};

static PATH_ITEM: Object = Object {
    name: "a path item",
    prepare: path::prepare,
    fields: &[
        field("get", An(&OPERATION)),
        field("post", An(&OPERATION)),
        field("put", An(&OPERATION)),
        field("delete", An(&OPERATION)),
        field("patch", An(&OPERATION)),
        field("options", An(&OPERATION)),
        field("head", An(&OPERATION)),
        field("trace", An(&OPERATION)),
        field("parameters", List(&Referable(&PARAMETER))),
        field("summary", Text),
        field("description", Text),
        field("servers", List(&An(&SERVER))),
        field("query", An(&OPERATION)),
        field("additionalOperations", Map(&An(&OPERATION))),
    ],
    conclude: method::conclude,
    ..PLAIN
};

static OPERATION: Object = Object {
    name: "an operation",
    fields: &[
        field("operationId", Text),
        field("summary", Text),
        field("description", Text),
        field("tags", List(&Text)),
        field("parameters", List(&Referable(&PARAMETER))),
        field("requestBody", Referable(&REQUEST_BODY)),
        or_empty_before_31("responses", An(&RESPONSES)),
        field("security", List(&An(&REQUIREMENT))),
        field("deprecated", Flag),
        field("servers", List(&An(&SERVER))),
        field("externalDocs", An(&EXTERNAL_DOCUMENTATION)),
        field("callbacks", Unused),
        field("x-pagination", Free),
    ],
    conclude: path::conclude_operation,
    ..PLAIN
};

/// One table for all places a parameter can be in: what differs is in [`parameter`].
static PARAMETER: Object = Object {
    name: "a parameter",
    prepare: parameter::prepare,
    fields: &[
        required("name", Text),
        required(
            "in",
            Word(&["query", "path", "header", "cookie", "querystring"]),
        ),
        field("description", Text),
        field("required", Flag),
        field("schema", Referable(&SCHEMA)),
        field("deprecated", Flag),
        field("style", Text),
        field("explode", Flag),
        field("allowReserved", Flag),
        field("allowEmptyValue", Flag),
        field("content", An(&CONTENT)),
        field("example", Unused),
        field("examples", Unused),
    ],
    conclude: parameter::conclude,
    ..PLAIN
};

static HEADER: Object = Object {
    name: "a header",
    prepare: parameter::prepare,
    fields: &[
        field("description", Text),
        field("required", Flag),
        field("schema", Referable(&SCHEMA)),
        field("deprecated", Flag),
        field("style", Word(&["simple"])),
        field("content", An(&CONTENT)),
        field("explode", Unused),
        field("allowReserved", Unused),
        field("allowEmptyValue", Unused),
        field("example", Unused),
        field("examples", Unused),
        field("name", Unused),
        field("in", Unused),
    ],
    conclude: parameter::conclude_header,
    ..PLAIN
};

static REQUEST_BODY: Object = Object {
    name: "a request body",
    fields: &[
        or_empty("content", An(&CONTENT)),
        field("description", Text),
        field("required", Flag),
    ],
    ..PLAIN
};

/// The media types of a body. Their names are keys, whatever they are.
static CONTENT: Object = Object {
    name: "the content of a body",
    prepare: content::prepare,
    patterned: Some(Patterned {
        accepts: |key| !key.starts_with("x-"),
        key: "a media type",
        shape: An(&MEDIA_TYPE),
    }),
    ..PLAIN
};

static MEDIA_TYPE: Object = Object {
    name: "a media type",
    prepare: content::prepare_media_type,
    fields: &[
        field("schema", Referable(&SCHEMA)),
        field("example", Unused),
        field("examples", Unused),
        field("encoding", Map(&An(&ENCODING))),
        field(beside::STREAM, Flag),
        field(beside::ITEM_ENCODING, An(&ENCODING)),
        field(beside::PREFIX_ENCODING, List(&An(&ENCODING))),
        field("itemSchema", Unused),
        field("itemEncoding", Unused),
        field("prefixEncoding", Unused),
    ],
    ..PLAIN
};

static ENCODING: Object = Object {
    name: "an encoding",
    fields: &[
        field("contentType", Text),
        field("headers", Map(&Referable(&HEADER))),
        field(
            "style",
            Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        field("explode", Flag),
        field("allowReserved", Flag),
        field("encoding", Unused),
        field("itemEncoding", Unused),
        field("prefixEncoding", Unused),
    ],
    conclude: content::conclude_encoding,
    ..PLAIN
};

static RESPONSES: Object = Object {
    name: "the responses of an operation",
    fields: &[field("default", Referable(&RESPONSE))],
    patterned: Some(Patterned {
        accepts: response::is_status,
        key: "a status, a range such as `4XX`, or `default`",
        shape: Referable(&RESPONSE),
    }),
    conclude: response::conclude,
    ..PLAIN
};

static RESPONSE: Object = Object {
    name: "a response",
    prepare: response::prepare,
    fields: &[
        text_or("description", ""),
        field("content", An(&CONTENT)),
        field("headers", Map(&Referable(&HEADER))),
        field("links", Unused),
        field("summary", Text),
    ],
    conclude: words::summary,
    ..PLAIN
};

static REQUIREMENT: Object = Object {
    name: "a security requirement",
    prepare: security::prepare_requirement,
    patterned: Some(Patterned {
        accepts: |_| true,
        key: "the name of a security scheme",
        shape: List(&Text),
    }),
    ..PLAIN
};

static SECURITY_SCHEME: Object = Object {
    name: "a security scheme",
    prepare: security::prepare,
    fields: &[
        required("type", Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
        field("description", Text),
        field("name", Text),
        field("in", Word(&["query", "header", "cookie"])),
        field("scheme", Text),
        field("bearerFormat", Text),
        field("flows", An(&FLOWS)),
        field("openIdConnectUrl", Text),
        field("oauth2MetadataUrl", Unused),
        field(beside::MUTUAL_TLS, Flag),
        field("deprecated", Flag),
    ],
    conclude: security::conclude,
    ..PLAIN
};

static FLOWS: Object = Object {
    name: "the flows of OAuth 2",
    fields: &[
        field("implicit", An(&AUTHORIZATION_FLOW)),
        field("password", An(&TOKEN_FLOW)),
        field("clientCredentials", An(&TOKEN_FLOW)),
        field("authorizationCode", An(&FULL_FLOW)),
        field("deviceAuthorization", Unused),
    ],
    ..PLAIN
};

static AUTHORIZATION_FLOW: Object = Object {
    name: "an OAuth 2 flow",
    fields: &[
        text_or("authorizationUrl", ""),
        field("tokenUrl", Unused),
        field("refreshUrl", Text),
        or_empty("scopes", An(&SCOPES)),
    ],
    ..PLAIN
};

static TOKEN_FLOW: Object = Object {
    name: "an OAuth 2 flow",
    fields: &[
        text_or("tokenUrl", ""),
        field("authorizationUrl", Unused),
        field("refreshUrl", Text),
        or_empty("scopes", An(&SCOPES)),
    ],
    ..PLAIN
};

static FULL_FLOW: Object = Object {
    name: "an OAuth 2 flow",
    fields: &[
        text_or("authorizationUrl", ""),
        text_or("tokenUrl", ""),
        field("refreshUrl", Text),
        or_empty("scopes", An(&SCOPES)),
    ],
    ..PLAIN
};

static SCOPES: Object = Object {
    name: "the scopes of a flow",
    patterned: Some(Patterned {
        accepts: |_| true,
        key: "a scope",
        shape: Text,
    }),
    ..PLAIN
};
