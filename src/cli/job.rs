//! A run from its arguments to where findings are reported.

use std::collections::BTreeSet;
use std::env;
use std::path::{Path, PathBuf};
use std::slice;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ::rules::{Confidence, Glossary, Options, Settings};
use bitext::Date;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use rayon::ThreadPool;

use super::args::CheckArgs;
use super::baseline::Known;
use super::error::CliError;
use super::scope::Scope;
use super::select;
use super::stages::{Stage, Stages};
use super::threads::{pool, threads_of};
use super::{configure, packs};
use crate::config::{Config, Origin, Sourced};
use crate::discover::{DiscoverError, Plan, Trees, add_siblings, below_folders, discover, discover_listed};
use crate::engine::{self, Outcome, RuleSet};
use crate::files::{Files, Limits};
use crate::fix::Fixing;
use crate::glossary::{self, Why};
use crate::report::{BaselineUse, Report};
use crate::source::{Place, Source};

/// A run.
pub(super) struct Job {
    pub(super) config: Config,
    pub(super) rules: RuleSet,
    pub(super) files: Files,
    pub(super) plan: Plan,
    /// What is there beside the tree and the rules that changes what is found, in the words of the options.
    pub(super) with: BTreeSet<String>,
    /// The file whose text comes from standard input.
    buffer: Option<PathBuf>,
    pub(super) stages: Stages,
    /// Whether somebody wants to know quality scores, for which words are counted.
    pub(super) scores: bool,
    threads: usize,
    /// Started when there is work for several.
    pool: OnceLock<ThreadPool>,
}

impl Job {
    /// Finds out what is to be checked.
    pub(super) fn plan(args: &CheckArgs) -> Result<Self, CliError> {
        let stages = Stages::start(!args.quiet);
        let limits = args.bounds.limits();
        let asked = args.scope.begin(&args.paths, args.fixes.fix, limits)?;
        let paths: Vec<PathBuf> = asked.buffer_path().map_or(args.paths.clone(), |path| vec![path.into()]);
        let mut job = if asked.is_of_folders(&paths) && threads_of(args) != 1 {
            Self::prepare_and_walk(args, &paths, limits)?
        } else {
            let mut job = Self::prepare(args, &paths)?;
            job.find(asked.answer()?, &paths, args)?;
            job
        };
        job.stages = stages;
        Ok(job)
    }

    /// Finds out what is to be checked in folders: they are walked while the rules are made.
    fn prepare_and_walk(args: &CheckArgs, folders: &[PathBuf], limits: Limits) -> Result<Self, CliError> {
        let current = current_folder();
        let config = configure::find_and_load(&args.file, folders, &args.pack, &current)?;
        let (trees, files, threads) = (configure::trees(&config), Files::new(limits), threads_of(args));
        let pool = pool(threads)?;
        let mut found = Ok(Plan::default());
        let job = pool.in_place_scope(|scope| {
            scope.spawn(|_| found = discover(folders, &trees, threads, &files));
            Self::with(config, args, &current)
        });
        // What is wrong with the configuration comes first.
        let mut job = job?;
        job.pool = pool.into();
        job.take(unless_empty(found, args)?, args)?;
        Ok(job)
    }

    /// What does not depend on the files that are looked at: the configuration of a run over `paths`, and the rules.
    pub(super) fn prepare(args: &CheckArgs, paths: &[PathBuf]) -> Result<Self, CliError> {
        let current = current_folder();
        Self::with(configure::find_and_load(&args.file, paths, &args.pack, &current)?, args, &current)
    }

