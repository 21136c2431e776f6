//! Bodies of requests that are streams: sent once, and never again.

use super::golden;
use super::golden::API;
use super::scripted::{Answer, Chunks, Scripted, json, with_headers};
use crate::runtime::{Body, ClientBuilder, Error, Method, OperationInfo, Undocumented, decode};

static PUT: OperationInfo = golden::operation(Method::PUT, "/s", &[]);

/// How often a body is sent, and how the call ends.
async fn sent(body: Body, answers: impl IntoIterator<Item = Answer>) -> (usize, String) {
    let transport = Scripted::new(answers);
    let builder = ClientBuilder::new(&API).transport(transport.clone());
    let client = builder.build().expect("a client");
    let mut call = client.call(&PUT);
    call.raw_body("application/octet-stream", body);
    let decode = |response| decode::success(response, decode::empty, std::convert::identity);
    let outcome = match call.send::<(), Undocumented>(decode).await {
        Ok(response) => response.status().as_u16().to_string(),
        Err(Error::Request(error)) => error.to_string(),
        Err(error) => error.status().expect("an answer").as_u16().to_string(),
    };
    (transport.sent().len(), outcome)
}

fn stream() -> Body {
    Body::stream(Chunks {
        chunk: b"ab",
        breaks_after: Some(0),
    })
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_sent_once() {
    let again = "op was not sent: its body is a stream, and would have to be sent a second time";
    let moved = || with_headers(307, &[("location", "/t")], "");
    for (answers, bytes, streamed) in [
        (vec![json(200, "")], (1, "200"), (1, "200")),
        (vec![json(503, ""), json(200, "")], (2, "200"), (1, "503")),
        (vec![moved(), json(200, "")], (2, "200"), (1, again)),
    ] {
        let statuses: Vec<u16> = answers.iter().map(status).collect();
        let expected = |(count, text): (usize, &str)| (count, text.to_owned());
        let all = |answers: &[Answer]| answers.iter().map(copy).collect::<Vec<_>>();
        let found = sent(Body::bytes("ab"), all(&answers)).await;
        assert_eq!(found, expected(bytes), "{statuses:?}");
        assert_eq!(
            sent(stream(), answers).await,
            expected(streamed),
            "{statuses:?}"
        );
    }
}

fn status(answer: &Answer) -> u16 {
    match answer {
        Answer::Response(status, ..) => *status,
        Answer::Error(_) | Answer::Hang => 0,
    }
}

fn copy(answer: &Answer) -> Answer {
    match answer {
        Answer::Response(status, headers, body) => Answer::Response(
            *status,
            headers.clone(),
            body.try_clone().expect("a body in memory"),
        ),
        Answer::Error(kind) => Answer::Error(*kind),
        Answer::Hang => Answer::Hang,
    }
}
