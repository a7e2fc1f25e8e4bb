//! The command line.

mod args;
mod check;
mod error;
mod select;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command, RulesArgs, RulesFormat};
use error::CliError;

use crate::report::{rules_json, rules_table};

/// The exit code where the job could not be done.
const COULD_NOT: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    // A rule that panics becomes a finding; the default hook would print a backtrace beside it.
    std::panic::set_hook(Box::new(|_| {}));
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version go to stdout with code 0, usage errors to stderr with code 2.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(COULD_NOT));
        }
    };
    let done = match &cli.command {
        Command::Check(args) => check::run(args),
        Command::Rules(args) => list_rules(args).map(|()| ExitCode::SUCCESS),
    };
    done.unwrap_or_else(|error| {
        terminal::complain(&error);
        ExitCode::from(COULD_NOT)
    })
}

fn list_rules(args: &RulesArgs) -> Result<(), CliError> {
    let rules = rules::builtin(&rules::Options::new())?;
    let infos: Vec<_> = rules.iter().map(|rule| &rule.info).collect();
    let mut out = terminal::stdout(args.color);
    let written = match args.format {
        RulesFormat::Table => rules_table(&infos, &mut out),
        RulesFormat::Json => rules_json(&infos, &mut out),
    };
    terminal::finish(written, &mut out)
}
