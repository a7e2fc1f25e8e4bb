//! `loclint baseline`, and what `loclint check --baseline` does with its file.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind::NotFound, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use ::rules::{Rule, Scope as Reach};
use clap::Args;

use super::args::CheckArgs;
use super::check::complain_of_unreadable;
use super::error::CliError;
use super::gate::is_whole;
use super::job::{Job, current_folder};
use super::output::write_file;
use super::what::WhatArgs;
use super::{COULD_NOT, configure, packs, values};
use crate::baseline::{Baseline, BaselineError, Entry, Scope};
use crate::engine::Outcome;
use crate::report::BaselineUse;

/// The file where nothing names one.
const DEFAULT: &str = "loclint-baseline.json";

/// What rules that compare locales would find is not written down then.
const ALONE: &str = "Not compared: all articles are in one locale only; run it in the folder above the locales, or name trees with others \
                     by \"--siblings\"";

const EXAMPLES: &str = "\
Examples:
  loclint baseline
      write down all that is wrong with the tree in the current folder
  loclint check --baseline loclint-baseline.json
      report what is new since
  loclint baseline --prune
      remove what has been mended since; adds nothing

A finding is the same while its rule, article, locale, the English text of its unit and the text
at fault are the same, in whatever line and under whatever unit id. Write the file with the options
that it is used with: \"--source\", \"--siblings\", \"--glossary\" and \"--min-confidence\" change
what is found.

Where the file is there already, a run over a part of the tree (a path, \"--locale\", or files
that cannot be read) only adds to it, and one with some of the rules writes only these anew.

Exit codes:
  0  the file is written
  2  the job could not be done: a bad option, no article found, a file that cannot be read";

/// Options of `loclint baseline`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct BaselineArgs {
    /// The file [default: the one of the configuration, or loclint-baseline.json]
    #[arg(short, long, value_name = "FILE", value_parser = values::file_to_write)]
    output: Option<PathBuf>,

    /// Only remove from the file what matches nothing any more
    #[arg(long, conflicts_with_all = ["select", "locale"])]
    prune: bool,

    #[command(flatten)]
    pub(super) what: WhatArgs,
}

/// `loclint baseline`.
pub(super) fn run(args: &BaselineArgs) -> Result<ExitCode, CliError> {
    let check = args.what.as_check();
    let mut job = Job::plan(&check)?;
    let configured = job.config.baseline.as_ref().map(|own| own.value.clone());
    let output = args.output.clone().or(configured).unwrap_or_else(|| DEFAULT.into());
    let old = match Known::open_regular(&output) {
        Err(error) if args.prune || matches!(error, CliError::Baseline(BaselineError::Foreign(_))) => {
            return Err(error);
        }
        old => old,
    };
    let (_, mut outcome) = job.run(&check)?;
    complain_of_unreadable(&outcome.unreadable, &current_folder());
    let scope = scope(&check, &job, &outcome)?;
    let told = match old {
        Ok(known) if args.prune => prune(known, &scope, &mut outcome)?,
        old => write(&output, old, &scope, &outcome)?,
    };
    if !args.what.quiet {
        let articles = &job.plan.articles;
        if !args.prune && !articles.is_empty() && articles.iter().all(|article| article.documents.len() == 1)
        {
            let _ = writeln!(io::stderr(), "{ALONE}");
        }
        let _ = writeln!(io::stderr(), "{told}");
    }
    Ok(ExitCode::from(if is_whole(&outcome) { 0 } else { COULD_NOT }))
}

/// Writes down all findings, and keeps what a file that is there says of what the run could not tell. Says so.
fn write(
    path: &Path,
    old: Result<Known, CliError>,
    scope: &Scope,
    outcome: &Outcome,
) -> Result<String, CliError> {
    let paths = scope.paths_from(&folder_of(path));
    let mut baseline = Baseline { paths, with: scope.with.clone(), ..Baseline::default() };
    outcome.findings.iter().map(Entry::of).for_each(|entry| baseline.add(entry));
    let kept = kept(path, old, scope)?;
    let found = baseline.findings();
    let mut told = format!(
        "Wrote {} in {} to \"{}\"",
        count(found, "finding"),
        count(baseline.articles(), "article"),
        path.display()
    );
    if !kept.entries.is_empty() {
        for (entry, count) in kept.entries {
            baseline.entries.entry(entry).and_modify(|there| *there = count.max(*there)).or_insert(count);
        }
        baseline.paths.extend(kept.paths);
        let more = count(baseline.findings() - found, "known finding");
        told += &format!("; left {more} in it, since this run does not see all");
    }
    save(&baseline, path)?;
    Ok(told)
}

/// What stays of the baseline that is there.
fn kept(path: &Path, old: Result<Known, CliError>, scope: &Scope) -> Result<Baseline, CliError> {
    let old = match old {
        Ok(known) => known.baseline,
        Err(CliError::Baseline(BaselineError::Unreadable(_, error))) if error.kind() == NotFound => {
            return Ok(Baseline::default());
        }
        // What is damaged can be written anew by a run that sees everything.
        Err(CliError::Baseline(BaselineError::Damaged(..))) if scope.is_whole() => {
            return Ok(Baseline::default());
        }
        Err(error) => return Err(error),
    };
    let entries = scope.untold(&old, &folder_of(path));
    if !entries.is_empty() && scope.with != old.with {
        return Err(BaselineError::OtherOptions(path.to_path_buf(), otherwise(&old, scope)).into());
    }
    Ok(Baseline { entries, ..old })
}

