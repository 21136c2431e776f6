//! Addresses: absolute `http` and `https` URLs, as far as a client needs them.
//!
//! RFC 3986 and nothing more: what a browser would repair or guess at is refused, and a host that
//! is not ASCII must be written in its ASCII form.

use iri_string::types::{UriAbsoluteStr, UriReferenceStr, UriStr};
use percent_encoding::percent_decode_str;
use std::fmt;

/// An address without user information and fragment.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Url {
    origin: Origin,
    path: String,
    query: Option<String>,
}

/// Scheme, host and port: who is being talked to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Origin {
    is_encrypted: bool,
    host: String,
    port: u16,
}

impl Url {
    /// Parses an absolute URL. The error says what is wrong, and quotes nothing of the text.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let uri = UriStr::new(text).map_err(|_| "it is not an absolute URL")?;
        let is_encrypted = match uri.scheme_str().to_ascii_lowercase().as_str() {
            "http" => false,
            "https" => true,
            _ => return Err("its scheme is neither http nor https"),
        };
        let authority = uri.authority_components().ok_or("it names no host")?;
        if authority.userinfo().is_some() {
            return Err(
                "it holds a user name or password, which would be shown where URLs are shown",
            );
        }
        let host = authority.host().to_ascii_lowercase();
        if host.is_empty() {
            return Err("it names no host");
        }
        let port = match authority.port().filter(|port| !port.is_empty()) {
            Some(port) => port
                .parse()
                .map_err(|_| "its port is not a number up to 65535")?,
            None if is_encrypted => 443,
            None => 80,
        };
        Ok(Self {
            origin: Origin {
                is_encrypted,
                host,
                port,
            },
            path: uri.path_str().to_owned(),
            query: uri.query_str().map(str::to_owned),
        })
    }

    /// The URL that a reference leads to from here (RFC 3986 section 5).
    pub(super) fn join(&self, reference: &str) -> Option<Self> {
        let without_fragment = reference.split('#').next().unwrap_or_default();
        let reference = UriReferenceStr::new(without_fragment).ok()?;
        let base = self.to_string();
        let base = UriAbsoluteStr::new(&base).ok()?;
        Self::parse(&reference.resolve_against(base).to_string()).ok()
    }

    /// Whether a path has steps that lead elsewhere: `.` or `..`, in whatever encoding.
    pub(super) fn has_dot_segments(path: &str) -> bool {
        let mut segments = path
            .split('/')
            .map(|segment| percent_decode_str(segment).decode_utf8_lossy());
        segments.any(|segment| matches!(segment.as_ref(), "." | ".."))
    }

    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    pub(super) fn path(&self) -> &str {
        &self.path
    }

    pub(super) fn query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    pub(super) fn with_path(&self, path: String) -> Self {
        Self {
            origin: self.origin.clone(),
            path,
            query: None,
        }
    }

    pub(super) fn set_query(&mut self, query: Option<String>) {
        self.query = query;
    }
}

impl Origin {
    /// Whether what is sent there is encrypted on the way.
    pub(super) fn is_encrypted(&self) -> bool {
        self.is_encrypted
    }
}

impl fmt::Display for Url {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Origin {
            is_encrypted,
            host,
            port,
        } = &self.origin;
        let (scheme, default) = if *is_encrypted {
            ("https", 443)
        } else {
            ("http", 80)
        };
        write!(formatter, "{scheme}://{host}")?;
        if *port != default {
            write!(formatter, ":{port}")?;
        }
        let path = if self.path.is_empty() {
            "/"
        } else {
            &self.path
        };
        formatter.write_str(path)?;
        match &self.query {
            Some(query) => write!(formatter, "?{query}"),
            None => Ok(()),
        }
    }
}

/// Without the query, which may hold a credential.
impl fmt::Debug for Url {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.with_path(self.path.clone()))
    }
}
