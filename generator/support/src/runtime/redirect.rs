//! Which redirects are followed, and what goes along.

use super::url::Url;
use http::{HeaderMap, Method, StatusCode, header};

/// How many redirects one attempt follows at most.
pub(super) const MAX_REDIRECTS: u32 = 10;

/// Where a redirect leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Redirect {
    /// The next URL.
    pub(super) url: Url,
    /// Whether it is of the same origin, so that credentials and own headers may go along.
    pub(super) is_same_origin: bool,
}

/// The redirect that a response asks for, if it is one to follow.
///
/// Within the origin, GET and HEAD follow every kind; other methods follow 307 and 308, which ask
/// for the same request again. To another origin only GET and HEAD follow, and never from
/// https to http.
pub(super) fn redirect(
    method: &Method,
    url: &Url,
    status: StatusCode,
    headers: &HeaderMap,
) -> Option<Redirect> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let mut locations = headers.get_all(header::LOCATION).iter();
    let location = locations.next()?.to_str().ok()?;
    if locations.next().is_some() {
        return None;
    }
    let next = url.join(location)?;
    if url.is_https() && !next.is_https() {
        return None;
    }
    let is_same_origin = next.is_same_origin(url);
    let is_read = matches!(*method, Method::GET | Method::HEAD);
    let repeats = matches!(status.as_u16(), 307 | 308);
    (is_read || (is_same_origin && repeats)).then_some(Redirect {
        url: next,
        is_same_origin,
    })
}
