//! The command line.

mod args;
mod baseline;
mod check;
mod configure;
mod error;
mod fix;
mod gate;
mod hook;
mod html;
mod job;
mod linter;
mod lsp;
mod manual;
mod output;
mod packs;
mod report;
mod scope;
mod select;
mod stages;
mod terminal;
mod terms;
mod threads;
mod values;
mod verbose;
mod what;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use ::rules::OwnRules;
use clap::Parser;

use args::{Cli, Command};
use error::CliError;

pub use linter::{Checked, Error, Linter};

use crate::engine;

/// The exit code where the job could not be done.
const COULD_NOT: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    main_with(OwnRules::default())
}

/// The same for a program with rules of its own: they are checked, configured, listed and explained like all others.
pub fn main_with(own: OwnRules) -> ExitCode {
    // A rule that panics becomes a finding, and anything else a sentence; the default hook would print a
    // backtrace beside it.
    panic::set_hook(Box::new(|_| {}));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to stdout with code 0, usage errors to stderr with code 2.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(COULD_NOT));
        }
    };
    let done = panic::catch_unwind(AssertUnwindSafe(|| run(&cli.command.with(own))));
    done.unwrap_or_else(|panic| Err(CliError::Internal(engine::panic_text(panic.as_ref())))).unwrap_or_else(
        |error| {
            terminal::complain(&error);
            ExitCode::from(COULD_NOT)
        },
    )
}

fn run(command: &Command) -> Result<ExitCode, CliError> {
    match command {
        Command::Check(args) => check::run(args),
        Command::Baseline(args) => baseline::run(args),
        Command::Report(args) => report::run(args),
        Command::Terms(args) => terms::run(args),
        Command::Explain(args) => packs::explain(args).map(|()| ExitCode::SUCCESS),
        Command::Rules(args) => packs::list(args),
        Command::Init(args) => configure::init(args).map(|()| ExitCode::SUCCESS),
        Command::Config(args) => configure::show(args).map(|()| ExitCode::SUCCESS),
        Command::Lsp(args) => Ok(lsp::run(args)),
        Command::Schema(args) => configure::schema(args).map(|()| ExitCode::SUCCESS),
        Command::Completions(args) => manual::completions(args).map(|()| ExitCode::SUCCESS),
        Command::Man(args) => manual::man(args).map(|()| ExitCode::SUCCESS),
    }
}
