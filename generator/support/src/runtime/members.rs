//! The way along the properties of an object, and what is done on it: writing, printing, comparing.

use super::Nullable;
use super::constants;
use super::request_scope::RequestScope;
use super::rest::Rest;
use super::wire::Object;
use serde::Serialize;
use serde::ser::SerializeMap;
use std::any::{Any, type_name};
use std::fmt::{self, Debug};

/// The value of a property.
pub trait Member: Serialize + Debug + PartialEq + 'static {}

impl<T: Serialize + Debug + PartialEq + 'static> Member for T {}

/// Is shown the properties of an object, each by the method that its row names.
pub trait Members<'a> {
    /// Whether properties are shown that only responses have.
    fn takes_read_only(&self) -> bool {
        true
    }

    /// A property that is there.
    fn member<T: Member>(&mut self, name: &'static str, value: &'a T);

    /// The properties of an object that no row names.
    fn rest<R: Rest, T: Object>(&mut self, rest: &'a R, object: &'a T);

    /// The value.
    #[inline]
    fn required<T: Member>(&mut self, name: &'static str, value: &'a T) {
        self.member(name, value);
    }

    /// The list or the map.
    #[inline]
    fn list<T: Member>(&mut self, name: &'static str, value: &'a T) {
        self.member(name, value);
    }

    /// The value, if there is one.
    #[inline]
    fn optional<T: Member>(&mut self, name: &'static str, value: &'a Option<T>) {
        if let Some(value) = value {
            self.member(name, value);
        }
    }

    /// The value, if there is one; it may write itself as `null`.
    #[inline]
    fn optional_any<T: Member>(&mut self, name: &'static str, value: &'a Option<T>) {
        self.optional(name, value);
    }

    /// `null` or the value; nothing when absent.
    #[inline]
    fn nullable<T: Member>(&mut self, name: &'static str, value: &'a Nullable<T>) {
        if !value.is_absent() {
            self.member(name, value);
        }
    }

    /// The value, if there is one, unless a request body is being written.
    #[inline]
    fn read_only<T: Member>(&mut self, name: &'static str, value: &'a Option<T>) {
        if self.takes_read_only() {
            self.optional(name, value);
        }
    }

    /// `null` or the value, unless a request body is being written.
    #[inline]
    fn read_only_nullable<T: Member>(&mut self, name: &'static str, value: &'a Nullable<T>) {
        if self.takes_read_only() {
            self.nullable(name, value);
        }
    }

    /// The value, if there is one.
    #[inline]
    fn write_only<T: Member>(&mut self, name: &'static str, value: &'a Option<T>) {
        self.optional(name, value);
    }
}

/// Writes properties, up to the first error.
#[derive(Debug)]
pub struct Writer<M: SerializeMap> {
    map: M,
    error: Option<M::Error>,
}

impl<M: SerializeMap> Writer<M> {
    /// Nothing is written yet.
    #[inline]
    pub const fn new(map: M) -> Self {
        Self { map, error: None }
    }

    /// Ends the map.
    ///
    /// # Errors
    ///
    /// The first error of all that was written.
    #[inline]
    pub fn end(self) -> Result<M::Ok, M::Error> {
        match self.error {
            Some(error) => Err(error),
            None => self.map.end(),
        }
    }
}

impl<'a, M: SerializeMap> Members<'a> for Writer<M> {
    #[inline]
    fn takes_read_only(&self) -> bool {
        !RequestScope::is_active()
    }

    #[inline]
    fn member<T: Member>(&mut self, name: &'static str, value: &'a T) {
        if self.error.is_none() {
            self.error = self.map.serialize_entry(name, value).err();
        }
    }

    #[inline]
    fn rest<R: Rest, T: Object>(&mut self, rest: &'a R, object: &'a T) {
        if self.error.is_none() && !rest.is_empty() {
            let mut named = Names(Vec::new());
            object.walk(&mut named);
            self.error = rest.write(&mut self.map, &named.0).err();
        }
    }
}

/// Lists the names of rows, whether or not the properties are there.
struct Names(Vec<&'static str>);

impl<'a> Members<'a> for Names {
    fn member<T: Member>(&mut self, name: &'static str, _: &'a T) {
        self.0.push(name);
    }

    fn optional<T: Member>(&mut self, name: &'static str, _: &'a Option<T>) {
        self.0.push(name);
    }

    fn nullable<T: Member>(&mut self, name: &'static str, _: &'a Nullable<T>) {
        self.0.push(name);
    }

    fn rest<R: Rest, T: Object>(&mut self, _: &'a R, _: &'a T) {}
}

/// `Debug` of an object: its type, and the properties that are there.
pub fn debug<T: Object>(object: &T, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
    let path = type_name::<T>();
    let name = path.rsplit("::").next().unwrap_or(path);
    let mut printer = Printer(formatter.debug_struct(name));
    constants::walk(object, &mut printer);
    object.walk(&mut printer);
    printer.0.finish()
}

/// Prints properties.
struct Printer<'f, 'b>(fmt::DebugStruct<'f, 'b>);

impl<'a> Members<'a> for Printer<'_, '_> {
    fn member<T: Member>(&mut self, name: &'static str, value: &'a T) {
        self.0.field(name, value);
    }

    fn rest<R: Rest, T: Object>(&mut self, rest: &'a R, _: &'a T) {
        if !rest.is_empty() {
            self.0.field(REST, rest);
        }
    }
}

/// `PartialEq` of an object: the same properties are there, and they are equal.
pub fn equal<T: Object>(object: &T, other: &T) -> bool {
    let mut listed = Listed(Vec::new());
    object.walk(&mut listed);
    let mut compared = Compared {
        expected: listed.0.into_iter(),
        are_equal: true,
    };
    other.walk(&mut compared);
    compared.are_equal && compared.expected.next().is_none()
}

/// A property's name and value.
type Property<'a> = (&'static str, &'a dyn Any);

/// The name that stands for the properties that no row names.
const REST: &str = "..";

/// Lists properties.
struct Listed<'a>(Vec<Property<'a>>);

impl<'a> Members<'a> for Listed<'a> {
    fn member<T: Member>(&mut self, name: &'static str, value: &'a T) {
        self.0.push((name, value));
    }

    fn rest<R: Rest, T: Object>(&mut self, rest: &'a R, _: &'a T) {
        self.0.push((REST, rest));
    }
}

/// Compares properties with those of another object of the type.
struct Compared<'a> {
    expected: std::vec::IntoIter<Property<'a>>,
    are_equal: bool,
}

impl Compared<'_> {
    fn compare<T: PartialEq + 'static>(&mut self, name: &'static str, value: &T) {
        // After a difference, no more values are looked at.
        self.are_equal = self.are_equal
            && self.expected.next().is_some_and(|(expected, other)| {
                expected == name && other.downcast_ref() == Some(value)
            });
    }
}

impl<'a> Members<'a> for Compared<'_> {
    fn member<T: Member>(&mut self, name: &'static str, value: &'a T) {
        self.compare(name, value);
    }

    fn rest<R: Rest, T: Object>(&mut self, rest: &'a R, _: &'a T) {
        self.compare(REST, rest);
    }
}