    fn with(config: Config, args: &CheckArgs, current: &Path) -> Result<Self, CliError> {
        let files = Files::new(args.bounds.limits());
        let settings = settings(args, &config, &files, current)?;
        let make = |options: &Options| {
            let settings = Settings { options: options.clone(), ..settings.clone() };
            Ok(rules::all(&settings)?)
        };
        let mut rules = select::rule_set(&make, &config.rules, &args.select, &args.ignore)?;
        let configured = config.min_confidence.as_ref().map(|own| own.value);
        rules.min_confidence = args.min_confidence.map(Into::into).or(configured).unwrap_or(Confidence::Low);
        if !args.locale.is_empty() || rules.min_confidence > Confidence::Low {
            // What is not needed now may be needed for what is left out.
            rules.rules.retain(|active| active.rule.info.id != "suppression/unused");
        }
        rules.suppress.clone_from(&config.suppress);
        let mut with = BTreeSet::new();
        let glossary = !args.glossary.is_empty() || !config.glossary.is_empty();
        with.extend(glossary.then(|| "glossary".to_string()));
        if rules.min_confidence > Confidence::Low {
            with.insert(format!("min-confidence {}", rules.min_confidence.as_str()));
        }
        Ok(Self {
            config,
            rules,
            files,
            plan: Plan::default(),
            with,
            buffer: None,
            stages: Stages::start(false),
            scores: true,
            threads: threads_of(args),
            pool: OnceLock::new(),
        })
    }

    /// Finds the files.
    pub(super) fn find(&mut self, scope: Scope, paths: &[PathBuf], args: &CheckArgs) -> Result<(), CliError> {
        let trees = configure::trees(&self.config);
        let (plan, buffer) = planned(scope, paths, &trees, self.threads, &mut self.files, args)?;
        self.take(plan, args)?;
        self.buffer = buffer;
        Ok(())
    }

    /// Takes the files that were found, as far as they are wanted.
    fn take(&mut self, mut plan: Plan, args: &CheckArgs) -> Result<(), CliError> {
        select::limit_locales(&mut plan, &args.locale)?;
        let own = configure::own_files(&self.config, [&args.glossary, &args.pack]);
        plan.skipped.retain(|(path, _)| !own.contains(path));
        if !plan.articles.is_empty() {
            self.add_siblings(&mut plan, args)?;
        }
        let siblings = !args.siblings.is_empty() || !self.config.siblings.is_empty();
        self.with.extend(siblings.then(|| "siblings".to_string()));
        self.plan = plan;
        Ok(())
    }

    /// Adds the trees to compare with: those of the arguments, or those of the configuration.
    fn add_siblings(&mut self, plan: &mut Plan, args: &CheckArgs) -> Result<(), CliError> {
        let (threads, files) = (self.threads, &mut self.files);
        if !args.siblings.is_empty() {
            // Probably it was meant to be checked, and was taken for one more of these.
            args.siblings.iter().try_for_each(|tree| tree.is_beside(&args.paths))?;
            return Ok(add_siblings(plan, &args.siblings, threads, files)?);
        }
        self.config.siblings.iter().try_for_each(|Sourced { value: tree, origin }| {
            let added = add_siblings(plan, slice::from_ref(tree), threads, files);
            added.map_err(|error| CliError::at(origin)(error.into()))
        })
    }

    /// Checks it, against the English tree if one is named.
    pub(super) fn run(&mut self, args: &CheckArgs) -> Result<(Option<Source>, Outcome), CliError> {
        if args.source.is_some() || self.config.source.is_some() {
            self.stages.enter(Stage::Source);
        }
        let source = self.open_source(args)?;
        self.with.extend(source.is_some().then(|| "source".to_string()));
        self.stages.enter(Stage::Check);
        let mut outcome = self.check(source.as_ref(), args.fixes.fixing())?;
        self.stages.enter(Stage::Report);
        let sees_all = |origin: &Origin| configure::sees_all(&self.config, &args.paths, origin);
        outcome.idle_suppressions.retain(sees_all);
        if let (Some(path), Some(fixed)) = (&self.buffer, &outcome.fixed)
            && let Some(text) = fixed.files.get(path).and_then(|file| file.text.as_ref())
        {
            // What is reported is what is left, and quotes from the text as it is then.
            self.files.set_buffer(path.clone(), text.as_bytes());
        }
        Ok((source, outcome))
    }

