//! Attributes: documentation, deprecation, and the lints that single items need.

use crate::model::Docs;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// What stands where the document has no description: `missing_docs` is on in the output.
const UNDESCRIBED: &str = "The document does not describe it.";

/// Most parameters that a function may have, `self` included, before clippy complains.
const PARAMETERS: usize = 7;

/// `/// …`, a line for each line.
pub(super) fn docs(docs: &Docs) -> TokenStream {
    if docs.lines.iter().all(|line| line.trim().is_empty()) {
        return doc_line(UNDESCRIBED);
    }
    let texts = docs.lines.iter().map(|line| doc_literal(line));
    quote! { #(#[doc = #texts])* }
}

/// `/// line`
pub(super) fn doc_line(line: &str) -> TokenStream {
    let text = doc_literal(line);
    quote! { #[doc = #text] }
}

/// `/// …`, of the generator's own.
pub(super) fn doc_lines(lines: &[&str]) -> TokenStream {
    lines.iter().map(|line| doc_line(line)).collect()
}

/// The text of a documentation comment as a literal. Documentation is most of the output, and nearly all of
/// it is plain ASCII, which is read in a tenth of the time that `Literal::string` takes to write it,
/// character by character.
fn doc_literal(line: &str) -> Literal {
    let (space, text) = spaced(line);
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let read = is_plain.then(|| quoted(space, text).parse().ok()).flatten();
    read.unwrap_or_else(|| Literal::string(&doc_text(line)))
}

/// Plain ASCII between quotes.
fn quoted(space: &str, text: &str) -> String {
    if !text.contains(['"', '\\']) {
        return ["\"", space, text, "\""].concat();
    }
    let escaped = text.replace('\\', r"\\").replace('"', "\\\"");
    ["\"", space, &escaped, "\""].concat()
}

/// The text of a documentation comment: a space in front, none behind.
pub(crate) fn doc_text(line: &str) -> String {
    let (space, text) = spaced(line);
    [space, text].concat()
}

/// The space in front of a line, where there is one, and the line without spaces behind.
fn spaced(line: &str) -> (&'static str, &str) {
    match line.trim_end_matches(' ') {
        "" => ("", ""),
        line => (" ", line),
    }
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
