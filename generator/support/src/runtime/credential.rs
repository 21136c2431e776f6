//! Credentials: what the user sets, and what of it a request carries.

use super::api::{Api, OperationInfo, SchemeKind};
use super::error::{RequestError, RequestErrorKind};
use super::parameter::add_cookies;
use super::provider::{CredentialProvider, Provided};
use super::{Secret, path};
use http::HeaderMap;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};
use std::fmt;
use std::sync::Arc;

/// The secret of one security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    value: CredentialValue,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum CredentialValue {
    Token(Secret),
    Basic { user: String, password: Secret },
}

impl Credential {
    /// A bearer token, an API key, or whatever else a scheme sends as it is.
    #[must_use]
    pub fn token(token: impl Into<Secret>) -> Self {
        Self {
            value: CredentialValue::Token(token.into()),
        }
    }

    /// A user name and a password.
    #[must_use]
    pub fn basic(user: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self {
            value: CredentialValue::Basic {
                user: user.into(),
                password: password.into(),
            },
        }
    }

    /// What a request carries for this credential, or why it cannot carry it.
    pub(super) fn carried(&self, kind: SchemeKind) -> Result<Carried, &'static str> {
        let text = match (kind, &self.value) {
            (SchemeKind::Basic, CredentialValue::Basic { user, password }) => {
                if user.contains(':') {
                    return Err("a user name cannot hold a colon");
                }
                basic(user, password.expose())
            }
            (SchemeKind::Basic, CredentialValue::Token(_)) => {
                return Err("it needs a user name and a password");
            }
            (_, CredentialValue::Basic { .. }) => return Err("it needs a token"),
            (_, CredentialValue::Token(token)) if token.expose().is_empty() => {
                return Err("it is empty");
            }
            (SchemeKind::Bearer, CredentialValue::Token(token)) => {
                format!("Bearer {}", token.expose())
            }
            (SchemeKind::Http(scheme), CredentialValue::Token(token)) => {
                format!("{scheme} {}", token.expose())
            }
            (
                SchemeKind::ApiKeyHeader(_)
                | SchemeKind::ApiKeyQuery(_)
                | SchemeKind::ApiKeyCookie(_),
                CredentialValue::Token(token),
            ) => token.expose().to_owned(),
            (SchemeKind::Transport, CredentialValue::Token(_)) => {
                return Err("it is for the transport to have");
            }
        };
        let header = match kind {
            SchemeKind::ApiKeyQuery(name) => {
                let pair = format!("{}={}", path::encode(name), path::encode(&text));
                return Ok(Carried::Query(Secret::from(pair)));
            }
            // A cookie is sent as a server has set it.
            SchemeKind::ApiKeyCookie(name) => {
                return match text.bytes().all(is_of_cookie) {
                    true => Ok(Carried::Cookie(Secret::from(format!("{name}={text}")))),
                    false => Err("it has characters that a cookie cannot hold"),
                };
            }
            SchemeKind::Bearer
            | SchemeKind::Basic
            | SchemeKind::Http(_)
            | SchemeKind::Transport => AUTHORIZATION,
            SchemeKind::ApiKeyHeader(name) => HeaderName::from_bytes(name.as_bytes())
                .map_err(|_| "its header name is not valid")?,
        };
        let is_visible = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        let mut value = HeaderValue::try_from(text)
            .ok()
            .filter(|_| is_visible)
            .ok_or("it has characters that a header cannot hold")?;
        value.set_sensitive(true);
        Ok(Carried::Header(header, value))
    }
}

/// What basic authentication sends.
pub(super) fn basic(user: &str, password: &str) -> String {
    let text = format!("{user}:{password}");
    format!("Basic {}", encode_base64(text.as_bytes()))
}

/// RFC 6265, section 4.1.1, and what browsers take besides: nothing that ends a cookie.
pub(super) const fn is_of_cookie(byte: u8) -> bool {
    byte.is_ascii_graphic() && byte != b';'
}

/// A credential in the form in which a request carries it.
#[derive(Clone, Debug)]
pub(super) enum Carried {
    /// A header, marked as sensitive.
    Header(HeaderName, HeaderValue),
    /// An encoded `name=value` of the query.
    Query(Secret),
    /// The `name=value` of a cookie.
    Cookie(Secret),
}

impl Carried {
    /// Adds the credential to a request's headers, or returns what goes to the query.
    pub(super) fn enter(&self, headers: &mut HeaderMap) -> Option<&Secret> {
        match self {
            Self::Header(name, value) => {
                headers.insert(name.clone(), value.clone());
            }
            Self::Query(pair) => return Some(pair),
            Self::Cookie(pair) => add_cookies(headers, [pair.expose()]),
        }
        None
    }
}

/// Where the credential of a scheme comes from.
#[derive(Clone)]
pub(super) enum Origin {
    /// It is known.
    Fixed(Carried),
    /// It is asked for with each request.
    Provider(Arc<dyn CredentialProvider>),
}

