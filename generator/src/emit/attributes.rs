//! Attributes: documentation, deprecation, and the lints that single items need.

use crate::model::Docs;
use proc_macro2::TokenStream;
use quote::quote;

/// What stands where the document has no description: `missing_docs` is on in the output.
const UNDESCRIBED: &str = "The document does not describe it.";

/// Most parameters that a function may have, `self` included, before clippy complains.
const PARAMETERS: usize = 7;

/// `/// …`, a line for each line.
pub(super) fn docs(docs: &Docs) -> TokenStream {
    let described = docs.lines.iter().any(|line| !line.trim().is_empty());
    let lines = if described {
        docs.lines.as_slice()
    } else {
        &[]
    };
    let undescribed = (!described).then(|| doc_line(UNDESCRIBED));
    let lines = lines.iter().map(|line| doc_line(line));
    quote! { #undescribed #(#lines)* }
}

/// `/// line`
pub(super) fn doc_line(line: &str) -> TokenStream {
    let text = doc_text(line);
    quote! { #[doc = #text] }
}

/// The text of a documentation comment: a space in front, none behind.
pub(crate) fn doc_text(line: &str) -> String {
    let line = line.trim_end_matches(' ');
    let space = if line.is_empty() { "" } else { " " };
    format!("{space}{line}")
}

/// `#[deprecated]`
pub(super) fn deprecated(deprecated: bool) -> Option<TokenStream> {
    deprecated.then(|| quote! { #[deprecated] })
}

/// `#[expect(clippy::too_many_arguments)]` on a function with this many parameters.
pub(super) fn too_many_arguments(parameters: usize) -> Option<TokenStream> {
    (parameters > PARAMETERS).then(|| {
        quote! { #[expect(clippy::too_many_arguments, reason = "the document requires them all")] }
    })
}
