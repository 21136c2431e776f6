//! Tokens on their way into larger ones.

use proc_macro2::TokenStream;
use quote::ToTokens;
use std::cell::Cell;
use std::iter;

/// Tokens that are put into one `quote!`, once: they move there. Those of a `TokenStream` are copied, each
/// with its text, at every level of nesting.
pub(super) struct Moved(Cell<Option<TokenStream>>);

/// Tokens that are not needed any more once they are printed.
pub(super) fn moved(tokens: TokenStream) -> Moved {
    Moved(Cell::new(Some(tokens)))
}

impl ToTokens for Moved {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let taken = self.0.take();
        debug_assert!(taken.is_some(), "tokens were moved before");
        tokens.extend(iter::once(taken.unwrap_or_default()));
    }
}

#[cfg(test)]
mod tests {
    use super::moved;
    use quote::quote;

    #[test]
    fn nothing_is_lost_on_the_way() {
        let inner = moved(quote! { a: Vec<u8>, b: -1 });
        let outer = moved(quote! { struct A { #inner } });
        let copied = quote! { struct A { a: Vec<u8>, b: -1 } };
        assert_eq!(quote! { #outer }.to_string(), copied.to_string());
    }
}
