//! This program as a subprocess, with a limit on time and memory, and its answer.

use std::env;
use std::fs::File;
use std::io::{Read as _, Seek as _};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;

use super::row::Verdict;
use super::usage;

/// How much of what a subprocess says about its end is kept.
const WORDS: u64 = 4096;

/// What a subprocess may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Time by the clock.
    pub(crate) time: Duration,
    /// Memory.
    pub(crate) megabytes: Option<u64>,
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    /// How it ended.
    pub(crate) verdict: Verdict,
    /// What it said.
    pub(crate) message: String,
}

/// Runs a subcommand that answers with JSON on standard output.
pub(crate) fn run<T: DeserializeOwned>(arguments: &[String], limits: Limits) -> Result<T, Failure> {
    let mut arguments = arguments.to_vec();
    if let Some(megabytes) = limits.megabytes {
        arguments.extend(["--limit-mb".to_owned(), megabytes.to_string()]);
    }
    let command = of_this_program(&arguments)?;
    let (answer, words) = finished(command, limits.time)?;
    serde_json::from_reader(std::io::BufReader::new(answer)).map_err(|error| Failure {
        verdict: Verdict::Crashed,
        message: format!("it gave no answer: {error}; {words}"),
    })
}

/// A subcommand of this program.
pub(crate) fn of_this_program(arguments: &[String]) -> Result<Command, Failure> {
    let mut command = Command::new(env::current_exe().map_err(broken)?);
    command.args(arguments);
    Ok(command)
}

/// Runs a command to its good end; what it wrote, and what it said.
fn finished(command: Command, time: Duration) -> Result<(File, String), Failure> {
    let (status, out, words) = waited(command, time)?;
    if status.success() {
        return Ok((out, words));
    }
    Err(Failure {
        verdict: Verdict::Crashed,
        message: format!("{}: {words}", ending(status)),
    })
}

/// Runs a command to whatever end; what it wrote, and what it said.
pub(crate) fn ended(command: Command, time: Duration) -> Result<(File, String), Failure> {
    let (status, out, words) = waited(command, time)?;
    let words = if status.success() {
        words
    } else {
        format!("{}: {words}", ending(status))
    };
    Ok((out, words))
}

fn waited(mut command: Command, time: Duration) -> Result<(ExitStatus, File, String), Failure> {
    let mut out = tempfile::tempfile().map_err(broken)?;
    let mut err = tempfile::tempfile().map_err(broken)?;
    command
        .stdin(Stdio::null())
        .stdout(out.try_clone().map_err(broken)?)
        .stderr(err.try_clone().map_err(broken)?);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn().map_err(broken)?;
    let start = Instant::now();
    let status = loop {
        match child.try_wait().map_err(broken)? {
            Some(status) => break status,
            None if start.elapsed() > time => {
                usage::end(&mut child);
                return Err(Failure {
                    verdict: Verdict::Timeout,
                    message: format!("it was not done after {} s", time.as_secs()),
                });
            }
            None => thread::sleep(pause(start.elapsed())),
        }
    };
    let words = last_words(&mut err);
    out.rewind().map_err(broken)?;
    Ok((status, out, words))
}

/// Short at first, so that small documents do not wait; long later, to cost nothing.
fn pause(elapsed: Duration) -> Duration {
    (elapsed / 20).clamp(Duration::from_millis(1), Duration::from_millis(50))
}

/// The end of what was said.
fn last_words(err: &mut File) -> String {
    let length = err.stream_position().unwrap_or_default();
    let start = length.saturating_sub(WORDS);
    let mut bytes = Vec::new();
    let read = err
        .seek(std::io::SeekFrom::Start(start))
        .and_then(|_| err.take(WORDS).read_to_end(&mut bytes));
    match read {
        Ok(_) => String::from_utf8_lossy(&bytes).trim().to_owned(),
        Err(error) => error.to_string(),
    }
}

#[cfg(unix)]
fn ending(status: ExitStatus) -> String {
    match std::os::unix::process::ExitStatusExt::signal(&status) {
        Some(signal) => match nix::sys::signal::Signal::try_from(signal) {
            Ok(signal) => format!("ended by {signal}"),
            Err(_) => format!("ended by signal {signal}"),
        },
        None => status.to_string(),
    }
}

#[cfg(not(unix))]
fn ending(status: ExitStatus) -> String {
    status.to_string()
}

fn broken(error: std::io::Error) -> Failure {
    Failure {
        verdict: Verdict::Crashed,
        message: format!("the subprocess could not be run: {error}"),
    }
}
