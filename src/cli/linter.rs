//! `loclint check` from Rust.

use std::fmt;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use ::rules::{Confidence, OwnRules, Rule, Settings};

use super::args::{CheckArgs, Sureness};
use super::error::CliError;
use super::job::Job;
use super::terminal::REDIRECTED;
use crate::discover::SiblingTree;
use crate::engine::{LocatedFinding, Outcome};
use crate::report::{BaselineUse, Format, FullOptions, Report, summary_line};
use crate::source::Source;

/// A run of `loclint check`, put together in Rust.
///
/// It starts with all rules that come with loclint, at their usual severities, and without a configuration. Paths are
/// relative to the current folder. Rules take the day of the run for today, or that of `SOURCE_DATE_EPOCH`.
#[derive(Debug)]
pub struct Linter {
    args: Box<CheckArgs>,
    own: OwnRules,
}

impl Default for Linter {
    fn default() -> Self {
        Self::new()
    }
}

impl Linter {
    /// A run with the rules that come with loclint.
    pub fn new() -> Self {
        let mut args = CheckArgs::defaults();
        args.file.no_config = true;
        Self { args, own: OwnRules::default() }
    }

    /// Adds a rule of your own. What is given is the function that makes it: it is called for each set of options.
    pub fn rule(mut self, make: impl Fn(&Settings) -> Rule + Send + Sync + 'static) -> Self {
        self.own = self.own.with(make);
        self
    }

    /// Sets the rules of your own, instead of those that were added.
    pub fn own_rules(mut self, own: OwnRules) -> Self {
        self.own = own;
        self
    }

    /// Adds rules in YAML: a file, or the name of a pack that comes with loclint.
    pub fn pack(mut self, pack: impl Into<PathBuf>) -> Self {
        self.args.pack.push(pack.into());
        self
    }

    /// Goes by a configuration, which can speak of the rules of your own too.
    pub fn config(mut self, file: impl Into<PathBuf>) -> Self {
        self.args.file.config = Some(file.into());
        self.args.file.no_config = false;
        self
    }

    /// Goes by the nearest `loclint.yml`, if there is one, as the program does.
    pub fn nearest_config(mut self) -> Self {
        self.args.file.config = None;
        self.args.file.no_config = false;
        self
    }

    /// Runs only these rules or categories, and those of other calls.
    pub fn select<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.args.select.extend(names.into_iter().map(Into::into));
        self
    }

    /// Leaves these rules or categories out.
    pub fn ignore<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.args.ignore.extend(names.into_iter().map(Into::into));
        self
    }

    /// Reports only on these locales; the others are read for comparison.
    pub fn locales<S: Into<String>>(mut self, tags: impl IntoIterator<Item = S>) -> Self {
        self.args.locale.extend(tags.into_iter().map(Into::into));
        self
    }

    /// Reports only findings that are at least this sure.
    pub fn min_confidence(mut self, confidence: Confidence) -> Self {
        self.args.min_confidence = Some(match confidence {
            Confidence::Low => Sureness::Low,
            Confidence::Medium => Sureness::Medium,
            Confidence::High => Sureness::High,
        });
        self
    }

    /// Adds a glossary: YAML, CSV or TBX.
    pub fn glossary(mut self, file: impl Into<PathBuf>) -> Self {
        self.args.glossary.push(file.into());
        self
    }

    /// Compares with the English source: a folder, a git work tree or a bare repository.
    pub fn source(mut self, path: impl Into<PathBuf>) -> Self {
        self.args.source = Some(path.into());
        self
    }

    /// Compares with a tree that has the same articles in other locales: `PATH`, or `PATH@REF` in a repository.
    pub fn siblings(mut self, tree: &str) -> Self {
        self.args.siblings.push(SiblingTree::parse(tree));
        self
    }

    /// Leaves out the findings that a baseline knows.
    pub fn baseline(mut self, file: impl Into<PathBuf>) -> Self {
        self.args.baseline = Some(file.into());
        self
    }

    /// Applies the safe fixes to the files, and reports what is left; with `unsafe_too` the others as well.
    pub fn fix(mut self, unsafe_too: bool) -> Self {
        self.args.fixes.fix = true;
        self.args.fixes.unsafe_fixes = unsafe_too;
        self
    }

    /// Uses so many threads; one per core if nothing is said. What is found does not depend on it.
    pub fn threads(mut self, threads: NonZeroUsize) -> Self {
        self.args.bounds.threads = Some(threads);
        self
    }

    /// Checks folders and files.
    ///
    /// # Errors
    /// [`Error`] if the job cannot be done: a path, a configuration or a pack that cannot be used, a rule that is not
    /// there, no article. Single files that cannot be read are none, see [`Outcome::unreadable`].
    pub fn check<P: Into<PathBuf>>(mut self, paths: impl IntoIterator<Item = P>) -> Result<Checked, Error> {
        let started = Instant::now();
        self.args.paths = paths.into_iter().map(Into::into).collect();
        self.args.file.own = self.own;
        let args = &self.args;
        let mut job = Job::plan(args)?;
        let known = job.known(args)?;
        let (source, mut outcome) = job.run(args)?;
        let baseline = known.map(|known| known.take_out(args, &job, &mut outcome)).transpose()?;
        Ok(Checked { job, outcome, source, baseline, elapsed: started.elapsed() })
    }
}

/// What a [`Linter`] found.
pub struct Checked {
    job: Job,
    outcome: Outcome,
    source: Option<Source>,
    baseline: Option<BaselineUse>,
    elapsed: Duration,
}

impl Checked {
    /// The findings, ordered by path, line, column and rule.
    pub fn findings(&self) -> &[LocatedFinding] {
        &self.outcome.findings
    }

    /// The findings, what was suppressed, fixed or could not be read, and what was looked at.
    pub fn outcome(&self) -> &Outcome {
        &self.outcome
    }

    /// What can be told of the run: [totals](Report::totals), [scores](Report::scores), formats.
    pub fn report(&self) -> Report<'_> {
        self.job.report(self.source.as_ref(), &self.outcome, self.baseline.clone(), self.elapsed)
    }

    /// Writes all findings in a format, as `loclint check` does. Colour is written too: a stream of `anstream` takes it
    /// out where nobody wants it.
    ///
    /// # Errors
    /// What `out` says.
    pub fn write(&self, format: Format, out: &mut dyn Write) -> io::Result<()> {
        let full = FullOptions { width: REDIRECTED, unicode: true, max_findings: usize::MAX, links: false };
        self.report().write(format, &full, out)
    }

    /// The line that ends a run of `loclint check`: what was found, in how much, in what time.
    pub fn summary(&self) -> String {
        summary_line(&self.report())
    }
}

/// Why a job could not be done: a sentence for people, the one that `loclint` prints.
#[derive(Debug)]
pub struct Error(CliError);

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}

impl From<CliError> for Error {
    fn from(error: CliError) -> Self {
        Self(error)
    }
}
