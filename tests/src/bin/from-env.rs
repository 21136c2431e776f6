//! Makes a client from the environment and lists the tokens with it. Tests start this as a process of
//! its own, since variables cannot be changed safely within one that has threads.

use axiom_api::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    match Client::from_env() {
        Err(error) => println!("refused: {error}"),
        Ok(client) => match client.get_api_tokens().await {
            Ok(tokens) => println!("listed: {}", tokens.len()),
            Err(error) => println!("failed: {error}"),
        },
    }
}
