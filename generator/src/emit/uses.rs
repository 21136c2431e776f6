//! What a file imports: exactly what its items name.

use crate::model::{
    Alias, Content, Field, FieldKind, HeaderKey, IntegerEnum, Item, Location, Looks, Operation,
    Outcome, Parameter, ParameterShape, Reading, Struct, Type,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use std::collections::BTreeSet;

/// What the items of one file name.
#[derive(Debug, Default)]
pub(super) struct Uses<'a> {
    /// Names of the runtime.
    runtime: BTreeSet<&'static str>,
    /// Generated types.
    named: BTreeSet<&'a Ident>,
    /// Types that the file itself defines.
    defined: BTreeSet<&'a Ident>,
    /// Whether `BTreeMap` is named.
    map: bool,
}

impl<'a> Uses<'a> {
    /// `use` items of a file below `types`: siblings, runtime, `BTreeMap`.
    pub(super) fn in_types(&self) -> Vec<TokenStream> {
        let siblings: Vec<_> = self.named.difference(&self.defined).collect();
        let siblings = match siblings.as_slice() {
            [] => None,
            [one] => Some(quote! { use super::#one; }),
            many => Some(quote! { use super::{#(#many),*}; }),
        };
        siblings
            .into_iter()
            .chain(self.runtime())
            .chain(self.map())
            .collect()
    }

    /// `use` items of a file elsewhere: runtime, `types`, `BTreeMap`.
    pub(super) fn outside(&self) -> Vec<TokenStream> {
        let types = (!self.named.is_subset(&self.defined)).then(|| quote! { use crate::types; });
        self.runtime()
            .into_iter()
            .chain(types)
            .chain(self.map())
            .collect()
    }

    /// The types that the file itself defines.
    pub(super) fn defined(&self) -> &BTreeSet<&'a Ident> {
        &self.defined
    }

    /// `use crate::runtime::{…};`
    fn runtime(&self) -> Option<TokenStream> {
        let names: Vec<_> = self
            .runtime
            .iter()
            .map(|name| Ident::new(name, Span::call_site()))
            .collect();
        match names.as_slice() {
            [] => None,
            [one] => Some(quote! { use crate::runtime::#one; }),
            many => Some(quote! { use crate::runtime::{#(#many),*}; }),
        }
    }

    /// `use std::collections::BTreeMap;`
    fn map(&self) -> Option<TokenStream> {
        self.map.then(|| quote! { use std::collections::BTreeMap; })
    }

    /// What a type to print names.
    pub(super) fn item(&mut self, item: &'a Item) {
        match item {
            Item::Struct(item) => self.structure(item),
            Item::StringEnum(item) => {
                self.defined.insert(&item.ident);
                self.runtime.insert("string_enum");
            }
            Item::IntegerEnum(IntegerEnum { ident, repr, .. }) => {
                self.defined.insert(ident);
                self.runtime.insert("integer_enum");
                self.ty(repr);
            }
            Item::ValueEnum(item) => {
                self.defined.insert(&item.ident);
                self.runtime.insert("value_enum");
            }
            Item::Union(item) => {
                self.defined.insert(&item.ident);
                self.runtime.insert("union");
                self.runtime.insert("Unmatched");
                if item.checks.is_some() {
                    self.runtime.insert("validate");
                }
                for variant in &item.variants {
                    self.ty(&variant.ty);
                    self.looks(&variant.looks);
                }
            }
            Item::Alias(Alias { ident, ty, .. }) => {
                self.defined.insert(ident);
                self.ty(ty);
            }
        }
    }

    /// The table of a union names what stands behind aliases.
    fn looks(&mut self, looks: &'a Looks) {
        match looks {
            Looks::StringOf(name) | Looks::OneOf(name, _) => {
                self.named.insert(name);
            }
            Looks::Object(object) => {
                self.named.insert(&object.ident);
            }
            Looks::ArrayOf(item) => self.looks(item),
            _ => {}
        }
    }

    fn structure(&mut self, item: &'a Struct) {
        self.defined.insert(&item.ident);
        self.runtime.insert(item.table());
        if !item.defaults.fields.is_empty() {
            self.runtime.insert("defaults");
        }
        if let Some(checks) = &item.checks {
            self.runtime.insert("validate");
            if checks.iter().any(|row| row.check.has_pattern()) {
                self.runtime.insert("pattern");
            }
        }
        for field in &item.fields {
            self.field(field);
        }
        match item.rest.as_ref().map(|rest| rest.value.as_ref()) {
            Some(Some(value)) => {
                self.map = true;
                self.ty(value);
            }
            Some(None) => {
                self.runtime.insert("AdditionalProperties");
            }
            None => {}
        }
    }

    fn field(&mut self, field: &'a Field) {
        self.ty(&field.ty);
        match field.kind {
            FieldKind::Nullable | FieldKind::ReadOnlyNullable => {
                self.runtime.insert("Nullable");
            }
            FieldKind::Required
            | FieldKind::List
            | FieldKind::Optional
            | FieldKind::OptionalAny
            | FieldKind::ReadOnly
            | FieldKind::WriteOnly => {}
        }
    }

    /// What a type names.
    fn ty(&mut self, ty: &'a Type) {
        match ty {
            Type::Secret => {
                self.runtime.insert("Secret");
            }
            Type::File => {
                self.runtime.insert("File");
            }
            Type::Base64 => {
                self.runtime.insert("Base64");
            }
            Type::Formatted(value) => {
                self.runtime.insert("Formatted");
                self.ty(value);
            }
            Type::OrEmpty(value) => {
                self.runtime.insert("OrEmpty");
                self.ty(value);
            }
            Type::StringOr(value) => {
                self.runtime.insert("StringOr");
                self.ty(value);
            }
            Type::Named(name) => {
                self.named.insert(name);
            }
            Type::Map(value) => {
                self.map = true;
                self.ty(value);
            }
            Type::Vec(value) | Type::Option(value) | Type::Box(value) => self.ty(value),
            Type::Bool
            | Type::I8
            | Type::I16
            | Type::I32
            | Type::I64
            | Type::U8
            | Type::U16
            | Type::U32
            | Type::U64
            | Type::I128
            | Type::U128
            | Type::F64
            | Type::External(_)
            | Type::String
            | Type::Timestamp
            | Type::Date
            | Type::Uuid
            | Type::Value => {}
        }
    }

    /// What an operation names, its inline types included.
    pub(super) fn operation(&mut self, operation: &'a Operation) {
        self.runtime
            .extend(["Client", "Method", "Repeat", "Request", "operation"]);
        if let Some(pages) = &operation.pages {
            self.runtime.extend(["Next", "pages"]);
            if let Some((_, item)) = &pages.items {
                self.ty(item);
            }
        }
        for item in &operation.items {
            self.item(item);
        }
        for item in &operation.enums {
            for variant in &item.variants {
                self.reading(&variant.reading);
            }
        }
        for parameter in operation.arguments.iter().chain(&operation.setters) {
            self.parameter(parameter);
        }
        if let Some(body) = &operation.body {
            let choices = body.choices.iter();
            choices.for_each(|choice| self.content(&choice.content));
        }
        if !operation.unread.is_empty() {
            self.runtime.insert("Unread");
        }
        self.outcome(&operation.success);
        self.outcome(&operation.failure);
    }

    fn parameter(&mut self, parameter: &'a Parameter) {
        match &parameter.ty {
            // Taken as `&str`.
            Type::Secret => {}
            ty => self.ty(ty),
        }
        match (parameter.location, parameter.shape) {
            (Location::Query, ParameterShape::Array(_)) => {
                self.runtime.insert("ArrayStyle");
            }
            (_, ParameterShape::Value(..) | ParameterShape::QueryString(_)) => {
                self.runtime.insert("Style");
            }
            (Location::Query, ParameterShape::Single)
            | (Location::Path | Location::Header | Location::Cookie, _) => {}
        }
    }

    fn outcome(&mut self, outcome: &'a Outcome) {
        match outcome {
            Outcome::Undocumented => {
                self.runtime.insert("Undocumented");
            }
            Outcome::One(reading) => self.reading(reading),
            Outcome::Enum(_) => {}
        }
    }

    fn content(&mut self, content: &'a Content) {
        match content {
            Content::Json(ty) | Content::Items(ty) => self.ty(ty),
            Content::Form(ty, encodings) => {
                self.ty(ty);
                if !encodings.is_empty() {
                    self.runtime.extend(["Encoding", "Style"]);
                }
            }
            Content::Multipart(Some(ty), _) => self.ty(ty),
            Content::Multipart(None, _) => {
                self.runtime.insert("Multipart");
            }
            Content::Bytes => {
                self.runtime.insert("Body");
            }
            Content::Text => {}
        }
    }

    /// What a response is read into.
    fn reading(&mut self, reading: &'a Reading) {
        match reading {
            Reading::Json(ty) | Reading::Form(ty) => self.ty(ty),
            Reading::Events(ty) | Reading::EventObjects(ty) => {
                self.runtime.insert("EventStream");
                self.ty(ty);
            }
            Reading::TextEvents => {
                self.runtime.insert("EventStream");
            }
            Reading::Items(ty) => {
                self.runtime.insert("JsonStream");
                self.ty(ty);
            }
            Reading::Stream => {
                self.runtime.insert("Body");
            }
            Reading::Text | Reading::Bytes | Reading::Empty => {}
        }
    }

    /// What a header key names.
    pub(super) fn header(&mut self, key: &'a HeaderKey) {
        self.runtime.insert("Header");
        if matches!(key.ty, Type::Vec(_)) {
            self.runtime.insert("HeaderList");
        }
        self.ty(&key.ty);
    }
}
