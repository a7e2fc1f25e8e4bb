//! `loclint check`.

use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use super::args::CheckArgs;
use super::error::CliError;
use super::gate::Gate;
use super::job::{Job, current_folder};
use super::{COULD_NOT, fix, output, terminal, verbose};
use crate::discover::Unreadable;
use crate::files::shown_path;
use crate::report::{Format, Report, show_files, summary_line, visible};

/// Checks, and reports what was found.
pub(super) fn run(args: &CheckArgs) -> Result<ExitCode, CliError> {
    let started = Instant::now();
    let current = current_folder();
    output::refuse_nonsense(args)?;
    let mut job = Job::plan(args)?;
    let outputs = args.output.iter().map(|output| output.path.as_path());
    output::refuse_what_is_read(outputs, &job, args)?;
    let known = job.known(args)?;
    if args.verbosity.verbose || args.show_files {
        job.stages.clear();
    }
    if args.verbosity.verbose {
        verbose::plan(&job, args, &current)?;
    }
    if args.show_files {
        let mut out = terminal::stdout(args.color);
        let written = show_files(&job.plan, &|path| shown_path(path, &current), &mut out);
        terminal::finish(written, &mut out)?;
        complain_of_unreadable(&job.plan.unreadable, &current);
        return Ok(ExitCode::from(if job.plan.unreadable.is_empty() { 0 } else { COULD_NOT }));
    }
    let gate = Gate::new(args, &job.config);
    job.scores = args.statistics || gate.needs_scores() || output::formats(args).contains(&Format::Html);
    let (source, mut outcome) = job.run(args)?;
    let baseline = known.map(|known| known.take_out(args, &job, &mut outcome)).transpose()?;
    let report = Report {
        statistics: args.statistics,
        ..job.report(source.as_ref(), &outcome, baseline, started.elapsed())
    };
    match outcome.fixed.as_ref().filter(|fixed| !fixed.fixing.write) {
        Some(fixed) => fix::write_stdout(fixed, args.color, &report.current)?,
        None => {
            job.on_threads(|| output::write_files(&report, args))?;
            match job.fixed_buffer(args) {
                Some(text) => output::write_fixed(text, &report, args)?,
                None => job.on_threads(|| output::write_stdout(&report, args))?,
            }
        }
    }
    complain_of_unreadable(&outcome.unreadable, &report.current);
    if let Some(fixed) = &outcome.fixed {
        fix::complain(fixed, &report.current);
    }
    for shortfall in output::formats(args).into_iter().filter_map(|format| report.shortfall(format)) {
        terminal::say(&format!("loclint: {shortfall}"));
    }
    if args.verbosity.verbose {
        verbose::times(&job.stages.times());
    }
    // A hook that had nothing to look at has nothing to tell.
    let is_idle = args.hook.allow_empty && job.plan.articles.is_empty() && job.plan.listed.is_none();
    if !args.quiet && !is_idle {
        terminal::say(&summary_line(&report));
    }
    let (code, reasons) = gate.judge(&report);
    for reason in reasons {
        terminal::say(&reason);
    }
    drop(report);
    // The process ends here, and there may be thousands of findings and paths to be given back one by one.
    std::mem::forget((outcome, job.plan));
    Ok(code)
}

/// Says which files could not be read.
pub(super) fn complain_of_unreadable(files: &[Unreadable], current: &Path) {
    for file in files {
        let path = shown_path(&file.path, current);
        terminal::say(&format!("loclint: cannot read \"{}\": {}", visible(&path), file.reason));
    }
}
