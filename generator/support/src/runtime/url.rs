//! URLs, as far as an HTTP client needs them: base URLs, origins, redirects.
//!
//! What other parsers repair, this one refuses: backslashes, blanks, characters beyond ASCII, a
//! host that is not plainly one. So no two parsers on the way can read a URL differently. (The
//! `url` crate would do, but its tables of international host names bring procedural macros.)

use bytes::Bytes;
use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};
use std::fmt;

/// An absolute URL with the scheme http or https, without user information and fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Url {
    is_https: bool,
    /// The host in lower case, and the port unless it is the default of the scheme.
    authority: Authority,
    /// It starts with a slash and has no dot segments.
    path: String,
    query: Option<String>,
}

impl Url {
    /// Reads an absolute URL.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let (scheme, rest) = text.split_once("://").ok_or("it is not an absolute URL")?;
        let is_https = scheme.eq_ignore_ascii_case("https");
        if !is_https && !scheme.eq_ignore_ascii_case("http") {
            return Err("its scheme is neither http nor https");
        }
        if rest.contains('#') {
            return Err("it has a query or a fragment");
        }
        if !rest
            .bytes()
            .all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        {
            return Err("it has characters that a URL cannot hold");
        }
        let uri: Uri = text.parse().map_err(|_| "it is not an absolute URL")?;
        let authority = uri.authority().ok_or("it is not an absolute URL")?;
        if authority.as_str().contains('@') {
            let reason = "it holds a user name or password, which would be shown where URLs are";
            return Err(reason);
        }
        let (host, port) = host_and_port(authority.as_str()).ok_or("its host is not valid")?;
        let default = if is_https { 443 } else { 80 };
        let host = host.to_ascii_lowercase();
        let plain = match port.filter(|port| *port != default) {
            Some(port) => format!("{host}:{port}"),
            None => host,
        };
        let authority = Authority::from_maybe_shared(Bytes::from(plain));
        Ok(Self {
            is_https,
            authority: authority.map_err(|_| "its host is not valid")?,
            path: without_dot_segments(uri.path()),
            query: uri.query().map(str::to_owned),
        })
    }

    /// The URL that a reference on this one leads to, RFC 3986 section 5.2.
    pub(super) fn join(&self, reference: &str) -> Option<Self> {
        let reference = match reference.split_once('#') {
            Some((reference, _)) => reference,
            None => reference,
        };
        if has_scheme(reference) {
            return Self::parse(reference).ok();
        }
        let scheme = self.scheme();
        if reference.starts_with("//") {
            return Self::parse(&format!("{scheme}:{reference}")).ok();
        }
        let base = Self {
            path: String::new(),
            query: None,
            ..self.clone()
        };
        let folder = self.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let text = match reference.bytes().next() {
            None => return Some(self.clone()),
            Some(b'/') => format!("{base}{reference}"),
            Some(b'?') => format!("{base}{}{reference}", self.path),
            Some(_) => format!("{base}{folder}/{reference}"),
        };
        Self::parse(&text).ok()
    }

    /// What the paths of operations are appended to.
    pub(super) fn folder(&self) -> &str {
        self.path.trim_end_matches('/')
    }

    /// The URL with another path; `None` if the path would be read as another one.
    pub(super) fn with_path(&self, mut path: String) -> Option<Self> {
        if path.is_empty() {
            path.push('/');
        }
        let url = Self {
            is_https: self.is_https,
            authority: self.authority.clone(),
            path,
            query: None,
        };
        // Nothing of this could be read as anything else.
        let is_plain =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'~');
        if url.path.bytes().all(is_plain) {
            return Some(url);
        }
        let read = Self::parse(&url.to_string()).ok()?;
        (read == url).then_some(url)
    }

    /// Whether scheme, host and port are the same.
    pub(super) fn is_same_origin(&self, other: &Self) -> bool {
        self.is_https == other.is_https && self.authority == other.authority
    }

    /// Whether the scheme is https.
    pub(super) fn is_https(&self) -> bool {
        self.is_https
    }

    /// The query, without its question mark.
    pub(super) fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// The URL as text.
    pub(super) fn text(&self) -> String {
        let query = self.query.as_deref().map_or(0, str::len);
        let authority = self.authority.as_str();
        let length = authority.len() + self.path.len() + query;
        let mut text = String::with_capacity(length + 16);
        text.extend([self.scheme(), "://", authority, &self.path]);
        if let Some(query) = &self.query {
            text.extend(["?", query]);
        }
        text
    }

    /// The URL of a message; `None` where HTTP has no room for it.
    pub(super) fn uri(&self) -> Option<Uri> {
        let target = match &self.query {
            Some(query) => [&*self.path, "?", query].concat(),
            None => self.path.clone(),
        };
        let mut parts = Parts::default();
        parts.scheme = Some(match self.is_https {
            true => Scheme::HTTPS,
            false => Scheme::HTTP,
        });
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(PathAndQuery::from_maybe_shared(Bytes::from(target)).ok()?);
        Uri::from_parts(parts).ok()
    }

    /// Replaces the query by one that is encoded.
    pub(super) fn set_query(&mut self, query: String) {
        self.query = Some(query);
    }

    fn scheme(&self) -> &'static str {
        if self.is_https { "https" } else { "http" }
    }
}

impl fmt::Display for Url {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text())
    }
}

/// Whether a reference begins with a scheme and a colon.
fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else {
        return false;
    };
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
    scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(is_letter)
}

/// A name, an IPv4 address or an IPv6 address in brackets, and a port if there is one.
fn host_and_port(authority: &str) -> Option<(&str, Option<u16>)> {
    let end = match authority.strip_prefix('[') {
        Some(address) => address.find(']')? + 2,
        None => authority.find(':').unwrap_or(authority.len()),
    };
    let (host, port) = authority.split_at_checked(end)?;
    let is_plain = match host.strip_prefix('[') {
        Some(address) => address
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || b":.]".contains(&byte)),
        None => host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)),
    };
    if host.is_empty() || !is_plain {
        return None;
    }
    match port.strip_prefix(':') {
        Some(port) => Some((host, Some(port.parse().ok()?))),
        None => Some((host, None)),
    }
}

/// A path without the segments `.` and `..`, however they are spelled, RFC 3986 section 5.2.4.
fn without_dot_segments(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.strip_prefix('/').unwrap_or(path).split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment.to_ascii_lowercase().replace("%2e", ".").as_str() {
            "." => {}
            ".." => {
                kept.pop();
            }
            _ => {
                kept.push(segment);
                continue;
            }
        }
        if is_last {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}
