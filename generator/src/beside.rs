//! What a document says and `openapiv3` has no room for: private members that stand beside.
//!
//! `normalise` writes them, `lower` reads them, and no other stage knows of them. No document can
//! contain one: members with the prefix are left out, and reported, before any is written.

/// Begins the name of every private member.
pub(crate) const PREFIX: &str = "x-specwright:";

/// Of a path item: its operation with the method `QUERY` of OpenAPI 3.2.
pub const QUERY: &str = "x-specwright:query";

/// Of a path item: its operations with methods that OpenAPI has no field for, by method.
pub const OPERATIONS: &str = "x-specwright:operations";

/// Of a media type: its `schema` was made of the `itemSchema` of OpenAPI 3.2, so the body is a
/// stream of items.
pub(crate) const STREAM: &str = "x-specwright:stream";

/// Of a media type: the `itemEncoding` of OpenAPI 3.2.
pub(crate) const ITEM_ENCODING: &str = "x-specwright:item-encoding";

/// Of a media type: the `prefixEncoding` of OpenAPI 3.2.
pub(crate) const PREFIX_ENCODING: &str = "x-specwright:prefix-encoding";

/// Of a security scheme: it was `mutualTLS` of OpenAPI 3.1, for which nothing is sent.
pub(crate) const MUTUAL_TLS: &str = "x-specwright:mutual-tls";

/// Of a query parameter: it is the whole query string, `querystring` of OpenAPI 3.2.
pub(crate) const QUERY_STRING: &str = "x-specwright:querystring";

/// Of a cookie parameter: it has the style `cookie` of OpenAPI 3.2, which encodes nothing.
pub(crate) const COOKIE_STYLE: &str = "x-specwright:cookie-style";

/// Of the document: how many operations its webhooks have.
pub(crate) const WEBHOOKS: &str = "x-specwright:webhooks";

/// Of an integer schema: a lower bound that 64 bits with a sign cannot hold, or one
/// below zero beside such an upper bound, as decimal text.
pub(crate) const MINIMUM: &str = "x-specwright:minimum";

/// Of an integer schema: an upper bound that 64 bits with a sign cannot hold, as decimal text.
pub(crate) const MAXIMUM: &str = "x-specwright:maximum";
