//! Creates an API token that can write to one dataset, and prints what came back.
//!
//! ```console
//! $ cargo run -p axiom-api --example create_token
//! ```
//!
//! With `AXIOM_TOKEN` in the environment the token is created at Axiom; it ends by itself an hour
//! later. Otherwise a small server in this process plays Axiom, and nothing leaves the machine.

use std::env;
use std::io;

use axiom_api::types::{CreateApiToken, DatasetCapability, IngestAction, OrgCapabilities};
use axiom_api::{Client, Error};
use jiff::{SignedDuration, Timestamp};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = if env::var("AXIOM_TOKEN").is_ok_and(|token| !token.trim().is_empty()) {
        println!("AXIOM_TOKEN is set: the token is created at Axiom.");
        Client::from_env()?
    } else {
        let address = pretend::axiom("a-token-for-the-demonstration")?;
        println!("AXIOM_TOKEN is not set: a server at http://{address} plays Axiom.");
        Client::builder()
            .base_url(format!("http://{address}/v2"))
            .bearer_token("a-token-for-the-demonstration")
            .build()?
    };

    let logs = DatasetCapability::new().ingest([IngestAction::Create]);
    let token = CreateApiToken::new("specwright-example")
        .description("Made by the example create_token")
        .expires_at(Timestamp::now() + SignedDuration::from_hours(1))
        .dataset_capabilities([("logs", logs)])
        .org_capabilities(OrgCapabilities::new());

    let created = match client.create_api_token(token).await {
        Ok(created) => created,
        Err(Error::Api(error)) => {
            // `error` is typed: this is the error object that the API declares for this status.
            return Err(io::Error::other(format!("{}: {}", error.status(), error.message)).into());
        }
        Err(other) => return Err(other.into()),
    };

    println!("status   {}", created.status());
    println!("id       {}", created.id);
    println!("name     {}", created.name);
    println!("expires  {:?}", created.expires_at);
    println!("secret   {:?}", created.token); // `Debug` of a `Secret` shows nothing of it.
    Ok(())
}

/// Just enough of a server to answer one kind of request. A real application has no such module.
mod pretend {
    use serde_json::{Value, json};
    use std::io::{self, BufRead, BufReader, Read, Write};
    use std::net::{SocketAddr, TcpListener, TcpStream};
    use std::thread;

    /// Starts the server, which accepts `token` as the bearer token.
    pub fn axiom(token: &'static str) -> io::Result<SocketAddr> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                if let Err(error) = answer(&connection, token) {
                    eprintln!("the server that plays Axiom: {error}");
                }
            }
        });
        Ok(address)
    }

    /// Reads one request and answers it.
    fn answer(connection: &TcpStream, token: &str) -> io::Result<()> {
        let (head, body) = read(connection)?;
        let has = |line: &str| head.iter().any(|other| other.eq_ignore_ascii_case(line));
        if !has(&format!("authorization: Bearer {token}")) {
            return write(
                connection,
                "401 Unauthorized",
                &json!({"message": "not authenticated"}),
            );
        }
        if !has("POST /v2/tokens HTTP/1.1") {
            return write(
                connection,
                "404 Not Found",
                &json!({"message": "Not found", "code": 404}),
            );
        }
        match serde_json::from_slice::<Value>(&body) {
            Ok(mut created) if created["name"].is_string() => {
                created["id"] = json!("7f5ae1c0-1b1c-4f6e-9a53-0d6b2d0e5c11");
                created["token"] = json!("xaat-shown-only-once");
                write(connection, "200 OK", &created)
            }
            _ => write(
                connection,
                "400 Bad Request",
                &json!({"message": "a token needs a name"}),
            ),
        }
    }

    /// The lines of the head, and the body.
    fn read(connection: &TcpStream) -> io::Result<(Vec<String>, Vec<u8>)> {
        let mut reader = BufReader::new(connection);
        let mut head = Vec::new();
        for line in reader.by_ref().lines() {
            let line = line?;
            if line.is_empty() {
                break;
            }
            head.push(line);
        }
        let length = head
            .iter()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .and_then(|(_, value)| value.trim().parse().ok())
            .unwrap_or(0);
        let mut body = Vec::new();
        reader.take(length).read_to_end(&mut body)?;
        Ok((head, body))
    }

    /// Writes the whole answer.
    fn write(mut connection: &TcpStream, status: &str, body: &Value) -> io::Result<()> {
        let body = body.to_string();
        let length = body.len();
        write!(
            connection,
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\
             x-ratelimit-remaining: 99\r\nconnection: close\r\n\r\n{body}"
        )
    }
}