impl fmt::Debug for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Fixed(_) => "Fixed",
            Self::Provider(_) => "Provider",
        })
    }
}

/// The credentials of a client, in the order of the API's schemes.
#[derive(Clone, Debug, Default)]
pub(super) struct Credentials(Vec<(&'static str, Origin)>);

impl Credentials {
    /// The settings in the form in which requests carry them, or what is wrong with one.
    pub(super) fn of(
        api: &'static Api,
        credentials: &[(&'static str, Credential)],
        providers: Vec<(String, Arc<dyn CredentialProvider>)>,
    ) -> Result<Self, String> {
        let mut known = Vec::with_capacity(providers.len() + credentials.len());
        // The last one counts.
        for (name, provider) in providers.into_iter().rev() {
            let scheme = api.scheme(&name).filter(|scheme| !scheme.is_of_transport());
            let scheme = scheme
                .ok_or_else(|| format!("no security scheme `{name}` has a credential to send"))?;
            known.push((scheme.name, Origin::Provider(provider)));
        }
        for (name, credential) in credentials {
            let scheme = api.scheme(name);
            let scheme = scheme.ok_or_else(|| format!("there is no security scheme `{name}`"))?;
            let carried = credential
                .carried(scheme.kind)
                .map_err(|reason| format!("the credential `{name}`: {reason}"))?;
            known.push((scheme.name, Origin::Fixed(carried)));
        }
        Ok(Self(known))
    }

    /// The schemes that something is set for.
    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|(name, _)| *name)
    }

    /// What is set for a scheme.
    fn get(&self, scheme: &str) -> Option<&Origin> {
        let mut credentials = self.0.iter();
        let (_, origin) = credentials.find(|(name, _)| *name == scheme)?;
        Some(origin)
    }

    /// The combination of schemes that an operation is called with: among those whose
    /// credentials are all set, the one with the most; the first of equals.
    pub(super) fn choose(
        &self,
        api: &Api,
        operation: &OperationInfo,
    ) -> Result<&'static [&'static str], RequestError> {
        let mut chosen: Option<(usize, &'static [&'static str])> = None;
        let mut possible = 0;
        for combination in operation.security.iter().copied() {
            let schemes = combination.iter().filter_map(|name| api.scheme(name));
            // A scheme that this crate cannot serve is left to the user's own headers.
            if schemes.clone().count() < combination.len() {
                continue;
            }
            possible += 1;
            let sent = schemes.filter(|scheme| !scheme.is_of_transport());
            let is_set = sent.clone().all(|scheme| self.get(scheme.name).is_some());
            let sent = sent.count();
            if is_set && chosen.is_none_or(|(most, _)| most < sent) {
                chosen = Some((sent, combination));
            }
        }
        match chosen {
            Some((_, combination)) => Ok(combination),
            None if possible == 0 => Ok(&[]),
            None => Err(missing(operation)),
        }
    }

    /// Adds the credentials of a combination that go to a request's headers.
    pub(super) fn apply(&self, combination: &[&str], headers: &mut HeaderMap) {
        for name in combination {
            if let Some(Origin::Fixed(carried)) = self.get(name) {
                // What goes to the query is put into the URL beside this.
                let _ = carried.enter(headers);
            }
        }
    }

    /// The credentials of a combination that go to the query, and those that are to be asked for.
    pub(super) fn beside(
        &self,
        api: &'static Api,
        combination: &[&str],
    ) -> (Vec<Secret>, Vec<Provided>) {
        let (mut query, mut provided) = (Vec::new(), Vec::new());
        for name in combination {
            match (self.get(name), api.scheme(name)) {
                (Some(Origin::Fixed(Carried::Query(pair))), _) => query.push(pair.clone()),
                (Some(Origin::Provider(provider)), Some(scheme)) => provided.push(Provided {
                    scheme,
                    provider: Arc::clone(provider),
                }),
                _ => {}
            }
        }
        (query, provided)
    }
}

/// Says which credentials would do.
fn missing(operation: &OperationInfo) -> RequestError {
    let combinations: Vec<String> = operation
        .security
        .iter()
        .map(|combination| {
            let names: Vec<String> = combination.iter().map(|name| format!("`{name}`")).collect();
            names.join(" with ")
        })
        .collect();
    RequestError::new(
        RequestErrorKind::Credentials,
        format!("it needs the credential {}", combinations.join(", or ")),
    )
}

/// Standard base64 with padding, RFC 4648 section 4: all that basic authentication needs.
fn encode_base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut group = [0; 3];
        group[..chunk.len()].copy_from_slice(chunk);
        let bits = u32::from_be_bytes([0, group[0], group[1], group[2]]);
        for position in 0..4 {
            if position > chunk.len() {
                text.push('=');
            } else {
                let index = (bits >> (18 - 6 * position)) & 0x3f;
                text.push(char::from(ALPHABET[index as usize]));
            }
        }
    }
    text
}
