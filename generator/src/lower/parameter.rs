//! Parameters in path, query and header: those of the path item, overridden by the operation's.

use super::facets::SchemaRef;
use super::merge::Part;
use super::operation::Place;
use super::security::is_header_name;
use super::{Lowering, Owner};
use crate::diagnostic::{Code, Pointer};
use crate::ir::{Constraints, Kind, Location, Parameter, ParameterShape, Scalar, Shape, Use};
use indexmap::IndexMap;
use openapiv3::{ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle};

/// A parameter as the document writes it.
struct Declared<'a> {
    data: &'a ParameterData,
    /// What the reference to it says.
    described: Option<&'a str>,
    location: Location,
    style: Style,
    pointer: Pointer,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Simple,
    Form,
    Space,
    Pipe,
    Other(&'static str),
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
                Location::Query | Location::Header => {
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
                    PathStyle::Simple => Style::Simple,
                    PathStyle::Label => Style::Other("label"),
                    PathStyle::Matrix => Style::Other("matrix"),
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
                let style = match style {
                    QueryStyle::Form => Style::Form,
                    QueryStyle::SpaceDelimited => Style::Space,
                    QueryStyle::PipeDelimited => Style::Pipe,
                    QueryStyle::DeepObject => Style::Other("deepObject"),
                };
                (parameter_data, Location::Query, style)
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
                if !is_header_name(&parameter_data.name) {
                    self.drop_parameter(
                        &pointer,
                        &format!("`{}` is not a header name", parameter_data.name),
                    );
                    return None;
                }
                (parameter_data, Location::Header, Style::Simple)
            }
            openapiv3::Parameter::Cookie {
                parameter_data,
                style: _,
            } => {
                self.drop_parameter(
                    &pointer,
                    &format!(
                        "the cookie parameter `{}` is not supported yet",
                        parameter_data.name
                    ),
                );
                return None;
            }
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
        let pointer = declared.pointer.child("schema");
        let owner = Owner::operation(index, name);
        let (used, default, constraints) = match format {
            ParameterSchemaOrContent::Schema(schema) => {
                let part = Part {
                    schema: schema.into(),
                    pointer: pointer.clone(),
                    owner,
                };
                let default = match part.schema {
                    SchemaRef::Item(schema) => schema.schema_data.default.clone(),
                    SchemaRef::Reference(_) => None,
                };
                let constraints = self.constraints(std::slice::from_ref(&part));
                (self.use_of(&part), default, constraints)
            }
            ParameterSchemaOrContent::Content(_) => {
                self.unsupported_value(&declared.pointer, "a parameter with `content`");
                (
                    Use::new(Kind::Scalar(Scalar::String)),
                    None,
                    Constraints::default(),
                )
            }
        };
        let (ty, shape) = self.value(
            used,
            declared,
            explode.unwrap_or(declared.style == Style::Form),
        );
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

    /// The type of one value, and how several are joined.
    fn value(
        &mut self,
        used: Use,
        declared: &Declared<'a>,
        explode: bool,
    ) -> (Use, ParameterShape) {
        let single = |ty| (ty, ParameterShape::Single);
        let text = Use::new(Kind::Scalar(Scalar::String));
        if let Style::Other(style) = declared.style {
            self.unsupported_value(
                &declared.pointer,
                &format!("a parameter of style `{style}`"),
            );
            return single(text);
        }
        match self.plain(&used, 0) {
            Some(Use {
                kind: Kind::Array(item),
                ..
            }) => {
                let Some(item) = self
                    .plain(&item, 0)
                    .filter(|item| !matches!(item.kind, Kind::Array(_)))
                else {
                    self.unsupported_value(
                        &declared.pointer,
                        "a parameter with a list of lists or objects",
                    );
                    return single(text);
                };
                let shape = match declared.style {
                    Style::Form if explode => ParameterShape::Exploded,
                    Style::Form | Style::Simple | Style::Other(_) => ParameterShape::Comma,
                    Style::Space => ParameterShape::Space,
                    Style::Pipe => ParameterShape::Pipe,
                };
                (item, shape)
            }
            Some(value) => single(value),
            None => {
                self.unsupported_value(&declared.pointer, "a parameter that is an object");
                single(text)
            }
        }
    }

    /// A scalar, an enum, or a list, behind any aliases; nothing for objects.
    fn plain(&self, used: &Use, depth: usize) -> Option<Use> {
        match &used.kind {
            Kind::Scalar(Scalar::Secret | Scalar::Base64) | Kind::Any => {
                Some(Use::new(Kind::Scalar(Scalar::String)))
            }
            Kind::Scalar(_) | Kind::Array(_) => Some(Use {
                nullable: false,
                ..used.clone()
            }),
            Kind::Map(_) => None,
            Kind::Named(id) => match &self.types.get(*id).shape {
                Shape::Object(_) => None,
                // On the wire each of them is text, and the server tells them apart.
                Shape::Union(union) if depth < 32 => {
                    let mut branches = union
                        .branches
                        .iter()
                        .map(|branch| self.plain(&branch.ty, depth + 1));
                    let is_text = branches.all(|plain| {
                        plain.is_some_and(|plain| !matches!(plain.kind, Kind::Array(_)))
                    });
                    is_text.then(|| Use::new(Kind::Scalar(Scalar::String)))
                }
                Shape::Union(_) => None,
                Shape::StringEnum(..) | Shape::IntegerEnum(..) | Shape::ValueEnum(_) => Some(Use {
                    nullable: false,
                    ..used.clone()
                }),
                Shape::Alias(target) if depth < 32 => self.plain(target, depth + 1),
                Shape::Alias(_) => None,
            },
        }
    }

    fn unsupported_value(&mut self, pointer: &Pointer, what: &str) {
        self.widened.insert(pointer.clone());
        self.diagnostics
            .report(
                Code::Unsupported,
                pointer,
                format!("{what} is not supported yet"),
            )
            .label("taken as a plain string")
            .help("pass the value as it goes on the wire, before percent-encoding");
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
