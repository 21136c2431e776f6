//! OAuth 2.0 client credentials, RFC 6749 section 4.4: tokens that the client obtains for itself.

use super::Body;
use super::clock::Instant;
use super::credential::{Credential, basic};
use super::path::encode;
use super::provider::{CredentialContext, CredentialProvider};
use super::secret::Secret;
use super::transport::{BoxError, BoxFuture, TransportError, TransportErrorKind};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response};
use serde_json::Value;
use std::fmt;
use std::future::poll_fn;
use std::sync::{Mutex, PoisonError};
use std::task::{Poll, Waker};
use std::time::Duration;

/// How much earlier than it expires a token is given up, unless the user says otherwise.
const SKEW: Duration = Duration::from_secs(30);

/// Obtains bearer tokens from a token endpoint, and keeps each until shortly before it expires.
///
/// However many calls need a token at once, one request is made for it.
#[derive(Debug)]
pub struct ClientCredentials {
    token_url: String,
    client_id: String,
    client_secret: Secret,
    scopes: Vec<String>,
    is_in_body: bool,
    skew: Duration,
    gate: Gate,
    token: Mutex<Option<Token>>,
}

/// A token, and when to get another one.
#[derive(Clone, Debug)]
struct Token {
    text: Secret,
    until: Option<Instant>,
}

impl ClientCredentials {
    /// Tokens for this client from this endpoint; its URL may be relative to the base URL.
    pub fn new(
        token_url: impl Into<String>,
        client_id: impl Into<String>,
        client_secret: impl Into<Secret>,
    ) -> Self {
        Self {
            token_url: token_url.into(),
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            scopes: Vec::new(),
            is_in_body: false,
            skew: SKEW,
            gate: Gate::default(),
            token: Mutex::new(None),
        }
    }

    /// Asks for this scope, too. Without any, the server decides.
    #[must_use]
    pub fn scope(mut self, scope: impl Into<String>) -> Self {
        self.scopes.push(scope.into());
        self
    }

    /// Sends the client's id and secret in the body of the token request, for servers that do not
    /// take them as basic authentication.
    #[must_use]
    pub const fn secret_in_body(mut self) -> Self {
        self.is_in_body = true;
        self
    }

    /// How much earlier than it expires a token is given up. The default is 30 seconds; never
    /// more than half of its lifetime.
    #[must_use]
    pub const fn clock_skew(mut self, skew: Duration) -> Self {
        self.skew = skew;
        self
    }

    fn kept(&self) -> Option<Token> {
        let token = self.token.lock().unwrap_or_else(PoisonError::into_inner);
        token.clone()
    }

    async fn current(&self, context: CredentialContext<'_>) -> Result<Credential, BoxError> {
        let _pass = self.gate.pass().await;
        if let Some(token) = self.kept()
            && token.until.is_none_or(|until| Instant::now() < until)
        {
            let credential = Credential::token(token.text);
            if context.refused() != Some(&credential) {
                return Ok(credential);
            }
        }
        let response = context.send(self.request(context)?).await?;
        let token = self.read(&response)?;
        let credential = Credential::token(token.text.clone());
        *self.token.lock().unwrap_or_else(PoisonError::into_inner) = Some(token);
        Ok(credential)
    }

    fn request(&self, context: CredentialContext<'_>) -> Result<Request<Body>, BoxError> {
        let url = context.absolute(&self.token_url);
        let url = url.ok_or("the URL of the token endpoint is not valid")?;
        let mut form = String::from("grant_type=client_credentials");
        let mut add = |name: &str, value: &str| {
            form.extend(["&", name, "=", &encode(value)]);
        };
        if !self.scopes.is_empty() {
            add("scope", &self.scopes.join(" "));
        }
        if self.is_in_body {
            add("client_id", &self.client_id);
            add("client_secret", self.client_secret.expose());
        }
        let mut request = Request::new(Body::bytes(form));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = url.to_string().parse()?;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, form);
        if !self.is_in_body {
            // RFC 6749, section 2.3.1: both are encoded as in a form first.
            let secret = encode(self.client_secret.expose());
            let mut value = HeaderValue::try_from(basic(&encode(&self.client_id), &secret))?;
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        Ok(request)
    }

    fn read(&self, response: &Response<Bytes>) -> Result<Token, BoxError> {
        let body = serde_json::from_slice(response.body()).unwrap_or(Value::Null);
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        if !response.status().is_success() {
            let mut message = format!("the token endpoint answered {}", response.status().as_u16());
            for word in ["error", "error_description"].into_iter().filter_map(text) {
                let shown: String = word.chars().take(200).collect();
                message.extend([": ", &*shown.escape_debug().to_string()]);
            }
            // The request that needs the token was not sent: it may be worth another try.
            return Err(match response.status().as_u16() {
                429 | 500..=599 => TransportError::new(TransportErrorKind::Connect, message).into(),
                _ => message.into(),
            });
        }
        let is_bearer = text("token_type").is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
        let token = text("access_token").filter(|token| is_bearer && !token.is_empty());
        let token = token.ok_or("the token endpoint answered without a bearer token")?;
        // Some servers write the number as a string.
        let lifetime = match body.get("expires_in") {
            Some(Value::String(text)) => text.parse().ok(),
            Some(other) => other.as_f64(),
            None => None,
        };
        let lifetime = lifetime.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        let usable = lifetime.map(|lifetime| lifetime - self.skew.min(lifetime / 2));
        Ok(Token {
            text: Secret::from(token),
            until: usable.and_then(|usable| Instant::now().checked_add(usable)),
        })
    }
}

impl CredentialProvider for ClientCredentials {
    fn credential<'a>(
        &'a self,
        context: CredentialContext<'a>,
    ) -> BoxFuture<'a, Result<Credential, BoxError>> {
        Box::pin(self.current(context))
    }
}

/// Lets in one task at a time. Whoever is dropped while waiting or inside lets the next one in.
#[derive(Default)]
struct Gate {
    state: Mutex<GateState>,
}

#[derive(Default)]
struct GateState {
    is_taken: bool,
    waiting: Vec<Waker>,
}

impl Gate {
    async fn pass(&self) -> Pass<'_> {
        poll_fn(|context| {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            if state.is_taken {
                let waker = context.waker();
                if !state.waiting.iter().any(|known| known.will_wake(waker)) {
                    state.waiting.push(waker.clone());
                }
                return Poll::Pending;
            }
            state.is_taken = true;
            Poll::Ready(())
        })
        .await;
        Pass(self)
    }
}

impl fmt::Debug for Gate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Gate")
    }
}

struct Pass<'g>(&'g Gate);

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_taken = false;
        let waiting = std::mem::take(&mut state.waiting);
        drop(state);
        waiting.into_iter().for_each(Waker::wake);
    }
}
