//! A request as it came over the socket.

use std::io::{self, BufRead};

/// One request, uninterpreted but for the framing of HTTP/1.1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// `POST`
    pub method: String,
    /// The request target up to the `?`, as sent.
    pub path: String,
    /// What follows the `?`, as sent.
    pub query: Option<String>,
    /// Names in lower case and values, in the order of sending.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Recorded {
    /// The value of a header, and a panic if it was sent more than once.
    ///
    /// # Panics
    ///
    /// If the header was sent more than once.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(other, _)| other == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(
            values.next().is_none(),
            "{name} was sent more than once: {:?}",
            self.headers
        );
        value
    }

    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// Reads one request; `None` if the peer left without sending one.
    pub(crate) fn read(reader: &mut impl BufRead) -> io::Result<Option<Self>> {
        let line = line(reader)?;
        let mut words = line.split(' ');
        let (Some(method), Some(target), Some("HTTP/1.1")) =
            (words.next(), words.next(), words.next())
        else {
            return if line.is_empty() {
                Ok(None)
            } else {
                Err(malformed(&line))
            };
        };
        let (path, query) = match target.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (target, None),
        };
        let headers = headers(reader)?;
        let body = body(reader, &headers)?;
        Ok(Some(Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.map(str::to_owned),
            headers,
            body,
        }))
    }
}

/// A line without its end.
fn line(reader: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    line.truncate(line.trim_end_matches("\r\n").len());
    Ok(line)
}

fn headers(reader: &mut impl BufRead) -> io::Result<Vec<(String, String)>> {
    let mut headers = Vec::new();
    loop {
        let line = line(reader)?;
        if line.is_empty() {
            return Ok(headers);
        }
        let (name, value) = line.split_once(':').ok_or_else(|| malformed(&line))?;
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
}

/// The body by its length. A chunked one is an error: the bodies of these tests have a known size, and
/// a client that says it saves the server a guess.
fn body(reader: &mut impl BufRead, headers: &[(String, String)]) -> io::Result<Vec<u8>> {
    let value = |name| {
        headers
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value)
    };
    if let Some(coding) = value("transfer-encoding") {
        return Err(malformed(coding));
    }
    let length = match value("content-length") {
        Some(length) => length.parse().map_err(|_| malformed(length))?,
        None => 0,
    };
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok(body)
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("not expected in a request: {what:?}"),
    )
}
