//! Calls of operations as a test outside the crate makes them.

use super::places::type_text;
use crate::contract::{self, Calls, Operation, SECRET};
use crate::model::{
    self, Body, Choice, Content, Location, Outcome, OutcomeVariant, Parameter, ParameterShape,
    Reading, Takes, Type,
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
        .chain(required.map(|body| body_argument(body, module)))
        .collect();
    let method = &operation.method_ident;
    let mut text = format!(
        "|client, given| {{\n        let request = client.{method}({});\n",
        arguments.join(", ")
    );
    text.extend(operation.setters.iter().map(setter));
    let optional = operation.body.iter().filter(|body| !body.required);
    text.extend(optional.map(|body| body_setter(body, module)));
    let success = outcome(&operation.success, operation, module);
    let failure = outcome(&operation.failure, operation, module);
    text.push_str(&format!(
        "        given.sent(request.send(), {success}, {failure})\n    }}"
    ));
    let choices = operation.body.iter().flat_map(|body| &body.choices);
    let bodies = choices.map(|choice| contract::Body {
        choice: choice.ident.to_string(),
        media: choice.content_type.clone(),
        kind: kind(&choice.content),
    });
    Operation {
        key: operation.place.clone(),
        id: operation.id.clone(),
        bodies: bodies.collect(),
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

fn setter(parameter: &Parameter) -> String {
    let (borrow, ty) = argument(parameter);
    let (name, key) = (&parameter.ident, key(parameter));
    format!(
        "        let request = match given.optional::<{ty}>({key:?})? {{\n            \
         Some(value) => request.{name}({borrow}value),\n            None => request,\n        }};\n"
    )
}

/// The body that is given: the only one, or the one that is chosen.
fn body_argument(body: &Body, module: &Ident) -> String {
    let arms = body.choices.iter().map(|choice| {
        let (name, passed) = (choice.ident.to_string(), passed(body, choice, module));
        format!("            {name:?} => {passed},\n")
    });
    match body.choices.as_slice() {
        [only] => passed(body, only, module),
        _ => format!(
            "match given.choice() {{\n{}            \
             other => return Err(format!(\"there is no body `{{other}}`\")),\n        }}",
            arms.collect::<String>()
        ),
    }
}

/// Sets the body that is chosen, if there is one.
fn body_setter(body: &Body, module: &Ident) -> String {
    let setter = &body.ident;
    let arms = body.choices.iter().map(|choice| {
        let (name, passed) = (choice.ident.to_string(), passed(body, choice, module));
        format!("            {name:?} => request.{setter}({passed}),\n")
    });
    format!(
        "        let request = match given.choice() {{\n{}            _ => request,\n        }};\n",
        arms.collect::<String>()
    )
}

/// A body as it is passed: in the variant of its media type, where there are several.
fn passed(body: &Body, choice: &Choice, module: &Ident) -> String {
    let value = match &choice.content {
        Content::Json(ty) | Content::Form(ty, _) | Content::Multipart(Some(ty), _) => {
            format!("given.value::<{}>(\"body\")?", type_text(ty))
        }
        Content::Items(ty) => format!("given.value::<Vec<{}>>(\"body\")?", type_text(ty)),
        Content::Multipart(None, _) => "Multipart::new().text(\"name\", \"value\")".to_owned(),
        Content::Text => "given.value::<String>(\"body\")?".to_owned(),
        Content::Bytes => "Body::from(given.value::<String>(\"body\")?)".to_owned(),
    };
    match &body.choice {
        Some(name) => format!(
            "operations::{module}::{}::{}({value})",
            name.ident, choice.ident
        ),
        None => value,
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

/// What shows a body of this type, and which variant it is of an enum.
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
            let arms: String = variants.map(|variant| arm(&path, variant)).collect();
            format!("|body| match body {{ {arms}_ => seen::Shown::Unknown.into() }}")
        }
    }
}

/// `Outcome::Created(body) => seen::json(body).of("201", &[]), `
fn arm(path: &str, variant: &OutcomeVariant) -> String {
    let OutcomeVariant {
        docs: _,
        ident,
        reading,
        status,
        media,
    } = variant;
    let (pattern, shown) = match (reading, shown(reading)) {
        (Reading::Empty, _) => ("", "seen::empty(())".to_owned()),
        (_, (function, None)) => ("(body)", format!("{function}(body)")),
        (_, (function, Some(item))) => ("(body)", format!("{function}(body, {item})")),
    };
    let key = status.key();
    format!("{path}::{ident}{pattern} => {shown}.of({key:?}, &{media:?}), ")
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