    /// The English tree, if one is named.
    pub(super) fn open_source(&mut self, args: &CheckArgs) -> Result<Option<Source>, CliError> {
        if args.source.is_some() || self.config.source.is_some() {
            self.pool()?;
        }
        let Self { config, plan, files, pool, .. } = self;
        let mut open = || open_source(args, config, plan, files);
        if let Some(pool) = pool.get() { pool.install(open) } else { open() }
    }

    /// Checks what was found.
    pub(super) fn check(&self, source: Option<&Source>, fixing: Option<Fixing>) -> Result<Outcome, CliError> {
        let Self { rules, files, plan, stages, .. } = self;
        let done = stages.articles(plan.articles.len());
        let words = self.scores;
        let run = || engine::run_counting(plan, rules, files, source, fixing, done, words);
        // The main thread has little room for what is nested deeply on Windows.
        let is_small = plan.articles.len() < 2 && !plan.whole && !cfg!(windows);
        Ok(if is_small { run() } else { self.pool()?.install(run) }?)
    }

    /// Does something on the threads, if they have been started.
    pub(super) fn on_threads<T: Send>(&self, task: impl FnOnce() -> T + Send) -> T {
        match self.pool.get() {
            Some(pool) => pool.install(task),
            None => task(),
        }
    }

    fn pool(&self) -> Result<&ThreadPool, CliError> {
        if let Some(pool) = self.pool.get() {
            return Ok(pool);
        }
        let pool = pool(self.threads)?;
        Ok(self.pool.get_or_init(|| pool))
    }

    /// The baseline that is named, or that of the configuration, if one is wanted.
    pub(super) fn known(&self, args: &CheckArgs) -> Result<Option<Known>, CliError> {
        match (&args.baseline, self.config.baseline.as_ref().filter(|_| !args.no_baseline)) {
            (Some(named), _) => Known::open(named).map(Some),
            (None, Some(own)) => Known::open(&own.value).map(Some).map_err(CliError::at(&own.origin)),
            (None, None) => Ok(None),
        }
    }

    /// Whether the run reads a file: a document, the configuration, or what either of it and the arguments name.
    pub(super) fn reads(&self, path: &Path, args: &CheckArgs) -> bool {
        let named = args.baseline.iter().chain(&args.glossary).chain(&args.pack).cloned();
        let mut beside = configure::files_of(&self.config).chain(named);
        self.plan.documents().any(|document| document.path == path)
            || beside.any(|file| dunce::canonicalize(file).is_ok_and(|file| file == path))
    }

    /// What can be told of what was found.
    pub(super) fn report<'a>(
        &'a self,
        source: Option<&'a Source>,
        outcome: &'a Outcome,
        baseline: Option<BaselineUse>,
        elapsed: Duration,
    ) -> Report<'a> {
        Report {
            plan: &self.plan,
            outcome,
            files: &self.files,
            rules: &self.rules,
            source: source.map(|source| source.name.as_str()),
            glossary: self.with.contains("glossary"),
            source_has_history: source.is_some_and(Source::has_history),
            baseline,
            current: current_folder(),
            elapsed,
            statistics: false,
        }
    }

    /// The buffer after its fixes.
    pub(super) fn fixed_buffer(&self, args: &CheckArgs) -> Option<&[u8]> {
        self.buffer.as_ref().filter(|_| args.fixes.fix).and_then(|path| self.files.buffer(path))
    }
}

/// What is read, and the file whose text comes from standard input. `files` learns to read what does not come from
/// disk.
fn planned(
    scope: Scope,
    paths: &[PathBuf],
    trees: &Trees,
    threads: usize,
    files: &mut Files,
    args: &CheckArgs,
) -> Result<(Plan, Option<PathBuf>), CliError> {
    let mut buffer = None;
    match scope {
        Scope::Paths => {}
        Scope::Buffer(path, bytes) => {
            files.set_buffer(path.clone(), bytes);
            buffer = Some(path);
        }
        Scope::Listed(listing) => {
            let (listing, unreadable) = below_folders(listing, trees, threads);
            let mut plan = discover_listed(&[], &listing, trees, files)?;
            plan.unreadable.extend(unreadable);
            return Ok((plan, None));
        }
        Scope::OfGit(listing, indexes) => {
            for index in indexes {
                files.read_index(index);
            }
            return Ok((discover_listed(paths, &listing, trees, files)?, None));
        }
    }
    Ok((unless_empty(discover(paths, trees, threads, files), args)?, buffer))
}

