//! Parameters in path, query, header and cookies: those of the path item, overridden by the operation's.

use super::body::Media;
use super::facets::SchemaRef;
use super::merge::Part;
use super::operation::Place;
use super::{Lowering, Owner, template};
use crate::beside;
use crate::diagnostic::{Code, Pointer};
use crate::ir::{self, Kind, Location, Parameter, ParameterShape, Scalar, Use};
use crate::token::is_token;
use indexmap::IndexMap;
use openapiv3::{
    MediaType, ParameterData, ParameterSchemaOrContent, PathStyle, ReferenceOr, Schema,
};

/// A parameter as the document writes it.
struct Declared<'a> {
    data: &'a ParameterData,
    /// What the reference to it says.
    described: Option<&'a str>,
    location: Location,
    style: ir::Style,
    allow_reserved: bool,
    /// Whether it is all that there is after the question mark.
    is_query_string: bool,
    pointer: Pointer,
}

/// Specification, parameter object: these three are described elsewhere, and ignored here.
const ELSEWHERE: [&str; 3] = ["accept", "content-type", "authorization"];

/// Headers that the runtime refuses from callers: a message could be made to end, or to go, elsewhere.
const FRAMING: [&str; 7] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "upgrade",
    "te",
    "expect",
];

impl<'a> Lowering<'a, '_> {
    /// The path template of an operation, and its parameters: those of the template first, in its
    /// order.
    pub(super) fn parameters(
        &mut self,
        place: &Place<'a, '_>,
        index: usize,
    ) -> (String, Vec<Parameter>) {
        let declared = self.all_declared(place);
        let path = template::without_parameters(place.path, |name| {
            declared.contains_key(&(Location::Query, name))
                && !declared.contains_key(&(Location::Path, name))
        });
        let names = template::names(&path);
        let mut parameters: Vec<_> = names
            .iter()
            .map(|name| self.path_parameter(name, &declared, place, index))
            .collect();
        for ((location, name), parameter) in &declared {
            match location {
                Location::Path if names.contains(name) => {}
                Location::Path => {
                    self.diagnostics
                        .report(
                            Code::PathParameter,
                            &parameter.pointer,
                            format!("`{name}` is not in the path `{}`", place.path),
                        )
                        .help("it was left out; add it to the path, or remove the parameter");
                }
                Location::Query | Location::Header | Location::Cookie => {
                    parameters.extend(self.parameter(parameter, index))
                }
            }
        }
        (path.into_owned(), parameters)
    }

    /// The parameters of the path item, and in their place or after them those of the operation.
    fn all_declared(
        &mut self,
        place: &Place<'a, '_>,
    ) -> IndexMap<(Location, &'a str), Declared<'a>> {
        let mut declared: IndexMap<(Location, &'a str), Declared<'a>> = IndexMap::new();
        let own = place.pointer().child("parameters");
        let shared = place.item_pointer.child("parameters");
        for (list, pointer) in [
            (&place.item.parameters, shared),
            (&place.operation.parameters, own),
        ] {
            for (position, parameter) in list.iter().enumerate() {
                let pointer = pointer.child(position);
                let described = self.described(&pointer);
                let found = self.resolve(
                    parameter,
                    "parameters",
                    |components| &components.parameters,
                    &pointer,
                );
                if let Some(parameter) =
                    found.and_then(|(parameter, pointer)| self.declared(parameter, pointer))
                {
                    let parameter = Declared {
                        described,
                        ..parameter
                    };
                    declared.insert(
                        (parameter.location, parameter.data.name.as_str()),
                        parameter,
                    );
                }
            }
        }
        declared
    }

    fn declared(
        &mut self,
        parameter: &'a openapiv3::Parameter,
        pointer: Pointer,
    ) -> Option<Declared<'a>> {
        let mut is_reserved = false;
        let (data, location, style) = match parameter {
            openapiv3::Parameter::Path {
                parameter_data,
                style,
            } => {
                let style = match style {
                    PathStyle::Simple => ir::Style::Simple,
                    PathStyle::Label => ir::Style::Label,
                    PathStyle::Matrix => ir::Style::Matrix,
                };
                (parameter_data, Location::Path, style)
            }
            // An empty value can be sent in any case.
            openapiv3::Parameter::Query {
                parameter_data,
                allow_reserved,
                style,
                allow_empty_value: _,
            } => {
                is_reserved = *allow_reserved;
                let style = super::style::query_style(style);
                (parameter_data, Location::Query, style)
            }
            openapiv3::Parameter::Header {
                parameter_data,
                style: _,
            } => {
                if !self.is_header(&parameter_data.name, &pointer) {
                    return None;
                }
                (parameter_data, Location::Header, ir::Style::Simple)
            }
            openapiv3::Parameter::Cookie {
                parameter_data,
                style: _,
            } => {
                let extensions = &parameter_data.extensions;
                let style = match extensions.contains_key(beside::COOKIE_STYLE) {
                    true => ir::Style::Cookie,
                    false => ir::Style::Form,
                };
                (parameter_data, Location::Cookie, style)
            }
        };
        Some(Declared {
            data,
            described: None,
            location,
            style,
            allow_reserved: is_reserved,
            is_query_string: data.extensions.contains_key(beside::QUERY_STRING),
            pointer,
        })
    }

    /// Whether a header can be a parameter; reports one that cannot.
    fn is_header(&mut self, name: &str, pointer: &Pointer) -> bool {
        let is_one = |names: &[&str]| names.iter().any(|known| name.eq_ignore_ascii_case(known));
        let is_elsewhere = is_one(&ELSEWHERE);
        let is_framing = is_one(&FRAMING);
        if is_framing {
            self.diagnostics
                .report(
                    Code::ParameterDropped,
                    pointer,
                    format!("the header `{name}` is not a caller's to set"),
                )
                .help("it was left out: how a message is framed, and where it goes, is up to the HTTP stack");
        } else if is_elsewhere {
            self.diagnostics
                .report(
                    Code::ParameterDropped,
                    pointer,
                    format!("a parameter for the header `{name}` means nothing"),
                )
                .help("it was left out, as the specification asks for: responses, the body and security schemes say what is sent");
        } else if !is_token(name) {
            self.drop_parameter(pointer, &format!("`{name}` is not a header name"));
        }
        !is_elsewhere && !is_framing && is_token(name)
    }

    fn drop_parameter(&mut self, pointer: &Pointer, message: &str) {
        self.diagnostics
            .report(Code::ParameterDropped, pointer, message)
            .help("it was left out; set the header on the request yourself if you need it");
    }

    /// The parameter of a name in the template, made up as a string where the document has none.
    fn path_parameter(
        &mut self,
        name: &str,
        declared: &IndexMap<(Location, &'a str), Declared<'a>>,
        place: &Place<'a, '_>,
        index: usize,
    ) -> Parameter {
        let found = declared.get(&(Location::Path, name));
        if let Some(parameter) = found.and_then(|parameter| self.parameter(parameter, index)) {
            return Parameter {
                required: true,
                ..parameter
            };
        }
        let key = crate::diagnostic::Place::Key(place.item_pointer.clone());
        self.diagnostics
            .report(
                Code::PathParameter,
                key,
                format!("no parameter describes `{{{name}}}` of this path"),
            )
            .help("it is a string; add a parameter with `in: path` and this name");
        Parameter {
            name: name.to_owned(),
            location: Location::Path,
            required: true,
            ty: Use::new(Kind::Scalar(Scalar::String)),
            shape: ParameterShape::Single,
            allow_reserved: false,
            deprecated: false,
            description: None,
            default: None,
            constraints: None,
            pointer: place.item_pointer.clone(),
        }
    }

    fn parameter(&mut self, declared: &Declared<'a>, index: usize) -> Option<Parameter> {
        let ParameterData {
            name,
            description,
            required,
            deprecated,
            format,
            example: _,
            examples: _,
            explode,
            extensions: _,
        } = declared.data;
        let (schema, style, pointer) = schema_and_style(format, declared);
        let (used, default, constraints) = match schema {
            Some(schema) => {
                let part = Part {
                    schema: schema.into(),
                    pointer: pointer.clone(),
                    owner: Owner::operation(index, name),
                };
                let default = match part.schema {
                    SchemaRef::Item(schema) => schema.schema_data.default.clone(),
                    SchemaRef::Reference(_) => None,
                };
                let constraints = self.constraints(std::slice::from_ref(&part));
                (self.use_of(&part), default, constraints)
            }
            None if style == ir::Style::Json => (Use::ANY, None, None),
            None => (Use::new(Kind::Scalar(Scalar::String)), None, None),
        };
        let is_apart = matches!(style, ir::Style::Form | ir::Style::Cookie);
        let explode = explode.unwrap_or(is_apart);
        let is_value = declared.allow_reserved || declared.location == Location::Cookie;
        let (ty, shape) = if declared.is_query_string {
            (
                super::style::not_null(used),
                ParameterShape::QueryString(style),
            )
        } else {
            self.value(used, is_value, style, explode)
        };
        Some(Parameter {
            name: name.clone(),
            location: declared.location,
            required: *required,
            ty,
            shape,
            allow_reserved: declared.allow_reserved,
            deprecated: deprecated.unwrap_or(false),
            description: declared
                .described
                .map(str::to_owned)
                .or_else(|| description.clone()),
            default,
            constraints,
            pointer,
        })
    }
}

/// The schema of a parameter, how its value is written, and where the schema stands.
fn schema_and_style<'a>(
    format: &'a ParameterSchemaOrContent,
    declared: &Declared<'_>,
) -> (Option<&'a ReferenceOr<Schema>>, ir::Style, Pointer) {
    match format {
        ParameterSchemaOrContent::Schema(schema) => {
            let pointer = declared.pointer.child("schema");
            (Some(schema), declared.style, pointer)
        }
        // There is one media type; JSON is text in a value, and so is everything else.
        ParameterSchemaOrContent::Content(content) => {
            let pointer = declared.pointer.child("content");
            let Some((name, MediaType { schema, .. })) = content.first() else {
                return (None, declared.style, pointer);
            };
            let pointer = pointer.child(name).child("schema");
            match Media::of(name) {
                Media::Json => (schema.as_ref(), ir::Style::Json, pointer),
                Media::Form if declared.is_query_string => {
                    (schema.as_ref(), ir::Style::Form, pointer)
                }
                _ if declared.is_query_string => (None, ir::Style::Simple, pointer),
                _ => (None, declared.style, pointer),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::FRAMING;
    use specwright_support::SOURCES;

    /// What the runtime refuses would be a setter that always fails.
    #[test]
    fn the_runtime_refuses_the_same_headers() {
        let source = SOURCES.iter().find(|source| source.file == "framing.rs");
        let text = source.map_or("", |source| source.text);
        let (_, body) = text.split_once("fn is_framing(").unwrap_or_default();
        let (body, _) = body.split_once("\n}").unwrap_or_default();
        let names = body.split("header::").skip(1);
        let names = names.map(|rest| {
            let end = rest.find(|letter: char| letter != '_' && !letter.is_ascii_uppercase());
            rest[..end.unwrap_or(rest.len())]
                .to_lowercase()
                .replace('_', "-")
        });
        assert_eq!(names.collect::<Vec<_>>(), FRAMING);
    }
}
