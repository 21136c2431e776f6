//! What the generated client costs beside `reqwest`: the same calls through `axiom-api` and by hand, ten
//! thousand at once, in turn, in one run.
//!
//! ```console
//! $ cargo run --release -p specwright-tests --example throughput -- [CALLS] [ROUNDS]
//! ```
//!
//! The server is a process of its own, so that the CPU time is the client's. The figures are ratios
//! of generated to handwritten; those of the last line are medians of the rounds.

use axiom_api::types::ApiToken;
use axiom_api::{Client, ReqwestTransport, RetryPolicy};
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

const SECRET: &str = "xaat-throughput";
const TOKEN: &str = r#"{"id":"t1","name":"ci","description":"","datasetCapabilities":{"logs":{"ingest":["create"]}},"orgCapabilities":{},"viewCapabilities":{}}"#;
/// The time limit of a call, of both kinds.
const TIMEOUT: Duration = Duration::from_secs(120);

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args().skip(1);
    let first = arguments.next();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    if first.as_deref() == Some("serve") {
        return runtime.block_on(serve());
    }
    let calls = first.map_or(Ok(10_000), |text| text.parse())?;
    let rounds = arguments.next().map_or(Ok(7), |text| text.parse())?;
    let mut server = Command::new(std::env::current_exe()?)
        .arg("serve")
        .stdout(Stdio::piped())
        .spawn()?;
    let output = server.stdout.take().ok_or("the server's output")?;
    let mut address = String::new();
    BufReader::new(output).read_line(&mut address)?;
    let result = runtime.block_on(compare(address.trim(), calls, rounds));
    server.kill()?;
    server.wait()?;
    result
}

/// Answers every request with the same token.
async fn serve() -> Result<(), Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{TOKEN}",
        TOKEN.len()
    );
    loop {
        let (mut stream, _) = listener.accept().await?;
        let answer = answer.clone();
        tokio::spawn(async move {
            let mut buffer = [0; 2048];
            // A request is one packet here, and has no body.
            while let Ok(1..) = stream.read(&mut buffer).await {
                if stream.write_all(answer.as_bytes()).await.is_err() {
                    return;
                }
            }
        });
    }
}

async fn compare(address: &str, calls: usize, rounds: usize) -> Result<(), Failure> {
    let base = format!("http://{address}/v2");
    // Both have the same connections: with their own, they would be more than a process may have files.
    let handwritten = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()?;
    let generated = Client::builder()
        .base_url(&base)
        .bearer_token(SECRET)
        .retry(RetryPolicy::none())
        .timeout(TIMEOUT)
        .attempt_timeout(None)
        .transport(ReqwestTransport::with_client(handwritten.clone()))
        .build()?;
    let mut ratios = (Vec::new(), Vec::new());
    // The first round opens the connections, and counts for nothing.
    for round in 0..=rounds {
        let hand = || by_hand(handwritten.clone(), format!("{base}/tokens/t1"));
        let ours = || by_client(generated.clone());
        let (one, other) = if round % 2 == 0 {
            let one = measure(calls, ours).await?;
            (one, measure(calls, hand).await?)
        } else {
            let other = measure(calls, hand).await?;
            (measure(calls, ours).await?, other)
        };
        if round == 0 {
            continue;
        }
        let time = other.time / one.time;
        let cpu = one.cpu / other.cpu;
        println!(
            "round {round}: generated {:7.0}/s {:5.1} us CPU, by hand {:7.0}/s {:5.1} us CPU: throughput {time:.3}, CPU {cpu:.3}; {} and {} KiB",
            calls as f64 / one.time,
            one.cpu / calls as f64 * 1e6,
            calls as f64 / other.time,
            other.cpu / calls as f64 * 1e6,
            one.memory,
            other.memory,
        );
        ratios.0.push(time);
        ratios.1.push(cpu);
    }
    let tasks = tokio::runtime::Handle::current().metrics();
    drop((generated, handwritten));
    tokio::time::sleep(Duration::from_millis(500)).await;
    println!(
        "median: throughput {:.3}, CPU per call {:.3}; tasks left {}",
        median(&mut ratios.0),
        median(&mut ratios.1),
        tasks.num_alive_tasks()
    );
    Ok(())
}

async fn by_client(client: Client) -> Result<ApiToken, String> {
    let response = client.get_api_token("t1").await;
    let response = response.map_err(|error| error.to_string())?;
    Ok(response.into_body())
}

async fn by_hand(client: reqwest::Client, url: String) -> Result<ApiToken, String> {
    let request = client
        .get(url)
        .timeout(TIMEOUT)
        .bearer_auth(SECRET)
        .header("accept", "application/json")
        .header("user-agent", "by-hand/1.0");
    let response = request.send().await.map_err(|error| error.to_string())?;
    if response.status() != 200 {
        return Err(response.status().to_string());
    }
    let body = response.bytes().await.map_err(|error| error.to_string())?;
    serde_json::from_slice(&body).map_err(|error| error.to_string())
}

struct Cost {
    time: f64,
    cpu: f64,
    /// What the process holds afterwards, in KiB.
    memory: u64,
}

/// Makes all calls at once.
async fn measure<F>(calls: usize, call: impl Fn() -> F) -> Result<Cost, Failure>
where
    F: Future<Output = Result<ApiToken, String>> + Send + 'static,
{
    let (start, cpu) = (Instant::now(), cpu()?);
    let tasks: Vec<_> = (0..calls).map(|_| tokio::spawn(call())).collect();
    for task in tasks {
        task.await??;
    }
    Ok(Cost {
        time: start.elapsed().as_secs_f64(),
        cpu: self::cpu()? - cpu,
        memory: memory()?,
    })
}

/// The CPU time of the main thread, on which all calls run, in seconds: `/proc/self/schedstat` has it in
/// nanoseconds, and ticks are as long as what is compared.
fn cpu() -> Result<f64, Failure> {
    let stat = fs::read_to_string("/proc/self/schedstat")?;
    let nanoseconds = stat.split_whitespace().next();
    let nanoseconds: u64 = nanoseconds.ok_or("a time")?.parse()?;
    Ok(Duration::from_nanos(nanoseconds).as_secs_f64())
}

fn memory() -> Result<u64, Failure> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let line = line.ok_or("a line of the memory")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
