//! What became of each schema, in the types that are printed.

use super::Context;
use crate::model;

impl Context<'_> {
    /// The noted places; none when nobody asked for them.
    pub(super) fn places(&self) -> Vec<model::Place> {
        let places = self.api.places.iter();
        let place = |(pointer, used): &(_, _)| model::Place {
            pointer: crate::diagnostic::Pointer::clone(pointer),
            ty: self.ty(used),
            free_form: self.is_any(used),
        };
        places.map(place).collect()
    }
}
