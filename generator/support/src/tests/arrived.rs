//! What of a request arrives: sent by the default transport, and read off a socket.

use super::golden;
use crate::runtime::{Api, Call, ClientBuilder, Method, OperationInfo, Undocumented, decode};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A success without a body.
pub const ANSWER: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";

static API: Api = Api {
    base_url: "",
    user_agent: "test/1.0",
    schemes: &[],
};

pub static PLAIN: OperationInfo = operation("/p");

pub const fn operation(path: &'static str) -> OperationInfo {
    golden::operation(Method::POST, path, &[])
}

/// What arrives: the target after `/p`, a header, and the body.
pub async fn sent(
    operation: &'static OperationInfo,
    header: &str,
    fill: impl FnOnce(&mut Call<'_>),
) -> Result<(String, String, String), String> {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let client = ClientBuilder::new(&API)
        .base_url(format!("http://{address}"))
        .build()
        .expect("a client");
    let mut call = client.call(operation);
    fill(&mut call);
    let decode = |response| decode::success(response, decode::empty, std::convert::identity);
    let call = call.send::<(), Undocumented>(decode);
    let server = async {
        let (mut stream, _) = listener.accept().await.expect("a connection");
        let request = request(&mut stream).await;
        stream.write_all(ANSWER).await.expect("an answer");
        request
    };
    let request = tokio::select! {
        request = server => request,
        result = call => return Err(result.expect_err("no server has answered").to_string()),
    };
    let (head, body) = request.split_once("\r\n\r\n").expect("a head");
    let target = head.split(' ').nth(1).expect("a target");
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    let value = lines.find(|(name, _)| *name == header);
    Ok((
        target.strip_prefix("/p").unwrap_or(target).to_owned(),
        value.map_or("", |(_, value)| value).to_owned(),
        body.to_owned(),
    ))
}

/// The next request of a connection, as it is.
pub async fn request(stream: &mut TcpStream) -> String {
    let mut request = Vec::new();
    while !is_whole(&request) {
        let read = stream.read_buf(&mut request).await.expect("a request");
        assert!(read > 0, "the request broke off");
        assert!(request[0].is_ascii_uppercase(), "it is not HTTP");
    }
    String::from_utf8(request).expect("a text")
}

/// Whether the head has arrived, and as much of a body as it announces.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else {
        return false;
    };
    let mut lines = head.lines();
    let length = lines.find_map(|line| line.strip_prefix("content-length: "));
    length.is_none_or(|length| length.parse() == Ok(body.len()))
}
