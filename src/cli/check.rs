use std::env;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use ::rules::Severity;
use bitext::Date;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::args::{CheckArgs, FailOn};
use super::error::CliError;
use super::select::{self, Output};
use super::{COULD_NOT, fix, terminal};
use crate::discover::{Plan, Unreadable, add_siblings, discover};
use crate::engine;
use crate::files::{Files, Limits, shown_path};
use crate::fix::Fixed;
use crate::report::{FullOptions, Report, show_files, summary_line};
use crate::source::{Place, Source};

/// More threads than this only cost time to start.
const MOST_THREADS: usize = 64;

/// `loclint check`.
pub(super) fn run(args: &CheckArgs) -> Result<ExitCode, CliError> {
    let started = Instant::now();
    let mut rules =
        select::rule_set(rules::builtin(&rules::Options::new(), today())?, &args.select, &args.ignore)?;
    rules.min_confidence = args.min_confidence.into();
    let threads = args.threads.map_or(0, usize::from).min(MOST_THREADS);
    let mut files = Files::new(Limits { max_bytes: args.max_file_size });
    let mut plan = discover(&args.paths, threads, &files)?;
    select::limit_locales(&mut plan, &args.locale)?;
    add_siblings(&mut plan, &args.siblings, threads, &mut files)?;
    let current = current_folder();
    if args.show_files {
        let mut out = terminal::stdout(args.color);
        let written = show_files(&plan, &|path| shown_path(path, &current), &mut out);
        terminal::finish(written, &mut out)?;
        complain_of_unreadable(&plan.unreadable, &current);
        return Ok(ExitCode::from(if plan.unreadable.is_empty() { 0 } else { COULD_NOT }));
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.map_err(|error| CliError::Threads(error.to_string()))?;
    let source = pool.install(|| open_source(args, &plan, &mut files))?;
    let outcome =
        pool.install(|| engine::run_fixing(&plan, &rules, &files, source.as_ref(), args.fixes.fixing()))?;
    let report = Report {
        plan: &plan,
        outcome: &outcome,
        files: &files,
        source: source.as_ref().map(|source| source.name.as_str()),
        source_has_history: source.as_ref().is_some_and(Source::has_history),
        current,
        elapsed: started.elapsed(),
        statistics: args.statistics,
    };
    match outcome.fixed.as_ref().filter(|fixed| !fixed.fixing.write) {
        Some(fixed) => fix::write_stdout(fixed, args.color, &report.current)?,
        None => {
            write_files(&report, args)?;
            write_stdout(&report, args)?;
        }
    }
    complain_of_unreadable(&outcome.unreadable, &report.current);
    if let Some(fixed) = &outcome.fixed {
        fix::complain(fixed, &report.current);
    }
    if !args.quiet {
        let _ = writeln!(io::stderr(), "{}", summary_line(&report));
    }
    Ok(exit_code(&report, args.fail_on))
}

/// The English tree, if one is named. `files` learns to read its repository.
fn open_source(args: &CheckArgs, plan: &Plan, files: &mut Files) -> Result<Option<Source>, CliError> {
    let Some(path) = &args.source else { return Ok(None) };
    let (inside, reference) = (args.source_path.as_deref(), args.source_ref.as_deref());
    let source = Source::open(Place { path, inside, reference }, plan, files)?;
    if let Some(repository) = source.repository() {
        files.add(repository);
    }
    Ok(Some(source))
}

fn complain_of_unreadable(files: &[Unreadable], current: &Path) {
    for file in files {
        let _ = writeln!(
            io::stderr(),
            "loclint: cannot read \"{}\": {}",
            shown_path(&file.path, current),
            file.reason
        );
    }
}

/// The current folder as paths are shown relative to it; empty if there is none, so that all are absolute.
fn current_folder() -> PathBuf {
    let current = env::current_dir().and_then(dunce::canonicalize);
    current.unwrap_or_else(|_| PathBuf::from("\0"))
}

fn write_stdout(report: &Report<'_>, args: &CheckArgs) -> Result<(), CliError> {
    let mut out = terminal::stdout(args.color);
    let written = report.write(args.format, &full_options(args, terminal::width()), &mut out);
    terminal::finish(written, &mut out)
}

/// Writes the reports that go to files.
fn write_files(report: &Report<'_>, args: &CheckArgs) -> Result<(), CliError> {
    for Output { format, path } in &args.output {
        let format = format.unwrap_or(args.format);
        let options = full_options(args, terminal::REDIRECTED);
        write_file(path, |out| report.write(format, &options, out))
            .map_err(|error| CliError::Write(path.clone(), error))?;
    }
    Ok(())
}

/// Writes a file whole or not at all, and without colour. Pipes, devices and links are written to as they are.
fn write_file(path: &Path, write: impl Fn(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    if path.symlink_metadata().is_ok_and(|there| !there.is_file()) {
        let mut out = io::BufWriter::new(anstream::StripStream::new(File::create(path)?));
        return write(&mut out).and_then(|()| out.flush());
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    let mut out = io::BufWriter::new(anstream::StripStream::new(file.as_file_mut()));
    write(&mut out)?;
    out.flush()?;
    drop(out);
    file.persist(path).map(drop).map_err(|error| error.error)
}

fn full_options(args: &CheckArgs, width: usize) -> FullOptions {
    FullOptions { width, unicode: terminal::unicode(), max_findings: args.max_findings }
}

fn exit_code(report: &Report<'_>, gate: FailOn) -> ExitCode {
    let gate = match gate {
        FailOn::Error => Some(Severity::Error),
        FailOn::Warning => Some(Severity::Warning),
        FailOn::Info => Some(Severity::Info),
        FailOn::Never => None,
    };
    let fixed = report.outcome.fixed.as_ref();
    if let Some(fixed) = fixed.filter(|fixed| !fixed.fixing.write) {
        return fix::diff_exit_code(report.outcome, fixed);
    }
    if !report.outcome.unreadable.is_empty() || fixed.is_some_and(Fixed::failed) {
        return ExitCode::from(COULD_NOT);
    }
    let failed =
        gate.is_some_and(|gate| report.outcome.findings.iter().any(|finding| finding.severity >= gate));
    ExitCode::from(u8::from(failed))
}

/// The current date (UTC); `SOURCE_DATE_EPOCH` sets it, so that a run can be repeated.
pub(super) fn today() -> Date {
    let told = env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds.parse().ok()?).ok());
    told.unwrap_or_else(Timestamp::now).to_zoned(TimeZone::UTC).date()
}
