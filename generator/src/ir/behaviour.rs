//! How an operation may be sent again, and how its pages hang together.

use super::{Kind, Operation, Reading, Representation, Response, Shape, Status, Types, Use};
use crate::diagnostic::unescaped;

/// When a request may be sent again, beside what holds for every request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// When its method is idempotent.
    ByMethod,
    /// Also after these statuses, with which the document declares a server that is busy.
    After(Vec<u16>),
    /// Always: it carries an idempotency key in a header of this name.
    Key(String),
}

impl Operation {
    /// The JSON body of a success, which pages are made of.
    #[must_use]
    pub fn page_body(&self) -> Option<&Use> {
        let success = |response: &&Response| {
            matches!(
                response.status,
                Status::Exact(200..=299) | Status::Range(2) | Status::Default
            )
        };
        let response = self.responses.iter().find(success)?;
        match response.bodies.as_slice() {
            [
                Representation {
                    reading: Reading::Json(used),
                    ..
                },
            ] => Some(used),
            _ => None,
        }
    }
}

impl Types {
    /// The type of the items of the list at a JSON pointer into a value.
    #[must_use]
    pub fn items_at<'a>(&'a self, value: &'a Use, pointer: &str) -> Option<&'a Use> {
        let mut used = self.behind(value)?;
        for segment in pointer.split('/').skip(1) {
            let name = unescaped(segment);
            let Kind::Named(id) = used.kind else {
                return None;
            };
            let Shape::Object(object) = &self.get(id).shape else {
                return None;
            };
            let mut properties = object.properties.iter();
            let property = properties.find(|property| property.name == name)?;
            used = self.behind(&property.ty)?;
        }
        match &used.kind {
            Kind::Array(item) => Some(item),
            _ => None,
        }
    }

    /// What a use means where it is called by another name.
    fn behind<'a>(&'a self, mut used: &'a Use) -> Option<&'a Use> {
        for _ in 0..32 {
            match used.kind {
                Kind::Named(id) => match &self.get(id).shape {
                    Shape::Alias(target) => used = target,
                    _ => return Some(used),
                },
                _ => return Some(used),
            }
        }
        None
    }
}
