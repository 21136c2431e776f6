//! A small API in the very shape that the generator prints; the other tests call it.

use super::scripted::{Answer, Scripted};
use crate::runtime::{
    AdditionalProperties, Api, ArrayStyle, Bytes, Client, ClientBuilder, Credential, Header,
    Method, Nullable, OperationInfo, Repeat, Request, Scheme, SchemeKind, Secret, Undocumented,
    object, operation,
};

pub static API: Api = Api {
    base_url: "https://api.example.com/v2",
    user_agent: "golden/1.0",
    schemes: &[
        Scheme {
            name: "auth",
            kind: SchemeKind::Bearer,
        },
        Scheme {
            name: "organization",
            kind: SchemeKind::ApiKeyHeader("x-org-id"),
        },
        Scheme {
            name: "key",
            kind: SchemeKind::ApiKeyQuery("api key"),
        },
        Scheme {
            name: "password",
            kind: SchemeKind::Basic,
        },
    ],
};

/// An operation, with the credentials that it needs and nothing else.
pub const fn operation(
    method: Method,
    path: &'static str,
    security: &'static [&'static [&'static str]],
) -> OperationInfo {
    OperationInfo {
        id: "op",
        method,
        path,
        accept: "",
        security,
        server: None,
        unread: &[],
        repeat: Repeat::ByMethod,
    }
}

pub const LIMIT: Header<u32> = Header::new("x-ratelimit-limit");

/// A builder whose every secret has `hunter2` in it.
pub fn builder(transport: &Scripted) -> ClientBuilder {
    ClientBuilder::new(&API)
        .transport(transport.clone())
        .credential("auth", Credential::token("hunter2-token"))
        .credential("organization", Credential::token("hunter2-org"))
        .credential("key", Credential::token("hunter2 key"))
        .credential("password", Credential::basic("user", "hunter2"))
}

/// A client with all credentials, and the transport that plays the server.
pub fn client(answers: impl IntoIterator<Item = Answer>) -> (Client, Scripted) {
    let transport = Scripted::new(answers);
    let client = builder(&transport).build().expect("a client");
    (client, transport)
}

#[derive(Clone)]
pub struct Thing {
    pub name: String,
    pub note: Nullable<String>,
    pub token: Option<Secret>,
    pub id: Option<String>,
    pub parts: Option<Vec<Thing>>,
    pub additional_properties: AdditionalProperties,
}

object! { Thing {
    required name = "name";
    nullable note = "note";
    optional token = "token";
    read_only id = "id";
    optional parts = "parts";
    ..additional_properties
} }

impl Thing {
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            note: Nullable::Absent,
            token: None,
            id: None,
            parts: None,
            additional_properties: AdditionalProperties::new(),
        }
    }
}

#[derive(Clone)]
pub struct Problem {
    pub message: String,
}

object! { Problem {
    required message = "message";
} }

operation! { GET_THING -> Thing, Problem {
    id = "getThing";
    method = Method::GET;
    path = "/things/{id}/parts/{part}.json";
    accept = "application/json";
    security = &[&["auth", "organization"], &["auth"]];
    server = None;
    unread = &[];
    repeat = Repeat::ByMethod;
    200 => success(json);
    404 => failure(json);
    400..=499 => failure(json);
    _ => failure(json);
} }

operation! { CREATE_THING -> Created, CreateError {
    id = "createThing";
    method = Method::POST;
    path = "/things";
    accept = "application/json, text/plain";
    security = &[&["key"]];
    server = None;
    unread = &[];
    repeat = Repeat::ByMethod;
    200 => success(json as Created::Done);
    202 => success(text as Created::Accepted);
    203 => success(bytes as Created::File);
    204 => success(empty as Created::Nothing);
    409 => failure(empty as CreateError::Busy);
    400 | 422 => failure(json as CreateError::Problem);
} }

operation! { SEARCH -> (), Undocumented {
    id = "search";
    method = Method::GET;
    path = "/search";
    accept = "";
    security = &[];
    server = Some("https://search.example.com/v1");
    unread = &[];
    repeat = Repeat::ByMethod;
    _ => success(empty);
} }

impl Client {
    pub fn get_thing(&self, id: &str, part: &str) -> GetThingRequest<'_> {
        let mut request = Request::new(self, &GET_THING);
        request.call.path("id", &id);
        request.call.path("part", &part);
        request
    }

    pub fn create_thing(&self, body: Thing) -> CreateThingRequest<'_> {
        let mut request = Request::new(self, &CREATE_THING);
        request.call.json_body("application/json", &body);
        request
    }

    pub fn search(&self) -> SearchRequest<'_> {
        Request::new(self, &SEARCH)
    }
}

pub type GetThingRequest<'c> = Request<'c, Thing, Problem, GetThingOperation>;

pub enum GetThingOperation {}

impl GetThingRequest<'_> {
    pub fn tags(mut self, tags: impl IntoIterator<Item = impl std::fmt::Display>) -> Self {
        let style = ArrayStyle::Form { explode: true };
        self.call.query_array("tags", style, tags);
        self
    }

    pub fn trace(mut self, trace: &str) -> Self {
        self.call.header("x-trace", &trace);
        self
    }
}

#[derive(Debug)]
pub enum Created {
    Done(Thing),
    Accepted(String),
    Nothing,
    File(Bytes),
}

#[derive(Debug, PartialEq)]
pub enum CreateError {
    Problem(Problem),
    Busy,
}

pub type CreateThingRequest<'c> = Request<'c, Created, CreateError, CreateThingOperation>;

pub enum CreateThingOperation {}

pub type SearchRequest<'c> = Request<'c, (), Undocumented, SearchOperation>;

pub enum SearchOperation {}