/// What was found; where nothing was and that is allowed, nothing.
fn unless_empty(found: Result<Plan, DiscoverError>, args: &CheckArgs) -> Result<Plan, DiscoverError> {
    match found {
        Err(DiscoverError::NoArticle { .. }) if args.hook.allow_empty => Ok(Plan::default()),
        found => found,
    }
}

/// What the rules go by: the date, the terms of the glossaries, those of the configuration first, and packs.
fn settings(args: &CheckArgs, config: &Config, files: &Files, current: &Path) -> Result<Settings, CliError> {
    let mut terms = Vec::new();
    for Sourced { value: path, origin } in &config.glossary {
        let read = glossary::read(slice::from_ref(path), files, current);
        terms.extend(read.map_err(|error| match error.why {
            // What is wrong in it has its place there.
            Why::Refused { .. } => error.into(),
            _ => CliError::at(origin)(error.into()),
        })?);
    }
    terms.extend(glossary::read(&args.glossary, files, current)?);
    let shipped = !args.no_default_glossary && config.default_glossary.as_ref().is_none_or(|flag| flag.value);
    let glossary = if shipped { Glossary::with_shipped(terms) } else { Glossary::new(terms) };
    let packs = packs::of_run(config, &args.pack, current)?;
    let own = args.file.own.clone();
    Ok(Settings { today: today(), glossary: Arc::new(glossary), packs, own, options: Options::new() })
}

/// The English tree, if one is named. `files` learns to read its repository.
fn open_source(
    args: &CheckArgs,
    config: &Config,
    plan: &Plan,
    files: &mut Files,
) -> Result<Option<Source>, CliError> {
    if plan.articles.is_empty() && plan.listed.is_some() {
        return Ok(None);
    }
    // Of a source that is configured, another ref can be named.
    let own = config.source.as_ref().filter(|_| args.source.is_none());
    let configured = own.map(|source| &source.value);
    let Some(path) = args.source.as_ref().or(configured.map(|source| &source.path)) else {
        let idle = args.source_path.is_some() || args.source_ref.is_some();
        return if idle { Err(CliError::NoSource) } else { Ok(None) };
    };
    let inside = args.source_path.as_ref().or(configured.and_then(|source| source.folder.as_ref()));
    let reference = args.source_ref.as_ref().or(configured.and_then(|source| source.reference.as_ref()));
    let (inside, reference) = (inside.map(String::as_str), reference.map(String::as_str));
    let source = Source::open(Place { path, inside, reference }, plan, files);
    // With options that say where in it to look, it is they that may be wrong.
    let own = own.filter(|_| args.source_path.is_none() && args.source_ref.is_none());
    let source = source.map_err(|error| match own {
        Some(own) => CliError::at(&own.origin)(error.into()),
        None => error.into(),
    })?;
    if let Some(repository) = source.repository() {
        files.add(repository);
    }
    Ok(Some(source))
}

/// The current folder as paths are shown relative to it; empty if there is none, so that all are absolute.
pub(super) fn current_folder() -> PathBuf {
    let current = env::current_dir().and_then(dunce::canonicalize);
    current.unwrap_or_else(|_| PathBuf::from("\0"))
}

/// The current date (UTC); `SOURCE_DATE_EPOCH` sets it, so that a run can be repeated.
fn today() -> Date {
    let told = env::var("SOURCE_DATE_EPOCH")
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds.parse().ok()?).ok());
    told.unwrap_or_else(Timestamp::now).to_zoned(TimeZone::UTC).date()
}
