//! A server on the loopback interface, for tests: HTTP/1.1, a thread for each connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// A request as it arrived.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Received {
    /// The method.
    pub method: String,
    /// Path and query, encoded.
    pub target: String,
    /// Names, in lower case, and values.
    pub headers: Vec<(String, String)>,
    /// The body, without chunks.
    pub body: Vec<u8>,
}

impl Received {
    /// The values of a header, joined as RFC 9110 says.
    pub fn header(&self, name: &str) -> Option<String> {
        let values = self
            .headers
            .iter()
            .filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let values: Vec<&str> = values.map(|(_, value)| value.as_str()).collect();
        (!values.is_empty()).then(|| values.join(", "))
    }
}

/// What is sent back.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The status.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

/// A server; dropping it closes its port, and nothing is answered any more.
#[derive(Debug)]
pub struct Loopback {
    address: SocketAddr,
    is_closed: Arc<AtomicBool>,
}

impl Loopback {
    /// Starts it on a free port.
    pub fn start(respond: impl Fn(Received) -> Sent + Send + Sync + 'static) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let is_closed = Arc::new(AtomicBool::new(false));
        let of_thread = Arc::clone(&is_closed);
        let respond = Arc::new(respond);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                if of_thread.load(Ordering::Acquire) {
                    return;
                }
                let respond = Arc::clone(&respond);
                let is_closed = Arc::clone(&of_thread);
                thread::spawn(move || connection(stream, &*respond, &is_closed));
            }
        });
        Ok(Self { address, is_closed })
    }

    /// Its address, without a path.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }
}

impl Drop for Loopback {
    fn drop(&mut self) {
        self.is_closed.store(true, Ordering::Release);
        // Whoever waits for a connection gets one, and sees that it was the last. If there is none to be
        // had, the port is closed already.
        let _ = TcpStream::connect(self.address);
    }
}

/// Serves requests until the other side ends the connection, or says something that is no request, or
/// the server is closed.
fn connection(stream: TcpStream, respond: &dyn Fn(Received) -> Sent, is_closed: &AtomicBool) {
    let Ok(mut writer) = stream.try_clone() else {
        return;
    };
    let mut reader = BufReader::new(stream);
    while let Ok(Some(received)) = request(&mut reader) {
        if is_closed.load(Ordering::Acquire) {
            return;
        }
        let is_head = received.method == "HEAD";
        let bytes = written(&respond(received), is_head);
        if writer.write_all(&bytes).is_err() {
            return;
        }
    }
}

/// The next request; nothing at the end of the connection.
pub fn request(reader: &mut impl BufRead) -> io::Result<Option<Received>> {
    let first = line(reader)?;
    if first.is_empty() {
        return Ok(None);
    }
    let mut words = first.split(' ');
    let mut received = Received {
        method: words.next().unwrap_or_default().to_owned(),
        target: words.next().unwrap_or_default().to_owned(),
        ..Received::default()
    };
    loop {
        let header = line(reader)?;
        if header.is_empty() {
            break;
        }
        let (name, value) = header.split_once(':').unwrap_or((&header, ""));
        received.headers.push((
            name.to_ascii_lowercase(),
            value.trim_matches([' ', '\t']).to_owned(),
        ));
    }
    if received
        .header("transfer-encoding")
        .is_some_and(|coding| coding.contains("chunked"))
    {
        received.body = chunks(reader)?;
    } else if let Some(length) = received.header("content-length") {
        let length = length.parse().map_err(io::Error::other)?;
        reader.take(length).read_to_end(&mut received.body)?;
    }
    Ok(Some(received))
}

fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut bytes = Vec::new();
    reader.read_until(b'\n', &mut bytes)?;
    // Headers may hold bytes that are no text; as Latin-1, none of them is lost.
    let text: String = bytes.into_iter().map(char::from).collect();
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

fn chunks(reader: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = line(reader)?;
        let digits = size.split(';').next().unwrap_or_default().trim();
        let size = u64::from_str_radix(digits, 16).map_err(io::Error::other)?;
        if size == 0 {
            while !line(reader)?.is_empty() {}
            return Ok(body);
        }
        reader.take(size).read_to_end(&mut body)?;
        line(reader)?;
    }
}

/// A response as bytes. Headers are Latin-1, as they are read.
fn written(sent: &Sent, is_head: bool) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} Status\r\n", sent.status);
    for (name, value) in &sent.headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let has_body = !matches!(sent.status, 100..=199 | 204 | 304);
    if has_body {
        head.push_str(&format!("content-length: {}\r\n", sent.body.len()));
    }
    head.push_str("\r\n");
    let latin = |character: char| u8::try_from(u32::from(character)).unwrap_or(b'?');
    let mut bytes: Vec<u8> = head.chars().map(latin).collect();
    if has_body && !is_head {
        bytes.extend_from_slice(&sent.body);
    }
    bytes
}
