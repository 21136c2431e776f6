//! Servers that lie: each call ends within its limits, in a typed error, and takes no more memory than
//! the limits allow.
//!
//! One process and one call after the other, so that the memory that is measured is that of the call.

use axiom_api::{Client, ClientBuilder, Error, RetryPolicy, TransportErrorKind};
use flate2::Compression;
use flate2::write::GzEncoder;
use specwright_tests::{Ending, Reply, Server};
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::Command;
use std::time::{Duration, Instant};

const SECRET: &str = "xaat-liar-do-not-show";
/// The longest body that the client of these tests accepts.
const LIMIT: u64 = 1 << 20;
/// How long a call of these tests may take.
const TIMEOUT: Duration = Duration::from_millis(1500);
/// What a call may take beside the body: buffers of the socket, of HTTP and of the allocator.
const OVERHEAD: u64 = 8 << 20;

fn builder(server: &Server) -> ClientBuilder {
    Client::builder()
        .base_url(server.url("/v2"))
        .bearer_token(SECRET)
        .retry(RetryPolicy::none())
        .timeout(TIMEOUT)
        .max_response_bytes(LIMIT)
}

/// What the call of a liar ends in.
enum Expected {
    Transport(TransportErrorKind),
    /// A status with content that nobody declared.
    Undeclared(u16),
    Decode,
}

fn cases() -> Vec<(&'static str, Vec<Reply>, Expected)> {
    use Expected::{Decode, Transport, Undeclared};
    use TransportErrorKind::{Body, BodyTooLarge, Exchange, Timeout};
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
    let ends = |reply: Reply, ending| Reply { ending, ..reply };
    let one_line = format!("{head}x-long: {}\r\n\r\n[]", "x".repeat(10 << 20));
    let mut many_lines = head.to_owned();
    for number in 0..250_000 {
        write!(
            many_lines,
            "x-{number}: 0123456789abcdef0123456789abcdef\r\n"
        )
        .expect("memory");
    }
    let drip = Ending::Drip(b" ".to_vec(), Duration::from_millis(20));
    let drip_head = Ending::Drip(b"x".to_vec(), Duration::from_millis(20));
    let gzip = Reply::with(
        200,
        &[
            ("content-type", "application/json"),
            ("content-encoding", "gzip"),
        ],
        bomb(),
    );
    vec![
        (
            "endless body",
            vec![Reply::endless(200)],
            Transport(BodyTooLarge),
        ),
        (
            "endless body of an error",
            vec![Reply::endless(500)],
            Decode,
        ),
        (
            "one header of 10 MB",
            vec![Reply::raw(one_line)],
            Transport(Exchange),
        ),
        (
            "10 MB of headers",
            vec![Reply::raw(many_lines)],
            Transport(Exchange),
        ),
        (
            "shorter than it says",
            vec![Reply::cut(1000, "[{")],
            Transport(Body),
        ),
        (
            "longer than it says",
            vec![Reply::raw(format!("{head}content-length: 2\r\n\r\n[{{}}]"))],
            Decode,
        ),
        (
            "a length of exabytes",
            vec![Reply::cut(usize::MAX >> 1, "[{")],
            Transport(Body),
        ),
        (
            "two lengths",
            vec![Reply::raw(format!(
                "{head}content-length: 2\r\ncontent-length: 3\r\n\r\n[] "
            ))],
            Transport(Exchange),
        ),
        (
            "slow body",
            vec![ends(Reply::cut(1 << 20, "["), drip)],
            Transport(Timeout),
        ),
        (
            "slow head",
            vec![ends(Reply::raw("HTTP/1.1 200 OK\r\nx-long: "), drip_head)],
            Transport(Timeout),
        ),
        (
            "200 with HTML",
            vec![Reply::new(200, "text/html", "<html>welcome</html>")],
            Undeclared(200),
        ),
        (
            "200 with HTML that is called JSON",
            vec![Reply::json(200, "<html>welcome</html>")],
            Decode,
        ),
        (
            "reset within the body",
            vec![ends(Reply::cut(1 << 20, "[{"), Ending::Reset)],
            Transport(Body),
        ),
        (
            "invalid chunks",
            vec![Reply::raw(format!(
                "{head}transfer-encoding: chunked\r\n\r\n2\r\n[{{\r\nzz\r\n"
            ))],
            Transport(Body),
        ),
        (
            "a chunk of exabytes",
            vec![ends(
                Reply::raw(format!(
                    "{head}transfer-encoding: chunked\r\n\r\n7fffffffffffffff\r\n"
                )),
                Ending::Forever(vec![b' '; 1 << 16]),
            )],
            Transport(BodyTooLarge),
        ),
        (
            "redirect loop",
            (0..20)
                .map(|_| Reply::with(302, &[("location", "/v2/tokens")], ""))
                .collect(),
            Undeclared(302),
        ),
        ("gzip bomb", vec![gzip], Transport(BodyTooLarge)),
        (
            "no gzip at all",
            vec![Reply::json(200, "[]").header("content-encoding", "gzip")],
            Transport(Body),
        ),
    ]
}

