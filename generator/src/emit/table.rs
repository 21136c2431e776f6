//! The table of an operation: what its requests have in common, and what each status means.

use super::moved::moved;
use super::outcome::outcome;
use super::ty::Scope;
use crate::model::{Arm, HttpMethod, Operation, Reading, Repeat, Row, Status, Unread, Verdict};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `operation! { GET_THING -> types::Thing, types::ApiError { … } }`
pub(super) fn table(operation: &Operation, scope: Scope<'_>) -> TokenStream {
    let name = &operation.constant_ident;
    let success = moved(outcome(&operation.success, scope));
    let failure = moved(outcome(&operation.failure, scope));
    let id = &operation.id;
    let method = method(&operation.http_method);
    let path = &operation.path;
    let accept = &operation.accept;
    let security = operation
        .security
        .iter()
        .map(|schemes| quote! { &[#(#schemes),*] });
    let server = match &operation.server {
        Some(url) => quote! { Some(#url) },
        None => quote! { None },
    };
    let unread = operation.unread.iter().map(unread);
    let repeat = repeat(&operation.repeat);
    let rows = operation.rows.iter().map(|row| moved(self::row(row)));
    quote! {
        operation! { #name -> #success, #failure {
            id = #id;
            method = #method;
            path = #path;
            accept = #accept;
            security = &[#(#security),*];
            server = #server;
            unread = &[#(#unread),*];
            repeat = #repeat;
            #(#rows;)*
        } }
    }
}

/// `Unread { first: 200, last: 200, media: &["*/*"], left: &["*/*"] }`
fn unread(row: &Unread) -> TokenStream {
    let [first, last] = row.status.bounds().map(Literal::u16_unsuffixed);
    let Unread {
        media,
        left,
        status: _,
    } = row;
    quote! {
        Unread { first: #first, last: #last, media: &[#(#media),*], left: &[#(#left),*] }
    }
}

/// `Repeat::After(&[429])`
fn repeat(repeat: &Repeat) -> TokenStream {
    match repeat {
        Repeat::ByMethod => quote! { Repeat::ByMethod },
        Repeat::After(statuses) => {
            let statuses = statuses.iter().copied().map(Literal::u16_unsuffixed);
            quote! { Repeat::After(&[#(#statuses),*]) }
        }
        Repeat::Key(header) => quote! { Repeat::Key(#header) },
    }
}

/// `Method::POST`, also where the call sets a method of its own: nothing is assumed of one.
fn method(method: &HttpMethod) -> TokenStream {
    match method {
        HttpMethod::Get => quote! { Method::GET },
        HttpMethod::Put => quote! { Method::PUT },
        HttpMethod::Post | HttpMethod::Extension(_) => quote! { Method::POST },
        HttpMethod::Delete => quote! { Method::DELETE },
        HttpMethod::Options => quote! { Method::OPTIONS },
        HttpMethod::Head => quote! { Method::HEAD },
        HttpMethod::Patch => quote! { Method::PATCH },
        HttpMethod::Trace => quote! { Method::TRACE },
        HttpMethod::Query => quote! { Method::QUERY },
    }
}

/// `200 => success(json)`
fn row(row: &Row) -> TokenStream {
    let status = status(row.status);
    let verdict = match row.verdict {
        Verdict::Success => quote! { success },
        Verdict::Failure => quote! { failure },
        Verdict::Other => quote! { other },
    };
    let arms = match row.arms.as_slice() {
        [arm] if !arm.reading.is_of_items() => vec![decoder(arm)],
        arms => arms.iter().map(arm).collect(),
    };
    quote! { #status => #verdict(#(#arms),*) }
}

/// `"text/csv" => text as ExportOutcome::Csv`
fn arm(arm: &Arm) -> TokenStream {
    let media = &arm.media;
    let decoder = decoder(arm);
    quote! { #(#media)|* => #decoder }
}

/// `json as ExportOutcome::Json`
fn decoder(arm: &Arm) -> TokenStream {
    let decoder = match arm.reading {
        Reading::Json(_) => quote! { json },
        Reading::Form(_) => quote! { form },
        Reading::Text => quote! { text },
        Reading::Bytes => quote! { bytes },
        Reading::Stream => quote! { stream },
        Reading::Events(_) => quote! { events },
        Reading::TextEvents => quote! { texts },
        Reading::EventObjects(_) => quote! { envelopes },
        Reading::Items(_) => quote! { items },
        Reading::Empty => quote! { empty },
    };
    let variant = arm
        .variant
        .as_ref()
        .map(|(name, variant)| quote! { as #name::#variant });
    quote! { #decoder #variant }
}

/// A pattern over the status: `404`, `400..=499` or `_`.
fn status(status: Status) -> TokenStream {
    match status {
        Status::Exact(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote! { #code }
        }
        Status::Range(_) => {
            let [first, last] = status.bounds().map(Literal::u16_unsuffixed);
            quote! { #first..=#last }
        }
        Status::Default => quote! { _ },
    }
}
