//! The five operations behind one interface, so that a test can be a table over all of them.

use axiom_api::types::{
    ApiError, CreateApiToken, DatasetCapability, IngestAction, RegenerateApiToken,
};
use axiom_api::{Client, Error, Response, headers};
use http::StatusCode;
use jiff::Timestamp;
use serde::Serialize;
use serde_json::{Value, json};
use specwright_tests::Reply;

/// One of the five.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    List,
    Create,
    Get,
    Delete,
    Regenerate,
}

/// A success of any operation.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub body: Value,
    pub remaining: Option<i64>,
}

impl Operation {
    pub const ALL: [Self; 5] = [
        Self::List,
        Self::Create,
        Self::Get,
        Self::Delete,
        Self::Regenerate,
    ];

    /// Sends a typical request.
    pub async fn send(self, client: &Client) -> Result<Answer, Error<ApiError>> {
        match self {
            Self::List => client.get_api_tokens().await.map(answer),
            Self::Create => client.create_api_token(create()).await.map(answer),
            Self::Get => client.get_api_token("t1").await.map(answer),
            Self::Delete => client.delete_api_token("t1").await.map(answer),
            Self::Regenerate => client
                .regenerate_api_token("t1", regenerate())
                .await
                .map(answer),
        }
    }

    /// `POST` and so on.
    pub const fn method(self) -> &'static str {
        match self {
            Self::List | Self::Get => "GET",
            Self::Create | Self::Regenerate => "POST",
            Self::Delete => "DELETE",
        }
    }

    /// The path of the typical request, below the base URL.
    pub const fn path(self) -> &'static str {
        match self {
            Self::List | Self::Create => "/tokens",
            Self::Get | Self::Delete => "/tokens/t1",
            Self::Regenerate => "/tokens/t1/regenerate",
        }
    }

    /// The body of the typical request, to the byte.
    pub const fn sends(self) -> Option<&'static str> {
        match self {
            Self::List | Self::Get | Self::Delete => None,
            Self::Create => Some(
                r#"{"name":"ci","datasetCapabilities":{"logs":{"ingest":["create"]}},"description":"from \"CI\""}"#,
            ),
            Self::Regenerate => Some(
                r#"{"existingTokenExpiresAt":"2030-01-02T00:00:00Z","newToken":{"name":"ci-2"},"newTokenExpiresAt":null}"#,
            ),
        }
    }

    /// The status that the document declares for a success.
    pub const fn success(self) -> u16 {
        match self {
            Self::Delete => 204,
            Self::List | Self::Create | Self::Get | Self::Regenerate => 200,
        }
    }

    /// The body of a typical success; null for none.
    pub fn receives(self) -> Value {
        let token = json!({
            "id": "t1", "name": "ci", "datasetCapabilities": {"logs": {"ingest": ["create"]}},
            "orgCapabilities": {}, "expiresAt": null, "samlAuthenticated": false,
        });
        match self {
            Self::List => json!([token]),
            Self::Get => token,
            Self::Delete => Value::Null,
            Self::Create | Self::Regenerate => {
                let mut created = token;
                created["token"] = json!(super::SECRET);
                created
            }
        }
    }

    /// A typical success, as the server sends it.
    pub fn reply(self) -> Reply {
        match self {
            Self::Delete => Reply::empty(204),
            other => Reply::json(200, other.receives().to_string()),
        }
    }
}

fn create() -> CreateApiToken {
    let logs = DatasetCapability::new().ingest([IngestAction::Create]);
    CreateApiToken::new("ci")
        .description("from \"CI\"")
        .dataset_capabilities([("logs", logs)])
}

fn regenerate() -> RegenerateApiToken {
    let ends: Timestamp = "2030-01-02T00:00:00Z".parse().expect("a timestamp");
    RegenerateApiToken::new(ends)
        .new_token_expires_at(None)
        .new_token(CreateApiToken::new("ci-2"))
}

fn answer<T: Serialize>(response: Response<T>) -> Answer {
    Answer {
        status: response.status(),
        remaining: response
            .header(headers::X_RATELIMIT_REMAINING)
            .and_then(Result::ok),
        body: serde_json::to_value(&*response).expect("what was decoded can be encoded"),
    }
}
