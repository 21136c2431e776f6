//! The tables of `validate` and of `with_defaults`.

use super::ty::Scope;
use crate::model::{
    Check, DefaultValue, FieldCheck, FieldDefault, Limit, Presence, Rule, Struct, Type, Union,
};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `validate! { Thing { … } }`
pub(super) fn field_checks(item: &Struct) -> Option<TokenStream> {
    let name = &item.ident;
    let rows = item.checks.as_ref()?.iter().map(field_check);
    Some(quote! {
        validate! { #name {
            #(#rows;)*
        } }
    })
}

/// `optional name = "name": text(&[Length(1, 255)])`
fn field_check(row: &FieldCheck) -> TokenStream {
    let presence = match row.presence {
        Presence::Required => quote! { required },
        Presence::Optional => quote! { optional },
        Presence::Nullable => quote! { nullable },
        Presence::Rest => quote! { rest },
    };
    let name = &row.ident;
    let wire = &row.wire;
    let check = check(&row.check);
    quote! { #presence #name = #wire: #check }
}

/// `validate! { Pet: union { … } }`
pub(super) fn variant_checks(item: &Union) -> Option<TokenStream> {
    let name = &item.ident;
    let rows = item.checks.as_ref()?.iter().map(|(variant, check)| {
        let check = self::check(check);
        quote! { #variant: #check }
    });
    Some(quote! {
        validate! { #name: union {
            #(#rows;)*
        } }
    })
}

/// `list(&[Count(1, 5)], text(&[Length(1, 9)]))`
fn check(check: &Check) -> TokenStream {
    match check {
        Check::Text(rules) => {
            let rules = self::rules(rules);
            quote! { text(#rules) }
        }
        Check::Number(rules) => {
            let rules = self::rules(rules);
            quote! { number(#rules) }
        }
        Check::List(rules, unique, each) => {
            let rules = self::rules(rules);
            let each = self::check(each);
            let kind = if *unique {
                quote! { set }
            } else {
                quote! { list }
            };
            quote! { #kind(#rules, #each) }
        }
        Check::Map(rules, each) => {
            let rules = self::rules(rules);
            let each = self::check(each);
            quote! { map(#rules, #each) }
        }
        Check::OrNull(inner) => {
            let inner = self::check(inner);
            quote! { or_null(#inner) }
        }
        Check::Boxed(inner) => {
            let inner = self::check(inner);
            quote! { boxed(#inner) }
        }
        Check::Nested => quote! { nested() },
        Check::Any => quote! { any() },
    }
}

fn rules(rules: &[Rule]) -> TokenStream {
    let rules = rules.iter().map(rule);
    quote! { &[#(#rules),*] }
}

fn rule(rule: &Rule) -> TokenStream {
    match rule {
        Rule::Length(least, most) => {
            let (least, most) = counts(*least, *most);
            quote! { Length(#least, #most) }
        }
        Rule::Count(least, most) => {
            let (least, most) = counts(*least, *most);
            quote! { Count(#least, #most) }
        }
        Rule::Pattern(pattern) => quote! { pattern!(#pattern) },
        Rule::Minimum(value) => {
            let value = limit(*value);
            quote! { Minimum(#value) }
        }
        Rule::Maximum(value) => {
            let value = limit(*value);
            quote! { Maximum(#value) }
        }
        Rule::Above(value) => {
            let value = limit(*value);
            quote! { Above(#value) }
        }
        Rule::Below(value) => {
            let value = limit(*value);
            quote! { Below(#value) }
        }
        Rule::MultipleOf(value) => {
            let value = limit(*value);
            quote! { MultipleOf(#value) }
        }
    }
}

fn counts(least: usize, most: Option<usize>) -> (TokenStream, TokenStream) {
    let number = |value| {
        let value = Literal::usize_unsuffixed(value);
        quote! { #value }
    };
    let most = most.map_or_else(|| quote! { usize::MAX }, number);
    (number(least), most)
}

fn limit(limit: Limit) -> TokenStream {
    match limit {
        Limit::Integer(value) => {
            let value = integer(value);
            quote! { Integer(#value) }
        }
        Limit::Decimal(value) => {
            let value = decimal(value);
            quote! { Decimal(#value) }
        }
    }
}

/// A literal; the sign is a token of its own, as when it is read back.
fn integer(value: i128) -> TokenStream {
    let sign = (value < 0).then(|| quote! { - });
    let digits = Literal::u128_unsuffixed(value.unsigned_abs());
    quote! { #sign #digits }
}

fn decimal(value: f64) -> TokenStream {
    let sign = value.is_sign_negative().then(|| quote! { - });
    let digits = Literal::f64_unsuffixed(value.abs());
    quote! { #sign #digits }
}

/// `defaults! { Thing { … } }`
pub(super) fn defaults(item: &Struct, scope: Scope<'_>) -> Option<TokenStream> {
    let name = &item.ident;
    let rows = item.defaults.fields.iter().map(|field| row(field, scope));
    (!item.defaults.fields.is_empty()).then(|| {
        quote! {
            defaults! { #name {
                #(#rows;)*
            } }
        }
    })
}

/// `optional limit = 5`
fn row(field: &FieldDefault, scope: Scope<'_>) -> TokenStream {
    let name = &field.ident;
    let kind = match (&field.value, field.nullable) {
        (DefaultValue::Json(_), _) => quote! { json },
        (_, true) => quote! { nullable },
        (_, false) => quote! { optional },
    };
    let value = match &field.value {
        DefaultValue::Bool(value) => quote! { #value },
        DefaultValue::Integer(value) => integer(*value),
        DefaultValue::Decimal(value) => decimal(*value),
        DefaultValue::Text(text) => quote! { #text.into() },
        DefaultValue::IntegerOf(ident, value) => {
            let ty = scope.ty(&Type::Named(ident.clone()));
            let value = integer(*value);
            quote! { #ty::from(#value) }
        }
        DefaultValue::Json(text) => quote! { #text },
    };
    quote! { #kind #name = #value }
}
