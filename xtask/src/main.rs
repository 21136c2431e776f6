//! `cargo xtask`: the tasks of this repository.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use xtask::{codegen, contract, corpus, explain, mutate};

/// Half of a generation is small pieces of memory that live for a moment.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The tasks of this repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    /// The root of the workspace
    #[arg(long, global = true, hide = true)]
    root: Option<PathBuf>,

    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    Codegen(codegen::Arguments),
    Contract(contract::Arguments),
    Corpus(corpus::Arguments),
    Explain(explain::Arguments),
    Mutate(mutate::Arguments),
    #[command(hide = true)]
    CorpusDocument(corpus::document::Arguments),
    #[command(hide = true)]
    CorpusCompile(corpus::compile::Arguments),
    #[command(hide = true)]
    MutateBatch(mutate::batch::Arguments),
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.task {
        Task::Codegen(arguments) => codegen::run(cli.root.as_deref(), &arguments).into(),
        Task::Contract(arguments) => contract::run(&arguments).into(),
        Task::Corpus(arguments) => corpus::run(&arguments).into(),
        Task::CorpusDocument(arguments) => corpus::document::run(&arguments).into(),
        Task::Explain(arguments) => explain::run(&arguments).into(),
        Task::Mutate(arguments) => mutate::run(&arguments).into(),
        Task::MutateBatch(arguments) => mutate::batch::run(&arguments).into(),
        Task::CorpusCompile(arguments) => corpus::compile::run(&arguments).into(),
    }
}
