//! Parameters in path, query, header and cookies: those of the path item, overridden by the operation's.

use super::body::Media;
use super::facets::SchemaRef;
use super::merge::Part;
use super::operation::Place;
use super::{Lowering, Owner};
use crate::diagnostic::{Code, Pointer};
use crate::ir::{self, Constraints, Kind, Location, Parameter, ParameterShape, Scalar, Use};
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
    pointer: Pointer,
}

impl<'a> Lowering<'a, '_> {
    /// The parameters of an operation: those of the path template first, in its order.
    pub(super) fn parameters(&mut self, place: &Place<'a, '_>, index: usize) -> Vec<Parameter> {
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
        let names = template_names(place.path);
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
        parameters
    }

    fn declared(
        &mut self,
        parameter: &'a openapiv3::Parameter,
        pointer: Pointer,
    ) -> Option<Declared<'a>> {
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
                if *allow_reserved {
                    self.diagnostics
                        .report(
                            Code::Unsupported,
                            pointer.child("allowReserved"),
                            "reserved characters in a query are always percent-encoded",
                        )
                        .help("servers must read both; nothing is lost but readability");
                }
                (
                    parameter_data,
                    Location::Query,
                    super::style::query_style(style),
                )
            }
            openapiv3::Parameter::Header {
                parameter_data,
                style: _,
            } => {
                // Specification, parameter object: these three are described elsewhere, and ignored here.
                let name = parameter_data.name.to_ascii_lowercase();
                if ["accept", "content-type", "authorization"].contains(&name.as_str()) {
                    self.diagnostics
                        .report(
                            Code::ParameterDropped,
                            &pointer,
                            format!("a parameter for the header `{}` means nothing", parameter_data.name),
                        )
                        .help("it was left out, as the specification asks for: responses, the body and security schemes say what is sent");
                    return None;
                }
                if !is_token(&parameter_data.name) {
                    self.drop_parameter(
                        &pointer,
                        &format!("`{}` is not a header name", parameter_data.name),
                    );
                    return None;
                }
                (parameter_data, Location::Header, ir::Style::Simple)
            }
            openapiv3::Parameter::Cookie {
                parameter_data,
                style: _,
            } => (parameter_data, Location::Cookie, ir::Style::Form),
        };
        Some(Declared {
            data,
            described: None,
            location,
            style,
            pointer,
        })
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
            deprecated: false,
            description: None,
            default: None,
            constraints: Constraints::default(),
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
            None if style == ir::Style::Json => (Use::ANY, None, Constraints::default()),
            None => (
                Use::new(Kind::Scalar(Scalar::String)),
                None,
                Constraints::default(),
            ),
        };
        let explode = explode.unwrap_or(style == ir::Style::Form);
        let (ty, shape) = self.value(used, declared.location, style, explode);
        Some(Parameter {
            name: name.clone(),
            location: declared.location,
            required: *required,
            ty,
            shape,
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
                _ => (None, declared.style, pointer),
            }
        }
    }
}

/// The names between braces in a path template, in order.
fn template_names(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else {
            break;
        };
        if !names.contains(&name) {
            names.push(name);
        }
        rest = tail;
    }
    names
}
