//! Credentials that are asked for when a request is sent, because they change.

use super::Body;
use super::api::Scheme;
use super::client::Settings;
use super::credential::{Carried, Credential};
use super::error::{CallError, RequestError, RequestErrorKind};
use super::limit::{Collected, End, collect};
use super::secret::Secret;
use super::transport::{BoxError, BoxFuture, TransportError, TransportErrorKind};
use super::url::Url;
use bytes::Bytes;
use http::header::HeaderMap;
use std::fmt;
use std::sync::Arc;

/// How much of an answer to a provider is read.
const MAX_BYTES: u64 = 1024 * 1024;

/// Gives the credential of a security scheme each time that a request is sent.
///
/// A provider keeps what it has, and is asked from many calls at once. When a server answers 401 to
/// what it gave, it is asked once more, and the call is sent again if the answer is another one.
pub trait CredentialProvider: Send + Sync + 'static {
    /// The credential to send. An error ends the call: as a transport error if it is a
    /// [`TransportError`], which may be worth a retry, and otherwise as a refused request, whose text
    /// has the text of the error in it.
    fn credential<'a>(
        &'a self,
        context: CredentialContext<'a>,
    ) -> BoxFuture<'a, Result<Credential, BoxError>>;
}

/// What a provider may want to know, and the way to a server.
#[derive(Clone, Copy)]
pub struct CredentialContext<'a> {
    settings: &'a Settings,
    refused: Option<&'a Credential>,
}

impl<'a> CredentialContext<'a> {
    /// The credential that the server has just refused: not to be given again.
    #[must_use]
    pub const fn refused(self) -> Option<&'a Credential> {
        self.refused
    }

    /// Sends a request by the client's transport, once, and reads up to a megabyte of the answer.
    ///
    /// # Errors
    ///
    /// There was no answer, or a longer one.
    pub async fn send(
        self,
        request: http::Request<Body>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let response = self.settings.transport.send(request).await?;
        let (head, body) = response.into_parts();
        let Collected { bytes, end } = collect(body, MAX_BYTES).await;
        match end {
            End::Complete => Ok(http::Response::from_parts(head, bytes)),
            End::Limit => Err(TransportError::plain(TransportErrorKind::BodyTooLarge)),
            End::Broken(error) => Err(TransportError::of_body(error)),
        }
    }

    /// A URL that may be relative to the client's base URL, as an absolute one.
    pub(super) fn absolute(self, url: &str) -> Option<Url> {
        self.settings.base_url.join(url)
    }
}

impl fmt::Debug for CredentialContext<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("CredentialContext")
            .field("refused", &self.refused.is_some())
            .finish_non_exhaustive()
    }
}

/// A scheme whose credential a provider gives.
#[derive(Clone)]
pub(super) struct Provided {
    pub(super) scheme: &'static Scheme,
    pub(super) provider: Arc<dyn CredentialProvider>,
}

/// What the providers have given for one call.
#[derive(Default)]
pub(super) struct Provision {
    issued: Vec<(Credential, Carried)>,
    /// Whether they have not been sent yet.
    is_new: bool,
    is_renewed: bool,
}

impl Provision {
    /// Asks the providers, of which there are some, unless they were asked just before.
    pub(super) async fn obtain(
        &mut self,
        settings: &Settings,
        provided: &[Provided],
    ) -> Result<(), CallError> {
        let is_new = std::mem::take(&mut self.is_new);
        if !is_new {
            self.issued = issue(settings, provided, &[]).await?;
        }
        Ok(())
    }

    /// Whether the providers can be asked for something else after a 401, which is done once in a call.
    pub(super) const fn can_renew(&self) -> bool {
        !self.is_renewed && !self.issued.is_empty()
    }

    /// Asks the providers for something else, where that [can be done](Self::can_renew). Whether they have it.
    pub(super) async fn renew(
        &mut self,
        settings: &Settings,
        provided: &[Provided],
    ) -> Result<bool, CallError> {
        self.is_renewed = true;
        let renewed = issue(settings, provided, &self.issued).await?;
        self.is_new = true;
        let before = std::mem::replace(&mut self.issued, renewed);
        let mut pairs = before.iter().zip(&self.issued);
        Ok(pairs.any(|((old, _), (new, _))| old != new))
    }

    /// Adds what was given to a request's headers, but for those that the user set for this call,
    /// and returns what goes to the query.
    pub(super) fn apply(&self, own: Option<&HeaderMap>, headers: &mut HeaderMap) -> Vec<Secret> {
        let mut query = Vec::new();
        for (_, carried) in &self.issued {
            let is_own = match carried {
                Carried::Header(name, _) => own.is_some_and(|own| own.contains_key(name)),
                Carried::Query(_) | Carried::Cookie(_) => false,
            };
            if !is_own {
                query.extend(carried.enter(headers).cloned());
            }
        }
        query
    }
}

async fn issue(
    settings: &Settings,
    provided: &[Provided],
    refused: &[(Credential, Carried)],
) -> Result<Vec<(Credential, Carried)>, CallError> {
    let mut issued = Vec::with_capacity(provided.len());
    for (index, Provided { scheme, provider }) in provided.iter().enumerate() {
        let refused = refused.get(index).map(|(credential, _)| credential);
        let context = CredentialContext { settings, refused };
        let result = provider.credential(context).await;
        let credential = result.map_err(|error| failed(scheme, error))?;
        let carried = credential
            .carried(scheme.kind)
            .map_err(|reason| CallError::Request(refusal(scheme, reason)))?;
        issued.push((credential, carried));
    }
    Ok(issued)
}

fn failed(scheme: &Scheme, error: BoxError) -> CallError {
    match error.downcast::<TransportError>() {
        Ok(error) => {
            let message = format!("the credential `{}` could not be obtained", scheme.name);
            CallError::Transport(error.context(message))
        }
        Err(error) => CallError::Request(refusal(scheme, &error.to_string())),
    }
}

fn refusal(scheme: &Scheme, reason: &str) -> RequestError {
    RequestError::new(
        RequestErrorKind::Credentials,
        format!(
            "the credential `{}` could not be obtained: {reason}",
            scheme.name
        ),
    )
}
