//! Runs in the crate that is generated from `ingest.yaml`: what a server reads off the socket.

use ingest_api::operations::datasets::IngestBody;
use ingest_api::{Body, Client};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

/// Every byte there is, as well as line ends of all kinds.
fn bytes() -> Vec<u8> {
    let all = 0..=u8::MAX;
    all.chain(*b"a;b\r\n\"\xff\";\n\n{}\n").collect()
}

/// The head of the request, in lower case, and its body.
fn arrived(mut socket: TcpStream) -> (String, Vec<u8>) {
    let mut request = Vec::new();
    let (head, length): (String, usize) = loop {
        let mut block = [0; 4096];
        let read = socket.read(&mut block).expect("a request");
        request.extend_from_slice(&block[..read]);
        if let Some(end) = request.windows(4).position(|end| end == b"\r\n\r\n") {
            let body = request.split_off(end + 4);
            let head = String::from_utf8(std::mem::replace(&mut request, body)).expect("a head");
            let length = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                name.eq_ignore_ascii_case("content-length")
                    .then(|| value.parse().ok())?
            });
            break (head, length.expect("a length"));
        }
        assert_ne!(read, 0, "the request ends in its head");
    };
    let missing = length - request.len();
    let mut rest = Read::by_ref(&mut socket).take(missing as u64);
    rest.read_to_end(&mut request).expect("a body");
    let answer = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 14\r\n\
                  connection: close\r\n\r\n{\"ingested\":1}";
    socket.write_all(answer.as_bytes()).expect("an answer");
    (head, request)
}

#[test]
fn bodies_arrive_byte_for_byte_with_their_own_content_type() {
    let cases: [(&str, fn(Body) -> IngestBody); 3] = [
        ("text/csv", IngestBody::Csv),
        ("application/x-ndjson", IngestBody::Ndjson),
        ("application/json", IngestBody::Json),
    ];
    for (content_type, body) in cases {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let url = format!("http://{}/v1", listener.local_addr().expect("an address"));
        let server = thread::spawn(move || arrived(listener.accept().expect("a client").0));
        let client = Client::builder().base_url(url).build().expect("a client");
        let response = client
            .ingest("my data", body(Body::from(bytes())))
            .csv_delimiter(";")
            .x_csv_fields(["time", "message"])
            .x_labels("{\"zone\":\"b\"}")
            .send_blocking()
            .expect("a success");
        assert_eq!(response.ingested, 1);

        let (head, received) = server.join().expect("a request");
        assert_eq!(received, bytes(), "{content_type}");
        let mut lines = head.lines();
        assert_eq!(
            lines.next(),
            Some("POST /v1/datasets/my%20data/events?csv-delimiter=%3B HTTP/1.1")
        );
        let headers: Vec<_> = lines.map(str::to_ascii_lowercase).collect();
        for expected in [
            format!("content-type: {content_type}"),
            "x-csv-fields: time,message".to_owned(),
            "x-labels: {\"zone\":\"b\"}".to_owned(),
        ] {
            assert_eq!(
                headers.iter().filter(|line| **line == expected).count(),
                1,
                "{head}"
            );
        }
        let types = headers
            .iter()
            .filter(|line| line.starts_with("content-type:"));
        assert_eq!(types.count(), 1, "{head}");
    }
}
