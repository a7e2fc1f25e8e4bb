//! The command line.

mod args;
mod check;
mod error;
mod fix;
mod select;
mod terminal;

use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command, ExplainArgs, RulesArgs, RulesFormat};
use error::CliError;

use crate::{engine, report};

/// The exit code where the job could not be done.
const COULD_NOT: u8 = 2;

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
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
    let done = panic::catch_unwind(AssertUnwindSafe(|| run(&cli.command)));
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
        Command::Explain(args) => explain(args).map(|()| ExitCode::SUCCESS),
        Command::Rules(args) => list_rules(args).map(|()| ExitCode::SUCCESS),
    }
}

fn list_rules(args: &RulesArgs) -> Result<(), CliError> {
    let rules = rules::builtin(&rules::Options::new(), check::today())?;
    let infos: Vec<_> = rules.iter().map(|rule| &rule.info).collect();
    let mut out = terminal::stdout(args.color);
    let written = match args.format {
        RulesFormat::Table => report::rules_table(&infos, &mut out),
        RulesFormat::Json => report::rules_json(&infos, &mut out),
    };
    terminal::finish(written, &mut out)
}

/// Prints the page of a rule, or the rules of a category.
fn explain(args: &ExplainArgs) -> Result<(), CliError> {
    let rules = rules::builtin(&rules::Options::new(), check::today())?;
    let name = &args.rule;
    let mut out = terminal::stdout(args.color);
    let written = match rules.iter().find(|rule| rule.info.id == *name) {
        Some(rule) => report::explain(&rule.info, terminal::width(), &mut out),
        None => {
            let category: Vec<_> =
                rules.iter().map(|rule| &rule.info).filter(|info| info.category() == name).collect();
            if category.is_empty() {
                return Err(select::unknown_rule(name, &rules));
            }
            report::rules_table(&category, &mut out)
        }
    };
    terminal::finish(written, &mut out)
}
