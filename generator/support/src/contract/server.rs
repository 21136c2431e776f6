//! A server on the loopback interface: it keeps the last request, and answers what it is told to.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

/// What the server answers.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Its `Content-Type`.
    pub media: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

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

#[derive(Default)]
struct Shared {
    answer: Answer,
    received: Vec<Received>,
}

/// A server that lives as long as the process.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Mutex<Shared>>,
}

impl Server {
    /// Starts it on a free port.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Mutex::new(Shared::default()));
        let of_thread = Arc::clone(&shared);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&of_thread);
                thread::spawn(move || connection(stream, &shared));
            }
        });
        Ok(Self { address, shared })
    }

    /// Its address, without a path.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Forgets what it has received, and sets what it answers from now on.
    pub fn answer(&self, answer: Answer) {
        *lock(&self.shared) = Shared {
            answer,
            received: Vec::new(),
        };
    }

    /// The requests since the answer was set.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.shared).received.clone()
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Serves requests until the other side ends the connection, or says something that is no request.
fn connection(stream: TcpStream, shared: &Mutex<Shared>) {
    let Ok(mut writer) = stream.try_clone() else {
        return;
    };
    let mut reader = BufReader::new(stream);
    while let Ok(Some(received)) = request(&mut reader) {
        let answer = {
            let mut shared = lock(shared);
            shared.received.push(received.clone());
            shared.answer.clone()
        };
        if writer
            .write_all(&written(&answer, received.method == "HEAD"))
            .is_err()
        {
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
        received
            .headers
            .push((name.to_ascii_lowercase(), value.trim().to_owned()));
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

/// An answer as bytes.
fn written(answer: &Answer, is_head: bool) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} Status\r\n", answer.status);
    if let Some(media) = &answer.media {
        head.push_str(&format!("content-type: {media}\r\n"));
    }
    if !matches!(answer.status, 204 | 304) {
        head.push_str(&format!("content-length: {}\r\n", answer.body.len()));
    }
    head.push_str("\r\n");
    let mut bytes = head.into_bytes();
    if !is_head {
        bytes.extend_from_slice(&answer.body);
    }
    bytes
}
