//! Credentials: what the user sets, and what of it a request carries.

use super::api::{Api, OperationInfo, SchemeKind};
use super::error::{RequestError, RequestErrorKind};
use super::parameter::add_cookies;
use super::{Secret, path};
use http::HeaderMap;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};

/// The secret of one security scheme.
#[derive(Clone, Debug)]
pub struct Credential {
    value: CredentialValue,
}

#[derive(Clone, Debug)]
enum CredentialValue {
    Token(Secret),
    Basic { user: String, password: Secret },
}

impl Credential {
    /// A bearer token or an API key.
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
                let text = format!("{user}:{}", password.expose());
                format!("Basic {}", encode_base64(text.as_bytes()))
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
            (
                SchemeKind::ApiKeyHeader(_)
                | SchemeKind::ApiKeyQuery(_)
                | SchemeKind::ApiKeyCookie(_),
                CredentialValue::Token(token),
            ) => token.expose().to_owned(),
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
            SchemeKind::Bearer | SchemeKind::Basic => AUTHORIZATION,
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

/// RFC 6265, section 4.1.1, and what browsers take besides: nothing that ends a cookie.
const fn is_of_cookie(byte: u8) -> bool {
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

/// The credentials of a client, in the order of the API's schemes.
#[derive(Clone, Debug, Default)]
pub(super) struct Credentials(pub(super) Vec<(&'static str, Carried)>);

impl Credentials {
    /// What is set for a scheme.
    fn get(&self, scheme: &str) -> Option<&Carried> {
        let mut credentials = self.0.iter();
        let (_, carried) = credentials.find(|(name, _)| *name == scheme)?;
        Some(carried)
    }

    /// The combination of schemes that an operation is called with: among those whose
    /// credentials are all set, the one with the most; the first of equals.
    pub(super) fn choose(
        &self,
        api: &Api,
        operation: &OperationInfo,
    ) -> Result<&'static [&'static str], RequestError> {
        let mut chosen: Option<&'static [&'static str]> = None;
        let mut possible = 0;
        for combination in operation.security.iter().copied() {
            // A scheme that this crate cannot serve is left to the user's own headers.
            if !combination.iter().all(|name| api.scheme(name).is_some()) {
                continue;
            }
            possible += 1;
            if combination.iter().all(|name| self.get(name).is_some())
                && chosen.is_none_or(|best| best.len() < combination.len())
            {
                chosen = Some(combination);
            }
        }
        match chosen {
            Some(combination) => Ok(combination),
            None if possible == 0 => Ok(&[]),
            None => Err(missing(operation)),
        }
    }

    /// Adds the credentials of a combination to a request's headers, and returns those that go
    /// to the query.
    pub(super) fn apply(&self, combination: &[&str], headers: &mut HeaderMap) -> Vec<Secret> {
        let mut query = Vec::new();
        for scheme in combination {
            match self.get(scheme) {
                Some(Carried::Header(name, value)) => {
                    headers.insert(name.clone(), value.clone());
                }
                Some(Carried::Query(pair)) => query.push(pair.clone()),
                Some(Carried::Cookie(pair)) => add_cookies(headers, [pair.expose()]),
                None => {}
            }
        }
        query
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
