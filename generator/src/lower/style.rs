//! How values go into parameters and forms.

use super::Lowering;
use crate::ir::{Kind, ParameterShape, Scalar, Shape, Style, Use};
use openapiv3::QueryStyle;

impl Lowering<'_, '_> {
    /// The type of one value, and how several are joined.
    ///
    /// Scalars and lists of scalars are written as they are; whatever else there is goes through the
    /// runtime as a value, and so does everything where that is asked for.
    pub(super) fn value(
        &self,
        used: Use,
        is_value: bool,
        style: Style,
        explode: bool,
    ) -> (Use, ParameterShape) {
        let plain = self.plain(&used, 0);
        let is_whole = is_value
            || matches!(
                style,
                Style::Label | Style::Matrix | Style::DeepObject | Style::Json
            );
        match plain {
            Some(value) if is_whole && matches!(value.kind, Kind::Scalar(_)) => (
                self.written(used, value, style),
                ParameterShape::Value(style, explode),
            ),
            Some(Use {
                kind: Kind::Array(item),
                ..
            }) if !is_whole => {
                let item = self.plain(&item, 0);
                match item.filter(|item| !matches!(item.kind, Kind::Array(_))) {
                    Some(item) => (item, list_shape(style, explode)),
                    None => (not_null(used), ParameterShape::Value(style, explode)),
                }
            }
            Some(value) if !is_whole => (value, ParameterShape::Single),
            Some(_) | None => (not_null(used), ParameterShape::Value(style, explode)),
        }
    }

    /// The type of a scalar that is written as a value: formats are text, and JSON stays JSON.
    fn written(&self, used: Use, plain: Use, style: Style) -> Use {
        match plain.kind {
            _ if style == Style::Json && !matches!(used.kind, Kind::Scalar(_)) => not_null(used),
            Kind::Scalar(
                Scalar::Timestamp
                | Scalar::Date
                | Scalar::TextI64
                | Scalar::TextU64
                | Scalar::External(_),
            ) => Use::new(Kind::Scalar(Scalar::String)),
            _ => plain,
        }
    }

    /// A scalar, an enum, or a list, behind any aliases; nothing for objects.
    pub(super) fn plain(&self, used: &Use, depth: usize) -> Option<Use> {
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
                // Where any text may stand, it says all that the other branches say.
                Shape::Union(union) if depth < 32 => {
                    let branches = union.branches.iter();
                    let mut plain = branches.map(|branch| self.plain(&branch.ty, depth + 1));
                    let text = Kind::Scalar(Scalar::String);
                    let plain = plain.try_fold(false, |is_text, plain| match plain?.kind {
                        Kind::Array(_) => None,
                        kind => Some(is_text || kind == text),
                    });
                    plain?.then(|| Use::new(text))
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
}

pub(super) fn query_style(style: &QueryStyle) -> Style {
    match style {
        QueryStyle::Form => Style::Form,
        QueryStyle::SpaceDelimited => Style::SpaceDelimited,
        QueryStyle::PipeDelimited => Style::PipeDelimited,
        QueryStyle::DeepObject => Style::DeepObject,
    }
}

/// How a list of scalars is written. Where the items are apart, nothing is left for a delimiter to join.
fn list_shape(style: Style, explode: bool) -> ParameterShape {
    match style {
        Style::Form | Style::SpaceDelimited | Style::PipeDelimited if explode => {
            ParameterShape::Exploded
        }
        Style::SpaceDelimited => ParameterShape::Space,
        Style::PipeDelimited => ParameterShape::Pipe,
        _ => ParameterShape::Comma,
    }
}

/// A parameter that is null is not sent.
pub(super) fn not_null(used: Use) -> Use {
    Use {
        nullable: false,
        ..used
    }
}