/// Removes what matches nothing any more. Says how much.
fn prune(mut known: Known, scope: &Scope, outcome: &mut Outcome) -> Result<String, CliError> {
    let Some(stale) = known.stale(scope, outcome)? else {
        let why = if !outcome.unreadable.is_empty() {
            "files could not be read".to_string()
        } else if !scope.whole {
            "single files were named; name the whole tree".to_string()
        } else {
            otherwise(&known.baseline, scope)
        };
        return Err(BaselineError::PartOfTree(known.path, why).into());
    };
    let before = known.baseline.findings();
    known.baseline.prune(&stale);
    save(&known.baseline, &known.path)?;
    let left = known.baseline.findings();
    Ok(format!("Removed {} from \"{}\"; {left} left", count(before - left, "finding"), known.path.display()))
}

/// That a run has other options than the one that wrote a baseline.
fn otherwise(baseline: &Baseline, scope: &Scope) -> String {
    let with = |with: &BTreeSet<String>| match with.len() {
        0 => "no options that change what is found".to_string(),
        _ => with.iter().map(|with| format!("\"--{with}\"")).collect::<Vec<_>>().join(", "),
    };
    format!("it was written with {}, and this run has {}", with(&baseline.with), with(&scope.with))
}

fn save(baseline: &Baseline, path: &Path) -> Result<(), CliError> {
    let written = write_file(path, |out| baseline.write(out));
    written.map_err(|error| CliError::Write(path.to_path_buf(), error))
}

/// A baseline and its file.
pub(super) struct Known {
    pub(super) baseline: Baseline,
    path: PathBuf,
}

impl Known {
    pub(super) fn open(path: &Path) -> Result<Self, CliError> {
        Ok(Self { baseline: Baseline::open(path)?, path: path.to_path_buf() })
    }

    /// The same, but what is no file, such as a pipe, is only written to: to read it would be to wait for ever.
    fn open_regular(path: &Path) -> Result<Self, CliError> {
        if is_pipe(path) {
            return Err(BaselineError::Unreadable(path.to_path_buf(), NotFound.into()).into());
        }
        Self::open(path)
    }

    /// Takes the known findings out of what `check` found.
    pub(super) fn take_out(
        &self,
        args: &CheckArgs,
        job: &Job,
        outcome: &mut Outcome,
    ) -> Result<BaselineUse, CliError> {
        let found = outcome.findings.len();
        let stale = self.stale(&scope(args, job, outcome)?, outcome)?;
        Ok(BaselineUse {
            name: self.path.display().to_string(),
            known: found - outcome.findings.len(),
            stale: stale.map(|stale| stale.len()),
        })
    }

    /// Takes the known findings out, and says which of them are there no more, if the run can tell.
    fn stale(&self, scope: &Scope, outcome: &mut Outcome) -> Result<Option<BTreeMap<Entry, u32>>, CliError> {
        let folder = folder_of(&self.path);
        if let Some(first) = scope.foreign(&self.baseline, &folder) {
            return Err(BaselineError::OtherTree(self.path.clone(), first.to_string()).into());
        }
        let unmatched = self.baseline.take_out(&mut outcome.findings);
        Ok(scope.stale(&self.baseline, &folder, unmatched))
    }
}

/// What a run sees.
fn scope(args: &CheckArgs, job: &Job, outcome: &Outcome) -> Result<Scope, CliError> {
    let ran: BTreeSet<_> = job.rules.rules.iter().map(|active| active.rule.info.id.clone()).collect();
    let packs = packs::of_run(&job.config, &args.pack, &current_folder())?;
    let all = configure::all_rules(packs, &args.file.own)?;
    let compares = |rule: &&Rule| rule.info.scope > Reach::Document;
    let mut scope = Scope::of(&job.plan);
    scope.roots = args.paths.iter().filter_map(|path| dunce::canonicalize(path).ok()).collect();
    scope.all_documents &= args.locale.is_empty() && outcome.unreadable.is_empty();
    scope.whole = scope.all_documents && args.select.is_empty();
    scope.with.clone_from(&job.with);
    scope.all_rules = args.select.is_empty() && args.ignore.is_empty();
    scope.ran = ran.iter().map(ToString::to_string).collect();
    scope.comparing = all.iter().filter(compares).map(|rule| rule.info.id.to_string()).collect();
    scope.idle =
        all.into_iter().map(|rule| rule.info.id).filter(|id| !ran.contains(id)).map(Into::into).collect();
    Ok(scope)
}

fn is_pipe(path: &Path) -> bool {
    path.metadata().is_ok_and(|there| !there.is_file() && !there.is_dir())
}

/// The folder of a file, absolute; what goes through a pipe probably ends in the current one.
fn folder_of(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !is_pipe(path));
    let folder = folder.unwrap_or(Path::new("."));
    dunce::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf())
}

fn count(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}
