//! `loclint completions` and `loclint man`: both are made of the arguments, so they cannot be out of date.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;

use super::args::Cli;
use super::error::CliError;
use super::terminal;

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  loclint completions bash > ~/.local/share/bash-completion/completions/loclint
  loclint completions zsh > ~/.zfunc/_loclint
      for a folder that is in $fpath
  loclint completions fish > ~/.config/fish/completions/loclint.fish
  loclint completions powershell >> $PROFILE";

#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub(super) struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

const MAN_EXAMPLES: &str = "\
Examples:
  loclint man | man -l -
      read it
  loclint man --out ~/.local/share/man/man1
      install all pages: loclint(1), loclint-check(1) and so on";

#[derive(Debug, Args)]
#[command(after_help = MAN_EXAMPLES)]
pub(super) struct ManArgs {
    /// Write a page for each command to this folder, which is made if need be [default: print the page of
    /// loclint itself]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// `loclint completions`.
pub(super) fn completions(args: &CompletionsArgs) -> Result<(), CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "loclint", &mut script);
    print(&script)
}

/// `loclint man`.
pub(super) fn man(args: &ManArgs) -> Result<(), CliError> {
    // Built once, so that every command knows by which names it is called.
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    match &args.out {
        None => print(&page(&command).map_err(CliError::Stdout)?),
        Some(folder) => {
            fs::create_dir_all(folder).map_err(|error| CliError::Write(folder.clone(), error))?;
            write_all(&command, folder)
        }
    }
}

/// Writes the page of a command, and of those below it.
fn write_all(command: &Command, folder: &Path) -> Result<(), CliError> {
    let path = folder.join(format!("{}.1", command.get_display_name().unwrap_or("loclint")));
    let written = page(command).and_then(|page| fs::write(&path, page));
    written.map_err(|error| CliError::Write(path, error))?;
    command.get_subcommands().try_for_each(|below| write_all(below, folder))
}

fn page(command: &Command) -> io::Result<Vec<u8>> {
    // An empty date would be left out, and the version taken for it.
    let version = concat!("loclint ", env!("CARGO_PKG_VERSION"));
    let mut page = Vec::new();
    clap_mangen::Man::new(command.clone()).date(" ").source(version).manual("loclint").render(&mut page)?;
    Ok(page)
}

fn print(bytes: &[u8]) -> Result<(), CliError> {
    // Neither is for a terminal: no colour to keep or drop.
    let mut out = io::stdout().lock();
    let written = out.write_all(bytes);
    terminal::finish(written, &mut out)
}
