//! `loclint report`: the findings as a page for the browser.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Args;

use super::args::CheckArgs;
use super::check::complain_of_unreadable;
use super::error::CliError;
use super::gate::is_whole;
use super::html::HtmlArgs;
use super::job::{Job, current_folder};
use super::output::{self, write_file};
use super::what::WhatArgs;
use super::{COULD_NOT, values};
use crate::report::{HtmlOptions, summary_line};

const EXAMPLES: &str = "\
Examples:
  loclint report
      the tree in the current folder, to loclint-report.html
  loclint report docs.pl-pl docs.cs-cz -o out/report.html --title \"Docs, spring release\"
      two repositories, with a heading of its own
  loclint report --link-template \"https://github.com/harbor/docs/blob/main/{path}#L{line}\"
      with links to the files on the web, for a report that others read
  loclint report --link-template \"vscode://file{file}:{line}:{column}\"
      with links into an editor, for oneself
  loclint check -o html=report.html
      the same page beside the output of a check, and its exit code

The page is one file that loads nothing: it can be mailed, or kept as an artifact of a build.

Exit codes:
  0  the page is written, whatever is in it
  2  the job could not be done: a bad option, no article found, a file that cannot be read";

/// Options of `loclint report`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ReportArgs {
    /// The page
    #[arg(short, long, value_name = "FILE", value_parser = values::file_to_write, default_value = "loclint-report.html")]
    output: PathBuf,

    /// Its heading
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,

    #[command(flatten)]
    html: HtmlArgs,

    /// Leave out the findings that are in this file, which "loclint baseline" writes
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Tell what the baseline of the configuration knows, too
    #[arg(long, conflicts_with = "baseline")]
    no_baseline: bool,

    #[command(flatten)]
    pub(super) what: WhatArgs,
}

/// `loclint report`.
pub(super) fn run(args: &ReportArgs) -> Result<ExitCode, CliError> {
    let (started, current) = (Instant::now(), current_folder());
    let (baseline, no_baseline) = (args.baseline.clone(), args.no_baseline);
    let check = CheckArgs { baseline, no_baseline, ..args.what.as_check() };
    let mut job = Job::plan(&check)?;
    output::refuse_what_is_read([args.output.as_path()], &job, &check)?;
    let known = job.known(&check)?;
    let (source, mut outcome) = job.run(&check)?;
    let baseline = known.map(|known| known.take_out(&check, &job, &mut outcome)).transpose()?;
    let mut options = args.html.options(&job.rules, Some(&args.output), &current);
    options.title = args.title.clone().unwrap_or(HtmlOptions::default().title);
    let report = job.report(source.as_ref(), &outcome, baseline, started.elapsed());
    write_file(&args.output, |out| report.write_html(&options, out))
        .map_err(|error| CliError::Write(args.output.clone(), error))?;
    complain_of_unreadable(&outcome.unreadable, &report.current);
    if !args.what.quiet {
        let _ = writeln!(io::stderr(), "{}\nwrote \"{}\"", summary_line(&report), args.output.display());
    }
    Ok(ExitCode::from(if is_whole(&outcome) { 0 } else { COULD_NOT }))
}
