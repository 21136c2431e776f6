//! Defaults of the document, filled in when somebody asks, as one table per type.

use super::Nullable;
use serde::de::DeserializeOwned;

/// The table of a struct: a row per property with a default.
macro_rules! defaults {
    ($name:ident { $($kind:ident $field:ident = $value:expr;)* }) => {
        impl $name {
            /// The same with the document's default for each property that is absent and has one.
            #[must_use]
            pub fn with_defaults(mut self) -> Self {
                $($crate::runtime::defaults::$kind! { self.$field = $value })*
                self
            }
        }
    };
}
pub(crate) use defaults;

/// A property that may be absent.
macro_rules! optional {
    ($this:ident.$field:ident = $value:expr) => {
        if $this.$field.is_none() {
            $this.$field = Some($value);
        }
    };
}
pub(crate) use optional;

/// A property that may be absent or null.
macro_rules! nullable {
    ($this:ident.$field:ident = $value:expr) => {
        if $this.$field.is_absent() {
            $this.$field = $crate::runtime::Nullable::Value($value);
        }
    };
}
pub(crate) use nullable;

/// A property whose default is written as JSON.
macro_rules! json {
    ($this:ident.$field:ident = $value:expr) => {
        $crate::runtime::defaults::Slot::fill(&mut $this.$field, $value);
    };
}
pub(crate) use json;

/// A place for a property that may be absent.
pub trait Slot {
    /// Puts in what a JSON text says, unless something is there.
    fn fill(&mut self, json: &str);
}

impl<T: DeserializeOwned> Slot for Option<T> {
    fn fill(&mut self, json: &str) {
        if self.is_none() {
            *self = serde_json::from_str(json).ok();
        }
    }
}

impl<T: DeserializeOwned> Slot for Nullable<T> {
    fn fill(&mut self, json: &str) {
        if self.is_absent()
            && let Ok(value) = serde_json::from_str(json)
        {
            *self = Self::Value(value);
        }
    }
}
