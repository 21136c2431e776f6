//! Calls of operations as a test outside the crate makes them.

use super::places::type_text;
use crate::contract::{Calls, Operation, SECRET};
use crate::model::{
    self, Body, Choice, Content, Location, Outcome, Parameter, ParameterShape, Reading, Takes, Type,
};
use proc_macro2::Ident;

/// The calls of all operations.
pub(crate) fn calls(model: &model::Crate) -> Calls {
    let files = model.operation_files.iter();
    let operations = files.flat_map(|file| {
        let operations = file.operations.iter();
        operations.map(|operation| self::operation(operation, &file.module))
    });
    let setters = model.client.credentials.iter();
    let credentials = setters.filter_map(|setter| {
        let user = match setter.takes {
            Takes::Secret => String::new(),
            Takes::Basic => format!("{SECRET:?}, "),
            // The token itself is set, too.
            Takes::Client(_) => return None,
        };
        Some(format!(".{}({user}{SECRET:?})", setter.ident))
    });
    Calls {
        operations: operations.collect(),
        credentials: credentials.collect(),
    }
}

fn operation(operation: &model::Operation, module: &Ident) -> Operation {
    let required = operation.body.iter().filter(|body| body.required);
    let arguments: Vec<String> = operation
        .arguments
        .iter()
        .map(|parameter| {
            let (borrow, ty) = argument(parameter);
            format!("{borrow}given.value::<{ty}>({:?})?", key(parameter))
        })
        .chain(required.map(|body| {
            let chosen = chosen(body);
            let value = format!("given.value::<{}>(\"body\")?", body_type(chosen));
            passed(body, chosen, module, &value)
        }))
        .collect();
    let method = &operation.method_ident;
    let mut text = format!(
        "|client, given| {{\n        let request = client.{method}({});\n",
        arguments.join(", ")
    );
    for parameter in &operation.setters {
        let (borrow, ty) = argument(parameter);
        let value = format!("{borrow}value");
        text.push_str(&setter(&parameter.ident, &value, &ty, &key(parameter)));
    }
    if let Some(body) = operation.body.as_ref().filter(|body| !body.required) {
        let chosen = chosen(body);
        let value = passed(body, chosen, module, "value");
        text.push_str(&setter(&body.ident, &value, &body_type(chosen), "body"));
    }
    let success = outcome(&operation.success, operation, module);
    let failure = outcome(&operation.failure, operation, module);
    text.push_str(&format!(
        "        given.sent(request.send(), {success}, {failure})\n    }}"
    ));
    Operation {
        key: operation.place.clone(),
        id: operation.id.clone(),
        body: operation.body.as_ref().and_then(chosen).map(|choice| {
            let content_type = choice.content_type.clone();
            (content_type, kind(&choice.content))
        }),
        accept: operation.accept.clone(),
        call: text,
    }
}

/// `query limit`
fn key(parameter: &Parameter) -> String {
    let location = match parameter.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    format!("{location} {}", parameter.wire)
}

/// How an argument is passed, and the type that is made for it.
fn argument(parameter: &Parameter) -> (&'static str, String) {
    match (parameter.shape, &parameter.ty) {
        (ParameterShape::Array(_), Type::Secret) => ("", "Vec<String>".to_owned()),
        (ParameterShape::Array(_), ty) => ("", format!("Vec<{}>", type_text(ty))),
        (_, Type::String | Type::Secret) => ("&", "String".to_owned()),
        (_, ty) => ("", type_text(ty)),
    }
}

fn setter(name: &Ident, value: &str, ty: &str, key: &str) -> String {
    format!(
        "        let request = match given.optional::<{ty}>({key:?})? {{\n            \
         Some(value) => request.{name}({value}),\n            None => request,\n        }};\n"
    )
}

/// The media type that is sent, of several.
fn chosen(body: &Body) -> Option<&Choice> {
    let is_typed = |choice: &&Choice| !matches!(choice.content, Content::Multipart(None, _));
    body.choices.iter().find(is_typed).or(body.choices.first())
}

/// A value as the body is passed: in the variant of its media type, where there are several.
fn passed(body: &Body, chosen: Option<&Choice>, module: &Ident, value: &str) -> String {
    let is_untyped = |choice: &Choice| matches!(choice.content, Content::Multipart(None, _));
    if chosen.is_some_and(is_untyped) && body.choice.is_none() {
        return format!("{{ let _ = {value}; Multipart::new().text(\"name\", \"value\") }}");
    }
    match (&body.choice, chosen) {
        (Some(choice), Some(chosen)) => {
            let raw = if chosen.content == Content::Bytes {
                ".into()"
            } else {
                ""
            };
            let (name, variant) = (&choice.ident, &chosen.ident);
            format!("operations::{module}::{name}::{variant}({value}{raw})")
        }
        _ => value.to_owned(),
    }
}

fn body_type(chosen: Option<&Choice>) -> String {
    match chosen.map(|choice| &choice.content) {
        Some(Content::Json(ty) | Content::Form(ty, _) | Content::Multipart(Some(ty), _)) => {
            type_text(ty)
        }
        Some(Content::Items(ty)) => format!("Vec<{}>", type_text(ty)),
        Some(Content::Text | Content::Bytes) => "String".to_owned(),
        Some(Content::Multipart(None, _)) | None => "BTreeMap<String, String>".to_owned(),
    }
}

const fn kind(content: &Content) -> &'static str {
    match content {
        Content::Json(_) => "json",
        Content::Items(_) => "items",
        Content::Multipart(Some(_), _) => "multipart",
        Content::Multipart(None, _) => "parts",
        Content::Form(..) => "form",
        Content::Text => "text",
        Content::Bytes => "bytes",
    }
}

/// What shows a body of this type.
fn outcome(outcome: &Outcome, operation: &model::Operation, module: &Ident) -> String {
    match outcome {
        Outcome::Undocumented => "seen::nothing".to_owned(),
        Outcome::One(reading) => match shown(reading) {
            (function, None) => function.to_owned(),
            (function, Some(item)) => format!("|body| {function}(body, {item})"),
        },
        Outcome::Enum(name) => {
            let item = operation.enums.iter().find(|item| item.ident == *name);
            let path = format!("operations::{module}::{name}");
            let variants = item.into_iter().flat_map(|item| &item.variants);
            let arms = variants.map(|variant| match &variant.reading {
                Reading::Empty => format!("{path}::{} => seen::empty(()), ", variant.ident),
                reading => {
                    let shown = match shown(reading) {
                        (function, None) => format!("{function}(body)"),
                        (function, Some(item)) => format!("{function}(body, {item})"),
                    };
                    format!("{path}::{}(body) => {shown}, ", variant.ident)
                }
            });
            let arms: String = arms.collect();
            format!("|body| match body {{ {arms}_ => seen::Shown::Unknown }}")
        }
    }
}

/// The function that shows a body, and what of an item counts where it is a stream of them.
const fn shown(reading: &Reading) -> (&'static str, Option<&'static str>) {
    match reading {
        Reading::Json(_) | Reading::Form(_) => ("seen::json", None),
        Reading::Text => ("seen::text", None),
        Reading::Bytes => ("seen::bytes", None),
        Reading::Stream => ("seen::stream", None),
        Reading::Events(_) | Reading::TextEvents | Reading::EventObjects(_) => {
            ("seen::items", Some("|event| event.data"))
        }
        Reading::Items(_) => ("seen::items", Some("|item| item")),
        Reading::Empty => ("seen::empty", None),
    }
}
