//! The spans of calls, as a subscriber of the library `tracing` sees them.

use super::golden::{Thing, builder};
use super::scripted::{Answer, Scripted, json};
use crate::runtime::TransportErrorKind;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// Writes down everything there is.
#[derive(Clone, Default)]
struct Recorder {
    text: Arc<Mutex<String>>,
    spans: Arc<AtomicU64>,
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {}={value:?}", field.name()).expect("memory");
    }
}

impl Recorder {
    fn line(&self, start: &str, record: impl FnOnce(&mut Line)) {
        let mut line = Line(start.to_owned());
        record(&mut line);
        let mut text = self.text.lock().expect("a lock");
        text.push_str(&line.0);
        text.push('\n');
    }
}

impl Subscriber for Recorder {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().contains("runtime::trace")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line(span.metadata().name(), |line| span.record(line));
        Id::from_u64(1 + self.spans.fetch_add(1, Ordering::Relaxed))
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        self.line("record", |line| values.record(line));
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.line("event", |line| event.record(line));
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

#[tokio::test(start_paused = true)]
async fn a_span_says_what_was_called_and_how_it_ended() {
    let recorder = Recorder::default();
    let guard = tracing::subscriber::set_default(recorder.clone());
    let transport = Scripted::new([
        json(503, r#"{"message":"hunter2"}"#),
        Answer::Error(TransportErrorKind::Body),
        json(200, r#"{"name":"hunter2"}"#),
        json(409, ""),
        Answer::Error(TransportErrorKind::Exchange),
    ]);
    let client = builder(&transport).build().expect("a client");
    let tagged = client.get_thing("hunter2", "b").tags(["hunter2"]);
    tagged.await.expect("at the third attempt");
    let created = client.create_thing(Thing::new("hunter2")).await;
    assert!(created.is_err());
    let created = client.create_thing(Thing::new("hunter2")).await;
    assert!(created.is_err());
    drop(guard);
    let text = recorder.text.lock().expect("a lock").clone();
    assert!(!text.contains("hunter2"), "{text}");
    let expected = "http.client.call otel.kind=\"client\" operation=\"getThing\" http.request.method=\"GET\" url.template=\"/things/{id}/parts/{part}.json\"
event message=sending the request again http.response.status_code=503 delay_ms=_
event message=sending the request again error=\"body\" delay_ms=_
record http.request.resend_count=2
record http.response.status_code=200
http.client.call otel.kind=\"client\" operation=\"createThing\" http.request.method=\"POST\" url.template=\"/things\"
record http.response.status_code=409
record error.type=409
http.client.call otel.kind=\"client\" operation=\"createThing\" http.request.method=\"POST\" url.template=\"/things\"
record error.type=\"exchange\"
";
    let text: String = text
        .lines()
        .map(|line| match line.split_once("delay_ms=") {
            Some((before, _)) => format!("{before}delay_ms=_\n"),
            None => format!("{line}\n"),
        })
        .collect();
    assert_eq!(text, expected);
}
