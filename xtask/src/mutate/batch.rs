//! The hidden subcommand: several mutants of one document, in a process of its own.
//!
//! A line is written before and after each mutant, so that the last line says which one ended the
//! process, if one did. One that takes too long is ended together with the process.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::PathBuf;
use std::process;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::mutation::mutant;
use super::trial::{Found, trial};
use crate::corpus::{Document, ended};
use crate::{Exit, codegen, console};

/// Longer than this is a hang.
const PATIENCE: Duration = Duration::from_secs(10);

/// Runs mutants of one document, and prints how each ended.
#[derive(Clone, Debug, clap::Args)]
pub struct Arguments {
    /// The document
    #[arg(value_name = "FILE")]
    pub document: PathBuf,

    /// Where the random numbers start
    #[arg(long)]
    pub seed: u64,

    /// The numbers of the mutants
    #[arg(long, value_delimiter = ',')]
    pub numbers: Vec<usize>,
}

/// How a mutant ended.
#[derive(Clone, Debug)]
pub(super) enum Ending {
    /// Well.
    Found(Found),
    /// Badly.
    Failed(String),
}

#[derive(Serialize, Deserialize)]
enum Line {
    Begun,
    Generated,
    Refused,
    Failed(String),
}

/// Runs the task.
pub fn run(arguments: &Arguments) -> Exit {
    let sources = codegen::sources(&arguments.document).unwrap_or_default();
    let Some(entry) = sources.files.into_iter().next() else {
        console::err("the document cannot be read\n");
        return Exit::Failed;
    };
    let (sender, receiver) = channel();
    let numbers = arguments.numbers.clone();
    let seed = arguments.seed;
    thread::spawn(move || {
        for number in numbers {
            let (path, text) = mutant(&entry.path, &entry.text, seed, number);
            let line = Line::Begun;
            let ending = match sender.send(line).map(|()| trial(&path, &text)) {
                Ok(Ok(Found::Generated)) => Line::Generated,
                Ok(Ok(Found::Refused)) => Line::Refused,
                Ok(Err(reason)) => Line::Failed(reason),
                Err(_) => return,
            };
            if sender.send(ending).is_err() {
                return;
            }
        }
    });
    loop {
        match receiver.recv_timeout(PATIENCE) {
            Ok(line) => say(&line),
            Err(RecvTimeoutError::Disconnected) => return Exit::Done,
            Err(RecvTimeoutError::Timeout) => {
                say(&Line::Failed(format!(
                    "it took more than {} s",
                    PATIENCE.as_secs()
                )));
                process::exit(0);
            }
        }
    }
}

fn say(line: &Line) {
    if let Ok(text) = serde_json::to_string(line) {
        console::out(&format!("{text}\n"));
        let _ = std::io::stdout().flush();
    }
}

/// Runs mutants in one process; how they ended, up to the one that ended the process.
pub(super) fn endings(document: &Document, seed: u64, numbers: &[usize]) -> Vec<Ending> {
    let listed: Vec<_> = numbers.iter().map(ToString::to_string).collect();
    let arguments = [
        "mutate-batch".to_owned(),
        document.path.to_string_lossy().into_owned(),
        "--seed".to_owned(),
        seed.to_string(),
        "--numbers".to_owned(),
        listed.join(","),
    ];
    let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    let (out, words) = match ended(&arguments, PATIENCE * (count + 1)) {
        Ok(ended) => ended,
        Err(reason) => return vec![Ending::Failed(reason)],
    };
    let mut endings = Vec::new();
    let mut is_open = false;
    for line in BufReader::new(out).lines().map_while(Result::ok) {
        let Ok(line) = serde_json::from_str(&line) else {
            continue;
        };
        is_open = matches!(line, Line::Begun);
        match line {
            Line::Begun => {}
            Line::Generated => endings.push(Ending::Found(Found::Generated)),
            Line::Refused => endings.push(Ending::Found(Found::Refused)),
            Line::Failed(reason) => endings.push(Ending::Failed(reason)),
        }
    }
    if is_open || endings.is_empty() {
        endings.push(Ending::Failed(format!("it ended the process: {words}")));
    }
    endings
}