/// A quarter of a gigabyte of blanks, in a quarter of a megabyte.
fn bomb() -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..256 {
        encoder.write_all(&[b' '; 1 << 20]).expect("memory");
    }
    encoder.finish().expect("memory")
}

/// The test runs itself once more, in a process whose allocator gives memory back at once: else the
/// peak would be hidden in what the preparations have left behind.
#[test]
fn every_lie_ends_within_limits() {
    const VARIABLE: &str = "MALLOC_MMAP_THRESHOLD_";
    if std::env::var_os(VARIABLE).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        return runtime.expect("a runtime").block_on(every_lie());
    }
    let program = std::env::current_exe().expect("the path of this test");
    let output = Command::new(program)
        .args(["--exact", "every_lie_ends_within_limits", "--nocapture"])
        .env(VARIABLE, "65536")
        .output()
        .expect("the test can be run");
    print!("{}", String::from_utf8_lossy(&output.stdout));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
}

async fn every_lie() {
    // The first call pays for what all calls share: TLS roots, tables, threads.
    let honest = Server::start([Reply::json(200, "[]")]);
    let warm = builder(&honest).build().expect("complete");
    warm.get_api_tokens().await.expect("an empty list");

    for (name, script, expected) in cases() {
        let server = Server::start(script);
        let client = builder(&server).build().expect("complete");
        let memory = Memory::start();
        let start = Instant::now();
        let error = client.get_api_tokens().await.expect_err(name);
        let took = start.elapsed();
        let peak = memory.peak();
        match (expected, &error) {
            (Expected::Transport(kind), Error::Transport(error)) => {
                assert_eq!(error.kind(), kind, "{name}: {error:?}");
            }
            (Expected::Undeclared(status), Error::Undeclared(raw)) => {
                assert_eq!(raw.status().as_u16(), status, "{name}");
            }
            (Expected::Decode, Error::Decode(error)) => {
                assert!(error.response().bytes().len() <= 64 << 10, "{name}");
            }
            (_, error) => panic!("{name}: {error:?}"),
        }
        let text = format!("{error} {error:?}");
        assert!(!text.contains(SECRET), "{name}: {text}");
        assert!(took < TIMEOUT + Duration::from_secs(2), "{name}: {took:?}");
        let shown = peak.map_or("unknown".to_owned(), |peak| format!("{} KiB", peak >> 10));
        println!("{name:35} {took:>12.1?}  peak memory + {shown}");
        assert!(
            peak.is_none_or(|peak| peak < LIMIT + OVERHEAD),
            "{name}: {shown}"
        );
    }
}

#[tokio::test]
async fn a_redirect_to_another_origin_gets_nothing() {
    let other = Server::start([Reply::json(200, "[]"), Reply::json(200, "[]")]);
    let location = other.url("/v2/tokens");
    let away = |status| Reply::with(status, &[("location", &location)], "");
    let server = Server::start([away(302), away(307), away(307)]);
    let client = builder(&server).build().expect("complete");
    for _ in 0..2 {
        client.get_api_tokens().await.expect("the other's answer");
    }
    for request in other.requests() {
        assert_eq!(request.header("authorization"), None);
        assert!(!format!("{request:?}").contains(SECRET));
    }
    let error = client
        .delete_api_token("t")
        .await
        .expect_err("not followed");
    assert_eq!(error.status().map(|status| status.as_u16()), Some(307));
    assert_eq!(other.requests().len(), 2);
}

/// The memory of this process, where the system tells: its peak can be set back on Linux.
struct Memory(Option<u64>);

impl Memory {
    fn start() -> Self {
        let start = fs::write("/proc/self/clear_refs", "5")
            .ok()
            .and_then(|()| status("VmRSS:"));
        Self(start)
    }

    /// How much more than at the start there was at once.
    fn peak(&self) -> Option<u64> {
        Some(status("VmHWM:")?.saturating_sub(self.0?))
    }
}

/// A line of the process's status, in bytes.
fn status(key: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(key))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes << 10)
}
